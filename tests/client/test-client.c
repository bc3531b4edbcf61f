/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The client against a server in this process: what it sends, what it makes of the answers. */

#include "config.h"

#include "sc-category.h"
#include "sc-channel.h"
#include "sc-chat-token.h"
#include "sc-client-error.h"
#include "sc-client-fixture.h"
#include "sc-credentials.h"
#include "sc-future.h"
#include "sc-list-page.h"
#include "sc-search-results.h"
#include "sc-stream-status.h"

#define SIGNED_IN "{'token':'t0k3n','expires_at':'2099-01-01T00:00:00.000Z','user':{'name':'mia'}}"
#define LIVE_ROUTE "GET /v1/channels?live=1"
#define CHANNEL "{'name':'mia','title':'Cats','live':false,'playback_url':null,'stream':null}"

static void
test_sign_up (ScClientFixture *fixture, gconstpointer data)
{
  sc_fake_api_answer (fixture->api, "POST /v1/users", 201, SIGNED_IN);
  g_autoptr (DexFuture) future = sc_client_sign_up (fixture->client, "mia", "pass \"word");
  const ScCredentials *credentials = g_value_get_boxed (sc_test_get_value (future));

  g_assert_cmpstr (credentials->name, ==, "mia");
  g_assert_cmpstr (credentials->token, ==, "t0k3n");
  g_assert_cmpint (credentials->expires_at, >, g_get_real_time ());
  g_assert_cmpstr (sc_fake_api_get_body (fixture->api, "POST /v1/users"),
                   ==,
                   "{\"name\":\"mia\",\"password\":\"pass \\\"word\"}");
  g_assert_null (sc_fake_api_get_authorization (fixture->api, "POST /v1/users"));
}

#define REPORT "POST /v1/channels/mia/reports"

/* Returns the key that a report went out with. */
static char *
report (ScClientFixture *fixture, const char *words)
{
  const ScReport wanted = { .words = words };
  g_autoptr (DexFuture) future = sc_client_report (fixture->client, "mia", &wanted);
  sc_test_wait (future);
  const char *key = sc_fake_api_get_key (fixture->api, REPORT);
  g_assert_true (g_uuid_string_is_valid (key));
  return g_strdup (key);
}

/* An act keeps its key until it has an answer. */
static void
test_acts (ScClientFixture *fixture, gconstpointer data)
{
  static const char busy[] = "{'error':{'code':'busy','message':'Later.','field':null}}";
  static const char running[] = "{'error':{'code':'in_progress','message':'Wait.','field':null}}";
  static const char refused[] = "{'error':{'code':'decided','message':'No.','field':null}}";
  sc_client_set_token (fixture->client, "t0k3n");
  sc_fake_api_answer (fixture->api, REPORT, 503, busy);
  sc_fake_api_answer (fixture->api, REPORT, 409, running);
  sc_fake_api_answer (fixture->api, REPORT, 503, busy);
  sc_fake_api_answer (fixture->api, REPORT, 409, refused);
  sc_fake_api_answer (fixture->api, REPORT, 204, "");
  g_autofree char *first = report (fixture, "a"), *second = report (fixture, "a");
  g_autofree char *other = report (fixture, "b"), *third = report (fixture, "a");
  g_autofree char *fourth = report (fixture, "a"), *fifth = report (fixture, "a");
  g_assert_cmpstr (first, ==, second);
  g_assert_cmpstr (first, !=, other);
  g_assert_cmpstr (first, ==, third);
  g_assert_cmpstr (first, !=, fourth);
  g_assert_cmpstr (fourth, !=, fifth);
}

static void
test_acts_are_bounded (ScClientFixture *fixture, gconstpointer data)
{
  sc_client_set_token (fixture->client, "t0k3n");
  sc_fake_api_answer (fixture->api, REPORT, 503, "{}");
  g_autofree char *first = report (fixture, "a");
  for (guint i = 0; i < SC_ACTS_MAX - 1; i++) {
    g_autofree char *words = g_strdup_printf ("other %u", i);
    g_autofree char *key = report (fixture, words);
  }
  g_autofree char *again = report (fixture, "a");
  g_assert_cmpstr (first, ==, again);
  g_autofree char *one_more = report (fixture, "one more");
  g_autofree char *forgotten = report (fixture, "a");
  g_assert_cmpstr (first, !=, forgotten);
}

/* Who bans somebody again twenty minutes later does not mean the ban of then, even if they never
 * heard what became of it. */
