/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-room-log.h"

#include "sc-chat-log.h"
#include "sc-time.h"

#include <string.h>

/**
 * sct_room_log_wrap:
 * @plain: a message of CloudWatch Logs
 *
 * Returns: (transfer full): the event that it comes in
 */
GBytes *
sct_room_log_wrap (GBytes *plain)
{
  g_autoptr (GZlibCompressor) gzip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1);
  g_autoptr (GBytes) compressed = g_converter_convert_bytes (G_CONVERTER (gzip), plain, NULL);
  g_autofree char *base64 =
    g_base64_encode (g_bytes_get_data (compressed, NULL), g_bytes_get_size (compressed));
  char *text = g_strdup_printf ("{\"awslogs\":{\"data\":\"%s\"}}", base64);
  return g_bytes_new_take (text, strlen (text));
}

/**
 * sct_room_log_wrap_text:
 * @text: a message of CloudWatch Logs
 *
 * Returns: (transfer full): the event that it comes in
 */
GBytes *
sct_room_log_wrap_text (const char *text)
{
  g_autoptr (GBytes) plain = g_bytes_new (text, strlen (text));
  return sct_room_log_wrap (plain);
}

/**
 * sct_room_log_make_event:
 * @stream: the log stream of a room
 * @messages: (array zero-terminated=1): records of the log
 *
 * Returns: (transfer full): the event that delivers them
 */
GBytes *
sct_room_log_make_event (const char *stream, const char *const *messages)
{
  JsonArray *events = json_array_new ();
  for (guint i = 0; messages[i]; i++) {
    JsonObject *event = json_object_new ();
    json_object_set_string_member (event, "id", "1");
    json_object_set_int_member (event, "timestamp", 1792844792089);
    json_object_set_string_member (event, "message", messages[i]);
    json_array_add_object_element (events, event);
  }
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), json_object_new ());
  JsonObject *object = json_node_get_object (node);
  json_object_set_string_member (object, "messageType", "DATA_MESSAGE");
  json_object_set_string_member (object, "logStream", stream);
  json_object_set_array_member (object, "logEvents", events);
  json_object_unref (object);
  g_autofree char *text = json_to_string (node, FALSE);
  return sct_room_log_wrap_text (text);
}

/**
 * sct_room_log_deliver:
 * @self: a service
 * @stream: the log stream of a room
 * @messages: (array zero-terminated=1): records of the log
 *
 * Has the service apply them.
 */
void
sct_room_log_deliver (SctService *self, const char *stream, const char *const *messages)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) event = sct_room_log_make_event (stream, messages);
  g_assert_true (sc_chat_log_apply (self->service, event, &error));
  g_assert_no_error (error);
}

/**
 * sct_room_log_line:
 * @id: the line's id
 * @sent_at: microseconds since the epoch
 * @sender_id: who said it, a viewer
 * @content: what they said, as it stands in JSON
 *
 * Returns: (transfer full): the record of a line
 */
char *
sct_room_log_line (const char *id, gint64 sent_at, const char *sender_id, const char *content)
{
  g_autofree char *time = sc_time_to_string_exact (sent_at);
  return g_strdup_printf (
    "{\"event_timestamp\":\"%s\",\"type\":\"MESSAGE\",\"version\":\"1.0\","
    "\"payload\":{\"Type\":\"MESSAGE\",\"Id\":\"%s\",\"RequestId\":\"\","
    "\"Attributes\":{},\"Content\":\"%s\",\"SendTime\":\"%s\",\"Sender\":{"
    "\"UserId\":\"%s\",\"Attributes\":{\"name\":\"bob\",\"role\":\"viewer\"}}}}",
    time,
    id,
    content,
    time,
    sender_id);
}

/**
 * sct_room_log_deletion:
 * @id: the line's id
 * @deleted_at: microseconds since the epoch
 *
 * Returns: (transfer full): the record of its deletion
 */
char *
sct_room_log_deletion (const char *id, gint64 deleted_at)
{
  g_autofree char *time = sc_time_to_string_exact (deleted_at);
  return g_strdup_printf (
    "{\"event_timestamp\":\"%s\",\"type\":\"EVENT\",\"version\":\"1.0\","
    "\"payload\":{\"Type\":\"EVENT\",\"Id\":\"1OjMY6p8h4uv\",\"RequestId\":\"\","
    "\"EventName\":\"aws:DELETE_MESSAGE\",\"Attributes\":{\"MessageID\":\"%s\","
    "\"Reason\":\"deleted\"},\"SendTime\":\"%s\"}}",
    time,
    id,
    time);
}
