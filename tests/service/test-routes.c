/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-service.h"

#include <libsoup/soup.h>
#include <string.h>

static void
assert_fault_of (SctService *self,
                 const char *body,
                 guint status,
                 const char *code,
                 const char *field)
{
  g_autofree char *printable = g_strescape (body, NULL);
  g_test_message ("%.60s", printable);
  g_autoptr (ScResponse) response = sct_service_call (self, "POST", "/v1/users", NULL, body);
  sct_assert_fault (response, status, code, field);
}

static void
test_sign_up_refusals (void)
{
  static const struct {
    const char *body, *code, *field;
  } cases[] = {
    { "{\"name\":\"\",\"password\":\"long enough\"}", "invalid_name", "name" },
    { "{\"name\":\"ad\",\"password\":\"long enough\"}", "invalid_name", "name" },
    { "{\"name\":\"-ada\",\"password\":\"long enough\"}", "invalid_name", "name" },
    { "{\"name\":\"a da\",\"password\":\"long enough\"}", "invalid_name", "name" },
    { "{\"name\":\"Ł\xc3\xb3"
      "dź\",\"password\":\"long enough\"}",
      "invalid_name",
      "name" },
    { "{\"name\":\"a23456789012345678901234567890123\",\"password\":\"long enough\"}",
      "invalid_name",
      "name" },
    { "{\"name\":\"ada\",\"password\":\"\"}", "invalid_password", "password" },
    { "{\"name\":\"ada\",\"password\":\"short\"}", "invalid_password", "password" },
  };
  g_autoptr (SctService) self = sct_service_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_fault_of (self, cases[i].body, 400, cases[i].code, cases[i].field);
  g_assert_cmpint (sct_service_ask_number (self, "SELECT count(*) FROM users"), ==, 0);
}

static void
test_bad_bodies (void)
{
  static const struct {
    const char *body, *field;
  } cases[] = {
    { "", NULL },
    { " ", NULL },
    { "x", NULL },
    { "[]", NULL },
    { "null", NULL },
    { "\"name\"", NULL },
    { "{\"name\":\"ada\",\"password\":\"long enough\"", NULL },
    { "{\"name\":\"ada\",\"password\":\"long enough\"} x", NULL },
    { "{\"name\":\"ada\",\"password\":\"long enough\",}", NULL },
    { "{'name':'ada','password':'long enough'}", NULL },
    { "{/* */\"name\":\"ada\",\"password\":\"long enough\"}", NULL },
    { "{\"name\":\"ada\\u0000x\",\"password\":\"long enough\"}", NULL },
    { "{\"name\":\"ada\xff\",\"password\":\"long enough\"}", NULL },
    { "{\"name\":\"ada\",\"name\":\"bob\",\"password\":\"long enough\"}", NULL },
    { "{\"name\":\"ada\",\"password\":\"long enough\",\"admin\":true}", NULL },
    { "{\"name\":\"ada\",\"password\":\"long enough\",\"x\":{\"y\":1}}", NULL },
    { "{}", "name" },
    { "{\"password\":\"long enough\"}", "name" },
    { "{\"name\":\"ada\"}", "password" },
    { "{\"name\":null,\"password\":\"long enough\"}", "name" },
    { "{\"name\":1,\"password\":\"long enough\"}", "name" },
    { "{\"name\":[\"ada\"],\"password\":\"long enough\"}", "name" },
    { "{\"name\":{\"a\":\"b\"},\"password\":\"long enough\"}", "name" },
    { "{\"name\":\"ada\",\"password\":12345678}", "password" },
    { "{\"name\":\"ada\",\"password\":true}", "password" },
  };
  g_autoptr (SctService) self = sct_service_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_fault_of (self, cases[i].body, 400, "bad_request", cases[i].field);

  g_autofree char *nested = g_strnfill (SC_BODY_MAX, '[');
  assert_fault_of (self, nested, 400, "bad_request", NULL);
  g_autofree char *large = g_strnfill (SC_BODY_MAX + 1, ' ');
  assert_fault_of (self, large, 413, "body_too_large", NULL);
}