static void
test_acts_grow_old (void)
{
  g_autoptr (ScActs) acts = sc_acts_new ();
  g_autofree char *first = sc_acts_dup_key (acts, "/ban", "t0k3n", NULL, 1);
  g_autofree char *retried = sc_acts_dup_key (acts, "/ban", "t0k3n", NULL, SC_ACTS_AGE_US);
  g_autofree char *again = sc_acts_dup_key (acts, "/ban", "t0k3n", NULL, 2 * SC_ACTS_AGE_US - 1);
  g_autofree char *later = sc_acts_dup_key (acts, "/ban", "t0k3n", NULL, 3 * SC_ACTS_AGE_US - 1);
  g_assert_cmpstr (first, ==, retried);
  g_assert_cmpstr (first, ==, again);
  g_assert_cmpstr (first, !=, later);
}

static void
test_token (ScClientFixture *fixture, gconstpointer data)
{
  sc_fake_api_answer (fixture->api, "GET /v1/me", 200, "{'user':{'name':'mia'}}");
  sc_client_set_token (fixture->client, "t0k3n");
  g_autoptr (DexFuture) future = sc_client_who_am_i (fixture->client);
  g_assert_cmpstr (g_value_get_string (sc_test_get_value (future)), ==, "mia");
  g_assert_cmpstr (sc_fake_api_get_authorization (fixture->api, "GET /v1/me"), ==, "Bearer t0k3n");
}

static void
test_token_stays_with_its_server (ScClientFixture *fixture, gconstpointer data)
{
  sc_client_set_token (fixture->client, "t0k3n");
  sc_client_set_server (fixture->client, sc_fake_api_get_url (fixture->api));
  g_assert_cmpstr (sc_client_get_token (fixture->client), ==, "t0k3n");
  sc_client_set_server (fixture->client, "https://elsewhere.example/");
  g_assert_null (sc_client_get_token (fixture->client));
  g_assert_cmpstr (sc_client_get_server (fixture->client), ==, "https://elsewhere.example");
}

static void
test_own_channel (ScClientFixture *fixture, gconstpointer data)
{
  sc_client_set_token (fixture->client, "t0k3n");
  sc_fake_api_answer (fixture->api, "GET /v1/me/channel", 200, "{'channel':" CHANNEL "}");
  sc_fake_api_answer (fixture->api, "PATCH /v1/me/channel", 200, "{'channel':" CHANNEL "}");
  sc_fake_api_answer (fixture->api, "GET /v1/me/channel/key", 200, "{'key':'sk_us-west-2_abc'}");

  g_autoptr (DexFuture) own = sc_client_get_own_channel (fixture->client);
  ScChannel *channel = g_value_get_object (sc_test_get_value (own));
  g_assert_cmpstr (sc_channel_get_title (channel), ==, "Cats");

  g_autoptr (DexFuture) title =
    sc_client_change_channel (fixture->client, &(ScChannelChange) { .title = "Cats" });
  sc_test_get_value (title);
  g_assert_cmpstr (sc_fake_api_get_body (fixture->api, "PATCH /v1/me/channel"),
                   ==,
                   "{\"title\":\"Cats\"}");

  g_autoptr (DexFuture) key = sc_client_get_stream_key (fixture->client);
  g_assert_cmpstr (g_value_get_string (sc_test_get_value (key)), ==, "sk_us-west-2_abc");
}

static void
test_key_reset (ScClientFixture *fixture, gconstpointer data)
{
  sc_client_set_token (fixture->client, "t0k3n");
  sc_fake_api_answer (fixture->api,
                      "POST /v1/me/channel/key",
                      202,
                      "{'channel':{'name':'mia','title':'Cats','live':false,'playback_url':null,"
                      "'stream':null,'key_state':'resetting'}}");
  g_autoptr (DexFuture) reset = sc_client_reset_stream_key (fixture->client, TRUE);
  ScChannel *channel = g_value_get_object (sc_test_get_value (reset));
  g_assert_true (sc_channel_get_key_resetting (channel));
  g_assert_cmpstr (sc_fake_api_get_body (fixture->api, "POST /v1/me/channel/key"),
                   ==,
                   "{\"stop\":true}");
}

