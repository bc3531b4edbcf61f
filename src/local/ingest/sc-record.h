/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-broadcast.h"
#include "sc-ingest-error.h"

G_BEGIN_DECLS

/* The most bytes of a record's body; longer data are cut into several records. */
#define SC_RECORD_MAX_BODY (256 * 1024)

/**
 * ScRecordType:
 * @SC_RECORD_INFO: what is in the stream, before the first segment and whenever it changes
 * @SC_RECORD_SEGMENT_START: a segment begins
 * @SC_RECORD_DATA: bytes of the segment
 * @SC_RECORD_SEGMENT_END: the segment is whole
 * @SC_RECORD_RENDITION_END: a rendition besides the source could not keep up; nothing follows of it
 * @SC_RECORD_ERROR: the media is none that we can package; nothing follows
 * @SC_RECORD_EOS: the input ended well; nothing follows
 *
 * What the publisher process tells on its standard output.
 */
typedef enum {
  SC_RECORD_INFO = 1,
  SC_RECORD_SEGMENT_START,
  SC_RECORD_DATA,
  SC_RECORD_SEGMENT_END,
  SC_RECORD_RENDITION_END,
  SC_RECORD_ERROR,
  SC_RECORD_EOS,
} ScRecordType;

/**
 * ScRecord:
 * @type: which of the members below hold something
 * @rendition: all but ERROR and EOS: of which rendition, %SC_BROADCAST_SOURCE or above; their
 * records mix, those of one are in order
 * @info: INFO
 * @wall_time_us: SEGMENT_START: when its first frame arrived, microseconds since the epoch
 * @discontinuity: SEGMENT_START: timestamps or encoding do not go on from the segment before
 * @duration_us: SEGMENT_END: how long it plays
 * @data: DATA
 * @message: ERROR: why, a sentence for the streamer
 */
typedef struct {
  ScRecordType type;
  guint rendition;
  ScMediaInfo info;
  gint64 wall_time_us;
  gboolean discontinuity;
  gint64 duration_us;
  GBytes *data;
  char *message;
} ScRecord;

void sc_record_clear (ScRecord *self);
void sc_record_write (const ScRecord *self, GByteArray *out);
gboolean sc_record_read (GByteArray *input, ScRecord *ret_record, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ScRecord, sc_record_clear)

G_END_DECLS
