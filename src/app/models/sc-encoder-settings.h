/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ScEncoderSettings:
 * @width: columns of the picture
 * @height: lines of the picture
 * @frame_rate: frames a second
 * @video_kbps: bitrate of the picture, kilobits a second, constant
 * @audio_kbps: bitrate of the sound, kilobits a second
 *
 * What to choose in an encoder. The keyframe interval is %SC_KEYFRAME_SECONDS.
 */
typedef struct {
  guint width;
  guint height;
  guint frame_rate;
  guint video_kbps;
  guint audio_kbps;
} ScEncoderSettings;

const ScEncoderSettings *sc_encoder_settings_list (const char *type, guint *ret_count);
char *sc_encoder_settings_describe (const ScEncoderSettings *self);
gboolean sc_encoder_settings_is_srt (const char *server);
char *sc_encoder_settings_to_ffmpeg (const ScEncoderSettings *self, const char *server);
char *sc_encoder_settings_to_gstreamer (const ScEncoderSettings *self, const char *server);

G_END_DECLS
