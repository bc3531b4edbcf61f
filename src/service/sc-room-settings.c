/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How a room is run: its modes, its rules, and who moderates it. */

#include "config.h"

#include "sc-chat-settings-store.h"
#include "sc-error.h"
#include "sc-handlers.h"
#include "sc-json.h"
#include "sc-moderation-views.h"
#include "sc-person-store.h"
#include "sc-settings-change.h"

static ScResponse *
answer_settings (guint status, const ScChatSettings *settings, gint64 pending)
{
  JsonObject *body = json_object_new ();
  json_object_set_object_member (body, "settings", sc_chat_settings_to_json (settings));
  if (pending >= 0)
    json_object_set_int_member (body, "pending", pending);
  return sc_response_new_json (status, body);
}

/**
 * sc_handle_get_chat_settings:
 * @call: GET /v1/channels/NAME/chat/settings
 * @error: an error of a layer below
 *
 * Returns: (transfer full) (nullable): 200 {settings}
 */
ScResponse *
sc_handle_get_chat_settings (ScCall *call, GError **error)
{
  g_autoptr (ScChatSettings) settings = NULL;
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  if (!connection ||
      !sc_chat_settings_store_get (connection, call->room->owner_id, &settings, error))
    return NULL;
  return answer_settings (200, settings, -1);
}

/* Lays what the body says over what holds; what it adds is no setting. */
static gboolean
overlay (JsonObject *target, JsonObject *source)
{
  g_autoptr (GList) members = json_object_get_members (source);
  for (GList *item = members; item; item = item->next) {
    JsonNode *value = json_object_get_member (source, item->data);
    JsonObject *below = sc_json_get_object_or_null (target, item->data);
    if (!json_object_has_member (target, item->data))
      return FALSE;
    if (!below || !JSON_NODE_HOLDS_OBJECT (value))
      json_object_set_member (target, item->data, json_node_copy (value));
    else if (!overlay (below, json_node_get_object (value)))
      return FALSE;
  }
  return TRUE;
}

/* Returns the settings as they are to be, or NULL if the body makes none of them. */
static ScChatSettings *
change (const ScChatSettings *settings, JsonObject *body)
{
  g_autoptr (JsonObject) object = sc_chat_settings_to_json (settings);
  return overlay (object, body) ? sc_chat_settings_from_json (object, NULL) : NULL;
}

static gboolean
order_modes (ScRoomOrders *orders, const ScChatModes *modes, GError **error)
{
  g_autofree char *slow = g_strdup_printf ("%u", modes->slow_seconds);
  JsonObject *attributes = json_object_new ();
  json_object_set_string_member (attributes, "SlowSeconds", slow);
  json_object_set_string_member (attributes, "FollowersOnly", modes->followers_only ? "1" : "0");
  json_object_set_string_member (attributes, "ReadOnly", modes->read_only ? "1" : "0");
  json_object_set_string_member (attributes, "EmojiOnly", modes->emoji_only ? "1" : "0");
  return sc_room_orders_add_event (orders, "streamcat:MODES", attributes, TRUE, error);
}

static gboolean
note (ScCall *call,
      ScRoomOrders *orders,
      ScModerationKind kind,
      JsonObject *details,
      GError **error)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *text = details ? sc_json_to_string (details) : NULL;
  const ScNewAction action = { .id = id,
                               .user_id = orders->user_id,
                               .kind = kind,
                               .actor_id = call->user->id,
                               .at = orders->now,
                               .details = text };
  return sc_moderation_store_insert (orders->connection, &action, error);
}

static gboolean
note_modes (ScCall *call,
            ScRoomOrders *orders,
            const ScChatSettings *before,
            const ScChatSettings *after,
            GError **error)
{
  g_autoptr (JsonObject) old = sc_chat_modes_to_json (&before->modes);
  g_autoptr (JsonObject) new = sc_chat_modes_to_json (&after->modes);
  g_autoptr (JsonObject) details = sc_settings_change_describe (old, new);
  return note (call, orders, SC_MODERATION_MODES, details, error);
}

static gboolean
note_rules (ScCall *call,
            ScRoomOrders *orders,
            const ScChatSettings *before,
            const ScChatSettings *after,
            GError **error)
{
  g_autoptr (JsonObject) old = json_object_new ();
  g_autoptr (JsonObject) new = json_object_new ();
  sc_chat_settings_write_rules (before, old);
  sc_chat_settings_write_rules (after, new);
  g_autoptr (JsonObject) details = sc_settings_change_describe (old, new);
  return note (call, orders, SC_MODERATION_RULES, details, error);
}

/* Writes down what is changed, and the audit of it. */
static gboolean
write_changed (ScCall *call,
               ScRoomOrders *orders,
               const ScChatSettings *before,
               const ScChatSettings *after,
               GError **error)
{
  gboolean modes = json_object_has_member (call->body, "modes");
  if (!sc_chat_settings_store_set (orders->connection, orders->user_id, after, error))
    return FALSE;
  if (modes && (!note_modes (call, orders, before, after, error) ||
                !order_modes (orders, &after->modes, error)))
    return FALSE;
  return json_object_get_size (call->body) == (modes ? 1 : 0) ||
         note_rules (call, orders, before, after, error);
}

