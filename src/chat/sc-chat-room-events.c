/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a room's connection and its log bring, and what becomes of it. Main thread. */

#include "config.h"

#include "sc-chat-room-private.h"
#include "sc-chat-text.h"

/* Moderators are made and let go by hand. */
#define ROLES_MAX 256

/* A deletion can be undone for some seconds: who came later has all lines from the log. */
#define UNDO_US (60 * (gint64) G_USEC_PER_SEC)

static gint64
now_or (gint64 time)
{
  return time > 0 ? time : g_get_real_time ();
}

static void
note_time (ScChatRoom *self, gint64 time)
{
  self->newest = MAX (self->newest, time);
  sc_chat_outbox_note_time (self->outbox, time);
}

/* What a person has become counts more than what a token said that was made before. */
static void
correct_role (ScChatRoom *self, ScChatLine *line)
{
  gpointer role;
  const char *user_id = sc_chat_line_get_user_id (line);
  if (g_hash_table_lookup_extended (self->roles, user_id, NULL, &role))
    sc_chat_line_set_role (line, (ScChatRole) GPOINTER_TO_UINT (role));
}

static void
slow_down (ScChatRoom *self, guint seconds)
{
  sc_chat_room_set_slow_until (self, g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC);
}

/* The log may have been faster than the echo. */
static void
take_echo (ScChatRoom *self, ScChatLine *line, const ScChatPush *message)
{
  if (sc_chat_list_find (self->lines, message->id))
    sc_chat_list_remove (self->lines, line);
  else
    sc_chat_list_confirm (self->lines, line, message);
  if (self->modes.slow_seconds > 0 && sc_chat_room_get_role (self) < SC_CHAT_MODERATOR)
    slow_down (self, self->modes.slow_seconds);
}

static void
take_message (ScChatRoom *self, const ScChatPush *message)
{
  gboolean own = g_strcmp0 (self->user_id, message->user_id) == 0;
  g_autoptr (ScChatLine) echoed = own ? sc_chat_outbox_take_echo (self->outbox, message) : NULL;
  note_time (self, message->time);
  if (echoed) {
    take_echo (self, echoed, message);
    return;
  }
  if (sc_chat_list_find (self->lines, message->id) ||
      sc_chat_sieve_is_deleted (sc_chat_list_get_sieve (self->lines), message->id) ||
      !*message->text) /* nothing but control characters */
    return;
  g_autoptr (ScChatLine) line = sc_chat_line_new (message, own);
  correct_role (self, line);
  if (!own)
    sc_chat_names_note (self->names, message->name);
  sc_chat_list_add (self->lines, line);
}

/* "banned", "timeout:SECONDS", each perhaps followed by a moderator's words. */
static GError *
read_ban (const char *reason)
{
  g_auto (GStrv) words = g_strsplit (reason ? reason : "", " ", 2);
  const char *first = words[0] ? words[0] : "";
  const char *rest = words[0] && words[1] ? words[1] : "";
  guint64 seconds;
  if (g_str_equal (first, "banned"))
    return sc_chat_error_new_banned (rest, 0);
  if (!g_str_has_prefix (first, "timeout:") ||
      !g_ascii_string_to_unsigned (first + strlen ("timeout:"), 10, 0, G_MAXINT32, &seconds, NULL))
    return NULL;
  return sc_chat_error_new_banned (rest, g_get_real_time () + (gint64) seconds * G_USEC_PER_SEC);
}

/* The lines of who is banned are deleted for clients that know of no purge. Here the purge hides
 * them, until it is undone. */
static void
take_deletion (ScChatRoom *self, const ScChatPush *event)
{
  g_autoptr (GError) ban = read_ban (event->text);
  if (ban)
    return;
  ScChatLine *line = sc_chat_list_find (self->lines, event->id);
  sc_chat_sieve_note_deleted (sc_chat_list_get_sieve (self->lines), event->id);
  if (line)
    sc_chat_line_delete (line);
}

static void
take_purge (ScChatRoom *self, const ScChatPush *event)
{
  sc_chat_sieve_purge (sc_chat_list_get_sieve (self->lines),
                       event->user_id,
                       event->action_id,
                       now_or (event->time));
  sc_chat_list_sift (self->lines);
  sc_chat_room_tell_notice (self, SC_CHAT_NOTICE_PURGED, event->user_id);
}

/* What is back and was never here, the log has. */
static void
take_restoration (ScChatRoom *self, const ScChatPush *event)
{
  ScChatSieve *sieve = sc_chat_list_get_sieve (self->lines);
  ScChatLine *line = event->id ? sc_chat_list_find (self->lines, event->id) : NULL;
  gboolean known = sc_chat_sieve_unpurge (sieve, event->action_id) || line;
  if (event->id)
    sc_chat_sieve_note_restored (sieve, event->id);
  if (line)
    sc_chat_line_restore (line);
  sc_chat_list_sift (self->lines);
  if (!known && g_get_monotonic_time () - self->opened_at < UNDO_US)
    sc_chat_history_catch_up (self->history, SC_CHAT_HISTORY_NEVER);
  sc_chat_room_tell_notice (self, SC_CHAT_NOTICE_RESTORED, event->user_id);
}

