/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a streamer has set for a room: "modes", "rules", "languages", "terms" and "allowed_links"
 * are members of the same names and forms in our API and in the object that the review function
 * reads. A plain value, any thread. */

#include "config.h"

#include "sc-chat-settings.h"

#include "sc-chat-record.h"
#include "sc-error.h"
#include "sc-json-members.h"
#include "sc-json.h"

G_DEFINE_BOXED_TYPE (ScChatSettings, sc_chat_settings, sc_chat_settings_copy, sc_chat_settings_free)

static const char *const action_names[] = { "off", "mask", "hold", "refuse", NULL };

static void
free_moderator (ScChatModerator *self)
{
  g_free (self->user_id);
  g_free (self->name);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScChatModerator, free_moderator)

/**
 * sc_chat_settings_new:
 *
 * Returns: (transfer full): what holds for a room where nothing is set
 */
ScChatSettings *
sc_chat_settings_new (void)
{
  static const char *const languages[] = { "en", "de", NULL };
  ScChatSettings *self = g_new0 (ScChatSettings, 1);
  self->rules = (ScChatRules) SC_CHAT_RULES_DEFAULT;
  self->languages = g_strdupv ((char **) languages);
  self->terms = g_new0 (char *, 1);
  self->allowed_links = g_new0 (char *, 1);
  self->moderators = g_ptr_array_new_with_free_func ((GDestroyNotify) free_moderator);
  return self;
}

/**
 * sc_chat_settings_copy:
 * @self: (nullable): settings
 *
 * Returns: (transfer full) (nullable): a copy
 */
ScChatSettings *
sc_chat_settings_copy (const ScChatSettings *self)
{
  if (!self)
    return NULL;
  ScChatSettings *copy = g_memdup2 (self, sizeof *self);
  copy->languages = g_strdupv (self->languages);
  copy->terms = g_strdupv (self->terms);
  copy->allowed_links = g_strdupv (self->allowed_links);
  copy->moderators = g_ptr_array_new_with_free_func ((GDestroyNotify) free_moderator);
  for (guint i = 0; i < self->moderators->len; i++) {
    const ScChatModerator *moderator = self->moderators->pdata[i];
    sc_chat_settings_add_moderator (copy, moderator->user_id, moderator->name);
  }
  return copy;
}

/**
 * sc_chat_settings_free:
 * @self: (nullable) (transfer full): settings
 */
void
sc_chat_settings_free (ScChatSettings *self)
{
  if (!self)
    return;
  g_strfreev (self->languages);
  g_strfreev (self->terms);
  g_strfreev (self->allowed_links);
  g_ptr_array_unref (self->moderators);
  g_free (self);
}

/**
 * sc_chat_settings_add_moderator:
 * @self: settings
 * @user_id: who it is in the room
 * @name: what they are called
 */
void
sc_chat_settings_add_moderator (ScChatSettings *self, const char *user_id, const char *name)
{
  ScChatModerator *moderator = g_new0 (ScChatModerator, 1);
  moderator->user_id = g_strdup (user_id);
  moderator->name = g_strdup (name);
  g_ptr_array_add (self->moderators, moderator);
}

static gboolean
read_action (JsonObject *object, const char *member, ScChatRuleAction *ret_action, GError **error)
{
  guint action = 0;
  if (!sc_json_read_choice (object, member, action_names, &action, error))
    return FALSE;
  *ret_action = (ScChatRuleAction) action;
  return TRUE;
}

/**
 * sc_chat_rules_read:
 * @object: rules as our API and a room's rules have them
 * @ret_rules: (out caller-allocates): the rules; of no use on failure
 * @error: an error of %SC_DATA_ERROR
 *
 * Returns: %TRUE if all of them are there
 */
gboolean
sc_chat_rules_read (JsonObject *object, ScChatRules *ret_rules, GError **error)
{
  return read_action (object, "terms", &ret_rules->terms, error) &&
         read_action (object, "links", &ret_rules->links, error) &&
         read_action (object, "repeats", &ret_rules->repeats, error) &&
         read_action (object, "capitals", &ret_rules->capitals, error);
}

/**
 * sc_chat_rules_to_json:
 * @self: rules
 *
 * Returns: (transfer full): the rules as our API and a room's rules have them
 */
JsonObject *
sc_chat_rules_to_json (const ScChatRules *self)
{
  JsonObject *object = json_object_new ();
  json_object_set_string_member (object, "terms", action_names[self->terms]);
  json_object_set_string_member (object, "links", action_names[self->links]);
  json_object_set_string_member (object, "repeats", action_names[self->repeats]);
  json_object_set_string_member (object, "capitals", action_names[self->capitals]);
  return object;
}

