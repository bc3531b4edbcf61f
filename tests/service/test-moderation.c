/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What moderators do about lines and people, in a real room. */

#include "config.h"

#include "sc-chat-store.h"
#include "sc-json.h"
#include "sct-room.h"

#include <string.h>

#define BAN "{\"kind\":\"ban\",\"user_name\":\"bob\",\"reason\":\"rude\"}"
#define TIMEOUT "{\"kind\":\"timeout\",\"user_name\":\"bob\",\"seconds\":600}"
#define UNBAN "{\"kind\":\"unban\",\"user_name\":\"bob\"}"
#define DELETE_LINE "{\"kind\":\"delete\",\"line_id\":\"%s\",\"text\":\"seen\",\"user_id\":\"%s\"}"

#define TOLD(...) ((const char *const[]) { __VA_ARGS__, NULL })

static gint64
count (SctRoom *self, const char *what)
{
  g_autofree char *sql = g_strconcat ("SELECT count(*) FROM ", what, NULL);
  return sct_service_ask_number (self->service, sql);
}

static void
undo (SctRoom *self, const char *token, const char *id, guint status, const char *code)
{
  g_autofree char *target = g_strdup_printf (SCT_CHAT "/actions/%s/undo", id);
  if (code)
    sct_room_refuse (self, token, target, NULL, status, code);
  else
    json_object_unref (sct_room_ask (self, "POST", target, token, NULL, status));
}

static void
test_delete (SctRoom *self, gconstpointer data)
{
  g_autofree char *bob = sct_room_dup_id_of (self, "bob");
  g_autofree char *eve = sct_room_dup_id_of (self, "eve");
  sct_room_say (self, "abcdABCD1234", "bob", "what it says");
  /* Who said it and what is what the log says, not what the moderator says. */
  g_autofree char *body = g_strdup_printf (DELETE_LINE, "abcdABCD1234", eve);
  g_autoptr (JsonObject) answer =
    sct_room_ask (self, "POST", SCT_CHAT "/actions", self->mo, body, 201);
  JsonObject *action = json_object_get_object_member (answer, "action");
  JsonObject *person = json_object_get_object_member (action, "person");
  JsonObject *line = json_object_get_object_member (action, "line");
  g_assert_cmpstr (json_object_get_string_member (person, "user_id"), ==, bob);
  g_assert_cmpstr (json_object_get_string_member (line, "text"), ==, "what it says");
  g_assert_cmpint (count (self, "chat_lines WHERE deleted_at IS NOT NULL"), ==, 1);
  sct_room_assert_told (self,
                        TOLD ("aws:DELETE_MESSAGE {*\"MessageID\":\"abcdABCD1234\"*deleted*}"));

  undo (self, self->mo, json_object_get_string_member (action, "id"), 200, NULL);
  g_assert_cmpint (count (self, "chat_lines WHERE deleted_at IS NULL"), ==, 1);
  sct_room_assert_told (
    self,
    TOLD ("streamcat:RESTORED {\"ActionId\":\"*\",\"MessageId\":\"abcdABCD1234\"}"));
}

/* The log brings a line some seconds after the room. */
static void
test_delete_before_the_log (SctRoom *self, gconstpointer data)
{
  g_autofree char *bob = sct_room_dup_id_of (self, "bob");
  g_autofree char *body = g_strdup_printf (DELETE_LINE, "abcdABCD1234", bob);
  g_autofree char *id = sct_room_act (self, self->mo, body, 0);
  g_assert_cmpint (count (self, "mod_actions WHERE content = 'seen'"), ==, 1);
  g_assert_cmpint (count (self, "chat_lines WHERE deleted_at IS NOT NULL AND sent_at IS NULL"),
                   ==,
                   1);
  undo (self, self->mo, id, 200, NULL);
  g_assert_cmpint (count (self, "chat_lines WHERE deleted_at IS NULL AND restored_at IS NOT NULL"),
                   ==,
                   1);
}

static JsonObject *
dup_newest (SctRoom *self)
{
  g_autoptr (JsonObject) page =
    sct_room_ask (self, "GET", SCT_CHAT "/actions?limit=1", self->mo, NULL, 200);
  return json_object_ref (
    json_array_get_object_element (json_object_get_array_member (page, "actions"), 0));
}