static void
on_renewal_due (gpointer user_data)
{
  ScChatRoom *self = user_data;
  self->renew_source = 0;
  sc_chat_link_renew (self->link);
}

/* Whoever may speak now and has a token from before needs another; not all at the same moment. */
static void
take_modes (ScChatRoom *self, const ScChatPush *event)
{
  sc_chat_room_set_modes (self, &event->modes);
  if (sc_chat_room_get_bar (self) == SC_CHAT_BAR_NOT_ALLOWED && self->renew_source == 0)
    self->renew_source =
      g_timeout_add_once ((guint) g_random_int_range (0, (gint32) self->timing.spread_ms + 1),
                          on_renewal_due,
                          self);
  sc_chat_room_tell_notice (self, SC_CHAT_NOTICE_MODES, NULL);
}

/* A line of ours that waited for a moderator is the one that was approved. */
static gboolean
confirm_held (ScChatRoom *self, const ScChatPush *message, gint64 before)
{
  ScChatLine *line = sc_chat_list_find (self->lines, message->id)
                       ? NULL
                       : sc_chat_list_find_held (self->lines, message->text, before);
  if (line)
    sc_chat_list_confirm (self->lines, line, message);
  return line != NULL;
}

static void
take_part (ScChatRoom *self, const ScChatPush *part)
{
  g_autoptr (ScChatPush) message = sc_chat_parts_take (self->parts, part);
  if (!message)
    return;
  gboolean own = g_strcmp0 (self->user_id, message->user_id) == 0;
  if (!own || !confirm_held (self, message, G_MAXINT64))
    take_message (self, message);
}

static void
take_role (ScChatRoom *self, const ScChatPush *event)
{
  if (g_hash_table_size (self->roles) >= ROLES_MAX)
    g_hash_table_remove_all (self->roles);
  g_hash_table_insert (self->roles, g_strdup (event->user_id), GUINT_TO_POINTER (event->role));
  if (g_strcmp0 (self->user_id, event->user_id) == 0)
    sc_chat_link_renew (self->link);
  sc_chat_room_tell_notice (self, SC_CHAT_NOTICE_ROLE, event->user_id);
}

static void
take_channel (ScChatRoom *self, const ScChatPush *event)
{
  sc_chat_room_tell_channel (self);
}

/* Who is banned is out before the room tells of the purge: it hides their lines here as well, as
 * long as they are out. Then the log says which of them are there. */
static void
hide_own_lines (ScChatRoom *self)
{
  if (!self->user_id)
    return;
  ScChatSieve *sieve = sc_chat_list_get_sieve (self->lines);
  sc_chat_sieve_purge (sieve, self->user_id, SC_CHAT_ROOM_OUT, G_MAXINT64 - 1);
  sc_chat_list_sift (self->lines);
}

static void
take_own_disconnection (ScChatRoom *self, const char *reason)
{
  g_autoptr (GError) ban = read_ban (reason);
  if (g_strcmp0 (reason, "role") == 0) { /* what we may do has changed, and we are welcome */
    sc_chat_link_renew (self->link);
    return;
  }
  sc_chat_room_give_up (self, SC_CHAT_ERROR_FORBIDDEN, "Removed from the room");
  if (ban) {
    hide_own_lines (self);
    sc_chat_link_ban (self->link, ban);
    return;
  }
  sc_chat_room_set_reason (self, reason);
  sc_chat_link_leave (self->link, SC_CHAT_REMOVED);
}

static void
take_disconnection (ScChatRoom *self, const ScChatPush *event)
{
  const ScChatToken *token = sc_chat_link_get_token (self->link);
  if (token && g_strcmp0 (token->user_id, event->user_id) == 0)
    take_own_disconnection (self, event->text);
}

/* A session that is over has taken nothing: the line waits for the next one. */
static void
take_error (ScChatRoom *self, const ScChatPush *push)
{
  g_autoptr (GError) problem = sc_chat_error_new_answer (push->code, push->text);
  if (problem->code == SC_CHAT_ERROR_UNAUTHORIZED &&
      sc_chat_outbox_put_back (self->outbox, push->request_id)) {
    sc_chat_link_renew (self->link);
    return;
  }
  if (!sc_chat_outbox_refuse (self->outbox, push->request_id, problem))
    return;
  const ScChatRefusal *refusal = sc_chat_error_get_refusal (problem);
  if (refusal && refusal->code == SC_CHAT_REFUSAL_SLOW && refusal->seconds > 0)
    slow_down (self, refusal->seconds);
}

