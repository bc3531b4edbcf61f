/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The lines of ours that the room does not have yet, in the order in which they were typed.
 *
 * The room says "I have it" by sending a line back with our request's id. A line that was handed to
 * a connection which then broke may or may not have arrived: it is not sent again by itself, since
 * that could say it twice. A line that was never handed to one is. Main thread; the room owns it.
 */

#include "config.h"

#include "sc-chat-outbox.h"

#include "sc-chat-text.h"

/* Unconfirmed lines are kept only in case their echo still comes. */
#define ENTRIES_MAX (2 * SC_CHAT_OUTBOX_MAX)

typedef struct {
  ScChatLine *line;
  char *request_id; /* %NULL until it is sent */
  gint64 sent_at;
  gint64 said_before; /* what the room had when it was sent */
  gboolean put_back;
} Entry;

struct _ScChatOutbox {
  ScChatTiming timing;
  ScChatSend send;
  ScChatSettled settled;
  gpointer user_data;
  GPtrArray *entries;
  gint64 last_sent_at;
  gint64 held_until;
  gboolean single;
  gint64 newest;
  guint pace_source;
  guint echo_source;
};

static void
entry_free (Entry *entry)
{
  g_object_unref (entry->line);
  g_free (entry->request_id);
  g_free (entry);
}

static gboolean
is_in_state (const Entry *entry, ScChatLineState state)
{
  return sc_chat_line_get_state (entry->line) == state;
}

static Entry *
find_in_state (ScChatOutbox *self, ScChatLineState state)
{
  for (guint i = 0; i < self->entries->len; i++)
    if (is_in_state (self->entries->pdata[i], state))
      return self->entries->pdata[i];
  return NULL;
}

static guint
count_in_state (ScChatOutbox *self, ScChatLineState state)
{
  guint n = 0;
  for (guint i = 0; i < self->entries->len; i++)
    n += is_in_state (self->entries->pdata[i], state);
  return n;
}

static void
settle (ScChatOutbox *self, Entry *entry, const GError *problem)
{
  if (problem)
    sc_chat_line_fail (entry->line, problem);
  else
    sc_chat_line_set_state (entry->line, SC_CHAT_LINE_UNCONFIRMED);
  self->settled (entry->line, self->user_data);
}

/* The echo of what was sent first is due first. */
static void
on_echo_overdue (gpointer user_data)
{
  ScChatOutbox *self = user_data;
  self->echo_source = 0;
  gint64 now = g_get_monotonic_time ();
  gint64 patience = (gint64) self->timing.echo_ms * 1000;
  Entry *entry;
  while ((entry = find_in_state (self, SC_CHAT_LINE_SENDING)) && entry->sent_at + patience <= now)
    settle (self, entry, NULL);
  if (entry)
    self->echo_source = g_timeout_add_once ((guint) ((entry->sent_at + patience - now) / 1000 + 1),
                                            on_echo_overdue,
                                            self);
  sc_chat_outbox_go_on (self);
}

static void
await_echo (ScChatOutbox *self)
{
  if (self->echo_source == 0)
    self->echo_source = g_timeout_add_once (self->timing.echo_ms, on_echo_overdue, self);
}

static gboolean
send_entry (ScChatOutbox *self, Entry *entry)
{
  g_autofree char *request_id = sc_chat_request_new_id ();
  g_autofree char *request = sc_chat_request_send (request_id, sc_chat_line_get_text (entry->line));
  if (!self->send (request, self->user_data))
    return FALSE;
  g_free (entry->request_id);
  entry->request_id = g_steal_pointer (&request_id);
  entry->sent_at = self->last_sent_at = g_get_monotonic_time ();
  entry->said_before = self->newest;
  sc_chat_line_set_state (entry->line, SC_CHAT_LINE_SENDING);
  await_echo (self);
  return TRUE;
}

static void
on_pace_due (gpointer user_data)
{
  ScChatOutbox *self = user_data;
  self->pace_source = 0;
  sc_chat_outbox_go_on (self);
}

/**
 * sc_chat_outbox_new:
 * @timing: the room's patience
 * @send: sends over the connection, if there is one
 * @settled: told of lines that are not on their way any more
 * @user_data: for both
 *
 * Returns: (transfer full): an outbox with nothing in it
 */
ScChatOutbox *
sc_chat_outbox_new (const ScChatTiming *timing,
                    ScChatSend send,
                    ScChatSettled settled,
                    gpointer user_data)
{
  ScChatOutbox *self = g_new0 (ScChatOutbox, 1);
  self->timing = *timing;
  self->send = send;
  self->settled = settled;
  self->user_data = user_data;
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  return self;
}

