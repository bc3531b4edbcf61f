/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What happens to a stream, as Amazon IVS tells it: on the bus, and in GetStreamSession ("Using
 * Amazon EventBridge with IVS", and the shape StreamEvent of the model ivs 2020-07-14). */

#include "config.h"

#include "sc-stream-events.h"

#include "sc-time.h"

/* Shape StreamEvents has no more. */
#define EVENTS_MAX 500

/* Of so many events the newest are kept. */
static void
keep (const ScLiveStream *stream, const char *type, const char *name, const char *code)
{
  JsonObject *event = json_object_new ();
  g_autofree char *time = sc_time_to_string (g_get_real_time ());
  json_object_set_string_member (event, "eventTime", time);
  json_object_set_string_member (event, "type", type);
  json_object_set_string_member (event, "name", name);
  if (code)
    json_object_set_string_member (event, "code", code);
  g_ptr_array_add (stream->events, event);
  if (stream->events->len > EVENTS_MAX)
    g_ptr_array_remove_index (stream->events, 0);
}

static void
put (ScEventBus *bus, const ScLiveStream *stream, const char *type, JsonObject *detail)
{
  json_object_set_string_member (detail, "channel_name", stream->channel_name);
  json_object_set_string_member (detail, "stream_id", stream->stream_id);
  const ScEvent event = { "aws.ivs", type, stream->channel_arn, detail };
  g_autofree char *id = sc_event_bus_put (bus, &event);
}

/**
 * sc_stream_events_put:
 * @bus: where it goes
 * @stream: a session
 * @type: the event's detail-type
 * @name: what happened
 * @code: (nullable): why
 */
void
sc_stream_events_put (ScEventBus *bus,
                      const ScLiveStream *stream,
                      const char *type,
                      const char *name,
                      const char *code)
{
  g_autoptr (JsonObject) detail = json_object_new ();
  json_object_set_string_member (detail, "event_name", name);
  if (code)
    json_object_set_string_member (detail, "code", code);
  keep (stream, type, name, code);
  put (bus, stream, type, detail);
}

/**
 * sc_stream_events_put_limit:
 * @bus: where it goes
 * @stream: a session
 * @limit: the limit that it breaks
 */
void
sc_stream_events_put_limit (ScEventBus *bus, const ScLiveStream *stream, const ScStreamLimit *limit)
{
  static const char type[] = "IVS Limit Breach";
  g_autoptr (JsonObject) detail = json_object_new ();
  json_object_set_string_member (detail, "limit_name", limit->name);
  json_object_set_int_member (detail, "limit_value", (gint64) limit->value);
  json_object_set_int_member (detail, "exceeded_by", (gint64) limit->exceeded_by);
  json_object_set_string_member (detail, "limit_unit", limit->unit);
  keep (stream, type, limit->name, NULL);
  put (bus, stream, type, detail);
}
