/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-fake-room.h"

#include <gio/gunixinputstream.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A room full of people, for a benchmark. Prints its address, then a token for each line "token";
 * "say N RATE" has N lines said, RATE a second, or with 0 all at once, and answers "said". Ends
 * with its input. */

/* As many people as a busy room has talking at a time. */
#define N_PEOPLE 200

/* Lines of a rate are said in so many bunches a second at most: a service is not called by a clock
 * either. */
#define TURNS_A_SECOND 50

static const char *const phrases[] = {
  "gg",
  "hello from Hamburg 👋",
  "what is the name of that song?",
  "@person-7 it was in the second round, I think",
  "That was the best thing I have seen all week, how long did you practise this part of the run? "
  "I can never get past the second door without losing half of my hearts.",
  "https://example.org/schedule",
  "😂😂😂",
  "no way!",
};

typedef struct {
  ScFakeRoom *room;
  GMainLoop *loop;
  guint n_said;
  guint n_left;
  double rate;
  double owed;
} Chatter;

static void
say (Chatter *self)
{
  guint n = ++self->n_said;
  g_autofree char *id = g_strdup_printf ("line-%u", n);
  g_autofree char *person = g_strdup_printf ("person-%u", (n * 7919) % N_PEOPLE);
  sc_fake_room_say (self->room, person, id, phrases[n % G_N_ELEMENTS (phrases)]);
  self->n_left--;
}

static gboolean
on_turn (gpointer user_data)
{
  Chatter *self = user_data;
  for (self->owed += self->rate / TURNS_A_SECOND; self->owed >= 1 && self->n_left > 0; self->owed--)
    say (self);
  if (self->n_left > 0)
    return G_SOURCE_CONTINUE;
  puts ("said");
  fflush (stdout);
  return G_SOURCE_REMOVE;
}

static void
start_talk (Chatter *self, guint n, double rate)
{
  self->n_left = n;
  self->owed = 0;
  self->rate = rate > 0 ? rate : (double) n * TURNS_A_SECOND;
  g_timeout_add (1000 / TURNS_A_SECOND, on_turn, self);
}

static void
print_token (Chatter *self)
{
  g_autoptr (ScChatToken) token =
    sc_fake_room_make_token (self->room, "reader", "reader", SC_CHAT_READ, G_TIME_SPAN_DAY / 1000);
  puts (token->token);
  fflush (stdout);
}

static void
on_line (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Chatter *self = user_data;
  guint n = 0;
  double rate = 0;
  g_autofree char *line =
    g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);
  if (!line) {
    g_main_loop_quit (self->loop);
    return;
  }
  if (g_str_equal (line, "token"))
    print_token (self);
  else if (sscanf (line, "say %u %lf", &n, &rate) == 2)
    start_talk (self, n, rate);
  else
    g_error ("bench-chatter: %s?", line);
  g_data_input_stream_read_line_async (G_DATA_INPUT_STREAM (source),
                                       G_PRIORITY_DEFAULT,
                                       NULL,
                                       on_line,
                                       self);
}

int
main (void)
{
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (input);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (ScFakeRoom) room = sc_fake_room_new ();
  Chatter self = { .room = room, .loop = loop };
  puts (sc_fake_room_get_url (room));
  fflush (stdout);
  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, NULL, on_line, &self);
  g_main_loop_run (loop);
  return EXIT_SUCCESS;
}
