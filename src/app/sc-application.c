/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The one running instance: it builds what everything else is handed, settings, network, session,
 * and owns the application-wide actions. */

#include "config.h"

#include "sc-application.h"

#include "sc-closures.h"
#include "sc-contrast.h"
#include "sc-last-page.h"
#include "sc-link.h"
#include "sc-live-notifier.h"
#include "sc-news-page.h"
#include "sc-on-show.h"
#include "sc-preferences-dialog.h"
#include "sc-search-provider.h"
#include "sc-session.h"
#include "sc-shortcuts.h"
#include "sc-window.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>

/* A person who waits longer than this wants to be told instead. */
#define HTTP_TIMEOUT_SECONDS 20

struct _ScApplication {
  AdwApplication parent_instance;

  GSettings *settings;
  ScHttp *http;
  ScSession *session;
  gboolean is_begun; /* whether the session has a server to be signed in at */
  ScMpris *mpris;
  ScSearchProvider *search;
  ScLiveNotifier *notifier;
  ScPlaces *places;
  gboolean is_kept; /* also while no window is open */
  guint terminate_id;
};

G_DEFINE_FINAL_TYPE (ScApplication, sc_application, ADW_TYPE_APPLICATION)

static char *
dup_server (ScApplication *self)
{
  g_autofree char *from_settings = g_settings_get_string (self->settings, "server-url");
  return sc_server_choose (g_getenv ("STREAMCAT_SERVER"), from_settings);
}

static void
choose_server (ScApplication *self)
{
  g_autofree char *server = dup_server (self);
  if (self->search)
    sc_search_provider_set_server (self->search, self->http, server);
  if (self->is_begun)
    sc_session_set_server (self->session, server);
}

static void
make_session (ScApplication *self)
{
  self->http = sc_http_new (HTTP_TIMEOUT_SECONDS);
  g_autoptr (ScClient) client = sc_client_new (self->http);
  g_autoptr (ScSecretStore) store = sc_secret_store_libsecret_new ();
  sc_client_set_device (client, g_get_host_name ());
  self->session = sc_session_new (client, store);
}

/* Who is live is asked for while the desktop's libraries begin, which takes longer than the answer.
 * Not where nobody comes to see anything: the bus starts us as a service for a search, too. */
static void
ask_ahead (ScApplication *self)
{
  g_autofree char *server = dup_server (self);
  if (server && !(g_application_get_flags (G_APPLICATION (self)) & G_APPLICATION_IS_SERVICE))
    sc_client_list_live_ahead (sc_session_get_client (self->session), server);
}

/* Only for who comes to see something, or stays in the background: a search of the desktop signs
 * nobody in. */
static void
begin_session (ScApplication *self)
{
  if (self->is_begun)
    return;
  self->is_begun = TRUE;
  choose_server (self);
}

/* Whoever wants to be told without a window wants to be signed in without one. */
static void
stay_in_background (ScApplication *self)
{
  gboolean is_wanted = g_settings_get_boolean (self->settings, "notify-live") &&
                       g_settings_get_boolean (self->settings, "notify-in-background");
  if (is_wanted == self->is_kept)
    return;
  self->is_kept = is_wanted;
  if (!is_wanted) {
    g_application_release (G_APPLICATION (self));
    return;
  }
  g_application_hold (G_APPLICATION (self));
  begin_session (self);
}

static void
apply_appearance (ScApplication *self)
{
  static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_DEFAULT,
                                            ADW_COLOR_SCHEME_FORCE_LIGHT,
                                            ADW_COLOR_SCHEME_FORCE_DARK };
  int appearance = g_settings_get_enum (self->settings, "appearance");
  AdwStyleManager *manager = adw_application_get_style_manager (ADW_APPLICATION (self));
  adw_style_manager_set_color_scheme (manager, schemes[CLAMP (appearance, 0, 2)]);
}

static ScWindow *
present_window (ScApplication *self)
{
  begin_session (self);
  ScWindow *window = sc_window_find ();
  if (!window)
    window = sc_window_new (self, self->settings, self->session);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
show_preferences (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ScApplication *self = user_data;
  ScWindow *window = present_window (self);
  ScPreferencesDialog *dialog =
    sc_preferences_dialog_new (self->settings, self->session, sc_window_get_streamer_mode (window));
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (window));
}

