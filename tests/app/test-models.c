/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-channel-watch.h"
#include "sc-client-error.h"
#include "sc-fake-api.h"
#include "sc-live-list.h"

#define LIVE "GET /v1/channels?live=1"
#define ADA "GET /v1/channels/ada"

#define CHANNEL(name, title)                                                                       \
  "{'name':'" name "','title':'" title "','live':true,'playback_url':'https://x/',"                \
  "'stream':{'id':'st-1','width':1280,'height':720,'started_at':'2026-01-01T00:00:00.000Z'}}"
#define ENDED                                                                                      \
  "{'channel':{'name':'ada','title':'a','live':false,'playback_url':'https://x/',"                 \
  "'stream':{'id':'st-1','width':1280,'height':720,'started_at':'2026-01-01T00:00:00.000Z',"       \
  "'ended_at':'2026-01-01T01:00:00.000Z'}}}"
#define LIST(channels) "{'channels':[" channels "]}"

#define N_VIEWERS 20
/* Of a second; by chance they are all closer together once in 10^12 runs. */
#define APART_US (200 * G_TIME_SPAN_MILLISECOND)

typedef struct {
  ScFakeApi *api;
  ScClient *client;
  ScLiveList *list;
  ScChannelWatch *watch;
  guint changes;
  guint answers;
} Fixture;

static void
on_items_changed (Fixture *fixture)
{
  fixture->changes++;
}

static void
on_answer (Fixture *fixture)
{
  fixture->answers++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ScHttp) http = sc_http_new (5);
  fixture->api = sc_fake_api_new ();
  fixture->client = sc_client_new (http);
  sc_client_set_server (fixture->client, sc_fake_api_get_url (fixture->api));
  fixture->list = sc_live_list_new (fixture->client);
  fixture->watch = sc_channel_watch_new (fixture->client, "ada");
  g_signal_connect_swapped (sc_live_list_get_channels (fixture->list),
                            "items-changed",
                            G_CALLBACK (on_items_changed),
                            fixture);
  g_signal_connect_swapped (fixture->list, "notify::now", G_CALLBACK (on_answer), fixture);
  g_signal_connect_swapped (fixture->watch, "refreshed", G_CALLBACK (on_answer), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->list);
  g_clear_object (&fixture->watch);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->client);
  sc_fake_api_free (fixture->api);
}

static gboolean
has_answer (gpointer data)
{
  Fixture *fixture = data;
  return fixture->answers > 0;
}

static void
wait_answer (Fixture *fixture)
{
  sc_test_wait_until (has_answer, fixture);
  fixture->answers = 0;
}

static void
load (Fixture *fixture, guint status, const char *body)
{
  sc_fake_api_answer_now (fixture->api, LIVE, status, body);
  sc_live_list_start (fixture->list);
  wait_answer (fixture);
}

static ScChannel *
get_channel (Fixture *fixture, guint position)
{
  g_autoptr (ScChannel) channel =
    g_list_model_get_item (sc_live_list_get_channels (fixture->list), position);
  return channel;
}

static void
test_list_in_place (Fixture *fixture, gconstpointer data)
{
  g_assert_false (sc_live_list_get_loaded (fixture->list));
  load (fixture, 200, LIST (CHANNEL ("ada", "one") "," CHANNEL ("mia", "two")));
  g_assert_true (sc_live_list_get_loaded (fixture->list));
  g_assert_cmpuint (fixture->changes, ==, 1);
  ScChannel *ada = get_channel (fixture, 0);
  g_assert_cmpstr (sc_channel_get_name (ada), ==, "ada");

  load (fixture, 200, LIST (CHANNEL ("ada", "new words") "," CHANNEL ("mia", "two")));
  g_assert_cmpuint (fixture->changes, ==, 1);
  g_assert_true (get_channel (fixture, 0) == ada);
  g_assert_cmpstr (sc_channel_get_title (ada), ==, "new words");

  load (fixture,
        200,
        LIST (CHANNEL ("eve", "three") "," CHANNEL ("ada", "new words") "," CHANNEL ("mia", "2")));
  g_assert_cmpuint (fixture->changes, ==, 2);
  g_assert_true (get_channel (fixture, 1) == ada);

  load (fixture, 200, LIST (CHANNEL ("ada", "new words")));
  g_assert_true (get_channel (fixture, 0) == ada);
  g_assert_null (get_channel (fixture, 1));
  load (fixture, 200, LIST (""));
  g_assert_null (get_channel (fixture, 0));
}

static void
test_list_reordered (Fixture *fixture, gconstpointer data)
{
  load (fixture,
        200,
        LIST (CHANNEL ("ada", "1") "," CHANNEL ("mia", "2") "," CHANNEL ("eve", "3")));
  ScChannel *ada = get_channel (fixture, 0);
  load (fixture,
        200,
        LIST (CHANNEL ("eve", "3") "," CHANNEL ("mia", "2") "," CHANNEL ("ada", "1")));
  g_assert_true (get_channel (fixture, 2) == ada);
  g_assert_cmpstr (sc_channel_get_name (get_channel (fixture, 0)), ==, "eve");
  g_assert_null (get_channel (fixture, 3));
}