static void
test_account_deletion (ScClientFixture *fixture, gconstpointer data)
{
  sc_client_set_token (fixture->client, "t0k3n");
  sc_fake_api_answer (fixture->api,
                      "DELETE /v1/me",
                      202,
                      "{'deletes_at':'2099-01-08T00:00:00.000Z'}");
  g_autoptr (DexFuture) deleted = sc_client_delete_account (fixture->client, "password");
  gint64 deletes_at = g_value_get_int64 (sc_test_get_value (deleted));
  g_assert_cmpint (deletes_at, >, g_get_real_time ());
  g_assert_cmpstr (sc_fake_api_get_body (fixture->api, "DELETE /v1/me"),
                   ==,
                   "{\"password\":\"password\"}");

  g_autoptr (GError) error = NULL;
  sc_fake_api_answer (fixture->api,
                      "GET /v1/me",
                      403,
                      "{'error':{'code':'account_deleted','message':'No.',"
                      "'deletes_at':'2099-01-08T00:00:00.000Z'}}");
  g_autoptr (DexFuture) me = sc_client_who_am_i (fixture->client);
  sc_test_wait (me);
  g_assert_null (dex_future_get_value (me, &error));
  g_assert_error (error, SC_CLIENT_ERROR, SC_CLIENT_ERROR_ACCOUNT_DELETED);
  g_assert_cmpint (sc_client_error_get_until (error), ==, deletes_at);

  sc_fake_api_answer (fixture->api, "POST /v1/me/restore", 200, "{'user':{'name':'mia'}}");
  g_autoptr (DexFuture) restored = sc_client_restore_account (fixture->client);
  g_assert_true (g_value_get_boolean (sc_test_get_value (restored)));
}

/* A session of an account that is to go says so. */
static void
test_sign_in_deleted (ScClientFixture *fixture, gconstpointer data)
{
  sc_fake_api_answer (fixture->api,
                      "POST /v1/sessions",
                      201,
                      "{'token':'t0k3n','expires_at':'2099-01-01T00:00:00.000Z',"
                      "'user':{'name':'mia'},'deletes_at':'2099-01-08T00:00:00.000Z'}");
  g_autoptr (DexFuture) future = sc_client_sign_in (fixture->client, "mia", "password");
  const ScCredentials *credentials = g_value_get_boxed (sc_test_get_value (future));
  g_autoptr (ScCredentials) copy = sc_credentials_copy (credentials);
  g_assert_cmpint (copy->deletes_at, >, copy->expires_at);
}

static guint
count_live (ScClient *client)
{
  g_autoptr (DexFuture) list = sc_client_list_live (client);
  const ScListPage *page = g_value_get_boxed (sc_test_get_value (list));
  return g_list_model_get_n_items (G_LIST_MODEL (page->items));
}

static void
test_channels (ScClientFixture *fixture, gconstpointer data)
{
  sc_fake_api_answer (fixture->api, LIVE_ROUTE, 200, "{'channels':[" CHANNEL "," CHANNEL "]}");
  sc_fake_api_answer (fixture->api, "GET /v1/channels/mia", 200, "{'channel':" CHANNEL "}");

  g_assert_cmpuint (count_live (fixture->client), ==, 2);
  g_autoptr (DexFuture) one = sc_client_get_channel (fixture->client, "mia");
  g_assert_cmpstr (sc_channel_get_name (g_value_get_object (sc_test_get_value (one))), ==, "mia");
}

static void
assert_unreachable (ScClient *client, ScClientError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DexFuture) future = sc_client_list_live (client);
  sc_test_wait (future);
  g_assert_null (dex_future_get_value (future, &error));
  g_assert_error (error, SC_CLIENT_ERROR, (int) code);
}

static gboolean
was_asked (gpointer api)
{
  return sc_fake_api_count (api, LIVE_ROUTE) > 0;
}

/* Once, and by nobody who goes elsewhere. */
static void
test_live_ahead (ScClientFixture *fixture, gconstpointer data)
{
  g_autofree char *server = g_strdup (sc_client_get_server (fixture->client));
  sc_fake_api_answer (fixture->api, LIVE_ROUTE, 200, "{'channels':[" CHANNEL "]}");
  sc_fake_api_answer (fixture->api, LIVE_ROUTE, 200, "{'channels':[]}");
  sc_client_set_server (fixture->client, NULL);
  sc_client_list_live_ahead (fixture->client, server);
  sc_test_wait_until (was_asked, fixture->api);
  sc_client_set_server (fixture->client, server);
  sc_client_set_token (fixture->client, "t0k3n");
  g_assert_cmpuint (count_live (fixture->client), ==, 1);
  g_assert_cmpuint (sc_fake_api_count (fixture->api, LIVE_ROUTE), ==, 1);
  g_assert_null (sc_fake_api_get_authorization (fixture->api, LIVE_ROUTE));
  g_assert_cmpuint (count_live (fixture->client), ==, 0);
  g_assert_cmpuint (sc_fake_api_count (fixture->api, LIVE_ROUTE), ==, 2);
}