static void
test_bad_bodies_say_where (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *token = sct_service_sign_up (self, "ada");
  g_autoptr (ScResponse) response =
    sct_service_call (self,
                      "PATCH",
                      "/v1/channels/ada/chat/settings",
                      token,
                      "{\"modes\":{\"emote_only\":true,\"emote_only\":false}}");
  g_autoptr (JsonObject) object = sct_response_object (response);
  JsonObject *fault = json_object_get_object_member (object, "error");
  g_assert_cmpuint (response->status, ==, 400);
  g_assert_cmpstr (json_object_get_string_member (fault, "message"),
                   ==,
                   "The body is not JSON that this server reads. Byte 29: a name that this object"
                   " has already.");
}

static void
test_unknown_addresses (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  static const char *const nowhere[] = {
    "/",       "",        "/v1",      "/v1/",        "/v2/me",
    "/v1/me/", "//v1/me", "/v1/m%65", "/v1/channel", "/v1/me/channel/keys"
  };
  for (guint i = 0; i < G_N_ELEMENTS (nowhere); i++) {
    g_autoptr (ScResponse) response = sct_service_call (self, "GET", nowhere[i], NULL, NULL);
    sct_assert_fault (response, 404, "not_found", NULL);
  }
  static const char *const unknown[] = { "bob", "NAME", "..", "b%6fb", "", "x/y" };
  for (guint i = 0; i < G_N_ELEMENTS (unknown); i++) {
    g_autofree char *target = g_strconcat ("/v1/channels/", unknown[i], NULL);
    g_autoptr (ScResponse) response = sct_service_call (self, "GET", target, NULL, NULL);
    sct_assert_fault (response, 404, "no_such_channel", NULL);
  }

  g_autoptr (ScResponse) put = sct_service_call (self, "PUT", "/v1/me/channel", NULL, NULL);
  sct_assert_fault (put, 405, "method_not_allowed", NULL);
  g_assert_cmpstr (sc_response_get_header (put, "Allow"), ==, "GET, PATCH");
  g_autoptr (ScResponse) body = sct_service_call (self, "GET", "/v1/channels?live=1", NULL, "{}");
  sct_assert_fault (body, 400, "bad_request", NULL);
  g_autoptr (ScResponse) all = sct_service_call (self, "GET", "/v1/channels", NULL, NULL);
  sct_assert_fault (all, 400, "bad_request", "live");
}

static char *
body_text (ScResponse *response)
{
  gsize size;
  const char *data = g_bytes_get_data (response->body, &size);
  return g_strndup (data, size);
}

/* Nobody learns from the answer whether a name exists. */
static void
test_no_enumeration (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *token = sct_service_sign_up (self, "ada");
  g_autofree char *long_password = g_strnfill (257, 'x');
  g_autofree char *long_body =
    g_strdup_printf ("{\"name\":\"ada\",\"password\":\"%s\"}", long_password);
  const char *const bodies[] = {
    "{\"name\":\"ada\",\"password\":\"wrong password\"}",
    "{\"name\":\"bob\",\"password\":\"wrong password\"}",
    "{\"name\":\"no name at all\",\"password\":\"x\"}",
    "{\"name\":\"\",\"password\":\"\"}",
    long_body,
  };
  g_autofree char *first = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++) {
    g_autoptr (ScResponse) response =
      sct_service_call (self, "POST", "/v1/sessions", NULL, bodies[i]);
    g_autofree char *text = body_text (response);
    sct_assert_fault (response, 401, "wrong_credentials", NULL);
    if (!first)
      first = g_strdup (text);
    g_assert_cmpstr (text, ==, first);
  }
}

