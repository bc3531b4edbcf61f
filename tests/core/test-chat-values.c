/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What our API says about chats: each value as it comes back from JSON, and what is refused. The
 * texts are the contract: who changes one changes it for every app that is out there. */

#include "config.h"

#include "sc-chat-page.h"
#include "sc-chat-person.h"
#include "sc-chat-settings.h"
#include "sc-chat-token.h"
#include "sc-error.h"
#include "sc-held-line.h"
#include "sc-json.h"
#include "sc-list-page.h"
#include "sc-moderation-action.h"

#include <string.h>

#define LINE                                                                                       \
  "{\"id\":\"m1\",\"sent_at\":\"2026-10-24T12:26:32.089757Z\",\"user_id\":\"u1\",\"name\":"        \
  "\"bob\","                                                                                       \
  "\"role\":\"moderator\",\"text\":\"h\u00fc\"}"
#define REPLAYED                                                                                   \
  "{\"id\":\"m2\",\"sent_at\":\"2026-10-24T12:26:33.000000Z\",\"user_id\":\"viewer-1\","           \
  "\"name\":null,\"role\":\"guest\",\"text\":\"x\",\"deleted\":true,\"offset_ms\":172799999}"
#define ACTION                                                                                     \
  "{\"id\":\"a1\",\"kind\":\"timeout\",\"at\":\"2026-10-24T12:00:00.000000Z\",\"actor\":{"         \
  "\"user_id\":\"u0\",\"name\":\"ada\"},\"person\":{\"user_id\":\"u1\",\"name\":\"bob\"},"         \
  "\"line\":{\"id\":\"m1\",\"text\":\"h\"},\"line_check\":\"differs\",\"logged\":{"                \
  "\"user_id\":\"u2\",\"text\":\"g\"},\"details\":null,\"reason\":\"rude\","                       \
  "\"until\":\"2026-10-24T12:10:00.000000Z\",\"undone_at\":null,"                                  \
  "\"undoable_until\":\"2026-10-24T12:00:10.000000Z\"}"
#define BARE_ACTION                                                                                \
  "{\"id\":\"a2\",\"kind\":\"modes\",\"at\":\"2026-10-24T12:00:00.000000Z\",\"actor\":{"           \
  "\"user_id\":\"u0\",\"name\":null},\"person\":null,\"line\":null,\"line_check\":null,"           \
  "\"logged\":null,\"details\":{\"read_only\":true},\"reason\":null,"                              \
  "\"until\":null,\"undone_at\":\"2026-10-24T12:00:05.000000Z\",\"undoable_until\":null}"
#define BAN                                                                                        \
  "{\"user_id\":\"u1\",\"name\":\"bob\",\"until\":null,\"reason\":\"spam\",\"by\":\"ada\","        \
  "\"at\":\"2026-10-24T12:00:00.000000Z\"}"
#define HELD                                                                                       \
  "{\"id\":\"h1\",\"at\":\"2026-10-24T12:00:00.000000Z\",\"user_id\":\"u1\",\"name\":\"bob\","     \
  "\"role\":\"viewer\",\"text\":\"see example.org\",\"rule\":\"link\"}"
#define SETTINGS                                                                                   \
  "{\"modes\":{\"slow_seconds\":30,\"followers_only\":true,\"read_only\":false,"                   \
  "\"emoji_only\":true},\"rules\":{\"terms\":\"refuse\",\"links\":\"off\",\"repeats\":\"hold\","   \
  "\"capitals\":\"mask\"},\"languages\":[\"de\"],\"terms\":[\"one\",\"two\"],"                     \
  "\"allowed_links\":[\"example.org\"],\"moderators\":[{\"user_id\":\"u1\",\"name\":\"bob\"}]}"
#define CARD                                                                                       \
  "{\"person\":{\"user_id\":\"u1\",\"name\":\"bob\","                                              \
  "\"avatar_url\":\"https://e.org/b.png\",\"role\":\"viewer\","                                    \
  "\"since\":\"2026-01-01T00:00:00.000000Z\",\"follows\":true,\"ban\":" BAN "},\"lines\":[" LINE   \
  "],\"actions\":[" ACTION "," BARE_ACTION "]}"
#define PUBLIC_CARD                                                                                \
  "{\"person\":{\"user_id\":\"u1\",\"name\":\"bob\",\"avatar_url\":null,\"role\":\"viewer\","      \
  "\"since\":null}}"
