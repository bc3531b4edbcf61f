/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * ScPlayerSinks:
 * @make_video_sink: returns (transfer floating) the element that takes the picture, and in
 *   @ret_paintable (transfer full) (nullable) the object that a widget draws; %NULL fails
 * @make_audio_sink: (nullable): returns (transfer floating) the element that takes the sound;
 *   %NULL leaves the choice to GStreamer
 * @user_data: for both
 *
 * Where picture and sound of a player go. Called on the main thread, once for each stream opened.
 */
typedef struct {
  GstElement *(*make_video_sink) (GObject **ret_paintable, gpointer user_data);
  GstElement *(*make_audio_sink) (gpointer user_data);
  gpointer user_data;
} ScPlayerSinks;

const ScPlayerSinks *sc_player_sinks_for_gtk (gboolean with_gl);

G_END_DECLS
