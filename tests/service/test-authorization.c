/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Who may do what: every route, asked by everyone. A route that is new in the table has no row here
 * and fails until somebody has decided. */

#include "config.h"

#include "sc-routes.h"
#include "sct-service.h"

typedef struct {
  const char *method;
  const char *pattern;
  const char *target;
  const char *body;
  guint stranger; /* the status for somebody who is not signed in */
  guint user;     /* the status for a user whose channel is not ready */
  guint other;    /* the status for another user on that channel, 0 for the same */
} Expectation;

#define NOBODY "7c7b3a52-6d0b-4f55-a5ff-2c1a7d9f0e11"
#define CHAT "/v1/channels/NAME/chat"
#define OWN_CHAT "/v1/channels/ada/chat"

static const Expectation expectations[] = {
  { "POST", "/v1/users", "/v1/users", "{\"name\":\"ada\",\"password\":\"long enough\"}", 409, 409 },
  { "POST",
    "/v1/sessions",
    "/v1/sessions",
    "{\"name\":\"ada\",\"password\":\"password of ada\"}",
    201,
    201 },
  { "DELETE", "/v1/session", "/v1/session", NULL, 401, 204 },
  { "GET", "/v1/sessions", "/v1/sessions", NULL, 401, 200 },
  { "DELETE", "/v1/sessions", "/v1/sessions?keep=current", NULL, 401, 204 },
  { "DELETE", "/v1/sessions/ID", "/v1/sessions/" NOBODY, NULL, 401, 404 },
  { "POST",
    "/v1/recovery",
    "/v1/recovery",
    "{\"name\":\"ada\",\"code\":\"00000-00000-00000-00000\",\"password\":\"long enough\"}",
    403,
    403 },
  { "GET", "/v1/me", "/v1/me", NULL, 401, 200 },
  { "DELETE", "/v1/me", "/v1/me", "{\"password\":\"not mine\"}", 401, 403 },
  { "POST", "/v1/me/restore", "/v1/me/restore", NULL, 401, 200 },
  { "POST", "/v1/me/channel/key", "/v1/me/channel/key", "{}", 401, 409 },
  { "POST",
    "/v1/me/password",
    "/v1/me/password",
    "{\"current\":\"a wrong one\",\"new\":\"long enough\"}",
    401,
    403 },
  { "POST",
    "/v1/me/recovery-code",
    "/v1/me/recovery-code",
    "{\"password\":\"a wrong one\"}",
    401,
    403 },
  { "GET", "/v1/me/channel", "/v1/me/channel", NULL, 401, 200 },
  { "PATCH", "/v1/me/channel", "/v1/me/channel", "{\"title\":\"New\"}", 401, 200 },
  { "PUT", "/v1/me/avatar", "/v1/me/avatar", "no picture", 401, 404 },
  { "DELETE", "/v1/me/avatar", "/v1/me/avatar", NULL, 401, 204 },
  { "GET", "/v1/me/channel/key", "/v1/me/channel/key", NULL, 401, 409 },
  { "GET", "/v1/me/channel/srt", "/v1/me/channel/srt", NULL, 401, 409 },
  { "GET", "/v1/me/channel/events", "/v1/me/channel/events", NULL, 401, 200 },
  { "GET", "/v1/me/channel/live", "/v1/me/channel/live", NULL, 401, 200 },
  { "GET", "/v1/me/channel/streams/ID", "/v1/me/channel/streams/st-x", NULL, 401, 404 },
  { "POST", "/v1/me/channel/stop", "/v1/me/channel/stop", NULL, 401, 409 },
  { "GET", "/v1/me/recordings", "/v1/me/recordings", NULL, 401, 200 },
  { "PATCH", "/v1/me/recordings/ID", "/v1/me/recordings/none", "{\"hidden\":true}", 401, 404 },
  { "DELETE", "/v1/me/recordings/ID", "/v1/me/recordings/none", NULL, 401, 404 },
  { "GET", "/v1/channels", "/v1/channels?live=1", NULL, 200, 200 },
  { "GET", "/v1/search", "/v1/search?q=ada", NULL, 200, 200 },
  { "GET", "/v1/categories", "/v1/categories", NULL, 200, 200 },
  { "GET", "/v1/channels/NAME", "/v1/channels/ada", NULL, 200, 200 },
  { "POST", "/v1/channels/NAME/chat", "/v1/channels/ada/chat", NULL, 409, 409 },
  { "POST",
    CHAT "/actions",
    OWN_CHAT "/actions",
    "{\"kind\":\"delete\",\"line_id\":\"abcdABCD1234\"}",
    401,
    201,
    403 },
  { "POST", CHAT "/actions/ID/undo", OWN_CHAT "/actions/" NOBODY "/undo", NULL, 401, 404, 403 },
  { "GET", CHAT "/actions", OWN_CHAT "/actions", NULL, 401, 200, 403 },
  { "GET", CHAT "/people/ID", OWN_CHAT "/people/" NOBODY, NULL, 404, 404, 0 },
  { "GET", CHAT "/bans", OWN_CHAT "/bans", NULL, 401, 200, 403 },
  { "GET", CHAT "/held", OWN_CHAT "/held", NULL, 401, 200, 403 },
  { "POST", CHAT "/held/ID", OWN_CHAT "/held/" NOBODY, "{\"verdict\":\"reject\"}", 401, 404, 403 },
  { "GET", CHAT "/settings", OWN_CHAT "/settings", NULL, 401, 200, 403 },
  { "PATCH", CHAT "/settings", OWN_CHAT "/settings", "{\"terms\":[\"x\"]}", 401, 200, 403 },
  { "PUT",
    "/v1/channels/NAME/moderators/USERNAME",
    "/v1/channels/ada/moderators/bob",
    NULL,
    401,
    200,
    403 },
  { "DELETE",
    "/v1/channels/NAME/moderators/USERNAME",
    "/v1/channels/ada/moderators/bob",
    NULL,
    401,
    200,
    403 },
  { "PUT", "/v1/channels/NAME/follow", "/v1/channels/ada/follow", NULL, 401, 400, 204 },
  { "DELETE", "/v1/channels/NAME/follow", "/v1/channels/ada/follow", NULL, 401, 204, 0 },
  { "GET", "/v1/channels/NAME/follow", "/v1/channels/ada/follow", NULL, 401, 200, 0 },
  { "GET", "/v1/me/follows", "/v1/me/follows", NULL, 401, 200, 0 },
  { "GET", "/v1/me/follows/live", "/v1/me/follows/live", NULL, 401, 200, 0 },
  { "PATCH",
    "/v1/channels/NAME/follow",
    "/v1/channels/ada/follow",
    "{\"notify\":false}",
    401,
    404,
    0 },
  { "POST",
    "/v1/channels/NAME/reports",
    "/v1/channels/ada/reports",
    "{\"kind\":\"channel\",\"reason\":\"spam\"}",
    401,
    204,
    0 },
  { "GET", "/v1/channels/NAME/chat/lines", "/v1/channels/ada/chat/lines", NULL, 200, 200 },
  { "GET", "/v1/recordings/ID/chat", "/v1/recordings/none/chat", NULL, 404, 404 },
  { "PUT",
    "/v1/recordings/ID/view",
    "/v1/recordings/none/view",
    "{\"session\":\"" NOBODY "\"}",
    404,
    404 },
  { "GET", "/v1/channels/NAME/recordings", "/v1/channels/ada/recordings", NULL, 200, 200 },
  { "GET", "/v1/recordings", "/v1/recordings", NULL, 200, 200 },
  { "GET", "/v1/recordings/ID", "/v1/recordings/none", NULL, 404, 404 },
  { "GET", "/v1/recordings/ID/chapters", "/v1/recordings/none/chapters", NULL, 404, 404 },
};

