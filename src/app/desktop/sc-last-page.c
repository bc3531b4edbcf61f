/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The page that was on show when the application was left, for its next start. Only the
 * page of a channel or of a recording is kept, as the link to it: what is private is not brought
 * back to a screen that others may see by then, and of the rest Home is as good a start. */

#include "config.h"

#include "sc-last-page.h"

#include "sc-channel-page.h"
#include "sc-link.h"
#include "sc-recording-page.h"

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
dup_channel_link (const char *server, AdwNavigationPage *page)
{
  g_autofree char *name = NULL;
  g_object_get (page, "name", &name, NULL);
  return sc_link_dup_for_channel (server, name);
}

/* One that its streamer has hidden is private. */
static char *
dup_recording_link (const char *server, AdwNavigationPage *page)
{
  g_autoptr (ScRecording) recording = NULL;
  g_object_get (page, "recording", &recording, NULL);
  const ScRecordingFields *fields = sc_recording_get_fields (recording);
  return fields->is_hidden ? NULL
                           : sc_link_dup_for_recording (server, fields->id, SC_LINK_NO_MOMENT);
}

static char *
dup_link (ScLastPage *self, AdwNavigationPage *page)
{
  const char *server = sc_session_get_server (self->session);
  if (server && SC_IS_CHANNEL_PAGE (page))
    return dup_channel_link (server, page);
  if (server && SC_IS_RECORDING_PAGE (page))
    return dup_recording_link (server, page);
  return NULL;
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
 * sc_last_page_take_link:
 * @settings: the settings of the application
 * @session: whose server it is
 *
 * Forgets it, until a page is on show again: one that is gone, or that nobody survives, is tried
 * once. Main thread only.
 *
 * Returns: (transfer full) (nullable): the link to the channel or the recording whose page was on
 *   show last; %NULL if it was another page, or one of another server
 */
char *
sc_last_page_take_link (GSettings *settings, ScSession *session)
{
  const char *server = sc_session_get_server (session);
  g_autofree char *kept = g_settings_get_string (settings, SETTING);
  g_autoptr (ScLink) link = sc_link_parse (kept);
  g_settings_reset (settings, SETTING);
  return link && server && sc_link_is_of_server (link, server) ? g_steal_pointer (&kept) : NULL;
}
