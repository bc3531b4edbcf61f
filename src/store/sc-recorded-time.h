/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-store-query.h"

G_BEGIN_DECLS

/**
 * ScRecordedStream:
 * @id: a stream
 * @begins_at: when it began, microseconds since the epoch
 * @ended_at: when it ended; 0 while that is unknown
 */
typedef struct {
  char *id;
  gint64 begins_at;
  gint64 ended_at;
} ScRecordedStream;

/**
 * ScRecordedTime:
 * @started_at: when the recording's picture begins, microseconds since the epoch
 * @duration_ms: how long it is, milliseconds
 * @streams: (element-type ScRecordedStream): what is in it, one after the other
 *
 * When what a recording shows took place.
 */
typedef struct {
  gint64 started_at;
  gint64 duration_ms;
  GPtrArray *streams;
} ScRecordedTime;

void sc_recorded_time_free (ScRecordedTime *self);
gboolean sc_recorded_time_find (ScStoreConnection *connection,
                                const char *id,
                                gint64 asker_id,
                                ScRecordedTime **ret_time,
                                GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScRecordedTime, sc_recorded_time_free)

G_END_DECLS
