/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Who may pass which route: every route of the table asked by everybody, straight and through API
 * Gateway's door. What is expected follows from the route's "who" alone and from the exceptions
 * below, so that a new route is in here as soon as it is in the table. */

#include "config.h"

#include "sc-gateway.h"
#include "sc-json.h"
#include "sc-routes.h"
#include "sct-service.h"

#include <string.h>

#define NOBODY "7c7b3a52-6d0b-4f55-a5ff-2c1a7d9f0e11"

/* Everybody who may ask for something in ada's channel. */
typedef enum {
  SIGNED_OUT,
  MALFORMED,
  UNKNOWN,
  EXPIRED,
  IDLE,
  REVOKED,
  SUSPENDED,
  LEAVING,
  OTHER,
  OTHER_STREAMER,
  OTHER_MODERATOR,
  LET_GO,
  BANNED,
  TIMED_OUT,
  BANNED_MODERATOR,
  MODERATOR,
  OWNER,
  N_ASKERS
} Asker;

static const struct {
  const char *words;
  const char *name; /* whose session, or NULL */
} askers[N_ASKERS] = {
  [SIGNED_OUT] = { "nobody", NULL },
  [MALFORMED] = { "a malformed token", NULL },
  [UNKNOWN] = { "an unknown token", NULL },
  [EXPIRED] = { "an expired session", "ada" },
  [IDLE] = { "an idle session", "ada" },
  [REVOKED] = { "a revoked session", "ada" },
  [SUSPENDED] = { "somebody suspended", "sue" },
  [LEAVING] = { "somebody who leaves", "leo" },
  [OTHER] = { "somebody else", "oda" },
  [OTHER_STREAMER] = { "another streamer", "bob" },
  [OTHER_MODERATOR] = { "another channel's moderator", "eve" },
  [LET_GO] = { "a moderator let go", "lea" },
  [BANNED] = { "somebody banned", "ben" },
  [TIMED_OUT] = { "somebody timed out", "tim" },
  [BANNED_MODERATOR] = { "a banned moderator", "max" },
  [MODERATOR] = { "a moderator", "moe" },
  [OWNER] = { "the streamer", "ada" },
};

/* Those whose session is good, and what they are in ada's channel. */
static const ScWho ranks[N_ASKERS] = {
  [LEAVING] = SC_WHO_USER_OR_LEAVER,
  [OTHER] = SC_WHO_USER,
  [OTHER_STREAMER] = SC_WHO_USER,
  [OTHER_MODERATOR] = SC_WHO_USER,
  [LET_GO] = SC_WHO_USER,
  [BANNED] = SC_WHO_USER,
  [TIMED_OUT] = SC_WHO_USER,
  [BANNED_MODERATOR] = SC_WHO_USER, /* until they may come in again */
  [MODERATOR] = SC_WHO_MODERATOR,
  [OWNER] = SC_WHO_STREAMER,
};

/* What is decided behind the door. */
static const struct {
  const char *method, *pattern;
  Asker asker;
  guint status;
  const char *code;
} exceptions[] = {
  { "POST", "/v1/channels/NAME/chat", BANNED, 403, "banned" },
  { "POST", "/v1/channels/NAME/chat", TIMED_OUT, 403, "banned" },
  { "POST", "/v1/channels/NAME/chat", BANNED_MODERATOR, 403, "banned" },
};

/* A body is made from the route's members; these have a value that gets past the first look. A
 * password that is too long is refused at once. */
static const struct {
  const char *method, *pattern, *body;
} bodies[] = {
  { "POST",
    "/v1/channels/NAME/chat/actions",
    "{\"kind\":\"delete\",\"line_id\":\"abcdABCD1234\"}" },
  { "POST", "/v1/channels/NAME/chat/held/ID", "{\"verdict\":\"reject\"}" },
  { "POST", "/v1/channels/NAME/reports", "{\"kind\":\"channel\",\"reason\":\"spam\"}" },
  { "PATCH", "/v1/channels/NAME/chat/settings", "{\"modes\":{\"slow_seconds\":5}}" },
};

typedef struct {
  SctService *service;
  guint sessions;
} Matrix;

static gboolean
is_of (const ScRoute *route, const char *method, const char *pattern)
{
  return g_str_equal (route->method, method) && g_str_equal (route->pattern, pattern);
}

