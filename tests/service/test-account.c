/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What somebody does with an account of their own: the password, and where they are signed in. */

#include "config.h"

#include "sct-service.h"

#include <string.h>

#define OLD "password of ada"
#define NEW "analytical engine"

static char *
sign_in (SctService *self, const char *password, const char *device)
{
  g_autofree char *body =
    g_strdup_printf ("{\"name\":\"ada\",\"password\":\"%s\",\"device\":\"%s\"}", password, device);
  g_autoptr (ScResponse) response = sct_service_call (self, "POST", "/v1/sessions", NULL, body);
  if (response->status != 201)
    return NULL;
  g_autoptr (JsonObject) object = sct_response_object (response);
  return g_strdup (json_object_get_string_member (object, "token"));
}

static guint
ask_me (SctService *self, const char *token)
{
  g_autoptr (ScResponse) response = sct_service_call (self, "GET", "/v1/me", token, NULL);
  return response->status;
}

static ScResponse *
change (SctService *self, const char *token, const char *current, const char *new_password)
{
  g_autofree char *body =
    g_strdup_printf ("{\"current\":\"%s\",\"new\":\"%s\"}", current, new_password);
  return sct_service_call (self, "POST", "/v1/me/password", token, body);
}

static void
test_change_password (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *here = sct_service_sign_up (self, "ada");
  g_autofree char *elsewhere = sign_in (self, OLD, "laptop");
  g_autofree char *stranger = sct_service_sign_up (self, "bob");

  g_autoptr (ScResponse) response = change (self, here, OLD, NEW);
  g_assert_cmpuint (response->status, ==, 204);
  g_assert_cmpuint (ask_me (self, here), ==, 200);
  g_assert_cmpuint (ask_me (self, elsewhere), ==, 401);
  g_assert_cmpuint (ask_me (self, stranger), ==, 200);
  g_autofree char *by_old = sign_in (self, OLD, "laptop");
  g_autofree char *by_new = sign_in (self, NEW, "laptop");
  g_assert_null (by_old);
  g_assert_nonnull (by_new);
}

static void
test_change_is_refused (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *here = sct_service_sign_up (self, "ada");
  g_autofree char *elsewhere = sign_in (self, OLD, "laptop");
  g_autofree char *endless = g_strnfill (257, 'x');
  g_autoptr (ScResponse) wrong = change (self, here, "a wrong one", NEW);
  sct_assert_fault (wrong, 403, "wrong_password", "current");
  g_autoptr (ScResponse) too_long = change (self, here, endless, NEW);
  sct_assert_fault (too_long, 403, "wrong_password", "current");
  g_autoptr (ScResponse) weak = change (self, here, OLD, "short");
  sct_assert_fault (weak, 400, "invalid_password", "new");
  g_assert_cmpuint (ask_me (self, elsewhere), ==, 200);
  g_autofree char *still = sign_in (self, OLD, "laptop");
  g_assert_nonnull (still);
}

/* A statement that is lost, but not before the change has begun: what is counted of wrong passwords
 * has transactions of its own. */
typedef struct {
  const char *sql;
  gboolean begun;
  gboolean lost;
} Loss;

static gboolean
lose (const char *sql, gpointer user_data, GError **error)
{
  Loss *loss = user_data;
  loss->begun |= g_str_has_prefix (sql, "UPDATE users SET password_hash");
  if (!loss->begun || loss->lost || !g_str_has_prefix (sql, loss->sql))
    return TRUE;
  loss->lost = TRUE;
  g_set_error (error, SC_STORE_ERROR, SC_STORE_ERROR_UNAVAILABLE, "Lost: %s", sql);
  return FALSE;
}

/* Where the database is lost on the way, all of it is changed or nothing, and the answer says
 * which. */
