/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Who streams a category now, or anything, the newest first, page by page: the next comes at the
 * end, by scrolling or by a button. */

#include "config.h"

#include "sc-category-page.h"

#include "sc-channel-grid.h"
#include "sc-channel.h"
#include "sc-error-words.h"
#include "sc-load-view.h"
#include "sc-paged-list.h"

#include <glib/gi18n.h>

struct _ScCategoryPage {
  AdwNavigationPage parent_instance;

  ScClient *client;
  char *category; /* (nullable): all of them */
  ScPagedList *channels;
  ScLoadView *load_view;
  GtkStack *stack;
  AdwStatusPage *empty_page;
  ScChannelGrid *grid;
  GtkLabel *problem_label;
  GtkWidget *more_button;
  gboolean was_shown;
  gboolean has_gone_on; /* beyond the first page */
};

G_DEFINE_FINAL_TYPE (ScCategoryPage, sc_category_page, ADW_TYPE_NAVIGATION_PAGE)

static DexFuture *
ask_page (const char *before, gpointer user_data)
{
  ScCategoryPage *self = user_data;
  return sc_client_list_live_in (self->client, self->category, before);
}

static gboolean
is_same (gconstpointer a, gconstpointer b)
{
  return g_str_equal (sc_channel_get_name ((ScChannel *) a), sc_channel_get_name ((ScChannel *) b));
}

static void
update_channel (gpointer shown, gpointer newer)
{
  sc_channel_update (shown, newer);
}

static void
update (ScCategoryPage *self)
{
  const GError *error = sc_paged_list_get_error (self->channels);
  gboolean any = g_list_model_get_n_items (sc_paged_list_get_items (self->channels)) > 0;
  gtk_widget_set_visible (self->more_button, sc_paged_list_get_has_more (self->channels));
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), error != NULL);
  gtk_label_set_label (self->problem_label, error ? sc_error_words (error).body : "");
  gtk_stack_set_visible_child_name (self->stack, any ? "live" : "empty");
  g_object_set (self->grid, "now", g_get_real_time (), NULL);
  if (sc_paged_list_get_loaded (self->channels))
    sc_load_view_show_content (self->load_view);
  else if (error)
    sc_load_view_show_error (self->load_view, error);
}

static void
on_retry (ScCategoryPage *self)
{
  if (!sc_paged_list_get_loaded (self->channels))
    sc_load_view_show_loading (self->load_view);
  self->has_gone_on = FALSE;
  sc_paged_list_reload (self->channels);
}

static void
reload (GtkWidget *widget, const char *action, GVariant *parameter)
{
  on_retry (SC_CATEGORY_PAGE (widget));
}

static void
on_more_clicked (ScCategoryPage *self)
{
  self->has_gone_on = TRUE;
  sc_paged_list_load_more (self->channels);
}

static void
on_edge_reached (ScCategoryPage *self, GtkPositionType edge)
{
  if (edge == GTK_POS_BOTTOM && sc_paged_list_get_has_more (self->channels))
    on_more_clicked (self);
}

/* Who comes back from a stream sees who is live now; who had gone far stays there. */
static void
sc_category_page_map (GtkWidget *widget)
{
  ScCategoryPage *self = SC_CATEGORY_PAGE (widget);
  GTK_WIDGET_CLASS (sc_category_page_parent_class)->map (widget);
  if (self->was_shown && !self->has_gone_on)
    sc_paged_list_reload (self->channels);
  self->was_shown = TRUE;
}

static void
sc_category_page_dispose (GObject *object)
{
  ScCategoryPage *self = SC_CATEGORY_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_CATEGORY_PAGE);
  g_clear_object (&self->channels);
  g_clear_object (&self->client);
  g_clear_pointer (&self->category, g_free);

  G_OBJECT_CLASS (sc_category_page_parent_class)->dispose (object);
}

static void
sc_category_page_class_init (ScCategoryPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SC_TYPE_CHANNEL_GRID);
  g_type_ensure (SC_TYPE_LOAD_VIEW);

  G_OBJECT_CLASS (klass)->dispose = sc_category_page_dispose;
  widget_class->map = sc_category_page_map;
  gtk_widget_class_install_action (widget_class, "page.reload", NULL, reload);
  gtk_widget_class_add_binding_action (widget_class,
                                       GDK_KEY_r,
                                       GDK_CONTROL_MASK,
                                       "page.reload",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "page.reload", NULL);

  gtk_widget_class_set_template_from_resource (
    widget_class,
    "/io/github/streamcat/StreamCat/ui/category-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ScCategoryPage, load_view);
  gtk_widget_class_bind_template_child (widget_class, ScCategoryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ScCategoryPage, empty_page);
  gtk_widget_class_bind_template_child (widget_class, ScCategoryPage, grid);
  gtk_widget_class_bind_template_child (widget_class, ScCategoryPage, problem_label);
  gtk_widget_class_bind_template_child (widget_class, ScCategoryPage, more_button);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_edge_reached);
  gtk_widget_class_bind_template_callback (widget_class, on_more_clicked);
}

static void
sc_category_page_init (ScCategoryPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sc_category_page_new:
 * @session: who asks, and whom
 * @category: (nullable): a category; %NULL for all of them
 *
 * Returns: (transfer floating): a page of who streams it
 */
ScCategoryPage *
sc_category_page_new (ScSession *session, const char *category)
{
  ScClient *client = sc_session_get_client (session);
  ScCategoryPage *self =
    g_object_new (SC_TYPE_CATEGORY_PAGE, "title", category ?: _ ("Live"), NULL);
  self->client = g_object_ref (client);
  self->category = g_strdup (category);
  if (!category)
    adw_status_page_set_description (self->empty_page, NULL);
  self->channels = sc_paged_list_new (ask_page, self);
  sc_paged_list_set_keeping (self->channels, is_same, update_channel);
  g_autoptr (ScPictures) pictures = sc_pictures_new (sc_client_get_http (client));
  sc_channel_grid_set_session (self->grid, session);
  sc_channel_grid_set_channels (self->grid, sc_paged_list_get_items (self->channels), pictures);
  g_signal_connect_object (self->channels, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  on_retry (self);
  return self;
}