static char *
make_target (const ScRoute *route)
{
  g_autoptr (GString) target = g_string_new (route->pattern);
  g_string_replace (target, "USERNAME", "pal", 0);
  g_string_replace (target, "NAME", "ada", 0);
  g_string_replace (target, "ID", NOBODY, 0);
  return g_string_free (g_steal_pointer (&target), FALSE);
}

static void
add_member (JsonObject *body, const char *member)
{
  g_autofree char *name = g_strndup (member, strcspn (member, "?#![{"));
  g_autofree char *value = g_strnfill (257, 'x');
  if (strchr (member, '?'))
    return;
  if (strchr (member, '#'))
    json_object_set_int_member (body, name, 1);
  else if (strchr (member, '!'))
    json_object_set_boolean_member (body, name, TRUE);
  else if (strstr (member, "[]"))
    json_object_set_array_member (body, name, json_array_new ());
  else if (strstr (member, "{}"))
    json_object_set_object_member (body, name, json_object_new ());
  else
    json_object_set_string_member (body, name, value);
}

static char *
make_body (const ScRoute *route)
{
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    if (is_of (route, bodies[i].method, bodies[i].pattern))
      return g_strdup (bodies[i].body);
  if (!route->members)
    return NULL;
  g_autoptr (JsonObject) body = json_object_new ();
  for (guint i = 0; route->members[i]; i++)
    add_member (body, route->members[i]);
  return sc_json_to_string (body);
}

/* A token of its own for every request, as some routes end sessions. */
static char *
make_token (Matrix *self, Asker asker)
{
  if (asker == SIGNED_OUT)
    return NULL;
  char *token = asker == MALFORMED ? g_strdup ("x y") : g_strdup_printf ("%043u", self->sessions++);
  if (!askers[asker].name)
    return token;
  g_autofree char *sql = g_strdup_printf (
    "DELETE FROM limits;"
    " INSERT INTO errands (user_id, kind, step, next_at) SELECT id, 'deletion', 'waiting',"
    " '2030-01-01Z' FROM users WHERE name = 'leo' ON CONFLICT DO NOTHING;"
    " INSERT INTO sessions (token_hash, user_id, created_at, used_at,"
    " expires_at) SELECT sha256('%s'), id, now(), %s, %s FROM users WHERE name = '%s'",
    token,
    asker == IDLE ? "'2026-10-01Z'" : "'2026-10-24Z'",
    asker == EXPIRED ? "'2026-10-23Z'" : "'2030-01-01Z'",
    askers[asker].name);
  sct_service_run (self->service, sql);
  if (asker != REVOKED)
    return token;
  g_autoptr (ScResponse) out =
    sct_service_call (self->service, "DELETE", "/v1/session", token, NULL);
  g_assert_cmpuint (out->status, ==, 204);
  return token;
}

/* What everybody has, but for sessions. */
static gint64
digest (Matrix *self)
{
  return sct_service_ask_number (
    self->service,
    "SELECT hashtextextended(concat("
    "(SELECT string_agg(t::text, ',' ORDER BY t::text) FROM users t), '/',"
    "(SELECT string_agg(t::text, ',' ORDER BY t::text) FROM channels t), '/',"
    "(SELECT string_agg(t::text, ',' ORDER BY t::text) FROM moderators t), '/',"
    "(SELECT string_agg(t::text, ',' ORDER BY t::text) FROM bans t), '/',"
    "(SELECT string_agg(t::text, ',' ORDER BY t::text) FROM chat_settings t), '/',"
    "(SELECT string_agg(t::text, ',' ORDER BY t::text) FROM follows t), '/',"
    "(SELECT count(*) FROM mod_actions), '/', (SELECT count(*) FROM reports), '/',"
    "(SELECT count(*) FROM sessions), '/', (SELECT count(*) FROM room_calls), '/',"
    "(SELECT count(*) FROM room_visits), '/', (SELECT count(*) FROM repeats)), 0)");
}

