/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Categories as buttons under a heading, each with how much there is of it: those that it is given,
 * or those that are streamed now, for which it asks the server while it is on screen. It shows
 * nothing at all where there are none, and where a server of before has no such list. Its page has
 * the action that opens one. */

#include "config.h"

#include "sc-category-box.h"

#include "sc-category.h"
#include "sc-list-follow.h"
#include "sc-list-page.h"
#include "sc-refresh.h"

#include <glib/gi18n.h>

/* What is streamed changes slowly, and nobody waits for it. */
#define REFRESH_MS 15000

/* Three rows on a narrow window: the channels are what a page is for. */
#define WATCHED_MAX 12

struct _ScCategoryBox {
  AdwBin parent_instance;

  ScClient *client; /* or NULL where it is given what it shows */
  GListModel *categories;
  DexFuture *refreshing;
  GtkWidget *content;
  AdwWrapBox *buttons;
};

G_DEFINE_FINAL_TYPE (ScCategoryBox, sc_category_box, ADW_TYPE_BIN)

static char *
name_live (ScCategory *category)
{
  gint64 n_live = sc_category_get_n_live (category);
  return g_strdup_printf (ngettext ("%d live channel", "%d live channels", (gulong) n_live),
                          (int) n_live);
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_button (ScCategory *category)
{
  const char *name = sc_category_get_name (category);
  g_autofree char *live = name_live (category);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_box_append (GTK_BOX (box), make_label (name, "heading"));
  gtk_box_append (GTK_BOX (box), make_label (live, "caption"));
  GtkWidget *button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "card");
  gtk_widget_add_css_class (button, "category-card");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "page.open-category");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", name);
  return button;
}

/* Returns whether @button is that of @category, and says how many are live there. */
static gboolean
keep_button (GtkWidget *button, ScCategory *category)
{
  GVariant *name = gtk_actionable_get_action_target_value (GTK_ACTIONABLE (button));
  if (!g_str_equal (g_variant_get_string (name, NULL), sc_category_get_name (category)))
    return FALSE;
  g_autofree char *live = name_live (category);
  GtkWidget *box = gtk_button_get_child (GTK_BUTTON (button));
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (box)), live);
  return TRUE;
}

/* Where the order is the same, whoever is about to press a button finds it where it was. */
static void
on_changed (ScCategoryBox *self)
{
  guint n_categories = g_list_model_get_n_items (self->categories);
  GtkWidget *at = gtk_widget_get_first_child (GTK_WIDGET (self->buttons));
  for (guint i = 0; i < n_categories; i++) {
    g_autoptr (ScCategory) category = g_list_model_get_item (self->categories, i);
    while (at && !keep_button (at, category)) {
      GtkWidget *other = at;
      at = gtk_widget_get_next_sibling (at);
      adw_wrap_box_remove (self->buttons, other);
    }
    if (at)
      at = gtk_widget_get_next_sibling (at);
    else
      adw_wrap_box_append (self->buttons, make_button (category));
  }
  while (at) {
    GtkWidget *other = at;
    at = gtk_widget_get_next_sibling (at);
    adw_wrap_box_remove (self->buttons, other);
  }
  gtk_widget_set_visible (self->content, n_categories > 0);
}

static gboolean
is_same (gconstpointer shown, gconstpointer newer)
{
  ScCategory *a = (ScCategory *) shown, *b = (ScCategory *) newer;
  return g_str_equal (sc_category_get_name (a), sc_category_get_name (b)) &&
         sc_category_get_n_live (a) == sc_category_get_n_live (b);
}

/* What is there stays when the server is out of reach, which the page says then. */
static void
take_answer (gpointer owner, const ScListPage *page, GError *error)
{
  ScCategoryBox *self = owner;
  g_clear_error (&error);
  if (!page)
    return;
  GListModel *newer = G_LIST_MODEL (page->items);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < MIN (g_list_model_get_n_items (newer), WATCHED_MAX); i++)
    g_ptr_array_add (items, g_list_model_get_item (newer, i));
  sc_list_follow (G_LIST_STORE (self->categories), items, is_same);
}

static DexFuture *
ask (ScClient *client, const char *name)
{
  return sc_client_list_categories (client, NULL);
}

static const ScRefresh refresh = {
  .interval_ms = REFRESH_MS,
  .ask = ask,
  .take_page = take_answer,
};

static void
sc_category_box_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sc_category_box_parent_class)->map (widget);
  sc_category_box_reload (SC_CATEGORY_BOX (widget));
}

static void
sc_category_box_unmap (GtkWidget *widget)
{
  dex_clear (&SC_CATEGORY_BOX (widget)->refreshing);
  GTK_WIDGET_CLASS (sc_category_box_parent_class)->unmap (widget);
}

static void
sc_category_box_dispose (GObject *object)
{
  ScCategoryBox *self = SC_CATEGORY_BOX (object);

  dex_clear (&self->refreshing);
  adw_bin_set_child (ADW_BIN (self), NULL); /* else AdwBin unparents what the template freed */
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_CATEGORY_BOX);
  g_clear_object (&self->categories);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (sc_category_box_parent_class)->dispose (object);
}

static void
sc_category_box_class_init (ScCategoryBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sc_category_box_dispose;
  widget_class->map = sc_category_box_map;
  widget_class->unmap = sc_category_box_unmap;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/category-box.ui");
  gtk_widget_class_bind_template_child (widget_class, ScCategoryBox, content);
  gtk_widget_class_bind_template_child (widget_class, ScCategoryBox, buttons);
}

static void
sc_category_box_init (ScCategoryBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sc_category_box_set_categories:
 * @self: a box that shows nothing yet
 * @categories: the #ScCategory that it shows
 *
 * Says what it shows.
 */
void
sc_category_box_set_categories (ScCategoryBox *self, GListModel *categories)
{
  self->categories = g_object_ref (categories);
  g_signal_connect_object (categories,
                           "items-changed",
                           G_CALLBACK (on_changed),
                           self,
                           G_CONNECT_SWAPPED);
  on_changed (self);
}

/**
 * sc_category_box_watch:
 * @self: a box that shows nothing yet
 * @client: whom to ask
 *
 * Has it show what is streamed now.
 */
void
sc_category_box_watch (ScCategoryBox *self, ScClient *client)
{
  g_autoptr (GListStore) categories = g_list_store_new (SC_TYPE_CATEGORY);
  self->client = g_object_ref (client);
  sc_category_box_set_categories (self, G_LIST_MODEL (categories));
}

/**
 * sc_category_box_reload:
 * @self: a box
 *
 * Asks anew at once, where it is on screen and shows what is streamed now.
 */
void
sc_category_box_reload (ScCategoryBox *self)
{
  if (!self->client || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  dex_clear (&self->refreshing);
  self->refreshing = sc_refresh_start (&refresh, self, self->client, NULL);
}