/**
 * sc_chat_outbox_free:
 * @self: (nullable) (transfer full): an outbox
 */
void
sc_chat_outbox_free (ScChatOutbox *self)
{
  if (!self)
    return;
  g_clear_handle_id (&self->pace_source, g_source_remove);
  g_clear_handle_id (&self->echo_source, g_source_remove);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

/**
 * sc_chat_outbox_drop:
 * @self: an outbox
 * @line: a line, whether or not it is there
 *
 * Forgets a line.
 */
void
sc_chat_outbox_drop (ScChatOutbox *self, ScChatLine *line)
{
  for (guint i = 0; i < self->entries->len; i++)
    if (((Entry *) self->entries->pdata[i])->line == line) {
      g_ptr_array_remove_index (self->entries, i);
      return;
    }
}

/**
 * sc_chat_outbox_put:
 * @self: an outbox
 * @line: a line of ours that is to be sent, new or once more
 *
 * Sends a line as soon as its turn comes.
 *
 * Returns: %FALSE if too many wait already
 */
gboolean
sc_chat_outbox_put (ScChatOutbox *self, ScChatLine *line)
{
  if (count_in_state (self, SC_CHAT_LINE_WAITING) + count_in_state (self, SC_CHAT_LINE_SENDING) >=
      SC_CHAT_OUTBOX_MAX)
    return FALSE;
  sc_chat_outbox_drop (self, line);
  if (self->entries->len >= ENTRIES_MAX)
    g_ptr_array_remove_index (self->entries, 0);

  Entry *entry = g_new0 (Entry, 1);
  entry->line = g_object_ref (line);
  g_ptr_array_add (self->entries, entry);
  sc_chat_line_set_state (line, SC_CHAT_LINE_WAITING);
  sc_chat_outbox_go_on (self);
  return TRUE;
}

/* How long nothing may be sent, milliseconds. */
static guint
get_pause (ScChatOutbox *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 pace = (gint64) self->timing.pace_ms * 1000;
  gint64 next = self->last_sent_at > 0 ? self->last_sent_at + pace : now;
  gint64 pause = MAX (next, self->held_until) - now;
  return pause > 0 ? (guint) ((pause + 999) / 1000) : 0;
}

static void
pause_sending (ScChatOutbox *self)
{
  g_clear_handle_id (&self->pace_source, g_source_remove);
  self->pace_source = g_timeout_add_once (get_pause (self), on_pace_due, self);
}

/**
 * sc_chat_outbox_go_on:
 * @self: an outbox
 *
 * Sends the first line that waits, and the others in time, while there is a connection.
 */
void
sc_chat_outbox_go_on (ScChatOutbox *self)
{
  Entry *entry = find_in_state (self, SC_CHAT_LINE_WAITING);
  if (!entry || self->pace_source != 0 ||
      (self->single && find_in_state (self, SC_CHAT_LINE_SENDING)))
    return;
  if (get_pause (self) > 0) {
    pause_sending (self);
    return;
  }
  if (send_entry (self, entry) && find_in_state (self, SC_CHAT_LINE_WAITING))
    pause_sending (self);
}

/**
 * sc_chat_outbox_set_single:
 * @self: an outbox
 * @single: whether a line waits until the room has answered to the one before, as in slow mode
 */
void
sc_chat_outbox_set_single (ScChatOutbox *self, gboolean single)
{
  self->single = single;
  sc_chat_outbox_go_on (self);
}

/**
 * sc_chat_outbox_hold_until:
 * @self: an outbox
 * @until: when the room takes a line of ours again, by g_get_monotonic_time()
 *
 * What waits, waits until then.
 */
void
sc_chat_outbox_hold_until (ScChatOutbox *self, gint64 until)
{
  self->held_until = until;
  g_clear_handle_id (&self->pace_source, g_source_remove);
  sc_chat_outbox_go_on (self);
}

/**
 * sc_chat_outbox_note_time:
 * @self: an outbox
 * @time: when a line was said that the room has, microseconds since the epoch
 */
void
sc_chat_outbox_note_time (ScChatOutbox *self, gint64 time)
{
  self->newest = MAX (self->newest, time);
}

/**
 * sc_chat_outbox_connection_lost:
 * @self: an outbox
 *
 * What was sent and has no echo yet may or may not have arrived.
 */
void
sc_chat_outbox_connection_lost (ScChatOutbox *self)
{
  Entry *entry;
  while ((entry = find_in_state (self, SC_CHAT_LINE_SENDING)))
    settle (self, entry, NULL);
}

/**
 * sc_chat_outbox_give_up:
 * @self: an outbox
 * @problem: why nothing more can be sent, an error of %SC_CHAT_ERROR
 *
 * Sends nothing of what waits, and awaits no echo.
 */
void
sc_chat_outbox_give_up (ScChatOutbox *self, const GError *problem)
{
  g_clear_handle_id (&self->pace_source, g_source_remove);
  sc_chat_outbox_connection_lost (self);
  Entry *entry;
  while ((entry = find_in_state (self, SC_CHAT_LINE_WAITING)))
    settle (self, entry, problem);
  g_ptr_array_set_size (self->entries, 0);
}

/* A connection that takes over from another is told no ids of the other's requests. */
static gboolean
is_echo_of (const Entry *entry, const ScChatPush *message)
{
  if (!entry->request_id)
    return FALSE;
  if (*message->request_id)
    return g_str_equal (entry->request_id, message->request_id);
  return g_strcmp0 (sc_chat_line_get_user_id (entry->line), message->user_id) == 0 &&
         sc_chat_text_is_reviewed (message->text, sc_chat_line_get_text (entry->line));
}

static ScChatLine *
take_line (ScChatOutbox *self, guint position)
{
  ScChatLine *line = g_object_ref (((Entry *) self->entries->pdata[position])->line);
  g_ptr_array_remove_index (self->entries, position);
  return line;
}

/**
 * sc_chat_outbox_take_echo:
 * @self: an outbox
 * @message: a message of ours that the room has
 *
 * Returns: (transfer full) (nullable): the line that it is, no longer in the outbox
 */
ScChatLine *
sc_chat_outbox_take_echo (ScChatOutbox *self, const ScChatPush *message)
{
  for (guint i = 0; i < self->entries->len; i++)
    if (is_echo_of (self->entries->pdata[i], message))
      return take_line (self, i);
  return NULL;
}

/**
 * sc_chat_outbox_take_stored:
 * @self: an outbox
 * @message: a message of ours that the log has; its words may have been said before
 *
 * Returns: (transfer full) (nullable): the unconfirmed line that it is, no longer in the outbox
 */
ScChatLine *
sc_chat_outbox_take_stored (ScChatOutbox *self, const ScChatPush *message)
{
  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = self->entries->pdata[i];
    if (is_in_state (entry, SC_CHAT_LINE_UNCONFIRMED) && message->time > entry->said_before &&
        is_echo_of (entry, message))
      return take_line (self, i);
  }
  return NULL;
}

