/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Moderation where Amazon IVS Chat or Amazon S3 fails, and where two are at it at once. */

#include "config.h"

#include "sc-json.h"
#include "sct-room.h"

#include <string.h>

#define BAN "{\"kind\":\"ban\",\"user_name\":\"bob\",\"reason\":\"rude\"}"
#define TOLD(...) ((const char *const[]) { __VA_ARGS__, NULL })

static gint64
count (SctRoom *self, const char *what)
{
  g_autofree char *sql = g_strconcat ("SELECT count(*) FROM ", what, NULL);
  return sct_service_ask_number (self->service, sql);
}

/* Whatever fails there, who is banned is banned, the moderator learns what did not reach the room,
 * and it reaches the room later. */
static void
test_room_fails (SctRoom *self, gconstpointer data)
{
  static const struct {
    const char *operation;
    const char *kind;
    gint64 pending;
    gboolean was_told; /* the call had its effect, which nobody here knows */
  } rows[] = {
    { "DisconnectUser", "throttle", 1, FALSE }, { "DisconnectUser", "fail_before", 1, FALSE },
    { "DisconnectUser", "denied", 1, FALSE },   { "DisconnectUser", "fail_after", 1, TRUE },
    { "SendEvent", "throttle", 1, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s: %s", rows[i].operation, rows[i].kind);
    sct_control_order (self->control, rows[i].operation, rows[i].kind, 1);
    g_autofree char *id = sct_room_act (self, self->mo, BAN, rows[i].pending);
    sct_room_refuse (self, self->bob, SCT_CHAT, NULL, 403, "banned");
    g_free (sct_control_take_told (self->control));
    sct_room_tick (self); /* too early */
    sct_room_assert_told (self, TOLD (NULL));
    self->service->now += 2 * G_TIME_SPAN_SECOND;
    sct_room_tick (self);
    sct_room_assert_told (self,
                          TOLD (g_str_equal (rows[i].operation, "SendEvent")
                                  ? "streamcat:PURGED *"
                                  : "aws:DISCONNECT_USER *"));
    self->service->now += 2 * G_TIME_SPAN_MINUTE;
    sct_room_tick (self);
    g_free (sct_control_take_told (self->control));
    g_assert_cmpint (count (self, "room_calls"), ==, 0);
  }
}

/* A hanging call keeps the moderator for seconds, not for one timeout a call. */
static void
test_room_hangs (SctRoom *self, gconstpointer data)
{
  for (guint i = 0; i < 30; i++) {
    g_autofree char *id = g_strdup_printf ("abcdABCD%04u", i);
    sct_room_say (self, id, "bob", "x");
  }
  sct_control_order (self->control, "DisconnectUser", "reset", 1);
  gint64 begin = g_get_monotonic_time ();
  g_autofree char *id = sct_room_act (self, self->mo, BAN, 27);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 5 * G_TIME_SPAN_SECOND);
  g_free (sct_control_take_told (self->control));
  self->service->now += 2 * G_TIME_SPAN_SECOND;
  sct_room_tick (self);
  g_autofree char *told = sct_control_take_told (self->control);
  g_auto (GStrv) lines = g_strsplit (g_strchomp (told), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 27);
  g_assert_true (g_str_has_prefix (lines[0], "aws:DISCONNECT_USER"));
  g_assert_true (g_str_has_prefix (lines[1], "streamcat:PURGED"));
}

/* What ordered a call may die before it makes it. */
static void
test_orders_survive (SctRoom *self, gconstpointer data)
{
  g_autofree char *sql = g_strdup_printf (
    "INSERT INTO room_calls (id, user_id, kind, argument, next_at, until)"
    " SELECT gen_random_uuid(), id, 'disconnect', 'somebody', '2026-01-01Z', '2030-01-01Z'"
    " FROM users WHERE name = '%s'",
    "ada");
  sct_service_run (self->service, sql);
  sct_room_tick (self);
  sct_room_assert_told (self, TOLD ("aws:DISCONNECT_USER *somebody*"));
  g_assert_cmpint (count (self, "room_calls"), ==, 0);
}

