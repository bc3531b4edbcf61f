/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Lines that the review held back: they come by an asynchronous invocation, perhaps twice, and wait
 * for a moderator. One that is approved is shown by an event that names its author, which our apps
 * understand and other clients do not. */

#include "config.h"

#include "sc-held-lines.h"

#include "sc-chat-record.h"
#include "sc-chat-store.h"
#include "sc-handlers.h"
#include "sc-held-store.h"
#include "sc-json-members.h"
#include "sc-json.h"
#include "sc-moderation-views.h"
#include "sc-time.h"

#include <string.h>

/* The attributes of an event have 1 KB together ("SendEvent"); the others of ours have less than
 * 400 bytes. */
#define PART_BYTES 600

static gboolean
read_line (JsonObject *event, ScNewHeldLine *held, GError **error)
{
  ScHeldLineFields *line = &held->line;
  const char *at = sc_json_get_string (event, "at", SC_CHAT_ID_MAX, error);
  if (!at || !sc_time_from_string (at, &line->at, error) ||
      !sc_chat_role_read (event, "role", &line->role, error))
    return FALSE;
  held->message_id = sc_json_get_string (event, "message_id", SC_CHAT_ID_MAX, error);
  line->user_id =
    held->message_id ? sc_json_get_string (event, "user_id", SC_CHAT_ID_MAX, error) : NULL;
  line->text =
    line->user_id ? sc_json_get_string (event, "content", SC_CHAT_RECORD_TEXT_MAX, error) : NULL;
  line->rule = line->text ? sc_json_get_string (event, "rule", SC_HELD_RULE_MAX, error) : NULL;
  line->name = sc_json_get_string (event, "name", SC_CHAT_NAME_MAX, NULL);
  return line->rule != NULL;
}

static gboolean
order_held (ScRoomOrders *orders, GError **error)
{
  gint64 count = 0;
  if (!sc_held_store_count (orders->connection, orders->user_id, orders->now, &count, error))
    return FALSE;
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, count);
  JsonObject *attributes = json_object_new ();
  json_object_set_string_member (attributes, "Count", text);
  return sc_room_orders_add_event (orders, "streamcat:HELD", attributes, TRUE, error);
}

static gboolean
keep_line (ScRoomOrders *orders, const ScNewHeldLine *held, GError **error)
{
  gboolean is_new = FALSE;
  if (!sc_store_begin (orders->connection, error) ||
      !sc_held_store_insert (orders->connection, orders->user_id, held, &is_new, error) ||
      (is_new && !order_held (orders, error)))
    return FALSE;
  return sc_store_commit (orders->connection, error);
}

/**
 * sc_held_lines_apply:
 * @service: a service
 * @event: {room_id, message_id, user_id, name, role, content, rule, at} of the review function
 * @error: an error of %SC_DATA_ERROR if it is not such an event, or of %SC_STORE_ERROR, after which
 *   it shall be delivered again
 *
 * Puts a line before the moderators of its room, and tells them. A second delivery changes nothing.
 *
 * Returns: %TRUE if the event needs no more attention
 */
gboolean
sc_held_lines_apply (ScService *service, JsonObject *event, GError **error)
{
  g_autofree char *id = g_uuid_string_random ();
  ScNewHeldLine held = { .id = id };
  const char *room_id = sc_json_get_string (event, "room_id", SC_CHAT_ID_MAX, error);
  if (!room_id || !read_line (event, &held, error))
    return FALSE;
  g_auto (ScRoomOrders) orders = { 0 };
  {
    gint64 user_id = 0;
    g_autoptr (ScStoreConnection) connection =
      sc_store_acquire (sc_service_get_store (service), error);
    if (!connection || !sc_chat_store_find_channel (connection, room_id, &user_id, error))
      return FALSE;
    if (user_id == 0)
      return TRUE;
    sc_room_orders_init (&orders, connection, user_id);
    orders.now = sc_service_now (service);
    if (!keep_line (&orders, &held, error))
      return FALSE;
  }
  guint pending = 0;
  return sc_room_calls_make (service, &orders, &pending, error);
}

/**
 * sc_handle_list_held:
 * @call: GET /v1/channels/NAME/chat/held
 * @error: an error of a layer below
 *
 * Returns: (transfer full) (nullable): 200 {held}, the oldest first
 */
ScResponse *
sc_handle_list_held (ScCall *call, GError **error)
{
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  g_autoptr (GPtrArray) rows =
    connection
      ? sc_held_store_list (connection, call->room->owner_id, sc_service_now (call->service), error)
      : NULL;
  if (!rows)
    return NULL;
  JsonArray *held = json_array_sized_new (rows->len);
  for (guint i = 0; i < rows->len; i++)
    json_array_add_object_element (held,
                                   sc_held_line_to_json (((ScHeldRow *) rows->pdata[i])->line));
  JsonObject *body = json_object_new ();
  json_object_set_array_member (body, "held", held);
  return sc_response_new_json (200, body);
}

