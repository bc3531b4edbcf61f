/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a search finds while somebody types: channels, what is live, categories. Return and the Down
 * key lead from the entry to the first of it. */

#include "config.h"

#include "sc-search-view.h"

#include "sc-category-box.h"
#include "sc-channel-grid.h"
#include "sc-load-view.h"
#include "sc-search.h"

#include <glib/gi18n.h>

struct _ScSearchView {
  AdwBin parent_instance;

  ScSearch *search;
  ScLoadView *load_view;
  GtkStack *stack;
  AdwStatusPage *empty_page;
  GtkAdjustment *adjustment;
  GtkWidget *results;
  ScChannelGrid *channels;
  ScChannelGrid *live;
  ScCategoryBox *categories;
  gboolean active;
};

typedef enum {
  PROP_ACTIVE = 1,
} ScSearchViewProperty;

static GParamSpec *properties[PROP_ACTIVE + 1];

G_DEFINE_FINAL_TYPE (ScSearchView, sc_search_view, ADW_TYPE_BIN)

static void
announce (ScSearchView *self, const char *words)
{
  gtk_accessible_announce (GTK_ACCESSIBLE (self),
                           words,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
show_found (ScSearchView *self)
{
  guint count = sc_search_count (self->search);
  g_autofree char *words =
    g_strdup_printf (ngettext ("%u result", "%u results", (gulong) count), count);
  gtk_stack_set_visible_child_name (self->stack, "results");
  sc_load_view_show_content (self->load_view);
  announce (self, words);
}

static void
show_nothing (ScSearchView *self)
{
  g_autofree char *escaped = g_markup_escape_text (sc_search_get_found_words (self->search), -1);
  /* Translators: %s is what somebody typed */
  g_autofree char *words =
    g_strdup_printf (_ ("No channel, live stream or category is like “%s”."), escaped);
  adw_status_page_set_description (self->empty_page, words);
  gtk_stack_set_visible_child_name (self->stack, "empty");
  sc_load_view_show_content (self->load_view);
  announce (self, _ ("No Results"));
}

static void
set_active (ScSearchView *self, gboolean active)
{
  if (self->active == active)
    return;
  self->active = active;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

static void
on_changed (ScSearchView *self)
{
  ScSearchState state = sc_search_get_state (self->search);
  switch (state) {
  case SC_SEARCH_IDLE:
    gtk_adjustment_set_value (self->adjustment, 0);
    break;
  case SC_SEARCH_LOADING:
    sc_load_view_show_loading (self->load_view);
    break;
  case SC_SEARCH_FOUND:
    show_found (self);
    break;
  case SC_SEARCH_NOTHING:
    show_nothing (self);
    break;
  case SC_SEARCH_FAILED:
    sc_load_view_show_error (self->load_view, sc_search_get_error (self->search));
    break;
  default:
    g_assert_not_reached ();
  }
  set_active (self, state != SC_SEARCH_IDLE);
}

static void
on_retry (ScSearchView *self)
{
  sc_search_retry (self->search);
}

static void
on_search_changed (ScSearchView *self, GtkEditable *entry)
{
  sc_search_set_words (self->search, gtk_editable_get_text (entry));
}

static gboolean
focus_results (ScSearchView *self)
{
  return self->active && gtk_widget_child_focus (self->results, GTK_DIR_TAB_FORWARD);
}

static gboolean
on_entry_key (ScSearchView *self, guint key, guint code, GdkModifierType modifiers)
{
  return (key == GDK_KEY_Down || key == GDK_KEY_KP_Down) && focus_results (self);
}

static void
sc_search_view_dispose (GObject *object)
{
  ScSearchView *self = SC_SEARCH_VIEW (object);

  adw_bin_set_child (ADW_BIN (self), NULL); /* else AdwBin unparents what the template freed */
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_SEARCH_VIEW);
  g_clear_object (&self->search);

  G_OBJECT_CLASS (sc_search_view_parent_class)->dispose (object);
}

static void
sc_search_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScSearchView *self = SC_SEARCH_VIEW (object);

  switch ((ScSearchViewProperty) id) {
  case PROP_ACTIVE:
    g_value_set_boolean (value, self->active);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_search_view_class_init (ScSearchViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  g_type_ensure (SC_TYPE_CATEGORY_BOX);
  g_type_ensure (SC_TYPE_CHANNEL_GRID);
  g_type_ensure (SC_TYPE_LOAD_VIEW);

  object_class->dispose = sc_search_view_dispose;
  object_class->get_property = sc_search_view_get_property;

  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/search-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ScSearchView, load_view);
  gtk_widget_class_bind_template_child (widget_class, ScSearchView, stack);
  gtk_widget_class_bind_template_child (widget_class, ScSearchView, empty_page);
  gtk_widget_class_bind_template_child (widget_class, ScSearchView, adjustment);
  gtk_widget_class_bind_template_child (widget_class, ScSearchView, results);
  gtk_widget_class_bind_template_child (widget_class, ScSearchView, channels);
  gtk_widget_class_bind_template_child (widget_class, ScSearchView, live);
  gtk_widget_class_bind_template_child (widget_class, ScSearchView, categories);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
}

static void
sc_search_view_init (ScSearchView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sc_search_view_watch:
 * @self: a view that shows nothing yet
 * @session: who asks, and whom
 * @pictures: what fetches the channels' pictures
 * @entry: where somebody types what to look for
 *
 * Says what it shows.
 */
void
sc_search_view_watch (ScSearchView *self,
                      ScSession *session,
                      ScPictures *pictures,
                      GtkSearchEntry *entry)
{
  self->search = sc_search_new (sc_session_get_client (session));
  sc_channel_grid_set_session (self->channels, session);
  sc_channel_grid_set_session (self->live, session);
  sc_channel_grid_set_channels (self->channels, sc_search_get_channels (self->search), pictures);
  sc_channel_grid_set_channels (self->live, sc_search_get_live (self->search), pictures);
  sc_category_box_set_categories (self->categories, sc_search_get_categories (self->search));
  g_signal_connect_object (self->search,
                           "changed",
                           G_CALLBACK (on_changed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (entry,
                           "search-changed",
                           G_CALLBACK (on_search_changed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "activate", G_CALLBACK (focus_results), self, G_CONNECT_SWAPPED);
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_entry_key), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (entry), keys);
}

/**
 * sc_search_view_get_active:
 * @self: a view
 *
 * Returns: whether there is something to look for
 */
gboolean
sc_search_view_get_active (ScSearchView *self)
{
  return self->active;
}
