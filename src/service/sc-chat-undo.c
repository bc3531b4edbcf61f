/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Taking back what one did a moment ago. */

#include "config.h"

#include "sc-ban-store.h"
#include "sc-chat-settings-store.h"
#include "sc-handlers.h"
#include "sc-line-removal.h"
#include "sc-moderation-views.h"
#include "sc-room-call-store.h"

/* The button is there for SC_UNDO_SHOWN_US; who clicks at its end is let in yet. */
#define UNDO_US (15 * G_TIME_SPAN_SECOND)

static ScResponse *
refuse_undo (ScCall *call, const ScActionRow *row)
{
  if (!row)
    return sc_response_new_fault (SC_FAULT_NOT_FOUND, NULL, NULL);
  const ScModerationActionFields *action = sc_moderation_action_get_fields (row->action);
  if (row->actor_id != call->user->id)
    return sc_response_new_fault (SC_FAULT_FORBIDDEN, NULL, NULL);
  if (action->kind > SC_MODERATION_UNBAN)
    return sc_response_new_fault (SC_FAULT_NOT_UNDOABLE, NULL, NULL);
  if (action->undone_at)
    return sc_response_new_fault (SC_FAULT_UNDONE, NULL, NULL);
  return action->at + UNDO_US < sc_service_now (call->service)
           ? sc_response_new_fault (SC_FAULT_TOO_LATE, NULL, NULL)
           : NULL;
}

static gboolean
order_restored (ScRoomOrders *orders, const char *member, const char *id, GError **error)
{
  JsonObject *attributes = json_object_new ();
  json_object_set_string_member (attributes, member, id);
  json_object_set_string_member (attributes, "ActionId", orders->action_id);
  return sc_room_orders_add_event (orders, "streamcat:RESTORED", attributes, FALSE, error);
}

/* Who is banned again by taking an unban back has to leave again. */
static gboolean
order_leave (ScRoomOrders *orders, const ScActionRow *row, GError **error)
{
  g_autoptr (ScChatBan) ban = NULL;
  const ScModerationActionFields *action = sc_moderation_action_get_fields (row->action);
  if (!sc_ban_store_find (orders->connection,
                          orders->user_id,
                          row->person_id,
                          orders->now,
                          &ban,
                          error))
    return FALSE;
  if (!ban)
    return TRUE;
  const ScChatBanFields *fields = sc_chat_ban_get_fields (ban);
  const ScNewAction again = { .kind = SC_MODERATION_BAN,
                              .at = orders->now,
                              .until = fields->until,
                              .reason = fields->reason };
  g_autofree char *reason = sc_dup_room_reason (&again);
  return sc_room_orders_add_disconnect (orders, action->person_id, reason, fields->until, error);
}

static gboolean
order_settled (ScRoomOrders *orders, const ScActionRow *row, GError **error)
{
  const ScModerationActionFields *action = sc_moderation_action_get_fields (row->action);
  if (!sc_ban_store_settle (orders->connection,
                            orders->user_id,
                            row->person_id,
                            orders->now,
                            error) ||
      !sc_chat_settings_store_want (orders->connection, orders->user_id, error))
    return FALSE;
  if (action->kind == SC_MODERATION_UNBAN)
    return order_leave (orders, row, error);
  return sc_line_removal_restore_purged (orders->connection, action->id, orders->now, error) &&
         order_restored (orders, "UserId", action->person_id, error);
}

static gboolean
undo_row (ScCall *call, ScRoomOrders *orders, const ScActionRow *row, GError **error)
{
  const ScModerationActionFields *action = sc_moderation_action_get_fields (row->action);
  orders->action_id = action->id;
  orders->now = sc_service_now (call->service);
  if (!sc_moderation_store_mark_undone (orders->connection,
                                        action->id,
                                        call->user->id,
                                        orders->now,
                                        error) ||
      !sc_room_call_store_cancel (orders->connection, action->id, error))
    return FALSE;
  if (action->kind != SC_MODERATION_DELETE)
    return order_settled (orders, row, error);
  return sc_line_removal_restore (orders->connection,
                                  orders->user_id,
                                  action->line_id,
                                  orders->now,
                                  error) &&
         order_restored (orders, "MessageId", action->line_id, error);
}

/* Does it in one transaction. Returns NULL with *@ret_refusal or @error. */
static ScActionRow *
undo (ScCall *call, ScRoomOrders *orders, ScResponse **ret_refusal, GError **error)
{
  g_autoptr (ScActionRow) row = NULL;
  const ScActionQuery query = { .user_id = orders->user_id, .asker_id = call->user->id };
  if (!sc_store_begin (orders->connection, error) ||
      !sc_moderation_store_lock (orders->connection, orders->user_id, error) ||
      !sc_moderation_store_find (orders->connection, &query, call->id, &row, error))
    return NULL;
  *ret_refusal = refuse_undo (call, row);
  if (*ret_refusal || !undo_row (call, orders, row, error))
    return NULL;
  return g_steal_pointer (&row);
}

/**
 * sc_handle_undo_action:
 * @call: POST /v1/channels/NAME/chat/actions/ID/undo
 * @error: an error of a layer below
 *
 * Takes an action back that the user did a moment ago.
 *
 * Returns: (transfer full) (nullable): 200 {action, pending}; 403 for another's, 404, or 409 where
 *   it is too late or done
 */
ScResponse *
sc_handle_undo_action (ScCall *call, GError **error)
{
  if (!g_uuid_string_is_valid (call->id))
    return sc_response_new_fault (SC_FAULT_NOT_FOUND, NULL, NULL);
  ScResponse *refusal = NULL;
  g_auto (ScRoomOrders) orders = { 0 };
  g_autoptr (ScActionRow) row = NULL;
  g_autoptr (JsonObject) view = NULL;
  {
    g_autoptr (ScStoreConnection) connection =
      sc_store_acquire (sc_service_get_store (call->service), error);
    if (!connection)
      return NULL;
    sc_room_orders_init (&orders, connection, call->room->owner_id);
    row = undo (call, &orders, &refusal, error);
    view = row ? sc_view_action (call, connection, call->id, error) : NULL;
    if (!view || !sc_commit_action (call, connection, 200, view, error))
      return refusal;
  }
  gboolean rules_changed =
    sc_moderation_action_get_fields (row->action)->kind != SC_MODERATION_DELETE;
  return sc_answer_action (call, 200, g_steal_pointer (&view), &orders, rules_changed);
}
