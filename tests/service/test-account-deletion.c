/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What people see of an account's end, and of another stream key: the routes, and what stays of
 * somebody in the rooms of others. */

#include "config.h"

#include "sc-errands.h"
#include "sc-json-members.h"
#include "sc-tick.h"
#include "sct-control.h"
#include "sct-service.h"

#include <string.h>

#define SIGN_IN "{\"name\":\"ada\",\"password\":\"password of ada\"}"
#define PASSWORD "{\"password\":\"password of ada\"}"

typedef struct {
  SctControl *control;
  SctService *service;
  char *ada;
  char *bob;
} Fixture;

/* Time passes for all, and all turns are free again. */
static void
pass (Fixture *self, gint64 time_us)
{
  self->service->now += time_us;
  sct_control_pass (self->control, time_us);
  sct_service_run (self->service, "DELETE FROM call_buckets");
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->control = sct_control_new ();
  self->service = sct_service_new (sct_control_get_url (self->control));
  self->ada = sct_service_sign_up (self->service, "ada");
  self->bob = sct_service_sign_up (self->service, "bob");
  pass (self, 2 * G_TIME_SPAN_SECOND);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  sct_service_free (self->service);
  sct_control_free (self->control);
  g_free (self->ada);
  g_free (self->bob);
}

static JsonObject *
ask (Fixture *self, const char *method, const char *target, const char *token, const char *body)
{
  g_autoptr (ScResponse) response = sct_service_call (self->service, method, target, token, body);
  g_test_message ("%s %s: %u", method, target, response->status);
  g_assert_cmpuint (response->status / 100, ==, 2);
  return sct_response_object (response);
}

static void
refuse (Fixture *self,
        const char *request,
        const char *token,
        const char *body,
        guint status,
        const char *code)
{
  g_auto (GStrv) parts = g_strsplit (request, " ", 2);
  g_autoptr (ScResponse) response =
    sct_service_call (self->service, parts[0], parts[1], token, body);
  g_autoptr (JsonObject) object = sct_response_object (response);
  JsonObject *fault = json_object_get_object_member (object, "error");
  g_assert_cmpstr (json_object_get_string_member (fault, "code"), ==, code);
  g_assert_cmpuint (response->status, ==, status);
}

static gint64
count (Fixture *self, const char *what)
{
  g_autofree char *sql = g_strconcat ("SELECT count(*) FROM ", what, NULL);
  return sct_service_ask_number (self->service, sql);
}

static gint64
delete_ada (Fixture *self)
{
  gint64 deletes_at = 0;
  g_autoptr (JsonObject) answer = ask (self, "DELETE", "/v1/me", self->ada, PASSWORD);
  g_assert_true (sc_json_read_time (answer, "deletes_at", &deletes_at, NULL));
  return deletes_at;
}

/* Goes on until there is no errand any more. */
static void
finish (Fixture *self)
{
  for (int i = 0; i < 40 && count (self, "errands") > 0; i++) {
    g_autoptr (GError) error = NULL;
    pass (self, 20 * G_TIME_SPAN_SECOND);
    g_assert_true (sc_errands_resume (self->service->service, self->service->now + 1, &error));
    g_assert_no_error (error);
  }
  g_assert_cmpint (count (self, "errands"), ==, 0);
}

