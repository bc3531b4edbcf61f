/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The way back in by the recovery code, once. */

#include "config.h"

#include "sc-recovery-code.h"
#include "sct-service.h"

#define NEW "analytical engine"

static char *
dup_member (ScResponse *response, const char *member)
{
  g_autoptr (JsonObject) object = sct_response_object (response);
  return g_strdup (json_object_get_string_member (object, member));
}

/* Signs up and returns the code. */
static char *
sign_up (SctService *self, const char *name, char **ret_token)
{
  g_autofree char *body =
    g_strdup_printf ("{\"name\":\"%s\",\"password\":\"password of %s\"}", name, name);
  g_autoptr (ScResponse) response = sct_service_call (self, "POST", "/v1/users", NULL, body);
  g_assert_cmpuint (response->status, ==, 201);
  if (ret_token)
    *ret_token = dup_member (response, "token");
  return dup_member (response, "recovery_code");
}

static ScResponse *
recover (SctService *self, const char *name, const char *code, const char *password)
{
  g_autofree char *body =
    g_strdup_printf ("{\"name\":\"%s\",\"code\":\"%s\",\"password\":\"%s\"}", name, code, password);
  return sct_service_call (self, "POST", "/v1/recovery", NULL, body);
}

static guint
sign_in (SctService *self, const char *name, const char *password)
{
  g_autofree char *body = g_strdup_printf ("{\"name\":\"%s\",\"password\":\"%s\"}", name, password);
  g_autoptr (ScResponse) response = sct_service_call (self, "POST", "/v1/sessions", NULL, body);
  return response->status;
}

static guint
ask_me (SctService *self, const char *token)
{
  g_autoptr (ScResponse) response = sct_service_call (self, "GET", "/v1/me", token, NULL);
  return response->status;
}

static void
test_once (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *before = NULL;
  g_autofree char *code = sign_up (self, "ada", &before);
  g_autofree char *typed = g_ascii_strdown (code, -1);
  g_autoptr (ScResponse) response = recover (self, "Ada", typed, NEW);
  g_assert_cmpuint (response->status, ==, 201);
  g_autofree char *token = dup_member (response, "token");
  g_autofree char *next = dup_member (response, "recovery_code");
  g_assert_cmpuint (ask_me (self, token), ==, 200);
  g_assert_cmpuint (ask_me (self, before), ==, 401);
  g_assert_cmpuint (sign_in (self, "ada", "password of ada"), ==, 401);
  g_assert_cmpuint (sign_in (self, "ada", NEW), ==, 201);

  g_autoptr (ScResponse) again = recover (self, "ada", code, "yet another one");
  sct_assert_fault (again, 403, "wrong_code", "code");
  g_assert_cmpuint (ask_me (self, token), ==, 200);
  g_assert_cmpstr (next, !=, code);
  g_autoptr (ScResponse) second = recover (self, "ada", next, "yet another one");
  g_assert_cmpuint (second->status, ==, 201);
}

/* An unknown name, another's code, none at all and what is no code get one and the same answer. */
static void
test_wrong_codes (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *ada = sign_up (self, "ada", NULL);
  g_autofree char *bob = sign_up (self, "bob", NULL);
  g_autofree char *none = sign_up (self, "eve", NULL);
  sct_service_run (self, "UPDATE users SET recovery_hash = NULL WHERE name = 'eve'");
  const struct {
    const char *name;
    const char *code;
  } cases[] = {
    { "ada", bob },   { "nobody", ada }, { "ada", "00000-00000-00000-00000" },
    { "ada", "x" },   { "ada", "" },     { "eve", none },
    { "x y z", ada },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (ScResponse) response = recover (self, cases[i].name, cases[i].code, NEW);
    sct_assert_fault (response, 403, "wrong_code", "code");
  }
  g_autoptr (ScResponse) weak = recover (self, "ada", ada, "short");
  sct_assert_fault (weak, 400, "invalid_password", "password");
  g_assert_cmpuint (sign_in (self, "ada", "password of ada"), ==, 201);
}

static void
test_suspended (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *code = sign_up (self, "ada", NULL);
  sct_service_run (self, "UPDATE users SET suspended_at = now(), suspended_reason = 'spam'");
  g_autoptr (ScResponse) wrong = recover (self, "ada", "00000-00000-00000-00000", NEW);
  sct_assert_fault (wrong, 403, "wrong_code", "code");
  g_autoptr (ScResponse) right = recover (self, "ada", code, NEW);
  sct_assert_fault (right, 403, "suspended", NULL);
}

typedef struct {
  SctService *service;
  const char *code;
  guint status;
} Attempt;

static gpointer
attempt (gpointer data)
{
  Attempt *self = data;
  g_autoptr (ScResponse) response = recover (self->service, "ada", self->code, NEW);
  self->status = response->status;
  return NULL;
}

/* Of many who use the same code at the same moment one gets in. */
static void
test_one_code_many_hands (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *code = sign_up (self, "ada", NULL);
  Attempt attempts[8];
  GThread *threads[G_N_ELEMENTS (attempts)];
  for (guint i = 0; i < G_N_ELEMENTS (attempts); i++) {
    attempts[i].service = self;
    attempts[i].code = code;
    threads[i] = g_thread_new ("recover", attempt, &attempts[i]);
  }
  guint in = 0, out = 0;
  for (guint i = 0; i < G_N_ELEMENTS (attempts); i++) {
    g_thread_join (threads[i]);
    in += attempts[i].status == 201;
    out += attempts[i].status == 403;
  }
  g_assert_cmpuint (in, ==, 1);
  g_assert_cmpuint (out, ==, G_N_ELEMENTS (attempts) - 1);
  g_assert_cmpint (sct_service_ask_number (self, "SELECT count(*) FROM sessions"), ==, 1);
}

