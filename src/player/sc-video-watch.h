/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* The name of the application message that carries "width" and "height" of the picture. */
#define SC_VIDEO_SIZE "sc-video-size"

/* The name of the application message that tells that a seek has dropped the pictures before it. */
#define SC_VIDEO_FLUSHED "sc-flushed"

/* The name of the application message that tells that the first picture was shown. */
#define SC_VIDEO_SHOWN "sc-shown"

typedef struct _ScVideoWatch ScVideoWatch;

ScVideoWatch *sc_video_watch_new (GstElement *sink);
void sc_video_watch_stop (ScVideoWatch *self);
void sc_video_watch_free (ScVideoWatch *self);
void sc_video_watch_count (ScVideoWatch *self, guint64 *ret_shown, guint64 *ret_dropped);

G_END_DECLS
