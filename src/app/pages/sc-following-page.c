/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* All channels that one follows, page by page: those that are live first. Whoever comes back to it
 * finds it brought up to date, unless they have gone further down than the first page: they are not
 * thrown back. */

#include "config.h"

#include "sc-following-page.h"

#include "sc-followed-row.h"
#include "sc-list-page.h"
#include "sc-paged-view.h"
#include "sc-person-page.h"

#include <glib/gi18n.h>

#define PAGE_SIZE 50

struct _ScFollowingPage {
  AdwNavigationPage parent_instance;

  ScSession *session;
  ScPictures *pictures;
  ScPagedList *channels;
  gboolean was_shown;
};

G_DEFINE_FINAL_TYPE (ScFollowingPage, sc_following_page, ADW_TYPE_NAVIGATION_PAGE)

static DexFuture *
ask_page (const char *before, gpointer user_data)
{
  ScFollowingPage *self = user_data;
  return sc_client_list_followed (sc_session_get_client (self->session), before, PAGE_SIZE);
}

static gboolean
is_same (gconstpointer a, gconstpointer b)
{
  return g_str_equal (sc_channel_get_name ((ScChannel *) a), sc_channel_get_name ((ScChannel *) b));
}

static void
update (gpointer shown, gpointer newer)
{
  sc_channel_update (shown, newer);
}

static GtkWidget *
make_row (gpointer item, gpointer user_data)
{
  ScFollowingPage *self = user_data;
  return sc_followed_row_new (SC_CHANNEL (item), self->pictures, self->session);
}

static void
reload (GtkWidget *widget, const char *action, GVariant *parameter)
{
  sc_paged_list_reload (SC_FOLLOWING_PAGE (widget)->channels);
}

static void
reload_first (ScFollowingPage *self)
{
  if (g_list_model_get_n_items (sc_paged_list_get_items (self->channels)) <= PAGE_SIZE)
    sc_paged_list_reload (self->channels);
}

static void
on_follows_changed (GtkWidget *widget, const char *action, GVariant *parameter)
{
  reload_first (SC_FOLLOWING_PAGE (widget));
}

static void
sc_following_page_map (GtkWidget *widget)
{
  ScFollowingPage *self = SC_FOLLOWING_PAGE (widget);
  GTK_WIDGET_CLASS (sc_following_page_parent_class)->map (widget);
  if (self->was_shown)
    reload_first (self);
  self->was_shown = TRUE;
}

static void
sc_following_page_dispose (GObject *object)
{
  ScFollowingPage *self = SC_FOLLOWING_PAGE (object);

  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), NULL);
  g_clear_object (&self->channels);
  g_clear_object (&self->pictures);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (sc_following_page_parent_class)->dispose (object);
}

static void
sc_following_page_class_init (ScFollowingPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sc_following_page_dispose;
  widget_class->map = sc_following_page_map;
  gtk_widget_class_install_action (widget_class, "page.reload", NULL, reload);
  gtk_widget_class_install_action (widget_class, "page.follows-changed", NULL, on_follows_changed);
  gtk_widget_class_add_binding_action (widget_class,
                                       GDK_KEY_r,
                                       GDK_CONTROL_MASK,
                                       "page.reload",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "page.reload", NULL);
}

static void
sc_following_page_init (ScFollowingPage *self)
{
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), _ ("Following"));
}

/**
 * sc_following_page_new:
 * @session: who is signed in
 *
 * Returns: (transfer floating): a page of the channels that they follow
 */
ScFollowingPage *
sc_following_page_new (ScSession *session)
{
  ScFollowingPage *self = g_object_new (SC_TYPE_FOLLOWING_PAGE, NULL);
  self->session = g_object_ref (session);
  self->pictures = sc_pictures_new (sc_client_get_http (sc_session_get_client (session)));
  self->channels = sc_paged_list_new (ask_page, self);
  sc_paged_list_set_keeping (self->channels, is_same, update);
  sc_person_page_follow (ADW_NAVIGATION_PAGE (self), session);

  GtkWidget *list = g_object_new (SC_TYPE_PAGED_VIEW,
                                  "empty-title",
                                  _ ("You follow no channel yet."),
                                  "empty-description",
                                  _ ("“Follow” is on a channel’s page."),
                                  "empty-icon",
                                  "star-outline-symbolic",
                                  "label",
                                  _ ("Channels that you follow"),
                                  NULL);
  sc_paged_view_set_list (SC_PAGED_VIEW (list), self->channels, make_row, self);
  GtkWidget *view = adw_toolbar_view_new ();
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), list);
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), view);
  return self;
}
