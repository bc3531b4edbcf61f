/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The JSON of the Amazon IVS Chat Messaging API, from and to values. What comes is foreign: every
 * member is bounded, and text is cleaned. Pure functions, any thread. */

#include "config.h"

#include "sc-chat-push.h"

#include "sc-chat-text.h"
#include "sc-error.h"
#include "sc-id.h"
#include "sc-json.h"
#include "sc-time.h"
#include "sc-validate.h"

#define ID_MAX 128 /* a message's id has 12 characters, a user's at most 128 */
#define TIME_MAX 40
#define CODE_MAX 999
#define REASON_MAX 200 /* more is not a sentence to show at a line */
#define COUNT_MAX 1000000
#define CONTENT_MAX 10000 /* a room's length is configurable; the push's bound is the defence */

/**
 * sc_chat_push_free:
 * @self: (nullable) (transfer full): a push
 */
void
sc_chat_push_free (ScChatPush *self)
{
  if (!self)
    return;
  g_free (self->id);
  g_free (self->request_id);
  g_free (self->action_id);
  g_free (self->user_id);
  g_free (self->name);
  g_free (self->text);
  g_free (self);
}

/* The text, clean and cut to so many characters; %NULL if nothing is left. */
static char *
take_text (const char *text, glong max_characters)
{
  g_autofree char *clean = text ? sc_chat_text_clean (text) : NULL;
  if (!clean || !*clean)
    return NULL;
  return g_utf8_strlen (clean, -1) > max_characters ? g_utf8_substring (clean, 0, max_characters)
                                                    : g_steal_pointer (&clean);
}

static gboolean
take_string (JsonObject *object, const char *member, gsize max, char **ret_string, GError **error)
{
  const char *string = sc_json_get_string (object, member, max, error);
  if (!string)
    return FALSE;
  *ret_string = g_strdup (string);
  return TRUE;
}

static gboolean
read_message (ScChatPush *self, JsonObject *object, GError **error)
{
  JsonObject *sender = sc_json_get_object (object, "Sender", error);
  const char *text = sender ? sc_json_get_string (object, "Content", CONTENT_MAX, error) : NULL;
  const char *time = text ? sc_json_get_string (object, "SendTime", TIME_MAX, error) : NULL;
  if (!time || !sc_time_from_string (time, &self->time, error) ||
      !take_string (object, "Id", ID_MAX, &self->id, error) ||
      !take_string (sender, "UserId", ID_MAX, &self->user_id, error))
    return FALSE;

  JsonObject *attributes = sc_json_get_object_or_null (sender, "Attributes");
  const char *name = attributes ? sc_json_get_string_or (attributes, "name", NULL) : NULL;
  self->kind = SC_CHAT_PUSH_MESSAGE;
  const char *role = attributes ? sc_json_get_string_or (attributes, "role", NULL) : NULL;
  self->name = take_text (name, SC_NAME_MAX);
  self->role = sc_chat_role_from_string (role);
  self->text = sc_chat_text_clean (text);
  return TRUE;
}

/* The attributes of events are strings. */
static gboolean
take_number (JsonObject *object, const char *member, guint max, guint *ret_number, GError **error)
{
  guint64 number;
  const char *text = sc_json_get_string (object, member, ID_MAX, error);
  if (!text || !g_ascii_string_to_unsigned (text, 10, 0, max, &number, error))
    return FALSE;
  *ret_number = (guint) number;
  return TRUE;
}

static gboolean
take_flag (JsonObject *object, const char *member, gboolean *ret_flag, GError **error)
{
  guint number;
  if (!take_number (object, member, 1, &number, error))
    return FALSE;
  *ret_flag = number == 1;
  return TRUE;
}

static gboolean
read_deleted (ScChatPush *self, JsonObject *attributes, GError **error)
{
  return take_string (attributes, "MessageID", ID_MAX, &self->id, error);
}

static gboolean
read_disconnected (ScChatPush *self, JsonObject *attributes, GError **error)
{
  return take_string (attributes, "UserId", ID_MAX, &self->user_id, error);
}

static gboolean
read_purged (ScChatPush *self, JsonObject *attributes, GError **error)
{
  return take_string (attributes, "UserId", ID_MAX, &self->user_id, error) &&
         take_string (attributes, "ActionId", ID_MAX, &self->action_id, error);
}

/* A person's lines, or one. */
static gboolean
read_restored (ScChatPush *self, JsonObject *attributes, GError **error)
{
  self->id = take_text (sc_json_get_string_or (attributes, "MessageId", NULL), ID_MAX);
  self->user_id = take_text (sc_json_get_string_or (attributes, "UserId", NULL), ID_MAX);
  return take_string (attributes, "ActionId", ID_MAX, &self->action_id, error);
}

static gboolean
read_modes (ScChatPush *self, JsonObject *attributes, GError **error)
{
  ScChatModes *modes = &self->modes;
  return take_number (attributes,
                      "SlowSeconds",
                      SC_CHAT_SLOW_MAX_SECONDS,
                      &modes->slow_seconds,
                      error) &&
         take_flag (attributes, "FollowersOnly", &modes->followers_only, error) &&
         take_flag (attributes, "ReadOnly", &modes->read_only, error) &&
         take_flag (attributes, "EmojiOnly", &modes->emoji_only, error);
}

static gboolean
read_approved (ScChatPush *self, JsonObject *attributes, GError **error)
{
  const char *content = sc_json_get_string (attributes, "Content", CONTENT_MAX, error);
  if (!content || !take_string (attributes, "Id", ID_MAX, &self->id, error) ||
      !take_string (attributes, "UserId", ID_MAX, &self->user_id, error) ||
      !take_number (attributes, "Part", SC_CHAT_PARTS_MAX, &self->part, error) ||
      !take_number (attributes, "Parts", SC_CHAT_PARTS_MAX, &self->parts, error))
    return FALSE;
  self->name = take_text (sc_json_get_string_or (attributes, "Name", NULL), SC_NAME_MAX);
  self->role = sc_chat_role_from_string (sc_json_get_string_or (attributes, "Role", NULL));
  self->text = g_strdup (content); /* clean as a whole only */
  return TRUE;
}

