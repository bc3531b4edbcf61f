/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * ScStreamReport:
 * @id: the event's id
 * @stream_id: (nullable): the stream
 * @kind: what it is: "starvation_start", "starvation_end", "limit_breach", "stream_failure",
 *   "takeover_failure" or "recording_failure"
 * @at: when that was, microseconds since the epoch
 * @reason: (nullable): why
 * @limit_name: (nullable): the limit that was broken, of a "limit_breach" alone
 * @limit_unit: (nullable): of the limit
 * @limit_value: the limit
 * @exceeded_by: by how much it was broken
 *
 * What Amazon IVS reported about a stream that whoever streams should know.
 */
typedef struct {
  char *id;
  char *stream_id;
  char *kind;
  gint64 at;
  char *reason;
  char *limit_name;
  char *limit_unit;
  gint64 limit_value;
  gint64 exceeded_by;
} ScStreamReport;

void sc_stream_report_free (ScStreamReport *self);

JsonObject *sc_stream_report_to_json (const ScStreamReport *self);
ScStreamReport *sc_stream_report_from_json (JsonObject *object, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScStreamReport, sc_stream_report_free)

G_END_DECLS