static void
test_names_differ_by_more_than_case (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *token = sct_service_sign_up (self, "Ada");
  g_autoptr (ScResponse) taken =
    sct_service_call (self,
                      "POST",
                      "/v1/users",
                      NULL,
                      "{\"name\":\"aDA\",\"password\":\"long enough\"}");
  sct_assert_fault (taken, 409, "name_taken", "name");
  g_autoptr (ScResponse) in =
    sct_service_call (self,
                      "POST",
                      "/v1/sessions",
                      NULL,
                      "{\"name\":\"ADA\",\"password\":\"password of Ada\"}");
  g_assert_cmpuint (in->status, ==, 201);
  g_autoptr (JsonObject) object = sct_response_object (in);
  JsonObject *user = json_object_get_object_member (object, "user");
  g_assert_cmpstr (json_object_get_string_member (user, "name"), ==, "Ada");
  g_autoptr (ScResponse) found = sct_service_call (self, "GET", "/v1/channels/ADA", NULL, NULL);
  g_assert_cmpuint (found->status, ==, 200);
}

static void
assert_title (SctService *self, const char *token, const char *body, const char *expected)
{
  g_autoptr (ScResponse) response = sct_service_call (self, "PATCH", "/v1/me/channel", token, body);
  if (!expected) {
    sct_assert_fault (response, 400, "invalid_title", "title");
    return;
  }
  g_autoptr (JsonObject) object = sct_response_object (response);
  JsonObject *channel = json_object_get_object_member (object, "channel");
  g_assert_cmpstr (json_object_get_string_member (channel, "title"), ==, expected);
}

static void
test_title (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *token = sct_service_sign_up (self, "ada");
  g_autofree char *longest = g_strnfill (140, 'x');
  g_autofree char *fits = g_strdup_printf ("{\"title\":\"%s\"}", longest);
  g_autofree char *too_long = g_strdup_printf ("{\"title\":\"%sx\"}", longest);
  assert_title (self, token, "{\"title\":\"  'Notes'; \\\"--  \"}", "'Notes'; \"--");
  assert_title (self, token, fits, longest);
  assert_title (self, token, too_long, NULL);
  assert_title (self, token, "{\"title\":\"   \"}", NULL);
  assert_title (self, token, "{\"title\":\"two\\nlines\"}", NULL);
}

#define LOOKS_AT_ONCE 4
#define RESETS_AT_ONCE 3

/* Read by the fake in its thread; set before it is asked. */
static gboolean tells_channel;
static gboolean has_srt;

/* An Amazon IVS that knows one stream key and its channel, and lets nobody make anything. */
static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  static const char denied[] = "{\"__type\":\"AccessDeniedException\",\"message\":\"no\"}";
  static const char key[] =
    "{\"streamKey\":{\"arn\":\"arn:aws:ivs:us-west-2:123456789012:stream-key/k\","
    "\"channelArn\":\"arn:aws:ivs:us-west-2:123456789012:channel/c\",\"value\":\"sk_example\"}}";
  static const char channel[] =
    "{\"channel\":{\"arn\":\"arn:aws:ivs:us-west-2:123456789012:channel/c\",\"srt\":"
    "{\"endpoint\":\"c.srt.live-video.net\",\"passphrase\":\"a passphrase\"}}}";
  static const char bare[] =
    "{\"channel\":{\"arn\":\"arn:aws:ivs:us-west-2:123456789012:channel/c\"}}";
  gboolean is_key = g_str_equal (path, "/GetStreamKey");
  gboolean known = is_key || (tells_channel && g_str_equal (path, "/GetChannel"));
  const char *answer = is_key ? key : !known ? denied : has_srt ? channel : bare;
  soup_server_message_set_status (message, known ? 200 : 403, NULL);
  soup_server_message_set_response (message,
                                    "application/json",
                                    SOUP_MEMORY_STATIC,
                                    answer,
                                    strlen (answer));
}

typedef struct {
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
  char *url;
  GMutex lock;
  GCond started;
} FakeIvs;

static gpointer
run_fake_ivs (gpointer data)
{
  FakeIvs *fake = data;
  g_main_context_push_thread_default (fake->context);
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  soup_server_add_handler (server, NULL, on_request, NULL, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL);
  GSList *uris = soup_server_get_uris (server);
  g_mutex_lock (&fake->lock);
  fake->url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_cond_signal (&fake->started);
  g_mutex_unlock (&fake->lock);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_main_loop_run (fake->loop);
  g_main_context_pop_thread_default (fake->context);
  return NULL;
}