static JsonObject *
make_event (const ScRoute *route, const char *target, const char *token, const char *body)
{
  g_autofree char *authorization = token ? g_strconcat ("Bearer ", token, NULL) : NULL;
  JsonObject *http = json_object_new (), *context = json_object_new ();
  JsonObject *headers = json_object_new (), *event = json_object_new ();
  json_object_set_string_member (http, "method", route->method);
  json_object_set_object_member (context, "http", http);
  if (authorization)
    json_object_set_string_member (headers, "authorization", authorization);
  json_object_set_object_member (event, "requestContext", context);
  json_object_set_object_member (event, "headers", headers);
  json_object_set_string_member (event, "rawPath", target);
  if (body)
    json_object_set_string_member (event, "body", body);
  return event;
}

/* What an answer comes to: its status and its code, with the member of the body if that is what is
 * at fault, and not who asks. */
typedef struct {
  guint status;
  char *code;
} Answer;

static void
read_code (Answer *answer, JsonObject *body)
{
  JsonObject *fault = body ? sc_json_get_object_or_null (body, "error") : NULL;
  const char *field = fault ? sc_json_get_string_or (fault, "field", NULL) : NULL;
  const char *code = fault ? sc_json_get_string_or (fault, "code", "") : "";
  answer->code = field ? g_strconcat (code, " ", field, NULL) : g_strdup (code);
}

static Answer
ask_gateway (Matrix *self, const ScRoute *route, Asker asker)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *target = make_target (route), *body = make_body (route);
  g_autofree char *token = make_token (self, asker);
  g_autoptr (JsonObject) event = make_event (route, target, token, body);
  g_autoptr (GBytes) bytes = sc_json_to_bytes (event);
  g_autoptr (GBytes) written = sc_gateway_handle (self->service->service, bytes, &error);
  g_assert_no_error (error);
  g_autoptr (JsonObject) object = sc_json_parse (written, G_MAXSIZE, &error);
  g_assert_no_error (error);
  Answer answer = { (guint) json_object_get_int_member (object, "statusCode"), NULL };
  const char *text = sc_json_get_string_or (object, "body", NULL);
  g_autoptr (GBytes) inner = text ? g_bytes_new (text, strlen (text)) : NULL;
  g_autoptr (JsonObject) parsed = inner ? sc_json_parse (inner, G_MAXSIZE, &error) : NULL;
  g_assert_no_error (error);
  read_code (&answer, parsed);
  return answer;
}

static Answer
ask_service (Matrix *self, const ScRoute *route, Asker asker)
{
  g_autofree char *target = make_target (route), *body = make_body (route);
  g_autofree char *token = make_token (self, asker);
  g_autoptr (ScResponse) response =
    sct_service_call (self->service, route->method, target, token, body);
  Answer answer = { response->status, NULL };
  g_autoptr (JsonObject) object = response->body ? sct_response_object (response) : NULL;
  read_code (&answer, object);
  return answer;
}

/* How a route refuses somebody, "" if it lets them pass. */
static const char *
expect (const ScRoute *route, Asker asker)
{
  for (guint i = 0; i < G_N_ELEMENTS (exceptions); i++)
    if (is_of (route, exceptions[i].method, exceptions[i].pattern) && exceptions[i].asker == asker)
      return exceptions[i].code;
  if (route->who == SC_WHO_ANYONE)
    return "";
  if (asker == SIGNED_OUT)
    return route->who == SC_WHO_GUEST_OR_USER ? "" : "unauthorized";
  if (ranks[asker] == 0)
    return "unauthorized";
  if (asker == LEAVING)
    return route->who == SC_WHO_USER_OR_LEAVER ? "" : "account_deleted";
  return ranks[asker] >= route->who ? "" : "forbidden";
}

static void
assert_answer (const ScRoute *route, Asker asker, const Answer *answer)
{
  const char *code = expect (route, asker);
  g_test_message ("%s %s, %s: %u %s",
                  route->method,
                  route->pattern,
                  askers[asker].words,
                  answer->status,
                  answer->code);
  g_assert_cmpuint (answer->status, !=, 500);
  if (*code) {
    g_assert_cmpstr (answer->code, ==, code);
    g_assert_cmpuint (answer->status, ==, g_str_equal (code, "unauthorized") ? 401 : 403);
    return;
  }
  g_assert_cmpstr (answer->code, !=, "unauthorized");
  g_assert_cmpstr (answer->code, !=, "forbidden");
  g_assert_cmpstr (answer->code, !=, "banned");
  g_assert_cmpstr (answer->code, !=, "account_deleted");
}