static void
test_out_of_sight (Fixture *self, gconstpointer data)
{
  refuse (self, "DELETE /v1/me", self->ada, "{\"password\":\"not hers\"}", 403, "wrong_password");
  gint64 deletes_at = delete_ada (self);
  g_assert_cmpint (deletes_at, ==, self->service->now + 7 * G_TIME_SPAN_DAY);
  refuse (self, "GET /v1/me", self->ada, NULL, 403, "account_deleted");
  refuse (self, "GET /v1/me/channel", self->ada, NULL, 403, "account_deleted");
  refuse (self, "POST /v1/channels/bob/chat", self->ada, NULL, 403, "account_deleted");
  refuse (self, "GET /v1/channels/ada", self->bob, NULL, 404, "no_such_channel");
  refuse (self, "POST /v1/channels/ada/chat", self->bob, NULL, 404, "no_such_channel");
  refuse (self, "GET /v1/channels/ada/chat/lines", self->bob, NULL, 404, "no_such_channel");
  refuse (self, "POST /v1/users", NULL, SIGN_IN, 409, "name_taken");

  g_autoptr (JsonObject) session = ask (self, "POST", "/v1/sessions", NULL, SIGN_IN);
  gint64 told = 0;
  g_assert_true (sc_json_read_time (session, "deletes_at", &told, NULL));
  g_assert_cmpint (told, ==, deletes_at);
  const char *token = json_object_get_string_member (session, "token");
  refuse (self, "GET /v1/me", token, NULL, 403, "account_deleted");
  refuse (self,
          "POST /v1/sessions",
          NULL,
          "{\"name\":\"ada\",\"password\":\"xxxxxxxxx\"}",
          401,
          "wrong_credentials");
}

static void
test_taken_back (Fixture *self, gconstpointer data)
{
  gint64 deletes_at = delete_ada (self);
  self->service->now = deletes_at - 1;
  json_object_unref (ask (self, "POST", "/v1/me/restore", self->ada, NULL));
  json_object_unref (ask (self, "GET", "/v1/me", self->ada, NULL));
  json_object_unref (ask (self, "GET", "/v1/channels/ada", NULL, NULL));
  json_object_unref (ask (self, "POST", "/v1/me/restore", self->ada, NULL)); /* harmless */
  pass (self, G_TIME_SPAN_DAY);
  g_assert_true (sc_errands_resume (self->service->service, self->service->now + 1, NULL));
  g_assert_cmpint (sct_control_ask (self->control, "DeleteChannel", "calls"), ==, 0);

  self->service->now = delete_ada (self);
  refuse (self, "POST /v1/me/restore", self->ada, NULL, 409, "too_late");
}

/* Lines of both in each other's room, and what ties them together. */
static void
live_together (Fixture *self)
{
  sct_service_run (
    self->service,
    "INSERT INTO chat_lines (user_id, id, sent_at, sender_id, sender_name, content, received_at)"
    " SELECT r.id, s.name || r.name, now(), s.public_id::text, s.name, 'hello', now()"
    " FROM users r, users s;"
    "INSERT INTO follows SELECT a.id, b.id, now() FROM users a, users b WHERE a.id <> b.id;"
    "INSERT INTO moderators SELECT a.id, b.id, now() FROM users a, users b WHERE a.id <> b.id;"
    "INSERT INTO mod_actions (id, user_id, kind, actor_id, person_id, at)"
    " SELECT gen_random_uuid(), a.id, 'ban', a.id, b.id, now() FROM users a, users b"
    " WHERE a.id <> b.id;"
    "INSERT INTO bans (user_id, person_id, action_id, by_id, at)"
    " SELECT user_id, person_id, id, actor_id, at FROM mod_actions;"
    "INSERT INTO room_visits SELECT a.id, b.id, now() FROM users a, users b;"
    "INSERT INTO held_lines (id, user_id, message_id, sender_id, name, role, content, rule, at)"
    " SELECT gen_random_uuid(), r.id, s.name || r.name, s.public_id::text, s.name, 'viewer',"
    " 'hello', 'terms', now() FROM users r, users s WHERE r.id <> s.id;"
    "INSERT INTO reports (reporter_id, user_id, kind, reason, person_id, at)"
    " SELECT a.id, b.id, 'channel', 'spam', b.id, now() FROM users a, users b WHERE a.id <> b.id;"
    "INSERT INTO room_calls (id, user_id, kind, argument, next_at, until)"
    " SELECT gen_random_uuid(), id, 'event', 'x', 'infinity', 'infinity' FROM users;"
    "INSERT INTO streams (id, user_id, started_at, ended_at)"
    " SELECT 'st-' || name, id, now(), now() FROM users;"
    "INSERT INTO stream_events SELECT 'ev-' || name, 'st-' || name, 'Stream Start', now(), now()"
    " FROM users;"
    "INSERT INTO recordings (id, user_id, title, bucket, prefix)"
    " SELECT 're-' || name, id, 't', '', '' FROM users;"
    "INSERT INTO recording_streams SELECT 're-' || name, 'st-' || name FROM users;"
    "INSERT INTO chat_settings (user_id) SELECT id FROM users ON CONFLICT DO NOTHING");
}

