/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A line that waits for a moderator's word. Never changed once made; any thread. */

#include "config.h"

#include "sc-held-line.h"

#include "sc-chat-record.h"
#include "sc-json-members.h"
#include "sc-json.h"

struct _ScHeldLine {
  GObject parent_instance;

  ScHeldLineFields fields; /* the strings are ours */
};

G_DEFINE_FINAL_TYPE (ScHeldLine, sc_held_line, G_TYPE_OBJECT)

static void
sc_held_line_finalize (GObject *object)
{
  ScHeldLineFields *fields = &SC_HELD_LINE (object)->fields;

  g_free ((char *) fields->id);
  g_free ((char *) fields->user_id);
  g_free ((char *) fields->name);
  g_free ((char *) fields->text);
  g_free ((char *) fields->rule);

  G_OBJECT_CLASS (sc_held_line_parent_class)->finalize (object);
}

static void
sc_held_line_class_init (ScHeldLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sc_held_line_finalize;
}

static void
sc_held_line_init (ScHeldLine *self)
{
}

/**
 * sc_held_line_new:
 * @fields: what is known of it, copied
 *
 * Returns: (transfer full): a held line
 */
ScHeldLine *
sc_held_line_new (const ScHeldLineFields *fields)
{
  ScHeldLine *self = g_object_new (SC_TYPE_HELD_LINE, NULL);
  self->fields = *fields;
  self->fields.id = g_strdup (fields->id);
  self->fields.user_id = g_strdup (fields->user_id);
  self->fields.name = g_strdup (fields->name);
  self->fields.text = g_strdup (fields->text);
  self->fields.rule = g_strdup (fields->rule);
  return self;
}

/**
 * sc_held_line_from_json:
 * @object: a held line as our API writes it
 * @error: an error of %SC_DATA_ERROR
 *
 * Returns: (transfer full) (nullable): the held line
 */
ScHeldLine *
sc_held_line_from_json (JsonObject *object, GError **error)
{
  g_autoptr (ScHeldLine) self = g_object_new (SC_TYPE_HELD_LINE, NULL);
  ScHeldLineFields *fields = &self->fields;
  if (!sc_json_read_id (object, "id", SC_CHAT_ID_MAX, (char **) &fields->id, error) ||
      !sc_json_read_moment (object, "at", &fields->at, error) ||
      !sc_json_read_id (object, "user_id", SC_CHAT_ID_MAX, (char **) &fields->user_id, error) ||
      !sc_json_read_text (object, "name", SC_CHAT_NAME_MAX, (char **) &fields->name, error) ||
      !sc_chat_role_read (object, "role", &fields->role, error) ||
      !sc_json_read_id (object, "text", SC_CHAT_RECORD_TEXT_MAX, (char **) &fields->text, error) ||
      !sc_json_read_id (object, "rule", SC_HELD_RULE_MAX, (char **) &fields->rule, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * sc_held_line_to_json:
 * @self: a held line
 *
 * Returns: (transfer full): the held line as our API writes it
 */
JsonObject *
sc_held_line_to_json (ScHeldLine *self)
{
  const ScHeldLineFields *fields = &self->fields;
  JsonObject *object = json_object_new ();
  json_object_set_string_member (object, "id", fields->id);
  sc_json_set_time (object, "at", fields->at);
  json_object_set_string_member (object, "user_id", fields->user_id);
  sc_json_set_string (object, "name", fields->name);
  json_object_set_string_member (object, "role", sc_chat_role_to_string (fields->role));
  json_object_set_string_member (object, "text", fields->text);
  json_object_set_string_member (object, "rule", fields->rule);
  return object;
}

/**
 * sc_held_line_get_fields:
 * @self: a held line
 *
 * Returns: (transfer none): all that is said of it, valid as long as @self
 */
const ScHeldLineFields *
sc_held_line_get_fields (ScHeldLine *self)
{
  return &self->fields;
}
