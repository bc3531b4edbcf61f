/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-store-query.h"
#include "sc-stream-report.h"

G_BEGIN_DECLS

/* What one page of reports has at most. */
#define SC_STREAM_REPORTS_MAX 100

/**
 * ScNewStreamReport:
 * @id: the event's id
 * @channel_arn: (nullable): the channel, or %NULL for a limit of the whole account
 * @stream_id: (nullable): the stream
 * @kind: what it is, one of the column's words
 * @at: when that was, microseconds since the epoch
 * @reason: (nullable): why, where Amazon IVS says so
 * @limit_name: (nullable): the limit that was broken, of a "limit_breach" alone
 * @limit_unit: (nullable): of the limit
 * @limit_value: the limit
 * @exceeded_by: by how much it was broken
 *
 * Something that Amazon IVS reported.
 */
typedef struct {
  const char *id;
  const char *channel_arn;
  const char *stream_id;
  const char *kind;
  gint64 at;
  const char *reason;
  const char *limit_name;
  const char *limit_unit;
  gint64 limit_value;
  gint64 exceeded_by;
} ScNewStreamReport;

gboolean sc_stream_report_store_insert (ScStoreConnection *connection,
                                        const ScNewStreamReport *report,
                                        GError **error);
GPtrArray *sc_stream_report_store_list (ScStoreConnection *connection,
                                        gint64 user_id,
                                        const char *stream_id,
                                        guint max,
                                        GError **error);
gboolean sc_stream_report_store_forget (ScStoreConnection *connection, gint64 now, GError **error);

G_END_DECLS
