/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A process that dies after one of the commits that a request makes: the same request again with
 * its Idempotency-Key is answered as if nothing had happened, and what it asks for was done once.
 */

#include "config.h"

#include "sc-repeat-store.h"
#include "sc-routes.h"
#include "sct-service.h"

#include <string.h>

#define UUID "7c7b3a52-6d0b-4f55-a5ff-2c1a7d9f0e11"
#define CHAT "/v1/channels/NAME/chat"
#define OWN_CHAT "/v1/channels/ada/chat"

/* No request here has as many commits. */
#define COMMITS_MAX 8

/* A request; what is there before it; how often its effect is there afterwards, which is 1; and,
 * for an effect that passes, what makes it pass meanwhile. What is too late once a claim has ended
 * is refused then, and has no effect. */
typedef struct {
  const char *pattern;
  const char *path;
  const char *body;
  guint status;
  const char *before;
  const char *effect;
  const char *passes;
  gboolean is_urgent;
} Act;

#define NO_ACTIONS "TRUNCATE mod_actions CASCADE;"

static const Act acts[] = {
  { .pattern = "/v1/me/password",
    .path = "/v1/me/password",
    .body = "{\"current\":\"password of ada\",\"new\":\"another password\"}",
    .status = 204,
    .before = "UPDATE users SET password_hash = recovery.kept FROM recovery",
    .effect = "SELECT count(*) FROM users, recovery WHERE password_hash <> kept" },
  { .pattern = "/v1/me/restore",
    .path = "/v1/me/restore",
    .status = 200,
    .before = "INSERT INTO errands (user_id, kind, step, next_at)"
              " SELECT id, 'deletion', 'waiting', '2030-01-01Z' FROM users",
    .effect = "SELECT 1 - count(*) FROM errands WHERE kind = 'deletion'" },
  { .pattern = "/v1/me/channel/key",
    .path = "/v1/me/channel/key",
    .body = "{}",
    .status = 202,
    .before = "DELETE FROM errands; UPDATE channels SET state = 'ready', arn = 'arn:c',"
              " room_arn = 'arn:r', stage_arn = 'arn:s', playback_url = 'https://p',"
              " ingest_endpoint = 'i'",
    .effect = "SELECT count(*) FROM errands WHERE kind = 'key'",
    .passes = "DELETE FROM errands" },
  { .pattern = CHAT "/actions",
    .path = OWN_CHAT "/actions",
    .body = "{\"kind\":\"delete\",\"line_id\":\"abcdABCD1234\"}",
    .status = 201,
    .before = NO_ACTIONS,
    .effect = "SELECT count(*) FROM mod_actions" },
  { .pattern = CHAT "/actions/ID/undo",
    .path = OWN_CHAT "/actions/" UUID "/undo",
    .status = 200,
    .before = NO_ACTIONS "INSERT INTO mod_actions (id, user_id, kind, actor_id, line_id, at)"
                         " SELECT '" UUID "', id, 'delete', id, 'abcdABCD1234', now_ FROM users,"
                         " (SELECT max(at) AS now_ FROM moment) AS m",
    .effect = "SELECT count(*) FROM mod_actions WHERE undone_at IS NOT NULL",
    .is_urgent = TRUE },
  { .pattern = CHAT "/held/ID",
    .path = OWN_CHAT "/held/" UUID,
    .body = "{\"verdict\":\"approve\"}",
    .status = 200,
    .before = NO_ACTIONS "DELETE FROM held_lines; INSERT INTO held_lines (id, user_id, message_id,"
                         " sender_id, role, content, rule, at) SELECT '" UUID "', id, 'abcd', 'x',"
                         " 'viewer', 'hi', 'links', '2026-10-23Z' FROM users",
    .effect = "SELECT count(*) FROM mod_actions" },
  { .pattern = "/v1/channels/NAME/reports",
    .path = "/v1/channels/ada/reports",
    .body = "{\"kind\":\"channel\",\"reason\":\"spam\"}",
    .status = 204,
    .before = "DELETE FROM reports",
    .effect = "SELECT count(*) FROM reports" },
};

typedef struct {
  SctService *service;
  char *token;
  guint commits_left; /* until the process dies, or 0 if it is dead */
} Killed;

static gboolean
refuse_the_dead (const char *sql, gpointer user_data, GError **error)
{
  Killed *self = user_data;
  if (self->commits_left > 0)
    return TRUE;
  g_set_error_literal (error, SC_STORE_ERROR, SC_STORE_ERROR_UNAVAILABLE, "The process is dead");
  return FALSE;
}

/* A statement outside a transaction commits by itself; only those of claims and limits are so. */
static gboolean
die_after_commit (const char *sql, gpointer user_data, GError **error)
{
  Killed *self = user_data;
  if (g_str_equal (sql, "COMMIT") || g_str_has_prefix (sql, "INSERT INTO repeats"))
    self->commits_left--;
  return refuse_the_dead (sql, user_data, error);
}

static ScResponse *
post (Killed *self, const Act *act, const char *key)
{
  g_autofree char *authorization = g_strdup_printf ("Bearer %s", self->token);
  g_autoptr (GBytes) body = act->body ? g_bytes_new_static (act->body, strlen (act->body)) : NULL;
  const ScRequest request = { .method = "POST",
                              .path = act->path,
                              .authorization = authorization,
                              .idempotency_key = key,
                              .body = body };
  return sc_service_handle (self->service->service, &request);
}