#define PAGE "{\"lines\":[" LINE "," REPLAYED "],\"older\":\"o.1\",\"newer\":null}"
#define TOKEN                                                                                      \
  "{\"endpoint\":\"wss://edge.example\",\"token\":\"t\",\"session_expires_at\":"                   \
  "\"2099-01-01T00:00:00Z\",\"user_id\":\"u1\",\"name\":\"bob\",\"capabilities\":[]"

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  JsonObject *object = sc_json_parse (bytes, SC_JSON_MAX_BYTES, &error);
  g_assert_no_error (error);
  return object;
}

/* Each reads a value, and writes it again; %NULL with an error for one that is none. */
typedef char *(*AgainFunc) (JsonObject *object, GError **error);

static char *
finish (JsonObject *object)
{
  char *text = sc_json_to_string (object);
  json_object_unref (object);
  return text;
}

static char *
record_again (JsonObject *object, GError **error)
{
  g_autoptr (ScChatRecord) value = sc_chat_record_from_json (object, error);
  g_autoptr (ScChatRecord) copy = sc_chat_record_copy (value);
  return copy ? finish (sc_chat_record_to_json (copy)) : NULL;
}

static char *
page_again (JsonObject *object, GError **error)
{
  g_autoptr (ScChatPage) value = sc_chat_page_from_json (object, error);
  g_autoptr (ScChatPage) copy = sc_chat_page_copy (value);
  return copy ? finish (sc_chat_page_to_json (copy)) : NULL;
}

static char *
action_again (JsonObject *object, GError **error)
{
  g_autoptr (ScModerationAction) value = sc_moderation_action_from_json (object, error);
  g_autoptr (ScModerationAction) copy =
    value ? sc_moderation_action_new (sc_moderation_action_get_fields (value)) : NULL;
  return copy ? finish (sc_moderation_action_to_json (copy)) : NULL;
}

static char *
ban_again (JsonObject *object, GError **error)
{
  g_autoptr (ScChatBan) value = sc_chat_ban_from_json (object, error);
  g_autoptr (ScChatBan) copy = value ? sc_chat_ban_new (sc_chat_ban_get_fields (value)) : NULL;
  return copy ? finish (sc_chat_ban_to_json (copy)) : NULL;
}

static char *
held_again (JsonObject *object, GError **error)
{
  g_autoptr (ScHeldLine) value = sc_held_line_from_json (object, error);
  g_autoptr (ScHeldLine) copy = value ? sc_held_line_new (sc_held_line_get_fields (value)) : NULL;
  return copy ? finish (sc_held_line_to_json (copy)) : NULL;
}

static char *
settings_again (JsonObject *object, GError **error)
{
  g_autoptr (ScChatSettings) value = sc_chat_settings_from_json (object, error);
  g_autoptr (ScChatSettings) copy = sc_chat_settings_copy (value);
  return copy ? finish (sc_chat_settings_to_json (copy)) : NULL;
}

static char *
person_again (JsonObject *object, GError **error)
{
  g_autoptr (ScChatPerson) value = sc_chat_person_from_json (object, error);
  g_autoptr (ScChatPerson) copy = sc_chat_person_copy (value);
  return copy ? finish (sc_chat_person_to_json (copy)) : NULL;
}

typedef struct {
  const char *name;
  AgainFunc again;
  const char *text;
  const char *const *required; /* strings, and none of them may be a number */
} Value;

#define REQUIRED(...)                                                                              \
  (const char *const[])                                                                            \
  {                                                                                                \
    __VA_ARGS__, NULL                                                                              \
  }

static const Value values[] = {
  { "line", record_again, LINE, REQUIRED ("id", "sent_at", "user_id", "role", "text") },
  { "replayed", record_again, REPLAYED, REQUIRED ("id", "sent_at", "user_id", "role", "text") },
  { "page", page_again, PAGE, REQUIRED ("lines") },
  { "action", action_again, ACTION, REQUIRED ("id", "kind", "at", "actor") },
  { "bare-action", action_again, BARE_ACTION, REQUIRED ("id", "kind", "at", "actor") },
  { "ban", ban_again, BAN, REQUIRED ("user_id", "at") },
  { "held", held_again, HELD, REQUIRED ("id", "at", "user_id", "role", "text", "rule") },
  { "settings",
    settings_again,
    SETTINGS,
    REQUIRED ("modes", "rules", "languages", "terms", "allowed_links", "moderators") },
  { "card", person_again, CARD, REQUIRED ("person", "actions") },
  { "public-card", person_again, PUBLIC_CARD, REQUIRED ("person") },
};

static void
test_round_trip (gconstpointer data)
{
  const Value *value = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = parse (value->text);
  g_autofree char *again = value->again (object, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again, ==, value->text);
}