/**
 * sc_chat_outbox_put_back:
 * @self: an outbox
 * @request_id: which request did not count
 *
 * The line that the request was for waits again, in its place; but not twice.
 *
 * Returns: whether there is such a line
 */
gboolean
sc_chat_outbox_put_back (ScChatOutbox *self, const char *request_id)
{
  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = self->entries->pdata[i];
    if (!is_in_state (entry, SC_CHAT_LINE_SENDING) || entry->put_back ||
        g_strcmp0 (entry->request_id, request_id) != 0)
      continue;
    entry->put_back = TRUE;
    g_clear_pointer (&entry->request_id, g_free);
    sc_chat_line_set_state (entry->line, SC_CHAT_LINE_WAITING);
    return TRUE;
  }
  return FALSE;
}

/* An error without an id concerns what was just sent, if that is one line only. */
static guint
find_refused (ScChatOutbox *self, const char *request_id)
{
  gboolean guess = !*request_id && count_in_state (self, SC_CHAT_LINE_SENDING) == 1;
  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = self->entries->pdata[i];
    if (guess ? is_in_state (entry, SC_CHAT_LINE_SENDING)
              : g_strcmp0 (entry->request_id, request_id) == 0)
      return i;
  }
  return self->entries->len;
}

/**
 * sc_chat_outbox_refuse:
 * @self: an outbox
 * @request_id: which request the room refused; may be empty
 * @problem: why, an error of %SC_CHAT_ERROR
 *
 * The line that the request was for has failed.
 *
 * Returns: whether the request was one of the outbox
 */
gboolean
sc_chat_outbox_refuse (ScChatOutbox *self, const char *request_id, const GError *problem)
{
  guint i = find_refused (self, request_id);
  if (i == self->entries->len)
    return FALSE;
  g_autoptr (ScChatLine) line = take_line (self, i);
  sc_chat_line_fail (line, problem);
  self->settled (line, self->user_data);
  sc_chat_outbox_go_on (self);
  return TRUE;
}
