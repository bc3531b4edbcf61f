/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The part of a list that is on show: it follows the end, or is held and nothing moves it. */

#include "config.h"

#include "sc-list-span.h"

#include <gtk/gtk.h>

typedef struct {
  GtkStringList *base;
  ScListSpan *span;
  guint n_changes;
} Fixture;

static void
on_changed (GListModel *span, guint position, guint n_removed, guint n_added, Fixture *fixture)
{
  fixture->n_changes++;
  g_assert_cmpuint (position + n_added, <=, g_list_model_get_n_items (span));
}

static void
add_lines (Fixture *fixture, guint n)
{
  for (guint i = 0; i < n; i++) {
    guint length = g_list_model_get_n_items (G_LIST_MODEL (fixture->base));
    g_autofree char *text = g_strdup_printf ("%u", length);
    gtk_string_list_append (fixture->base, text);
  }
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->base = gtk_string_list_new (NULL);
  fixture->span = sc_list_span_new (3);
  add_lines (fixture, 10);
  sc_list_span_set_base (fixture->span, G_LIST_MODEL (fixture->base));
  g_signal_connect (fixture->span, "items-changed", G_CALLBACK (on_changed), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->span);
  g_assert_finalize_object (fixture->base);
}

static void
assert_shows (Fixture *fixture, const char *wanted)
{
  g_autoptr (GString) shown = g_string_new (NULL);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->span)); i++) {
    g_autoptr (GtkStringObject) item = g_list_model_get_item (G_LIST_MODEL (fixture->span), i);
    g_string_append_printf (shown, "%s ", gtk_string_object_get_string (item));
  }
  g_assert_cmpstr (shown->str, ==, wanted);
}

static void
test_follows (Fixture *fixture, gconstpointer data)
{
  assert_shows (fixture, "7 8 9 ");
  add_lines (fixture, 2);
  assert_shows (fixture, "9 10 11 ");
  g_assert_cmpuint (fixture->n_changes, ==, 2);
  gtk_string_list_splice (fixture->base, 0, 11, NULL);
  assert_shows (fixture, "11 ");
  g_assert_true (sc_list_span_get_following (fixture->span));
}

static void
test_is_held (Fixture *fixture, gconstpointer data)
{
  const char *const older[] = { "x", "y", NULL };
  sc_list_span_hold (fixture->span);
  add_lines (fixture, 4);
  gtk_string_list_splice (fixture->base, 0, 5, NULL); /* the oldest go */
  gtk_string_list_splice (fixture->base, 0, 0, older);
  assert_shows (fixture, "7 8 9 ");
  g_assert_cmpuint (fixture->n_changes, ==, 0);
  g_assert_cmpuint (sc_list_span_count_after (fixture->span), ==, 4);

  gtk_string_list_splice (fixture->base, 5, 1, NULL); /* the 8 */
  assert_shows (fixture, "7 9 ");
  gtk_string_list_splice (fixture->base, 0, 5, NULL); /* down to the 7 */
  assert_shows (fixture, "9 ");
  sc_list_span_follow (fixture->span);
  assert_shows (fixture, "11 12 13 ");
}

static void
test_shows_more (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (sc_list_span_show_before (fixture->span, 2), ==, 0);
  sc_list_span_hold (fixture->span);
  add_lines (fixture, 2);
  g_assert_cmpuint (sc_list_span_show_before (fixture->span, 2), ==, 2);
  assert_shows (fixture, "5 6 7 8 9 ");
  g_assert_cmpuint (sc_list_span_show_after (fixture->span, 5), ==, 2);
  assert_shows (fixture, "5 6 7 8 9 10 11 ");
  g_assert_cmpuint (sc_list_span_show_before (fixture->span, 9), ==, 5);
  g_assert_cmpuint (sc_list_span_show_before (fixture->span, 9), ==, 0);
}

static void
test_other_list (Fixture *fixture, gconstpointer data)
{
  sc_list_span_hold (fixture->span);
  sc_list_span_set_base (fixture->span, NULL);
  assert_shows (fixture, "");
  sc_list_span_set_base (fixture->span, G_LIST_MODEL (fixture->base));
  assert_shows (fixture, "7 8 9 ");
}

#define add(name, test) g_test_add ("/list-span/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("follows", test_follows);
  add ("is-held", test_is_held);
  add ("shows-more", test_shows_more);
  add ("other-list", test_other_list);
  return g_test_run ();
}
