/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Follows links for a window, which owns it: a channel is shown at once, a recording when the
 * server has said what it is. One on another server is not gone to: whoever made the link would
 * learn who follows it. Main thread only. */

#include "config.h"

#include "sc-link-opener.h"

#include "sc-channel-page.h"
#include "sc-client-error.h"
#include "sc-link.h"
#include "sc-toast.h"

#include <glib/gi18n.h>

struct _ScLinkOpener {
  GObject parent_instance;

  ScWindow *window;              /* not owned: it owns us */
  AdwNavigationView *navigation; /* not owned: the window's */
  ScSession *session;
  DexFuture *opening;
  ScRecording *recording; /* (nullable): to be shown next */
  guint show_source;
  gint64 moment; /* of the recording that is being opened */
};

G_DEFINE_FINAL_TYPE (ScLinkOpener, sc_link_opener, G_TYPE_OBJECT)

/* Whoever follows another link does not want the one before. */
static void
forget (ScLinkOpener *self)
{
  dex_clear (&self->opening);
  g_clear_handle_id (&self->show_source, g_source_remove);
  g_clear_object (&self->recording);
}

static void
explain_other_server (ScLinkOpener *self, const ScLink *link)
{
  g_autofree char *body =
    link->channel
      ? g_strdup_printf (
          _ ("The channel “%s” is on “%s”. You can choose that server in Preferences."),
          link->channel,
          link->host)
      : g_strdup_printf (_ ("The recording is on “%s”. You can choose that server in Preferences."),
                         link->host);
  AdwDialog *dialog = adw_alert_dialog_new (_ ("This Link Leads to Another Server"), body);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _ ("_Close"));
  adw_dialog_present (dialog, GTK_WIDGET (self->window));
}

static void
open_channel (ScLinkOpener *self, const char *name)
{
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (self->navigation);
  g_autofree char *shown = NULL;
  if (SC_IS_CHANNEL_PAGE (page))
    g_object_get (page, "name", &shown, NULL);
  if (g_strcmp0 (shown, name) != 0)
    sc_window_open_channel (self->window, name);
}

static void show_when_idle (ScLinkOpener *self);

/* Whoever has opened a dialog since they followed the link may be writing in it: the recording
 * waits until it is closed. */
static void
show_recording (gpointer user_data)
{
  ScLinkOpener *self = user_data;
  AdwDialog *dialog =
    adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window));
  self->show_source = 0;
  if (dialog) {
    g_signal_connect_object (dialog,
                             "closed",
                             G_CALLBACK (show_when_idle),
                             self,
                             G_CONNECT_SWAPPED);
    return;
  }
  g_autoptr (ScRecording) recording = g_steal_pointer (&self->recording);
  sc_window_open_recording (self->window, recording, self->moment);
}

/* An answer comes on the small stack of the fiber that asked: a page with its player is too much
 * for that, and is made when the fiber is over. */
static void
show_when_idle (ScLinkOpener *self)
{
  if (self->recording && self->show_source == 0)
    self->show_source = g_idle_add_once (show_recording, self);
}

static DexFuture *
on_recording (DexFuture *future, gpointer user_data)
{
  ScLinkOpener *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  if (value) {
    g_set_object (&self->recording, g_value_get_object (value));
    show_when_idle (self);
  } else if (g_error_matches (error, SC_CLIENT_ERROR, SC_CLIENT_ERROR_NOT_FOUND)) {
    sc_toast (GTK_WIDGET (self->navigation), _ ("This recording is not there any more."));
  } else {
    sc_toast_error (GTK_WIDGET (self->navigation), _ ("The recording could not be opened."), error);
  }
  return dex_future_new_true ();
}

static void
open_recording (ScLinkOpener *self, const ScLink *link)
{
  ScClient *client = sc_session_get_client (self->session);
  self->moment = link->moment;
  self->opening = dex_future_finally (sc_client_get_recording (client, link->recording),
                                      on_recording,
                                      self,
                                      NULL);
}

static void
sc_link_opener_dispose (GObject *object)
{
  ScLinkOpener *self = SC_LINK_OPENER (object);

  forget (self);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (sc_link_opener_parent_class)->dispose (object);
}

static void
sc_link_opener_class_init (ScLinkOpenerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sc_link_opener_dispose;
}

static void
sc_link_opener_init (ScLinkOpener *self)
{
}

/**
 * sc_link_opener_new:
 * @window: shows what links lead to, and owns what is returned
 * @navigation: the window's pages
 * @session: whose server it is
 *
 * Returns: (transfer full): what follows links
 */
ScLinkOpener *
sc_link_opener_new (ScWindow *window, AdwNavigationView *navigation, ScSession *session)
{
  ScLinkOpener *self = g_object_new (SC_TYPE_LINK_OPENER, NULL);
  self->window = window;
  self->navigation = navigation;
  self->session = g_object_ref (session);
  return self;
}

/**
 * sc_link_opener_open:
 * @self: what follows links
 * @uri: an address that somebody wants opened
 *
 * Shows what the link leads to, or says why not. One that was followed before and is still asked
 * for is not shown any more.
 */
void
sc_link_opener_open (ScLinkOpener *self, const char *uri)
{
  g_autoptr (ScLink) link = sc_link_parse (uri);
  const char *server = sc_session_get_server (self->session);
  forget (self);
  if (!link)
    sc_toast (GTK_WIDGET (self->navigation),
              _ ("This link does not lead to a channel or a recording."));
  else if (!server || !sc_link_is_of_server (link, server))
    explain_other_server (self, link);
  else if (link->channel)
    open_channel (self, link->channel);
  else
    open_recording (self, link);
}