static gboolean
read_list (JsonObject *object,
           const char *member,
           guint max_texts,
           gsize max_characters,
           char ***list,
           GError **error)
{
  char **texts = NULL;
  if (!sc_json_read_texts (object, member, max_texts, max_characters, &texts, error))
    return FALSE;
  g_strfreev (*list);
  *list = texts;
  return TRUE;
}

/**
 * sc_chat_settings_read_rules:
 * @self: settings
 * @object: "rules", "languages", "terms" and "allowed_links"
 * @error: an error of %SC_DATA_ERROR
 *
 * Takes over what the streamer alone sets. On failure some of it may be taken over.
 *
 * Returns: %TRUE if all of it is there
 */
gboolean
sc_chat_settings_read_rules (ScChatSettings *self, JsonObject *object, GError **error)
{
  JsonObject *rules = sc_json_get_object (object, "rules", error);
  return rules && sc_chat_rules_read (rules, &self->rules, error) &&
         read_list (object,
                    "languages",
                    SC_CHAT_LANGUAGES_MAX,
                    SC_CHAT_LANGUAGE_MAX,
                    &self->languages,
                    error) &&
         read_list (object, "terms", SC_CHAT_TERMS_MAX, SC_CHAT_TERM_MAX, &self->terms, error) &&
         read_list (object,
                    "allowed_links",
                    SC_CHAT_LINKS_MAX,
                    SC_CHAT_LINK_MAX,
                    &self->allowed_links,
                    error);
}

/**
 * sc_chat_settings_write_rules:
 * @self: settings
 * @object: an object
 *
 * Sets "rules", "languages", "terms" and "allowed_links" of @object.
 */
void
sc_chat_settings_write_rules (const ScChatSettings *self, JsonObject *object)
{
  json_object_set_object_member (object, "rules", sc_chat_rules_to_json (&self->rules));
  sc_json_set_texts (object, "languages", (const char *const *) self->languages);
  sc_json_set_texts (object, "terms", (const char *const *) self->terms);
  sc_json_set_texts (object, "allowed_links", (const char *const *) self->allowed_links);
}

static gboolean
read_moderators (ScChatSettings *self, JsonObject *object, GError **error)
{
  JsonArray *array = sc_json_get_array (object, "moderators", error);
  if (!array)
    return FALSE;
  if (json_array_get_length (array) > SC_CHAT_MODERATORS_MAX) {
    g_set_error_literal (error, SC_DATA_ERROR, SC_DATA_ERROR_RANGE, "“moderators” are too many");
    return FALSE;
  }
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonObject *element = sc_json_get_element (array, i, error);
    g_autoptr (ScChatModerator) moderator = g_new0 (ScChatModerator, 1);
    if (!element ||
        !sc_json_read_id (element, "user_id", SC_CHAT_ID_MAX, &moderator->user_id, error) ||
        !sc_json_read_id (element, "name", SC_CHAT_NAME_MAX, &moderator->name, error))
      return FALSE;
    g_ptr_array_add (self->moderators, g_steal_pointer (&moderator));
  }
  return TRUE;
}

/**
 * sc_chat_settings_from_json:
 * @object: settings as our API writes them
 * @error: an error of %SC_DATA_ERROR
 *
 * Returns: (transfer full) (nullable): the settings
 */
ScChatSettings *
sc_chat_settings_from_json (JsonObject *object, GError **error)
{
  g_autoptr (ScChatSettings) self = sc_chat_settings_new ();
  JsonObject *modes = sc_json_get_object (object, "modes", error);
  if (!modes || !sc_chat_modes_read (modes, &self->modes, error) ||
      !sc_chat_settings_read_rules (self, object, error) || !read_moderators (self, object, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * sc_chat_settings_to_json:
 * @self: settings
 *
 * Returns: (transfer full): the settings as our API writes them
 */
JsonObject *
sc_chat_settings_to_json (const ScChatSettings *self)
{
  JsonObject *object = json_object_new ();
  json_object_set_object_member (object, "modes", sc_chat_modes_to_json (&self->modes));
  sc_chat_settings_write_rules (self, object);
  JsonArray *moderators = json_array_new ();
  for (guint i = 0; i < self->moderators->len; i++) {
    const ScChatModerator *moderator = self->moderators->pdata[i];
    JsonObject *element = json_object_new ();
    json_object_set_string_member (element, "user_id", moderator->user_id);
    json_object_set_string_member (element, "name", moderator->name);
    json_array_add_object_element (moderators, element);
  }
  json_object_set_array_member (object, "moderators", moderators);
  return object;
}