/* An object of @text without @member, or with another value of it. */
static JsonObject *
spoil (const char *text, const char *member, JsonNode *node)
{
  g_autoptr (JsonObject) object = parse (text);
  JsonObject *copy = json_object_new ();
  g_autoptr (GList) members = json_object_get_members (object);
  for (GList *at = members; at; at = at->next) {
    if (!g_str_equal (at->data, member))
      json_object_set_member (copy,
                              at->data,
                              json_node_copy (json_object_get_member (object, at->data)));
  }
  if (node)
    json_object_set_member (copy, member, node);
  return copy;
}

static void
assert_refused (const Value *value, const char *member, JsonNode *node, ScDataError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = spoil (value->text, member, node);
  g_test_message ("%s", member);
  g_assert_null (value->again (object, &error));
  g_assert_error (error, SC_DATA_ERROR, (int) code);
}

static JsonNode *
new_string (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

static void
test_strict (gconstpointer data)
{
  const Value *value = data;
  g_autofree char *long_text = g_strnfill (SC_CHAT_RECORD_TEXT_MAX + 1, 'x');
  g_autoptr (JsonObject) object = parse (value->text);
  for (guint i = 0; value->required[i]; i++) {
    const char *member = value->required[i];
    gboolean is_text = JSON_NODE_HOLDS_VALUE (json_object_get_member (object, member));
    assert_refused (value, member, NULL, SC_DATA_ERROR_MISSING);
    assert_refused (value, member, json_node_init_int (json_node_alloc (), 1), SC_DATA_ERROR_TYPE);
    if (is_text) {
      assert_refused (value, member, new_string (""), SC_DATA_ERROR_RANGE);
      assert_refused (value, member, new_string (long_text), SC_DATA_ERROR_RANGE);
    }
  }
}

static const struct {
  guint value;
  const char *member;
  const char *json;
} oddities[] = {
  { 0, "role", "\"owner\"" },
  { 0, "sent_at", "\"noon\"" },
  { 0, "name", "5" },
  { 0, "deleted", "\"yes\"" },
  { 0, "offset_ms", "-1" },
  { 0, "offset_ms", "172800001" },
  { 2, "lines", "[1]" },
  { 2, "lines", "[{}]" },
  { 2, "older", "7" },
  { 3, "kind", "\"shout\"" },
  { 3, "person", "\"bob\"" },
  { 3, "person", "{}" },
  { 3, "until", "\"\"" },
  { 3, "until", "600" },
  { 5, "until", "\"for ever\"" },
  { 7, "modes", "{\"slow_seconds\":-1}" },
  { 7, "modes", "{\"slow_seconds\":601}" },
  { 7, "modes", "{\"read_only\":1}" },
  { 7, "rules", "{\"terms\":\"mask\",\"links\":\"mask\",\"repeats\":\"mask\"}" },
  { 7, "rules", "{\"terms\":\"x\",\"links\":\"mask\",\"repeats\":\"mask\",\"capitals\":\"off\"}" },
  { 7, "terms", "[\"\"]" },
  { 7, "terms", "[1]" },
  { 7, "languages", "[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\"]" },
  { 7, "allowed_links", "{}" },
  { 7, "moderators", "[{\"user_id\":\"u1\"}]" },
  { 8, "person", "{\"user_id\":\"u1\",\"role\":\"viewer\",\"ban\":{}}" },
  { 8, "actions", "[[]]" },
};

static void
test_oddities (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (oddities); i++) {
    g_autoptr (GError) error = NULL;
    JsonNode *node = json_from_string (oddities[i].json, NULL);
    g_autoptr (JsonObject) object =
      spoil (values[oddities[i].value].text, oddities[i].member, node);
    g_test_message ("%s: %s", oddities[i].member, oddities[i].json);
    g_assert_null (values[oddities[i].value].again (object, &error));
    g_assert_true (error->domain == SC_DATA_ERROR);
  }
}

/* More than fits one answer is none of ours. */
static void
test_too_many (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonArray) array = json_array_new ();
  for (guint i = 0; i <= SC_CHAT_REPLAY_MAX; i++)
    json_array_add_object_element (array, parse (LINE));
  g_assert_null (sc_chat_record_list_from_json (array, SC_CHAT_REPLAY_MAX, &error));
  g_assert_error (error, SC_DATA_ERROR, SC_DATA_ERROR_RANGE);
  g_autoptr (GPtrArray) all = sc_chat_record_list_from_json (array, SC_CHAT_REPLAY_MAX + 1, NULL);
  g_assert_cmpuint (all->len, ==, SC_CHAT_REPLAY_MAX + 1);
}

static gpointer
read_held (JsonObject *object, GError **error)
{
  return sc_held_line_from_json (object, error);
}

