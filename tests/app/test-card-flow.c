/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Cards of a long list in a window that scrolls: which of them are there, where, and in what order;
 * and what becomes of them when the list changes. */

#include "config.h"

#include "sc-card-flow.h"
#include "sct-window.h"

#define MANY 10000
#define INSETS 18     /* above and below the cards, by the style */
#define CARDS_MAX 150 /* of a window of 1,000 by 600 pixels: 4 columns, and rows of 60 at least */

typedef struct {
  GtkWindow *window;
  GtkWidget *flow;
  GtkAdjustment *place;
  GtkStringList *names;
} Fixture;

static GtkWidget *
make_card (gpointer owner)
{
  GtkWidget *card = gtk_button_new_with_label ("");
  gtk_widget_set_size_request (card, 200, 60);
  return card;
}

static void
show_name (GtkWidget *card, gpointer name, gpointer owner)
{
  gtk_button_set_label (GTK_BUTTON (card), gtk_string_object_get_string (name));
}

static const ScCardKind of_names = { .make = make_card, .show = show_name };

static void
add_names (Fixture *self, guint n)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  for (guint i = 0; i < n; i++)
    g_strv_builder_take (names, g_strdup_printf ("name-%05u", i));
  g_auto (GStrv) all = g_strv_builder_end (names);
  gtk_string_list_splice (self->names, 0, 0, (const char *const *) all);
}

static void
set_up (Fixture *self, gconstpointer n_names)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *viewport = gtk_viewport_new (NULL, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->names = gtk_string_list_new (NULL);
  add_names (self, GPOINTER_TO_UINT (n_names));
  self->flow = g_object_new (SC_TYPE_CARD_FLOW, NULL);
  sc_card_flow_set_model (SC_CARD_FLOW (self->flow), G_LIST_MODEL (self->names), &of_names, NULL);
  gtk_box_append (GTK_BOX (box), gtk_label_new ("Above"));
  gtk_box_append (GTK_BOX (box), self->flow);
  gtk_box_append (GTK_BOX (box), gtk_label_new ("Below"));
  gtk_scrollable_set_vscroll_policy (GTK_SCROLLABLE (viewport), GTK_SCROLL_NATURAL);
  gtk_viewport_set_child (GTK_VIEWPORT (viewport), box);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), viewport);
  self->place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  self->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (self->window, 1000, 600);
  gtk_window_set_child (self->window, scrolled);
  gtk_window_present (self->window);
  sct_wait_frames (GTK_WIDGET (self->window), 2);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  gtk_window_destroy (self->window);
  g_assert_finalize_object (self->names);
}

static void
scroll_to (Fixture *self, double share)
{
  double end = gtk_adjustment_get_upper (self->place) - gtk_adjustment_get_page_size (self->place);
  gtk_adjustment_set_value (self->place, share * end);
  sct_wait_frames (GTK_WIDGET (self->window), 2);
}

static GtkWidget *
find (Fixture *self, const char *name)
{
  return sct_find (self->flow, GTK_TYPE_BUTTON, name);
}

static GtkWidget *
find_label (Fixture *self, const char *name)
{
  return sct_find (self->flow, GTK_TYPE_LABEL, name);
}

/* Cards on show follow each other as the names do; returns how many there are. */
static guint
count_in_order (Fixture *self)
{
  guint n = 0;
  const char *before = "";
  for (GtkWidget *card = gtk_widget_get_first_child (self->flow); card;
       card = gtk_widget_get_next_sibling (card)) {
    if (!gtk_widget_get_mapped (card))
      continue;
    const char *name = gtk_button_get_label (GTK_BUTTON (card));
    g_assert_cmpstr (before, <, name);
    before = name;
    n++;
  }
  return n;
}

static void
assert_in_sight (Fixture *self, const char *name)
{
  graphene_rect_t bounds;
  GtkWidget *label = find_label (self, name);
  g_assert_nonnull (label);
  g_assert_true (gtk_widget_compute_bounds (label, GTK_WIDGET (self->window), &bounds));
  g_assert_cmpfloat (bounds.origin.y, >=, 0);
  g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=, 600);
}

