/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-room.h"

#include "sc-fake-api.h"

/* What the waits of the product come to where a test waits for them. */
const ScChatTiming sct_room_timing = {
  .backoff_base_ms = 20,
  .backoff_cap_ms = 40,
  .stable_ms = 10000,
  .renew_margin_ms = 60000,
  .drain_ms = 50,
  .echo_ms = 60000,
  .pace_ms = 1,
  .spread_ms = 1,
  .ban_check_ms = 3600 * 1000,
  .history_ms = { 20, 40, 60 },
  .batch_ms = 1,
};

static DexFuture *
ask (gpointer user_data)
{
  SctRoom *self = user_data;
  self->n_asked++;
  if (self->failure)
    return dex_future_new_for_error (g_error_copy (self->failure));
  ScChatToken *token = sc_fake_room_make_token (self->server,
                                                self->user_id,
                                                self->user_id,
                                                self->capabilities,
                                                self->lifetime_ms);
  token->role = self->role;
  token->modes = self->modes;
  token->follows = self->follows;
  return dex_future_new_take_boxed (SC_TYPE_CHAT_TOKEN, token);
}

/**
 * sct_room_make:
 * @self: a fixture
 * @timing: how patient the room is
 *
 * Makes the room anew.
 */
void
sct_room_make (SctRoom *self, const ScChatTiming *timing)
{
  g_clear_object (&self->room);
  self->room = sc_chat_room_new (ask, self, NULL, timing);
}

/**
 * sct_room_set_up:
 * @self: a fixture
 * @data: not used
 */
void
sct_room_set_up (SctRoom *self, gconstpointer data)
{
  self->server = sc_fake_room_new ();
  self->log = sc_fake_log_new ();
  self->user_id = "mia";
  self->capabilities = SC_CHAT_SEND;
  self->role = SC_CHAT_VIEWER;
  self->lifetime_ms = 3600 * 1000;
  sct_room_make (self, &sct_room_timing);
}

/**
 * sct_room_tear_down:
 * @self: a fixture
 * @data: not used
 */
void
sct_room_tear_down (SctRoom *self, gconstpointer data)
{
  g_assert_finalize_object (self->room);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  sc_fake_room_free (self->server);
  sc_fake_log_free (self->log);
  g_clear_error (&self->failure);
}

/**
 * sct_room_enter:
 * @self: a fixture
 *
 * Starts, and waits until the room has one connection and no more.
 */
void
sct_room_enter (SctRoom *self)
{
  sc_chat_room_start (self->room);
  sct_room_wait_state (self, SC_CHAT_OPEN);
  sct_room_wait_alone (self);
}

/**
 * sct_room_say:
 * @self: a fixture
 * @text: what is typed; it is taken
 */
void
sct_room_say (SctRoom *self, const char *text)
{
  g_autoptr (GError) error = NULL;
  sc_chat_room_send (self->room, text, &error);
  g_assert_no_error (error);
}

/**
 * sct_room_assert_not_sent:
 * @self: a fixture
 * @text: what is typed; it is not taken
 * @code: why not
 */
void
sct_room_assert_not_sent (SctRoom *self, const char *text, ScChatError code)
{
  g_autoptr (GError) error = NULL;
  g_assert_false (sc_chat_room_send (self->room, text, &error));
  g_assert_error (error, SC_CHAT_ERROR, (int) code);
}

static gboolean
is_in_state (gpointer data)
{
  SctRoom *self = data;
  return sc_chat_room_get_state (self->room) == self->state;
}

/**
 * sct_room_wait_state:
 * @self: a fixture
 * @state: what the room is to come to
 */
void
sct_room_wait_state (SctRoom *self, ScChatState state)
{
  self->state = state;
  sc_test_wait_until (is_in_state, self);
}

static gboolean
is_line_in_state (gpointer data)
{
  SctRoom *self = data;
  return sc_chat_line_get_state (self->line) == self->line_state;
}

/**
 * sct_room_wait_line:
 * @self: a fixture
 * @line: a line
 * @state: what it is to come to
 */
void
sct_room_wait_line (SctRoom *self, ScChatLine *line, ScChatLineState state)
{
  self->line = line;
  self->line_state = state;
  sc_test_wait_until (is_line_in_state, self);
}

static gboolean
has_count (gpointer data)
{
  SctRoom *self = data;
  return sct_room_count_lines (self) == self->number;
}

/**
 * sct_room_wait_count:
 * @self: a fixture
 * @n_lines: how many lines are to be on show
 */
void
sct_room_wait_count (SctRoom *self, guint n_lines)
{
  self->number = n_lines;
  sc_test_wait_until (has_count, self);
}

static gboolean
has_lines (gpointer data)
{
  SctRoom *self = data;
  return sct_room_count_lines (self) >= self->number;
}

static gboolean
has_opened (gpointer data)
{
  SctRoom *self = data;
  return sc_fake_room_count_opened (self->server) >= self->number;
}

/**
 * sct_room_wait_opened:
 * @self: a fixture
 * @n_opened: how many connections there are to have been at least
 */
void
sct_room_wait_opened (SctRoom *self, guint n_opened)
{
  self->number = n_opened;
  sc_test_wait_until (has_opened, self);
}

static gboolean
has_requests (gpointer data)
{
  SctRoom *self = data;
  return sc_fake_room_count_requests (self->server) >= self->number;
}

/**
 * sct_room_wait_requests:
 * @self: a fixture
 * @n_requests: how many requests the server is to have had at least
 */
void
sct_room_wait_requests (SctRoom *self, guint n_requests)
{
  self->number = n_requests;
  sc_test_wait_until (has_requests, self);
}

static gboolean
has_asked (gpointer data)
{
  SctRoom *self = data;
  return self->n_asked >= self->number;
}

/**
 * sct_room_wait_asked:
 * @self: a fixture
 * @n_asked: how many tokens are to have been asked for at least
 */
void
sct_room_wait_asked (SctRoom *self, guint n_asked)
{
  self->number = n_asked;
  sc_test_wait_until (has_asked, self);
}

static gboolean
is_alone (gpointer data)
{
  SctRoom *self = data;
  return sc_fake_room_count_open (self->server) == 1;
}

/**
 * sct_room_wait_alone:
 * @self: a fixture
 *
 * Waits until there is one connection.
 */
void
sct_room_wait_alone (SctRoom *self)
{
  sc_test_wait_until (is_alone, self);
}

/**
 * sct_room_count_lines:
 * @self: a fixture
 *
 * Returns: how many lines are on show
 */
guint
sct_room_count_lines (SctRoom *self)
{
  return g_list_model_get_n_items (sc_chat_room_get_lines (self->room));
}

/**
 * sct_room_get_line:
 * @self: a fixture
 * @position: which line; waited for
 *
 * Returns: (transfer none): the line
 */
ScChatLine *
sct_room_get_line (SctRoom *self, guint position)
{
  self->number = position + 1;
  sc_test_wait_until (has_lines, self);
  g_autoptr (ScChatLine) line =
    g_list_model_get_item (sc_chat_room_get_lines (self->room), position);
  return line;
}

/**
 * sct_room_describe:
 * @self: a fixture
 *
 * Returns: (transfer full): the texts on show, with "|" between them
 */
char *
sct_room_describe (SctRoom *self)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < sct_room_count_lines (self); i++) {
    if (i > 0)
      g_string_append_c (text, '|');
    g_string_append (text, sc_chat_line_get_text (sct_room_get_line (self, i)));
  }
  return g_string_free_and_steal (text);
}
