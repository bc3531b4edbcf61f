/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-service.h"

#include "sc-secret-store.h"

#include <string.h>

static void
on_named (GDBusConnection *bus, const char *name, const char *owner, gpointer user_data)
{
  ((SctService *) user_data)->owned = TRUE;
}

static void
on_unnamed (GDBusConnection *bus, const char *name, gpointer user_data)
{
  ((SctService *) user_data)->owned = FALSE;
}

static gboolean
is_gone (gpointer data)
{
  return !((SctService *) data)->owned;
}

/* Installs the file for this bus alone, with the program that was built. */
static void
install (const char *program, const char *file)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "dbus-1/services", NULL);
  g_autofree char *path = g_build_filename (folder, SC_APP_ID ".service", NULL);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  const char *arguments = strstr (strstr (text, "Exec="), "/streamcat ");
  g_assert_nonnull (arguments);
  g_autofree char *installed = g_strdup_printf ("[D-BUS Service]\nName=%s\nExec=%s %s",
                                                SC_APP_ID,
                                                program,
                                                arguments + strlen ("/streamcat "));
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, installed, -1, NULL));
}

static void
call_bus (SctService *self, const char *method, GVariant *parameters)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_sync (self->bus,
                                                             "org.freedesktop.DBus",
                                                             "/org/freedesktop/DBus",
                                                             "org.freedesktop.DBus",
                                                             method,
                                                             parameters,
                                                             NULL,
                                                             G_DBUS_CALL_FLAGS_NONE,
                                                             -1,
                                                             NULL,
                                                             &error);
  g_assert_no_error (error);
}

/**
 * sct_service_init:
 * @self: the program
 * @program: its file
 * @file: the file that the bus starts it with, as in data/
 *
 * Has a server, and the bus know of the program, which does not run yet.
 */
void
sct_service_init (SctService *self, const char *program, const char *file)
{
  g_autoptr (GError) error = NULL;
  self->api = sc_fake_api_new ();
  self->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  install (program, file);
  sct_service_set_environment (self, "STREAMCAT_SERVER", sc_fake_api_get_url (self->api));
  call_bus (self, "ReloadConfig", NULL);
  self->watch = g_bus_watch_name_on_connection (self->bus,
                                                SC_APP_ID,
                                                G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                on_named,
                                                on_unnamed,
                                                self,
                                                NULL);
}

/**
 * sct_service_set_environment:
 * @self: the program, not started
 * @name: a variable
 * @value: its value
 *
 * Has the bus start the program with it.
 */
void
sct_service_set_environment (SctService *self, const char *name, const char *value)
{
  call_bus (self, "UpdateActivationEnvironment", g_variant_new_parsed ("({%s: %s},)", name, value));
}

/**
 * sct_service_sign_in:
 * @self: the program, not started
 *
 * As mia left it, who wants to be told in the background of who goes live, and was told of nobody.
 */
void
sct_service_sign_in (SctService *self)
{
  const char *server = sc_fake_api_get_url (self->api);
  g_autofree char *person = g_strdup_printf ("mia at %s", server);
  g_autoptr (GSettings) settings = g_settings_new (SC_APP_ID);
  g_autoptr (ScSecretStore) store = sc_secret_store_libsecret_new ();
  g_autoptr (ScCredentials) credentials =
    sc_credentials_new ("mia", "t0k3n", g_get_real_time () + G_TIME_SPAN_DAY);
  g_settings_set_boolean (settings, "notify-in-background", TRUE);
  g_settings_set_string (settings, "live-person", person);
  g_settings_set (settings, "live-seen", "a(ssx)", NULL);
  g_settings_sync ();
  g_autoptr (DexFuture) saving = sc_secret_store_save (store, server, credentials);
  sc_test_wait (saving);
  g_assert_true (dex_future_is_resolved (saving));
}

/**
 * sct_service_start:
 * @self: the program
 *
 * Starts it, if it does not run.
 */
void
sct_service_start (SctService *self)
{
  call_bus (self, "StartServiceByName", g_variant_new ("(su)", SC_APP_ID, 0));
}

/**
 * sct_service_quit:
 * @self: the program
 *
 * Has it end as by Quit in its menu, and waits until it did.
 */
void
sct_service_quit (SctService *self)
{
  g_dbus_connection_call (self->bus,
                          SC_APP_ID,
                          "/io/github/streamcat/StreamCat",
                          "org.freedesktop.Application",
                          "ActivateAction",
                          g_variant_new_parsed ("('quit', @av [], @a{sv} {})"),
                          NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START,
                          -1,
                          NULL,
                          NULL,
                          NULL);
  sc_test_wait_until (is_gone, self);
}

/**
 * sct_service_clear:
 * @self: the program, which does not run
 */
void
sct_service_clear (SctService *self)
{
  g_bus_unwatch_name (self->watch);
  g_object_unref (self->bus);
  sc_fake_api_free (self->api);
}
