/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How a room is run, the lines that wait for its moderators, and what its viewers do about it. */

#include "config.h"

#include "sc-held-lines.h"
#include "sc-json.h"
#include "sct-room.h"

#include <string.h>

#define SETTINGS SCT_CHAT "/settings"
#define TOLD(...) ((const char *const[]) { __VA_ARGS__, NULL })

static gint64
count (SctRoom *self, const char *what)
{
  g_autofree char *sql = g_strconcat ("SELECT count(*) FROM ", what, NULL);
  return sct_service_ask_number (self->service, sql);
}

static void
ask (SctRoom *self, const char *method, const char *target, const char *token, guint status)
{
  g_autoptr (JsonObject) answer = sct_room_ask (self, method, target, token, NULL, status);
}

static void
patch (SctRoom *self, const char *token, const char *body, guint status)
{
  g_autoptr (JsonObject) answer = sct_room_ask (self, "PATCH", SETTINGS, token, body, status);
}

static void
assert_may_speak (SctRoom *self, const char *token, gboolean may)
{
  g_autoptr (JsonObject) answer = sct_room_ask (self, "POST", SCT_CHAT, token, NULL, 201);
  JsonObject *chat = json_object_get_object_member (answer, "chat");
  JsonArray *capabilities = json_object_get_array_member (chat, "capabilities");
  g_assert_cmpint (json_array_get_length (capabilities) > 0, ==, may);
}

/* What the audit says of the newest action. */
static char *
dup_details (SctRoom *self)
{
  g_autoptr (JsonObject) page =
    sct_room_ask (self, "GET", SCT_CHAT "/actions?limit=1", self->mo, NULL, 200);
  JsonArray *actions = json_object_get_array_member (page, "actions");
  return sc_json_to_string (
    json_object_get_object_member (json_array_get_object_element (actions, 0), "details"));
}

/* Of what is saved, the audit names what was changed. */
static void
test_audit (SctRoom *self, gconstpointer data)
{
  patch (self, self->mo, "{\"modes\":{\"read_only\":true,\"emoji_only\":false}}", 200);
  g_autofree char *modes = dup_details (self);
  g_assert_cmpstr (modes, ==, "{\"read_only\":true}");
  patch (self, self->ada, "{\"terms\":[\"one\",\"two\"]}", 200);
  patch (self, self->ada, "{\"rules\":{\"links\":\"off\"},\"terms\":[\"two\",\"three\"]}", 200);
  g_autofree char *rules = dup_details (self);
  g_assert_cmpstr (rules,
                   ==,
                   "{\"rules\":{\"links\":\"off\"},\"terms\":{"
                   "\"added\":{\"count\":1,\"first\":[\"three\"]},"
                   "\"removed\":{\"count\":1,\"first\":[\"one\"]}}}");
}

static void
test_modes (SctRoom *self, gconstpointer data)
{
  assert_may_speak (self, self->bob, TRUE);
  patch (self, self->mo, "{\"modes\":{\"read_only\":true,\"slow_seconds\":30}}", 200);
  sct_room_assert_told (self,
                        TOLD ("streamcat:MODES {*\"ReadOnly\":\"1\"*\"SlowSeconds\":\"30\"*}"));
  assert_may_speak (self, self->bob, FALSE);
  assert_may_speak (self, self->mo, TRUE);
  assert_may_speak (self, self->ada, TRUE);
  g_autoptr (JsonObject) rules = sct_room_dup_rules (self);
  JsonObject *modes = json_object_get_object_member (rules, "modes");
  g_assert_cmpint (json_object_get_int_member (modes, "slow_seconds"), ==, 30);
  g_assert_true (json_object_get_boolean_member (modes, "read_only"));

  patch (self, self->ada, "{\"modes\":{\"read_only\":false,\"followers_only\":true}}", 200);
  assert_may_speak (self, self->bob, FALSE);
  ask (self, "PUT", "/v1/channels/ada/follow", self->bob, 204);
  assert_may_speak (self, self->bob, TRUE);
  g_assert_cmpint (count (self, "mod_actions WHERE kind = 'modes'"), ==, 2);
}