static void
assert_check (SctRoom *self, const char *expected, const char *logged_text)
{
  g_autoptr (JsonObject) action = dup_newest (self);
  JsonObject *logged = sc_json_get_object_or_null (action, "logged");
  g_assert_cmpstr (sc_json_get_string_or (action, "line_check", NULL), ==, expected);
  g_assert_cmpstr (logged ? sc_json_get_string_or (logged, "text", NULL) : NULL, ==, logged_text);
}

/* The log brings a line. */
static void
bring (SctRoom *self, const char *line_id, const char *name, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sender_id = sct_room_dup_id_of (self, name);
  gint64 ada = sct_service_ask_number (self->service, "SELECT id FROM users WHERE name = 'ada'");
  const ScLineRow line = { .id = line_id,
                           .sent_at = self->service->now - G_TIME_SPAN_SECOND,
                           .sender_id = sender_id,
                           .sender_name = name,
                           .sender_role = SC_CHAT_VIEWER,
                           .content = text };
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->service->store, &error);
  g_assert_true (sc_store_begin (connection, &error));
  g_assert_true (sc_chat_store_add_line (connection, ada, &line, self->service->now, &error));
  g_assert_true (sc_store_commit (connection, &error));
}

/* What was on a moderator's screen is not known to be true until the log says so. */
static void
test_the_log_checks (SctRoom *self, gconstpointer data)
{
  g_autofree char *bob = sct_room_dup_id_of (self, "bob");
  static const struct {
    const char *id;
    const char *name;
    const char *text;
    const char *check;
  } lines[] = {
    { "abcdABCD0001", "bob", "seen", "same" },
    { "abcdABCD0002", "bob", "what it says", "differs" },
    { "abcdABCD0003", "ada", "seen", "differs" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    gboolean differs = g_str_equal (lines[i].check, "differs");
    g_autofree char *body = g_strdup_printf (DELETE_LINE, lines[i].id, bob);
    g_free (sct_room_act (self, self->mo, body, 0));
    assert_check (self, NULL, NULL);
    bring (self, lines[i].id, lines[i].name, lines[i].text);
    assert_check (self, lines[i].check, differs ? lines[i].text : NULL);
  }
  sct_room_say (self, "abcdABCD0004", "bob", "what it says");
  g_autofree char *known = g_strdup_printf (DELETE_LINE, "abcdABCD0004", bob);
  g_free (sct_room_act (self, self->mo, known, 0));
  assert_check (self, "same", NULL);
}

/* Who does not say what was there is told by the log. */
static void
test_the_log_fills_in (SctRoom *self, gconstpointer data)
{
  g_autofree char *bob = sct_room_dup_id_of (self, "bob");
  g_free (sct_room_act (self, self->mo, "{\"kind\":\"delete\",\"line_id\":\"abcdABCD0001\"}", 0));
  bring (self, "abcdABCD0001", "bob", "what it says");
  assert_check (self, "same", NULL);
  g_autoptr (JsonObject) action = dup_newest (self);
  JsonObject *line = json_object_get_object_member (action, "line");
  JsonObject *person = json_object_get_object_member (action, "person");
  g_assert_cmpstr (json_object_get_string_member (line, "text"), ==, "what it says");
  g_assert_cmpstr (json_object_get_string_member (person, "user_id"), ==, bob);
}

/* The clock does not tell which of two was first where both were in one microsecond. */
static void
test_at_the_same_time (SctRoom *self, gconstpointer data)
{
  static const char *const bodies[] = { BAN, UNBAN };
  static const char *const kinds[] = { "ban", "unban" };
  for (guint i = 0; i < 10; i++) {
    g_free (sct_room_act (self, self->mo, bodies[i % 2], 0));
    g_autoptr (JsonObject) newest = dup_newest (self);
    g_assert_cmpstr (json_object_get_string_member (newest, "kind"), ==, kinds[i % 2]);
    g_assert_cmpint (count (self, "bans"), ==, i % 2 ? 0 : 1);
  }
}

static void
test_ban (SctRoom *self, gconstpointer data)
{
  g_autofree char *bob = sct_room_dup_id_of (self, "bob");
  sct_room_say (self, "abcdABCD1234", "bob", "one");
  sct_room_say (self, "abcdABCD5678", "eve", "of another");
  g_autofree char *id = sct_room_act (self, self->mo, BAN, 0);
  sct_room_assert_told (self,
                        TOLD ("aws:DISCONNECT_USER {*\"banned rude\"*}",
                              "streamcat:PURGED {\"UserId\":\"*\",\"ActionId\":\"*\"}",
                              "aws:DELETE_MESSAGE {*abcdABCD1234*\"banned rude\"*}"));
  g_assert_cmpint (count (self, "chat_lines WHERE purged_by IS NOT NULL"), ==, 1);

  g_autoptr (JsonObject) refusal = sct_room_ask (self, "POST", SCT_CHAT, self->bob, NULL, 403);
  JsonObject *error = json_object_get_object_member (refusal, "error");
  g_assert_cmpstr (json_object_get_string_member (error, "code"), ==, "banned");
  g_assert_cmpstr (json_object_get_string_member (error, "reason"), ==, "rude");
  g_assert_null (sc_json_get_string_or (error, "until", NULL));

  g_autoptr (JsonObject) rules = sct_room_dup_rules (self);
  JsonArray *muted = json_object_get_array_member (rules, "muted");
  g_assert_cmpuint (json_array_get_length (muted), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (muted, 0),
                                                  "user_id"),
                   ==,
                   bob);
}

