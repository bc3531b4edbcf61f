/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The first page: who is live, what can be watched of those who were, and the way to everything
 * else. It asks the server while it is on screen. */

#include "config.h"

#include "sc-home-page.h"

#include "sc-category-box.h"
#include "sc-category-page.h"
#include "sc-channel-grid.h"
#include "sc-channel.h"
#include "sc-error-words.h"
#include "sc-following-section.h"
#include "sc-home-view.h"
#include "sc-live-list.h"
#include "sc-load-view.h"
#include "sc-menu.h"
#include "sc-recordings-section.h"
#include "sc-search-view.h"

#include <glib/gi18n.h>

struct _ScHomePage {
  AdwNavigationPage parent_instance;

  ScSession *session;
  ScPictures *pictures;
  ScLiveList *list;
  GtkMenuButton *menu_button;
  ScLoadView *load_view;
  GtkStack *content;
  GtkSearchBar *search_bar;
  GtkSearchEntry *search_entry;
  ScSearchView *search_view;
  GtkStack *stack;
  ScChannelGrid *grid;
  GtkWidget *more_button;
  AdwBanner *banner;
  ScFollowingSection *following;
  ScCategoryBox *categories;
  ScRecordingsSection *recordings;
};

typedef enum {
  PROP_SESSION = 1,
} ScHomePageProperty;

static GParamSpec *properties[PROP_SESSION + 1];

G_DEFINE_FINAL_TYPE (ScHomePage, sc_home_page, ADW_TYPE_NAVIGATION_PAGE)

static gboolean
is_signed_out (ScHomePage *self, guint state)
{
  return state == SC_SESSION_SIGNED_OUT;
}

static char *
empty_words (ScHomePage *self, gboolean signed_in)
{
  return g_strdup (signed_in
                     ? _ ("Your channel is the way to change that: it has what an encoder needs.")
                     : _ ("Create an account to go live yourself."));
}

static void
show_banner (ScHomePage *self)
{
  const GError *error = sc_live_list_get_error (self->list);
  gboolean stale = error && sc_live_list_get_loaded (self->list);
  if (stale)
    adw_banner_set_title (self->banner, sc_error_words (error).title);
  adw_banner_set_revealed (self->banner, stale);
}

static void
update_view (ScHomePage *self)
{
  const GError *error = sc_live_list_get_error (self->list);
  guint n_live = g_list_model_get_n_items (sc_live_list_get_channels (self->list));
  show_banner (self);
  gtk_widget_set_visible (self->more_button, sc_live_list_get_has_more (self->list));

  switch (sc_home_view_choose (sc_live_list_get_loaded (self->list), error != NULL, n_live)) {
  case SC_HOME_VIEW_LOADING:
    sc_load_view_show_loading (self->load_view);
    break;
  case SC_HOME_VIEW_ERROR:
    sc_load_view_show_error (self->load_view, error);
    break;
  case SC_HOME_VIEW_EMPTY:
    gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
    gtk_stack_set_visible_child_name (self->stack, "empty");
    sc_load_view_show_content (self->load_view);
    break;
  case SC_HOME_VIEW_LIVE:
    gtk_widget_set_vexpand (GTK_WIDGET (self->stack), FALSE);
    gtk_stack_set_visible_child_name (self->stack, "live");
    sc_load_view_show_content (self->load_view);
    break;
  default:
    g_assert_not_reached ();
  }
}

static void
on_retry (ScHomePage *self)
{
  if (!sc_live_list_get_loaded (self->list))
    sc_load_view_show_loading (self->load_view);
  sc_live_list_start (self->list);
  sc_following_section_reload (self->following);
  sc_category_box_reload (self->categories);
  sc_recording_list_start (sc_recordings_section_get_list (self->recordings));
}

static void
reload (GtkWidget *widget, const char *action, GVariant *parameter)
{
  on_retry (SC_HOME_PAGE (widget));
}

static void
search (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScHomePage *self = SC_HOME_PAGE (widget);
  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
on_search_active (ScHomePage *self)
{
  gboolean active = sc_search_view_get_active (self->search_view);
  gtk_stack_set_visible_child_name (self->content, active ? "search" : "home");
}

static void
push_category (ScHomePage *self, const char *category)
{
  GtkWidget *navigation = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);
  ScCategoryPage *page = sc_category_page_new (self->session, category);
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (navigation), ADW_NAVIGATION_PAGE (page));
}

static void
open_category (GtkWidget *widget, const char *action, GVariant *parameter)
{
  push_category (SC_HOME_PAGE (widget), g_variant_get_string (parameter, NULL));
}

/* All who are live, page by page: Home has the first page, and asks for that again and again. */
static void
open_live (GtkWidget *widget, const char *action, GVariant *parameter)
{
  push_category (SC_HOME_PAGE (widget), NULL);
}

static void
on_follows_changed (GtkWidget *widget, const char *action, GVariant *parameter)
{
  sc_following_section_reload (SC_HOME_PAGE (widget)->following);
}

static void
show_list (ScHomePage *self)
{
  sc_channel_grid_set_session (self->grid, self->session);
  sc_channel_grid_set_channels (self->grid, sc_live_list_get_channels (self->list), self->pictures);
  g_object_bind_property (self->list, "now", self->grid, "now", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->list, "notify", G_CALLBACK (update_view), self, G_CONNECT_SWAPPED);
  update_view (self);
}

