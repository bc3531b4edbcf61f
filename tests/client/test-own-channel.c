/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One's own channel keeps itself up to date, through failures too. */

#include "config.h"

#include "sc-client-error.h"
#include "sc-fake-api.h"
#include "sc-own-channel.h"

#define ROUTE "GET /v1/me/channel"
#define CHANNEL(rest)                                                                              \
  "{'channel':{'name':'mia','title':'Cats','live':false,'playback_url':null,'stream':null," rest   \
  "}}"

typedef struct {
  ScFakeApi *api;
  ScOwnChannel *own_channel;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ScHttp) http = sc_http_new (5);
  g_autoptr (ScClient) client = sc_client_new (http);
  fixture->api = sc_fake_api_new ();
  sc_client_set_server (client, sc_fake_api_get_url (fixture->api));
  sc_client_set_token (client, "t0k3n");
  fixture->own_channel = sc_own_channel_new (client);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  sc_own_channel_stop (fixture->own_channel);
  g_assert_finalize_object (fixture->own_channel);
  sc_fake_api_free (fixture->api);
}

static gboolean
is_ready (gpointer own_channel)
{
  ScChannel *channel = sc_own_channel_get_channel (own_channel);
  return channel && sc_channel_get_state (channel) == SC_CHANNEL_READY;
}

static gboolean
has_error (gpointer own_channel)
{
  return sc_own_channel_get_error (own_channel) != NULL;
}

static void
test_becomes_ready (Fixture *fixture, gconstpointer data)
{
  sc_fake_api_answer (fixture->api, ROUTE, 200, CHANNEL ("'state':'provisioning'"));
  sc_fake_api_answer (fixture->api,
                      ROUTE,
                      200,
                      CHANNEL ("'state':'ready','ingest_server':'rtmps://x:443/app/'"));
  sc_own_channel_start (fixture->own_channel);
  sc_test_wait_until (is_ready, fixture->own_channel);
  g_assert_cmpuint (sc_fake_api_count (fixture->api, ROUTE), ==, 2);
}

static void
test_keeps_what_it_has (Fixture *fixture, gconstpointer data)
{
  sc_fake_api_answer (fixture->api, ROUTE, 200, CHANNEL ("'state':'ready'"));
  sc_fake_api_answer (fixture->api, ROUTE, 502, "");
  sc_own_channel_start (fixture->own_channel);
  sc_test_wait_until (is_ready, fixture->own_channel);
  sc_own_channel_start (fixture->own_channel);
  sc_test_wait_until (has_error, fixture->own_channel);
  g_assert_error (sc_own_channel_get_error (fixture->own_channel),
                  SC_CLIENT_ERROR,
                  SC_CLIENT_ERROR_UNREACHABLE);
  g_assert_true (is_ready (fixture->own_channel));
}

static void
on_updated (guint *count)
{
  (*count)++;
}

static void
test_stops (Fixture *fixture, gconstpointer data)
{
  guint count = 0;
  g_signal_connect_swapped (fixture->own_channel, "updated", G_CALLBACK (on_updated), &count);
  sc_fake_api_answer (fixture->api, ROUTE, 200, CHANNEL ("'state':'ready'"));
  sc_own_channel_start (fixture->own_channel);
  sc_own_channel_stop (fixture->own_channel);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (count, ==, 0);
}

static void
test_title (Fixture *fixture, gconstpointer data)
{
  sc_fake_api_answer (fixture->api, "PATCH /v1/me/channel", 200, CHANNEL ("'state':'ready'"));
  g_autoptr (DexFuture) future =
    sc_own_channel_change (fixture->own_channel, &(ScChannelChange) { .title = "Cats" });
  sc_test_wait (future);
  ScChannel *channel = sc_own_channel_get_channel (fixture->own_channel);
  g_assert_cmpstr (sc_channel_get_title (channel), ==, "Cats");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

#define ADD(name, test) g_test_add (name, Fixture, NULL, set_up, test, tear_down)
  ADD ("/own-channel/becomes-ready", test_becomes_ready);
  ADD ("/own-channel/keeps-what-it-has", test_keeps_what_it_has);
  ADD ("/own-channel/stops", test_stops);
  ADD ("/own-channel/title", test_title);
  return g_test_run ();
}