/* A token of a moment before opens a connection for a minute. */
static void
test_ban_finds_who_comes_back (SctRoom *self, gconstpointer data)
{
  g_autofree char *id = sct_room_act (self, self->mo, BAN, 0);
  g_free (sct_control_take_told (self->control));
  sct_room_tick (self);
  sct_room_assert_told (self, TOLD (NULL));
  self->service->now += 66 * G_TIME_SPAN_SECOND;
  sct_room_tick (self);
  sct_room_assert_told (self, TOLD ("aws:DISCONNECT_USER {*\"banned rude\"*}"));
  sct_room_tick (self);
  sct_room_assert_told (self, TOLD (NULL));
  g_assert_cmpint (count (self, "room_calls"), ==, 0);
}

static void
test_unban (SctRoom *self, gconstpointer data)
{
  g_autofree char *banned = sct_room_act (self, self->mo, BAN, 0);
  self->service->now += G_TIME_SPAN_SECOND;
  g_autofree char *unbanned = sct_room_act (self, self->ada, UNBAN, 0);
  json_object_unref (sct_room_ask (self, "POST", SCT_CHAT, self->bob, NULL, 201));
  self->service->now += 66 * G_TIME_SPAN_SECOND;
  g_free (sct_control_take_told (self->control));
  sct_room_tick (self);
  sct_room_assert_told (self, TOLD (NULL));
  g_autoptr (JsonObject) rules = sct_room_dup_rules (self);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (rules, "muted")), ==, 0);
}

static void
test_timeout (SctRoom *self, gconstpointer data)
{
  g_autofree char *id = sct_room_act (self, self->mo, TIMEOUT, 0);
  g_autofree char *told = sct_control_take_told (self->control);
  g_assert_nonnull (strstr (told, "\"timeout:600\""));
  sct_room_refuse (self, self->bob, SCT_CHAT, NULL, 403, "banned");
  self->service->now += 601 * G_TIME_SPAN_SECOND;
  json_object_unref (sct_room_ask (self, "POST", SCT_CHAT, self->bob, NULL, 201));
  g_autoptr (JsonObject) bans = sct_room_ask (self, "GET", SCT_CHAT "/bans", self->mo, NULL, 200);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (bans, "bans")), ==, 0);
}

static void
test_bodies (SctRoom *self, gconstpointer data)
{
  static const char *const bodies[] = {
    "{\"kind\":\"modes\"}",
    "{\"kind\":\"delete\"}",
    "{\"kind\":\"delete\",\"line_id\":\"short\"}",
    "{\"kind\":\"delete\",\"line_id\":\"abcd-BCD1234\"}",
    "{\"kind\":\"ban\"}",
    "{\"kind\":\"timeout\",\"user_name\":\"bob\"}",
    "{\"kind\":\"timeout\",\"user_name\":\"bob\",\"seconds\":59}",
    "{\"kind\":\"timeout\",\"user_name\":\"bob\",\"seconds\":1209601}",
    "{\"kind\":\"timeout\",\"user_name\":\"bob\",\"seconds\":\"600\"}",
    "{\"kind\":\"ban\",\"user_name\":\"bob\",\"reason\":\"two\\nlines\"}",
    "{\"kind\":\"ban\",\"user_name\":\"bob\",\"kind\":\"ban\"}",
    "{\"kind\":\"ban\",\"user_name\":\"bob\",\"also\":\"x\"}",
  };
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    sct_room_refuse (self, self->mo, SCT_CHAT "/actions", bodies[i], 400, "bad_request");
  g_autofree char *long_reason = g_strnfill (201, 'x');
  g_autofree char *body =
    g_strdup_printf ("{\"kind\":\"ban\",\"user_name\":\"bob\",\"reason\":\"%s\"}", long_reason);
  sct_room_refuse (self, self->mo, SCT_CHAT "/actions", body, 400, "bad_request");
  sct_room_refuse (self,
                   self->mo,
                   SCT_CHAT "/actions",
                   "{\"kind\":\"ban\",\"user_name\":\"nobody\"}",
                   404,
                   "no_such_user");
  g_assert_cmpint (count (self, "mod_actions"), ==, 0);
}