static void
test_rules (SctRoom *self, gconstpointer data)
{
  const char *body = "{\"rules\":{\"links\":\"off\"},\"terms\":[\"spoiler\"],"
                     "\"allowed_links\":[\"example.org\"],\"languages\":[\"de\"]}";
  patch (self, self->mo, body, 403);
  patch (self, self->ada, body, 200);
  sct_room_assert_told (self, TOLD (NULL));
  g_autoptr (JsonObject) rules = sct_room_dup_rules (self);
  JsonObject *actions = json_object_get_object_member (rules, "rules");
  g_assert_cmpstr (json_object_get_string_member (actions, "links"), ==, "off");
  g_assert_cmpstr (json_object_get_string_member (actions, "terms"), ==, "mask");
  JsonArray *terms = json_object_get_array_member (rules, "terms");
  g_assert_cmpstr (json_array_get_string_element (terms, 0), ==, "spoiler");

  g_autoptr (JsonObject) shown = sct_room_ask (self, "GET", SETTINGS, self->mo, NULL, 200);
  JsonObject *settings = json_object_get_object_member (shown, "settings");
  JsonArray *moderators = json_object_get_array_member (settings, "moderators");
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (moderators, 0),
                                                  "name"),
                   ==,
                   "mo0");
}

static void
test_no_settings (SctRoom *self, gconstpointer data)
{
  static const char *const bodies[] = {
    "{\"modes\":{\"slow_seconds\":-1}}",
    "{\"modes\":{\"slow_seconds\":601}}",
    "{\"modes\":{\"read_only\":\"yes\"}}",
    "{\"modes\":{\"also\":true}}",
    "{\"modes\":[]}",
    "{\"rules\":{\"terms\":\"shout\"}}",
    "{\"rules\":{\"terms\":{\"a\":1}}}",
    "{\"terms\":[1]}",
    "{\"terms\":\"x\"}",
    "{\"moderators\":[]}",
  };
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    patch (self, self->ada, bodies[i], 400);
  g_assert_cmpint (count (self, "mod_actions"), ==, 0);
}

static void
test_moderators (SctRoom *self, gconstpointer data)
{
  ask (self, "PUT", "/v1/channels/ada/moderators/EVE", self->ada, 200);
  sct_room_assert_told (self, TOLD ("streamcat:ROLE {\"Role\":\"moderator\",\"UserId\":\"*\"}"));
  ask (self, "PUT", "/v1/channels/ada/moderators/eve", self->ada, 200);
  sct_room_assert_told (self, TOLD (NULL));
  ask (self, "GET", SCT_CHAT "/bans", self->eve, 200);
  ask (self, "PUT", "/v1/channels/ada/moderators/bob", self->eve, 403);

  ask (self, "DELETE", "/v1/channels/ada/moderators/eve", self->ada, 200);
  sct_room_assert_told (self,
                        TOLD ("aws:DISCONNECT_USER {*\"role\"*}",
                              "streamcat:ROLE {\"Role\":\"viewer\",\"UserId\":\"*\"}"));
  ask (self, "GET", SCT_CHAT "/bans", self->eve, 403);
  ask (self, "PUT", "/v1/channels/ada/moderators/ada", self->ada, 403);
  ask (self, "PUT", "/v1/channels/ada/moderators/nobody", self->ada, 404);
  /* A token of before, which is good for a minute, is not good for an hour of moderation. */
  self->service->now += 2 * G_TIME_SPAN_MINUTE;
  sct_room_tick (self);
  sct_room_assert_told (self, TOLD ("aws:DISCONNECT_USER {*\"role\"*}"));
  g_assert_cmpint (count (self, "mod_actions WHERE kind IN ('mod', 'unmod')"), ==, 2);
}

static void
hold (SctRoom *self, const char *message_id, const char *content)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *bob = sct_room_dup_id_of (self, "bob");
  g_autofree char *text = g_strdup_printf (
    "{\"room_id\":\"%s\",\"message_id\":\"%s\",\"user_id\":\"%s\",\"name\":\"bob\","
    "\"role\":\"viewer\",\"content\":\"%s\",\"rule\":\"link\",\"at\":\"2026-10-24T11:00:00Z\"}",
    strstr (self->room_arn, "room/") + 5,
    message_id,
    bob,
    content);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (JsonObject) event = sc_json_parse (bytes, SC_JSON_MAX_BYTES, &error);
  g_assert_no_error (error);
  sc_held_lines_apply (self->service->service, event, &error);
  g_assert_no_error (error);
}