static void
test_change_lost_anywhere (void)
{
  static const char *const statements[] = { "UPDATE users SET password_hash",
                                            "DELETE FROM sessions",
                                            "COMMIT" };
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *here = sct_service_sign_up (self, "ada");
  for (guint i = 0; i < G_N_ELEMENTS (statements); i++) {
    g_autofree char *elsewhere = sign_in (self, OLD, "laptop");
    Loss loss = { .sql = statements[i] };
    sc_store_set_gate (self->store, lose, &loss);
    g_autoptr (ScResponse) response = change (self, here, OLD, NEW);
    sc_store_set_gate (self->store, NULL, NULL);
    sct_assert_fault (response, 503, "busy", NULL);
    g_assert_cmpuint (ask_me (self, elsewhere), ==, 200);
  }

  g_autofree char *elsewhere = sign_in (self, OLD, "laptop");
  Loss loss = { .sql = "COMMIT" };
  sc_store_set_exit_gate (self->store, lose, &loss);
  g_autoptr (ScResponse) in_doubt = change (self, here, OLD, NEW);
  sc_store_set_exit_gate (self->store, NULL, NULL);
  g_assert_cmpuint (in_doubt->status, ==, 204);
  g_assert_cmpuint (ask_me (self, elsewhere), ==, 401);
}

typedef struct {
  SctService *service;
  const char *token;
  gboolean changed;
} Race;

/* Stands before the sign-in's insert: the password was right, and is changed now. */
static gboolean
change_before_insert (const char *sql, gpointer user_data, GError **error)
{
  Race *race = user_data;
  if (!g_str_has_prefix (sql, "SELECT 1 FROM users WHERE id = $1 AND password_hash") ||
      race->changed)
    return TRUE;
  race->changed = TRUE;
  g_autoptr (ScResponse) response = change (race->service, race->token, OLD, NEW);
  g_assert_cmpuint (response->status, ==, 204);
  return TRUE;
}

/* A sign-in whose password was right a moment ago opens nothing once the password is changed. */
static void
test_sign_in_meanwhile (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *here = sct_service_sign_up (self, "ada");
  Race race = { .service = self, .token = here };
  sc_store_set_gate (self->store, change_before_insert, &race);
  g_autofree char *thief = sign_in (self, OLD, "thief");
  sc_store_set_gate (self->store, NULL, NULL);
  g_assert_true (race.changed);
  g_assert_null (thief);
  g_assert_cmpint (sct_service_ask_number (self, "SELECT count(*) FROM sessions"), ==, 1);
}

static JsonArray *
list (SctService *self, const char *token, JsonObject **ret_object)
{
  g_autoptr (ScResponse) response = sct_service_call (self, "GET", "/v1/sessions", token, NULL);
  g_assert_cmpuint (response->status, ==, 200);
  *ret_object = sct_response_object (response);
  return json_object_get_array_member (*ret_object, "sessions");
}

static JsonObject *
find (JsonArray *sessions, const char *device)
{
  for (guint i = 0; i < json_array_get_length (sessions); i++) {
    JsonObject *session = json_array_get_object_element (sessions, i);
    if (g_strcmp0 (json_object_get_string_member (session, "device"), device) == 0)
      return session;
  }
  return NULL;
}

static void
test_list_sessions (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *first = sct_service_sign_up (self, "ada");
  g_autofree char *other = sct_service_sign_up (self, "bob");
  self->now += G_TIME_SPAN_DAY;
  g_autofree char *second = sign_in (self, OLD, "laptop");
  g_autoptr (JsonObject) object = NULL;
  JsonArray *sessions = list (self, first, &object);
  g_assert_cmpuint (json_array_get_length (sessions), ==, 2);
  JsonObject *laptop = find (sessions, "laptop");
  JsonObject *own = json_array_get_object_element (sessions, 0);
  if (own == laptop)
    own = json_array_get_object_element (sessions, 1);
  g_assert_true (json_object_get_boolean_member (own, "current"));
  g_assert_false (json_object_get_boolean_member (laptop, "current"));
  g_assert_cmpstr (json_object_get_string_member (laptop, "device"), ==, "laptop");
  g_assert_cmpstr (json_object_get_string_member (laptop, "used_at"),
                   ==,
                   json_object_get_string_member (own, "used_at"));
  g_assert_true (json_object_has_member (laptop, "created_at"));
  g_assert_true (json_object_has_member (laptop, "expires_at"));

  /* What is idle for too long is no session any more. */
  self->now += 13 * G_TIME_SPAN_DAY;
  g_assert_cmpuint (ask_me (self, second), ==, 200);
  self->now += 2 * G_TIME_SPAN_DAY;
  g_autoptr (JsonObject) later = NULL;
  g_assert_cmpuint (json_array_get_length (list (self, second, &later)), ==, 1);
  g_assert_cmpuint (ask_me (self, first), ==, 401);
}

