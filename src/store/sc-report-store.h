/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-store-query.h"

G_BEGIN_DECLS

/* Somebody who reports more than that in an hour keeps the operators from what others report. */
#define SC_REPORTS_PER_HOUR 20

/**
 * ScNewReport:
 * @reporter_id: who complains
 * @user_id: the channel's owner
 * @kind: "line" or "channel"
 * @line_id: (nullable): which line
 * @content: (nullable): what it said
 * @person_public_id: (nullable): who said it
 * @reason: "spam", "hate", "sexual", "violence" or "other"
 * @words: (nullable): what they say about it
 * @at: when, microseconds since the epoch
 */
typedef struct {
  gint64 reporter_id;
  gint64 user_id;
  const char *kind;
  const char *line_id;
  const char *content;
  const char *person_public_id;
  const char *reason;
  const char *words;
  gint64 at;
} ScNewReport;

/**
 * ScReportFunc:
 * @result: a result
 * @row: a report's row in it; the columns are those of %ScReportColumn
 * @user_data: what was given with the function
 */
typedef void (*ScReportFunc) (ScStoreResult *result, guint row, gpointer user_data);

typedef enum {
  SC_REPORT_ID,
  SC_REPORT_AT,
  SC_REPORT_CLOSED_AT,
  SC_REPORT_KIND,
  SC_REPORT_REASON,
  SC_REPORT_REPORTER,
  SC_REPORT_CHANNEL,
  SC_REPORT_PERSON,
  SC_REPORT_CONTENT,
  SC_REPORT_WORDS,
} ScReportColumn;

gboolean sc_report_store_insert (ScStoreConnection *connection,
                                 const ScNewReport *report,
                                 gboolean *ret_added,
                                 GError **error);
gboolean sc_report_store_list (ScStoreConnection *connection,
                               gboolean all,
                               ScReportFunc func,
                               gpointer user_data,
                               GError **error);
gboolean sc_report_store_close (ScStoreConnection *connection,
                                gint64 id,
                                gint64 now,
                                gboolean *ret_closed,
                                GError **error);

G_END_DECLS