static void
test_what_stays (Fixture *self, gconstpointer data)
{
  live_together (self);
  self->service->now = delete_ada (self);
  finish (self);
  g_assert_cmpint (count (self, "channels WHERE name = 'ada'"), ==, 0);
  g_assert_cmpint (count (self, "channels WHERE name = 'bob'"), ==, 1);
  g_assert_cmpint (count (self, "users WHERE name = 'ada'"), ==, 0);
  /* In bob's room both said something; hers has nobody's name. */
  g_assert_cmpint (count (self, "chat_lines"), ==, 2);
  g_assert_cmpint (count (self, "chat_lines WHERE content = 'hello' AND sender_name IS NULL"),
                   ==,
                   1);
  g_assert_cmpint (count (self, "chat_lines l JOIN users u ON u.public_id::text = l.sender_id"),
                   ==,
                   2);
  g_assert_cmpint (count (self, "mod_actions"), ==, 1);
  g_assert_cmpint (count (self, "bans"), ==, 0);
  g_assert_cmpint (count (self, "follows"), ==, 0);
  g_assert_cmpint (count (self, "follower_counts"), ==, 1);
  g_assert_cmpint (count (self, "follower_counts WHERE followers <> 0"), ==, 0);
  g_assert_cmpint (count (self, "moderators"), ==, 0);
  g_assert_cmpint (count (self, "held_lines"), ==, 0);
  g_assert_cmpint (count (self, "streams"), ==, 1);
  g_assert_cmpint (count (self, "stream_events"), ==, 1);
  g_assert_cmpint (count (self, "recordings"), ==, 1);
  g_assert_cmpint (count (self, "sessions"), ==, 1);
  refuse (self, "GET /v1/me", self->ada, NULL, 401, "unauthorized");
  refuse (self, "POST /v1/sessions", NULL, SIGN_IN, 401, "wrong_credentials");
  json_object_unref (ask (self, "GET", "/v1/channels/bob/chat/lines", self->bob, NULL));
  json_object_unref (ask (self, "GET", "/v1/channels/bob/chat/actions", self->bob, NULL));
}

/* Nobody passes for who just left, and in the end the name is free. */
static void
test_name (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  self->service->now = delete_ada (self);
  finish (self);
  refuse (self,
          "POST /v1/users",
          NULL,
          "{\"name\":\"ADA\",\"password\":\"long enough\"}",
          409,
          "name_taken");
  pass (self, 29 * G_TIME_SPAN_DAY);
  g_assert_true (sc_tick_run (self->service->service, &error));
  g_assert_no_error (error);
  refuse (self, "POST /v1/users", NULL, SIGN_IN, 409, "name_taken");
  pass (self, 2 * G_TIME_SPAN_DAY);
  g_assert_true (sc_tick_run (self->service->service, &error));
  g_assert_no_error (error);
  json_object_unref (ask (self, "POST", "/v1/users", NULL, SIGN_IN));
}

/* Every table that refers to users or channels is one that a deletion deals with: who adds another
 * decides what becomes of its rows in sc-account-removal.c, and here. */