static void
test_targets (SctRoom *self, gconstpointer data)
{
  static const char *const names[] = { "ada", "mo0", "eve" };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *ban = g_strdup_printf ("{\"kind\":\"ban\",\"user_name\":\"%s\"}", names[i]);
    sct_room_refuse (self, self->bob, SCT_CHAT "/actions", ban, 403, "forbidden");
    if (i < 2)
      sct_room_refuse (self, self->mo, SCT_CHAT "/actions", ban, 403, "forbidden");
  }
  sct_room_refuse (self,
                   self->ada,
                   SCT_CHAT "/actions",
                   "{\"kind\":\"ban\",\"user_name\":\"ada\"}",
                   403,
                   "forbidden");
  sct_room_say (self, "abcdABCD0001", "ada", "of the streamer");
  sct_room_say (self, "abcdABCD0002", "mo0", "of the moderator");
  sct_room_refuse (self,
                   self->mo,
                   SCT_CHAT "/actions",
                   "{\"kind\":\"delete\",\"line_id\":\"abcdABCD0001\"}",
                   403,
                   "forbidden");
  g_autofree char *own =
    sct_room_act (self, self->mo, "{\"kind\":\"delete\",\"line_id\":\"abcdABCD0002\"}", 0);
  /* Whom the streamer puts out moderates no more, until they are back. */
  g_autofree char *out =
    sct_room_act (self, self->ada, "{\"kind\":\"ban\",\"user_name\":\"mo0\"}", 0);
  sct_room_refuse (self, self->mo, SCT_CHAT "/actions", BAN, 403, "forbidden");
  undo (self, self->ada, out, 200, NULL);
  g_autofree char *ban = sct_room_act (self, self->mo, BAN, 0);
}

static void
test_undo_ban (SctRoom *self, gconstpointer data)
{
  sct_room_say (self, "abcdABCD1234", "bob", "one");
  g_autofree char *timeout = sct_room_act (self, self->mo, TIMEOUT, 0);
  self->service->now += 20 * G_TIME_SPAN_SECOND;
  sct_room_say (self, "abcdABCD5678", "bob", "two");
  g_autofree char *ban = sct_room_act (self, self->mo, BAN, 0);
  g_free (sct_control_take_told (self->control));

  undo (self, self->ada, ban, 403, "forbidden");
  undo (self, self->mo, timeout, 409, "too_late");
  undo (self, self->mo, "7c7b3a52-6d0b-4f55-a5ff-2c1a7d9f0e11", 404, "not_found");
  undo (self, self->mo, "no-uuid", 404, "not_found");
  undo (self, self->mo, ban, 200, NULL);
  undo (self, self->mo, ban, 409, "undone");
  sct_room_assert_told (self, TOLD ("streamcat:RESTORED {\"UserId\":\"*\",\"ActionId\":\"*\"}"));
  /* What the ban took away is back, and the timeout from before it holds again. */
  g_assert_cmpint (count (self, "chat_lines WHERE purged_by IS NULL"), ==, 1);
  g_assert_cmpint (count (self, "bans WHERE until IS NOT NULL"), ==, 1);
}

static void
test_undo_unban (SctRoom *self, gconstpointer data)
{
  g_autofree char *ban = sct_room_act (self, self->mo, BAN, 0);
  self->service->now += G_TIME_SPAN_SECOND;
  g_autofree char *unban = sct_room_act (self, self->mo, UNBAN, 0);
  g_free (sct_control_take_told (self->control));
  undo (self, self->mo, unban, 200, NULL);
  sct_room_assert_told (self, TOLD ("aws:DISCONNECT_USER {*\"banned rude\"*}"));
  sct_room_refuse (self, self->bob, SCT_CHAT, NULL, 403, "banned");
}

