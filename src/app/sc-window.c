/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The window: a stack of pages, and the actions that move between them. It watches the session. */

#include "config.h"

#include "sc-window.h"

#include "sc-account-dialog.h"
#include "sc-dialog-focus.h"
#include "sc-future.h"
#include "sc-home-page.h"
#include "sc-json.h"
#include "sc-last-page.h"
#include "sc-leaving-dialog.h"
#include "sc-link-opener.h"
#include "sc-link.h"
#include "sc-mini.h"
#include "sc-my-channel-page.h"
#include "sc-page-player.h"
#include "sc-person-page.h"
#include "sc-place-keeper.h"
#include "sc-recovery-code-page.h"
#include "sc-recovery-page.h"
#include "sc-secret.h"
#include "sc-server-page.h"
#include "sc-sign-in-page.h"
#include "sc-toast.h"

#include <glib/gi18n.h>
#include <string.h>

struct _ScWindow {
  AdwApplicationWindow parent_instance;

  GSettings *settings;
  ScSession *session;
  ScStreamerMode *streamer_mode;
  AdwNavigationView *navigation;
  ScLinkOpener *links;
  ScPlaces *places;
  DexFuture *signing_out;
  /* Where a person wanted to go who had to sign in first. */
  gboolean wants_my_channel;
};

G_DEFINE_FINAL_TYPE (ScWindow, sc_window, ADW_TYPE_APPLICATION_WINDOW)

static void
push (ScWindow *self, gpointer page)
{
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (page));
}

static gboolean
is_visible (ScWindow *self, GType type)
{
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (self->navigation);
  return page && G_TYPE_CHECK_INSTANCE_TYPE (page, type);
}

static void
leave_sign_in_pages (ScWindow *self)
{
  while (is_visible (self, SC_TYPE_SIGN_IN_PAGE) || is_visible (self, SC_TYPE_RECOVERY_PAGE))
    adw_navigation_view_pop (self->navigation);
}

static void
show_root (ScWindow *self)
{
  gboolean has_server = sc_session_get_server (self->session) != NULL;
  AdwNavigationPage *page =
    has_server ? ADW_NAVIGATION_PAGE (sc_home_page_new (self->session))
               : ADW_NAVIGATION_PAGE (sc_server_page_new (self->settings, self->session));
  adw_navigation_view_replace (self->navigation, &page, 1);
}

static void
toggle_mini_player (GtkWidget *widget, const char *action, GVariant *parameter)
{
  sc_mini_toggle (GTK_WINDOW (widget), SC_WINDOW (widget)->settings);
}

static void
open_home (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScWindow *self = SC_WINDOW (widget);
  adw_navigation_view_pop_to_tag (self->navigation, "home");
}

/* @wants_my_channel: whether that is where to go once somebody is signed in. Who comes from
 * elsewhere stays there, whatever a sign-in that was left was for. */
static void
show_sign_in (ScWindow *self, gboolean creating, gboolean wants_my_channel)
{
  if (is_visible (self, SC_TYPE_SIGN_IN_PAGE)) {
    self->wants_my_channel |= wants_my_channel;
    return;
  }
  self->wants_my_channel = wants_my_channel;
  push (self, sc_sign_in_page_new (self->session, creating));
}

static void
open_sign_in (GtkWidget *widget, const char *action, GVariant *parameter)
{
  show_sign_in (SC_WINDOW (widget), FALSE, FALSE);
}

static void
open_sign_up (GtkWidget *widget, const char *action, GVariant *parameter)
{
  show_sign_in (SC_WINDOW (widget), TRUE, FALSE);
}

static void
push_my_channel (ScWindow *self)
{
  ScMyChannelPage *page =
    sc_my_channel_page_new (self->session, self->settings, self->streamer_mode);
  sc_person_page_follow (ADW_NAVIGATION_PAGE (page), self->session);
  push (self, page);
}

static void
open_my_channel (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScWindow *self = SC_WINDOW (widget);
  if (!sc_session_get_signed_in (self->session)) {
    show_sign_in (self, FALSE, TRUE);
    return;
  }
  self->wants_my_channel = FALSE;
  if (!is_visible (self, SC_TYPE_MY_CHANNEL_PAGE))
    push_my_channel (self);
}

static void
recover (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScWindow *self = SC_WINDOW (widget);
  if (!is_visible (self, SC_TYPE_RECOVERY_PAGE))
    push (self, sc_recovery_page_new (self->session, g_variant_get_string (parameter, NULL)));
}

static void
open_account (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScWindow *self = SC_WINDOW (widget);
  sc_account_dialog_present (GTK_WIDGET (self->navigation), self->session, self->streamer_mode);
}

static void
go_where_wanted (ScWindow *self)
{
  if (self->wants_my_channel)
    open_my_channel (GTK_WIDGET (self), NULL, NULL);
}

static void
on_code_kept (ScWindow *self)
{
  if (is_visible (self, SC_TYPE_RECOVERY_CODE_PAGE))
    adw_navigation_view_pop (self->navigation);
  go_where_wanted (self);
}

