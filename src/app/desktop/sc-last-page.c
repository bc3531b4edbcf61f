/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The page that was on show when the application was left, for its next start. Only a channel's
 * page is kept, as the link to it: what is private is not brought back to a screen that others may
 * see by then, and of the rest Home is as good a start. */

#include "config.h"

#include "sc-last-page.h"

#include "sc-channel-page.h"
#include "sc-link.h"

#define SETTING "last-page"

typedef struct {
  GSettings *settings;
  ScSession *session;
} ScLastPage;

static void
sc_last_page_free (gpointer data, GClosure *closure)
{
  ScLastPage *self = data;
  g_object_unref (self->settings);
  g_object_unref (self->session);
  g_free (self);
}

static char *
dup_link (ScLastPage *self, AdwNavigationPage *page)
{
  const char *server = sc_session_get_server (self->session);
  g_autofree char *name = NULL;
  if (!server || !SC_IS_CHANNEL_PAGE (page))
    return NULL;
  g_object_get (page, "name", &name, NULL);
  return sc_link_dup_for_channel (server, name);
}

/* A window that is closed lets go of its pages: that is nobody's wish to leave them. */
static void
on_visible_page (AdwNavigationView *navigation, GParamSpec *pspec, ScLastPage *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (navigation)))
    return;
  g_autofree char *link = dup_link (self, adw_navigation_view_get_visible_page (navigation));
  g_settings_set_string (self->settings, SETTING, link ? link : "");
}

/**
 * sc_last_page_follow:
 * @navigation: a window's pages
 * @settings: the settings of the application
 * @session: whose server it is
 *
 * Keeps in mind which page is on show, until @navigation is gone. Main thread only.
 */
void
sc_last_page_follow (AdwNavigationView *navigation, GSettings *settings, ScSession *session)
{
  ScLastPage *self = g_new0 (ScLastPage, 1);
  self->settings = g_object_ref (settings);
  self->session = g_object_ref (session);
  g_signal_connect_data (navigation,
                         "notify::visible-page",
                         G_CALLBACK (on_visible_page),
                         self,
                         sc_last_page_free,
                         0);
}

/**
 * sc_last_page_dup_channel:
 * @settings: the settings of the application
 * @session: whose server it is
 *
 * Main thread only.
 *
 * Returns: (transfer full) (nullable): the name of the channel whose page was on show last, or
 * %NULL if it was another page, or a channel of another server
 */
char *
sc_last_page_dup_channel (GSettings *settings, ScSession *session)
{
  const char *server = sc_session_get_server (session);
  g_autofree char *kept = g_settings_get_string (settings, SETTING);
  g_autoptr (ScLink) link = sc_link_parse (kept);
  return link && link->channel && server && sc_link_is_of_server (link, server)
           ? g_strdup (link->channel)
           : NULL;
}