static void
show_about (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ScApplication *self = user_data;
  AdwDialog *dialog = adw_about_dialog_new ();
  g_object_set (dialog,
                "application-name",
                "StreamCat",
                "application-icon",
                SC_APP_ID,
                "version",
                SC_VERSION,
                "developer-name",
                _ ("The StreamCat contributors"),
                "comments",
                _ ("Watch live streams, and be on air yourself within a minute."),
                "license-type",
                GTK_LICENSE_GPL_3_0,
                "copyright",
                "© 2026 The StreamCat contributors",
                /* Translators: put your names here, one a line. While no native speaker
                 * has read the words, say that here instead. */
                "translator-credits",
                _ ("translator-credits"),
                NULL);
  adw_dialog_present (dialog, GTK_WIDGET (present_window (self)));
}

static void
show_shortcuts (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  sc_shortcuts_dialog_present (GTK_WIDGET (present_window (user_data)));
}

/* What a notification leads to. */
static void
watch (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ScApplication *self = user_data;
  const char *channel = g_variant_get_string (parameter, NULL);
  ScWindow *window = present_window (self);
  const char *server = sc_session_get_server (self->session);
  g_autofree char *link = server ? sc_link_dup_for_channel (server, channel) : NULL;
  sc_live_notifier_see (self->notifier, channel);
  if (link)
    sc_window_open_uri (window, link);
}

static void
show_notifications (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ScApplication *self = user_data;
  AdwNavigationView *pages = sc_on_show_get_navigation (GTK_WINDOW (present_window (self)));
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (pages);
  ScLiveNews *news = sc_live_notifier_get_news (self->notifier);
  if (!SC_IS_NEWS_PAGE (page))
    adw_navigation_view_push (pages, ADW_NAVIGATION_PAGE (sc_news_page_new (news, self->session)));
}

static void
quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_application_quit (G_APPLICATION (user_data));
}

/* A desktop's session ends its programs so: they leave as by Quit, with nothing half done. */
static gboolean
on_terminate (gpointer user_data)
{
  g_application_quit (G_APPLICATION (user_data));
  return G_SOURCE_CONTINUE;
}

static void
add_actions (ScApplication *self)
{
  static const GActionEntry entries[] = {
    { .name = "preferences", .activate = show_preferences },
    { .name = "shortcuts", .activate = show_shortcuts },
    { .name = "about", .activate = show_about },
    { .name = "watch", .activate = watch, .parameter_type = "s" },
    { .name = "notifications", .activate = show_notifications },
    { .name = "quit", .activate = quit },
  };
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  sc_shortcuts_install (GTK_APPLICATION (self));
  g_object_bind_property (self->session,
                          "signed-in",
                          g_action_map_lookup_action (G_ACTION_MAP (self), "notifications"),
                          "enabled",
                          G_BINDING_SYNC_CREATE);
}

/* Before the name is ours: who starts us for a search asks at once. */
static gboolean
sc_application_dbus_register (GApplication *application,
                              GDBusConnection *bus,
                              const char *path,
                              GError **error)
{
  ScApplication *self = SC_APPLICATION (application);
  self->search = sc_search_provider_new (application, bus, sc_client_list_live);
  return G_APPLICATION_CLASS (sc_application_parent_class)
    ->dbus_register (application, bus, path, error);
}

static void
sc_application_dbus_unregister (GApplication *application, GDBusConnection *bus, const char *path)
{
  ScApplication *self = SC_APPLICATION (application);
  g_clear_pointer (&self->search, sc_search_provider_free);
  G_APPLICATION_CLASS (sc_application_parent_class)->dbus_unregister (application, bus, path);
}