/* What is counted of wrong codes has transactions of its own. */
typedef struct {
  int left;
  gboolean begun;
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
  gate->begun |= g_str_has_prefix (sql, "UPDATE users SET recovery_hash = NULL");
  gate->committed |= gate->begun && g_str_equal (sql, "COMMIT");
  return TRUE;
}

/* Whatever statement is the last that reaches the database, the code is used and everything done,
 * or nothing is and the code is still good. */
static void
test_lost_anywhere (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *code = sign_up (self, "ada", NULL);
  for (Gate gate = { 0 }; !gate.committed;) {
    static int n;
    gate.left = n++;
    gate.begun = FALSE;
    sc_store_set_gate (self->store, fail_nth, &gate);
    g_autoptr (ScResponse) response = recover (self, "ada", code, NEW);
    sc_store_set_gate (self->store, NULL, NULL);
    g_test_message ("losing statement %d: %u", n - 1, response->status);
    if (gate.committed)
      g_assert_cmpuint (response->status, ==, 201);
    else
      sct_assert_fault (response, 503, "busy", NULL);
    g_assert_cmpuint (sign_in (self, "ada", NEW), ==, gate.committed ? 201 : 401);
  }
}

static gboolean
lose_answer_of_commit (const char *sql, gpointer user_data, GError **error)
{
  Gate *gate = user_data;
  gate->begun |= g_str_has_prefix (sql, "UPDATE users SET recovery_hash = NULL");
  if (!gate->begun || gate->committed || !g_str_equal (sql, "COMMIT"))
    return TRUE;
  gate->committed = TRUE;
  g_set_error (error, SC_STORE_ERROR, SC_STORE_ERROR_UNAVAILABLE, "Lost after: %s", sql);
  return FALSE;
}

/* Only the database's word for it was lost: whoever used up the code gets the next one. */
static void
test_commit_in_doubt (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *code = sign_up (self, "ada", NULL);
  Gate gate = { 0 };
  sc_store_set_exit_gate (self->store, lose_answer_of_commit, &gate);
  g_autoptr (ScResponse) response = recover (self, "ada", code, NEW);
  sc_store_set_exit_gate (self->store, NULL, NULL);
  g_assert_true (gate.committed);
  g_assert_cmpuint (response->status, ==, 201);
  g_autofree char *next = dup_member (response, "recovery_code");
  g_autoptr (ScResponse) second = recover (self, "ada", next, "yet another one");
  g_assert_cmpuint (second->status, ==, 201);
}

static void
test_new_code (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *token = NULL;
  g_autofree char *old = sign_up (self, "ada", &token);
  g_autoptr (ScResponse) wrong = sct_service_call (self,
                                                   "POST",
                                                   "/v1/me/recovery-code",
                                                   token,
                                                   "{\"password\":\"a wrong one\"}");
  sct_assert_fault (wrong, 403, "wrong_password", "password");
  g_autoptr (ScResponse) right = sct_service_call (self,
                                                   "POST",
                                                   "/v1/me/recovery-code",
                                                   token,
                                                   "{\"password\":\"password of ada\"}");
  g_assert_cmpuint (right->status, ==, 201);
  g_autofree char *code = dup_member (right, "recovery_code");
  g_assert_cmpuint (ask_me (self, token), ==, 200);
  g_autoptr (ScResponse) by_old = recover (self, "ada", old, NEW);
  sct_assert_fault (by_old, 403, "wrong_code", "code");
  g_autoptr (ScResponse) by_new = recover (self, "ada", code, NEW);
  g_assert_cmpuint (by_new->status, ==, 201);
}

/* What is stored is of no use to who reads it. */
static void
test_codes_are_not_stored (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *code = sign_up (self, "ada", NULL);
  g_autofree char *characters = sc_recovery_code_normalize (code);
  const char *const forms[] = { code, characters };
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++) {
    g_autofree char *sql =
      g_strdup_printf ("SELECT count(*) FROM users WHERE users::text ILIKE '%%%s%%'", forms[i]);
    g_assert_cmpint (sct_service_ask_number (self, sql), ==, 0);
  }
  g_autofree char *sql =
    g_strdup_printf ("SELECT count(*) FROM users WHERE recovery_hash = sha256('%s')", characters);
  g_assert_cmpint (sct_service_ask_number (self, sql), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sct_service_set_up ();
  g_test_add_func ("/service/recovery/once", test_once);
  g_test_add_func ("/service/recovery/wrong-codes", test_wrong_codes);
  g_test_add_func ("/service/recovery/suspended", test_suspended);
  g_test_add_func ("/service/recovery/one-code-many-hands", test_one_code_many_hands);
  g_test_add_func ("/service/recovery/lost-anywhere", test_lost_anywhere);
  g_test_add_func ("/service/recovery/commit-in-doubt", test_commit_in_doubt);
  g_test_add_func ("/service/recovery/new-code", test_new_code);
  g_test_add_func ("/service/recovery/codes-are-not-stored", test_codes_are_not_stored);
  int status = g_test_run ();
  sct_service_tear_down ();
  return status;
}