static char *
dup_first_held (SctRoom *self, guint expected)
{
  g_autoptr (JsonObject) answer = sct_room_ask (self, "GET", SCT_CHAT "/held", self->mo, NULL, 200);
  JsonArray *held = json_object_get_array_member (answer, "held");
  g_assert_cmpuint (json_array_get_length (held), ==, expected);
  JsonObject *first = json_array_get_object_element (held, 0);
  return g_strconcat (SCT_CHAT "/held/", json_object_get_string_member (first, "id"), NULL);
}

static void
test_held (SctRoom *self, gconstpointer data)
{
  hold (self, "abcdABCD0001", "see example.com");
  hold (self, "abcdABCD0001", "see example.com"); /* delivered again */
  sct_room_assert_told (self, TOLD ("streamcat:HELD {\"Count\":\"1\"}"));
  g_autofree char *target = dup_first_held (self, 1);
  sct_room_refuse (self, self->mo, target, "{\"verdict\":\"maybe\"}", 400, "bad_request");
  json_object_unref (
    sct_room_ask (self, "POST", target, self->mo, "{\"verdict\":\"approve\"}", 200));
  sct_room_assert_told (self,
                        TOLD ("streamcat:APPROVED {*\"Content\":\"see example.com\"*}",
                              "streamcat:HELD {\"Count\":\"0\"}"));
  g_assert_cmpint (count (self, "chat_lines WHERE id = 'abcdABCD0001'"), ==, 1);
  sct_room_refuse (self, self->ada, target, "{\"verdict\":\"reject\"}", 409, "decided");

  hold (self, "abcdABCD0002", "again");
  g_autofree char *second = dup_first_held (self, 1);
  json_object_unref (
    sct_room_ask (self, "POST", second, self->mo, "{\"verdict\":\"reject\"}", 200));
  g_assert_cmpint (count (self, "chat_lines"), ==, 1);
  g_assert_cmpint (count (self, "mod_actions WHERE kind IN ('approve', 'reject')"), ==, 2);
}

/* Who floods the queue takes no other's place, and is gone from it when banned. */
static void
test_held_flood (SctRoom *self, gconstpointer data)
{
  for (guint i = 0; i < 25; i++) {
    g_autofree char *id = g_strdup_printf ("abcdABCD%04u", i);
    hold (self, id, "see example.com");
  }
  g_free (dup_first_held (self, 20));
  g_autofree char *ban =
    sct_room_act (self, self->mo, "{\"kind\":\"ban\",\"user_name\":\"bob\"}", 0);
  g_autoptr (JsonObject) answer = sct_room_ask (self, "GET", SCT_CHAT "/held", self->mo, NULL, 200);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (answer, "held")), ==, 0);
  self->service->now += G_TIME_SPAN_SECOND;
  g_free (sct_room_act (self, self->mo, "{\"kind\":\"unban\",\"user_name\":\"bob\"}", 0));
  g_free (dup_first_held (self, 20));
}

/* A line longer than an event is cut between characters. */
static void
test_held_parts (SctRoom *self, gconstpointer data)
{
  g_autoptr (GString) content = g_string_new ("x");
  for (guint i = 0; i < 499; i++)
    g_string_append (content, "🐈"); /* 4 bytes: 1,997 in all */
  hold (self, "abcdABCD0001", content->str);
  g_autofree char *target = dup_first_held (self, 1);
  g_free (sct_control_take_told (self->control));
  json_object_unref (
    sct_room_ask (self, "POST", target, self->mo, "{\"verdict\":\"approve\"}", 200));
  g_autofree char *told = sct_control_take_told (self->control);
  g_autofree char *parts[4] = { NULL };
  g_auto (GStrv) lines = g_strsplit (g_strchomp (told), "\n", -1);
  for (guint i = 0; lines[i]; i++) {
    if (!g_str_has_prefix (lines[i], "streamcat:APPROVED "))
      continue;
    const char *json = lines[i] + strlen ("streamcat:APPROVED ");
    g_assert_cmpuint (strlen (json), <=, 1024);
    g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
    g_autoptr (JsonObject) event = sc_json_parse (bytes, SC_JSON_MAX_BYTES, NULL);
    g_assert_cmpstr (json_object_get_string_member (event, "Parts"), ==, "4");
    g_assert_cmpstr (json_object_get_string_member (event, "Name"), ==, "bob");
    guint64 part = g_ascii_strtoull (json_object_get_string_member (event, "Part"), NULL, 10);
    g_assert_cmpuint (part, >=, 1);
    g_assert_cmpuint (part, <=, 4);
    g_set_str (&parts[part - 1], json_object_get_string_member (event, "Content"));
  }
  g_autofree char *together = g_strconcat (parts[0], parts[1], parts[2], parts[3], NULL);
  g_assert_cmpstr (together, ==, content->str);
  for (guint i = 1; i < 4; i++)
    g_free (g_steal_pointer (&parts[i]));
}

