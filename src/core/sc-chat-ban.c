/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A ban or a timeout that holds. Never changed once made; any thread. */

#include "config.h"

#include "sc-chat-ban.h"

#include "sc-chat-record.h"
#include "sc-json-members.h"
#include "sc-json.h"
#include "sc-moderation-action.h"

struct _ScChatBan {
  GObject parent_instance;

  ScChatBanFields fields; /* the strings are ours */
};

G_DEFINE_FINAL_TYPE (ScChatBan, sc_chat_ban, G_TYPE_OBJECT)

static void
sc_chat_ban_finalize (GObject *object)
{
  ScChatBanFields *fields = &SC_CHAT_BAN (object)->fields;

  g_free ((char *) fields->user_id);
  g_free ((char *) fields->name);
  g_free ((char *) fields->reason);
  g_free ((char *) fields->by);

  G_OBJECT_CLASS (sc_chat_ban_parent_class)->finalize (object);
}

static void
sc_chat_ban_class_init (ScChatBanClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sc_chat_ban_finalize;
}

static void
sc_chat_ban_init (ScChatBan *self)
{
}

/**
 * sc_chat_ban_new:
 * @fields: what is known of it, copied
 *
 * Returns: (transfer full): a ban
 */
ScChatBan *
sc_chat_ban_new (const ScChatBanFields *fields)
{
  ScChatBan *self = g_object_new (SC_TYPE_CHAT_BAN, NULL);
  self->fields = *fields;
  self->fields.user_id = g_strdup (fields->user_id);
  self->fields.name = g_strdup (fields->name);
  self->fields.reason = g_strdup (fields->reason);
  self->fields.by = g_strdup (fields->by);
  return self;
}

/**
 * sc_chat_ban_from_json:
 * @object: a ban as our API writes it
 * @error: an error of %SC_DATA_ERROR
 *
 * Returns: (transfer full) (nullable): the ban
 */
ScChatBan *
sc_chat_ban_from_json (JsonObject *object, GError **error)
{
  g_autoptr (ScChatBan) self = g_object_new (SC_TYPE_CHAT_BAN, NULL);
  ScChatBanFields *fields = &self->fields;
  if (!sc_json_read_id (object, "user_id", SC_CHAT_ID_MAX, (char **) &fields->user_id, error) ||
      !sc_json_read_text (object, "name", SC_CHAT_NAME_MAX, (char **) &fields->name, error) ||
      !sc_json_read_time (object, "until", &fields->until, error) ||
      !sc_json_read_text (object, "reason", SC_REASON_MAX, (char **) &fields->reason, error) ||
      !sc_json_read_text (object, "by", SC_CHAT_NAME_MAX, (char **) &fields->by, error) ||
      !sc_json_read_moment (object, "at", &fields->at, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * sc_chat_ban_to_json:
 * @self: a ban
 *
 * Returns: (transfer full): the ban as our API writes it
 */
JsonObject *
sc_chat_ban_to_json (ScChatBan *self)
{
  const ScChatBanFields *fields = &self->fields;
  JsonObject *object = json_object_new ();
  json_object_set_string_member (object, "user_id", fields->user_id);
  sc_json_set_string (object, "name", fields->name);
  sc_json_set_time (object, "until", fields->until);
  sc_json_set_string (object, "reason", fields->reason);
  sc_json_set_string (object, "by", fields->by);
  sc_json_set_time (object, "at", fields->at);
  return object;
}

/**
 * sc_chat_ban_get_fields:
 * @self: a ban
 *
 * Returns: (transfer none): all that is said of it, valid as long as @self
 */
const ScChatBanFields *
sc_chat_ban_get_fields (ScChatBan *self)
{
  return &self->fields;
}
