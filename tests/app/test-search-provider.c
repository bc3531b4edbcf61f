/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The real program without a window, started by the bus with the file that is installed for that.
 * Searching as GNOME Shell does finds who is live; a result opens the channel. In the background it
 * tells who is signed in that a channel went live, if they want that; a click opens the channel.
 *
 *   test-search-provider STREAMCAT SERVICE-FILE SEARCH-PROVIDER-FILE
 */

#include "config.h"

#include "sc-fake-api.h"
#include "sc-secret-store.h"
#include "sct-desktop.h"

#include <gio/gio.h>
#include <string.h>

#define INTERFACE "org.gnome.Shell.SearchProvider2"
#define GROUP "Shell Search Provider"
#define LIVE_ROUTE "GET /v1/channels?live=1"
#define TOLD_ROUTE "GET /v1/me/follows/live"
#define FOLLOWED_ROUTE "GET /v1/me/follows?limit=100"
#define ADA_ROUTE "GET /v1/channels/ada"
#define ADA                                                                                        \
  "{'name':'ada','title':'Engines','category':'Mathematics','live':true,"                          \
  "'stream':{'id':'st-1','width':0,'height':0,'started_at':'2026-01-01T00:00:00.000Z','ended_at':" \
  "null}}"
#define GRACE                                                                                      \
  "{'name':'grace','title':'','live':true,"                                                        \
  "'stream':{'id':'st-2','width':0,'height':0,'started_at':'2026-01-01T00:00:00.000Z','ended_at':" \
  "null}}"

typedef struct {
  ScFakeApi *api;
  GDBusConnection *bus;
  char *name; /* as the installed file has it, */
  char *path; /* and the shell, too */
  GVariant *answer;
  GError *error;
  guint watch;
  gboolean owned;
} Fixture;

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *self = user_data;
  self->answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &self->error);
}

static gboolean
is_answered (gpointer data)
{
  Fixture *self = data;
  return self->answer || self->error;
}

static void
begin (Fixture *self, const char *method, GVariant *parameters)
{
  g_clear_pointer (&self->answer, g_variant_unref);
  g_dbus_connection_call (self->bus,
                          self->name,
                          self->path,
                          INTERFACE,
                          method,
                          parameters,
                          NULL,
                          G_DBUS_CALL_FLAGS_NONE,
                          -1,
                          NULL,
                          on_answer,
                          self);
}

/* Asserts that the answer is @wanted, in GVariant's text format. */
static void
assert_answered (Fixture *self, const char *wanted)
{
  sc_test_wait_until (is_answered, self);
  g_assert_no_error (self->error);
  g_autofree char *text = g_variant_print (self->answer, FALSE);
  g_assert_cmpstr (text, ==, wanted);
}

static void
ask (Fixture *self, const char *method, GVariant *parameters, const char *wanted)
{
  begin (self, method, parameters);
  assert_answered (self, wanted);
}

static void
ask_for (Fixture *self, const char *terms, const char *wanted)
{
  ask (self, "GetInitialResultSet", g_variant_new_parsed (terms), wanted);
}

static void
on_named (GDBusConnection *bus, const char *name, const char *owner, gpointer user_data)
{
  ((Fixture *) user_data)->owned = TRUE;
}

static void
on_unnamed (GDBusConnection *bus, const char *name, gpointer user_data)
{
  ((Fixture *) user_data)->owned = FALSE;
}

static gboolean
is_gone (gpointer data)
{
  return !((Fixture *) data)->owned;
}

/* Installs the file for this bus alone, with the program that was built. */
static void
install_service (const char *file, const char *program)
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
call_bus (Fixture *self, const char *method, GVariant *parameters)
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

static void
read_provider (Fixture *self, const char *file)
{
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_assert_true (g_key_file_load_from_file (keys, file, G_KEY_FILE_NONE, NULL));
  self->name = g_key_file_get_string (keys, GROUP, "BusName", NULL);
  self->path = g_key_file_get_string (keys, GROUP, "ObjectPath", NULL);
  g_assert_cmpint (g_key_file_get_integer (keys, GROUP, "Version", NULL), ==, 2);
  g_autofree char *desktop = g_key_file_get_string (keys, GROUP, "DesktopId", NULL);
  g_assert_cmpstr (desktop, ==, SC_APP_ID ".desktop");
}

