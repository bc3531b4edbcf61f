/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The same request again with its Idempotency-Key: one effect, one answer. */

#include "config.h"

#include "sc-repeat-store.h"
#include "sc-routes.h"
#include "sct-service.h"

#include <string.h>

#define ACTIONS "/v1/channels/ada/chat/actions"
#define REPORTS "/v1/channels/ada/reports"
#define DELETE_LINE "{\"kind\":\"delete\",\"line_id\":\"abcdABCD1234\"}"
#define DELETE_OTHER "{\"kind\":\"delete\",\"line_id\":\"abcdABCD1235\"}"
#define SPAM "{\"kind\":\"channel\",\"reason\":\"spam\"}"

static ScResponse *
post (SctService *self, const char *path, const char *token, const char *key, const char *body)
{
  g_autofree char *authorization = token ? g_strdup_printf ("Bearer %s", token) : NULL;
  g_autoptr (GBytes) bytes = body ? g_bytes_new (body, strlen (body)) : NULL;
  const ScRequest request = { .method = "POST",
                              .path = path,
                              .authorization = authorization,
                              .idempotency_key = key,
                              .body = bytes };
  return sc_service_handle (self->service, &request);
}

static gint64
count (SctService *self, const char *table)
{
  g_autofree char *sql = g_strconcat ("SELECT count(*) FROM ", table, NULL);
  return sct_service_ask_number (self, sql);
}

static void
assert_same (ScResponse *one, ScResponse *other)
{
  g_assert_cmpuint (one->status, ==, other->status);
  g_assert_true (one->body ? other->body && g_bytes_equal (one->body, other->body)
                           : other->body == NULL);
  g_assert_cmpstr (sc_response_get_header (one, "Content-Type"),
                   ==,
                   sc_response_get_header (other, "Content-Type"));
}

static void
test_again (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *ada = sct_service_sign_up (self, "ada");
  g_autoptr (ScResponse) first = post (self, ACTIONS, ada, "key-1", DELETE_LINE);
  g_autoptr (ScResponse) second = post (self, ACTIONS, ada, "key-1", DELETE_LINE);
  g_assert_cmpuint (first->status, ==, 201);
  assert_same (first, second);
  g_assert_cmpint (count (self, "mod_actions"), ==, 1);
  g_autoptr (ScResponse) other = post (self, ACTIONS, ada, "key-2", DELETE_LINE);
  g_assert_cmpuint (other->status, ==, 201);
  g_assert_cmpint (count (self, "mod_actions"), ==, 2);
  g_autoptr (ScResponse) without = post (self, ACTIONS, ada, NULL, DELETE_LINE);
  g_assert_cmpint (count (self, "mod_actions"), ==, 3);

  for (guint i = 0; i < 2; i++) {
    g_autoptr (ScResponse) report = post (self, REPORTS, ada, "key-1", SPAM);
    g_assert_cmpuint (report->status, ==, 204);
    g_assert_null (report->body);
  }
  g_assert_cmpint (count (self, "reports"), ==, 1);
}

/* A refusal is an answer like any other. */
static void
test_refusals_are_kept (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *ada = sct_service_sign_up (self, "ada");
  static const char path[] = "/v1/channels/ada/chat/held/7c7b3a52-6d0b-4f55-a5ff-2c1a7d9f0e11";
  g_autoptr (ScResponse) first = post (self, path, ada, "k", "{\"verdict\":\"reject\"}");
  g_autoptr (ScResponse) second = post (self, path, ada, "k", "{\"verdict\":\"reject\"}");
  g_assert_cmpuint (first->status, ==, 404);
  assert_same (first, second);
  g_assert_cmpint (count (self, "repeats WHERE status = 404"), ==, 1);
}

static void
test_another_request (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *ada = sct_service_sign_up (self, "ada");
  g_autofree char *bob = sct_service_sign_up (self, "bob");
  g_autoptr (ScResponse) first = post (self, ACTIONS, ada, "k", DELETE_LINE);
  g_autoptr (ScResponse) body = post (self, ACTIONS, ada, "k", DELETE_OTHER);
  sct_assert_fault (body, 422, "idempotency_mismatch", NULL);
  g_autoptr (ScResponse) one = post (self, REPORTS, ada, "k", SPAM);
  g_autoptr (ScResponse) path = post (self, "/v1/channels/bob/reports", ada, "k", SPAM);
  sct_assert_fault (path, 422, "idempotency_mismatch", NULL);
  g_autoptr (ScResponse) user = post (self, REPORTS, bob, "k", SPAM);
  g_assert_cmpuint (user->status, ==, 204);
  g_assert_cmpint (count (self, "reports"), ==, 2);
}

typedef struct {
  SctService *service;
  const char *token;
} Together;

static gpointer
act_in_thread (gpointer data)
{
  Together *together = data;
  return post (together->service, ACTIONS, together->token, "k", DELETE_LINE);
}

