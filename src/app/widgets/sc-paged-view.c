/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A list that comes in pages, of rows that its owner makes: the next page comes at its end, by
 * scrolling or by a button. Says when there is nothing, and why something did not come. */

#include "config.h"

#include "sc-paged-view.h"

#include "sc-error-words.h"
#include "sc-load-view.h"

struct _ScPagedView {
  AdwBin parent_instance;

  ScPagedList *items;
  ScLoadView *load_view;
  GtkStack *stack;
  AdwStatusPage *empty_page;
  GtkListBox *list;
  GtkLabel *problem_label;
  GtkWidget *more_button;
  char *label;
};

typedef enum {
  PROP_EMPTY_TITLE = 1,
  PROP_EMPTY_DESCRIPTION,
  PROP_EMPTY_ICON,
  PROP_LABEL,
} ScPagedViewProperty;

static GParamSpec *properties[PROP_LABEL + 1];

G_DEFINE_FINAL_TYPE (ScPagedView, sc_paged_view, ADW_TYPE_BIN)

static void
update_view (ScPagedView *self)
{
  const GError *error = sc_paged_list_get_error (self->items);
  gboolean any = g_list_model_get_n_items (sc_paged_list_get_items (self->items)) > 0;
  gtk_widget_set_visible (self->more_button, sc_paged_list_get_has_more (self->items));
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), error != NULL);
  gtk_label_set_label (self->problem_label, error ? sc_error_words (error).body : "");
  gtk_stack_set_visible_child_name (self->stack, any ? "list" : "empty");
  if (sc_paged_list_get_loaded (self->items))
    sc_load_view_show_content (self->load_view);
  else if (error)
    sc_load_view_show_error (self->load_view, error);
  else
    sc_load_view_show_loading (self->load_view);
}

static void
reload (ScPagedView *self)
{
  sc_load_view_show_loading (self->load_view);
  sc_paged_list_reload (self->items);
}

static void
on_edge_reached (ScPagedView *self, GtkPositionType edge)
{
  if (edge == GTK_POS_BOTTOM)
    sc_paged_list_load_more (self->items);
}

static void
on_more_clicked (ScPagedView *self)
{
  sc_paged_list_load_more (self->items);
}

static void
sc_paged_view_dispose (GObject *object)
{
  ScPagedView *self = SC_PAGED_VIEW (object);

  if (self->list)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  adw_bin_set_child (ADW_BIN (self), NULL); /* else AdwBin unparents what the template freed */
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_PAGED_VIEW);
  g_clear_object (&self->items);
  g_clear_pointer (&self->label, g_free);

  G_OBJECT_CLASS (sc_paged_view_parent_class)->dispose (object);
}

static void
sc_paged_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScPagedView *self = SC_PAGED_VIEW (object);

  switch ((ScPagedViewProperty) id) {
  case PROP_EMPTY_TITLE:
    g_value_set_string (value, adw_status_page_get_title (self->empty_page));
    break;
  case PROP_EMPTY_DESCRIPTION:
    g_value_set_string (value, adw_status_page_get_description (self->empty_page));
    break;
  case PROP_EMPTY_ICON:
    g_value_set_string (value, adw_status_page_get_icon_name (self->empty_page));
    break;
  case PROP_LABEL:
    g_value_set_string (value, self->label);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_paged_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScPagedView *self = SC_PAGED_VIEW (object);

  switch ((ScPagedViewProperty) id) {
  case PROP_EMPTY_TITLE:
    adw_status_page_set_title (self->empty_page, g_value_get_string (value));
    break;
  case PROP_EMPTY_DESCRIPTION:
    adw_status_page_set_description (self->empty_page, g_value_get_string (value));
    break;
  case PROP_EMPTY_ICON:
    adw_status_page_set_icon_name (self->empty_page, g_value_get_string (value));
    break;
  case PROP_LABEL:
    g_set_str (&self->label, g_value_get_string (value));
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    self->label ? self->label : "",
                                    -1);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_paged_view_class_init (ScPagedViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  g_type_ensure (SC_TYPE_LOAD_VIEW);

  object_class->dispose = sc_paged_view_dispose;
  object_class->get_property = sc_paged_view_get_property;
  object_class->set_property = sc_paged_view_set_property;

  properties[PROP_EMPTY_TITLE] = g_param_spec_string ("empty-title", NULL, NULL, "", flags);
  properties[PROP_EMPTY_DESCRIPTION] =
    g_param_spec_string ("empty-description", NULL, NULL, NULL, flags);
  properties[PROP_EMPTY_ICON] = g_param_spec_string ("empty-icon", NULL, NULL, NULL, flags);
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/paged-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ScPagedView, load_view);
  gtk_widget_class_bind_template_child (widget_class, ScPagedView, stack);
  gtk_widget_class_bind_template_child (widget_class, ScPagedView, empty_page);
  gtk_widget_class_bind_template_child (widget_class, ScPagedView, list);
  gtk_widget_class_bind_template_child (widget_class, ScPagedView, problem_label);
  gtk_widget_class_bind_template_child (widget_class, ScPagedView, more_button);
  gtk_widget_class_bind_template_callback (widget_class, reload);
  gtk_widget_class_bind_template_callback (widget_class, on_edge_reached);
  gtk_widget_class_bind_template_callback (widget_class, on_more_clicked);
}

static void
sc_paged_view_init (ScPagedView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sc_paged_view_set_list:
 * @self: a view that has no list yet
 * @list: what it shows; it is asked for now
 * @make_row: makes a row for an item
 * @user_data: for @make_row; lives longer than the view
 *
 * Says what it shows.
 */
void
sc_paged_view_set_list (ScPagedView *self,
                        ScPagedList *list,
                        GtkListBoxCreateWidgetFunc make_row,
                        gpointer user_data)
{
  self->items = g_object_ref (list);
  gtk_list_box_bind_model (self->list, sc_paged_list_get_items (list), make_row, user_data, NULL);
  g_signal_connect_object (list, "changed", G_CALLBACK (update_view), self, G_CONNECT_SWAPPED);
  reload (self);
}