static void
watch_search (ScHomePage *self)
{
  ScClient *client = sc_session_get_client (self->session);
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  sc_search_view_watch (self->search_view, self->session, self->pictures, self->search_entry);
  g_signal_connect_object (self->search_view,
                           "notify::active",
                           G_CALLBACK (on_search_active),
                           self,
                           G_CONNECT_SWAPPED);
  sc_category_box_watch (self->categories, client);
}

static void
sc_home_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sc_home_page_parent_class)->map (widget);
  sc_live_list_start (SC_HOME_PAGE (widget)->list);
}

static void
sc_home_page_unmap (GtkWidget *widget)
{
  sc_live_list_stop (SC_HOME_PAGE (widget)->list);
  GTK_WIDGET_CLASS (sc_home_page_parent_class)->unmap (widget);
}

static void
sc_home_page_constructed (GObject *object)
{
  ScHomePage *self = SC_HOME_PAGE (object);

  G_OBJECT_CLASS (sc_home_page_parent_class)->constructed (object);
  self->pictures = sc_pictures_new (sc_client_get_http (sc_session_get_client (self->session)));
  self->list = sc_live_list_new (sc_session_get_client (self->session));
  sc_following_section_watch (self->following, self->session);
  sc_recordings_section_watch (self->recordings, sc_session_get_client (self->session), NULL);
  show_list (self);
  watch_search (self);
}

static void
sc_home_page_dispose (GObject *object)
{
  ScHomePage *self = SC_HOME_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_HOME_PAGE);
  g_clear_object (&self->list);
  g_clear_object (&self->pictures);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (sc_home_page_parent_class)->dispose (object);
}

static void
sc_home_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScHomePage *self = SC_HOME_PAGE (object);

  switch ((ScHomePageProperty) id) {
  case PROP_SESSION:
    g_value_set_object (value, self->session);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_home_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScHomePage *self = SC_HOME_PAGE (object);

  switch ((ScHomePageProperty) id) {
  case PROP_SESSION:
    self->session = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_home_page_class_init (ScHomePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SC_TYPE_CATEGORY_BOX);
  g_type_ensure (SC_TYPE_CHANNEL_GRID);
  g_type_ensure (SC_TYPE_FOLLOWING_SECTION);
  g_type_ensure (SC_TYPE_LOAD_VIEW);
  g_type_ensure (SC_TYPE_RECORDINGS_SECTION);
  g_type_ensure (SC_TYPE_SEARCH_VIEW);
  g_type_ensure (SC_TYPE_SESSION);

  object_class->constructed = sc_home_page_constructed;
  object_class->dispose = sc_home_page_dispose;
  object_class->get_property = sc_home_page_get_property;
  object_class->set_property = sc_home_page_set_property;
  widget_class->map = sc_home_page_map;
  widget_class->unmap = sc_home_page_unmap;
  gtk_widget_class_install_action (widget_class, "page.reload", NULL, reload);
  gtk_widget_class_add_binding_action (widget_class,
                                       GDK_KEY_r,
                                       GDK_CONTROL_MASK,
                                       "page.reload",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "page.reload", NULL);
  gtk_widget_class_install_action (widget_class, "page.follows-changed", NULL, on_follows_changed);
  gtk_widget_class_install_action (widget_class, "page.open-category", "s", open_category);
  gtk_widget_class_install_action (widget_class, "page.open-live", NULL, open_live);
  gtk_widget_class_install_action (widget_class, "page.search", NULL, search);
  gtk_widget_class_add_binding_action (widget_class,
                                       GDK_KEY_f,
                                       GDK_CONTROL_MASK,
                                       "page.search",
                                       NULL);

  properties[PROP_SESSION] =
    g_param_spec_object ("session",
                         NULL,
                         NULL,
                         SC_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/home-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ScHomePage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, ScHomePage, load_view);
  gtk_widget_class_bind_template_child (widget_class, ScHomePage, content);
  gtk_widget_class_bind_template_child (widget_class, ScHomePage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, ScHomePage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, ScHomePage, search_view);
  gtk_widget_class_bind_template_child (widget_class, ScHomePage, stack);
  gtk_widget_class_bind_template_child (widget_class, ScHomePage, grid);
  gtk_widget_class_bind_template_child (widget_class, ScHomePage, more_button);
  gtk_widget_class_bind_template_child (widget_class, ScHomePage, banner);
  gtk_widget_class_bind_template_child (widget_class, ScHomePage, following);
  gtk_widget_class_bind_template_child (widget_class, ScHomePage, categories);
  gtk_widget_class_bind_template_child (widget_class, ScHomePage, recordings);
  gtk_widget_class_bind_template_callback (widget_class, is_signed_out);
  gtk_widget_class_bind_template_callback (widget_class, empty_words);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
}

static void
sc_home_page_init (ScHomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sc_menu_mend (self->menu_button);
}

/**
 * sc_home_page_new:
 * @session: who is signed in
 *
 * Returns: (transfer floating): the first page
 */
ScHomePage *
sc_home_page_new (ScSession *session)
{
  return g_object_new (SC_TYPE_HOME_PAGE, "session", session, NULL);
}
