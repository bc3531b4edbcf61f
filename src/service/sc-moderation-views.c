/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the handlers of moderation share: what a moderator typed, the transaction that has the
 * room's turn, and what they are answered. */

#include "config.h"

#include "sc-moderation-views.h"

#include "sc-repeats.h"
#include "sc-room-rules.h"

#include <string.h>

/* "DeleteMessage", Amazon IVS Chat API: 12 letters and digits. */
#define LINE_ID_LENGTH 12

/**
 * sc_is_line_id:
 * @text: what is to be the id of a line
 *
 * Returns: %TRUE if Amazon IVS Chat could have given it
 */
gboolean
sc_is_line_id (const char *text)
{
  if (strlen (text) != LINE_ID_LENGTH)
    return FALSE;
  for (guint i = 0; i < LINE_ID_LENGTH; i++)
    if (!g_ascii_isalnum (text[i]))
      return FALSE;
  return TRUE;
}

/**
 * sc_is_plain_text:
 * @text: what a person typed
 * @max_characters: the most that it may have
 *
 * Returns: %TRUE if it is one line without control characters, and not too long
 */
gboolean
sc_is_plain_text (const char *text, glong max_characters)
{
  if (g_utf8_strlen (text, -1) > max_characters)
    return FALSE;
  for (const char *p = text; *p; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

/**
 * sc_dup_room_reason:
 * @action: a deletion, a timeout or a ban
 *
 * Returns: (transfer full): what the room is told: a word, and after it what the moderator said
 */
char *
sc_dup_room_reason (const ScNewAction *action)
{
  g_autoptr (GString) reason = g_string_new (NULL);
  if (action->kind == SC_MODERATION_DELETE)
    g_string_append (reason, "deleted");
  else if (action->until)
    g_string_append_printf (reason,
                            "timeout:%" G_GINT64_FORMAT,
                            (action->until - action->at) / G_TIME_SPAN_SECOND);
  else
    g_string_append (reason, "banned");
  if (action->reason)
    g_string_append_printf (reason, " %s", action->reason);
  return g_string_free_and_steal (g_steal_pointer (&reason));
}

/**
 * sc_view_action:
 * @call: a request of who acts
 * @connection: the connection whose transaction does it
 * @id: the action's uuid
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): the action as JSON
 */
JsonObject *
sc_view_action (ScCall *call, ScStoreConnection *connection, const char *id, GError **error)
{
  g_autoptr (ScActionRow) row = NULL;
  const ScActionQuery query = { .user_id = call->room->owner_id,
                                .asker_id = call->user->id,
                                .now = sc_service_now (call->service) };
  if (!sc_moderation_store_find (connection, &query, id, &row, error))
    return NULL;
  return sc_moderation_action_to_json (row->action);
}

/**
 * sc_tell_room:
 * @call: a request whose transaction is committed
 * @orders: what the room is to be told
 * @rules_changed: whether the review function has to know as well
 *
 * Tells them; what does not reach them is left to tick.
 *
 * Returns: how much that is
 */
guint
sc_tell_room (ScCall *call, ScRoomOrders *orders, gboolean rules_changed)
{
  guint pending = 0;
  g_autoptr (GError) error = NULL;
  if (!sc_room_calls_make (call->service, orders, &pending, &error)) {
    g_message ("What reached a room is not known: %s", error->message);
    pending = MAX (pending, 1);
  }
  if (rules_changed)
    pending += sc_room_rules_publish (call->service, call->room->owner_id);
  return pending;
}

/**
 * sc_commit_action:
 * @call: a request of who acts
 * @connection: the connection whose transaction does it
 * @status: the status of the answer that comes
 * @view: (nullable): the action, where the answer has it
 * @error: an error of %SC_STORE_ERROR
 *
 * Commits, and with it the answer of whose room may not have been told yet: should the process end
 * now, tick tells it.
 *
 * Returns: %TRUE if it is durable
 */
gboolean
sc_commit_action (ScCall *call,
                  ScStoreConnection *connection,
                  guint status,
                  JsonObject *view,
                  GError **error)
{
  g_autoptr (JsonObject) body = json_object_new ();
  if (view)
    json_object_set_object_member (body, "action", json_object_ref (view));
  json_object_set_int_member (body, "pending", 1);
  return sc_repeats_commit (call, connection, status, body, error);
}

/**
 * sc_answer_action:
 * @call: a request whose transaction is committed
 * @status: the answer's status
 * @view: (transfer full): the action
 * @orders: what the room is to be told
 * @rules_changed: whether the review function has to know as well
 *
 * Returns: (transfer full): {action, pending}
 */
ScResponse *
sc_answer_action (ScCall *call,
                  guint status,
                  JsonObject *view,
                  ScRoomOrders *orders,
                  gboolean rules_changed)
{
  JsonObject *body = json_object_new ();
  json_object_set_object_member (body, "action", view);
  json_object_set_int_member (body, "pending", sc_tell_room (call, orders, rules_changed));
  return sc_response_new_json (status, body);
}

/* Does it in one transaction that has the room's turn. */
static gboolean
order_in_turn (ScCall *call,
               ScRoomOrders *orders,
               ScOrderFunc order,
               gboolean yes,
               ScResponse **ret_refusal,
               GError **error)
{
  return sc_store_begin (orders->connection, error) &&
         sc_moderation_store_lock (orders->connection, orders->user_id, error) &&
         order (call, orders, yes, ret_refusal, error) &&
         sc_commit_action (call, orders->connection, 200, NULL, error);
}

/**
 * sc_answer_order:
 * @call: a request of who acts
 * @order: what is to be done
 * @yes: for @order
 * @error: an error of a layer below
 *
 * Does what is ordered in one transaction, and then tells the room. Blocks; holds no connection
 * while Amazon IVS Chat is asked.
 *
 * Returns: (transfer full) (nullable): 200 {pending}, or the refusal of @order
 */
ScResponse *
sc_answer_order (ScCall *call, ScOrderFunc order, gboolean yes, GError **error)
{
  ScResponse *refusal = NULL;
  g_autofree char *action_id = g_uuid_string_random ();
  g_auto (ScRoomOrders) orders = { 0 };
  {
    g_autoptr (ScStoreConnection) connection =
      sc_store_acquire (sc_service_get_store (call->service), error);
    if (!connection)
      return NULL;
    sc_room_orders_init (&orders, connection, call->room->owner_id);
    orders.action_id = action_id;
    orders.now = sc_service_now (call->service);
    if (!order_in_turn (call, &orders, order, yes, &refusal, error))
      return refusal;
  }
  JsonObject *body = json_object_new ();
  json_object_set_int_member (body, "pending", sc_tell_room (call, &orders, FALSE));
  return sc_response_new_json (200, body);
}
