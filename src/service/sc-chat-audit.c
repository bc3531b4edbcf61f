/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What moderators look at: what was done, who is banned, and who somebody is. */

#include "config.h"

#include "sc-ban-store.h"
#include "sc-chat-person.h"
#include "sc-handlers.h"
#include "sc-json.h"
#include "sc-list-page.h"
#include "sc-moderation-store.h"
#include "sc-page.h"
#include "sc-person-store.h"

static JsonArray *
write_actions (GPtrArray *rows, guint count)
{
  JsonArray *actions = json_array_sized_new (count);
  for (guint i = 0; i < count; i++) {
    const ScActionRow *row = rows->pdata[i];
    json_array_add_object_element (actions, sc_moderation_action_to_json (row->action));
  }
  return actions;
}

static JsonObject *
make_action_page (GPtrArray *rows, guint limit)
{
  gboolean is_last = rows->len < limit;
  guint count = is_last ? rows->len : limit - 1;
  JsonObject *body = json_object_new ();
  json_object_set_array_member (body, "actions", write_actions (rows, count));
  if (is_last) {
    sc_page_set_older (body, 0, NULL);
    return body;
  }
  const ScActionRow *row = rows->pdata[count - 1];
  const ScModerationActionFields *fields = sc_moderation_action_get_fields (row->action);
  sc_page_set_older (body, fields->at, fields->id);
  return body;
}

/**
 * sc_handle_list_actions:
 * @call: GET /v1/channels/NAME/chat/actions?before=&limit=&user_id=
 * @error: an error of a layer below
 *
 * Returns: (transfer full) (nullable): 200 {actions, older}, the newest first, or 400
 */
ScResponse *
sc_handle_list_actions (ScCall *call, GError **error)
{
  g_auto (ScPageWanted) wanted = { 0 };
  ScResponse *refusal = sc_page_wanted_read (&wanted, call->request->query);
  if (refusal)
    return refusal;
  const ScActionQuery query = { .user_id = call->room->owner_id,
                                .asker_id = call->user->id,
                                .now = sc_service_now (call->service),
                                .person_public_id = wanted.user_id,
                                .before_id = wanted.before_id,
                                .limit = wanted.limit };
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  g_autoptr (GPtrArray) rows =
    connection ? sc_moderation_store_list (connection, &query, error) : NULL;
  return rows ? sc_response_new_json (200, make_action_page (rows, wanted.limit)) : NULL;
}

static JsonObject *
make_ban_page (GPtrArray *bans, guint limit)
{
  gboolean is_last = bans->len < limit;
  guint count = is_last ? bans->len : limit - 1;
  JsonArray *array = json_array_sized_new (count);
  for (guint i = 0; i < count; i++)
    json_array_add_object_element (array, sc_chat_ban_to_json (bans->pdata[i]));
  JsonObject *body = json_object_new ();
  json_object_set_array_member (body, "bans", array);
  const ScChatBanFields *last = is_last ? NULL : sc_chat_ban_get_fields (bans->pdata[count - 1]);
  sc_page_set_older (body, last ? last->at : 0, last ? last->user_id : NULL);
  return body;
}

/**
 * sc_handle_list_bans:
 * @call: GET /v1/channels/NAME/chat/bans?before=&limit=
 * @error: an error of a layer below
 *
 * Returns: (transfer full) (nullable): 200 {bans, older}, the newest first, or 400
 */
ScResponse *
sc_handle_list_bans (ScCall *call, GError **error)
{
  g_auto (ScPageWanted) wanted = { 0 };
  ScResponse *refusal = sc_page_wanted_read (&wanted, call->request->query);
  if (refusal)
    return refusal;
  const ScBanQuery query = { call->room->owner_id,
                             sc_service_now (call->service),
                             wanted.before_at,
                             wanted.before_id,
                             wanted.limit };
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  g_autoptr (GPtrArray) bans = connection ? sc_ban_store_list (connection, &query, error) : NULL;
  return bans ? sc_response_new_json (200, make_ban_page (bans, wanted.limit)) : NULL;
}

static GListStore *
list_actions (ScCall *call, ScStoreConnection *connection, GError **error)
{
  const ScActionQuery query = { .user_id = call->room->owner_id,
                                .asker_id = call->user->id,
                                .now = sc_service_now (call->service),
                                .person_public_id = call->id,
                                .limit = SC_LIST_PAGE_MAX };
  g_autoptr (GPtrArray) rows = sc_moderation_store_list (connection, &query, error);
  if (!rows)
    return NULL;
  GListStore *actions = g_list_store_new (SC_TYPE_MODERATION_ACTION);
  for (guint i = 0; i < rows->len; i++)
    g_list_store_append (actions, ((ScActionRow *) rows->pdata[i])->action);
  return actions;
}

/* What only moderators see. */
static gboolean
add_record (ScCall *call,
            ScStoreConnection *connection,
            const ScPersonRow *row,
            ScChatPerson *person,
            GError **error)
{
  person->follows = row->follows;
  if (!sc_ban_store_find (connection,
                          call->room->owner_id,
                          row->id,
                          sc_service_now (call->service),
                          &person->ban,
                          error))
    return FALSE;
  person->lines =
    sc_person_store_list_lines (connection, call->room->owner_id, row->public_id, error);
  person->actions = person->lines ? list_actions (call, connection, error) : NULL;
  return person->actions != NULL;
}

/**
 * sc_handle_get_person:
 * @call: GET /v1/channels/NAME/chat/people/ID
 * @error: an error of a layer below
 *
 * Says who somebody is in a channel's room; to its moderators also what they said and what was done
 * about it.
 *
 * Returns: (transfer full) (nullable): 200 {person, lines?, actions?}, or 404
 */
ScResponse *
sc_handle_get_person (ScCall *call, GError **error)
{
  g_autoptr (ScPersonRow) row = NULL;
  if (!sc_call_find_room (call, error))
    return NULL;
  if (!call->room)
    return sc_response_new_fault (SC_FAULT_NO_SUCH_CHANNEL, NULL, NULL);
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  if (!connection ||
      !sc_person_store_find (connection, call->room->owner_id, call->id, &row, error))
    return NULL;
  if (!row)
    return sc_response_new_fault (SC_FAULT_NO_SUCH_USER, NULL, NULL);
  g_autoptr (ScChatPerson) person = g_new0 (ScChatPerson, 1);
  person->user_id = g_strdup (row->public_id);
  person->name = g_strdup (row->name);
  person->avatar_url = sc_service_dup_object_url (call->service, row->avatar);
  person->role = row->role;
  person->since = row->since;
  if (call->room->asker_role >= SC_CHAT_MODERATOR &&
      !add_record (call, connection, row, person, error))
    return NULL;
  return sc_response_new_json (200, sc_chat_person_to_json (person));
}
