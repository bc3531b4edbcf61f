/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Whether the words of a toast are whole, however wide the window is. */

#include "config.h"

#include "sc-fake-api.h"
#include "sc-toast.h"
#include "sct-window.h"

#define NARROW 360
#define WIDE 1280
#define SHORT "Settings saved"
#define LONG "You stay signed in until StreamCat closes: your password could not be kept safe here."

typedef struct {
  GtkWidget *window;
  GtkWidget *overlay;
  const char *text;
  int width;
  int lines;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->overlay = adw_toast_overlay_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (fixture->overlay), adw_bin_new ());
  fixture->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (fixture->window), fixture->overlay);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), GPOINTER_TO_INT (data), 720);
  gtk_window_present (GTK_WINDOW (fixture->window));
  sct_wait_frames (fixture->window, 2);
}

/* A toast that stays until it is dismissed, however long a test takes. */
static AdwToast *
make_toast (const char *text)
{
  AdwToast *toast = adw_toast_new (text);
  adw_toast_set_timeout (toast, 0);
  return toast;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
}

static GtkWidget *
find_words (Fixture *fixture)
{
  return sct_find (fixture->overlay, GTK_TYPE_LABEL, fixture->text);
}

/* Whether they are on screen from their first letter to the last, inside the toast. */
static gboolean
are_whole (Fixture *fixture)
{
  GtkWidget *words = find_words (fixture);
  GtkWidget *toast = gtk_widget_get_last_child (fixture->overlay);
  graphene_rect_t place, around;
  if (!words || !gtk_widget_compute_bounds (words, fixture->overlay, &place) ||
      !gtk_widget_compute_bounds (toast, fixture->overlay, &around))
    return FALSE;
  PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (words));
  int width, height;
  pango_layout_get_pixel_size (layout, &width, &height);
  graphene_rect_t window = GRAPHENE_RECT_INIT (0,
                                               0,
                                               gtk_widget_get_width (fixture->overlay),
                                               gtk_widget_get_height (fixture->overlay));
  return !pango_layout_is_ellipsized (layout) && width <= gtk_widget_get_width (words) &&
         height <= gtk_widget_get_height (words) && graphene_rect_contains_rect (&around, &place) &&
         graphene_rect_contains_rect (&window, &around);
}

static gboolean
are_whole_on_lines (gpointer data)
{
  Fixture *fixture = data;
  if (!are_whole (fixture))
    return FALSE;
  PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (find_words (fixture)));
  return (pango_layout_get_line_count (layout) > 1) == (fixture->lines > 1);
}

static void
wait_whole (Fixture *fixture, const char *text, int lines)
{
  fixture->text = text;
  fixture->lines = lines;
  sc_test_wait_until (are_whole_on_lines, fixture);
}

static gboolean
is_gone (gpointer data)
{
  return !find_words (data);
}

static void
dismiss (Fixture *fixture)
{
  GtkWidget *toast = gtk_widget_get_last_child (fixture->overlay);
  g_signal_emit_by_name (gtk_widget_get_last_child (toast), "clicked");
  sc_test_wait_until (is_gone, fixture);
}

static void
test_short (Fixture *fixture, gconstpointer data)
{
  sc_toast_show (fixture->overlay, make_toast (SHORT));
  wait_whole (fixture, SHORT, 1);
  dismiss (fixture);
}

/* The overlay tells those who do not see it of a toast by its title: it has to be there still. */
static void
test_long (Fixture *fixture, gconstpointer data)
{
  AdwToast *toast = make_toast (LONG);
  g_autoptr (AdwToast) held = g_object_ref (toast);
  sc_toast_show (fixture->overlay, toast);
  wait_whole (fixture, LONG, GPOINTER_TO_INT (data) == NARROW ? 2 : 1);
  g_assert_cmpstr (adw_toast_get_title (toast), ==, LONG);
  g_assert_null (adw_toast_get_custom_title (toast));
  sct_check_large (fixture->window);
  dismiss (fixture);
}

/* A size that comes back from the display late takes the place of the one that was asked for. */
static void
resize (Fixture *fixture, int width)
{
  const int between = (NARROW + WIDE) / 2;
  do {
    gtk_window_set_default_size (GTK_WINDOW (fixture->window), width, 720);
    sct_wait_frames (fixture->window, 1);
  } while ((gtk_widget_get_width (fixture->window) > between) != (width > between));
}

/* With a button there is less room; and a window becomes wider and narrower while a toast is
 * there. */
static void
test_button (Fixture *fixture, gconstpointer data)
{
  AdwToast *toast = make_toast (LONG);
  adw_toast_set_button_label (toast, "Details");
  sc_toast_show (fixture->overlay, toast);
  wait_whole (fixture, LONG, 2);
  g_assert_nonnull (sct_find (fixture->overlay, GTK_TYPE_LABEL, "Details"));
  resize (fixture, WIDE);
  wait_whole (fixture, LONG, 1);
  resize (fixture, NARROW);
  wait_whole (fixture, LONG, 2);
  sct_take_pictures (fixture->window, "toast-long");
  dismiss (fixture);
}

/* What is said in place of something else is whole, too. */
static void
test_replaced (Fixture *fixture, gconstpointer data)
{
  sc_toast_show (fixture->overlay, make_toast (SHORT));
  wait_whole (fixture, SHORT, 1);
  sct_take_pictures (fixture->window, "toast-short");
  sc_toast_show (fixture->overlay, make_toast (LONG));
  wait_whole (fixture, LONG, GPOINTER_TO_INT (data) == NARROW ? 2 : 1);
}

#define ADD(path, width, test)                                                                     \
  g_test_add (path, Fixture, GINT_TO_POINTER (width), set_up, test, tear_down)

int
main (int argc, char **argv)
{
  sct_window_init (&argc, &argv);
  ADD ("/toasts/short", NARROW, test_short);
  ADD ("/toasts/long/narrow", NARROW, test_long);
  ADD ("/toasts/long/wide", WIDE, test_long);
  ADD ("/toasts/button", NARROW, test_button);
  ADD ("/toasts/replaced", WIDE, test_replaced);
  return g_test_run ();
}
