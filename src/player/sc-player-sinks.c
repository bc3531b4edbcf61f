/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-player-sinks.h"

static GstElement *
make_gtk_video_sink (GObject **ret_paintable, gpointer user_data)
{
  GstElement *sink = gst_element_factory_make ("gtk4paintablesink", NULL);
  if (sink)
    g_object_get (sink, "paintable", ret_paintable, NULL);
  return sink;
}

/* Frames stay on the GPU where GTK and GStreamer can share a GL context; the paintable knows: it
 * tried when it was made. */
static GstElement *
make_gl_video_sink (GObject **ret_paintable, gpointer user_data)
{
  g_autoptr (GObject) gl_context = NULL;
  GstElement *sink = make_gtk_video_sink (ret_paintable, user_data);
  if (sink)
    g_object_get (*ret_paintable, "gl-context", &gl_context, NULL);
  GstElement *bin = gl_context ? gst_element_factory_make ("glsinkbin", NULL) : NULL;
  if (!bin)
    return sink;
  g_object_set (bin, "sink", sink, NULL);
  return bin;
}

/**
 * sc_player_sinks_for_gtk:
 * @with_gl: whether GTK draws with GL
 *
 * GTK must be initialised; this library does not link it and hands the paintable out as #GObject.
 *
 * Where GTK draws in memory a picture in GL would have to be fetched back for each frame, and where
 * GL is software it would be drawn by the main thread's core besides: seconds of standstill on a
 * busy machine.
 *
 * Returns: (transfer none): sinks for a GTK 4 picture and the desktop's sound
 */
const ScPlayerSinks *
sc_player_sinks_for_gtk (gboolean with_gl)
{
  static const ScPlayerSinks plain = { .make_video_sink = make_gtk_video_sink };
  static const ScPlayerSinks gl = { .make_video_sink = make_gl_video_sink };
  return with_gl ? &gl : &plain;
}
