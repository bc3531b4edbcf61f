/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What moderators do and look at: /v1/channels/NAME/chat/actions, people, bans and held. */

#include "config.h"

#include "sc-chat-ban.h"
#include "sc-chat-person.h"
#include "sc-client-call.h"
#include "sc-client-path.h"
#include "sc-held-line.h"
#include "sc-json-members.h"
#include "sc-json.h"
#include "sc-list-page.h"

static gpointer
read_action_item (JsonObject *object, GError **error)
{
  return sc_moderation_action_from_json (object, error);
}

static gpointer
read_ban_item (JsonObject *object, GError **error)
{
  return sc_chat_ban_from_json (object, error);
}

static gpointer
read_held_item (JsonObject *object, GError **error)
{
  return sc_held_line_from_json (object, error);
}

static gboolean
read_action (JsonObject *answer, GValue *ret_value, GError **error)
{
  gint64 pending = 0;
  JsonObject *object = sc_json_get_object (answer, "action", error);
  g_autoptr (ScModerationAction) action =
    object ? sc_moderation_action_from_json (object, error) : NULL;
  if (!action || !sc_client_read_pending (answer, &pending, error))
    return FALSE;
  ScModerationActionFields fields = *sc_moderation_action_get_fields (action);
  fields.pending = (guint) pending;
  g_value_init (ret_value, SC_TYPE_MODERATION_ACTION);
  g_value_take_object (ret_value, sc_moderation_action_new (&fields));
  return TRUE;
}

/**
 * sc_client_act:
 * @self: the client, with a token
 * @channel: the name of a channel whose room one moderates
 * @order: what is to be done
 *
 * POST /v1/channels/NAME/chat/actions.
 *
 * Returns: (transfer full): a future that resolves to a %SC_TYPE_MODERATION_ACTION, or rejects with
 *   %SC_CLIENT_ERROR_FORBIDDEN, also where the person may not be acted upon, or
 *   %SC_CLIENT_ERROR_NOT_FOUND
 */
DexFuture *
sc_client_act (ScClient *self, const char *channel, const ScModerationOrder *order)
{
  JsonObject *body = json_object_new ();
  json_object_set_string_member (body, "kind", sc_moderation_kind_to_string (order->kind));
  sc_json_add_string (body, "line_id", order->line_id);
  sc_json_add_string (body, "text", order->line_text);
  sc_json_add_string (body, "user_id", order->user_id);
  sc_json_add_string (body, "user_name", order->user_name);
  sc_json_add_string (body, "reason", order->reason);
  if (order->kind == SC_MODERATION_TIMEOUT)
    json_object_set_int_member (body, "seconds", order->seconds);
  g_autofree char *path = sc_client_path ("channels", channel, "chat", "actions", NULL);
  return sc_client_call (self, "POST", path, body, read_action);
}

/**
 * sc_client_undo_action:
 * @self: the client, with a token
 * @channel: the name of the channel
 * @action_id: what one did there within the last 10 s
 *
 * POST /v1/channels/NAME/chat/actions/ID/undo.
 *
 * Returns: (transfer full): a future that resolves to the %SC_TYPE_MODERATION_ACTION as it is now,
 *   or rejects with %SC_CLIENT_ERROR_TOO_LATE or %SC_CLIENT_ERROR_UNDONE
 */
DexFuture *
sc_client_undo_action (ScClient *self, const char *channel, const char *action_id)
{
  g_autofree char *path =
    sc_client_path ("channels", channel, "chat", "actions", action_id, "undo", NULL);
  return sc_client_call (self, "POST", path, NULL, read_action);
}

static gboolean
read_actions (JsonObject *answer, GValue *ret_value, GError **error)
{
  return sc_client_take_page (
    sc_list_page_from_json (answer, "actions", SC_TYPE_MODERATION_ACTION, read_action_item, error),
    ret_value);
}

/**
 * sc_client_list_actions:
 * @self: the client, with a token
 * @channel: the name of a channel whose room one moderates
 * @user_id: (nullable): only what was done about this person
 * @before: (nullable): the older end of a page, for what was done before it
 *
 * GET /v1/channels/NAME/chat/actions.
 *
 * Returns: (transfer full): a future that resolves to a %SC_TYPE_LIST_PAGE of #ScModerationAction,
 *   the newest first
 */
