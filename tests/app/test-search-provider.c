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

#include "sct-desktop.h"
#include "sct-service.h"

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
  SctService service;
  char *name; /* as the installed file has it, */
  char *path; /* and the shell, too */
  GVariant *answer;
  GError *error;
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
  g_dbus_connection_call (self->service.bus,
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
  return sc_fake_api_count (((Fixture *) data)->service.api, ADA_ROUTE) > 0;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  const char *const *arguments = data;
  g_autofree char *body = g_strdup_printf ("{'channels':[%s,%s]}", ADA, GRACE);
  sct_service_init (&self->service, arguments[1], arguments[2]);
  sc_fake_api_answer (self->service.api, LIVE_ROUTE, 200, body);
  sc_fake_api_answer (self->service.api, ADA_ROUTE, 200, "{'channel':" ADA "}");
  read_provider (self, arguments[3]);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  sct_service_quit (&self->service);
  g_clear_pointer (&self->answer, g_variant_unref);
  g_free (self->name);
  g_free (self->path);
  sct_service_clear (&self->service);
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
  g_assert_cmpuint (sc_fake_api_count (self->service.api, LIVE_ROUTE), ==, 1);
  g_assert_cmpuint (sc_fake_api_count (self->service.api, ADA_ROUTE), ==, 0);

  ask (self, "ActivateResult", g_variant_new_parsed ("('ada', ['eng'], uint32 0)"), "()");
  sc_test_wait_until (was_ada_asked_for, self);
}

static gboolean
is_shown (gpointer data)
{
  return ((SctDesktop *) data)->shown->len > 0;
}

static gboolean
was_told_asked (gpointer data)
{
  return sc_fake_api_count (((Fixture *) data)->service.api, TOLD_ROUTE) > 0;
}

/* Whom somebody follows is found first, live or not, where they are signed in anyway. */
static void
test_followed (Fixture *self, gconstpointer data)
{
  SctDesktop desktop = { 0 };
  sct_desktop_init (&desktop, SCT_DESKTOP_OTHER);
  sc_fake_api_answer (self->service.api,
                      TOLD_ROUTE,
                      200,
                      "{'at':'2026-01-01T00:01:00.000Z','channels':[]}");
  sc_fake_api_answer (self->service.api,
                      FOLLOWED_ROUTE,
                      200,
                      "{'channels':[{'name':'zoe','title':'Engines of old','live':false,"
                      "'stream':null}," GRACE "],'older':null}");
  sct_service_sign_in (&self->service);
  sct_service_start (&self->service);
  sc_test_wait_until (was_told_asked, self);
  ask_for (self, "(['eng'],)", "(['zoe', 'ada'],)");
  ask_for (self, "(['gra'],)", "(['grace'],)");
  ask (self,
       "GetResultMetas",
       g_variant_new_parsed ("(['zoe'],)"),
       "([{'id': <'zoe'>, 'name': <'zoe'>, 'description': <'Has not been live yet.'>, "
       "'gicon': <'" SC_APP_ID "'>}],)");
  g_assert_cmpuint (sc_fake_api_count (self->service.api, FOLLOWED_ROUTE), ==, 1);
  g_assert_cmpstr (sc_fake_api_get_authorization (self->service.api, LIVE_ROUTE), ==, NULL);
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
  sc_fake_api_answer (self->service.api,
                      TOLD_ROUTE,
                      200,
                      "{'at':'2026-01-01T00:01:00.000Z','channels':[" ADA "]}");
  sct_service_sign_in (&self->service);
  sct_service_start (&self->service);
  sc_test_wait_until (is_shown, &desktop);
  g_assert_cmpstr (desktop.shown->str, ==, "[1: ada is live, Engines]");
  g_assert_cmpstr (sc_fake_api_get_authorization (self->service.api, TOLD_ROUTE),
                   ==,
                   "Bearer t0k3n");
  g_assert_cmpuint (sc_fake_api_count (self->service.api, ADA_ROUTE), ==, 0);

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