/* Cuts a line between characters into parts that each fit an event. */
static GPtrArray *
cut (const char *text)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  while (*text || parts->len == 0) {
    gsize size = strlen (text);
    const char *end =
      size <= PART_BYTES ? text + size : g_utf8_find_prev_char (text, text + PART_BYTES + 1);
    g_ptr_array_add (parts, g_strndup (text, (gsize) (end - text)));
    text = end;
  }
  return parts;
}

static JsonObject *
make_part (const ScHeldRow *row, GPtrArray *parts, guint index)
{
  const ScHeldLineFields *line = sc_held_line_get_fields (row->line);
  g_autofree char *part = g_strdup_printf ("%u", index + 1);
  g_autofree char *count = g_strdup_printf ("%u", parts->len);
  JsonObject *attributes = json_object_new ();
  json_object_set_string_member (attributes, "Id", row->message_id);
  json_object_set_string_member (attributes, "UserId", line->user_id);
  json_object_set_string_member (attributes, "Name", line->name ? line->name : "");
  json_object_set_string_member (attributes, "Role", sc_chat_role_to_string (line->role));
  json_object_set_string_member (attributes, "Content", parts->pdata[index]);
  json_object_set_string_member (attributes, "Part", part);
  json_object_set_string_member (attributes, "Parts", count);
  return attributes;
}

/* From now on it is a line as any other: in the history, and to be deleted by its id. */
static gboolean
order_approved (ScRoomOrders *orders, const ScHeldRow *row, GError **error)
{
  const ScHeldLineFields *held = sc_held_line_get_fields (row->line);
  const ScLineRow line = { .id = row->message_id,
                           .sent_at = orders->now,
                           .sender_id = held->user_id,
                           .sender_name = held->name,
                           .sender_role = held->role,
                           .content = held->text };
  if (!sc_chat_store_add_line (orders->connection, orders->user_id, &line, orders->now, error))
    return FALSE;
  g_autoptr (GPtrArray) parts = cut (held->text);
  for (guint i = 0; i < parts->len; i++) {
    JsonObject *attributes = make_part (row, parts, i);
    if (!sc_room_orders_add_event (orders, "streamcat:APPROVED", attributes, FALSE, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
decide_row (ScCall *call,
            ScRoomOrders *orders,
            const ScHeldRow *row,
            gboolean approve,
            GError **error)
{
  const ScHeldLineFields *line = sc_held_line_get_fields (row->line);
  const ScHeldVerdict verdict = { call->id, approve, call->user->id, orders->now };
  const ScNewAction action = { .id = orders->action_id,
                               .user_id = orders->user_id,
                               .kind = approve ? SC_MODERATION_APPROVE : SC_MODERATION_REJECT,
                               .actor_id = call->user->id,
                               .person_id = row->sender_id,
                               .line_id = row->message_id,
                               .content = line->text,
                               .at = orders->now };
  return sc_held_store_decide (orders->connection, &verdict, error) &&
         sc_moderation_store_insert (orders->connection, &action, error) &&
         (!approve || order_approved (orders, row, error)) && order_held (orders, error);
}

/* Returns FALSE with *@ret_refusal or @error. */
static gboolean
decide (ScCall *call,
        ScRoomOrders *orders,
        gboolean approve,
        ScResponse **ret_refusal,
        GError **error)
{
  g_autoptr (ScHeldRow) row = NULL;
  if (!sc_held_store_find (orders->connection, orders->user_id, call->id, &row, error))
    return FALSE;
  if (!row || row->is_decided) {
    *ret_refusal = sc_response_new_fault (row ? SC_FAULT_DECIDED : SC_FAULT_NOT_FOUND, NULL, NULL);
    return FALSE;
  }
  return decide_row (call, orders, row, approve, error);
}

/**
 * sc_handle_decide_held:
 * @call: POST /v1/channels/NAME/chat/held/ID {verdict: "approve" | "reject"}
 * @error: an error of a layer below
 *
 * Lets a held line be read by others, or not.
 *
 * Returns: (transfer full) (nullable): 200 {pending}; 400, 404, or 409 where somebody was first
 */
ScResponse *
sc_handle_decide_held (ScCall *call, GError **error)
{
  const char *verdict = json_object_get_string_member (call->body, "verdict");
  gboolean approve = g_str_equal (verdict, "approve");
  if (!approve && !g_str_equal (verdict, "reject"))
    return sc_response_new_fault (SC_FAULT_BAD_REQUEST, "verdict", NULL);
  if (!g_uuid_string_is_valid (call->id))
    return sc_response_new_fault (SC_FAULT_NOT_FOUND, NULL, NULL);
  return sc_answer_order (call, decide, approve, error);
}
