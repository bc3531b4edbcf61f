/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-player-sinks.h"

/* Frames stay on the GPU where GTK and GStreamer share a GL context; otherwise the sink takes them
 * from memory. The paintable knows which: it tried when it was made. */
static GstElement *
wrap_for_gl (GstElement *sink, GObject *paintable)
{
  g_autoptr (GObject) gl_context = NULL;
  g_object_get (paintable, "gl-context", &gl_context, NULL);
  if (!gl_context)
    return sink;

  GstElement *bin = gst_element_factory_make ("glsinkbin", NULL);
  if (!bin)
    return sink;
  g_object_set (bin, "sink", sink, NULL);
  return bin;
}

static GstElement *
make_gtk_video_sink (GObject **ret_paintable, gpointer user_data)
{
  GstElement *sink = gst_element_factory_make ("gtk4paintablesink", NULL);
  if (!sink)
    return NULL;
  g_object_get (sink, "paintable", ret_paintable, NULL);
  return wrap_for_gl (sink, *ret_paintable);
}

/**
 * sc_player_sinks_for_gtk:
 *
 * GTK must be initialised; this library does not link it and hands the paintable out as #GObject.
 *
 * Returns: (transfer none): sinks for a GTK 4 picture and the desktop's sound
 */
const ScPlayerSinks *
sc_player_sinks_for_gtk (void)
{
  static const ScPlayerSinks sinks = { .make_video_sink = make_gtk_video_sink };
  return &sinks;
}