/* The room's log comes some seconds after what was done: a line of before a ban, and a deletion of
 * before it was taken back. */
static void
test_the_log_is_late (SctRoom *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *bob = sct_room_dup_id_of (self, "bob");
  gint64 ada = sct_service_ask_number (self->service, "SELECT id FROM users WHERE name = 'ada'");
  gint64 said_at = self->service->now;
  self->service->now += G_TIME_SPAN_SECOND;
  g_autofree char *ban = sct_room_act (self, self->mo, BAN, 0);
  g_autofree char *body = g_strdup_printf (DELETE_LINE, "abcdABCD0001", bob);
  g_autofree char *deletion = sct_room_act (self, self->mo, body, 0);
  gint64 deleted_at = self->service->now;
  self->service->now += G_TIME_SPAN_SECOND;
  undo (self, self->mo, deletion, 200, NULL);

  const ScLineRow before = { .id = "abcdABCD0002",
                             .sent_at = said_at,
                             .sender_id = bob,
                             .sender_name = "bob",
                             .sender_role = SC_CHAT_VIEWER,
                             .content = "x" };
  ScLineRow after = before;
  after.id = "abcdABCD0003";
  after.sent_at = self->service->now + G_TIME_SPAN_MINUTE;
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->service->store, &error);
  g_assert_true (sc_store_begin (connection, &error));
  sc_chat_store_add_line (connection, ada, &before, self->service->now, &error);
  sc_chat_store_add_line (connection, ada, &after, self->service->now, &error);
  sc_chat_store_delete_line (connection,
                             ada,
                             "abcdABCD0001",
                             deleted_at,
                             self->service->now,
                             &error);
  g_assert_true (sc_store_commit (connection, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count (self, "chat_lines WHERE purged_by IS NOT NULL"), ==, 1);
  g_assert_cmpint (count (self, "chat_lines WHERE deleted_at IS NOT NULL"), ==, 0);
}

/* Whoever is let in again speaks, however soon after the ban that is. */
static void
test_speaking_soon_after_a_ban (SctRoom *self, gconstpointer data)
{
  g_free (sct_room_act (self, self->mo, BAN, 0));
  self->service->now += G_TIME_SPAN_SECOND;
  g_free (sct_room_act (self, self->mo, UNBAN, 0));
  self->service->now += G_TIME_SPAN_SECOND;
  g_autoptr (GError) error = NULL;
  g_autofree char *bob = sct_room_dup_id_of (self, "bob");
  const ScLineRow line = { .id = "abcdABCD0009",
                           .sent_at = self->service->now,
                           .sender_id = bob,
                           .sender_name = "bob",
                           .sender_role = SC_CHAT_VIEWER,
                           .content = "thank you" };
  gint64 ada = sct_service_ask_number (self->service, "SELECT id FROM users WHERE name = 'ada'");
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->service->store, &error);
  sc_chat_store_add_line (connection, ada, &line, self->service->now, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count (self, "chat_lines WHERE is_shown"), ==, 1);
}

/* A token that is being made while somebody is banned is not given out. */
static gboolean
ban_meanwhile (const char *sql, gpointer data, GError **error)
{
  SctRoom *self = data;
  if (!strstr (sql, "room_visits"))
    return TRUE;
  sc_store_set_gate (self->service->store, NULL, NULL);
  g_free (sct_room_act (self, self->mo, BAN, 0));
  return TRUE;
}

static void
test_ban_while_coming_in (SctRoom *self, gconstpointer data)
{
  sc_store_set_gate (self->service->store, ban_meanwhile, self);
  sct_room_refuse (self, self->bob, SCT_CHAT, NULL, 403, "banned");
  g_assert_cmpint (sct_control_ask (self->control, "CreateChatToken", "effects"), ==, 1);
  /* A guest still reads. */
  json_object_unref (sct_room_ask (self, "POST", SCT_CHAT, NULL, NULL, 201));
}

