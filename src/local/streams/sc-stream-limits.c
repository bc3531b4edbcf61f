/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How much a channel takes: "Channel Types" and "Service Quotas", Amazon IVS Low-Latency Streaming
 * User Guide. Pure functions. */

#include "config.h"

#include "sc-stream-limits.h"

#define BITRATE 8500000u
#define BASIC_BITRATE 3500000u
#define BASIC_SMALL_BITRATE 1500000u /* up to 480p */
#define PIXELS (1920u * 1080u)
#define SMALL_PIXELS (852u * 480u)

static guint64
find_bitrate (const char *channel_type, guint64 pixels)
{
  if (g_strcmp0 (channel_type, "BASIC") != 0)
    return BITRATE;
  return pixels <= SMALL_PIXELS ? BASIC_SMALL_BITRATE : BASIC_BITRATE;
}

/**
 * sc_stream_limits_find:
 * @channel_type: (nullable): the channel's type
 * @info: what arrives; what is unknown breaks nothing
 * @ret_broken: (out caller-allocates): the limits that it breaks
 *
 * Returns: how many those are
 */
guint
sc_stream_limits_find (const char *channel_type,
                       const ScMediaInfo *info,
                       ScStreamLimit ret_broken[SC_STREAM_LIMITS_MAX])
{
  guint count = 0;
  guint64 pixels = (guint64) info->width * info->height;
  const struct {
    ScStreamLimit limit;
    guint64 is;
  } limits[SC_STREAM_LIMITS_MAX] = {
    { { "Ingest Bitrate", "bits per second", find_bitrate (channel_type, pixels), 0 },
      info->bandwidth },
    { { "Ingest Resolution", "total pixels", PIXELS, 0 }, pixels },
  };
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++) {
    if (limits[i].is <= limits[i].limit.value)
      continue;
    ret_broken[count] = limits[i].limit;
    ret_broken[count++].exceeded_by = limits[i].is - limits[i].limit.value;
  }
  return count;
}