/* Nothing is said in a room whose rules nobody could write. */
static void
test_rules_fail (SctRoom *self, gconstpointer data)
{
  sct_bucket_set_write_status (self->bucket, 503);
  sct_room_refuse (self, self->bob, SCT_CHAT, NULL, 503, "busy");
  self->service->now += 2 * G_TIME_SPAN_SECOND;
  sct_bucket_set_write_status (self->bucket, 200);
  json_object_unref (sct_room_ask (self, "POST", SCT_CHAT, self->bob, NULL, 201));
  g_autoptr (JsonObject) first = sct_room_dup_rules (self);
  gint64 version = json_object_get_int_member (first, "version");

  sct_bucket_set_write_status (self->bucket, 403);
  g_autofree char *id =
    sct_room_act (self, self->mo, "{\"kind\":\"ban\",\"user_name\":\"eve\"}", 1);
  sct_room_refuse (self, self->eve, SCT_CHAT, NULL, 403, "banned");
  self->service->now += 2 * G_TIME_SPAN_SECOND;
  sct_bucket_set_write_status (self->bucket, 200);
  sct_room_tick (self);
  g_autoptr (JsonObject) second = sct_room_dup_rules (self);
  g_assert_cmpint (json_object_get_int_member (second, "version"), ==, version + 1);
  g_assert_cmpint (count (self,
                          "chat_settings WHERE written_version = wanted_version"
                          " AND written_version > 0"),
                   ==,
                   1);
}

/* The rules of a room are there before anybody asks for a token. */
static void
test_rules_of_a_new_room (SctRoom *self, gconstpointer data)
{
  sct_room_tick (self);
  g_autoptr (JsonObject) rules = sct_room_dup_rules (self);
  JsonObject *actions = json_object_get_object_member (rules, "rules");
  g_assert_cmpstr (json_object_get_string_member (actions, "terms"), ==, "mask");
  g_assert_cmpstr (json_object_get_string_member (actions, "links"), ==, "hold");
  g_assert_cmpstr (json_object_get_string_member (actions, "repeats"), ==, "refuse");
  g_assert_cmpstr (json_object_get_string_member (actions, "capitals"), ==, "off");
  g_assert_true (json_object_has_member (rules, "written_at"));
}

/* The statements of a ban, each of which fails once: nothing is half done. */
typedef struct {
  gint until_failure;
  gint seen;
} Gate;

static gboolean
fail_at (const char *sql, gpointer data, GError **error)
{
  Gate *gate = data;
  gate->seen++;
  if (gate->until_failure-- != 0)
    return TRUE;
  g_set_error_literal (error, SC_STORE_ERROR, SC_STORE_ERROR_UNAVAILABLE, "told to fail");
  return FALSE;
}

static void
test_database_fails (SctRoom *self, gconstpointer data)
{
  for (gint n = 0;; n++) {
    Gate gate = { .until_failure = n };
    sc_store_set_gate (self->service->store, fail_at, &gate);
    g_autoptr (ScResponse) response =
      sct_service_call (self->service, "POST", SCT_CHAT "/actions", self->mo, BAN);
    sc_store_set_gate (self->service->store, NULL, NULL);
    gint64 bans = count (self, "bans");
    g_assert_cmpint (bans, ==, count (self, "mod_actions"));
    g_assert_cmpint (bans, ==, response->status == 201 ? 1 : 0);
    if (response->status == 201)
      break;
    g_assert_cmpuint (response->status, ==, 503);
    g_assert_cmpint (n, <, 40);
  }
  /* What failed after the commit is tick's. */
  self->service->now += 30 * G_TIME_SPAN_SECOND;
  sct_room_tick (self);
  self->service->now += 60 * G_TIME_SPAN_SECOND;
  sct_room_tick (self);
  g_assert_cmpint (count (self, "room_calls"), ==, 0);
}

typedef struct {
  SctRoom *room;
  const char *token;
  const char *target;
  const char *body;
} Racer;

static gpointer
run_racer (gpointer data)
{
  Racer *racer = data;
  g_autoptr (ScResponse) response =
    sct_service_call (racer->room->service, "POST", racer->target, racer->token, racer->body);
  return GUINT_TO_POINTER (response->status);
}