/* Returns whether it died before it was done. */
static gboolean
post_and_die (Killed *self, const Act *act, const char *key, guint commits)
{
  self->commits_left = commits;
  sc_store_set_gate (self->service->store, refuse_the_dead, self);
  sc_store_set_exit_gate (self->service->store, die_after_commit, self);
  g_autoptr (ScResponse) lost = post (self, act, key);
  sc_store_set_gate (self->service->store, NULL, NULL);
  sc_store_set_exit_gate (self->service->store, NULL, NULL);
  return self->commits_left == 0;
}

/* As the app does it: again in a second where somebody seems to be at it, for a minute. */
static ScResponse *
post_again (Killed *self, const Act *act, const char *key)
{
  ScResponse *response = post (self, act, key);
  if (response->status != 409)
    return response;
  sct_assert_fault (response, 409, "in_progress", NULL);
  sc_response_free (response);
  self->service->now += SC_REPEAT_CLAIM_US;
  return post (self, act, key);
}

static gboolean
assert_once (Killed *self, const Act *act, guint commits)
{
  g_autofree char *key = g_strdup_printf ("\"%s-%u\"", act->pattern, commits);
  g_autofree char *moment = g_strdup_printf ("INSERT INTO moment SELECT to_timestamp(%f)",
                                             (double) self->service->now / G_USEC_PER_SEC);
  sct_service_run (self->service, moment);
  sct_service_run (self->service, act->before);
  sct_service_run (self->service, "DELETE FROM limits"); /* each time is somebody's first */
  gboolean died = post_and_die (self, act, key, commits);
  gboolean has_passed = act->passes && sct_service_ask_number (self->service, act->effect) == 1;
  if (has_passed)
    sct_service_run (self->service, act->passes);
  gint64 before = self->service->now;
  g_autoptr (ScResponse) again = post_again (self, act, key);
  gboolean is_late = act->is_urgent && self->service->now > before;
  g_test_message ("%s after commit %u: %u", act->path, commits, again->status);
  g_assert_cmpuint (again->status, ==, is_late ? 409 : act->status);
  g_assert_cmpint (sct_service_ask_number (self->service, act->effect),
                   ==,
                   has_passed || is_late ? 0 : 1);
  return died;
}

static void
test_killed (gconstpointer data)
{
  const Act *act = data;
  g_autoptr (SctService) service = sct_service_new (NULL);
  Killed self = { .service = service, .token = sct_service_sign_up (service, "ada") };
  sct_service_run (service,
                   "CREATE TABLE recovery AS SELECT password_hash AS kept FROM users;"
                   "CREATE TABLE moment (at timestamptz)");
  guint commits = 1;
  while (assert_once (&self, act, commits))
    g_assert_cmpuint (++commits, <, COMMITS_MAX);
  g_assert_cmpuint (commits, >, 2); /* the claim and the act at least */
  g_free (self.token);
}

/* A claim that another process has taken over is worth nothing: the act is undone. */
static gboolean
lose_claim (const char *sql, gpointer user_data, GError **error)
{
  Killed *self = user_data;
  if (self->commits_left == 0 || !g_str_has_prefix (sql, "INSERT INTO reports"))
    return TRUE;
  self->commits_left = 0;
  sct_service_run (self->service, "UPDATE repeats SET claimed_at = claimed_at + interval '1 min'");
  return TRUE;
}

static void
test_too_slow (void)
{
  g_autoptr (SctService) service = sct_service_new (NULL);
  Killed self = { .service = service,
                  .token = sct_service_sign_up (service, "ada"),
                  .commits_left = 1 };
  const Act *report = &acts[G_N_ELEMENTS (acts) - 1];
  sc_store_set_gate (service->store, lose_claim, &self);
  g_autoptr (ScResponse) response = post (&self, report, "k");
  sc_store_set_gate (service->store, NULL, NULL);
  sct_assert_fault (response, 503, "busy", NULL);
  g_assert_cmpint (sct_service_ask_number (service, report->effect), ==, 0);
  g_free (self.token);
}

/* What is Amazon's to do and leaves nothing here: StopStream again says that nothing is on. */
static const char *const without_trace[] = { "/v1/me/channel/stop", NULL };

/* Whoever adds a route whose answers are kept shows here that it keeps one with its act. */
static void
test_every_route (void)
{
  guint n_routes, n_kept = 0;
  const ScRoute *routes = sc_routes_get (&n_routes);
  for (guint i = 0; i < n_routes; i++) {
    if (routes[i].repeat != SC_REPEAT_KEPT || g_strv_contains (without_trace, routes[i].pattern))
      continue;
    g_test_message ("%s", routes[i].pattern);
    g_assert_cmpuint (n_kept, <, G_N_ELEMENTS (acts));
    g_assert_cmpstr (acts[n_kept++].pattern, ==, routes[i].pattern);
  }
  g_assert_cmpuint (n_kept, ==, G_N_ELEMENTS (acts));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sct_service_set_up ();
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++) {
    g_autofree char *path = g_strconcat ("/service/repeats-killed", acts[i].path, NULL);
    g_test_add_data_func (path, &acts[i], test_killed);
  }
  g_test_add_func ("/service/repeats-killed/too-slow", test_too_slow);
  g_test_add_func ("/service/repeats-killed/every-route", test_every_route);
  int status = g_test_run ();
  sct_service_tear_down ();
  return status;
}