static gboolean
read_role (ScChatPush *self, JsonObject *attributes, GError **error)
{
  self->role = sc_chat_role_from_string (sc_json_get_string_or (attributes, "Role", NULL));
  return take_string (attributes, "UserId", ID_MAX, &self->user_id, error);
}

static gboolean
read_held (ScChatPush *self, JsonObject *attributes, GError **error)
{
  return take_number (attributes, "Count", COUNT_MAX, &self->count, error);
}

/* What the channel is now, our API says. */
static gboolean
read_channel (ScChatPush *self, JsonObject *attributes, GError **error)
{
  return sc_json_get_string (attributes, "State", ID_MAX, error) != NULL;
}

static const struct {
  const char *name;
  ScChatPushKind kind;
  gboolean (*read) (ScChatPush *self, JsonObject *attributes, GError **error);
} events[] = {
  { "aws:DELETE_MESSAGE", SC_CHAT_PUSH_DELETED, read_deleted },
  { "aws:DISCONNECT_USER", SC_CHAT_PUSH_DISCONNECTED, read_disconnected },
  { "streamcat:PURGED", SC_CHAT_PUSH_PURGED, read_purged },
  { "streamcat:RESTORED", SC_CHAT_PUSH_RESTORED, read_restored },
  { "streamcat:MODES", SC_CHAT_PUSH_MODES, read_modes },
  { "streamcat:APPROVED", SC_CHAT_PUSH_APPROVED, read_approved },
  { "streamcat:ROLE", SC_CHAT_PUSH_ROLE, read_role },
  { "streamcat:HELD", SC_CHAT_PUSH_HELD, read_held },
  { "streamcat:CHANNEL", SC_CHAT_PUSH_CHANNEL, read_channel },
};

static gboolean
read_event (ScChatPush *self, JsonObject *object, GError **error)
{
  const char *name = sc_json_get_string (object, "EventName", ID_MAX, error);
  if (!name)
    return FALSE;
  guint i = 0;
  while (i < G_N_ELEMENTS (events) && !g_str_equal (events[i].name, name))
    i++;
  if (i == G_N_ELEMENTS (events))
    return TRUE;
  JsonObject *attributes = sc_json_get_object (object, "Attributes", error);
  if (!attributes)
    return FALSE;
  const char *time = sc_json_get_string_or (object, "SendTime", "");
  if (!sc_time_from_string (time, &self->time, NULL))
    self->time = 0;
  self->kind = events[i].kind;
  self->text = take_text (sc_json_get_string_or (attributes, "Reason", NULL), REASON_MAX);
  return events[i].read (self, attributes, error);
}

static gboolean
read_error (ScChatPush *self, JsonObject *object, GError **error)
{
  gint64 code;
  if (!sc_json_get_int (object, "ErrorCode", 1, CODE_MAX, &code, error))
    return FALSE;
  self->kind = SC_CHAT_PUSH_ERROR;
  self->code = (guint) code;
  self->text = take_text (sc_json_get_string_or (object, "ErrorMessage", NULL), REASON_MAX);
  return TRUE;
}

static gboolean
read_push (ScChatPush *self, JsonObject *object, GError **error)
{
  const char *type = sc_json_get_string (object, "Type", ID_MAX, error);
  if (!type)
    return FALSE;
  self->kind = SC_CHAT_PUSH_OTHER;
  self->request_id = take_text (sc_json_get_string_or (object, "RequestId", NULL), ID_MAX);
  if (!self->request_id)
    self->request_id = g_strdup ("");
  if (g_str_equal (type, "MESSAGE"))
    return read_message (self, object, error);
  if (g_str_equal (type, "EVENT"))
    return read_event (self, object, error);
  return !g_str_equal (type, "ERROR") || read_error (self, object, error);
}

/**
 * sc_chat_push_parse:
 * @bytes: a text message from a room
 * @error: an error of %SC_DATA_ERROR
 *
 * Returns: (transfer full) (nullable): what it says
 */
ScChatPush *
sc_chat_push_parse (GBytes *bytes, GError **error)
{
  g_autoptr (JsonObject) object = sc_json_parse (bytes, SC_CHAT_PUSH_MAX_BYTES, error);
  if (!object)
    return NULL;
  g_autoptr (ScChatPush) self = g_new0 (ScChatPush, 1);
  return read_push (self, object, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * sc_chat_request_new_id:
 *
 * Returns: (transfer full): an id that no other request of anybody has: 16 letters are 95 bits
 */
char *
sc_chat_request_new_id (void)
{
  return sc_id_new ("", 16);
}

static JsonObject *
new_request (const char *action, const char *request_id)
{
  JsonObject *object = json_object_new ();
  json_object_set_string_member (object, "Action", action);
  json_object_set_string_member (object, "RequestId", request_id);
  return object;
}

/**
 * sc_chat_request_send:
 * @request_id: what the echo or the refusal will name
 * @text: clean text of at most %SC_CHAT_TEXT_MAX characters
 *
 * Amazon IVS Chat Messaging API, SendMessage.
 *
 * Returns: (transfer full): what to send
 */
char *
sc_chat_request_send (const char *request_id, const char *text)
{
  g_autoptr (JsonObject) object = new_request ("SEND_MESSAGE", request_id);
  json_object_set_string_member (object, "Content", text);
  return sc_json_to_string (object);
}