static void
assert_cell (Matrix *self, const ScRoute *route, Asker asker)
{
  gboolean is_refused = *expect (route, asker) != '\0';
  sct_service_run (self->service, "DELETE FROM sessions");
  gint64 before = is_refused ? digest (self) : 0;
  Answer answers[] = { ask_service (self, route, asker), ask_gateway (self, route, asker) };
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++) {
    assert_answer (route, asker, &answers[i]);
    g_free (answers[i].code);
  }
  if (!is_refused)
    return;
  sct_service_run (self->service, "DELETE FROM sessions");
  g_assert_cmpint (digest (self), ==, before);
}

static void
do_as_streamer (Matrix *self, const char *method, const char *path, const char *body)
{
  g_autofree char *token = make_token (self, OWNER);
  g_autofree char *target = g_strconcat ("/v1/channels/ada/", path, NULL);
  g_autoptr (ScResponse) response = sct_service_call (self->service, method, target, token, body);
  g_assert_cmpuint (response->status, >=, 200);
  g_assert_cmpuint (response->status, <, 300);
}

static void
ban (Matrix *self, const char *name, const char *more)
{
  g_autofree char *body = g_strdup_printf ("{%s,\"user_name\":\"%s\"}", more, name);
  do_as_streamer (self, "POST", "chat/actions", body);
}

/* Everybody as they came to be what they are. */
static void
make_people (Matrix *self)
{
  static const char *const names[] = { "ada", "bob", "eve", "lea", "ben", "tim",
                                       "max", "moe", "oda", "sue", "pal", "leo" };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *token = sct_service_sign_up (self->service, names[i]);
    g_assert_nonnull (token);
  }
  do_as_streamer (self, "PUT", "moderators/moe", NULL);
  do_as_streamer (self, "PUT", "moderators/lea", NULL);
  do_as_streamer (self, "DELETE", "moderators/lea", NULL);
  do_as_streamer (self, "PUT", "moderators/max", NULL);
  ban (self, "max", "\"kind\":\"ban\"");
  ban (self, "ben", "\"kind\":\"ban\"");
  ban (self, "tim", "\"kind\":\"timeout\",\"seconds\":600");
  sct_service_run (self->service,
                   "UPDATE users SET suspended_at = now(), suspended_reason = 'spam'"
                   " WHERE name = 'sue'; INSERT INTO moderators SELECT b.id, e.id, now()"
                   " FROM users b, users e WHERE b.name = 'bob' AND e.name = 'eve';"
                   "DELETE FROM sessions");
}

static void
test_matrix (void)
{
  g_autoptr (SctService) service = sct_service_new (NULL);
  Matrix self = { service, 1 };
  make_people (&self);
  guint n_routes, n_refused = 0;
  const ScRoute *routes = sc_routes_get (&n_routes);
  for (guint i = 0; i < n_routes; i++) {
    for (Asker asker = 0; asker < N_ASKERS; asker++) {
      assert_cell (&self, &routes[i], asker);
      n_refused += *expect (&routes[i], asker) != '\0';
    }
  }
  g_test_message ("%u cells, %u of them refused", n_routes * N_ASKERS, n_refused);
}

/* What a moderator may not change among what they may. */
static void
test_rules_are_the_streamers (void)
{
  g_autoptr (SctService) service = sct_service_new (NULL);
  Matrix self = { service, 1 };
  make_people (&self);
  static const char path[] = "/v1/channels/ada/chat/settings";
  static const char body[] = "{\"rules\":{\"links\":\"off\"}}";
  g_autofree char *moderator = make_token (&self, MODERATOR), *owner = make_token (&self, OWNER);
  g_autoptr (ScResponse) refused = sct_service_call (service, "PATCH", path, moderator, body);
  sct_assert_fault (refused, 403, "forbidden", NULL);
  g_autoptr (ScResponse) done = sct_service_call (service, "PATCH", path, owner, body);
  g_assert_cmpuint (done->status, !=, 403);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sct_service_set_up ();
  g_test_add_func ("/service/matrix/every-cell", test_matrix);
  g_test_add_func ("/service/matrix/rules-are-the-streamers", test_rules_are_the_streamers);
  int status = g_test_run ();
  sct_service_tear_down ();
  return status;
}