static void
make_ready (SctService *self)
{
  sct_service_run (self,
                   "UPDATE channels SET state = 'ready', arn = 'c', room_arn = 'r', stage_arn ="
                   " 's', playback_url = 'https://p/m.m3u8', ingest_endpoint = 'localhost:9',"
                   " stream_key_arn = 'arn:aws:ivs:us-west-2:123456789012:stream-key/k'");
}

static void
start_fake_ivs (FakeIvs *fake)
{
  *fake = (FakeIvs) { .context = g_main_context_new () };
  fake->loop = g_main_loop_new (fake->context, FALSE);
  fake->thread = g_thread_new ("ivs", run_fake_ivs, fake);
  g_mutex_lock (&fake->lock);
  while (!fake->url)
    g_cond_wait (&fake->started, &fake->lock);
  g_mutex_unlock (&fake->lock);
}

static void
stop_fake_ivs (FakeIvs *fake)
{
  g_main_loop_quit (fake->loop);
  g_thread_join (fake->thread);
  g_main_loop_unref (fake->loop);
  g_main_context_unref (fake->context);
  g_free (fake->url);
}

static void
test_stream_key (void)
{
  FakeIvs fake;
  start_fake_ivs (&fake);
  g_autoptr (SctService) self = sct_service_new (fake.url);
  g_autofree char *token = sct_service_sign_up (self, "ada");
  make_ready (self);
  g_autoptr (ScResponse) response =
    sct_service_call (self, "GET", "/v1/me/channel/key", token, NULL);
  g_autoptr (JsonObject) object = sct_response_object (response);
  g_assert_cmpstr (json_object_get_string_member (object, "key"), ==, "sk_example");
  g_assert_cmpuint (json_object_get_size (object), ==, 1);
  g_assert_cmpstr (sc_response_get_header (response, "Cache-Control"), ==, "no-store");
  stop_fake_ivs (&fake);
}

/* Who asks all the time costs the others nothing of Amazon IVS's quota. */
static void
test_stream_key_often (void)
{
  FakeIvs fake;
  start_fake_ivs (&fake);
  g_autoptr (SctService) self = sct_service_new (fake.url);
  g_autofree char *token = sct_service_sign_up (self, "ada");
  make_ready (self);
  for (guint i = 0; i < LOOKS_AT_ONCE; i++) {
    g_autoptr (ScResponse) shown =
      sct_service_call (self, "GET", "/v1/me/channel/key", token, NULL);
    g_assert_cmpuint (shown->status, ==, 200);
  }
  g_autoptr (ScResponse) refused =
    sct_service_call (self, "GET", "/v1/me/channel/key", token, NULL);
  sct_assert_fault (refused, 429, "too_many_attempts", NULL);
  g_assert_nonnull (sc_response_get_header (refused, "Retry-After"));
  g_autoptr (ScResponse) passphrase =
    sct_service_call (self, "GET", "/v1/me/channel/srt", token, NULL);
  sct_assert_fault (passphrase, 429, "too_many_attempts", NULL);
  stop_fake_ivs (&fake);
}

/* An Amazon IVS that refuses does not make resets free. */
static void
test_reset_often (void)
{
  FakeIvs fake;
  start_fake_ivs (&fake);
  g_autoptr (SctService) self = sct_service_new (fake.url);
  g_autofree char *token = sct_service_sign_up (self, "ada");
  make_ready (self);
  for (guint i = 0; i < RESETS_AT_ONCE; i++) {
    g_autoptr (ScResponse) begun =
      sct_service_call (self, "POST", "/v1/me/channel/key", token, "{}");
    g_assert_cmpuint (begun->status, ==, 202);
  }
  g_autoptr (ScResponse) refused =
    sct_service_call (self, "POST", "/v1/me/channel/key", token, "{}");
  sct_assert_fault (refused, 429, "too_many_attempts", NULL);
  stop_fake_ivs (&fake);
}