static void
test_audit (SctRoom *self, gconstpointer data)
{
  for (guint i = 0; i < 5; i++) {
    g_free (sct_room_act (self, self->mo, i % 2 ? UNBAN : BAN, 0));
    self->service->now += G_TIME_SPAN_SECOND;
  }
  guint seen = 0;
  g_autofree char *target = g_strdup (SCT_CHAT "/actions?limit=2");
  while (target) {
    g_autoptr (JsonObject) page = sct_room_ask (self, "GET", target, self->mo, NULL, 200);
    JsonArray *actions = json_object_get_array_member (page, "actions");
    seen += json_array_get_length (actions);
    const char *older = sc_json_get_string_or (page, "older", NULL);
    g_assert_cmpuint (json_array_get_length (actions), ==, older ? 2 : 1);
    g_free (target);
    target = older ? g_strdup_printf (SCT_CHAT "/actions?limit=2&before=%s", older) : NULL;
  }
  g_assert_cmpuint (seen, ==, 5);
  static const char *const queries[] = {
    "limit=0",   "limit=101",  "limit=x",
    "before=1",  "before=1_x", "before=9223372036854775807_00000000-0000-4000-8000-000000000000",
    "user_id=x", "also=1",     "limit"
  };
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++) {
    g_autofree char *bad = g_strconcat (SCT_CHAT "/actions?", queries[i], NULL);
    json_object_unref (sct_room_ask (self, "GET", bad, self->mo, NULL, 400));
  }
}

static void
test_person (SctRoom *self, gconstpointer data)
{
  g_autofree char *bob = sct_room_dup_id_of (self, "bob");
  g_autofree char *target = g_strconcat (SCT_CHAT "/people/", bob, NULL);
  sct_room_say (self, "abcdABCD1234", "bob", "one");
  g_autofree char *id = sct_room_act (self, self->mo, TIMEOUT, 0);

  g_autoptr (JsonObject) card = sct_room_ask (self, "GET", target, self->mo, NULL, 200);
  JsonObject *person = json_object_get_object_member (card, "person");
  JsonObject *ban = json_object_get_object_member (person, "ban");
  g_assert_cmpstr (json_object_get_string_member (ban, "by"), ==, "mo0");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (card, "lines")), ==, 1);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (card, "actions")), ==, 1);

  const char *others[] = { NULL, self->eve };
  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    g_autoptr (JsonObject) little = sct_room_ask (self, "GET", target, others[i], NULL, 200);
    JsonObject *who = json_object_get_object_member (little, "person");
    g_assert_cmpstr (json_object_get_string_member (who, "role"), ==, "viewer");
    g_assert_false (json_object_has_member (who, "ban"));
    g_assert_false (json_object_has_member (little, "lines"));
    g_assert_false (json_object_has_member (little, "actions"));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sct_service_set_up ();
  SCT_ROOM_ADD ("/service/moderation/delete", test_delete);
  SCT_ROOM_ADD ("/service/moderation/delete-before-the-log", test_delete_before_the_log);
  SCT_ROOM_ADD ("/service/moderation/the-log-checks", test_the_log_checks);
  SCT_ROOM_ADD ("/service/moderation/the-log-fills-in", test_the_log_fills_in);
  SCT_ROOM_ADD ("/service/moderation/at-the-same-time", test_at_the_same_time);
  SCT_ROOM_ADD ("/service/moderation/ban", test_ban);
  SCT_ROOM_ADD ("/service/moderation/ban-finds-who-comes-back", test_ban_finds_who_comes_back);
  SCT_ROOM_ADD ("/service/moderation/unban", test_unban);
  SCT_ROOM_ADD ("/service/moderation/timeout", test_timeout);
  SCT_ROOM_ADD ("/service/moderation/bodies", test_bodies);
  SCT_ROOM_ADD ("/service/moderation/targets", test_targets);
  SCT_ROOM_ADD ("/service/moderation/undo-ban", test_undo_ban);
  SCT_ROOM_ADD ("/service/moderation/undo-unban", test_undo_unban);
  SCT_ROOM_ADD ("/service/moderation/the-log-is-late", test_the_log_is_late);
  SCT_ROOM_ADD ("/service/moderation/soon-after-a-ban", test_speaking_soon_after_a_ban);
  SCT_ROOM_ADD ("/service/moderation/ban-while-coming-in", test_ban_while_coming_in);
  SCT_ROOM_ADD ("/service/moderation/audit", test_audit);
  SCT_ROOM_ADD ("/service/moderation/person", test_person);
  int status = g_test_run ();
  sct_service_tear_down ();
  return status;
}