/**
 * sc_chat_room_take_push:
 * @self: a room
 * @bytes: what its connection brought, foreign
 *
 * What is not what Amazon IVS Chat sends means nothing to us, and is nobody's fault on screen.
 */
void
sc_chat_room_take_push (ScChatRoom *self, GBytes *bytes)
{
  static void (*const takers[]) (ScChatRoom *self, const ScChatPush *push) = {
    [SC_CHAT_PUSH_MESSAGE] = take_message,
    [SC_CHAT_PUSH_DELETED] = take_deletion,
    [SC_CHAT_PUSH_DISCONNECTED] = take_disconnection,
    [SC_CHAT_PUSH_PURGED] = take_purge,
    [SC_CHAT_PUSH_RESTORED] = take_restoration,
    [SC_CHAT_PUSH_MODES] = take_modes,
    [SC_CHAT_PUSH_APPROVED] = take_part,
    [SC_CHAT_PUSH_ROLE] = take_role,
    [SC_CHAT_PUSH_CHANNEL] = take_channel,
    [SC_CHAT_PUSH_ERROR] = take_error,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (ScChatPush) push = sc_chat_push_parse (bytes, &error);
  if (!push)
    g_debug ("A message from the room is dropped: %s", error->message);
  else if (push->kind == SC_CHAT_PUSH_HELD)
    sc_chat_room_tell_held (self, push->count);
  else if (push->kind < G_N_ELEMENTS (takers) && takers[push->kind])
    takers[push->kind](self, push);
}

/* Whether it was sent before a connection broke is known now. */
static gboolean
confirm_stored (ScChatRoom *self, const ScChatRecord *record)
{
  g_autofree char *text = sc_chat_text_clean (record->text);
  char *no_request = (char[]) { 0 };
  const ScChatPush message = { .kind = SC_CHAT_PUSH_MESSAGE,
                               .id = record->id,
                               .request_id = no_request,
                               .user_id = record->user_id,
                               .name = record->name,
                               .role = record->role,
                               .text = text,
                               .time = record->sent_at };
  g_autoptr (ScChatLine) line = sc_chat_outbox_take_stored (self->outbox, &message);
  if (line)
    sc_chat_list_confirm (self->lines, line, &message);
  return line || confirm_held (self, &message, message.time);
}

static void
take_record (ScChatRoom *self, const ScChatRecord *record, GPtrArray *lines)
{
  gboolean own = g_strcmp0 (self->user_id, record->user_id) == 0;
  if (record->is_deleted || sc_chat_list_find (self->lines, record->id) ||
      sc_chat_sieve_is_deleted (sc_chat_list_get_sieve (self->lines), record->id) ||
      (own && confirm_stored (self, record)))
    return;
  if (!own && record->sent_at >= self->newest)
    sc_chat_names_note (self->names, record->name);
  g_ptr_array_add (lines, sc_chat_line_new_stored (record, own));
  note_time (self, record->sent_at);
}

/**
 * sc_chat_room_take_page:
 * @page: what the log has
 * @older: whether somebody asked for what is above all others
 * @user_data: the room
 *
 * Returns: how many of its lines were not there
 */
guint
sc_chat_room_take_page (const ScChatPage *page, gboolean older, gpointer user_data)
{
  g_autoptr (ScChatRoom) self = g_object_ref (user_data);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < page->records->len; i++)
    take_record (self, page->records->pdata[i], lines);
  return sc_chat_list_merge (self->lines, lines, older);
}

/**
 * sc_chat_room_take_gap:
 * @time: when the first line after a gap was said
 * @user_data: the room
 */
void
sc_chat_room_take_gap (gint64 time, gpointer user_data)
{
  ScChatRoom *self = user_data;
  sc_chat_list_drop_before (self->lines, time);
}

/**
 * sc_chat_room_take_check:
 * @page: what the log has of some time
 * @until: up to when it has everything
 * @user_data: the room
 *
 * What we have of that time and the log has not, was deleted while there was no connection.
 */
void
sc_chat_room_take_check (const ScChatPage *page, gint64 until, gpointer user_data)
{
  g_autoptr (ScChatRoom) self = g_object_ref (user_data);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < page->records->len; i++)
    g_hash_table_add (ids, ((ScChatRecord *) page->records->pdata[i])->id);
  gint64 since = ((ScChatRecord *) page->records->pdata[0])->sent_at;
  GListModel *lines = G_LIST_MODEL (self->lines);
  for (guint i = 0; i < g_list_model_get_n_items (lines); i++) {
    g_autoptr (ScChatLine) line = g_list_model_get_item (lines, i);
    const char *id = sc_chat_line_get_id (line);
    gint64 time = sc_chat_line_get_time (line);
    if (id && time >= since && time <= until && !g_hash_table_contains (ids, id))
      sc_chat_line_delete (line);
  }
}
