/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Something that Amazon IVS reported of a stream, as our API writes and reads it. Pure. */

#include "config.h"

#include "sc-stream-report.h"

#include "sc-json-members.h"
#include "sc-json.h"
#include "sc-time.h"

/* An event's id is a UUID, "st-" and letters name a stream, "total pixels" and "bits per second"
 * are the longest units of "Using EventBridge"; a reason is a sentence. */
#define WORD_MAX 128
#define REASON_MAX 1024

/**
 * sc_stream_report_free:
 * @self: (nullable): a report
 */
void
sc_stream_report_free (ScStreamReport *self)
{
  if (!self)
    return;
  g_free (self->id);
  g_free (self->stream_id);
  g_free (self->kind);
  g_free (self->reason);
  g_free (self->limit_name);
  g_free (self->limit_unit);
  g_free (self);
}

/**
 * sc_stream_report_to_json:
 * @self: a report
 *
 * Returns: (transfer full): the report as our API writes it
 */
JsonObject *
sc_stream_report_to_json (const ScStreamReport *self)
{
  g_autofree char *at = sc_time_to_string (self->at);
  JsonObject *object = json_object_new ();
  json_object_set_string_member (object, "id", self->id);
  json_object_set_string_member (object, "kind", self->kind);
  json_object_set_string_member (object, "at", at);
  sc_json_add_string (object, "stream_id", self->stream_id);
  sc_json_add_string (object, "reason", self->reason);
  if (!self->limit_name)
    return object;
  JsonObject *limit = json_object_new ();
  json_object_set_string_member (limit, "name", self->limit_name);
  json_object_set_string_member (limit, "unit", self->limit_unit);
  json_object_set_int_member (limit, "value", self->limit_value);
  json_object_set_int_member (limit, "exceeded_by", self->exceeded_by);
  json_object_set_object_member (object, "limit", limit);
  return object;
}

static gboolean
read_limit (JsonObject *object, ScStreamReport *self, GError **error)
{
  JsonObject *limit = sc_json_get_object_or_null (object, "limit");
  return !limit ||
         (sc_json_read_id (limit, "name", WORD_MAX, &self->limit_name, error) &&
          sc_json_read_id (limit, "unit", WORD_MAX, &self->limit_unit, error) &&
          sc_json_get_int (limit, "value", 0, G_MAXINT64, &self->limit_value, error) &&
          sc_json_get_int (limit, "exceeded_by", 0, G_MAXINT64, &self->exceeded_by, error));
}

/**
 * sc_stream_report_from_json:
 * @object: a report as our API writes it
 * @error: an error of %SC_DATA_ERROR
 *
 * Returns: (transfer full) (nullable): the report
 */
ScStreamReport *
sc_stream_report_from_json (JsonObject *object, GError **error)
{
  g_autoptr (ScStreamReport) self = g_new0 (ScStreamReport, 1);
  if (!sc_json_read_id (object, "id", WORD_MAX, &self->id, error) ||
      !sc_json_read_id (object, "kind", WORD_MAX, &self->kind, error) ||
      !sc_json_read_moment (object, "at", &self->at, error) ||
      !sc_json_read_text (object, "stream_id", WORD_MAX, &self->stream_id, error) ||
      !sc_json_read_text (object, "reason", REASON_MAX, &self->reason, error) ||
      !read_limit (object, self, error))
    return NULL;
  return g_steal_pointer (&self);
}