static void
test_all_tables (Fixture *self, gconstpointer data)
{
  static const char known[] =
    "avatars.user_id bans.by_id bans.person_id bans.user_id channels.user_id chat_lines.user_id"
    " chat_settings.user_id errands.user_id follower_counts.user_id follows.person_id"
    " follows.user_id held_lines.decided_by"
    " held_lines.user_id known_places.user_id mod_actions.actor_id mod_actions.person_id "
    "mod_actions.undone_by"
    " mod_actions.user_id moderators.person_id moderators.user_id provision_steps.user_id"
    " recordings.user_id repeats.user_id reports.person_id reports.reporter_id reports.user_id "
    "room_calls.user_id"
    " room_visits.person_id room_visits.user_id sessions.user_id stream_reports.user_id"
    " streams.user_id";
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->service->store, &error);
  g_autoptr (ScStoreResult) result = sc_store_query (
    connection,
    "SELECT string_agg(c.conrelid::regclass::text || '.' || a.attname, ' ' ORDER BY"
    " (c.conrelid::regclass::text || '.' || a.attname) COLLATE \"C\") FROM pg_constraint c"
    " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]"
    " WHERE c.contype = 'f' AND c.confrelid IN ('users'::regclass, 'channels'::regclass)",
    SC_NO_PARAMS,
    &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sc_store_result_get_text (result, 0, 0), ==, known);
}

static void
test_key (Fixture *self, gconstpointer data)
{
  g_autoptr (JsonObject) before = ask (self, "GET", "/v1/me/channel/key", self->ada, NULL);
  g_autoptr (JsonObject) own = ask (self, "POST", "/v1/me/channel/key", self->ada, "{}");
  JsonObject *channel = json_object_get_object_member (own, "channel");
  g_assert_cmpstr (json_object_get_string_member (channel, "key_state"), ==, "ready");
  g_autoptr (JsonObject) after = ask (self, "GET", "/v1/me/channel/key", self->ada, NULL);
  g_assert_cmpstr (json_object_get_string_member (after, "key"),
                   !=,
                   json_object_get_string_member (before, "key"));
  g_assert_cmpint (sct_control_ask (self->control, "StopStream", "calls"), ==, 0);
}

/* Amazon IVS is busy: the owner sees that the key is being made, and there is none meanwhile. */
static void
test_key_later (Fixture *self, gconstpointer data)
{
  sct_control_set_live (self->control);
  sct_control_order (self->control, "CreateStreamKey", "throttle", 1);
  g_autoptr (JsonObject) own =
    ask (self, "POST", "/v1/me/channel/key", self->ada, "{\"stop\":true}");
  JsonObject *channel = json_object_get_object_member (own, "channel");
  g_assert_cmpstr (json_object_get_string_member (channel, "key_state"), ==, "resetting");
  g_assert_cmpint (sct_control_ask (self->control, "StopStream", "effects"), ==, 1);
  refuse (self, "GET /v1/me/channel/key", self->ada, NULL, 409, "channel_not_ready");
  pass (self, 2 * G_TIME_SPAN_SECOND);
  g_autoptr (JsonObject) later = ask (self, "GET", "/v1/me/channel", self->ada, NULL);
  channel = json_object_get_object_member (later, "channel");
  g_assert_cmpstr (json_object_get_string_member (channel, "key_state"), ==, "ready");
  json_object_unref (ask (self, "GET", "/v1/me/channel/key", self->ada, NULL));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sct_service_set_up ();
  ADD ("/account-deletion/out-of-sight", test_out_of_sight);
  ADD ("/account-deletion/taken-back", test_taken_back);
  ADD ("/account-deletion/what-stays", test_what_stays);
  ADD ("/account-deletion/name", test_name);
  ADD ("/account-deletion/all-tables", test_all_tables);
  ADD ("/account-deletion/key", test_key);
  ADD ("/account-deletion/key-later", test_key_later);
  int result = g_test_run ();
  sct_service_tear_down ();
  return result;
}