static void
sc_application_startup (GApplication *application)
{
  static const char *const keeping[] = { "changed::notify-live", "changed::notify-in-background" };
  ScApplication *self = SC_APPLICATION (application);

  self->settings = g_settings_new (SC_APP_ID);
  make_session (self);
  ask_ahead (self);
  G_APPLICATION_CLASS (sc_application_parent_class)->startup (application);
  gtk_window_set_default_icon_name (SC_APP_ID);
  sc_contrast_follow ();

  g_signal_connect_object (self->settings,
                           "changed::server-url",
                           G_CALLBACK (choose_server),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings,
                           "changed::appearance",
                           G_CALLBACK (apply_appearance),
                           self,
                           G_CONNECT_SWAPPED);
  if (self->search)
    sc_search_provider_set_session (self->search, self->session);
  choose_server (self);
  apply_appearance (self);
  add_actions (self);
  self->mpris = sc_mpris_new (application);
  self->notifier =
    sc_live_notifier_new (GTK_APPLICATION (application), self->settings, self->session);
  for (guint i = 0; i < G_N_ELEMENTS (keeping); i++)
    g_signal_connect_object (self->settings,
                             keeping[i],
                             G_CALLBACK (stay_in_background),
                             self,
                             G_CONNECT_SWAPPED);
  stay_in_background (self);
  self->terminate_id = g_unix_signal_add (SIGTERM, on_terminate, self);
}

static void
sc_application_activate (GApplication *application)
{
  ScApplication *self = SC_APPLICATION (application);
  gboolean begins = sc_window_find () == NULL;
  begin_session (self);
  g_autofree char *link = begins ? sc_last_page_take_link (self->settings, self->session) : NULL;
  ScWindow *window = present_window (self);
  if (link)
    sc_window_open_uri (window, link);
}

/* There is one window, so that of several links the last one is shown, and Back leads to the
 * others. */
static void
sc_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  ScWindow *window = present_window (SC_APPLICATION (application));
  for (int i = 0; i < n_files; i++) {
    g_autofree char *uri = g_file_get_uri (files[i]);
    sc_window_open_uri (window, uri);
  }
}

/* Quitting leaves windows as they are: a stream would play on to the very end of the process. */
static void
sc_application_shutdown (GApplication *application)
{
  ScApplication *self = SC_APPLICATION (application);
  GList *windows = NULL;
  while ((windows = gtk_application_get_windows (GTK_APPLICATION (application))))
    gtk_window_destroy (windows->data);
  g_clear_pointer (&self->mpris, sc_mpris_free);
  if (self->places)
    sc_places_flush (self->places); /* pages that are gone may have kept theirs only now */
  if (self->search)
    sc_search_provider_set_server (self->search, NULL, NULL);

  G_APPLICATION_CLASS (sc_application_parent_class)->shutdown (application);
}

static void
sc_application_dispose (GObject *object)
{
  ScApplication *self = SC_APPLICATION (object);

  g_clear_handle_id (&self->terminate_id, g_source_remove);
  g_clear_object (&self->notifier);
  g_clear_object (&self->places);
  g_clear_object (&self->session);
  g_clear_object (&self->http);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (sc_application_parent_class)->dispose (object);
}

static void
sc_application_class_init (ScApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->dispose = sc_application_dispose;
  application_class->dbus_register = sc_application_dbus_register;
  application_class->dbus_unregister = sc_application_dbus_unregister;
  application_class->shutdown = sc_application_shutdown;
  application_class->startup = sc_application_startup;
  application_class->activate = sc_application_activate;
  application_class->open = sc_application_open;
}

static void
sc_application_init (ScApplication *self)
{
}

/**
 * sc_application_new:
 *
 * Returns: (transfer full): the application, single instance by its id
 */
ScApplication *
sc_application_new (void)
{
  return g_object_new (SC_TYPE_APPLICATION,
                       "application-id",
                       SC_APP_ID,
                       "flags",
                       G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path",
                       "/io/github/streamcat/StreamCat",
                       NULL);
}

/**
 * sc_application_get_mpris:
 * @self: the application, which runs
 *
 * Returns: (transfer none): what is played, as the desktop is told of it
 */
ScMpris *
sc_application_get_mpris (ScApplication *self)
{
  return self->mpris;
}

/**
 * sc_application_get_places:
 * @self: the application
 *
 * Returns: (transfer none): where somebody stopped in recordings, for all of its windows
 */
ScPlaces *
sc_application_get_places (ScApplication *self)
{
  if (!self->places)
    self->places = sc_places_new_of_user ();
  return self->places;
}
