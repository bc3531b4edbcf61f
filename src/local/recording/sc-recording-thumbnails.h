/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Pictures that are made at a time, for all recordings: each takes a core for 0.1 s. */
#define SC_RECORDING_THUMBNAILS_MAX_RUNNING 2

/**
 * ScRecordingThumbnailsConfig:
 * @program: the path of streamcat-thumbnailer
 * @folder: the folder of the recording's tree
 * @interval_us: the time from one picture to the next
 * @sequential: keep every picture, numbered
 * @latest: keep the newest apart
 * @running: (inout): how many pictures are being made, for all recordings; outlives the object
 *
 * What pictures are made, and where.
 */
typedef struct {
  const char *program;
  const char *folder;
  gint64 interval_us;
  gboolean sequential;
  gboolean latest;
  guint *running;
} ScRecordingThumbnailsConfig;

typedef struct _ScRecordingThumbnails ScRecordingThumbnails;

ScRecordingThumbnails *sc_recording_thumbnails_new (const ScRecordingThumbnailsConfig *config);
void sc_recording_thumbnails_free (ScRecordingThumbnails *self);

void sc_recording_thumbnails_offer (ScRecordingThumbnails *self,
                                    const char *file,
                                    guint64 offset,
                                    gint64 time_us);
void sc_recording_thumbnails_finish (ScRecordingThumbnails *self);
gboolean sc_recording_thumbnails_is_busy (const ScRecordingThumbnails *self);
void sc_recording_thumbnails_set_idle (ScRecordingThumbnails *self,
                                       void (*idle) (gpointer user_data),
                                       gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScRecordingThumbnails, sc_recording_thumbnails_free)

G_END_DECLS
