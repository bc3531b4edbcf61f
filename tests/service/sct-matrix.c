/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-matrix.h"

#include "sc-json.h"
#include "sc-time.h"

#include <string.h>

#define NOBODY "7c7b3a52-6d0b-4f55-a5ff-2c1a7d9f0e11"

/* No session lives that long unused, and none that long at all. */
#define IDLE_US (24 * G_TIME_SPAN_DAY)
#define LATER_US (1000 * G_TIME_SPAN_DAY)

static const struct {
  const char *words;
  const char *name; /* whose session, or NULL */
} askers[SCT_N_ASKERS] = {
  [SCT_SIGNED_OUT] = { "nobody", NULL },
  [SCT_MALFORMED] = { "a malformed token", NULL },
  [SCT_UNKNOWN] = { "an unknown token", NULL },
  [SCT_EXPIRED] = { "an expired session", "ada" },
  [SCT_IDLE] = { "an idle session", "ada" },
  [SCT_REVOKED] = { "a revoked session", "ada" },
  [SCT_SUSPENDED] = { "somebody suspended", "sue" },
  [SCT_LEAVING] = { "somebody who leaves", "leo" },
  [SCT_OTHER] = { "somebody else", "oda" },
  [SCT_OTHER_STREAMER] = { "another streamer", "bob" },
  [SCT_OTHER_MODERATOR] = { "another channel's moderator", "eve" },
  [SCT_LET_GO] = { "a moderator let go", "lea" },
  [SCT_BANNED] = { "somebody banned", "ben" },
  [SCT_TIMED_OUT] = { "somebody timed out", "tim" },
  [SCT_BANNED_MODERATOR] = { "a banned moderator", "max" },
  [SCT_MODERATOR] = { "a moderator", "moe" },
  [SCT_OWNER] = { "the streamer", "ada" },
};

/* Those whose session is good, and what they are in ada's channel. */
static const ScWho ranks[SCT_N_ASKERS] = {
  [SCT_LEAVING] = SC_WHO_USER_OR_LEAVER,
  [SCT_OTHER] = SC_WHO_USER,
  [SCT_OTHER_STREAMER] = SC_WHO_USER,
  [SCT_OTHER_MODERATOR] = SC_WHO_USER,
  [SCT_LET_GO] = SC_WHO_USER,
  [SCT_BANNED] = SC_WHO_USER,
  [SCT_TIMED_OUT] = SC_WHO_USER,
  [SCT_BANNED_MODERATOR] = SC_WHO_USER, /* until they may come in again */
  [SCT_MODERATOR] = SC_WHO_MODERATOR,
  [SCT_OWNER] = SC_WHO_STREAMER,
};

/* What is decided behind the door. */
static const struct {
  const char *method, *pattern;
  SctAsker asker;
  guint status;
  const char *code;
} exceptions[] = {
  { "POST", "/v1/channels/NAME/chat", SCT_BANNED, 403, "banned" },
  { "POST", "/v1/channels/NAME/chat", SCT_TIMED_OUT, 403, "banned" },
  { "POST", "/v1/channels/NAME/chat", SCT_BANNED_MODERATOR, 403, "banned" },
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

static void
run (SctMatrix *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->store, &error);
  g_assert_no_error (error);
  sc_store_run_script (connection, sql, &error);
  g_assert_no_error (error);
}

/* Who leaves does so until long after the test; nobody is to be stopped by the limits. */
static void
insert_session (SctMatrix *self, SctAsker asker, const char *token)
{
  g_autofree char *now = sc_time_to_string (self->now);
  g_autofree char *later = sc_time_to_string (self->now + LATER_US);
  g_autofree char *used = sc_time_to_string (self->now - (asker == SCT_IDLE ? IDLE_US : 0));
  g_autofree char *sql = g_strdup_printf (
    "DELETE FROM limits;"
    " INSERT INTO errands (user_id, kind, step, next_at) SELECT id, 'deletion', 'waiting', '%s'"
    " FROM users WHERE name = 'leo' ON CONFLICT DO NOTHING;"
    " INSERT INTO sessions (token_hash, user_id, created_at, used_at, expires_at)"
    " SELECT sha256('%s'), id, '%s', '%s', '%s' FROM users WHERE name = '%s'",
    later,
    token,
    used,
    used,
    asker == SCT_EXPIRED ? now : later,
    askers[asker].name);
  run (self, sql);
}

/**
 * sct_matrix_make_token:
 * @self: a matrix with its people
 * @asker: one of them
 *
 * Returns: (transfer full) (nullable): a token of its own for one request, as some routes end
 *   sessions
 */
char *
sct_matrix_make_token (SctMatrix *self, SctAsker asker)
{
  if (asker == SCT_SIGNED_OUT)
    return NULL;
  char *token =
    asker == SCT_MALFORMED ? g_strdup ("x y") : g_strdup_printf ("%043u", self->n_tokens++);
  if (askers[asker].name)
    insert_session (self, asker, token);
  if (asker != SCT_REVOKED)
    return token;
  g_autoptr (JsonObject) body = NULL;
  const SctQuestion out = { asker, "DELETE", "/v1/session", token, NULL };
  guint status = self->ask (&out, &body, self->user_data);
  g_assert_cmpuint (status, ==, 204);
  return token;
}