static void
test_search (ScClientFixture *fixture, gconstpointer data)
{
  static const char category[] = "{'name':'Food & Drink','live':2,'viewers':12}";
  g_autofree char *found =
    g_strdup_printf ("{'channels':[" CHANNEL "],'live':[],'categories':[%s]}", category);
  g_autofree char *page = g_strdup_printf ("{'categories':[%s],'older':'c2'}", category);
  sc_fake_api_answer (fixture->api, "GET /v1/search?q=a%20%26%20b", 200, found);
  sc_fake_api_answer (fixture->api, "GET /v1/categories?before=c1", 200, page);
  sc_fake_api_answer (fixture->api,
                      "GET /v1/channels?live=1&category=Food%20%26%20Drink&before=c3",
                      200,
                      "{'channels':[" CHANNEL "],'older':null}");

  g_autoptr (DexFuture) search = sc_client_search (fixture->client, "a & b");
  const ScSearchResults *results = g_value_get_boxed (sc_test_get_value (search));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (results->channels)), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (results->live)), ==, 0);
  g_autoptr (ScCategory) one = g_list_model_get_item (G_LIST_MODEL (results->categories), 0);
  g_assert_cmpstr (sc_category_get_name (one), ==, "Food & Drink");
  g_assert_cmpint (sc_category_get_n_live (one), ==, 2);
  g_assert_cmpint (sc_category_get_viewers (one), ==, 12);

  g_autoptr (DexFuture) list = sc_client_list_categories (fixture->client, "c1");
  const ScListPage *categories = g_value_get_boxed (sc_test_get_value (list));
  g_assert_cmpstr (categories->older, ==, "c2");
  g_autoptr (DexFuture) live = sc_client_list_live_in (fixture->client, "Food & Drink", "c3");
  const ScListPage *channels = g_value_get_boxed (sc_test_get_value (live));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (channels->items)), ==, 1);
  g_assert_null (channels->older);
}

static void
assert_recordings_page (ScClientFixture *fixture, const char *channel, const char *path)
{
  g_autofree char *route = g_strdup_printf ("GET %s?before=c%%261", path);
  sc_fake_api_answer (fixture->api,
                      route,
                      200,
                      "{'recordings':[{'id':'r1','channel':'mia','title':'Weaving',"
                      "'started_at':'2026-01-01T00:00:00.000Z','duration_ms':1000,"
                      "'playback_url':'https://r.example/m.m3u8','thumbnail_url':null,"
                      "'width':320,'height':180}],'older':'c2'}");
  g_autoptr (DexFuture) list = sc_client_list_recordings (fixture->client, channel, "c&1");
  const ScListPage *page = g_value_get_boxed (sc_test_get_value (list));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (page->items)), ==, 1);
  g_assert_cmpstr (page->older, ==, "c2");
}

static void
test_recordings (ScClientFixture *fixture, gconstpointer data)
{
  assert_recordings_page (fixture, NULL, "/v1/recordings");
  assert_recordings_page (fixture, "mia", "/v1/channels/mia/recordings");
}

static void
test_chat_token (ScClientFixture *fixture, gconstpointer data)
{
  sc_fake_api_answer (fixture->api,
                      "POST /v1/channels/mia/chat",
                      201,
                      "{'chat':{'endpoint':'wss://edge.example','token':'c4t',"
                      "'session_expires_at':'2099-01-01T00:00:00.000Z','user_id':'u1',"
                      "'name':'mia','capabilities':['SEND_MESSAGE']}}");
  g_autoptr (DexFuture) future = sc_client_create_chat_token (fixture->client, "mia");
  const ScChatToken *token = g_value_get_boxed (sc_test_get_value (future));
  g_assert_cmpstr (token->token, ==, "c4t");
  g_assert_cmpuint (token->capabilities, ==, SC_CHAT_SEND);
}

