/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bench-awake.h"
#include "sc-chat-panel.h"

#include <gio/gunixinputstream.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* The app's chat in a window of its own, to be measured: bench-chat ADDRESS TOKEN. Prints "open"
 * when it is in the room. For each line that it reads it prints the number of the newest line that
 * was painted, and what was since it was last asked: longest and most of BenchAwake, and frames
 * drawn. */

typedef struct {
  const char *endpoint;
  const char *token;
  guint newest; /* that came */
  guint painted;
  guint n_frames;
} Bench;

static Bench bench;

static DexFuture *
give_token (gpointer user_data)
{
  ScChatToken token = {
    .endpoint = (char *) bench.endpoint,
    .token = (char *) bench.token,
    .session_expires_at = g_get_real_time () + G_TIME_SPAN_DAY,
    .user_id = (char *) "reader",
  };
  return dex_future_new_take_boxed (SC_TYPE_CHAT_TOKEN, sc_chat_token_copy (&token));
}

static void
on_items_changed (GListModel *lines, guint position, guint n_removed, guint n_added)
{
  guint n = g_list_model_get_n_items (lines);
  g_autoptr (ScChatLine) newest = n > 0 ? g_list_model_get_item (lines, n - 1) : NULL;
  if (newest)
    sscanf (sc_chat_line_get_id (newest), "line-%u", &bench.newest);
}

static void
on_painted (void)
{
  bench.n_frames++;
  bench.painted = bench.newest;
}

static void
on_state (ScChatRoom *room)
{
  static gboolean said;
  if (said || sc_chat_room_get_state (room) != SC_CHAT_OPEN)
    return;
  said = TRUE;
  puts ("open");
  fflush (stdout);
}

static void
on_line (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *line =
    g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);
  if (!line)
    exit (EXIT_SUCCESS);
  BenchAwake awake = bench_awake_take ();
  printf ("%u %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %u\n",
          bench.painted,
          awake.longest,
          awake.most,
          bench.n_frames);
  fflush (stdout);
  bench.n_frames = 0;
  g_data_input_stream_read_line_async (G_DATA_INPUT_STREAM (source),
                                       G_PRIORITY_DEFAULT,
                                       NULL,
                                       on_line,
                                       NULL);
}

static void
show_room (ScChatRoom *room)
{
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (style, "/io/github/streamcat/StreamCat/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  GtkWidget *window = gtk_window_new ();
  GtkWidget *panel = g_object_new (SC_TYPE_CHAT_PANEL, "room", room, NULL);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 360, 720);
  gtk_window_set_child (GTK_WINDOW (window), panel);
  gtk_window_present (GTK_WINDOW (window));
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  g_signal_connect (clock, "after-paint", G_CALLBACK (on_painted), NULL);
}

int
main (int argc, char **argv)
{
  if (argc != 3)
    g_error ("usage: bench-chat ADDRESS TOKEN");
  bench.endpoint = argv[1];
  bench.token = argv[2];
  dex_init ();
  adw_init ();
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (input);
  g_autoptr (ScChatRoom) room = sc_chat_room_new (give_token, NULL, NULL, &sc_chat_timing);
  show_room (room);
  g_signal_connect (room, "notify::state", G_CALLBACK (on_state), NULL);
  g_signal_connect (sc_chat_room_get_lines (room),
                    "items-changed",
                    G_CALLBACK (on_items_changed),
                    NULL);
  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, NULL, on_line, NULL);
  sc_chat_room_start (room);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  bench_awake_begin ();
  g_main_loop_run (loop);
  return EXIT_SUCCESS;
}
