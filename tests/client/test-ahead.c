/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is asked ahead: who gets the answer, and who has to ask again. */

#include "config.h"

#include "sc-ahead.h"
#include "sc-client-error.h"
#include "sc-client-fixture.h"
#include "sc-future.h"

#define ROUTE "GET /"
#define LIVE_ROUTE "GET /v1/channels?live=1"
#define NOWHERE "http://127.0.0.1:1"
#define SECOND ((gint64) G_USEC_PER_SEC)

typedef struct {
  ScClientFixture client;
  ScHttp *http;
  ScAhead *ahead;
  char *url;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  sc_client_fixture_set_up (&self->client, data);
  self->http = g_object_ref (sc_client_get_http (self->client.client));
  self->ahead = sc_ahead_new ();
  self->url = g_strconcat (sc_fake_api_get_url (self->client.api), "/", NULL);
  sc_fake_api_answer (self->client.api, ROUTE, 200, "{}");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_pointer (&self->ahead, sc_ahead_free);
  sc_client_fixture_tear_down (&self->client, data);
  g_assert_finalize_object (self->http);
  g_free (self->url);
}

static gboolean
was_asked (gpointer api)
{
  return sc_fake_api_count (api, ROUTE) > 0;
}

static DexFuture *
pass_on (DexFuture *future, gpointer unused)
{
  return dex_ref (future);
}

/* By way of the main loop, which the tests turn while they wait. */
static DexFuture *
take (Fixture *fixture)
{
  DexFuture *answer = sc_ahead_take (fixture->ahead, fixture->url, SECOND);
  g_assert_nonnull (answer);
  return dex_future_finally (answer, pass_on, NULL, NULL);
}

static void
assert_answered (DexFuture *future)
{
  const ScHttpResponse *response = g_value_get_boxed (sc_test_get_value (future));
  g_assert_cmpuint (response->status, ==, 200);
}

static void
test_once (Fixture *fixture, gconstpointer data)
{
  sc_ahead_ask (fixture->ahead, fixture->http, fixture->url, 0);
  g_assert_null (sc_ahead_take (fixture->ahead, NOWHERE "/", SECOND));
  g_autoptr (DexFuture) answer = take (fixture);
  g_assert_null (sc_ahead_take (fixture->ahead, fixture->url, SECOND));
  assert_answered (answer);
  g_assert_cmpuint (sc_fake_api_count (fixture->client.api, ROUTE), ==, 1);
}

static void
test_old (Fixture *fixture, gconstpointer data)
{
  sc_ahead_ask (fixture->ahead, fixture->http, fixture->url, 0);
  sc_test_wait_until (was_asked, fixture->client.api);
  g_assert_null (sc_ahead_take (fixture->ahead, fixture->url, 10 * SECOND));
}

static void
test_replaced (Fixture *fixture, gconstpointer data)
{
  sc_ahead_ask (fixture->ahead, fixture->http, NOWHERE "/", 0);
  sc_ahead_ask (fixture->ahead, fixture->http, fixture->url, SECOND);
  g_assert_null (sc_ahead_take (fixture->ahead, NOWHERE "/", SECOND));
  g_autoptr (DexFuture) answer = take (fixture);
  assert_answered (answer);
}

static void
test_given_up_later (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  sc_fake_api_hold (fixture->client.api, ROUTE);
  sc_ahead_ask (fixture->ahead, fixture->http, fixture->url, 0);
  g_autoptr (DexFuture) answer = take (fixture);
  sc_test_wait_until (was_asked, fixture->client.api);
  g_clear_pointer (&fixture->ahead, sc_ahead_free);
  sc_test_wait (answer);
  g_assert_null (dex_future_get_value (answer, &error));
  g_assert_true (sc_error_is_cancelled (error));
}

/* The thread has let go of what carries the question, which the end of the test asserts. */
static void
test_given_up (Fixture *fixture, gconstpointer data)
{
  sc_fake_api_hold (fixture->client.api, ROUTE);
  sc_ahead_ask (fixture->ahead, fixture->http, fixture->url, 0);
  sc_test_wait_until (was_asked, fixture->client.api);
  g_clear_pointer (&fixture->ahead, sc_ahead_free);
}

static void
on_unauthorized (guint *count)
{
  (*count)++;
}

/* It went out without a token: it says nothing of the session. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  ScClient *client = fixture->client.client;
  guint count = 0;
  g_signal_connect_swapped (client, "unauthorized", G_CALLBACK (on_unauthorized), &count);
  sc_client_set_token (client, "t0k3n");
  sc_fake_api_answer (fixture->client.api,
                      LIVE_ROUTE,
                      401,
                      "{'error':{'code':'unauthorized','message':'No.','field':null}}");
  sc_fake_api_answer (fixture->client.api, LIVE_ROUTE, 200, "{'channels':[]}");
  sc_client_list_live_ahead (client, sc_fake_api_get_url (fixture->client.api));
  g_autoptr (DexFuture) list = sc_client_list_live (client);
  sc_test_get_value (list);
  g_assert_cmpuint (sc_fake_api_count (fixture->client.api, LIVE_ROUTE), ==, 2);
  g_assert_cmpstr (sc_fake_api_get_authorization (fixture->client.api, LIVE_ROUTE),
                   ==,
                   "Bearer t0k3n");
  g_assert_cmpuint (count, ==, 0);
}

/* Who is asked to come again later does not come at once. */
static void
test_busy (Fixture *fixture, gconstpointer data)
{
  ScClient *client = fixture->client.client;
  g_autoptr (GError) error = NULL;
  sc_fake_api_answer (fixture->client.api,
                      LIVE_ROUTE,
                      503,
                      "{'error':{'code':'busy','message':'Later.','field':null}}");
  sc_client_list_live_ahead (client, sc_fake_api_get_url (fixture->client.api));
  g_autoptr (DexFuture) list = sc_client_list_live (client);
  sc_test_wait (list);
  g_assert_null (dex_future_get_value (list, &error));
  g_assert_error (error, SC_CLIENT_ERROR, SC_CLIENT_ERROR_BUSY);
  g_assert_cmpuint (sc_fake_api_count (fixture->client.api, LIVE_ROUTE), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

#define ADD(name, test) g_test_add ("/ahead/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("once", test_once);
  ADD ("old", test_old);
  ADD ("replaced", test_replaced);
  ADD ("given-up", test_given_up);
  ADD ("given-up-later", test_given_up_later);
  ADD ("refused", test_refused);
  ADD ("busy", test_busy);
  return g_test_run ();
}
