/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-event-bus.h"
#include "sc-media-info.h"
#include "sc-segment.h"

G_BEGIN_DECLS

/**
 * ScRecorderConfig:
 * @buckets: the folder that has a folder for each bucket
 * @journals: a folder of the recorder's own
 * @account: the account played, twelve digits
 * @thumbnailer: the path of streamcat-thumbnailer
 * @bus: gets the events; outlives the recorder
 *
 * What a recorder works with.
 */
typedef struct {
  const char *buckets;
  const char *journals;
  const char *account;
  const char *thumbnailer;
  ScEventBus *bus;
} ScRecorderConfig;

/**
 * ScRecordingSettings:
 * @bucket: where to
 * @reconnect_seconds: a stream that is back within this time goes on in the same recording
 * @thumbnail_seconds: the time from one thumbnail to the next, or 0 for none
 * @sequential: keep every thumbnail
 * @latest: keep the latest apart
 *
 * A recording configuration of Amazon IVS.
 */
typedef struct {
  const char *bucket;
  guint reconnect_seconds;
  guint thumbnail_seconds;
  gboolean sequential;
  gboolean latest;
} ScRecordingSettings;

/**
 * ScRecorderStream:
 * @channel_arn: the channel
 * @channel_name: its name
 * @stream_id: the stream
 * @info: what is in it
 *
 * A stream that is to be recorded.
 */
typedef struct {
  const char *channel_arn;
  const char *channel_name;
  const char *stream_id;
  const ScMediaInfo *info;
} ScRecorderStream;

typedef struct _ScRecorder ScRecorder;

ScRecorder *sc_recorder_new (const ScRecorderConfig *config);
void sc_recorder_free (ScRecorder *self);

void sc_recorder_begin (ScRecorder *self,
                        const ScRecorderStream *stream,
                        const ScRecordingSettings *settings);
void sc_recorder_append (ScRecorder *self, const char *stream_id, ScSegment *segment);
void sc_recorder_end (ScRecorder *self, const char *stream_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScRecorder, sc_recorder_free)

G_END_DECLS
