/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-media-info.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ScRecordingEntry:
 * @file: the number of the media file that has the segment
 * @offset: where in the file it begins
 * @size: its bytes
 * @duration_us: how long it plays
 * @wall_time_us: when its first frame came
 * @discontinuity: it does not go on from the entry before
 *
 * One segment of a recording, as the ingest made it.
 */
typedef struct {
  guint file;
  guint64 offset;
  guint64 size;
  gint64 duration_us;
  gint64 wall_time_us;
  gboolean discontinuity;
} ScRecordingEntry;

/**
 * ScRecordingIndex:
 * @channel_arn: the channel
 * @channel_name: its name when the recording began
 * @bucket: where the recording is
 * @prefix: what its keys begin with, without a slash at the end
 * @session_id: names the recording in events
 * @started_at_us: when it began
 * @info: what its streams have in common
 * @sequential: it has numbered thumbnails
 * @latest: it has its latest thumbnail apart
 * @stream_ids: (element-type utf8): the streams in it, the newest last
 * @entries: (element-type ScRecordingEntry): its segments in order
 * @duration_us: how long it plays
 *
 * What is known of a recording: all that its playlists and documents are written from. It is kept
 * line by line in a journal as well, from which a later run can end what this one could not.
 */
typedef struct {
  char *channel_arn;
  char *channel_name;
  char *bucket;
  char *prefix;
  char *session_id;
  gint64 started_at_us;
  ScMediaInfo info;
  gboolean sequential;
  gboolean latest;
  GPtrArray *stream_ids;
  GArray *entries;
  gint64 duration_us;
} ScRecordingIndex;

ScRecordingIndex *sc_recording_index_new (void);
void sc_recording_index_free (ScRecordingIndex *self);

void sc_recording_index_add_stream (ScRecordingIndex *self, const char *stream_id);
void sc_recording_index_add_entry (ScRecordingIndex *self, const ScRecordingEntry *entry);
const ScRecordingEntry *sc_recording_index_get_last (const ScRecordingIndex *self);
char *sc_recording_index_dup_rendition (const ScRecordingIndex *self);

char *sc_recording_index_write_head (const ScRecordingIndex *self);
char *sc_recording_index_write_stream (const char *stream_id);
char *sc_recording_index_write_entry (const ScRecordingEntry *entry);
ScRecordingIndex *sc_recording_index_read (const char *journal, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScRecordingIndex, sc_recording_index_free)

G_END_DECLS
