/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What one was told of channels going live, the newest first. What was not looked at has a dot,
 * until its channel is opened or the page is left. */

#include "config.h"

#include "sc-news-page.h"

#include "sc-person-page.h"
#include "sc-time-words.h"

#include <glib/gi18n.h>

struct _ScNewsPage {
  AdwNavigationPage parent_instance;

  ScLiveNews *news;
  GtkStack *stack;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (ScNewsPage, sc_news_page, ADW_TYPE_NAVIGATION_PAGE)

static void
update (ScNewsPage *self)
{
  gboolean any = g_list_model_get_n_items (sc_live_news_get_items (self->news)) > 0;
  gtk_stack_set_visible_child_name (self->stack, any ? "list" : "empty");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.clear", any);
}

static void
on_row_activated (ScNewsPage *self, GtkListBoxRow *row)
{
  GListModel *items = sc_live_news_get_items (self->news);
  g_autoptr (ScNewsItem) item =
    g_list_model_get_item (items, (guint) gtk_list_box_row_get_index (row));
  sc_live_news_read (self->news, sc_news_item_get_channel (item));
  gtk_widget_activate_action (GTK_WIDGET (self),
                              "win.open-channel",
                              "s",
                              sc_news_item_get_channel (item));
}

static GtkWidget *
make_dot (ScNewsItem *item)
{
  GtkWidget *dot = gtk_image_new_from_icon_name ("media-record-symbolic");
  gtk_image_set_pixel_size (GTK_IMAGE (dot), 10);
  gtk_widget_add_css_class (dot, "accent");
  gtk_widget_set_tooltip_text (dot, _ ("New"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (dot),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("New"),
                                  -1);
  g_object_bind_property (item, "unread", dot, "visible", G_BINDING_SYNC_CREATE);
  return dot;
}

static GtkWidget *
make_row (gpointer data, gpointer user_data)
{
  ScNewsItem *item = data;
  const char *title = sc_news_item_get_title (item);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *when = sc_news_words (sc_news_item_get_at (item), zone);
  g_autofree char *words =
    title && *title ? g_strdup_printf ("%s\n%s", title, when) : g_strdup (when);
  GtkWidget *row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), sc_news_item_get_channel (item));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_dot (item));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  return row;
}

static void
clear (GtkWidget *widget, const char *action, GVariant *parameter)
{
  sc_live_news_clear (SC_NEWS_PAGE (widget)->news);
}

static void
sc_news_page_hidden (AdwNavigationPage *page)
{
  ScNewsPage *self = SC_NEWS_PAGE (page);
  if (self->news)
    sc_live_news_read (self->news, NULL);
}

static void
sc_news_page_dispose (GObject *object)
{
  ScNewsPage *self = SC_NEWS_PAGE (object);

  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), NULL);
  g_clear_object (&self->news);

  G_OBJECT_CLASS (sc_news_page_parent_class)->dispose (object);
}

static void
sc_news_page_class_init (ScNewsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sc_news_page_dispose;
  ADW_NAVIGATION_PAGE_CLASS (klass)->hidden = sc_news_page_hidden;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "page.clear", NULL, clear);
}

static void
sc_news_page_init (ScNewsPage *self)
{
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), _ ("Notifications"));
}

static GtkWidget *
make_list (ScNewsPage *self)
{
  GtkWidget *list = gtk_list_box_new ();
  self->list = GTK_LIST_BOX (list);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Channels that went live"),
                                  -1);
  g_signal_connect_object (list,
                           "row-activated",
                           G_CALLBACK (on_row_activated),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_bind_model (self->list, sc_live_news_get_items (self->news), make_row, self, NULL);

  GtkWidget *clamp = adw_clamp_new ();
  gtk_widget_set_margin_top (clamp, 12);
  gtk_widget_set_margin_bottom (clamp, 24);
  gtk_widget_set_margin_start (clamp, 12);
  gtk_widget_set_margin_end (clamp, 12);
  adw_clamp_set_child (ADW_CLAMP (clamp), list);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  return scrolled;
}

static GtkWidget *
make_empty (void)
{
  GtkWidget *empty = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (empty),
                                 "preferences-system-notifications-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (empty), _ ("No Notifications"));
  adw_status_page_set_description (ADW_STATUS_PAGE (empty),
                                   _ ("You are told here when channels that you follow go live."));
  return empty;
}

static GtkWidget *
make_bar (void)
{
  GtkWidget *bar = adw_header_bar_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Clear All"));
  gtk_button_set_can_shrink (GTK_BUTTON (button), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "page.clear");
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), button);
  return bar;
}

/**
 * sc_news_page_new:
 * @news: what somebody was told
 * @session: who is signed in
 *
 * Returns: (transfer floating): a page of it
 */
ScNewsPage *
sc_news_page_new (ScLiveNews *news, ScSession *session)
{
  ScNewsPage *self = g_object_new (SC_TYPE_NEWS_PAGE, NULL);
  self->news = g_object_ref (news);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, make_list (self), "list");
  gtk_stack_add_named (self->stack, make_empty (), "empty");
  GtkWidget *view = adw_toolbar_view_new ();
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), make_bar ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (self->stack));
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), view);
  g_signal_connect_object (sc_live_news_get_items (news),
                           "items-changed",
                           G_CALLBACK (update),
                           self,
                           G_CONNECT_SWAPPED);
  sc_person_page_follow (ADW_NAVIGATION_PAGE (self), session);
  update (self);
  return self;
}
