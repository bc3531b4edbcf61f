/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What we say in a room. Main thread. */

#include "config.h"

#include "sc-chat-room-private.h"
#include "sc-chat-text.h"

/* So short a wait, as for the room's rate, is the outbox's and not the person's. */
#define SHORT_US (2 * (gint64) G_USEC_PER_SEC)

static gboolean
may_send (ScChatRoom *self, GError **error)
{
  gint64 left_us = self->slow_until - g_get_monotonic_time ();
  GError *problem = sc_chat_bar_to_error (sc_chat_room_get_bar (self));
  if (!problem && left_us > SHORT_US && sc_chat_room_get_role (self) < SC_CHAT_MODERATOR)
    problem = sc_chat_error_new_refused (SC_CHAT_REFUSAL_SLOW,
                                         (guint) ((left_us - 1) / G_USEC_PER_SEC + 1));
  if (!problem)
    return TRUE;
  g_propagate_error (error, problem);
  return FALSE;
}

/**
 * sc_chat_room_send:
 * @self: a room
 * @text: what a person typed
 * @error: an error of %SC_CHAT_ERROR: EMPTY, TOO_LONG, FULL, FORBIDDEN, or REJECTED where the
 * room's modes do not let us (sc_chat_error_get_refusal())
 *
 * Says something. The line is on show at once, and sent as soon as there is a connection; what
 * becomes of it, the line tells.
 *
 * Returns: whether there is such a line now
 */
gboolean
sc_chat_room_send (ScChatRoom *self, const char *text, GError **error)
{
  g_autofree char *clean = sc_chat_text_clean (text);
  glong length = g_utf8_strlen (clean, -1);
  if (length == 0 || length > SC_CHAT_TEXT_MAX) {
    g_set_error_literal (error,
                         SC_CHAT_ERROR,
                         length == 0 ? SC_CHAT_ERROR_EMPTY : SC_CHAT_ERROR_TOO_LONG,
                         "A message has 1 to 500 characters");
    return FALSE;
  }
  if (!may_send (self, error))
    return FALSE;

  const ScChatToken *token = sc_chat_link_get_token (self->link);
  g_autoptr (ScChatLine) line =
    sc_chat_line_new_own (token->user_id, token->name, token->role, clean);
  if (!sc_chat_outbox_put (self->outbox, line)) {
    g_set_error_literal (error, SC_CHAT_ERROR, SC_CHAT_ERROR_FULL, "Too many messages wait");
    return FALSE;
  }
  sc_chat_list_add_now (self->lines, line);
  return TRUE;
}

/**
 * sc_chat_room_send_again:
 * @self: a room
 * @line: a line of ours that failed or was not confirmed
 * @error: an error of %SC_CHAT_ERROR: FULL or FORBIDDEN
 *
 * Sends a line once more, as if it had just been typed: it moves to the end.
 *
 * Returns: whether it is on its way
 */
gboolean
sc_chat_room_send_again (ScChatRoom *self, ScChatLine *line, GError **error)
{
  g_autoptr (ScChatLine) kept = g_object_ref (line); /* the list may let go of it */
  if (!sc_chat_room_send (self, sc_chat_line_get_text (kept), error))
    return FALSE;
  sc_chat_room_discard (self, kept);
  return TRUE;
}

/**
 * sc_chat_room_discard:
 * @self: a room
 * @line: a line of ours that failed or was not confirmed
 *
 * Takes a line off the screen; the room is told nothing.
 */
void
sc_chat_room_discard (ScChatRoom *self, ScChatLine *line)
{
  sc_chat_outbox_drop (self->outbox, line);
  sc_chat_list_remove (self->lines, line);
}
