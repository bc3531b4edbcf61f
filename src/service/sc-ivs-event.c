/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-ivs-event.h"

#include "sc-error.h"
#include "sc-json.h"
#include "sc-time.h"

#include <string.h>

/* ARNs of Amazon IVS have under 128 characters. */
#define ARN_MAX 256

static const char *
read_channel_arn (JsonObject *object, GError **error)
{
  JsonArray *resources = sc_json_get_array (object, "resources", error);
  if (!resources)
    return NULL;
  JsonNode *node =
    json_array_get_length (resources) == 1 ? json_array_get_element (resources, 0) : NULL;
  const char *arn =
    node && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
  if (arn && strlen (arn) <= ARN_MAX)
    return arn;
  g_set_error_literal (error,
                       SC_DATA_ERROR,
                       SC_DATA_ERROR_TYPE,
                       "“resources” does not name one channel");
  return NULL;
}

/**
 * sc_ivs_event_read_account:
 * @object: an event as EventBridge delivers it
 * @ret_event: (out caller-allocates): what it has, without a channel and a stream; of no use on
 *   failure
 * @error: an error of %SC_DATA_ERROR
 *
 * Returns: %TRUE if it is an event
 */
gboolean
sc_ivs_event_read_account (JsonObject *object, ScIvsEvent *ret_event, GError **error)
{
  *ret_event = (ScIvsEvent) { .detail = sc_json_get_object (object, "detail", error) };
  const char *time =
    ret_event->detail ? sc_json_get_string (object, "time", SC_IVS_EVENT_ID_MAX, error) : NULL;
  if (!time || !sc_time_from_string (time, &ret_event->happened_at, error))
    return FALSE;
  ret_event->id = sc_json_get_string (object, "id", SC_IVS_EVENT_ID_MAX, error);
  return ret_event->id != NULL;
}

/**
 * sc_ivs_event_read:
 * @object: an event as EventBridge delivers it
 * @ret_event: (out caller-allocates): what it has; of no use on failure
 * @error: an error of %SC_DATA_ERROR
 *
 * Returns: %TRUE if it is an event about a stream of one channel
 */
gboolean
sc_ivs_event_read (JsonObject *object, ScIvsEvent *ret_event, GError **error)
{
  return sc_ivs_event_read_account (object, ret_event, error) &&
         (ret_event->stream_id =
            sc_json_get_string (ret_event->detail, "stream_id", SC_IVS_EVENT_ID_MAX, error)) &&
         (ret_event->channel_arn = read_channel_arn (object, error));
}