static void
test_at_the_same_moment (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *ada = sct_service_sign_up (self, "ada");
  Together together = { self, ada };
  GThread *threads[16];
  guint done = 0;
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("act", act_in_thread, &together);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++) {
    g_autoptr (ScResponse) response = g_thread_join (threads[i]);
    if (response->status == 201) {
      done++;
      continue;
    }
    sct_assert_fault (response, 409, "in_progress", NULL);
    g_assert_cmpstr (sc_response_get_header (response, "Retry-After"), ==, "1");
  }
  g_assert_cmpuint (done, >=, 1);
  g_assert_cmpint (count (self, "mod_actions"), ==, 1);
  g_autoptr (ScResponse) after = post (self, ACTIONS, ada, "k", DELETE_LINE);
  g_assert_cmpuint (after->status, ==, 201);
  g_assert_cmpint (count (self, "mod_actions"), ==, 1);
}

static gboolean
refuse_actions (const char *sql, gpointer user_data, GError **error)
{
  if (!strstr (sql, "INSERT INTO mod_actions"))
    return TRUE;
  g_set_error_literal (error, SC_STORE_ERROR, SC_STORE_ERROR_UNAVAILABLE, "The test says no");
  return FALSE;
}

static void
test_failures_are_not_kept (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *ada = sct_service_sign_up (self, "ada");
  sc_store_set_gate (self->store, refuse_actions, NULL);
  g_autoptr (ScResponse) failed = post (self, ACTIONS, ada, "k", DELETE_LINE);
  g_assert_cmpuint (failed->status, ==, 503);
  sc_store_set_gate (self->store, NULL, NULL);
  g_autoptr (ScResponse) done = post (self, ACTIONS, ada, "k", DELETE_LINE);
  g_assert_cmpuint (done->status, ==, 201);
  g_assert_cmpint (count (self, "mod_actions"), ==, 1);
}

/* The process that was at it has died. */
static void
test_a_claim_ends (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *ada = sct_service_sign_up (self, "ada");
  g_autoptr (ScResponse) first = post (self, REPORTS, ada, "k", SPAM);
  sct_service_run (self, "UPDATE repeats SET status = NULL, body = NULL; DELETE FROM reports");
  g_autoptr (ScResponse) early = post (self, REPORTS, ada, "k", SPAM);
  sct_assert_fault (early, 409, "in_progress", NULL);
  self->now += SC_REPEAT_CLAIM_US;
  g_autoptr (ScResponse) other = post (self,
                                       REPORTS,
                                       ada,
                                       "k",
                                       "{\"kind\":\"channel\","
                                       "\"reason\":\"hate\"}");
  sct_assert_fault (other, 422, "idempotency_mismatch", NULL);
  g_autoptr (ScResponse) late = post (self, REPORTS, ada, "k", SPAM);
  g_assert_cmpuint (late->status, ==, 204);
  g_assert_cmpint (count (self, "reports"), ==, 1);
}

static void
test_a_day (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *ada = sct_service_sign_up (self, "ada");
  g_autoptr (ScResponse) first = post (self, REPORTS, ada, "k", SPAM);
  self->now += SC_REPEAT_AGE_US - 1;
  g_autoptr (ScResponse) same_day = post (self, REPORTS, ada, "k", SPAM);
  g_assert_cmpint (count (self, "reports"), ==, 1);
  self->now += 1;
  g_autoptr (ScResponse) next_day = post (self, REPORTS, ada, "k", SPAM);
  g_assert_cmpint (count (self, "reports"), ==, 2);

  g_autoptr (GError) error = NULL;
  self->now += SC_REPEAT_AGE_US;
  {
    g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->store, &error);
    sc_repeat_store_forget (connection, self->now, &error);
    g_assert_no_error (error);
  }
  g_assert_cmpint (count (self, "repeats"), ==, 0);
}

static void
test_keys (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *ada = sct_service_sign_up (self, "ada");
  g_autofree char *longest = g_strnfill (255, 'k');
  g_autofree char *too_long = g_strnfill (256, 'k');
  const char *const bad[] = { "", " ", "a b", "a\tb", "a, b", "k\xc3\xa9", "\x7f", too_long };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (ScResponse) response = post (self, REPORTS, ada, bad[i], SPAM);
    sct_assert_fault (response, 400, "bad_request", NULL);
  }
  const char *const good[] = { "!", "\"8e03978e-40d5-43e8-bc93-6894a57f9324\"", "~", longest };
  for (guint i = 0; i < G_N_ELEMENTS (good); i++) {
    g_autoptr (ScResponse) response = post (self, REPORTS, ada, good[i], SPAM);
    g_assert_cmpuint (response->status, ==, 204);
  }
}

static void
test_keys_are_bounded (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *ada = sct_service_sign_up (self, "ada");
  sct_service_run (self,
                   "INSERT INTO repeats SELECT sha256(n::text::bytea), u.id, sha256('x'),"
                   " '2026-10-24Z', 204 FROM users u, generate_series(1, 1500) n");
  g_autoptr (ScResponse) response = post (self, REPORTS, ada, "k", SPAM);
  g_assert_cmpint (count (self, "repeats"), ==, SC_REPEATS_PER_USER);
}