/* How a route refuses somebody, "" if it lets them pass. */
static const char *
expect (const ScRoute *route, SctAsker asker)
{
  for (guint i = 0; i < G_N_ELEMENTS (exceptions); i++)
    if (is_of (route, exceptions[i].method, exceptions[i].pattern) && exceptions[i].asker == asker)
      return exceptions[i].code;
  if (route->who == SC_WHO_ANYONE)
    return "";
  if (asker == SCT_SIGNED_OUT)
    return route->who == SC_WHO_GUEST_OR_USER ? "" : "unauthorized";
  if (ranks[asker] == 0)
    return "unauthorized";
  if (asker == SCT_LEAVING)
    return route->who == SC_WHO_USER_OR_LEAVER ? "" : "account_deleted";
  return ranks[asker] >= route->who ? "" : "forbidden";
}

/**
 * sct_matrix_is_refused:
 * @route: a route
 * @asker: somebody
 *
 * Returns: whether they are to be refused
 */
gboolean
sct_matrix_is_refused (const ScRoute *route, SctAsker asker)
{
  return *expect (route, asker) != '\0';
}

/* An answer's code, with the member of the body if that is what is at fault, and not who asks. */
static char *
read_code (JsonObject *body)
{
  JsonObject *fault = body ? sc_json_get_object_or_null (body, "error") : NULL;
  const char *field = fault ? sc_json_get_string_or (fault, "field", NULL) : NULL;
  const char *code = fault ? sc_json_get_string_or (fault, "code", "") : "";
  return field ? g_strconcat (code, " ", field, NULL) : g_strdup (code);
}

static void
assert_answer (const ScRoute *route, SctAsker asker, guint status, const char *code)
{
  const char *expected = expect (route, asker);
  g_test_message ("%s %s, %s: %u %s",
                  route->method,
                  route->pattern,
                  askers[asker].words,
                  status,
                  code);
  g_assert_cmpuint (status, !=, 500);
  if (*expected) {
    g_assert_cmpstr (code, ==, expected);
    g_assert_cmpuint (status, ==, g_str_equal (code, "unauthorized") ? 401 : 403);
    return;
  }
  g_assert_cmpstr (code, !=, "unauthorized");
  g_assert_cmpstr (code, !=, "forbidden");
  g_assert_cmpstr (code, !=, "banned");
  g_assert_cmpstr (code, !=, "account_deleted");
}

/**
 * sct_matrix_assert_cell:
 * @self: a matrix with its people
 * @route: a route
 * @asker: somebody
 *
 * Asks once and fails the test where the answer is not what the route's "who" says.
 */
void
sct_matrix_assert_cell (SctMatrix *self, const ScRoute *route, SctAsker asker)
{
  g_autofree char *target = make_target (route), *body = make_body (route);
  g_autofree char *token = sct_matrix_make_token (self, asker);
  g_autoptr (JsonObject) answer = NULL;
  const SctQuestion question = { asker, route->method, target, token, body };
  guint status = self->ask (&question, &answer, self->user_data);
  g_autofree char *code = read_code (answer);
  assert_answer (route, asker, status, code);
}

static void
do_as_streamer (SctMatrix *self, const char *method, const char *path, const char *body)
{
  g_autofree char *token = sct_matrix_make_token (self, SCT_OWNER);
  g_autofree char *target = g_strconcat ("/v1/channels/ada/", path, NULL);
  g_autoptr (JsonObject) answer = NULL;
  const SctQuestion question = { SCT_OWNER, method, target, token, body };
  guint status = self->ask (&question, &answer, self->user_data);
  g_assert_cmpuint (status, >=, 200);
  g_assert_cmpuint (status, <, 300);
}

static void
ban (SctMatrix *self, const char *name, const char *more)
{
  g_autofree char *body = g_strdup_printf ("{%s,\"user_name\":\"%s\"}", more, name);
  do_as_streamer (self, "POST", "chat/actions", body);
}

static void
sign_up (SctMatrix *self, const char *name)
{
  g_autofree char *body =
    g_strdup_printf ("{\"name\":\"%s\",\"password\":\"password of %s\"}", name, name);
  g_autoptr (JsonObject) answer = NULL;
  const SctQuestion question = { SCT_SIGNED_OUT, "POST", "/v1/users", NULL, body };
  guint status = self->ask (&question, &answer, self->user_data);
  g_assert_cmpuint (status, ==, 201);
}

/**
 * sct_matrix_make_people:
 * @self: a matrix over a service that knows nobody
 *
 * Makes everybody as they came to be what they are.
 */
void
sct_matrix_make_people (SctMatrix *self)
{
  static const char *const names[] = { "ada", "bob", "eve", "lea", "ben", "tim",
                                       "max", "moe", "oda", "sue", "pal", "leo" };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    sign_up (self, names[i]);
  do_as_streamer (self, "PUT", "moderators/moe", NULL);
  do_as_streamer (self, "PUT", "moderators/lea", NULL);
  do_as_streamer (self, "DELETE", "moderators/lea", NULL);
  do_as_streamer (self, "PUT", "moderators/max", NULL);
  ban (self, "max", "\"kind\":\"ban\"");
  ban (self, "ben", "\"kind\":\"ban\"");
  ban (self, "tim", "\"kind\":\"timeout\",\"seconds\":600");
  run (self,
       "UPDATE users SET suspended_at = now(), suspended_reason = 'spam' WHERE name = 'sue';"
       "INSERT INTO moderators SELECT b.id, e.id, now() FROM users b, users e"
       " WHERE b.name = 'bob' AND e.name = 'eve'; DELETE FROM sessions");
}
