/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A person's card. A plain value; its lists are shared between copies and not changed. */

#include "config.h"

#include "sc-chat-person.h"

#include "sc-json-members.h"
#include "sc-json.h"
#include "sc-list-page.h"
#include "sc-moderation-action.h"

G_DEFINE_BOXED_TYPE (ScChatPerson, sc_chat_person, sc_chat_person_copy, sc_chat_person_free)

/**
 * sc_chat_person_copy:
 * @self: (nullable): a card
 *
 * Returns: (transfer full) (nullable): a copy, with the same lists
 */
ScChatPerson *
sc_chat_person_copy (const ScChatPerson *self)
{
  if (!self)
    return NULL;
  ScChatPerson *copy = g_memdup2 (self, sizeof *self);
  copy->user_id = g_strdup (self->user_id);
  copy->name = g_strdup (self->name);
  copy->avatar_url = g_strdup (self->avatar_url);
  if (copy->ban)
    g_object_ref (copy->ban);
  if (copy->lines)
    g_ptr_array_ref (copy->lines);
  if (copy->actions)
    g_object_ref (copy->actions);
  return copy;
}

/**
 * sc_chat_person_free:
 * @self: (nullable) (transfer full): a card
 */
void
sc_chat_person_free (ScChatPerson *self)
{
  if (!self)
    return;
  g_free (self->user_id);
  g_free (self->name);
  g_free (self->avatar_url);
  g_clear_object (&self->ban);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_object (&self->actions);
  g_free (self);
}

static gboolean
read_person (ScChatPerson *self, JsonObject *person, GError **error)
{
  if (!sc_json_read_id (person, "user_id", SC_CHAT_ID_MAX, &self->user_id, error) ||
      !sc_json_read_text (person, "name", SC_CHAT_NAME_MAX, &self->name, error) ||
      !sc_json_read_web_url (person, "avatar_url", &self->avatar_url, error) ||
      !sc_chat_role_read (person, "role", &self->role, error) ||
      !sc_json_read_time (person, "since", &self->since, error) ||
      !sc_json_read_bool (person, "follows", &self->follows, error))
    return FALSE;
  if (!sc_json_has (person, "ban"))
    return TRUE;
  JsonObject *ban = sc_json_get_object (person, "ban", error);
  return ban && (self->ban = sc_chat_ban_from_json (ban, error));
}

static gpointer
read_action (JsonObject *object, GError **error)
{
  return sc_moderation_action_from_json (object, error);
}

static gboolean
read_lists (ScChatPerson *self, JsonObject *object, GError **error)
{
  JsonArray *lines = sc_json_get_array (object, "lines", error);
  return lines &&
         (self->lines = sc_chat_record_list_from_json (lines, SC_CHAT_PERSON_LINES_MAX, error)) &&
         (self->actions =
            sc_list_from_json (object, "actions", SC_TYPE_MODERATION_ACTION, read_action, error));
}

/**
 * sc_chat_person_from_json:
 * @object: a card as our API writes it
 * @error: an error of %SC_DATA_ERROR
 *
 * Returns: (transfer full) (nullable): the card
 */
ScChatPerson *
sc_chat_person_from_json (JsonObject *object, GError **error)
{
  g_autoptr (ScChatPerson) self = g_new0 (ScChatPerson, 1);
  JsonObject *person = sc_json_get_object (object, "person", error);
  if (!person || !read_person (self, person, error) ||
      (sc_json_has (object, "lines") && !read_lists (self, object, error)))
    return NULL;
  return g_steal_pointer (&self);
}

static JsonArray *
write_actions (GListStore *actions)
{
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (actions)); i++) {
    g_autoptr (ScModerationAction) action = g_list_model_get_item (G_LIST_MODEL (actions), i);
    json_array_add_object_element (array, sc_moderation_action_to_json (action));
  }
  return array;
}

/**
 * sc_chat_person_to_json:
 * @self: a card
 *
 * Returns: (transfer full): the card as our API writes it: without the lists, only the five members
 *   of "person" that are for everybody
 */
JsonObject *
sc_chat_person_to_json (const ScChatPerson *self)
{
  JsonObject *person = json_object_new ();
  json_object_set_string_member (person, "user_id", self->user_id);
  sc_json_set_string (person, "name", self->name);
  sc_json_set_string (person, "avatar_url", self->avatar_url);
  json_object_set_string_member (person, "role", sc_chat_role_to_string (self->role));
  sc_json_set_time (person, "since", self->since);
  JsonObject *object = json_object_new ();
  json_object_set_object_member (object, "person", person);
  if (!self->lines || !self->actions)
    return object;
  json_object_set_boolean_member (person, "follows", self->follows);
  if (self->ban)
    json_object_set_object_member (person, "ban", sc_chat_ban_to_json (self->ban));
  else
    json_object_set_null_member (person, "ban");
  json_object_set_array_member (object, "lines", sc_chat_record_list_to_json (self->lines));
  json_object_set_array_member (object, "actions", write_actions (self->actions));
  return object;
}
