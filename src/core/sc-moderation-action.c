/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a streamer or a moderator did in a room, as the audit keeps it. Never changed once made; any
 * thread. */

#include "config.h"

#include "sc-moderation-action.h"

#include "sc-chat-record.h"
#include "sc-error.h"
#include "sc-json-members.h"
#include "sc-json.h"

#include <string.h>

struct _ScModerationAction {
  GObject parent_instance;

  ScModerationActionFields fields; /* the strings are ours */
};

G_DEFINE_FINAL_TYPE (ScModerationAction, sc_moderation_action, G_TYPE_OBJECT)

static const char *const kind_names[] = { "delete", "timeout", "ban", "unban", "approve", "reject",
                                          "modes",  "rules",   "mod", "unmod", NULL };

static const char *const check_names[] = { "same", "differs", NULL };

/* More than the audit of settings ever has: two lists, of whose terms some are named. */
#define DETAILS_MAX 32768

static void
sc_moderation_action_finalize (GObject *object)
{
  ScModerationActionFields *fields = &SC_MODERATION_ACTION (object)->fields;

  g_free ((char *) fields->id);
  g_free ((char *) fields->actor_id);
  g_free ((char *) fields->actor_name);
  g_free ((char *) fields->person_id);
  g_free ((char *) fields->person_name);
  g_free ((char *) fields->line_id);
  g_free ((char *) fields->line_text);
  g_free ((char *) fields->logged_id);
  g_free ((char *) fields->logged_text);
  g_free ((char *) fields->details);
  g_free ((char *) fields->reason);

  G_OBJECT_CLASS (sc_moderation_action_parent_class)->finalize (object);
}

static void
sc_moderation_action_class_init (ScModerationActionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sc_moderation_action_finalize;
}

static void
sc_moderation_action_init (ScModerationAction *self)
{
}

/**
 * sc_moderation_kind_to_string:
 * @kind: a kind
 *
 * Returns: (transfer none): its word in our API and in the database
 */
const char *
sc_moderation_kind_to_string (ScModerationKind kind)
{
  return kind_names[kind];
}

/**
 * sc_moderation_kind_read:
 * @object: an object
 * @member: the member's name
 * @ret_kind: (out): the kind; untouched on failure
 * @error: an error of %SC_DATA_ERROR
 *
 * Returns: %TRUE if the member is a kind
 */
gboolean
sc_moderation_kind_read (JsonObject *object,
                         const char *member,
                         ScModerationKind *ret_kind,
                         GError **error)
{
  guint kind = 0;
  if (!sc_json_read_choice (object, member, kind_names, &kind, error))
    return FALSE;
  *ret_kind = (ScModerationKind) kind;
  return TRUE;
}

/**
 * sc_moderation_action_new:
 * @fields: what is known of it, copied
 *
 * Returns: (transfer full): an action
 */
ScModerationAction *
sc_moderation_action_new (const ScModerationActionFields *fields)
{
  ScModerationAction *self = g_object_new (SC_TYPE_MODERATION_ACTION, NULL);
  self->fields = *fields;
  self->fields.id = g_strdup (fields->id);
  self->fields.actor_id = g_strdup (fields->actor_id);
  self->fields.actor_name = g_strdup (fields->actor_name);
  self->fields.person_id = g_strdup (fields->person_id);
  self->fields.person_name = g_strdup (fields->person_name);
  self->fields.line_id = g_strdup (fields->line_id);
  self->fields.line_text = g_strdup (fields->line_text);
  self->fields.logged_id = g_strdup (fields->logged_id);
  self->fields.logged_text = g_strdup (fields->logged_text);
  self->fields.details = g_strdup (fields->details);
  self->fields.reason = g_strdup (fields->reason);
  return self;
}

/* An object of an id and something else, both of which are absent where the object is. */
static gboolean
read_pair (JsonObject *object,
           const char *const *members,
           gsize max_characters,
           const char **ret_id,
           const char **ret_other,
           GError **error)
{
  if (!sc_json_has (object, members[0]))
    return TRUE;
  JsonObject *pair = sc_json_get_object (object, members[0], error);
  return pair && sc_json_read_id (pair, members[1], SC_CHAT_ID_MAX, (char **) ret_id, error) &&
         sc_json_read_text (pair, members[2], max_characters, (char **) ret_other, error);
}

static void
write_pair (JsonObject *object, const char *const *members, const char *id, const char *other)
{
  if (!id) {
    json_object_set_null_member (object, members[0]);
    return;
  }
  JsonObject *pair = json_object_new ();
  json_object_set_string_member (pair, members[1], id);
  sc_json_set_string (pair, members[2], other);
  json_object_set_object_member (object, members[0], pair);
}

static const char *const actor_members[] = { "actor", "user_id", "name" };
static const char *const person_members[] = { "person", "user_id", "name" };
static const char *const line_members[] = { "line", "id", "text" };
static const char *const logged_members[] = { "logged", "user_id", "text" };