static void
test_only_what_is_in_sight (Fixture *self, gconstpointer unused)
{
  static const struct {
    double share;
    const char *name;
  } places[] = { { 0, "name-00000" }, { 0.5, "name-05000" }, { 1, "name-09999" } };
  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    scroll_to (self, places[i].share);
    assert_in_sight (self, places[i].name);
    g_assert_cmpuint (count_in_order (self), <, CARDS_MAX);
  }
  scroll_to (self, 0);
  assert_in_sight (self, "name-00000");
  g_assert_null (find_label (self, "name-05000"));
}

/* Whoever has the keyboard on a card still has it after the card was out of sight. */
static void
test_focus_stays (Fixture *self, gconstpointer unused)
{
  GtkWidget *card = gtk_widget_get_ancestor (find_label (self, "name-00001"), GTK_TYPE_BUTTON);
  gtk_widget_grab_focus (card);
  scroll_to (self, 1);
  g_assert_true (gtk_window_get_focus (self->window) == card);
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (card)), ==, "name-00001");

  gtk_string_list_remove (self->names, 0);
  sct_wait_frames (GTK_WIDGET (self->window), 2);
  scroll_to (self, 0);
  g_assert_null (find_label (self, "name-00000"));
  assert_in_sight (self, "name-00001");
  count_in_order (self);
}

static void
test_changes (Fixture *self, gconstpointer unused)
{
  GtkWidget *stays = find_label (self, "name-00002");
  gtk_string_list_splice (self->names, 0, 2, NULL);
  sct_wait_frames (GTK_WIDGET (self->window), 2);
  g_assert_true (find_label (self, "name-00002") == stays);
  g_assert_cmpuint (count_in_order (self), ==, 1);

  gtk_string_list_splice (self->names, 0, 1, NULL);
  sct_wait_frames (GTK_WIDGET (self->window), 2);
  g_assert_null (find (self, NULL));
  g_assert_cmpint (gtk_widget_get_height (self->flow), <, 60);

  add_names (self, MANY);
  sct_wait_frames (GTK_WIDGET (self->window), 2);
  assert_in_sight (self, "name-00000");
  scroll_to (self, 1);
  assert_in_sight (self, "name-09999");
}

static void
test_columns (Fixture *self, gconstpointer unused)
{
  static const struct {
    int width;
    int columns;
  } cases[] = { { 230, 1 }, { 450, 2 }, { 1000, 4 }, { 2000, 6 } };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    int height, row;
    gtk_widget_measure (self->flow,
                        GTK_ORIENTATION_VERTICAL,
                        cases[i].width,
                        &height,
                        NULL,
                        NULL,
                        NULL);
    gtk_widget_measure (self->flow, GTK_ORIENTATION_VERTICAL, 100000, NULL, &row, NULL, NULL);
    int n_rows = (MANY + cases[i].columns - 1) / cases[i].columns;
    int of_six = (MANY + 5) / 6;
    g_assert_cmpint ((height - INSETS + 12) / n_rows, ==, (row - INSETS + 12) / of_six);
  }
}

/* Who has text smaller again has lower cards again. */
static void
test_font (Fixture *self, gconstpointer unused)
{
  gtk_widget_set_margin_end (self->flow, 580); /* one column, whatever the font */
  sct_wait_frames (GTK_WIDGET (self->window), 2);
  int height = gtk_widget_get_height (self->flow);
  sct_set_font (400);
  sct_wait_frames (GTK_WIDGET (self->window), 2);
  g_assert_cmpint (gtk_widget_get_height (self->flow), >, height);
  sct_set_font (100);
  sct_wait_frames (GTK_WIDGET (self->window), 2);
  g_assert_cmpint (gtk_widget_get_height (self->flow), ==, height);
}

int
main (int argc, char *argv[])
{
  gpointer many = GUINT_TO_POINTER (MANY), few = GUINT_TO_POINTER (3);
  sct_window_init (&argc, &argv);
#define ADD(path, n, test) g_test_add (path, Fixture, n, set_up, test, tear_down)
  ADD ("/card-flow/only-what-is-in-sight", many, test_only_what_is_in_sight);
  ADD ("/card-flow/focus-stays", many, test_focus_stays);
  ADD ("/card-flow/changes", few, test_changes);
  ADD ("/card-flow/columns", many, test_columns);
  ADD ("/card-flow/font", few, test_font);
  return g_test_run ();
}