static void
test_end_one_session (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *here = sct_service_sign_up (self, "ada");
  g_autofree char *bob = sct_service_sign_up (self, "bob");
  g_autofree char *laptop = sign_in (self, OLD, "laptop");
  g_autofree char *phone = sign_in (self, OLD, "phone");
  g_autoptr (JsonObject) object = NULL;
  const char *id =
    json_object_get_string_member (find (list (self, here, &object), "laptop"), "id");
  g_autofree char *path = g_strconcat ("/v1/sessions/", id, NULL);

  g_autoptr (ScResponse) stranger = sct_service_call (self, "DELETE", path, bob, NULL);
  sct_assert_fault (stranger, 404, "not_found", NULL);
  g_assert_cmpuint (ask_me (self, laptop), ==, 200);
  g_autoptr (ScResponse) ended = sct_service_call (self, "DELETE", path, here, NULL);
  g_assert_cmpuint (ended->status, ==, 204);
  g_assert_cmpuint (ask_me (self, laptop), ==, 401);
  g_assert_cmpuint (ask_me (self, phone), ==, 200);
  g_autoptr (ScResponse) again = sct_service_call (self, "DELETE", path, here, NULL);
  sct_assert_fault (again, 404, "not_found", NULL);
  g_autoptr (ScResponse) none = sct_service_call (self, "DELETE", "/v1/sessions/x", here, NULL);
  sct_assert_fault (none, 404, "not_found", NULL);
}

static void
test_end_all_sessions (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *here = sct_service_sign_up (self, "ada");
  g_autofree char *bob = sct_service_sign_up (self, "bob");
  g_autofree char *laptop = sign_in (self, OLD, "laptop");
  g_autoptr (ScResponse) bad =
    sct_service_call (self, "DELETE", "/v1/sessions?keep=all", here, NULL);
  sct_assert_fault (bad, 400, "bad_request", "keep");
  g_assert_cmpuint (ask_me (self, laptop), ==, 200);

  g_autoptr (ScResponse) others =
    sct_service_call (self, "DELETE", "/v1/sessions?keep=current", here, NULL);
  g_assert_cmpuint (others->status, ==, 204);
  g_assert_cmpuint (ask_me (self, laptop), ==, 401);
  g_assert_cmpuint (ask_me (self, here), ==, 200);

  g_autoptr (ScResponse) all = sct_service_call (self, "DELETE", "/v1/sessions", here, NULL);
  g_assert_cmpuint (all->status, ==, 204);
  g_assert_cmpuint (ask_me (self, here), ==, 401);
  g_assert_cmpuint (ask_me (self, bob), ==, 200);
}

/* What somebody calls a machine is one line, and not an essay. */
static void
test_devices (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *here = sct_service_sign_up (self, "ada");
  g_autofree char *essay = g_strnfill (65, 'x');
  const char *const bad[] = { "", "  ", "two\\nlines", essay };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autofree char *body =
      g_strdup_printf ("{\"name\":\"ada\",\"password\":\"" OLD "\",\"device\":\"%s\"}", bad[i]);
    g_autoptr (ScResponse) response = sct_service_call (self, "POST", "/v1/sessions", NULL, body);
    sct_assert_fault (response, 400, "bad_request", "device");
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sct_service_set_up ();
  g_test_add_func ("/service/account/change-password", test_change_password);
  g_test_add_func ("/service/account/change-is-refused", test_change_is_refused);
  g_test_add_func ("/service/account/change-lost-anywhere", test_change_lost_anywhere);
  g_test_add_func ("/service/account/sign-in-meanwhile", test_sign_in_meanwhile);
  g_test_add_func ("/service/account/list-sessions", test_list_sessions);
  g_test_add_func ("/service/account/end-one-session", test_end_one_session);
  g_test_add_func ("/service/account/end-all-sessions", test_end_all_sessions);
  g_test_add_func ("/service/account/devices", test_devices);
  int status = g_test_run ();
  sct_service_tear_down ();
  return status;
}