static gboolean
read_pairs (JsonObject *object, ScModerationActionFields *fields, GError **error)
{
  return sc_json_get_object (object, "actor", error) &&
         read_pair (object,
                    actor_members,
                    SC_CHAT_NAME_MAX,
                    &fields->actor_id,
                    &fields->actor_name,
                    error) &&
         read_pair (object,
                    person_members,
                    SC_CHAT_NAME_MAX,
                    &fields->person_id,
                    &fields->person_name,
                    error) &&
         read_pair (object,
                    line_members,
                    SC_CHAT_RECORD_TEXT_MAX,
                    &fields->line_id,
                    &fields->line_text,
                    error) &&
         read_pair (object,
                    logged_members,
                    SC_CHAT_RECORD_TEXT_MAX,
                    &fields->logged_id,
                    &fields->logged_text,
                    error);
}

static gboolean
read_check (JsonObject *object, ScLineCheck *check, GError **error)
{
  guint choice = 0;
  if (!sc_json_has (object, "line_check"))
    return TRUE;
  if (!sc_json_read_choice (object, "line_check", check_names, &choice, error))
    return FALSE;
  *check = (ScLineCheck) (choice + SC_LINE_SAME);
  return TRUE;
}

static gboolean
read_details (JsonObject *object, const char **details, GError **error)
{
  if (!sc_json_has (object, "details"))
    return TRUE;
  JsonObject *found = sc_json_get_object (object, "details", error);
  if (!found)
    return FALSE;
  g_autofree char *text = sc_json_to_string (found);
  if (strlen (text) <= DETAILS_MAX) {
    *details = g_steal_pointer (&text);
    return TRUE;
  }
  g_set_error_literal (error, SC_DATA_ERROR, SC_DATA_ERROR_RANGE, "“details” is too long");
  return FALSE;
}

static void
write_details (JsonObject *object, const char *details)
{
  g_autoptr (GBytes) bytes = details ? g_bytes_new_static (details, strlen (details)) : NULL;
  JsonObject *found = bytes ? sc_json_parse (bytes, SC_JSON_MAX_BYTES, NULL) : NULL;
  if (found)
    json_object_set_object_member (object, "details", found);
  else
    json_object_set_null_member (object, "details");
}

/**
 * sc_moderation_action_from_json:
 * @object: an action as our API writes it
 * @error: an error of %SC_DATA_ERROR
 *
 * Returns: (transfer full) (nullable): the action
 */
ScModerationAction *
sc_moderation_action_from_json (JsonObject *object, GError **error)
{
  g_autoptr (ScModerationAction) self = g_object_new (SC_TYPE_MODERATION_ACTION, NULL);
  ScModerationActionFields *fields = &self->fields;
  if (!sc_json_read_id (object, "id", SC_CHAT_ID_MAX, (char **) &fields->id, error) ||
      !sc_moderation_kind_read (object, "kind", &fields->kind, error) ||
      !sc_json_read_moment (object, "at", &fields->at, error) ||
      !read_pairs (object, fields, error) || !read_check (object, &fields->line_check, error) ||
      !read_details (object, &fields->details, error) ||
      !sc_json_read_text (object, "reason", SC_REASON_MAX, (char **) &fields->reason, error) ||
      !sc_json_read_time (object, "until", &fields->until, error) ||
      !sc_json_read_time (object, "undone_at", &fields->undone_at, error) ||
      !sc_json_read_time (object, "undoable_until", &fields->undoable_until, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * sc_moderation_action_to_json:
 * @self: an action
 *
 * Returns: (transfer full): the action as our API writes it
 */
JsonObject *
sc_moderation_action_to_json (ScModerationAction *self)
{
  const ScModerationActionFields *fields = &self->fields;
  JsonObject *object = json_object_new ();
  json_object_set_string_member (object, "id", fields->id);
  json_object_set_string_member (object, "kind", sc_moderation_kind_to_string (fields->kind));
  sc_json_set_time (object, "at", fields->at);
  write_pair (object, actor_members, fields->actor_id, fields->actor_name);
  write_pair (object, person_members, fields->person_id, fields->person_name);
  write_pair (object, line_members, fields->line_id, fields->line_text);
  sc_json_set_string (object,
                      "line_check",
                      fields->line_check ? check_names[fields->line_check - SC_LINE_SAME] : NULL);
  write_pair (object, logged_members, fields->logged_id, fields->logged_text);
  write_details (object, fields->details);
  sc_json_set_string (object, "reason", fields->reason);
  sc_json_set_time (object, "until", fields->until);
  sc_json_set_time (object, "undone_at", fields->undone_at);
  sc_json_set_time (object, "undoable_until", fields->undoable_until);
  return object;
}

/**
 * sc_moderation_action_get_fields:
 * @self: an action
 *
 * Returns: (transfer none): all that is said of it, valid as long as @self
 */
const ScModerationActionFields *
sc_moderation_action_get_fields (ScModerationAction *self)
{
  return &self->fields;
}
