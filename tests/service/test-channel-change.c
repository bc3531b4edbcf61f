/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a streamer makes of the own channel, and what others see of it. */

#include "config.h"

#include "sct-service.h"

#define OWN "/v1/me/channel"

typedef struct {
  SctService *service;
  char *ada;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->service = sct_service_new (NULL);
  self->ada = sct_service_sign_up (self->service, "ada");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  sct_service_free (self->service);
  g_free (self->ada);
}

static JsonObject *
get_channel (Fixture *self, const char *method, const char *target, const char *body)
{
  const char *token = g_str_equal (target, OWN) ? self->ada : NULL;
  g_autoptr (ScResponse) response = sct_service_call (self->service, method, target, token, body);
  g_assert_cmpuint (response->status, ==, 200);
  g_autoptr (JsonObject) object = sct_response_object (response);
  return json_object_ref (json_object_get_object_member (object, "channel"));
}

static void
assert_words (Fixture *self, const char *title, const char *category, const char *about)
{
  static const char *const targets[] = { OWN, "/v1/channels/ada" };
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++) {
    g_autoptr (JsonObject) channel = get_channel (self, "GET", targets[i], NULL);
    g_assert_cmpstr (json_object_get_string_member (channel, "title"), ==, title);
    g_assert_cmpstr (json_object_get_string_member (channel, "category"), ==, category);
    g_assert_cmpstr (json_object_get_string_member (channel, "about"), ==, about);
  }
}

static void
change (Fixture *self, const char *body)
{
  g_autoptr (JsonObject) channel = get_channel (self, "PATCH", OWN, body);
}

/* What is not said stays, and everybody sees it. */
static void
test_words (Fixture *self, gconstpointer data)
{
  change (self, "{\"title\":\"Cats\"}");
  assert_words (self, "Cats", "", "");
  change (self, "{\"category\":\" Animals \"}");
  assert_words (self, "Cats", "Animals", "");
  change (self, "{\"about\":\"Two cats.\\nhttps://cats.example\\n\"}");
  assert_words (self, "Cats", "Animals", "Two cats.\nhttps://cats.example");
  change (self, "{}");
  assert_words (self, "Cats", "Animals", "Two cats.\nhttps://cats.example");
  change (self, "{\"title\":\"Dogs\",\"category\":\"\",\"about\":\"\"}");
  assert_words (self, "Dogs", "", "");
}

/* One word that cannot be used, and none is changed. */
static void
test_refused (Fixture *self, gconstpointer data)
{
  g_autofree char *about = g_strnfill (1001, 'x');
  g_autofree char *too_long = g_strdup_printf ("{\"title\":\"Dogs\",\"about\":\"%s\"}", about);
  const struct {
    const char *body;
    const char *code;
    const char *field;
  } cases[] = {
    { "{\"category\":\"Dogs\",\"title\":\" \"}", "invalid_title", "title" },
    { "{\"title\":\"Dogs\",\"category\":\"two\\nlines\"}", "bad_request", "category" },
    { "{\"title\":\"Dogs\",\"about\":\"\\u0007\"}", "bad_request", "about" },
    { too_long, "bad_request", "about" },
    { "{\"title\":\"Dogs\",\"type\":\"GOLD\"}", "bad_request", "type" },
    { "{\"title\":\"Dogs\",\"latency_mode\":\"low\"}", "bad_request", "latency_mode" },
    { "{\"name\":\"bob\"}", "bad_request", NULL },
  };
  change (self, "{\"title\":\"Cats\"}");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (ScResponse) response =
      sct_service_call (self->service, "PATCH", OWN, self->ada, cases[i].body);
    sct_assert_fault (response, 400, cases[i].code, cases[i].field);
  }
  assert_words (self, "Cats", "", "");
}

/* Before there is a channel on Amazon IVS there is nothing to change, and nothing of it is. */
static void
test_too_early (Fixture *self, gconstpointer data)
{
  g_autoptr (ScResponse) response = sct_service_call (self->service,
                                                      "PATCH",
                                                      OWN,
                                                      self->ada,
                                                      "{\"title\":\"x\",\"type\":\"STANDARD\"}");
  sct_assert_fault (response, 409, "channel_not_ready", NULL);
  g_autoptr (JsonObject) channel = get_channel (self, "GET", OWN, NULL);
  g_assert_cmpstr (json_object_get_string_member (channel, "title"), !=, "x");
}

/* No Amazon IVS answers here: what is wanted is kept, and said to wait. */
static void
test_waiting (Fixture *self, gconstpointer data)
{
  sct_service_run (self->service,
                   "UPDATE channels SET state = 'ready', arn = 'arn:a', room_arn = 'arn:r',"
                   " stage_arn = 'arn:s', playback_url = 'https://a', ingest_endpoint = 'a',"
                   " channel_type = 'BASIC',"
                   " latency_mode = 'LOW'");
  g_autoptr (JsonObject) channel =
    get_channel (self, "PATCH", OWN, "{\"title\":\"Cats\",\"type\":\"STANDARD\"}");
  JsonObject *pending = json_object_get_object_member (channel, "pending");
  g_assert_cmpstr (json_object_get_string_member (channel, "title"), ==, "Cats");
  g_assert_cmpstr (json_object_get_string_member (channel, "channel_type"), ==, "BASIC");
  g_assert_cmpstr (json_object_get_string_member (pending, "channel_type"), ==, "STANDARD");
  g_assert_true (json_object_get_null_member (pending, "latency_mode"));
  g_assert_cmpstr (json_object_get_string_member (pending, "waits_for"), ==, "ivs");
  g_autoptr (JsonObject) back = get_channel (self, "PATCH", OWN, "{\"type\":\"BASIC\"}");
  g_assert_true (json_object_get_null_member (back, "pending"));
}

static void
add (const char *name, void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/channel-change/", name, NULL);
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sct_service_set_up ();
  add ("words", test_words);
  add ("refused", test_refused);
  add ("too-early", test_too_early);
  add ("waiting", test_waiting);
  int status = g_test_run ();
  sct_service_tear_down ();
  return status;
}
