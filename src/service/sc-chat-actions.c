/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What moderators do about lines and people. It is written down before the room is told, so that
 * whatever happens then, who is banned is banned; what did not reach the room is in the answer and
 * is tried again. */

#include "config.h"

#include "sc-ban-store.h"
#include "sc-chat-record.h"
#include "sc-chat-settings-store.h"
#include "sc-handlers.h"
#include "sc-json.h"
#include "sc-line-removal.h"
#include "sc-moderation-views.h"
#include "sc-person-store.h"
#include "sc-room-call-store.h"

/* What is to be done. The strings are the body's, but for those after @person. */
typedef struct {
  ScNewAction action;
  const char *person_id; /* of the body */
  const char *person_name;
  ScPersonRow *person;
  char *line_content;
  char *id;
} Order;

static void
clear_order (Order *self)
{
  g_clear_pointer (&self->person, sc_person_row_free);
  g_clear_pointer (&self->line_content, g_free);
  g_clear_pointer (&self->id, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Order, clear_order)

static ScResponse *
refuse_field (const char *field)
{
  return sc_response_new_fault (SC_FAULT_BAD_REQUEST, field, NULL);
}

static ScResponse *
read_texts (ScCall *call, Order *order)
{
  ScNewAction *action = &order->action;
  action->line_id = sc_json_get_string_or (call->body, "line_id", NULL);
  action->content = sc_json_get_string_or (call->body, "text", NULL);
  action->reason = sc_json_get_string_or (call->body, "reason", NULL);
  order->person_id = sc_json_get_string_or (call->body, "user_id", NULL);
  order->person_name = sc_json_get_string_or (call->body, "user_name", NULL);
  if (action->line_id && !sc_is_line_id (action->line_id))
    return refuse_field ("line_id");
  if (action->content && g_utf8_strlen (action->content, -1) > SC_CHAT_RECORD_TEXT_MAX)
    return refuse_field ("text");
  if (action->reason && !action->reason[0])
    action->reason = NULL;
  return action->reason && !sc_is_plain_text (action->reason, SC_REASON_MAX)
           ? refuse_field ("reason")
           : NULL;
}

/* Each kind needs what it is about, and nothing of what it is not. */
static ScResponse *
read_kind (ScCall *call, Order *order)
{
  ScNewAction *action = &order->action;
  gint64 seconds = 0;
  if (!sc_moderation_kind_read (call->body, "kind", &action->kind, NULL) ||
      action->kind > SC_MODERATION_UNBAN)
    return refuse_field ("kind");
  if (action->kind == SC_MODERATION_DELETE)
    return action->line_id ? NULL : refuse_field ("line_id");
  if (!order->person_id && !order->person_name)
    return refuse_field ("user_id");
  if (action->kind != SC_MODERATION_TIMEOUT)
    return NULL;
  if (!sc_json_get_int (call->body,
                        "seconds",
                        SC_TIMEOUT_MIN_SECONDS,
                        SC_TIMEOUT_MAX_SECONDS,
                        &seconds,
                        NULL))
    return refuse_field ("seconds");
  action->until = action->at + seconds * G_TIME_SPAN_SECOND;
  return NULL;
}

/* Who the line is by and what it says is known better here than there, if the log was here. */
static gboolean
find_line (ScStoreConnection *connection, Order *order, GError **error)
{
  g_autofree char *sender_id = NULL;
  if (!order->action.line_id)
    return TRUE;
  if (!sc_chat_store_find_line (connection,
                                order->action.user_id,
                                order->action.line_id,
                                &sender_id,
                                &order->line_content,
                                error))
    return FALSE;
  if (order->line_content)
    order->action.content = order->line_content;
  return !sender_id || order->action.kind != SC_MODERATION_DELETE ||
         sc_person_store_find (connection, order->action.user_id, sender_id, &order->person, error);
}

static gboolean
find_person (ScStoreConnection *connection, Order *order, GError **error)
{
  gint64 user_id = order->action.user_id;
  if (!find_line (connection, order, error))
    return FALSE;
  if (order->person)
    return TRUE;
  if (order->person_id)
    return sc_person_store_find (connection, user_id, order->person_id, &order->person, error);
  return !order->person_name || sc_person_store_find_named (connection,
                                                            user_id,
                                                            order->person_name,
                                                            &order->person,
                                                            error);
}

/* Nobody acts against the streamer, nor a moderator against another; everybody deletes what they
 * said themselves. */
static ScResponse *
refuse_target (ScCall *call, const Order *order)
{
  gboolean deletes = order->action.kind == SC_MODERATION_DELETE;
  if (!order->person)
    return deletes ? NULL : sc_response_new_fault (SC_FAULT_NO_SUCH_USER, NULL, NULL);
  if (deletes && order->person->id == call->user->id)
    return NULL;
  return order->person->role < call->room->asker_role
           ? NULL
           : sc_response_new_fault (SC_FAULT_FORBIDDEN, "user_id", NULL);
}

static gboolean
order_deletion (ScRoomOrders *orders, const Order *order, GError **error)
{
  const ScNewAction *action = &order->action;
  g_autofree char *reason = sc_dup_room_reason (action);
  return sc_chat_store_delete_line (orders->connection,
                                    action->user_id,
                                    action->line_id,
                                    action->at,
                                    action->at,
                                    error) &&
         sc_room_orders_add_delete (orders, action->line_id, reason, error);
}

/* Our apps hide all lines of the person by one event, and also those that no log has brought yet;
 * other clients are told of the newest ones, one by one. */
static gboolean
order_purge (ScRoomOrders *orders, const Order *order, const char *reason, GError **error)
{
  const ScPurge purge = { order->action.user_id, order->person->public_id, order->id };
  g_auto (GStrv) lines = sc_line_removal_purge (orders->connection, &purge, error);
  if (!lines)
    return FALSE;
  JsonObject *attributes = json_object_new ();
  json_object_set_string_member (attributes, "UserId", order->person->public_id);
  json_object_set_string_member (attributes, "ActionId", order->id);
  if (!sc_room_orders_add_event (orders, "streamcat:PURGED", attributes, FALSE, error))
    return FALSE;
  for (guint i = 0; lines[i]; i++) {
    if (sc_is_line_id (lines[i]) && !sc_room_orders_add_delete (orders, lines[i], reason, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
order_ban (ScRoomOrders *orders, const Order *order, GError **error)
{
  const ScNewAction *action = &order->action;
  g_autofree char *reason = sc_dup_room_reason (action);
  return sc_ban_store_settle (orders->connection,
                              action->user_id,
                              action->person_id,
                              action->at,
                              error) &&
         sc_room_orders_add_disconnect (orders,
                                        order->person->public_id,
                                        reason,
                                        action->until,
                                        error) &&
         order_purge (orders, order, reason, error) &&
         sc_chat_settings_store_want (orders->connection, action->user_id, error);
}

static gboolean
order_unban (ScRoomOrders *orders, const Order *order, GError **error)
{
  const ScNewAction *action = &order->action;
  return sc_ban_store_settle (orders->connection,
                              action->user_id,
                              action->person_id,
                              action->at,
                              error) &&
         sc_room_call_store_cancel_disconnects (orders->connection,
                                                action->user_id,
                                                order->person->public_id,
                                                error) &&
         sc_chat_settings_store_want (orders->connection, action->user_id, error);
}

static gboolean
carry_out (ScRoomOrders *orders, const Order *order, GError **error)
{
  if (!sc_moderation_store_insert (orders->connection, &order->action, error))
    return FALSE;
  if (order->action.kind == SC_MODERATION_DELETE)
    return order_deletion (orders, order, error);
  return order->action.kind == SC_MODERATION_UNBAN ? order_unban (orders, order, error)
                                                   : order_ban (orders, order, error);
}

/* Does it in one transaction. Returns NULL with *@ret_refusal or @error. */
static JsonObject *
act (ScCall *call, Order *order, ScRoomOrders *orders, ScResponse **ret_refusal, GError **error)
{
  ScNewAction *action = &order->action;
  if (!sc_store_begin (orders->connection, error) ||
      !sc_moderation_store_lock (orders->connection, action->user_id, error) ||
      !find_person (orders->connection, order, error))
    return NULL;
  *ret_refusal = refuse_target (call, order);
  if (*ret_refusal)
    return NULL;
  action->person_id = order->person ? order->person->id : 0;
  orders->action_id = order->id;
  orders->now = action->at;
  if (!carry_out (orders, order, error))
    return NULL;
  JsonObject *view = sc_view_action (call, orders->connection, order->id, error);
  if (view && sc_commit_action (call, orders->connection, 201, view, error))
    return view;
  g_clear_pointer (&view, json_object_unref);
  return NULL;
}

/**
 * sc_handle_act:
 * @call: POST /v1/channels/NAME/chat/actions {kind, line_id?, text?, user_id?, user_name?,
 *   seconds?, reason?}
 * @error: an error of a layer below
 *
 * Deletes a line, or lets a person not speak for some time, or not come in, or come in again.
 *
 * Returns: (transfer full) (nullable): 201 {action, pending}; 400, 403 for a person whom one may
 *   not act against, 404 for nobody
 */
ScResponse *
sc_handle_act (ScCall *call, GError **error)
{
  g_auto (Order) order = { .id = g_uuid_string_random () };
  order.action = (ScNewAction) { .id = order.id,
                                 .user_id = call->room->owner_id,
                                 .actor_id = call->user->id,
                                 .at = sc_service_now (call->service) };
  ScResponse *refusal = read_texts (call, &order);
  if (!refusal)
    refusal = read_kind (call, &order);
  if (refusal)
    return refusal;

  g_auto (ScRoomOrders) orders = { 0 };
  JsonObject *view = NULL;
  {
    g_autoptr (ScStoreConnection) connection =
      sc_store_acquire (sc_service_get_store (call->service), error);
    if (!connection)
      return NULL;
    sc_room_orders_init (&orders, connection, call->room->owner_id);
    view = act (call, &order, &orders, &refusal, error);
  }
  if (!view)
    return refusal;
  return sc_answer_action (call, 201, view, &orders, order.action.kind != SC_MODERATION_DELETE);
}
