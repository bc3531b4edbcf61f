/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Keeping somebody off the site: account, sessions, stream key, stream and rooms, and each of these
 * failing. */

#include "config.h"

#include "sc-json.h"
#include "sc-suspension.h"
#include "sct-room.h"

#include <string.h>

#define TOLD(...) ((const char *const[]) { __VA_ARGS__, NULL })
#define SIGN_IN "{\"name\":\"bob\",\"password\":\"password of bob\"}"

static gint64
count (SctRoom *self, const char *what)
{
  g_autofree char *sql = g_strconcat ("SELECT count(*) FROM ", what, NULL);
  return sct_service_ask_number (self->service, sql);
}

static void
keep_step (const char *step, const GError *error, gpointer user_data)
{
  g_string_append_printf (user_data, "%s%s\n", error ? "FAILED: " : "", step);
}

/* Returns what was told. */
static char *
suspend (SctRoom *self, gboolean well)
{
  gboolean found = FALSE;
  GString *steps = g_string_new (NULL);
  const ScSuspensionOrder order = { "BOB", "spam everywhere", keep_step, steps };
  g_assert_cmpint (sc_suspend_user (self->service->service, &order, &found), ==, well);
  g_assert_true (found);
  return g_string_free_and_steal (steps);
}

static char *
restore (SctRoom *self, gboolean well)
{
  gboolean found = FALSE;
  GString *steps = g_string_new (NULL);
  const ScSuspensionOrder order = { "bob", NULL, keep_step, steps };
  g_assert_cmpint (sc_restore_user (self->service->service, &order, &found), ==, well);
  g_assert_true (found);
  return g_string_free_and_steal (steps);
}

/* A channel with a picture, and its owner in ada's room. */
static void
go_live (SctRoom *self)
{
  g_assert_cmpint (count (self, "channels WHERE name = 'bob' AND stream_key_arn IS NOT NULL"),
                   ==,
                   1);
  sct_service_run (self->service,
                   "INSERT INTO streams (id, user_id, started_at) SELECT 'st-1', id, '2026-10-24Z'"
                   " FROM users WHERE name = 'bob'");
  sct_control_set_live (self->control);
  json_object_unref (sct_room_ask (self, "POST", SCT_CHAT, self->bob, NULL, 201));
  g_free (sct_control_take_told (self->control));
}

static guint
count_live (SctRoom *self)
{
  g_autoptr (JsonObject) answer =
    sct_room_ask (self, "GET", "/v1/channels?live=1", NULL, NULL, 200);
  return json_array_get_length (json_object_get_array_member (answer, "channels"));
}

static void
test_suspend (SctRoom *self, gconstpointer data)
{
  go_live (self);
  g_assert_cmpuint (count_live (self), ==, 1);
  g_autofree char *steps = suspend (self, TRUE);
  g_assert_cmpstr (steps,
                   ==,
                   "Closed the account: signing in is refused\n"
                   "Signed out everywhere: 1 sessions\n"
                   "Deleted the stream key\n"
                   "Stopped the stream\n"
                   "Put out of 1 rooms\n");
  sct_room_assert_told (self, TOLD ("aws:DISCONNECT_USER {*\"suspended\"*}"));
  g_assert_cmpuint (count_live (self), ==, 0);
  g_assert_cmpint (count (self, "channels WHERE name = 'bob' AND stream_key_arn IS NULL"), ==, 1);
  g_assert_cmpint (sct_control_ask (self->control, "DeleteStreamKey", "effects"), ==, 1);

  json_object_unref (sct_room_ask (self, "GET", "/v1/me", self->bob, NULL, 401));
  sct_room_refuse (self, self->bob, SCT_CHAT, NULL, 401, "unauthorized");
  g_autoptr (JsonObject) refusal = sct_room_ask (self, "POST", "/v1/sessions", NULL, SIGN_IN, 403);
  JsonObject *error = json_object_get_object_member (refusal, "error");
  g_assert_cmpstr (json_object_get_string_member (error, "code"), ==, "suspended");
  g_assert_cmpstr (json_object_get_string_member (error, "reason"), ==, "spam everywhere");
  /* Who does not know the password learns nothing. */
  sct_room_refuse (self,
                   NULL,
                   "/v1/sessions",
                   "{\"name\":\"bob\",\"password\":\"a wrong one\"}",
                   401,
                   "wrong_credentials");
}

static void
test_restore (SctRoom *self, gconstpointer data)
{
  go_live (self);
  g_free (suspend (self, TRUE));
  g_autofree char *steps = restore (self, TRUE);
  g_assert_nonnull (strstr (steps, "Made a new stream key\n"));
  json_object_unref (sct_room_ask (self, "POST", "/v1/sessions", NULL, SIGN_IN, 201));
  g_assert_cmpint (count (self, "channels WHERE name = 'bob' AND stream_key_arn IS NOT NULL"),
                   ==,
                   1);
  g_autofree char *again = restore (self, TRUE);
  g_assert_nonnull (strstr (again, "Needs no new stream key\n"));
}

