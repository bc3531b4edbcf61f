/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What Amazon IVS reports about streams that whoever streams should know: limits that were broken
 * come here, what else there is comes with the state of streams and recordings. */

#include "config.h"

#include "sc-stream-reports.h"

#include "sc-handlers.h"
#include "sc-ivs-event.h"
#include "sc-json.h"
#include "sc-query.h"
#include "sc-stream-report-store.h"

/* "total pixels" and "bits per second" are the longest units of "Using EventBridge". */
#define LIMIT_WORDS_MAX 64

static gint64
read_amount (JsonObject *detail, const char *member)
{
  gint64 amount = 0;
  return sc_json_get_int (detail, member, 0, G_MAXINT64, &amount, NULL) ? amount : 0;
}

/* A limit of a stream, or of the account: "Concurrent Broadcasts" and "Concurrent Viewers" name no
 * resource. */
static gboolean
read_limit (JsonObject *object, ScNewStreamReport *report, GError **error)
{
  ScIvsEvent event = { 0 };
  JsonArray *resources = sc_json_get_array (object, "resources", error);
  if (!resources)
    return FALSE;
  gboolean is_of_account = json_array_get_length (resources) == 0;
  if (is_of_account ? !sc_ivs_event_read_account (object, &event, error)
                    : !sc_ivs_event_read (object, &event, error))
    return FALSE;
  report->id = event.id;
  report->at = event.happened_at;
  report->channel_arn = event.channel_arn;
  report->stream_id = event.stream_id;
  report->limit_value = read_amount (event.detail, "limit_value");
  report->exceeded_by = read_amount (event.detail, "exceeded_by");
  return (report->limit_name =
            sc_json_get_string (event.detail, "limit_name", LIMIT_WORDS_MAX, error)) &&
         (report->limit_unit =
            sc_json_get_string (event.detail, "limit_unit", LIMIT_WORDS_MAX, error));
}

/**
 * sc_stream_reports_apply_limit:
 * @service: a service
 * @event: an event "IVS Limit Breach" as EventBridge delivers it
 * @error: an error of %SC_DATA_ERROR if it is not such an event, or of %SC_STORE_ERROR, after which
 *   it shall be delivered again
 *
 * Keeps the report.
 *
 * Returns: %TRUE if the event needs no more attention
 */
gboolean
sc_stream_reports_apply_limit (ScService *service, JsonObject *event, GError **error)
{
  ScNewStreamReport report = { .kind = "limit_breach" };
  if (!read_limit (event, &report, error))
    return FALSE;
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (service), error);
  return connection && sc_stream_report_store_insert (connection, &report, error);
}

/**
 * sc_handle_list_stream_reports:
 * @call: GET /v1/me/channel/events
 * @error: an error of a layer below
 *
 * Returns: (transfer full) (nullable): 200 {events}, the newest first and at most
 *   %SC_STREAM_REPORTS_MAX, of one stream with ?stream_id=
 */
ScResponse *
sc_handle_list_stream_reports (ScCall *call, GError **error)
{
  static const char *const allowed[] = { "stream_id", NULL };
  g_autoptr (GHashTable) query = sc_query_parse (call->request->query, allowed);
  if (!query)
    return sc_response_new_fault (SC_FAULT_BAD_REQUEST, NULL, NULL);
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  g_autoptr (GPtrArray) reports =
    connection ? sc_stream_report_store_list (connection,
                                              call->user->id,
                                              sc_query_get (query, "stream_id"),
                                              SC_STREAM_REPORTS_MAX,
                                              error)
               : NULL;
  if (!reports)
    return NULL;
  JsonArray *events = json_array_sized_new (reports->len);
  for (guint i = 0; i < reports->len; i++)
    json_array_add_object_element (events, sc_stream_report_to_json (reports->pdata[i]));
  JsonObject *body = json_object_new ();
  json_object_set_array_member (body, "events", events);
  return sc_response_new_json (200, body);
}
