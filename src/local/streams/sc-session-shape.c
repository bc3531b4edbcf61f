/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A stream session as GetStreamSession has it: what the encoder sends, and what happened. Pure. */

#include "config.h"

#include "sc-session-shape.h"

#include "sc-ivs-shapes.h"

#include <math.h>
#include <string.h>

/* "avc1.PPCCLL", RFC 6381: three bytes of the sequence parameter set in hexadecimal digits. */
#define PROFILE_AT 5
#define LEVEL_AT 9
#define DIGITS 2

static guint
read_byte (const char *codec, guint at)
{
  char digits[DIGITS + 1] = { 0 };
  if (!g_str_has_prefix (codec, "avc1.") || strlen (codec) < LEVEL_AT + DIGITS)
    return 0;
  memcpy (digits, codec + at, DIGITS);
  return (guint) g_ascii_strtoull (digits, NULL, 16);
}

/* H.264, annex A, by names as Amazon IVS writes them. */
static const char *
find_profile (const char *codec)
{
  static const struct {
    guint idc;
    const char *name;
  } profiles[] = {
    { 66, "Baseline" },
    { 77, "Main" },
    { 88, "Extended" },
    { 100, "High" },
  };
  guint idc = read_byte (codec, PROFILE_AT);
  for (guint i = 0; i < G_N_ELEMENTS (profiles); i++) {
    if (profiles[i].idc == idc)
      return profiles[i].name;
  }
  return NULL;
}

/* Ten times the level's number. */
static char *
dup_level (const char *codec)
{
  guint level = read_byte (codec, LEVEL_AT);
  return level > 0 ? g_strdup_printf ("%u.%u", level / 10, level % 10) : NULL;
}

/* The newest first. */
static JsonArray *
list_events (const ScLiveStream *stream)
{
  JsonArray *events = json_array_new ();
  for (guint i = stream->events->len; i > 0; i--)
    json_array_add_object_element (events,
                                   json_object_ref (g_ptr_array_index (stream->events, i - 1)));
  return events;
}

/**
 * sc_session_shape_to_json:
 * @stream: a session
 * @channel: the channel that it is on
 *
 * Returns: (transfer full): the shape StreamSession of Amazon IVS
 */
JsonObject *
sc_session_shape_to_json (const ScLiveStream *stream, JsonObject *channel)
{
  const ScMediaInfo *info = &stream->info;
  g_autofree char *level = dup_level (info->video_codec);
  const ScIvsStreamSession shape = {
    .stream_id = stream->stream_id,
    .started_at = stream->created_at,
    .ended_at = stream->open ? 0 : stream->ended_at,
    .video_width = info->width,
    .video_height = info->height,
    .video_frame_rate = lround (info->frame_rate),
    .video_bitrate = info->bandwidth,
    .video_codec = *info->video_codec ? (char *) info->video_codec : NULL,
    .video_profile = (char *) find_profile (info->video_codec),
    .video_level = level,
    .video_encoder = stream->encoder,
    .audio_codec = *info->audio_codec ? (char *) info->audio_codec : NULL,
  };
  JsonObject *session = sc_ivs_stream_session_to_json (&shape, TRUE);
  json_object_set_object_member (session, "channel", json_object_ref (channel));
  json_object_set_array_member (session, "truncatedEvents", list_events (stream));
  return session;
}
