/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Never half an account: whatever statement of a sign-up is the last that reaches the database. */

#include "config.h"

#include "sct-service.h"

#include <string.h>

static const char body[] = "{\"name\":\"ada\",\"password\":\"password of ada\"}";

typedef struct {
  int left;
  gboolean committed;
} Gate;

static gboolean
fail_nth (const char *sql, gpointer user_data, GError **error)
{
  Gate *gate = user_data;
  if (gate->left-- == 0) {
    g_set_error (error, SC_STORE_ERROR, SC_STORE_ERROR_UNAVAILABLE, "Lost before: %s", sql);
    return FALSE;
  }
  gate->committed |= g_str_equal (sql, "COMMIT");
  return TRUE;
}

static void
assert_whole_or_nothing (SctService *self, gboolean exists)
{
  g_assert_cmpint (sct_service_ask_number (self, "SELECT count(*) FROM users"), ==, exists);
  g_assert_cmpint (sct_service_ask_number (self, "SELECT count(*) FROM channels"), ==, exists);
  g_assert_cmpint (sct_service_ask_number (self, "SELECT count(*) FROM sessions"), ==, exists);
}

static void
start_over (SctService *self)
{
  sct_service_run (self, "TRUNCATE users, channels, sessions CASCADE");
}

/* Returns whether the account was made all the same. */
static gboolean
sign_up_losing_nth (SctService *self, int n)
{
  Gate gate = { .left = n };
  sc_store_set_gate (self->store, fail_nth, &gate);
  g_autoptr (ScResponse) response = sct_service_call (self, "POST", "/v1/users", NULL, body);
  sc_store_set_gate (self->store, NULL, NULL);

  if (gate.committed)
    g_assert_cmpuint (response->status, ==, 201);
  else
    sct_assert_fault (response, 503, "busy", NULL);
  assert_whole_or_nothing (self, gate.committed);
  return gate.committed;
}

/* Whatever was lost, the next try finds a clean slate, or a whole account. */
static void
test_lost_anywhere (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  int after_commit = 0;
  for (int n = 0; after_commit < 8; n++) {
    gboolean made = sign_up_losing_nth (self, n);
    g_test_message ("losing statement %d: %s", n, made ? "an account" : "none");
    g_autoptr (ScResponse) again = sct_service_call (self, "POST", "/v1/users", NULL, body);
    g_assert_cmpuint (again->status, ==, made ? 409 : 201);
    assert_whole_or_nothing (self, TRUE);
    g_assert_true (made || after_commit == 0);
    after_commit += made;
    start_over (self);
  }
}

static gboolean
lose_answer_of_commit (const char *sql, gpointer user_data, GError **error)
{
  guint *lost = user_data;
  if (!g_str_equal (sql, "COMMIT") || *lost > 0)
    return TRUE;
  (*lost)++;
  g_set_error (error, SC_STORE_ERROR, SC_STORE_ERROR_UNAVAILABLE, "Lost after: %s", sql);
  return FALSE;
}

/* The account is there and only the database's word for it was lost: the person is signed in. */
static void
test_commit_in_doubt (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  guint lost = 0;
  sc_store_set_exit_gate (self->store, lose_answer_of_commit, &lost);
  g_autofree char *token = sct_service_sign_up (self, "ada");
  g_assert_cmpuint (lost, ==, 1);
  assert_whole_or_nothing (self, TRUE);
  g_autoptr (ScResponse) me = sct_service_call (self, "GET", "/v1/me", token, NULL);
  g_assert_cmpuint (me->status, ==, 200);
}

typedef struct {
  SctService *service;
  guint status;
} Attempt;

static gpointer
attempt (gpointer data)
{
  Attempt *self = data;
  g_autoptr (ScResponse) response =
    sct_service_call (self->service, "POST", "/v1/users", NULL, body);
  self->status = response->status;
  return NULL;
}

/* Of many who want the same name at the same moment one gets it. */
static void
test_one_name_many_hands (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  Attempt attempts[8];
  GThread *threads[G_N_ELEMENTS (attempts)];
  for (guint i = 0; i < G_N_ELEMENTS (attempts); i++) {
    attempts[i].service = self;
    threads[i] = g_thread_new ("sign-up", attempt, &attempts[i]);
  }
  guint made = 0, taken = 0;
  for (guint i = 0; i < G_N_ELEMENTS (attempts); i++) {
    g_thread_join (threads[i]);
    made += attempts[i].status == 201;
    taken += attempts[i].status == 409;
  }
  g_assert_cmpuint (made, ==, 1);
  g_assert_cmpuint (taken, ==, G_N_ELEMENTS (attempts) - 1);
  assert_whole_or_nothing (self, TRUE);
}

/* The database is gone for a moment: a sentence and a code, and "come again". */
static void
test_busy_says_when (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  Gate gate = { 0 };
  sc_store_set_gate (self->store, fail_nth, &gate);
  g_autoptr (ScResponse) response = sct_service_call (self, "POST", "/v1/users", NULL, body);
  sct_assert_fault (response, 503, "busy", NULL);
  g_assert_cmpstr (sc_response_get_header (response, "Retry-After"), ==, "1");
  g_assert_nonnull (strstr (response->cause, "Lost before"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sct_service_set_up ();
  g_test_add_func ("/service/sign-up/lost-anywhere", test_lost_anywhere);
  g_test_add_func ("/service/sign-up/commit-in-doubt", test_commit_in_doubt);
  g_test_add_func ("/service/sign-up/one-name-many-hands", test_one_name_many_hands);
  g_test_add_func ("/service/sign-up/busy-says-when", test_busy_says_when);
  int status = g_test_run ();
  sct_service_tear_down ();
  return status;
}