/* Does it in one transaction. Returns NULL with *@ret_refusal or @error. */
static ScChatSettings *
patch (ScCall *call, ScRoomOrders *orders, ScResponse **ret_refusal, GError **error)
{
  g_autoptr (ScChatSettings) settings = NULL;
  if (!sc_store_begin (orders->connection, error) ||
      !sc_moderation_store_lock (orders->connection, orders->user_id, error) ||
      !sc_chat_settings_store_get (orders->connection, orders->user_id, &settings, error))
    return NULL;
  g_autoptr (ScChatSettings) changed = change (settings, call->body);
  if (!changed) {
    *ret_refusal = sc_response_new_fault (SC_FAULT_BAD_REQUEST,
                                          NULL,
                                          "These are not settings that a chat can have.");
    return NULL;
  }
  return write_changed (call, orders, settings, changed, error) &&
             sc_store_commit (orders->connection, error)
           ? g_steal_pointer (&changed)
           : NULL;
}

/**
 * sc_handle_patch_chat_settings:
 * @call: PATCH /v1/channels/NAME/chat/settings {modes?, rules?, languages?, terms?, allowed_links?}
 * @error: an error of a layer below
 *
 * Changes what is named. Moderators change modes; all else is the streamer's.
 *
 * Returns: (transfer full) (nullable): 200 {settings, pending}; 400, 403
 */
ScResponse *
sc_handle_patch_chat_settings (ScCall *call, GError **error)
{
  guint own = json_object_has_member (call->body, "modes") ? 1 : 0;
  if (call->room->asker_role != SC_CHAT_STREAMER && json_object_get_size (call->body) > own)
    return sc_response_new_fault (SC_FAULT_FORBIDDEN, NULL, NULL);
  ScResponse *refusal = NULL;
  g_auto (ScRoomOrders) orders = { 0 };
  g_autoptr (ScChatSettings) settings = NULL;
  {
    g_autoptr (ScStoreConnection) connection =
      sc_store_acquire (sc_service_get_store (call->service), error);
    if (!connection)
      return NULL;
    sc_room_orders_init (&orders, connection, call->room->owner_id);
    orders.now = sc_service_now (call->service);
    settings = patch (call, &orders, &refusal, error);
  }
  if (!settings)
    return refusal;
  return answer_settings (200, settings, sc_tell_room (call, &orders, TRUE));
}

/* The review function trusts the role in a token for as long as a connection lives: who is let go
 * has to come back with another token, also who has one of before that is not used yet. */
static gboolean
order_role (ScRoomOrders *orders, const ScPersonRow *person, gboolean on, GError **error)
{
  JsonObject *attributes = json_object_new ();
  json_object_set_string_member (attributes, "UserId", person->public_id);
  json_object_set_string_member (attributes, "Role", on ? "moderator" : "viewer");
  return sc_room_orders_add_event (orders, "streamcat:ROLE", attributes, FALSE, error) &&
         (on || sc_room_orders_add_disconnect (orders, person->public_id, "role", 0, error));
}

static gboolean
set_role (ScCall *call,
          ScRoomOrders *orders,
          const ScPersonRow *person,
          gboolean on,
          GError **error)
{
  gboolean changed = FALSE;
  if (!(on ? sc_person_store_set_moderator (orders->connection,
                                            orders->user_id,
                                            person->id,
                                            orders->now,
                                            &changed,
                                            error)
           : sc_person_store_unset_moderator (orders->connection,
                                              orders->user_id,
                                              person->id,
                                              &changed,
                                              error)))
    return FALSE;
  const ScNewAction action = { .id = orders->action_id,
                               .user_id = orders->user_id,
                               .kind = on ? SC_MODERATION_MOD : SC_MODERATION_UNMOD,
                               .actor_id = call->user->id,
                               .person_id = person->id,
                               .at = orders->now };
  return !changed || (sc_moderation_store_insert (orders->connection, &action, error) &&
                      order_role (orders, person, on, error));
}

/* Returns FALSE with *@ret_refusal or @error. */
static gboolean
set_moderator (ScCall *call,
               ScRoomOrders *orders,
               gboolean on,
               ScResponse **ret_refusal,
               GError **error)
{
  g_autoptr (ScPersonRow) person = NULL;
  if (!sc_person_store_find_named (orders->connection, orders->user_id, call->id, &person, error))
    return FALSE;
  if (!person || person->role == SC_CHAT_STREAMER) {
    *ret_refusal =
      sc_response_new_fault (person ? SC_FAULT_FORBIDDEN : SC_FAULT_NO_SUCH_USER, NULL, NULL);
    return FALSE;
  }
  return set_role (call, orders, person, on, error);
}

/**
 * sc_handle_add_moderator:
 * @call: PUT /v1/channels/NAME/moderators/USERNAME
 * @error: an error of a layer below
 *
 * Returns: (transfer full) (nullable): 200 {pending}; 403 for the streamer, 404 for nobody
 */
ScResponse *
sc_handle_add_moderator (ScCall *call, GError **error)
{
  return sc_answer_order (call, set_moderator, TRUE, error);
}

/**
 * sc_handle_remove_moderator:
 * @call: DELETE /v1/channels/NAME/moderators/USERNAME
 * @error: an error of a layer below
 *
 * Returns: (transfer full) (nullable): 200 {pending}; 403 for the streamer, 404 for nobody
 */
ScResponse *
sc_handle_remove_moderator (ScCall *call, GError **error)
{
  return sc_answer_order (call, set_moderator, FALSE, error);
}
