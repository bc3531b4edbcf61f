/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-recording-index.h"
#include "sc-segment.h"

G_BEGIN_DECLS

/**
 * ScRecordingPlace:
 * @buckets: the folder that has a folder for each bucket
 * @journals: the folder of the journals
 *
 * Where recordings are kept.
 */
typedef struct {
  const char *buckets;
  const char *journals;
} ScRecordingPlace;

typedef struct _ScRecordingWriter ScRecordingWriter;

ScRecordingWriter *
sc_recording_writer_new (const ScRecordingPlace *place, ScRecordingIndex *index, GError **error);
ScRecordingWriter *
sc_recording_writer_recover (const ScRecordingPlace *place, const char *name, GError **error);
void sc_recording_writer_free (ScRecordingWriter *self);

gboolean sc_recording_writer_join (ScRecordingWriter *self, const char *stream_id, GError **error);
gboolean sc_recording_writer_append (ScRecordingWriter *self,
                                     ScSegment *segment,
                                     gint64 duration_us,
                                     GError **error);
gboolean sc_recording_writer_end (ScRecordingWriter *self, const char *failure, GError **error);

const ScRecordingIndex *sc_recording_writer_get_index (const ScRecordingWriter *self);
const char *sc_recording_writer_get_folder (const ScRecordingWriter *self);
char *sc_recording_writer_dup_file (const ScRecordingWriter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScRecordingWriter, sc_recording_writer_free)

G_END_DECLS