static ScResponse *
get_srt (SctService *self, const char *token)
{
  return sct_service_call (self, "GET", "/v1/me/channel/srt", token, NULL);
}

/* A channel that Amazon IVS does not tell of is none without SRT. */
static void
test_srt (void)
{
  FakeIvs fake;
  start_fake_ivs (&fake);
  g_autoptr (SctService) self = sct_service_new (fake.url);
  g_autofree char *token = sct_service_sign_up (self, "ada");
  g_autoptr (ScResponse) early = get_srt (self, token);
  sct_assert_fault (early, 409, "channel_not_ready", NULL);
  make_ready (self);
  g_autoptr (ScResponse) refused = get_srt (self, token);
  sct_assert_fault (refused, 502, "upstream_unavailable", NULL);

  tells_channel = TRUE;
  g_autoptr (ScResponse) without = get_srt (self, token);
  sct_assert_fault (without, 404, "not_found", NULL);

  has_srt = TRUE;
  g_autoptr (ScResponse) response = get_srt (self, token);
  g_autoptr (JsonObject) object = sct_response_object (response);
  JsonObject *srt = json_object_get_object_member (object, "srt");
  g_assert_cmpstr (json_object_get_string_member (srt, "endpoint"),
                   ==,
                   "srt://c.srt.live-video.net:9000");
  g_assert_cmpstr (json_object_get_string_member (srt, "passphrase"), ==, "a passphrase");
  g_assert_cmpstr (sc_response_get_header (response, "Cache-Control"), ==, "no-store");
  stop_fake_ivs (&fake);
}

static void
test_stream_key_without_ivs (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *token = sct_service_sign_up (self, "ada");
  g_autoptr (ScResponse) early = sct_service_call (self, "GET", "/v1/me/channel/key", token, NULL);
  sct_assert_fault (early, 409, "channel_not_ready", NULL);
  make_ready (self);
  g_autoptr (ScResponse) response =
    sct_service_call (self, "GET", "/v1/me/channel/key", token, NULL);
  sct_assert_fault (response, 502, "upstream_unavailable", NULL);
}

static void
test_own_channel_when_ready (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *token = sct_service_sign_up (self, "ada");
  make_ready (self);
  g_autoptr (ScResponse) response = sct_service_call (self, "GET", "/v1/me/channel", token, NULL);
  g_autoptr (JsonObject) object = sct_response_object (response);
  JsonObject *channel = json_object_get_object_member (object, "channel");
  g_assert_cmpstr (json_object_get_string_member (channel, "state"), ==, "ready");
  g_assert_cmpstr (json_object_get_string_member (channel, "ingest_server"),
                   ==,
                   "rtmps://localhost:9/app/");
  g_assert_cmpstr (json_object_get_string_member (channel, "channel_type"), ==, "BASIC");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sct_service_set_up ();
  g_test_add_func ("/service/routes/sign-up-refusals", test_sign_up_refusals);
  g_test_add_func ("/service/routes/bad-bodies", test_bad_bodies);
  g_test_add_func ("/service/routes/bad-bodies-say-where", test_bad_bodies_say_where);
  g_test_add_func ("/service/routes/unknown-addresses", test_unknown_addresses);
  g_test_add_func ("/service/routes/no-enumeration", test_no_enumeration);
  g_test_add_func ("/service/routes/names-differ-by-more-than-case",
                   test_names_differ_by_more_than_case);
  g_test_add_func ("/service/routes/title", test_title);
  g_test_add_func ("/service/routes/stream-key", test_stream_key);
  g_test_add_func ("/service/routes/srt", test_srt);
  g_test_add_func ("/service/routes/stream-key-often", test_stream_key_often);
  g_test_add_func ("/service/routes/reset-often", test_reset_often);
  g_test_add_func ("/service/routes/stream-key-without-ivs", test_stream_key_without_ivs);
  g_test_add_func ("/service/routes/own-channel-when-ready", test_own_channel_when_ready);
  int status = g_test_run ();
  sct_service_tear_down ();
  return status;
}
