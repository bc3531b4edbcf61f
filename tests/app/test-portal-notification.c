/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The real program in the background, as in a Flatpak: what it tells goes to the desktop's portal
 * (org.freedesktop.portal.Notification), and a click comes back as the portal has it come, by the
 * program's actions on the bus. GLib 2.84 does so in a sandbox, and where GIO_USE_PORTALS is set;
 * then it also asks the portal about the network.
 *
 *   test-portal-notification STREAMCAT SERVICE-FILE
 */

#include "config.h"

#include "sct-desktop.h"
#include "sct-service.h"

#include <string.h>

#define TOLD_ROUTE "GET /v1/me/follows/live"
#define ADA_ROUTE "GET /v1/channels/ada"
#define BOB_ROUTE "GET /v1/channels/bob"
#define LIVE(name, stream, title)                                                                  \
  "{'name':'" name "','title':'" title "','stream':{'id':'" stream                                 \
  "','started_at':'2026-01-01T00:00:00.000Z','ended_at':null,'width':0,'height':0}}"
#define ANSWER(channels) "{'at':'2026-01-01T00:01:00.000Z','channels':[" channels "]}"

#define ADA LIVE ("ada", "s1", "Engines & <more>")
#define BOB LIVE ("bob", "s2", "Bread")
#define ADA_SHOWN "[live-ada: ada is live, Engines & <more>]"
#define BOB_SHOWN "[live-bob: bob is live, Bread]"

typedef struct {
  SctService service;
  SctDesktop desktop;
  const char *text;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  const char *const *arguments = data;
  sct_desktop_init (&self->desktop, SCT_DESKTOP_SANDBOX);
  sct_service_init (&self->service, arguments[1], arguments[2]);
  sct_service_set_environment (&self->service, "GIO_USE_PORTALS", "1");
  sct_service_sign_in (&self->service);
  sc_fake_api_answer (self->service.api, "GET /v1/channels?live=1", 200, "{'channels':[]}");
  sc_fake_api_answer (self->service.api, ADA_ROUTE, 200, "{'channel':{'name':'ada','title':''}}");
  sc_fake_api_answer (self->service.api, BOB_ROUTE, 200, "{'channel':{'name':'bob','title':''}}");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  sct_service_quit (&self->service);
  sct_service_clear (&self->service);
  sct_desktop_clear (&self->desktop);
}

static void
start (Fixture *self, const char *answer)
{
  sc_fake_api_answer_now (self->service.api, TOLD_ROUTE, 200, answer);
  sct_service_start (&self->service);
}

/* Each is in brackets. */
static guint
count (const char *told)
{
  guint n_told = 0;
  for (const char *at = told; (at = strchr (at, ']')); at++)
    n_told++;
  return n_told;
}

static gboolean
is_shown (gpointer data)
{
  Fixture *self = data;
  return count (self->desktop.shown->str) >= count (self->text);
}

static void
assert_shown (Fixture *self, const char *wanted)
{
  self->text = wanted;
  sc_test_wait_until (is_shown, self);
  g_assert_cmpstr (self->desktop.shown->str, ==, wanted);
}

static gboolean
is_withdrawn (gpointer data)
{
  Fixture *self = data;
  return count (self->desktop.withdrawn->str) >= count (self->text);
}

static void
assert_withdrawn (Fixture *self, const char *wanted)
{
  self->text = wanted;
  sc_test_wait_until (is_withdrawn, self);
  g_assert_cmpstr (self->desktop.withdrawn->str, ==, wanted);
}

static gboolean
is_asked_for (gpointer data)
{
  Fixture *self = data;
  return sc_fake_api_count (self->service.api, self->text) > 0;
}

/* A click on what was told opens the channel, and the notification goes. */
static void
click (Fixture *self, const char *id, const char *route)
{
  g_assert_cmpuint (sc_fake_api_count (self->service.api, route), ==, 0);
  sct_desktop_click_named (&self->desktop, SC_APP_ID, id);
  self->text = route;
  sc_test_wait_until (is_asked_for, self);
}

static void
test_click (Fixture *self, gconstpointer data)
{
  start (self, ANSWER (ADA));
  assert_shown (self, ADA_SHOWN);
  g_assert_cmpstr (sc_fake_api_get_authorization (self->service.api, TOLD_ROUTE),
                   ==,
                   "Bearer t0k3n");
  g_assert_cmpstr (self->desktop.withdrawn->str, ==, "");
  click (self, "live-ada", ADA_ROUTE);
  assert_withdrawn (self, "[live-ada]");
}

/* The newest is first in an answer, and told last. */
static void
test_once (Fixture *self, gconstpointer data)
{
  start (self, ANSWER (ADA));
  assert_shown (self, ADA_SHOWN);
  sct_service_quit (&self->service);
  start (self, ANSWER (BOB "," ADA));
  assert_shown (self, ADA_SHOWN BOB_SHOWN);
  g_assert_cmpstr (self->desktop.withdrawn->str, ==, "");
}

/* What was told stays when the program ends; a click starts it. */
static void
test_click_after (Fixture *self, gconstpointer data)
{
  start (self, ANSWER (BOB "," ADA));
  assert_shown (self, ADA_SHOWN BOB_SHOWN);
  sct_service_quit (&self->service);
  click (self, "live-bob", BOB_ROUTE);
  assert_withdrawn (self, "[live-bob]");
  g_assert_cmpuint (sc_fake_api_count (self->service.api, ADA_ROUTE), ==, 0);
  g_assert_cmpstr (self->desktop.shown->str, ==, ADA_SHOWN BOB_SHOWN);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/portal-notification/" name, Fixture, argv, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_assert_cmpint (argc, ==, 3);
  ADD ("click", test_click);
  ADD ("once", test_once);
  ADD ("click-after", test_click_after);
  return g_test_run ();
}