static gboolean
was_ada_asked_for (gpointer data)
{
  return sc_fake_api_count (((Fixture *) data)->api, ADA_ROUTE) > 0;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  const char *const *arguments = data;
  g_autofree char *body = g_strdup_printf ("{'channels':[%s,%s]}", ADA, GRACE);
  self->api = sc_fake_api_new ();
  sc_fake_api_answer (self->api, LIVE_ROUTE, 200, body);
  sc_fake_api_answer (self->api, ADA_ROUTE, 200, "{'channel':" ADA "}");
  self->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  read_provider (self, arguments[3]);
  install_service (arguments[2], arguments[1]);
  const char *server = sc_fake_api_get_url (self->api);
  call_bus (self,
            "UpdateActivationEnvironment",
            g_variant_new_parsed ("({'STREAMCAT_SERVER': %s},)", server));
  call_bus (self, "ReloadConfig", NULL);
  self->watch = g_bus_watch_name_on_connection (self->bus,
                                                self->name,
                                                G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                on_named,
                                                on_unnamed,
                                                self,
                                                NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_dbus_connection_call (self->bus,
                          self->name,
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
  g_bus_unwatch_name (self->watch);
  g_clear_pointer (&self->answer, g_variant_unref);
  g_object_unref (self->bus);
  g_free (self->name);
  g_free (self->path);
  sc_fake_api_free (self->api);
}

/* Whatever is typed, the server is asked once, and not for that. */
static void
test_search (Fixture *self, gconstpointer data)
{
  ask_for (self, "(['eng'],)", "(['ada'],)");
  ask_for (self, "(['math', 'ADA'],)", "(['ada'],)");
  ask_for (self, "(['gra'],)", "(['grace'],)");
  ask_for (self, "(['math', 'grace'],)", "([],)");
  ask (self, "GetSubsearchResultSet", g_variant_new_parsed ("(['ada'], ['engi'])"), "(['ada'],)");
  ask (self,
       "GetResultMetas",
       g_variant_new_parsed ("(['ada', 'nobody'],)"),
       "([{'id': <'ada'>, 'name': <'ada'>, 'description': <'Live: Engines'>, 'gicon': <'" SC_APP_ID
       "'>}, {'id': <'nobody'>, 'name': <'nobody'>, 'gicon': <'" SC_APP_ID "'>}],)");
  g_assert_cmpuint (sc_fake_api_count (self->api, LIVE_ROUTE), ==, 1);
  g_assert_cmpuint (sc_fake_api_count (self->api, ADA_ROUTE), ==, 0);

  ask (self, "ActivateResult", g_variant_new_parsed ("('ada', ['eng'], uint32 0)"), "()");
  sc_test_wait_until (was_ada_asked_for, self);
}

/* As somebody left it who was signed in, and was told of grace. */
static void
leave_in_background (Fixture *self)
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

static gboolean
is_shown (gpointer data)
{
  return ((SctDesktop *) data)->shown->len > 0;
}

static gboolean
was_told_asked (gpointer data)
{
  return sc_fake_api_count (((Fixture *) data)->api, TOLD_ROUTE) > 0;
}

/* Whom somebody follows is found first, live or not, where they are signed in anyway. */
static void
test_followed (Fixture *self, gconstpointer data)
{
  SctDesktop desktop = { 0 };
  sct_desktop_init (&desktop, SCT_DESKTOP_OTHER);
  sc_fake_api_answer (self->api,
                      TOLD_ROUTE,
                      200,
                      "{'at':'2026-01-01T00:01:00.000Z','channels':[]}");
  sc_fake_api_answer (self->api,
                      FOLLOWED_ROUTE,
                      200,
                      "{'channels':[{'name':'zoe','title':'Engines of old','live':false,"
                      "'stream':null}," GRACE "],'older':null}");
  leave_in_background (self);
  call_bus (self, "StartServiceByName", g_variant_new ("(su)", SC_APP_ID, 0));
  sc_test_wait_until (was_told_asked, self);
  ask_for (self, "(['eng'],)", "(['zoe', 'ada'],)");
  ask_for (self, "(['gra'],)", "(['grace'],)");
  ask (self,
       "GetResultMetas",
       g_variant_new_parsed ("(['zoe'],)"),
       "([{'id': <'zoe'>, 'name': <'zoe'>, 'description': <'Has not been live yet.'>, "
       "'gicon': <'" SC_APP_ID "'>}],)");
  g_assert_cmpuint (sc_fake_api_count (self->api, FOLLOWED_ROUTE), ==, 1);
  g_assert_cmpstr (sc_fake_api_get_authorization (self->api, LIVE_ROUTE), ==, NULL);
  sct_desktop_clear (&desktop);
}

static gboolean
is_withdrawn (gpointer data)
{
  return ((SctDesktop *) data)->withdrawn->len > 0;
}

static void
test_background (Fixture *self, gconstpointer data)
{
  SctDesktop desktop = { 0 };
  sct_desktop_init (&desktop, SCT_DESKTOP_OTHER);
  sc_fake_api_answer (self->api,
                      TOLD_ROUTE,
                      200,
                      "{'at':'2026-01-01T00:01:00.000Z','channels':[" ADA "]}");
  leave_in_background (self);
  call_bus (self, "StartServiceByName", g_variant_new ("(su)", SC_APP_ID, 0));
  sc_test_wait_until (is_shown, &desktop);
  g_assert_cmpstr (desktop.shown->str, ==, "[1: ada is live, Engines]");
  g_assert_cmpstr (sc_fake_api_get_authorization (self->api, TOLD_ROUTE), ==, "Bearer t0k3n");
  g_assert_cmpuint (sc_fake_api_count (self->api, ADA_ROUTE), ==, 0);

  sct_desktop_click (&desktop, 1);
  sc_test_wait_until (was_ada_asked_for, self);
  sc_test_wait_until (is_withdrawn, &desktop);
  g_assert_cmpstr (desktop.withdrawn->str, ==, "[1]");
  g_autofree char *asked = sct_desktop_dup_asked (&desktop);
  g_assert_cmpstr (asked, ==, "");
  sct_desktop_clear (&desktop);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_assert_cmpint (argc, ==, 4);
  g_test_add ("/search-provider/search", Fixture, argv, set_up, test_search, tear_down);
  g_test_add ("/search-provider/followed", Fixture, argv, set_up, test_followed, tear_down);
  g_test_add ("/search-provider/background", Fixture, argv, set_up, test_background, tear_down);
  return g_test_run ();
}
