/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ScIngestMeasure:
 * @video_bitrate: of the picture that came, bits a second
 * @audio_bitrate: of the sound that came, bits a second
 * @frame_rate: pictures a second
 * @keyframe_interval: seconds from one key picture to the next, the newest; 0 before there were two
 *
 * What came in some seconds.
 */
typedef struct {
  guint64 video_bitrate;
  guint64 audio_bitrate;
  double frame_rate;
  double keyframe_interval;
} ScIngestMeasure;

/**
 * ScIngestMeter:
 *
 * Counts what an encoder sends. To be initialised with zeros; its members are its own.
 */
typedef struct {
  /*< private >*/
  gint64 window_start_us; /* monotonic */
  guint64 video_bytes;
  guint64 audio_bytes;
  guint n_frames;
  gboolean has_time;
  guint32 newest_at; /* milliseconds, of all that came */
  guint64 media_ms;  /* how far that went on in the window */
  gboolean has_keyframe;
  guint32 keyframe_at; /* milliseconds */
  guint32 interval_ms;
} ScIngestMeter;

void sc_ingest_meter_take (ScIngestMeter *self, guint8 type, guint32 timestamp, GBytes *body);
gboolean sc_ingest_meter_read (ScIngestMeter *self, gint64 now_us, ScIngestMeasure *ret_measure);

G_END_DECLS
