/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-channel-type.h"
#include "sc-stream-status.h"

G_BEGIN_DECLS

/* Encoders that are called constant are not: so far above a limit, nothing is said of it. Amazon
 * IVS reports what is really too much. */
#define SC_HEALTH_SPARE 1.1

/**
 * ScHealth:
 * @SC_HEALTH_OFFLINE: there is no stream
 * @SC_HEALTH_BROKEN: there is none, as the connection broke off or Amazon IVS ended it
 * @SC_HEALTH_WAITING: a stream has begun, and nothing is known of it
 * @SC_HEALTH_GOOD: nothing is wrong
 * @SC_HEALTH_STARVING: frames arrive late or not at all
 * @SC_HEALTH_BITRATE: there are more bits than the channel takes
 * @SC_HEALTH_PICTURE: the picture is larger than the channel takes
 * @SC_HEALTH_FRAME_RATE: there are more frames than the channel takes
 * @SC_HEALTH_KEYFRAMES: keyframes are too far apart
 * @SC_HEALTH_FEW_FRAMES: fewer frames arrive than the encoder means to send
 * @SC_HEALTH_SECOND_ENCODER: another encoder could not take the stream over
 *
 * What whoever streams should know first; what hurts viewers more comes before the rest.
 */
typedef enum {
  SC_HEALTH_OFFLINE,
  SC_HEALTH_BROKEN,
  SC_HEALTH_WAITING,
  SC_HEALTH_GOOD,
  SC_HEALTH_STARVING,
  SC_HEALTH_BITRATE,
  SC_HEALTH_PICTURE,
  SC_HEALTH_FRAME_RATE,
  SC_HEALTH_KEYFRAMES,
  SC_HEALTH_FEW_FRAMES,
  SC_HEALTH_SECOND_ENCODER,
} ScHealth;

ScHealth sc_health_judge (ScStreamStatus *status, const char *channel_type, gint64 now);
gboolean sc_health_is_trouble (ScHealth health);
ScChannelLimits sc_health_get_limits (const ScStreamStatusFields *fields, const char *channel_type);
const ScStreamSample *sc_health_get_newest (ScStreamStatus *status);
const ScStreamReport *sc_health_find_failure (const ScStreamStatusFields *fields);

G_END_DECLS
