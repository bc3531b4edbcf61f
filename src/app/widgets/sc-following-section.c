/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Some of the channels that one follows, those that are live first, and the way to all of them. It
 * asks the server while it is on screen and somebody is signed in; who follows nobody sees nothing
 * of it. */

#include "config.h"

#include "sc-following-section.h"

#include "sc-channel-grid.h"
#include "sc-client-error.h"
#include "sc-error-words.h"
#include "sc-following-page.h"
#include "sc-live-list.h"

/* Two rows on a window of usual width: what comes below is still in sight. */
#define SHOWN_MAX 8

struct _ScFollowingSection {
  AdwBin parent_instance;

  ScSession *session;
  ScPictures *pictures;
  ScLiveList *list; /* of who is signed in, if somebody is */
  ScChannelGrid *cards;
  GtkWidget *problem_box;
  GtkLabel *problem_label;
};

G_DEFINE_FINAL_TYPE (ScFollowingSection, sc_following_section, ADW_TYPE_BIN)

static guint
count_channels (ScFollowingSection *self)
{
  return self->list ? g_list_model_get_n_items (sc_live_list_get_channels (self->list)) : 0;
}

/* What is there stays when the server is out of reach, which the page says then. A server of before
 * has no such list. */
static void
update (ScFollowingSection *self)
{
  const GError *error = self->list ? sc_live_list_get_error (self->list) : NULL;
  gboolean any = count_channels (self) > 0;
  gboolean failed = error && !sc_live_list_get_loaded (self->list) &&
                    !g_error_matches (error, SC_CLIENT_ERROR, SC_CLIENT_ERROR_NOT_FOUND);
  if (failed)
    gtk_label_set_label (self->problem_label, sc_error_words (error).title);
  gtk_widget_set_visible (self->problem_box, failed);
  gtk_widget_set_visible (GTK_WIDGET (self), any || failed);
}

static void
on_all_clicked (ScFollowingSection *self)
{
  GtkWidget *navigation = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);
  if (navigation)
    adw_navigation_view_push (ADW_NAVIGATION_VIEW (navigation),
                              ADW_NAVIGATION_PAGE (sc_following_page_new (self->session)));
}

static void
on_retry (ScFollowingSection *self)
{
  sc_following_section_reload (self);
}

static void
show_list (ScFollowingSection *self)
{
  GListModel *channels = g_object_ref (sc_live_list_get_channels (self->list));
  g_autoptr (GListModel) first = G_LIST_MODEL (gtk_slice_list_model_new (channels, 0, SHOWN_MAX));
  sc_channel_grid_set_channels (self->cards, first, self->pictures);
  g_object_bind_property (self->list, "now", self->cards, "now", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->list, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

static void
drop_list (ScFollowingSection *self)
{
  if (!self->list)
    return;
  g_signal_handlers_disconnect_by_data (self->list, self);
  if (self->cards)
    sc_channel_grid_set_channels (self->cards, NULL, self->pictures);
  g_clear_object (&self->list);
}

/* Another person follows other channels. */
static void
on_person (ScFollowingSection *self)
{
  drop_list (self);
  if (sc_session_get_signed_in (self->session)) {
    self->list = sc_live_list_new_followed (sc_session_get_client (self->session));
    show_list (self);
  }
  update (self);
  sc_following_section_reload (self);
}

static void
on_page_mapped (ScFollowingSection *self)
{
  sc_following_section_reload (self);
}

static void
on_page_unmapped (ScFollowingSection *self)
{
  if (self->list)
    sc_live_list_stop (self->list);
}

static void
sc_following_section_dispose (GObject *object)
{
  ScFollowingSection *self = SC_FOLLOWING_SECTION (object);

  drop_list (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_FOLLOWING_SECTION);
  g_clear_object (&self->session);
  g_clear_object (&self->pictures);

  G_OBJECT_CLASS (sc_following_section_parent_class)->dispose (object);
}

static void
sc_following_section_class_init (ScFollowingSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SC_TYPE_CHANNEL_GRID);

  G_OBJECT_CLASS (klass)->dispose = sc_following_section_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class,
    "/io/github/streamcat/StreamCat/ui/following-section.ui");
  gtk_widget_class_bind_template_child (widget_class, ScFollowingSection, cards);
  gtk_widget_class_bind_template_child (widget_class, ScFollowingSection, problem_box);
  gtk_widget_class_bind_template_child (widget_class, ScFollowingSection, problem_label);
  gtk_widget_class_bind_template_callback (widget_class, on_all_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
}

static void
sc_following_section_init (ScFollowingSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sc_following_section_watch:
 * @self: a section that watches nothing yet, on a page
 * @session: who is signed in
 *
 * Says whose channels it shows. It asks while its page is on screen: it is not itself while there
 * is nothing to show.
 */
void
sc_following_section_watch (ScFollowingSection *self, ScSession *session)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_PAGE);
  self->session = g_object_ref (session);
  self->pictures = sc_pictures_new (sc_client_get_http (sc_session_get_client (session)));
  sc_channel_grid_set_session (self->cards, session);
  g_signal_connect_object (page, "map", G_CALLBACK (on_page_mapped), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "unmap", G_CALLBACK (on_page_unmapped), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session,
                           "notify::name",
                           G_CALLBACK (on_person),
                           self,
                           G_CONNECT_SWAPPED);
  on_person (self);
}

/**
 * sc_following_section_reload:
 * @self: a section
 *
 * Asks the server now, if its page is on screen.
 */
void
sc_following_section_reload (ScFollowingSection *self)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_PAGE);
  if (self->list && page && gtk_widget_get_mapped (page))
    sc_live_list_start (self->list);
}
