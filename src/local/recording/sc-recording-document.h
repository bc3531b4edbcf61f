/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-recording-index.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Where things are in a recording's tree. Whoever reads a recording takes them from its document.
 */
#define SC_RECORDING_EVENTS "events"
#define SC_RECORDING_HLS "media/hls"
#define SC_RECORDING_MASTER "master.m3u8"
#define SC_RECORDING_RANGE_MASTER "byte-range-multivariant.m3u8"
#define SC_RECORDING_PLAYLIST "playlist.m3u8"
#define SC_RECORDING_RANGE_PLAYLIST "byte-range-variant.m3u8"
#define SC_RECORDING_THUMBNAILS "media/thumbnails"
#define SC_RECORDING_LATEST "media/latest_thumbnail"
#define SC_RECORDING_LATEST_NAME "thumb.jpg"

/**
 * ScRecordingStatus:
 * @SC_RECORDING_STARTED: it goes on
 * @SC_RECORDING_ENDED: all is there
 * @SC_RECORDING_FAILED: it ended before its stream did
 *
 * How it stands with a recording.
 */
typedef enum {
  SC_RECORDING_STARTED,
  SC_RECORDING_ENDED,
  SC_RECORDING_FAILED,
} ScRecordingStatus;

char *sc_recording_document_make_prefix (const char *account,
                                         const char *channel_arn,
                                         gint64 time_us,
                                         const char *id);
const char *sc_recording_document_get_name (ScRecordingStatus status);
char *sc_recording_document_write (const ScRecordingIndex *index,
                                   ScRecordingStatus status,
                                   gint64 now_us,
                                   const char *message);
JsonObject *sc_recording_document_make_detail (const ScRecordingIndex *index,
                                               ScRecordingStatus status,
                                               const char *reason);

G_END_DECLS