/* Whatever fails, all else is done, it is told, and doing it again does the rest. */
static void
test_each_step_fails (SctRoom *self, gconstpointer data)
{
  static const struct {
    const char *operation;
    const char *kind;
    const char *told;
  } rows[] = {
    { "DeleteStreamKey", "denied", "FAILED: Deleted the stream key\n" },
    { "StopStream", "denied", "FAILED: Stopped the stream\n" },
  };
  go_live (self);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    sct_control_order (self->control, rows[i].operation, rows[i].kind, 1);
    g_autofree char *steps = suspend (self, FALSE);
    g_assert_nonnull (strstr (steps, rows[i].told));
    g_assert_nonnull (strstr (steps, "Put out of 1 rooms\n"));
    sct_room_refuse (self, NULL, "/v1/sessions", SIGN_IN, 403, "suspended");
  }
  g_autofree char *rest = suspend (self, TRUE);
  g_assert_nonnull (strstr (rest, "Had no stream key\n"));
  g_assert_nonnull (strstr (rest, "Was not live\n"));
}

/* A key that was made or deleted without anybody writing it down. */
static void
test_key_half_done (SctRoom *self, gconstpointer data)
{
  go_live (self);
  sct_control_order (self->control, "DeleteStreamKey", "reset", 1);
  g_free (suspend (self, TRUE));
  g_assert_cmpint (sct_control_ask (self->control, "DeleteStreamKey", "calls"), ==, 2);
  g_assert_cmpint (count (self, "channels WHERE name = 'bob' AND stream_key_arn IS NULL"), ==, 1);
  sct_control_order (self->control, "CreateStreamKey", "reset", 1);
  g_free (restore (self, FALSE));
  g_free (restore (self, TRUE));
  g_assert_cmpint (count (self, "channels WHERE name = 'bob' AND stream_key_arn IS NOT NULL"),
                   ==,
                   1);
  g_assert_cmpint (sct_control_ask (self->control, "CreateStreamKey", "effects"), ==, 1);
}

static void
test_room_fails (SctRoom *self, gconstpointer data)
{
  go_live (self);
  sct_control_order (self->control, "DisconnectUser", "throttle", 1);
  g_autofree char *steps = suspend (self, TRUE);
  g_assert_nonnull (strstr (steps, "Put out of 0 rooms\n1 rooms do not answer yet"));
  self->service->now += 2 * G_TIME_SPAN_SECOND;
  sct_room_tick (self);
  sct_room_assert_told (self, TOLD ("aws:DISCONNECT_USER {*\"suspended\"*}"));
}

/* A token that is being made while somebody is suspended is not given out. */
static gboolean
suspend_meanwhile (const char *sql, gpointer data, GError **error)
{
  SctRoom *self = data;
  if (!strstr (sql, "FOR SHARE"))
    return TRUE;
  sc_store_set_gate (self->service->store, NULL, NULL);
  g_free (suspend (self, TRUE));
  return TRUE;
}

static void
test_while_coming_in (SctRoom *self, gconstpointer data)
{
  sc_store_set_gate (self->service->store, suspend_meanwhile, self);
  sct_room_refuse (self, self->bob, SCT_CHAT, NULL, 401, "unauthorized");
  g_assert_cmpint (sct_control_ask (self->control, "CreateChatToken", "effects"), ==, 1);
}

static void
test_nobody (SctRoom *self, gconstpointer data)
{
  gboolean found = TRUE;
  g_autoptr (GString) steps = g_string_new (NULL);
  const ScSuspensionOrder order = { "nobody", "x", keep_step, steps };
  g_assert_false (sc_suspend_user (self->service->service, &order, &found));
  g_assert_false (found);
  g_assert_cmpstr (steps->str, ==, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sct_service_set_up ();
  SCT_ROOM_ADD ("/service/suspension/suspend", test_suspend);
  SCT_ROOM_ADD ("/service/suspension/restore", test_restore);
  SCT_ROOM_ADD ("/service/suspension/each-step-fails", test_each_step_fails);
  SCT_ROOM_ADD ("/service/suspension/key-half-done", test_key_half_done);
  SCT_ROOM_ADD ("/service/suspension/room-fails", test_room_fails);
  SCT_ROOM_ADD ("/service/suspension/while-coming-in", test_while_coming_in);
  SCT_ROOM_ADD ("/service/suspension/nobody", test_nobody);
  int status = g_test_run ();
  sct_service_tear_down ();
  return status;
}