static const struct {
  guint status;
  const char *body;
  ScClientError code;
  const char *field;
} refusals[] = {
  { 409,
    "{'error':{'code':'name_taken','message':'Taken.','field':'name'}}",
    SC_CLIENT_ERROR_NAME_TAKEN,
    "name" },
  { 401,
    "{'error':{'code':'wrong_credentials','message':'Wrong.','field':null}}",
    SC_CLIENT_ERROR_WRONG_CREDENTIALS,
    NULL },
  { 400,
    "{'error':{'code':'invalid_password','message':'Short.','field':'password'}}",
    SC_CLIENT_ERROR_INVALID_PASSWORD,
    "password" },
  { 503, "{'error':{'code':'busy','message':'Later.','field':null}}", SC_CLIENT_ERROR_BUSY, NULL },
  { 500,
    "{'error':{'code':'made_up','message':'?','field':null}}",
    SC_CLIENT_ERROR_INTERNAL,
    NULL },
  { 418,
    "{'error':{'code':'made_up','message':'?','field':null}}",
    SC_CLIENT_ERROR_PROTOCOL,
    NULL },
  { 502, "<html>nginx</html>", SC_CLIENT_ERROR_UNREACHABLE, NULL },
  { 503, "", SC_CLIENT_ERROR_BUSY, NULL },
  { 404, "<html>not ours</html>", SC_CLIENT_ERROR_PROTOCOL, NULL },
  { 200, "<html>not ours</html>", SC_CLIENT_ERROR_PROTOCOL, NULL },
  { 200, "{}", SC_CLIENT_ERROR_PROTOCOL, NULL },
  { 200, "{'token':1}", SC_CLIENT_ERROR_PROTOCOL, NULL },
};

static void
test_refusals (ScClientFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    sc_fake_api_answer (fixture->api, "POST /v1/users", refusals[i].status, refusals[i].body);

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (DexFuture) future = sc_client_sign_up (fixture->client, "mia", "password");
    sc_test_wait (future);
    g_assert_null (dex_future_get_value (future, &error));
    g_assert_error (error, SC_CLIENT_ERROR, (int) refusals[i].code);
    g_assert_cmpstr (sc_client_error_get_field (error), ==, refusals[i].field);
  }
}

static void
test_unreachable (ScClientFixture *fixture, gconstpointer data)
{
  sc_client_set_server (fixture->client, NULL);
  assert_unreachable (fixture->client, SC_CLIENT_ERROR_NO_SERVER);
  sc_client_set_server (fixture->client, "http://127.0.0.1:1");
  assert_unreachable (fixture->client, SC_CLIENT_ERROR_UNREACHABLE);
  sc_client_set_server (fixture->client, "not an address");
  assert_unreachable (fixture->client, SC_CLIENT_ERROR_PROTOCOL);
}

static void
on_unauthorized (guint *count)
{
  (*count)++;
}

static void
test_unauthorized (ScClientFixture *fixture, gconstpointer data)
{
  guint count = 0;
  g_signal_connect_swapped (fixture->client, "unauthorized", G_CALLBACK (on_unauthorized), &count);
  sc_fake_api_answer (fixture->api,
                      "GET /v1/me",
                      401,
                      "{'error':{'code':'unauthorized','message':'No.','field':null}}");

  g_autoptr (DexFuture) without = sc_client_who_am_i (fixture->client);
  sc_test_wait (without);
  g_assert_cmpuint (count, ==, 0);

  sc_client_set_token (fixture->client, "old");
  g_autoptr (DexFuture) with = sc_client_who_am_i (fixture->client);
  sc_test_wait (with);
  g_assert_cmpuint (count, ==, 1);

  g_autoptr (DexFuture) late = sc_client_who_am_i (fixture->client);
  sc_client_set_token (fixture->client, "new");
  sc_test_wait (late);
  g_assert_cmpuint (count, ==, 1);
}

static gboolean
has_request (gpointer user_data)
{
  ScClientFixture *fixture = user_data;
  return sc_fake_api_count (fixture->api, "GET /v1/me") > 0;
}

