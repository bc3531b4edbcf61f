/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ScChannelLimits:
 * @bitrate: most of the stream as a whole, bits a second
 * @height: most lines of the picture
 * @width: most columns
 * @frame_rate: most frames a second
 *
 * What a channel takes from an encoder; Amazon IVS may end a stream that is above it.
 */
typedef struct {
  guint bitrate;
  guint height;
  guint width;
  guint frame_rate;
} ScChannelLimits;

/* From a keyframe to the next, seconds: what Amazon IVS asks for, and what it advises against. */
#define SC_KEYFRAME_SECONDS 2
#define SC_KEYFRAME_SECONDS_MAX 5

gboolean sc_channel_type_is_known (const char *type);
ScChannelLimits sc_channel_type_get_limits (const char *type, guint height);

G_END_DECLS