DexFuture *
sc_client_list_actions (ScClient *self,
                        const char *channel,
                        const char *user_id,
                        const char *before)
{
  g_autofree char *path = sc_client_path ("channels", channel, "chat", "actions", NULL);
  g_autofree char *whole =
    sc_client_path_with_query (path, "user_id", user_id ?: "", "before", before ?: "", NULL);
  return sc_client_call (self, "GET", whole, NULL, read_actions);
}

static gboolean
read_person (JsonObject *answer, GValue *ret_value, GError **error)
{
  ScChatPerson *person = sc_chat_person_from_json (answer, error);
  if (!person)
    return FALSE;
  g_value_init (ret_value, SC_TYPE_CHAT_PERSON);
  g_value_take_boxed (ret_value, person);
  return TRUE;
}

/**
 * sc_client_get_person:
 * @self: the client, with or without a token
 * @channel: the name of a channel
 * @user_id: who it is in the room
 *
 * GET /v1/channels/NAME/chat/people/ID.
 *
 * Returns: (transfer full): a future that resolves to a %SC_TYPE_CHAT_PERSON, or rejects with
 *   %SC_CLIENT_ERROR_NOT_FOUND
 */
DexFuture *
sc_client_get_person (ScClient *self, const char *channel, const char *user_id)
{
  g_autofree char *path = sc_client_path ("channels", channel, "chat", "people", user_id, NULL);
  return sc_client_call (self, "GET", path, NULL, read_person);
}

static gboolean
read_bans (JsonObject *answer, GValue *ret_value, GError **error)
{
  return sc_client_take_page (
    sc_list_page_from_json (answer, "bans", SC_TYPE_CHAT_BAN, read_ban_item, error),
    ret_value);
}

/**
 * sc_client_list_bans:
 * @self: the client, with a token
 * @channel: the name of a channel whose room one moderates
 * @before: (nullable): the older end of a page, for those before it
 *
 * GET /v1/channels/NAME/chat/bans.
 *
 * Returns: (transfer full): a future that resolves to a %SC_TYPE_LIST_PAGE of #ScChatBan, the
 * newest first
 */
DexFuture *
sc_client_list_bans (ScClient *self, const char *channel, const char *before)
{
  g_autofree char *path = sc_client_path ("channels", channel, "chat", "bans", NULL);
  g_autofree char *whole = sc_client_path_with_query (path, "before", before ?: "", NULL);
  return sc_client_call (self, "GET", whole, NULL, read_bans);
}

static gboolean
read_held (JsonObject *answer, GValue *ret_value, GError **error)
{
  return sc_client_take_list (
    sc_list_from_json (answer, "held", SC_TYPE_HELD_LINE, read_held_item, error),
    ret_value);
}

/**
 * sc_client_list_held:
 * @self: the client, with a token
 * @channel: the name of a channel whose room one moderates
 *
 * GET /v1/channels/NAME/chat/held.
 *
 * Returns: (transfer full): a future that resolves to a #GListStore of #ScHeldLine, who waits
 *   longest first
 */
DexFuture *
sc_client_list_held (ScClient *self, const char *channel)
{
  g_autofree char *path = sc_client_path ("channels", channel, "chat", "held", NULL);
  return sc_client_call (self, "GET", path, NULL, read_held);
}

/**
 * sc_client_decide_held:
 * @self: the client, with a token
 * @channel: the name of a channel whose room one moderates
 * @id: a held line
 * @approve: whether it is let through
 *
 * POST /v1/channels/NAME/chat/held/ID.
 *
 * Returns: (transfer full): a future that resolves to how many calls to the room are still to be
 *   made, as a %G_TYPE_UINT, or rejects with %SC_CLIENT_ERROR_DECIDED
 */
DexFuture *
sc_client_decide_held (ScClient *self, const char *channel, const char *id, gboolean approve)
{
  JsonObject *body = json_object_new ();
  json_object_set_string_member (body, "verdict", approve ? "approve" : "reject");
  g_autofree char *path = sc_client_path ("channels", channel, "chat", "held", id, NULL);
  return sc_client_call (self, "POST", path, body, sc_client_read_count);
}
