/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "avc1.4D401F" and "mp4a.40.2" have 11 and 9 characters, "mp4a.40.42" is the longest of AAC. */
#define SC_MEDIA_CODEC_MAX 16

/**
 * ScMediaInfo:
 * @width: width of the picture in pixels
 * @height: height of the picture in pixels
 * @frame_rate: frames a second, or 0 while unknown
 * @bandwidth: bits a second that the encoder announced or that were seen, or 0 while unknown
 * @video_codec: the video codec as RFC 6381 writes it, "avc1.4D401F"
 * @audio_codec: the audio codec as RFC 6381 writes it, "mp4a.40.2"; empty without sound
 *
 * What is in a stream. A plain value: copy it by assignment.
 */
typedef struct {
  guint width;
  guint height;
  double frame_rate;
  guint bandwidth;
  char video_codec[SC_MEDIA_CODEC_MAX];
  char audio_codec[SC_MEDIA_CODEC_MAX];
} ScMediaInfo;

char *sc_media_info_codecs (const ScMediaInfo *self);

G_END_DECLS