/* No secret is kept, and nothing of a key or a body. */
static void
test_secrets (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *ada = sct_service_sign_up (self, "ada");
  static const char body[] = "{\"name\":\"ada\",\"password\":\"password of ada\"}";
  g_autoptr (ScResponse) chat = post (self, "/v1/channels/ada/chat", ada, "k", NULL);
  g_autoptr (ScResponse) session = post (self, "/v1/sessions", ada, "k", body);
  g_assert_cmpuint (session->status, ==, 201);
  g_assert_cmpint (count (self, "repeats"), ==, 0);
  g_autoptr (ScResponse) report = post (self, REPORTS, ada, "a-telling-key", SPAM);
  g_assert_cmpint (count (self, "repeats WHERE repeats::text LIKE '%telling%'"), ==, 0);
}

#define ADA "{\"name\":\"ada\",\"password\":\"long enough\"}"

static void
test_sign_up (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autoptr (ScResponse) first = post (self, "/v1/users", NULL, "k", ADA);
  g_autoptr (ScResponse) again = post (self, "/v1/users", NULL, "k", ADA);
  g_assert_cmpuint (first->status, ==, 201);
  g_assert_cmpuint (again->status, ==, 201);
  g_autoptr (JsonObject) object = sct_response_object (again);
  g_autoptr (ScResponse) me = sct_service_call (self,
                                                "GET",
                                                "/v1/me/channel",
                                                json_object_get_string_member (object, "token"),
                                                NULL);
  g_assert_cmpuint (me->status, ==, 200);
  g_assert_nonnull (json_object_get_object_member (object, "channel"));
  g_assert_cmpint (count (self, "users"), ==, 1);
  g_assert_cmpint (count (self, "sessions"), ==, 2);

  g_autoptr (ScResponse) no_key = post (self, "/v1/users", NULL, NULL, ADA);
  sct_assert_fault (no_key, 409, "name_taken", "name");
  g_autoptr (ScResponse) other_key = post (self, "/v1/users", NULL, "l", ADA);
  sct_assert_fault (other_key, 409, "name_taken", "name");
  g_autoptr (ScResponse) other_password =
    post (self, "/v1/users", NULL, "k", "{\"name\":\"ada\",\"password\":\"long enough too\"}");
  sct_assert_fault (other_password, 422, "idempotency_mismatch", NULL);
  self->now += SC_REPEAT_AGE_US;
  g_autoptr (ScResponse) late = post (self, "/v1/users", NULL, "k", ADA);
  sct_assert_fault (late, 409, "name_taken", "name");
}

static gpointer
sign_up_in_thread (gpointer data)
{
  return post (data, "/v1/users", NULL, "k", ADA);
}

static void
test_sign_ups_at_the_same_moment (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  GThread *threads[4];
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("sign-up", sign_up_in_thread, self);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++) {
    g_autoptr (ScResponse) response = g_thread_join (threads[i]);
    g_assert_cmpuint (response->status, ==, 201);
  }
  g_assert_cmpint (count (self, "users"), ==, 1);
}

/* Whoever adds a route decides what becomes of a request that comes again. */
static void
test_every_route (void)
{
  guint n_routes;
  const ScRoute *routes = sc_routes_get (&n_routes);
  for (guint i = 0; i < n_routes; i++) {
    g_test_message ("%s %s", routes[i].method, routes[i].pattern);
    gboolean is_post = g_str_equal (routes[i].method, "POST");
    g_assert_cmpint (is_post, ==, routes[i].repeat != SC_REPEAT_NONE);
    if (routes[i].repeat == SC_REPEAT_KEPT) /* a key is a user's */
      g_assert_cmpint (routes[i].who, >=, SC_WHO_USER_OR_LEAVER);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sct_service_set_up ();
  g_test_add_func ("/service/repeats/again", test_again);
  g_test_add_func ("/service/repeats/refusals-are-kept", test_refusals_are_kept);
  g_test_add_func ("/service/repeats/another-request", test_another_request);
  g_test_add_func ("/service/repeats/at-the-same-moment", test_at_the_same_moment);
  g_test_add_func ("/service/repeats/failures-are-not-kept", test_failures_are_not_kept);
  g_test_add_func ("/service/repeats/a-claim-ends", test_a_claim_ends);
  g_test_add_func ("/service/repeats/a-day", test_a_day);
  g_test_add_func ("/service/repeats/keys", test_keys);
  g_test_add_func ("/service/repeats/keys-are-bounded", test_keys_are_bounded);
  g_test_add_func ("/service/repeats/secrets", test_secrets);
  g_test_add_func ("/service/repeats/sign-up", test_sign_up);
  g_test_add_func ("/service/repeats/sign-ups-at-the-same-moment",
                   test_sign_ups_at_the_same_moment);
  g_test_add_func ("/service/repeats/every-route", test_every_route);
  int status = g_test_run ();
  sct_service_tear_down ();
  return status;
}