static const Expectation *
find_expectation (const ScRoute *route)
{
  for (guint i = 0; i < G_N_ELEMENTS (expectations); i++)
    if (g_str_equal (expectations[i].method, route->method) &&
        g_str_equal (expectations[i].pattern, route->pattern))
      return &expectations[i];
  g_error ("%s %s has no row in this test", route->method, route->pattern);
}

/* The tokens that are as good as none. */
typedef struct {
  char *revoked;
  char *expired;
  char *idle;
  char *unknown;
} BadTokens;

static void
expire (SctService *self, const char *token, const char *column)
{
  g_autofree char *sql =
    g_strdup_printf ("UPDATE sessions SET %s = '2020-01-01Z' WHERE token_hash = sha256('%s')",
                     column,
                     token);
  sct_service_run (self, sql);
}

static char *
sign_in (SctService *self, const char *name)
{
  g_autofree char *body =
    g_strdup_printf ("{\"name\":\"%s\",\"password\":\"password of %s\"}", name, name);
  g_autoptr (ScResponse) response = sct_service_call (self, "POST", "/v1/sessions", NULL, body);
  g_autoptr (JsonObject) object = sct_response_object (response);
  return g_strdup (json_object_get_string_member (object, "token"));
}

static void
make_bad_tokens (SctService *self, BadTokens *bad)
{
  bad->revoked = sign_in (self, "ada");
  g_autoptr (ScResponse) out = sct_service_call (self, "DELETE", "/v1/session", bad->revoked, NULL);
  g_assert_cmpuint (out->status, ==, 204);
  bad->expired = sign_in (self, "ada");
  bad->idle = sign_in (self, "ada");
  expire (self, bad->expired, "expires_at");
  expire (self, bad->idle, "used_at");
  bad->unknown = g_strdup ("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
}

static void
assert_status (SctService *self, const Expectation *row, const char *token, guint status)
{
  g_autoptr (ScResponse) response =
    sct_service_call (self, row->method, row->target, token, row->body);
  g_test_message ("%s %s: %u", row->method, row->target, response->status);
  g_assert_cmpuint (response->status, ==, status);
  if (status == 401)
    sct_assert_fault (response, 401, "unauthorized", NULL);
}

static void
test_every_route (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *token = sct_service_sign_up (self, "ada");
  g_autofree char *other_token = sct_service_sign_up (self, "bob");
  BadTokens bad;
  make_bad_tokens (self, &bad);
  const char *strangers[] = { NULL, bad.revoked, bad.expired, bad.idle, bad.unknown, "x", "" };

  guint count;
  const ScRoute *routes = sc_routes_get (&count);
  g_assert_cmpuint (count, ==, G_N_ELEMENTS (expectations));
  for (guint i = 0; i < count; i++) {
    const Expectation *row = find_expectation (&routes[i]);
    g_assert_cmpint (routes[i].who >= SC_WHO_USER_OR_LEAVER, ==, row->stranger == 401);
    g_assert_cmpint (routes[i].who >= SC_WHO_MODERATOR, ==, row->other == 403);
    for (guint j = 0; j < G_N_ELEMENTS (strangers); j++) {
      gboolean bad_guest = routes[i].who == SC_WHO_GUEST_OR_USER && strangers[j];
      assert_status (self, row, strangers[j], bad_guest ? 401 : row->stranger);
    }
    g_autofree char *own = sign_in (self, "ada");
    assert_status (self, row, own, row->user);
    g_autofree char *other = sign_in (self, "bob");
    assert_status (self, row, other, row->other ? row->other : row->user);
  }
  g_free (bad.revoked);
  g_free (bad.expired);
  g_free (bad.idle);
  g_free (bad.unknown);
}

/* With another person's token everything concerns that other person alone. */
static void
test_another_users_token (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *ada = sct_service_sign_up (self, "ada");
  g_autofree char *bob = sct_service_sign_up (self, "bob");
  g_autoptr (ScResponse) patched =
    sct_service_call (self, "PATCH", "/v1/me/channel", bob, "{\"title\":\"Bob's\"}");
  g_assert_cmpuint (patched->status, ==, 200);
  g_autoptr (ScResponse) out = sct_service_call (self, "DELETE", "/v1/session", bob, NULL);
  g_assert_cmpuint (out->status, ==, 204);

  g_autoptr (ScResponse) response = sct_service_call (self, "GET", "/v1/me/channel", ada, NULL);
  g_autoptr (JsonObject) object = sct_response_object (response);
  JsonObject *channel = json_object_get_object_member (object, "channel");
  g_assert_cmpstr (json_object_get_string_member (channel, "title"), ==, "ada's live stream");
}

static void
test_time_passes (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *token = sct_service_sign_up (self, "ada");
  /* Used every 10 days it lives on, up to its 90. */
  for (guint day = 10; day < 90; day += 10) {
    self->now += 10 * G_TIME_SPAN_DAY;
    g_autoptr (ScResponse) response = sct_service_call (self, "GET", "/v1/me", token, NULL);
    g_assert_cmpuint (response->status, ==, 200);
  }
  self->now += 10 * G_TIME_SPAN_DAY;
  g_autoptr (ScResponse) old = sct_service_call (self, "GET", "/v1/me", token, NULL);
  g_assert_cmpuint (old->status, ==, 401);

  g_autofree char *fresh = sign_in (self, "ada");
  self->now += 15 * G_TIME_SPAN_DAY;
  g_autoptr (ScResponse) idle = sct_service_call (self, "GET", "/v1/me", fresh, NULL);
  g_assert_cmpuint (idle->status, ==, 401);
}

static void
test_sessions_are_bounded (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *first = sct_service_sign_up (self, "ada");
  sct_service_run (self,
                   "INSERT INTO sessions SELECT sha256(n::text::bytea), u.id, now(),"
                   " '2026-10-24Z', '2030-01-01Z' FROM users u, generate_series(1, 40) n");
  self->now += G_TIME_SPAN_SECOND;
  g_autofree char *second = sign_in (self, "ada");
  g_assert_cmpint (sct_service_ask_number (self, "SELECT count(*) FROM sessions"), ==, 20);
  g_autoptr (ScResponse) response = sct_service_call (self, "GET", "/v1/me", second, NULL);
  g_assert_cmpuint (response->status, ==, 200);
}

/* What is stored is of no use to who reads it. */
static void
test_tokens_are_not_stored (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *token = sct_service_sign_up (self, "ada");
  g_autofree char *sql = g_strdup_printf (
    "SELECT count(*) FROM sessions WHERE encode(token_hash, 'escape') LIKE '%%%s%%'",
    token);
  g_assert_cmpint (sct_service_ask_number (self, sql), ==, 0);
  g_assert_cmpint (sct_service_ask_number (self,
                                           "SELECT count(*) FROM users WHERE password_hash LIKE"
                                           " '$argon2id$v=19$m=47104,t=1,p=1$%'"),
                   ==,
                   1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sct_service_set_up ();
  g_test_add_func ("/service/authorization/every-route", test_every_route);
  g_test_add_func ("/service/authorization/another-users-token", test_another_users_token);
  g_test_add_func ("/service/authorization/time-passes", test_time_passes);
  g_test_add_func ("/service/authorization/sessions-are-bounded", test_sessions_are_bounded);
  g_test_add_func ("/service/authorization/tokens-are-not-stored", test_tokens_are_not_stored);
  int status = g_test_run ();
  sct_service_tear_down ();
  return status;
}