/* Sends a request twice at once. Returns how often it was answered with @status. */
static guint
race (SctRoom *self, const char *target, const char *body, const char *const *tokens, guint status)
{
  Racer racers[2];
  GThread *threads[2];
  for (guint i = 0; i < 2; i++) {
    racers[i] = (Racer) { self, tokens[i], target, body };
    threads[i] = g_thread_new ("racer", run_racer, &racers[i]);
  }
  guint hits = 0;
  for (guint i = 0; i < 2; i++)
    hits += GPOINTER_TO_UINT (g_thread_join (threads[i])) == status;
  return hits;
}

static void
test_two_ban_at_once (SctRoom *self, gconstpointer data)
{
  const char *tokens[] = { self->mo, self->ada };
  for (guint i = 0; i < 10; i++) {
    g_assert_cmpuint (race (self, SCT_CHAT "/actions", BAN, tokens, 201), ==, 2);
    g_assert_cmpint (count (self, "bans"), ==, 1);
    g_assert_cmpint (count (self, "mod_actions"), ==, 2 * (gint64) (i + 1));
  }
}

/* Who comes while another is writing a new room's first rules waits for them. */
static void
test_two_enter_a_new_room (SctRoom *self, gconstpointer data)
{
  const char *tokens[] = { self->ada, self->bob };
  for (guint i = 0; i < 20; i++) {
    sct_service_run (self->service,
                     "UPDATE chat_settings SET wanted_version = 1, written_version = 0,"
                     " lease_until = NULL");
    g_assert_cmpuint (race (self, SCT_CHAT, NULL, tokens, 201), ==, 2);
  }
}

static void
test_undo_twice_at_once (SctRoom *self, gconstpointer data)
{
  const char *tokens[] = { self->mo, self->mo };
  for (guint i = 0; i < 10; i++) {
    g_autofree char *id = sct_room_act (self, self->mo, BAN, 0);
    g_autofree char *target = g_strdup_printf (SCT_CHAT "/actions/%s/undo", id);
    g_assert_cmpuint (race (self, target, NULL, tokens, 200), ==, 1);
    g_assert_cmpint (count (self, "bans"), ==, 0);
  }
}

static void
test_decide_twice_at_once (SctRoom *self, gconstpointer data)
{
  const char *tokens[] = { self->mo, self->ada };
  for (guint i = 0; i < 10; i++) {
    g_autofree char *id = g_uuid_string_random ();
    g_autofree char *sql = g_strdup_printf (
      "INSERT INTO held_lines (id, user_id, message_id, sender_id, role, content, rule, at)"
      " SELECT '%s', id, 'abcdABCD%04u', 'x', 'viewer', 'x', 'link', '2026-10-24Z' FROM users"
      " WHERE name = 'ada'",
      id,
      i);
    sct_service_run (self->service, sql);
    g_autofree char *target = g_strconcat (SCT_CHAT "/held/", id, NULL);
    g_assert_cmpuint (race (self, target, "{\"verdict\":\"approve\"}", tokens, 200), ==, 1);
    g_assert_cmpint (count (self, "chat_lines"), ==, i + 1);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sct_service_set_up ();
  SCT_ROOM_ADD ("/service/moderation-faults/room-fails", test_room_fails);
  SCT_ROOM_ADD ("/service/moderation-faults/room-hangs", test_room_hangs);
  SCT_ROOM_ADD ("/service/moderation-faults/orders-survive", test_orders_survive);
  SCT_ROOM_ADD ("/service/moderation-faults/rules-fail", test_rules_fail);
  SCT_ROOM_ADD ("/service/moderation-faults/rules-of-a-new-room", test_rules_of_a_new_room);
  SCT_ROOM_ADD ("/service/moderation-faults/database-fails", test_database_fails);
  SCT_ROOM_ADD ("/service/moderation-faults/two-ban-at-once", test_two_ban_at_once);
  SCT_ROOM_ADD ("/service/moderation-faults/two-enter-a-new-room", test_two_enter_a_new_room);
  SCT_ROOM_ADD ("/service/moderation-faults/undo-twice-at-once", test_undo_twice_at_once);
  SCT_ROOM_ADD ("/service/moderation-faults/decide-twice-at-once", test_decide_twice_at_once);
  int status = g_test_run ();
  sct_service_tear_down ();
  return status;
}
