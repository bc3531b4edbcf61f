/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One line of a chat: what somebody said, or what we want to say. It notifies what changes. Main
 * thread only; the list owns it. */

#include "config.h"

#include "sc-chat-line.h"

#include "sc-chat-text.h"

#include <gio/gio.h>

struct _ScChatLine {
  GObject parent_instance;

  char *id;
  char *user_id;
  char *name;
  char *text; /* also of what was deleted, since that can be undone */
  gint64 time;
  gint64 order;
  gint64 came_at;
  gint64 offset_ms;
  ScChatRole role;
  gboolean own;
  gboolean stored;
  ScChatLineState state;
  GError *problem;
};

typedef enum {
  PROP_USER_ID = 1,
  PROP_NAME,
  PROP_ROLE,
  PROP_TEXT,
  PROP_TIME,
  PROP_OWN,
  PROP_STATE,
  PROP_PROBLEM,
} ScChatLineProperty;

static GParamSpec *properties[PROP_PROBLEM + 1];

G_DEFINE_FINAL_TYPE (ScChatLine, sc_chat_line, G_TYPE_OBJECT)

static void
notify (ScChatLine *self, ScChatLineProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
sc_chat_line_finalize (GObject *object)
{
  ScChatLine *self = SC_CHAT_LINE (object);

  g_free (self->id);
  g_free (self->user_id);
  g_free (self->name);
  g_free (self->text);
  g_clear_error (&self->problem);

  G_OBJECT_CLASS (sc_chat_line_parent_class)->finalize (object);
}

static void
sc_chat_line_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScChatLine *self = SC_CHAT_LINE (object);

  switch ((ScChatLineProperty) id) {
  case PROP_USER_ID:
    g_value_set_string (value, self->user_id);
    break;
  case PROP_NAME:
    g_value_set_string (value, self->name);
    break;
  case PROP_ROLE:
    g_value_set_uint (value, self->role);
    break;
  case PROP_TEXT:
    g_value_set_string (value, sc_chat_line_get_text (self));
    break;
  case PROP_TIME:
    g_value_set_int64 (value, self->time);
    break;
  case PROP_OWN:
    g_value_set_boolean (value, self->own);
    break;
  case PROP_STATE:
    g_value_set_uint (value, self->state);
    break;
  case PROP_PROBLEM:
    g_value_set_boxed (value, self->problem);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_chat_line_class_init (ScChatLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = sc_chat_line_finalize;
  object_class->get_property = sc_chat_line_get_property;

  properties[PROP_USER_ID] = g_param_spec_string ("user-id", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_ROLE] = g_param_spec_uint ("role", NULL, NULL, 0, SC_CHAT_STREAMER, 0, flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  properties[PROP_TIME] = g_param_spec_int64 ("time", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_OWN] = g_param_spec_boolean ("own", NULL, NULL, FALSE, flags);
  properties[PROP_STATE] =
    g_param_spec_uint ("state", NULL, NULL, 0, SC_CHAT_LINE_DELETED, 0, flags);
  properties[PROP_PROBLEM] = g_param_spec_boxed ("problem", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
sc_chat_line_init (ScChatLine *self)
{
}

static ScChatLine *
new_line (const char *user_id, const char *name, ScChatRole role, const char *text, gint64 time)
{
  ScChatLine *self = g_object_new (SC_TYPE_CHAT_LINE, NULL);
  self->user_id = g_strdup (user_id);
  self->name = g_strdup (name);
  self->role = role;
  self->text = g_strdup (text);
  self->time = self->order = time;
  self->came_at = g_get_monotonic_time ();
  self->offset_ms = -1;
  return self;
}

/**
 * sc_chat_line_new:
 * @message: a %SC_CHAT_PUSH_MESSAGE
 * @own: whether we said it, perhaps elsewhere
 *
 * Returns: (transfer full): a line that the room has
 */
ScChatLine *
sc_chat_line_new (const ScChatPush *message, gboolean own)
{
  ScChatLine *self =
    new_line (message->user_id, message->name, message->role, message->text, message->time);
  self->id = g_strdup (message->id);
  self->own = own;
  return self;
}

/**
 * sc_chat_line_new_own:
 * @user_id: who we are in the room
 * @name: (nullable): what we are called there
 * @role: what we are there
 * @text: what we say, clean
 *
 * Returns: (transfer full): a line that is to be sent, after all others
 */
ScChatLine *
sc_chat_line_new_own (const char *user_id, const char *name, ScChatRole role, const char *text)
{
  ScChatLine *self = new_line (user_id, name, role, text, g_get_real_time ());
  self->order = SC_CHAT_LINE_LAST;
  self->own = TRUE;
  self->state = SC_CHAT_LINE_WAITING;
  return self;
}

/**
 * sc_chat_line_new_stored:
 * @record: a line that was said before
 * @own: whether we said it
 *
 * Returns: (transfer full): the line; one of a recording stands where the recording has it
 */
ScChatLine *
sc_chat_line_new_stored (const ScChatRecord *record, gboolean own)
{
  g_autofree char *text = sc_chat_text_clean (record->text);
  ScChatLine *self = new_line (record->user_id, record->name, record->role, text, record->sent_at);
  self->id = g_strdup (record->id);
  self->own = own;
  self->stored = TRUE;
  self->offset_ms = record->offset_ms;
  if (record->offset_ms >= 0)
    self->order = record->offset_ms * 1000;
  return self;
}

/**
 * sc_chat_line_get_id:
 * @self: a line
 *
 * Returns: (nullable): the room's id for it, %NULL while the room does not have it
 */
const char *
sc_chat_line_get_id (ScChatLine *self)
{
  return self->id;
}

/**
 * sc_chat_line_get_user_id:
 * @self: a line
 *
 * Returns: who said it
 */
const char *
sc_chat_line_get_user_id (ScChatLine *self)
{
  return self->user_id;
}

/**
 * sc_chat_line_get_name:
 * @self: a line
 *
 * Returns: (nullable): what the person who said it is called
 */
const char *
sc_chat_line_get_name (ScChatLine *self)
{
  return self->name;
}

/**
 * sc_chat_line_get_role:
 * @self: a line
 *
 * Returns: what they were in the room when they said it
 */
ScChatRole
sc_chat_line_get_role (ScChatLine *self)
{
  return self->role;
}

/**
 * sc_chat_line_get_text:
 * @self: a line
 *
 * Returns: what was said; empty while it is deleted
 */
const char *
sc_chat_line_get_text (ScChatLine *self)
{
  return self->state == SC_CHAT_LINE_DELETED ? "" : self->text;
}

/**
 * sc_chat_line_get_time:
 * @self: a line
 *
 * Returns: when it was said, microseconds since the epoch
 */
gint64
sc_chat_line_get_time (ScChatLine *self)
{
  return self->time;
}

/**
 * sc_chat_line_get_own:
 * @self: a line
 *
 * Returns: whether we said it
 */
gboolean
sc_chat_line_get_own (ScChatLine *self)
{
  return self->own;
}

/**
 * sc_chat_line_get_stored:
 * @self: a line
 *
 * Returns: whether it came from the log, and not just now from the room
 */
gboolean
sc_chat_line_get_stored (ScChatLine *self)
{
  return self->stored;
}

/**
 * sc_chat_line_get_state:
 * @self: a line
 *
 * Returns: how it stands
 */
ScChatLineState
sc_chat_line_get_state (ScChatLine *self)
{
  return self->state;
}

/**
 * sc_chat_line_get_problem:
 * @self: a line
 *
 * Returns: (transfer none) (nullable): why it failed, an error of %SC_CHAT_ERROR
 */
const GError *
sc_chat_line_get_problem (ScChatLine *self)
{
  return self->problem;
}

/**
 * sc_chat_line_get_offset:
 * @self: a line
 *
 * Returns: when it was said in a recording, milliseconds after the begin of its picture; -1 where
 * it is not one of a recording's
 */
gint64
sc_chat_line_get_offset (ScChatLine *self)
{
  return self->offset_ms;
}

/**
 * sc_chat_line_get_order:
 * @self: a line
 *
 * Returns: what a list sorts it by; %SC_CHAT_LINE_LAST while it is to be sent
 */
gint64
sc_chat_line_get_order (ScChatLine *self)
{
  return self->order;
}

/**
 * sc_chat_line_set_order:
 * @self: a line that is in no list, or is moved in it now
 * @order: what a list sorts it by
 */
void
sc_chat_line_set_order (ScChatLine *self, gint64 order)
{
  self->order = order;
}

/**
 * sc_chat_line_get_came_at:
 * @self: a line
 *
 * Returns: when it came here, by g_get_monotonic_time()
 */
gint64
sc_chat_line_get_came_at (ScChatLine *self)
{
  return self->came_at;
}

static void
set_problem (ScChatLine *self, const GError *problem)
{
  if (!self->problem && !problem)
    return;
  g_clear_error (&self->problem);
  self->problem = problem ? g_error_copy (problem) : NULL;
  notify (self, PROP_PROBLEM);
}

static void
set_text (ScChatLine *self, const char *text)
{
  if (g_set_str (&self->text, text))
    notify (self, PROP_TEXT);
}

/**
 * sc_chat_line_set_state:
 * @self: a line
 * @state: how it stands now
 */
void
sc_chat_line_set_state (ScChatLine *self, ScChatLineState state)
{
  if (self->state == state)
    return;
  g_object_freeze_notify (G_OBJECT (self));
  self->state = state;
  notify (self, PROP_STATE);
  if (state != SC_CHAT_LINE_FAILED)
    set_problem (self, NULL);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * sc_chat_line_delete:
 * @self: a line that the room has
 *
 * Somebody deleted it: its text does not show any more.
 */
void
sc_chat_line_delete (ScChatLine *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  sc_chat_line_set_state (self, SC_CHAT_LINE_DELETED);
  notify (self, PROP_TEXT);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * sc_chat_line_restore:
 * @self: a line
 *
 * That it was deleted is undone.
 */
void
sc_chat_line_restore (ScChatLine *self)
{
  if (self->state != SC_CHAT_LINE_DELETED)
    return;
  g_object_freeze_notify (G_OBJECT (self));
  sc_chat_line_set_state (self, SC_CHAT_LINE_SHOWN);
  notify (self, PROP_TEXT);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * sc_chat_line_set_role:
 * @self: a line
 * @role: what whoever said it is now known to be
 */
void
sc_chat_line_set_role (ScChatLine *self, ScChatRole role)
{
  if (self->role == role)
    return;
  self->role = role;
  notify (self, PROP_ROLE);
}

/**
 * sc_chat_line_fail:
 * @self: a line of ours
 * @problem: why nobody will see it, an error of %SC_CHAT_ERROR
 */
void
sc_chat_line_fail (ScChatLine *self, const GError *problem)
{
  g_object_freeze_notify (G_OBJECT (self));
  sc_chat_line_set_state (self, SC_CHAT_LINE_FAILED);
  set_problem (self, problem);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * sc_chat_line_confirm:
 * @self: a line of ours
 * @message: its echo, whose words count: a review may have changed them
 */
void
sc_chat_line_confirm (ScChatLine *self, const ScChatPush *message)
{
  g_object_freeze_notify (G_OBJECT (self));
  g_set_str (&self->id, message->id);
  self->time = message->time;
  notify (self, PROP_TIME);
  if (message->name && g_set_str (&self->name, message->name))
    notify (self, PROP_NAME);
  set_text (self, message->text);
  sc_chat_line_set_state (self, SC_CHAT_LINE_SHOWN);
  g_object_thaw_notify (G_OBJECT (self));
}