/* Whoever has a new recovery code sees that first. */
static gboolean
show_recovery_code (ScWindow *self)
{
  char *code = sc_session_take_recovery_code (self->session);
  if (!code)
    return FALSE;
  ScRecoveryCodePage *page =
    sc_recovery_code_page_new (sc_session_get_name (self->session), code, self->streamer_mode);
  g_signal_connect_object (page, "kept", G_CALLBACK (on_code_kept), self, G_CONNECT_SWAPPED);
  push (self, page);
  sc_secret_free (code);
  return TRUE;
}

/* The account of who has just signed in is to be deleted. */
static void
on_session_leaving (ScWindow *self)
{
  sc_leaving_dialog_present (GTK_WIDGET (self->navigation), self->session);
}

static void
open_channel (GtkWidget *widget, const char *action, GVariant *parameter)
{
  sc_window_open_channel (SC_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

/* The parameter is a recording as our API writes it. */
static void
open_recording (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const char *text = g_variant_get_string (parameter, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (JsonObject) object = sc_json_parse (bytes, SC_JSON_MAX_BYTES, NULL);
  g_autoptr (ScRecording) recording = object ? sc_recording_from_json (object, NULL) : NULL;
  if (recording)
    sc_window_open_recording (SC_WINDOW (widget), recording, SC_LINK_NO_MOMENT);
}

static DexFuture *
on_signed_out (DexFuture *future, gpointer user_data)
{
  ScWindow *self = user_data;
  g_autoptr (GError) error = NULL;
  if (dex_future_get_value (future, &error))
    sc_toast (GTK_WIDGET (self->navigation), _ ("Signed out"));
  else
    sc_toast_error (GTK_WIDGET (self->navigation),
                    _ ("You are signed out here, but the server could not be told."),
                    error);
  return dex_future_new_true ();
}

static void
sign_out (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScWindow *self = SC_WINDOW (widget);
  dex_clear (&self->signing_out);
  self->signing_out =
    dex_future_finally (sc_session_sign_out (self->session), on_signed_out, self, NULL);
}

static void
on_session_expired (ScWindow *self)
{
  sc_toast (GTK_WIDGET (self->navigation), _ ("Your session has ended. Please sign in again."));
}

static void
update_actions (ScWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean has_server = sc_session_get_server (self->session) != NULL;
  gboolean signed_in = sc_session_get_signed_in (self->session);
  gtk_widget_action_set_enabled (widget, "win.sign-in", has_server && !signed_in);
  gtk_widget_action_set_enabled (widget, "win.sign-up", has_server && !signed_in);
  gtk_widget_action_set_enabled (widget, "win.my-channel", has_server);
  gtk_widget_action_set_enabled (widget, "win.sign-out", signed_in);
  gtk_widget_action_set_enabled (widget, "win.account", signed_in);
}

static void
on_session_signed_in (ScWindow *self)
{
  update_actions (self);
  if (!sc_session_get_signed_in (self->session))
    return;
  leave_sign_in_pages (self);
  if (!show_recovery_code (self))
    go_where_wanted (self);
}

static void
on_session_server (ScWindow *self)
{
  update_actions (self);
  sc_mini_close ();
  show_root (self);
}

static void
on_session_keeping (ScWindow *self)
{
  if (sc_session_get_keeping (self->session) == SC_SESSION_NOT_KEPT)
    sc_toast (GTK_WIDGET (self->navigation),
              _ ("You stay signed in until StreamCat closes: there is no password store here."));
}

static void
on_streamer_mode (ScWindow *self)
{
  sc_toast (GTK_WIDGET (self->navigation),
            sc_streamer_mode_get_on (self->streamer_mode) ? _ ("Streamer mode is on")
                                                          : _ ("Streamer mode is off"));
}

static void
sc_window_dispose (GObject *object)
{
  ScWindow *self = SC_WINDOW (object);

  dex_clear (&self->signing_out);
  g_clear_object (&self->links);
  g_clear_object (&self->places);
  g_clear_object (&self->streamer_mode);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_WINDOW);

  G_OBJECT_CLASS (sc_window_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.home", NULL, open_home);
  gtk_widget_class_install_action (widget_class, "win.sign-in", NULL, open_sign_in);
  gtk_widget_class_install_action (widget_class, "win.sign-up", NULL, open_sign_up);
  gtk_widget_class_install_action (widget_class, "win.sign-out", NULL, sign_out);
  gtk_widget_class_install_action (widget_class, "win.recover", "s", recover);
  gtk_widget_class_install_action (widget_class, "win.account", NULL, open_account);
  gtk_widget_class_install_action (widget_class, "win.my-channel", NULL, open_my_channel);
  gtk_widget_class_install_action (widget_class, "win.mini-player", NULL, toggle_mini_player);
  gtk_widget_class_install_action (widget_class, "win.open-channel", "s", open_channel);
  gtk_widget_class_install_action (widget_class, "win.open-recording", "s", open_recording);
}

static void
sc_window_class_init (ScWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sc_window_dispose;
  install_actions (widget_class);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/window.ui");
  gtk_widget_class_bind_template_child (widget_class, ScWindow, navigation);
}

static void
sc_window_init (ScWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sc_dialog_focus_keep (ADW_APPLICATION_WINDOW (self));
}

static void
watch_session (ScWindow *self)
{
  static const struct {
    const char *signal;
    GCallback callback;
  } watched[] = {
    { "notify::signed-in", G_CALLBACK (on_session_signed_in) },
    { "notify::server", G_CALLBACK (on_session_server) },
    { "notify::keeping", G_CALLBACK (on_session_keeping) },
    { "expired", G_CALLBACK (on_session_expired) },
    { "leaving", G_CALLBACK (on_session_leaving) },
  };
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (self->session,
                             watched[i].signal,
                             watched[i].callback,
                             self,
                             G_CONNECT_SWAPPED);
}

/**
 * sc_window_new:
 * @application: (nullable): the application; %NULL in tests
 * @settings: the settings of the application
 * @session: who is signed in
 *
 * Returns: (transfer none): a window, owned by GTK, not yet on show
 */
ScWindow *
sc_window_new (ScApplication *application, GSettings *settings, ScSession *session)
{
  ScWindow *self = g_object_new (SC_TYPE_WINDOW, "application", application, NULL);
  self->settings = g_object_ref (settings);
  self->session = g_object_ref (session);

  g_settings_bind (settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  self->streamer_mode = sc_streamer_mode_new (session, settings);
  g_signal_connect_object (self->streamer_mode,
                           "notify::on",
                           G_CALLBACK (on_streamer_mode),
                           self,
                           G_CONNECT_SWAPPED);
  self->links = sc_link_opener_new (self, self->navigation, session);
  self->places =
    application ? g_object_ref (sc_application_get_places (application)) : sc_places_new_of_user ();
  watch_session (self);
  update_actions (self);
  show_root (self);
  sc_last_page_follow (self->navigation, settings, session);
  return self;
}

/**
 * sc_window_find:
 *
 * Returns: (transfer none) (nullable): the window that shows pages, if there is one
 */
ScWindow *
sc_window_find (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);
    if (SC_IS_WINDOW (window))
      return SC_WINDOW (window);
  }
  return NULL;
}

/**
 * sc_window_open_channel:
 * @self: the window
 * @name: the name of a channel
 *
 * Shows a channel to watch.
 */
void
sc_window_open_channel (ScWindow *self, const char *name)
{
  g_autofree char *address = sc_playing_page_dup_live_address (name);
  if (sc_mini_return (GTK_WINDOW (self), address))
    return;
  ScChannelPage *page =
    sc_channel_page_new (self->session, self->settings, self->streamer_mode, name);
  sc_page_player_set_up_live (page, GTK_WINDOW (self), self->settings, self->session);
  push (self, page);
}

/**
 * sc_window_open_recording:
 * @self: the window
 * @recording: what to watch
 * @moment: where it begins, microseconds; %SC_LINK_NO_MOMENT for where somebody stopped
 *
 * Shows a recording, in place of a dialog that it may have been chosen in, unless one stays that
 * would lose something.
 */
void
sc_window_open_recording (ScWindow *self, ScRecording *recording, gint64 moment)
{
  AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self));
  if (dialog && !adw_dialog_close (dialog))
    return; /* it says why */
  const char *id = sc_recording_get_fields (recording)->id;
  g_autofree char *address = sc_playing_page_dup_recording_address (id);
  if (moment == SC_LINK_NO_MOMENT && sc_mini_return (GTK_WINDOW (self), address))
    return;
  ScRecordingPage *page =
    sc_recording_page_new (self->session, self->settings, self->streamer_mode, recording);
  sc_place_keeper_set_up (page, self->places, moment);
  sc_page_player_set_up_recording (page, GTK_WINDOW (self), self->settings, self->session);
  push (self, page);
}

/**
 * sc_window_open_uri:
 * @self: the window
 * @uri: an address that somebody wants opened
 *
 * Shows what a link leads to, unless a dialog stays that would lose something.
 */
void
sc_window_open_uri (ScWindow *self, const char *uri)
{
  AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self));
  if (dialog && !adw_dialog_close (dialog))
    return; /* it says why */
  sc_link_opener_open (self->links, uri);
}

/**
 * sc_window_get_streamer_mode:
 * @self: the window
 *
 * Returns: (transfer none): whether others may see the screen
 */
ScStreamerMode *
sc_window_get_streamer_mode (ScWindow *self)
{
  return self->streamer_mode;
}

/**
 * sc_window_get_places:
 * @self: the window
 *
 * Returns: (transfer none): where somebody stopped in recordings
 */
ScPlaces *
sc_window_get_places (ScWindow *self)
{
  return self->places;
}