static void
test_lists (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = parse ("{\"held\":[" HELD "," HELD "],\"older\":\"c\"}");
  g_autoptr (ScListPage) page =
    sc_list_page_from_json (answer, "held", SC_TYPE_HELD_LINE, read_held, &error);
  g_autoptr (ScListPage) copy = sc_list_page_copy (page);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (copy->items)), ==, 2);
  g_assert_cmpstr (copy->older, ==, "c");

  JsonArray *held = json_array_new ();
  for (guint i = 0; i <= SC_LIST_PAGE_MAX; i++)
    json_array_add_object_element (held, parse (HELD));
  g_autoptr (JsonObject) long_answer = json_object_new ();
  json_object_set_array_member (long_answer, "held", held);
  g_assert_null (sc_list_from_json (long_answer, "held", SC_TYPE_HELD_LINE, read_held, &error));
  g_assert_error (error, SC_DATA_ERROR, SC_DATA_ERROR_RANGE);
}

static void
test_defaults (void)
{
  g_autoptr (ScChatSettings) settings = sc_chat_settings_new ();
  const ScChatModes none = { 0 };
  const ScChatModes slow = { .slow_seconds = 5 };
  g_autoptr (ScChatModes) copy = sc_chat_modes_copy (&slow);
  g_assert_true (sc_chat_modes_equal (&settings->modes, &none));
  g_assert_false (sc_chat_modes_equal (copy, &none));
  g_assert_true (sc_chat_modes_equal (copy, &slow));
  g_assert_cmpint (settings->rules.terms, ==, SC_CHAT_RULE_MASK);
  g_assert_cmpint (settings->rules.links, ==, SC_CHAT_RULE_HOLD);
  g_assert_cmpint (settings->rules.repeats, ==, SC_CHAT_RULE_REFUSE);
  g_assert_cmpint (settings->rules.capitals, ==, SC_CHAT_RULE_OFF);
  g_assert_cmpint (sc_chat_role_from_string ("streamer"), ==, SC_CHAT_STREAMER);
  g_assert_cmpint (sc_chat_role_from_string ("Streamer"), ==, SC_CHAT_VIEWER);
  g_assert_cmpint (sc_chat_role_from_string (NULL), ==, SC_CHAT_VIEWER);
}

static void
test_empty_page (void)
{
  g_autoptr (ScChatPage) page = sc_chat_page_new ();
  g_autofree char *text = finish (sc_chat_page_to_json (page));
  g_assert_cmpstr (text, ==, "{\"lines\":[],\"older\":null,\"newer\":null}");
}

static ScChatToken *
read_token (const char *rest)
{
  g_autofree char *text = g_strconcat (TOKEN, rest, "}", NULL);
  g_autoptr (JsonObject) object = parse (text);
  g_autoptr (GError) error = NULL;
  ScChatToken *token = sc_chat_token_from_json (object, &error);
  g_assert_true (token || error->domain == SC_DATA_ERROR);
  return token;
}

static void
test_token (void)
{
  static const char *const bad[] = { ",\"role\":\"owner\"",
                                     ",\"role\":1",
                                     ",\"modes\":[]",
                                     ",\"modes\":{\"slow_seconds\":\"1\"}",
                                     ",\"follows\":1" };
  g_autoptr (ScChatToken) plain = read_token ("");
  g_assert_cmpint (plain->role, ==, SC_CHAT_VIEWER);
  g_assert_cmpuint (plain->modes.slow_seconds, ==, 0);
  g_assert_false (plain->follows);
  g_autoptr (ScChatToken) full = read_token (",\"role\":\"moderator\",\"follows\":true,\"modes\":{"
                                             "\"slow_seconds\":7,\"read_only\":true}");
  g_assert_cmpint (full->role, ==, SC_CHAT_MODERATOR);
  g_assert_true (full->follows && full->modes.read_only && !full->modes.emoji_only);
  g_assert_cmpuint (full->modes.slow_seconds, ==, 7);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_null (read_token (bad[i]));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
    g_autofree char *whole = g_strconcat ("/chat-values/round-trip/", values[i].name, NULL);
    g_autofree char *spoilt = g_strconcat ("/chat-values/strict/", values[i].name, NULL);
    g_test_add_data_func (whole, &values[i], test_round_trip);
    g_test_add_data_func (spoilt, &values[i], test_strict);
  }
  g_test_add_func ("/chat-values/oddities", test_oddities);
  g_test_add_func ("/chat-values/too-many", test_too_many);
  g_test_add_func ("/chat-values/lists", test_lists);
  g_test_add_func ("/chat-values/defaults", test_defaults);
  g_test_add_func ("/chat-values/empty-page", test_empty_page);
  g_test_add_func ("/chat-values/token", test_token);
  return g_test_run ();
}