static void
test_list_failure_keeps (Fixture *fixture, gconstpointer data)
{
  load (fixture, 502, "{'error':{'code':'upstream_unavailable','message':'No','field':null}}");
  g_assert_error (sc_live_list_get_error (fixture->list),
                  SC_CLIENT_ERROR,
                  SC_CLIENT_ERROR_UPSTREAM);
  g_assert_false (sc_live_list_get_loaded (fixture->list));
  load (fixture, 200, LIST (CHANNEL ("ada", "one")));
  g_assert_no_error (sc_live_list_get_error (fixture->list));
  load (fixture, 503, "{'error':{'code':'busy','message':'No','field':null}}");
  g_assert_error (sc_live_list_get_error (fixture->list), SC_CLIENT_ERROR, SC_CLIENT_ERROR_BUSY);
  g_assert_true (sc_live_list_get_loaded (fixture->list));
  g_assert_nonnull (get_channel (fixture, 0));
}

static void
test_list_stops (Fixture *fixture, gconstpointer data)
{
  sc_fake_api_answer_now (fixture->api, LIVE, 200, LIST (""));
  sc_live_list_start (fixture->list);
  sc_live_list_stop (fixture->list);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_false (sc_live_list_get_loaded (fixture->list));
  sc_live_list_start (fixture->list);
  wait_answer (fixture);
  g_assert_true (sc_live_list_get_loaded (fixture->list));
}

static void
test_gone_while_asking (Fixture *fixture, gconstpointer data)
{
  sc_fake_api_answer_now (fixture->api, LIVE, 200, LIST (""));
  sc_fake_api_answer_now (fixture->api, ADA, 200, ENDED);
  sc_live_list_start (fixture->list);
  sc_channel_watch_start (fixture->watch);
  g_main_context_iteration (NULL, FALSE);
  g_assert_finalize_object (g_steal_pointer (&fixture->list));
  g_assert_finalize_object (g_steal_pointer (&fixture->watch));
}

static void
test_watch (Fixture *fixture, gconstpointer data)
{
  sc_fake_api_answer_now (fixture->api, ADA, 200, "{'channel':" CHANNEL ("ada", "a") "}");
  sc_channel_watch_start (fixture->watch);
  g_assert_null (sc_channel_watch_get_channel (fixture->watch));
  wait_answer (fixture);
  ScChannel *ada = sc_channel_watch_get_channel (fixture->watch);
  g_assert_true (sc_channel_get_live (ada));

  sc_fake_api_answer_now (fixture->api, ADA, 200, ENDED);
  wait_answer (fixture); /* by itself */
  g_assert_true (sc_channel_watch_get_channel (fixture->watch) == ada);
  g_assert_false (sc_channel_get_live (ada));

  sc_fake_api_answer_now (fixture->api,
                          ADA,
                          404,
                          "{'error':{'code':'not_found','message':'No','field':null}}");
  sc_channel_watch_start (fixture->watch);
  wait_answer (fixture);
  g_assert_error (sc_channel_watch_get_error (fixture->watch),
                  SC_CLIENT_ERROR,
                  SC_CLIENT_ERROR_NOT_FOUND);
  g_assert_true (sc_channel_watch_get_channel (fixture->watch) == ada);
}

typedef struct {
  ScChannelWatch *watches[N_VIEWERS];
  guint n_answers;
  gint64 first_us, last_us;
} Crowd;

static void
on_crowd_answer (Crowd *crowd)
{
  crowd->last_us = g_get_monotonic_time ();
  if (crowd->n_answers++ == 0)
    crowd->first_us = crowd->last_us;
}

static void
wait_crowd (Crowd *crowd)
{
  crowd->n_answers = 0;
  while (crowd->n_answers < N_VIEWERS)
    g_main_context_iteration (NULL, TRUE);
}

/* What all hear at once is not what all ask for at once. */
static void
test_crowd (Fixture *fixture, gconstpointer data)
{
  Crowd crowd = { 0 };
  sc_fake_api_answer (fixture->api, ADA, 200, "{'channel':" CHANNEL ("ada", "a") "}");
  for (guint i = 0; i < N_VIEWERS; i++) {
    crowd.watches[i] = sc_channel_watch_new (fixture->client, "ada");
    g_signal_connect_swapped (crowd.watches[i], "refreshed", G_CALLBACK (on_crowd_answer), &crowd);
    sc_channel_watch_refresh (crowd.watches[i]); /* not started */
    sc_channel_watch_start (crowd.watches[i]);
  }
  wait_crowd (&crowd);
  for (guint i = 0; i < N_VIEWERS; i++)
    sc_channel_watch_refresh (crowd.watches[i]);
  wait_crowd (&crowd);
  g_test_message ("%u answers in %d ms", N_VIEWERS, (int) (crowd.last_us - crowd.first_us) / 1000);
  g_assert_cmpint (crowd.last_us - crowd.first_us, >, APART_US);
  for (guint i = 0; i < N_VIEWERS; i++)
    g_assert_finalize_object (crowd.watches[i]);
}

#define add(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  add ("/models/live-list/in-place", test_list_in_place);
  add ("/models/live-list/reordered", test_list_reordered);
  add ("/models/live-list/failure-keeps", test_list_failure_keeps);
  add ("/models/live-list/stops", test_list_stops);
  add ("/models/gone-while-asking", test_gone_while_asking);
  add ("/models/channel-watch", test_watch);
  add ("/models/channel-watch/crowd", test_crowd);
  return g_test_run ();
}