static void
test_held_events (SctRoom *self, gconstpointer data)
{
  static const char *const events[] = {
    "{}",
    "{\"room_id\":\"r\",\"message_id\":\"m\",\"user_id\":\"u\",\"role\":\"king\","
    "\"content\":\"c\",\"rule\":\"link\",\"at\":\"2026-10-24T11:00:00Z\"}",
    "{\"room_id\":\"r\",\"message_id\":\"m\",\"user_id\":\"u\",\"role\":\"viewer\","
    "\"content\":\"c\",\"rule\":\"link\",\"at\":\"today\"}",
  };
  for (guint i = 0; i < G_N_ELEMENTS (events); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = g_bytes_new (events[i], strlen (events[i]));
    g_autoptr (JsonObject) event = sc_json_parse (bytes, SC_JSON_MAX_BYTES, NULL);
    g_assert_false (sc_held_lines_apply (self->service->service, event, &error));
    g_assert_nonnull (error);
  }
}

#define REPORT "/v1/channels/ada/reports"

static void
test_reports (SctRoom *self, gconstpointer data)
{
  static const char *const bad[] = {
    "{\"kind\":\"person\",\"reason\":\"spam\"}",
    "{\"kind\":\"channel\",\"reason\":\"boring\"}",
    "{\"kind\":\"line\",\"reason\":\"spam\"}",
    "{\"kind\":\"line\",\"reason\":\"spam\",\"line_id\":\"x\"}",
    "{\"kind\":\"channel\",\"reason\":\"spam\",\"user_id\":\"bob\"}",
  };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    sct_room_refuse (self, self->eve, REPORT, bad[i], 400, "bad_request");
  const char *channel = "{\"kind\":\"channel\",\"reason\":\"spam\"}";
  sct_room_refuse (self, self->eve, "/v1/channels/nobody/reports", channel, 404, "no_such_channel");

  /* What was said stands in the log; the reporter's word is not taken for it. */
  sct_room_say (self, "abcdABCD1234", "bob", "what it says");
  sct_room_ask (self,
                "POST",
                REPORT,
                self->eve,
                "{\"kind\":\"line\",\"reason\":\"hate\",\"line_id\":\"abcdABCD1234\","
                "\"text\":\"made up\",\"words\":\"look\"}",
                204);
  g_assert_cmpint (count (self,
                          "reports r JOIN users u ON u.id = r.person_id"
                          " WHERE u.name = 'bob' AND content = 'what it says'"),
                   ==,
                   1);
  for (guint i = 1; i < 20; i++)
    sct_room_ask (self, "POST", REPORT, self->eve, channel, 204);
  sct_room_refuse (self, self->eve, REPORT, channel, 429, "too_many_reports");
  sct_room_ask (self, "POST", REPORT, self->bob, channel, 204);
  self->service->now += G_TIME_SPAN_HOUR + 1;
  sct_room_ask (self, "POST", REPORT, self->eve, channel, 204);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sct_service_set_up ();
  SCT_ROOM_ADD ("/service/room-settings/modes", test_modes);
  SCT_ROOM_ADD ("/service/room-settings/audit", test_audit);
  SCT_ROOM_ADD ("/service/room-settings/rules", test_rules);
  SCT_ROOM_ADD ("/service/room-settings/no-settings", test_no_settings);
  SCT_ROOM_ADD ("/service/room-settings/moderators", test_moderators);
  SCT_ROOM_ADD ("/service/room-settings/held", test_held);
  SCT_ROOM_ADD ("/service/room-settings/held-flood", test_held_flood);
  SCT_ROOM_ADD ("/service/room-settings/held-parts", test_held_parts);
  SCT_ROOM_ADD ("/service/room-settings/held-events", test_held_events);
  SCT_ROOM_ADD ("/service/room-settings/reports", test_reports);
  int status = g_test_run ();
  sct_service_tear_down ();
  return status;
}