/* A future that is dropped ends its exchange and calls nobody. */
static void
test_dropped (ScClientFixture *fixture, gconstpointer data)
{
  sc_fake_api_answer (fixture->api, "GET /v1/me", 200, "{'user':{'name':'mia'}}");
  DexFuture *future = sc_client_who_am_i (fixture->client);
  sc_test_wait_until (has_request, fixture);
  dex_clear (&future);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_stream_status (ScClientFixture *fixture, gconstpointer data)
{
  static const char live[] =
    "{'stream':{'id':'st-a','started_at':'2026-10-24T12:26:39.000Z','ended_at':null,"
    "'health':'healthy','viewers':3,'peak_viewers':4},'ingest':null,'samples':[],'reports':[]}";
  static const char over[] = "{'error':{'code':'not_live','message':'No.','field':null}}";
  sc_client_set_token (fixture->client, "t0k3n");
  sc_fake_api_answer (fixture->api, "GET /v1/me/channel/live", 200, live);
  sc_fake_api_answer (fixture->api, "POST /v1/me/channel/stop", 202, "{}");
  sc_fake_api_answer (fixture->api, "POST /v1/me/channel/stop", 409, over);
  g_autoptr (DexFuture) asked = sc_client_get_stream_status (fixture->client);
  ScStreamStatus *status = g_value_get_object (sc_test_get_value (asked));
  g_assert_true (sc_stream_status_is_live (status));
  g_assert_cmpint (sc_stream_status_get_fields (status)->viewers, ==, 3);

  sc_fake_api_answer (fixture->api, "GET /v1/me/channel/streams/st-a", 200, live);
  g_autoptr (DexFuture) past = sc_client_get_past_stream (fixture->client, "st-a");
  g_assert_true (SC_IS_STREAM_STATUS (g_value_get_object (sc_test_get_value (past))));

  g_autoptr (DexFuture) stopped = sc_client_stop_stream (fixture->client);
  g_assert_true (g_value_get_boolean (sc_test_get_value (stopped)));
  g_autoptr (GError) error = NULL;
  g_autoptr (DexFuture) again = sc_client_stop_stream (fixture->client);
  sc_test_wait (again);
  g_assert_null (dex_future_get_value (again, &error));
  g_assert_error (error, SC_CLIENT_ERROR, SC_CLIENT_ERROR_NOT_LIVE);
  g_assert_cmpuint (sc_client_error_get_wait (error), ==, 0);
}

/* How long one is to wait, where the server says it in a way that can be. */
static void
test_too_many (ScClientFixture *fixture, gconstpointer data)
{
  static const struct {
    const char *retry_after;
    guint wait;
  } rows[] = {
    { "7", 7 }, { NULL, 0 },           { "soon", 0 }, { "-1", 0 },
    { "0", 0 }, { "999999999999", 0 }, { "1.5", 0 },  { "7 seconds", 0 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    sc_fake_api_refuse_now (fixture->api, "POST /v1/me/channel/stop", rows[i].retry_after);
    g_autoptr (DexFuture) stopped = sc_client_stop_stream (fixture->client);
    sc_test_wait (stopped);
    g_assert_null (dex_future_get_value (stopped, &error));
    g_autoptr (GError) copy = g_error_copy (error);
    g_assert_error (copy, SC_CLIENT_ERROR, SC_CLIENT_ERROR_TOO_MANY_ATTEMPTS);
    g_assert_cmpuint (sc_client_error_get_wait (copy), ==, rows[i].wait);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

#define ADD(name, test)                                                                            \
  g_test_add (name,                                                                                \
              ScClientFixture,                                                                     \
              NULL,                                                                                \
              sc_client_fixture_set_up,                                                            \
              test,                                                                                \
              sc_client_fixture_tear_down)
  ADD ("/client/stream-status", test_stream_status);
  ADD ("/client/too-many", test_too_many);
  ADD ("/client/sign-up", test_sign_up);
  ADD ("/client/token", test_token);
  ADD ("/client/token-stays-with-its-server", test_token_stays_with_its_server);
  ADD ("/client/acts", test_acts);
  ADD ("/client/acts-are-bounded", test_acts_are_bounded);
  g_test_add_func ("/client/acts-grow-old", test_acts_grow_old);
  ADD ("/client/own-channel", test_own_channel);
  ADD ("/client/key-reset", test_key_reset);
  ADD ("/client/account-deletion", test_account_deletion);
  ADD ("/client/sign-in-deleted", test_sign_in_deleted);
  ADD ("/client/channels", test_channels);
  ADD ("/client/live-ahead", test_live_ahead);
  ADD ("/client/search", test_search);
  ADD ("/client/recordings", test_recordings);
  ADD ("/client/chat-token", test_chat_token);
  ADD ("/client/refusals", test_refusals);
  ADD ("/client/unreachable", test_unreachable);
  ADD ("/client/unauthorized", test_unauthorized);
  ADD ("/client/dropped", test_dropped);
  return g_test_run ();
}
