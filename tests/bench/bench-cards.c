/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bench-awake.h"
#include "sc-channel-grid.h"
#include "sc-channel.h"

#include <stdio.h>
#include <stdlib.h>

/* Scrolls cards of channels that are live, as a category's page has them, in a window of its own:
 * bench-cards CARDS FRAMES PICTURES, where PICTURES is the address below which each finds its own.
 * First by the steps of a wheel, down and then up, a step a frame, then by jumps to
 * all places, as somebody does who drags the scroll bar. Prints for each: frames, and the members
 * of BenchAwake. Before them, a line with what it took until the first frame. */

#define STEP 180.0      /* pixels: a hasty hand at a wheel */
#define JUMP 0.61803399 /* of the whole, so that jumps come everywhere */

typedef struct {
  GtkWindow *window;
  GtkAdjustment *place;
  GMainLoop *loop;
  gboolean by_jumps;
  guint n_frames;
  guint n_done;
} Bench;

static Bench bench;

static void
report (const char *words)
{
  BenchAwake awake = bench_awake_take ();
  printf ("%s %u %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %u\n",
          words,
          bench.n_done,
          awake.longest,
          awake.most,
          awake.n_late);
  fflush (stdout);
  bench.n_done = 0;
}

static double
next_place (void)
{
  double end = gtk_adjustment_get_upper (bench.place) - gtk_adjustment_get_page_size (bench.place);
  if (bench.by_jumps) {
    double share = bench.n_done * JUMP;
    return (share - (int) share) * end;
  }
  double step = bench.n_done < bench.n_frames / 2 ? STEP : -STEP;
  return gtk_adjustment_get_value (bench.place) + step;
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  if (bench.n_done == bench.n_frames) {
    report (bench.by_jumps ? "jumps" : "wheel");
    if (bench.by_jumps) {
      g_main_loop_quit (bench.loop);
      return G_SOURCE_REMOVE;
    }
    bench.by_jumps = TRUE;
  }
  gtk_adjustment_set_value (bench.place, next_place ());
  bench.n_done++;
  return G_SOURCE_CONTINUE;
}

/* The first frames have to be over before the others are measured. */
static gboolean
begin (gpointer user_data)
{
  bench.n_done = 1;
  report ("first");
  gtk_widget_add_tick_callback (GTK_WIDGET (bench.window), on_tick, NULL, NULL);
  return G_SOURCE_REMOVE;
}

static void
on_painted (GdkFrameClock *clock)
{
  g_signal_handlers_disconnect_by_func (clock, on_painted, NULL);
  g_timeout_add_seconds (1, begin, NULL);
}

static ScChannel *
make_channel (guint i, const char *pictures)
{
  g_autofree char *name = g_strdup_printf ("channel-%u", i);
  g_autofree char *title =
    g_strdup_printf (i % 3 ? "Looms, %u" : "How engines are woven, and what number %u needs", i);
  g_autofree char *thumbnail = g_strdup_printf ("%s/%u.jpg", pictures, i);
  g_autoptr (ScStream) stream = sc_stream_new (name);
  stream->started_at = g_get_real_time ();
  stream->viewers = i;
  ScChannel *channel = sc_channel_new (name, title);
  sc_channel_set_thumbnail_url (channel, thumbnail);
  sc_channel_set_stream (channel, stream);
  return channel;
}

static GListModel *
make_channels (guint n, const char *pictures)
{
  GListStore *channels = g_list_store_new (SC_TYPE_CHANNEL);
  for (guint i = 0; i < n; i++) {
    g_autoptr (ScChannel) channel = make_channel (i, pictures);
    g_list_store_append (channels, channel);
  }
  return G_LIST_MODEL (channels);
}

static void
show_cards (GListModel *channels, ScPictures *pictures)
{
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (style, "/io/github/streamcat/StreamCat/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *viewport = gtk_viewport_new (NULL, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *grid = g_object_new (SC_TYPE_CHANNEL_GRID, NULL);
  sc_channel_grid_set_channels (SC_CHANNEL_GRID (grid), channels, pictures);
  gtk_scrollable_set_vscroll_policy (GTK_SCROLLABLE (viewport), GTK_SCROLL_NATURAL);
  gtk_box_append (GTK_BOX (box), grid);
  gtk_viewport_set_child (GTK_VIEWPORT (viewport), box);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), viewport);
  bench.window = GTK_WINDOW (gtk_window_new ());
  bench.place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  gtk_window_set_decorated (bench.window, FALSE);
  gtk_window_set_default_size (bench.window, 1280, 900);
  gtk_window_set_child (bench.window, scrolled);
  gtk_window_present (bench.window);
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (bench.window)),
                    "after-paint",
                    G_CALLBACK (on_painted),
                    NULL);
}

int
main (int argc, char **argv)
{
  if (argc != 4)
    g_error ("usage: bench-cards CARDS FRAMES PICTURES");
  guint n_cards = (guint) atoi (argv[1]);
  bench.n_frames = (guint) atoi (argv[2]);
  dex_init ();
  adw_init ();
  g_autoptr (ScHttp) http = sc_http_new (5);
  g_autoptr (ScPictures) pictures = sc_pictures_new (http);
  g_autoptr (GListModel) channels = make_channels (n_cards, argv[3]);
  bench_awake_begin ();
  bench.loop = g_main_loop_new (NULL, FALSE);
  show_cards (channels, pictures);
  g_main_loop_run (bench.loop);
  return EXIT_SUCCESS;
}
