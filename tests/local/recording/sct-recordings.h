/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-recorder.h"
#include "sct-studio.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * SctRecordings:
 * @studio: an ingest whose streams are recorded; its news have the recording's events too, as
 * "Recording Start st-..."
 * @recorder: the recorder
 * @settings: how streams are recorded from now on
 * @folder: holds the buckets and the journals
 * @details: (element-type JsonObject): the details of the events so far
 *
 * A studio that records, in a folder of its own.
 */
typedef struct {
  SctStudio *studio;
  ScEventBus *bus;
  ScRecorder *recorder;
  ScRecordingSettings settings;
  char *folder;
  char *buckets;
  char *journals;
  GPtrArray *details;
} SctRecordings;

SctRecordings *sct_recordings_new (void);
void sct_recordings_free (SctRecordings *self);
void sct_recordings_start (SctRecordings *self);
void sct_recordings_stop (SctRecordings *self);

void sct_recordings_publish (SctRecordings *self, const char *options);
JsonObject *sct_recordings_wait (SctRecordings *self, const char *status);
char *sct_recordings_build (SctRecordings *self, JsonObject *detail, const char *path);
JsonObject *sct_recordings_read (SctRecordings *self, JsonObject *detail, const char *name);
char *sct_recordings_read_text (SctRecordings *self, JsonObject *detail, const char *path);
guint sct_recordings_count_frames (SctRecordings *self, JsonObject *detail, const char *playlist);
char *sct_recordings_probe (const char *entries, const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SctRecordings, sct_recordings_free)

G_END_DECLS
