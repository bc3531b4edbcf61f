/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The client's calls about chats against a server in this process: what each sends, and what it
 * makes of the answers. */

#include "config.h"

#include "sc-chat-ban.h"
#include "sc-chat-page.h"
#include "sc-chat-person.h"
#include "sc-client-error.h"
#include "sc-client-fixture.h"
#include "sc-follow.h"
#include "sc-held-line.h"
#include "sc-list-page.h"
#include "sc-live-follows.h"

#define AT "2026-10-24T12:00:00.000000Z"
#define LINE "{'id':'m1','sent_at':'" AT "','user_id':'u1','name':'bob','role':'viewer','text':'x'}"
#define ACTION                                                                                     \
  "{'id':'a1','kind':'ban','at':'" AT "','actor':{'user_id':'u0','name':'ada'},"                   \
  "'person':{'user_id':'u1','name':'bob'},'line':null,'reason':null,'until':null,"                 \
  "'undone_at':null,'undoable_until':'" AT "'}"
#define BAN "{'user_id':'u1','name':'bob','until':null,'reason':'x','by':'ada','at':'" AT "'}"
#define HELD                                                                                       \
  "{'id':'h1','at':'" AT "','user_id':'u1','name':'bob','role':'viewer','text':'x','rule':'link'}"
#define SETTINGS                                                                                   \
  "{'settings':{'modes':{'slow_seconds':5},'rules':{'terms':'mask','links':'hold',"                \
  "'repeats':'off','capitals':'off'},'languages':[],'terms':['a'],'allowed_links':[],"             \
  "'moderators':[]},'pending':1}"

static void
set_up (ScClientFixture *fixture, gconstpointer data)
{
  sc_client_fixture_set_up (fixture, data);
  sc_client_set_token (fixture->client, "t0k3n");
}

static void
answer (ScClientFixture *fixture, const char *route, guint status, const char *body)
{
  sc_fake_api_answer (fixture->api, route, status, body);
}

static void
assert_sent (ScClientFixture *fixture, const char *route, const char *body)
{
  g_autofree char *json = g_strdelimit (g_strdup (body), "'", '"');
  g_assert_cmpstr (sc_fake_api_get_body (fixture->api, route), ==, json);
  g_assert_cmpuint (sc_fake_api_count (fixture->api, route), ==, 1);
}

static void
test_lines (ScClientFixture *fixture, gconstpointer data)
{
  const char *body = "{'lines':[" LINE "," LINE "],'older':null,'newer':'n1'}";
  answer (fixture, "GET /v1/channels/mia/chat/lines?limit=100", 200, body);
  answer (fixture, "GET /v1/channels/mia/chat/lines?after=n1&limit=1", 200, body);
  g_autoptr (DexFuture) last = sc_client_chat_lines (fixture->client, "mia", NULL, NULL, 100);
  const ScChatPage *page = g_value_get_boxed (sc_test_get_value (last));
  g_assert_cmpuint (page->records->len, ==, 2);
  g_assert_null (page->older);
  g_assert_cmpstr (page->newer, ==, "n1");
  const ScChatRecord *record = page->records->pdata[0];
  g_assert_cmpstr (record->text, ==, "x");
  g_assert_cmpint (record->offset_ms, ==, -1);
  g_autoptr (DexFuture) after = sc_client_chat_lines (fixture->client, "mia", NULL, "n1", 1);
  sc_test_get_value (after);
}

static void
test_escapes (ScClientFixture *fixture, gconstpointer data)
{
  const char *route = "GET /v1/channels/mia/chat/lines?before=a%26b%3D&limit=50";
  answer (fixture, route, 200, "{'lines':[],'older':null,'newer':'n'}");
  g_autoptr (DexFuture) future = sc_client_chat_lines (fixture->client, "mia", "a&b=", NULL, 50);
  sc_test_get_value (future);
  answer (fixture,
          "GET /v1/channels/mia/chat/people/a#%41",
          200,
          "{'person':{'user_id':'x','name':null,'role':'viewer','since':null}}");
  g_autoptr (DexFuture) person = sc_client_get_person (fixture->client, "mia", "a#%41");
  sc_test_get_value (person);
}

static void
test_recording_chat (ScClientFixture *fixture, gconstpointer data)
{
  const char *body = "{'lines':[{'id':'m1','sent_at':'" AT "','user_id':'u1','name':null,"
                     "'role':'viewer','text':'x','offset_ms':1500}],'older':null,'newer':null}";
  answer (fixture, "GET /v1/recordings/r1/chat?from_ms=0&limit=500", 200, body);
  answer (fixture, "GET /v1/recordings/r1/chat?before_ms=60000&limit=100", 200, body);
  answer (fixture, "GET /v1/recordings/r1/chat?cursor=c1&limit=500", 200, body);
  g_autoptr (DexFuture) from =
    sc_client_recording_chat (fixture->client, "r1", 0, -1, NULL, SC_CHAT_REPLAY_MAX);
  const ScChatPage *page = g_value_get_boxed (sc_test_get_value (from));
  const ScChatRecord *record = page->records->pdata[0];
  g_assert_cmpint (record->offset_ms, ==, 1500);
  g_assert_null (page->newer);
  g_autoptr (DexFuture) before =
    sc_client_recording_chat (fixture->client, "r1", -1, 60000, NULL, 100);
  sc_test_get_value (before);
  g_autoptr (DexFuture) next = sc_client_recording_chat (fixture->client, "r1", -1, -1, "c1", 500);
  sc_test_get_value (next);
}

static void
test_orders (ScClientFixture *fixture, gconstpointer data)
{
  const char *route = "POST /v1/channels/mia/chat/actions";
  static const ScModerationOrder orders[] = {
    { .kind = SC_MODERATION_DELETE, .line_id = "m1", .line_text = "x", .user_id = "u1" },
    { .kind = SC_MODERATION_TIMEOUT, .user_name = "bob", .seconds = 600, .reason = "rude" },
    { .kind = SC_MODERATION_UNBAN, .user_id = "u1" },
  };
  static const char *const bodies[] = {
    "{'kind':'delete','line_id':'m1','text':'x','user_id':'u1'}",
    "{'kind':'timeout','user_name':'bob','reason':'rude','seconds':600}",
    "{'kind':'unban','user_id':'u1'}",
  };
  answer (fixture, route, 201, "{'action':" ACTION ",'pending':2}");
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++) {
    g_autoptr (DexFuture) future = sc_client_act (fixture->client, "mia", &orders[i]);
    ScModerationAction *action = g_value_get_object (sc_test_get_value (future));
    g_assert_cmpint (sc_moderation_action_get_fields (action)->kind, ==, SC_MODERATION_BAN);
    g_assert_cmpuint (sc_moderation_action_get_fields (action)->pending, ==, 2);
    g_autofree char *json = g_strdelimit (g_strdup (bodies[i]), "'", '"');
    g_assert_cmpstr (sc_fake_api_get_body (fixture->api, route), ==, json);
  }
  answer (fixture,
          "POST /v1/channels/mia/chat/actions/a1/undo",
          200,
          "{'action':" ACTION ",'pending':0}");
  g_autoptr (DexFuture) undo = sc_client_undo_action (fixture->client, "mia", "a1");
  ScModerationAction *undone = g_value_get_object (sc_test_get_value (undo));
  g_assert_cmpuint (sc_moderation_action_get_fields (undone)->pending, ==, 0);
}

static void
test_lists (ScClientFixture *fixture, gconstpointer data)
{
  answer (fixture,
          "GET /v1/channels/mia/chat/actions?user_id=u1&before=c1",
          200,
          "{'actions':[" ACTION "],'older':'c2'}");
  answer (fixture, "GET /v1/channels/mia/chat/bans", 200, "{'bans':[" BAN "],'older':null}");
  answer (fixture, "GET /v1/channels/mia/chat/held", 200, "{'held':[" HELD "," HELD "]}");
  g_autoptr (DexFuture) list = sc_client_list_actions (fixture->client, "mia", "u1", "c1");
  const ScListPage *actions = g_value_get_boxed (sc_test_get_value (list));
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (actions->items)) ==
                 SC_TYPE_MODERATION_ACTION);
  g_assert_cmpstr (actions->older, ==, "c2");
  g_autoptr (DexFuture) bans = sc_client_list_bans (fixture->client, "mia", NULL);
  const ScListPage *page = g_value_get_boxed (sc_test_get_value (bans));
  g_autoptr (ScChatBan) ban = g_list_model_get_item (G_LIST_MODEL (page->items), 0);
  g_assert_cmpstr (sc_chat_ban_get_fields (ban)->by, ==, "ada");
  g_assert_null (page->older);
  g_autoptr (DexFuture) held = sc_client_list_held (fixture->client, "mia");
  GListModel *lines = g_value_get_object (sc_test_get_value (held));
  g_autoptr (ScHeldLine) line = g_list_model_get_item (lines, 1);
  g_assert_cmpstr (sc_held_line_get_fields (line)->rule, ==, "link");
}

static void
test_held (ScClientFixture *fixture, gconstpointer data)
{
  const char *route = "POST /v1/channels/mia/chat/held/h1";
  answer (fixture, route, 200, "{'pending':3}");
  g_autoptr (DexFuture) approve = sc_client_decide_held (fixture->client, "mia", "h1", TRUE);
  g_assert_cmpuint (g_value_get_uint (sc_test_get_value (approve)), ==, 3);
  assert_sent (fixture, route, "{'verdict':'approve'}");
  answer (fixture, "POST /v1/channels/mia/chat/held/h2", 200, "{}");
  g_autoptr (DexFuture) reject = sc_client_decide_held (fixture->client, "mia", "h2", FALSE);
  g_assert_cmpuint (g_value_get_uint (sc_test_get_value (reject)), ==, 0);
  assert_sent (fixture, "POST /v1/channels/mia/chat/held/h2", "{'verdict':'reject'}");
}

static void
test_person (ScClientFixture *fixture, gconstpointer data)
{
  answer (fixture,
          "GET /v1/channels/mia/chat/people/u1",
          200,
          "{'person':{'user_id':'u1','name':'bob','role':'viewer','since':null,'follows':true,"
          "'ban':" BAN "},'lines':[" LINE "],'actions':[" ACTION "]}");
  answer (fixture,
          "GET /v1/channels/mia/chat/people/u2",
          200,
          "{'person':{'user_id':'u2','name':'eve','role':'moderator','since':'" AT "'}}");
  g_autoptr (DexFuture) whole = sc_client_get_person (fixture->client, "mia", "u1");
  const ScChatPerson *person = g_value_get_boxed (sc_test_get_value (whole));
  g_assert_true (person->follows && person->ban);
  g_assert_cmpuint (person->lines->len, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (person->actions)), ==, 1);
  g_autoptr (DexFuture) part = sc_client_get_person (fixture->client, "mia", "u2");
  person = g_value_get_boxed (sc_test_get_value (part));
  g_assert_cmpint (person->role, ==, SC_CHAT_MODERATOR);
  g_assert_true (!person->lines && !person->actions && !person->ban);
}

static void
test_settings (ScClientFixture *fixture, gconstpointer data)
{
  const char *patch = "PATCH /v1/channels/mia/chat/settings";
  answer (fixture, "GET /v1/channels/mia/chat/settings", 200, SETTINGS);
  answer (fixture, patch, 200, SETTINGS);
  g_autoptr (DexFuture) get = sc_client_get_chat_settings (fixture->client, "mia");
  const ScChatSettings *settings = g_value_get_boxed (sc_test_get_value (get));
  g_assert_cmpuint (settings->modes.slow_seconds, ==, 5);
  g_assert_cmpuint (settings->pending, ==, 1);
  g_autoptr (DexFuture) rules = sc_client_set_chat_rules (fixture->client, "mia", settings);
  sc_test_get_value (rules);
  assert_sent (fixture,
               patch,
               "{'rules':{'terms':'mask','links':'hold','repeats':'off','capitals':'off'},"
               "'languages':[],'terms':['a'],'allowed_links':[]}");
  const ScChatModes modes = { .read_only = TRUE };
  answer (fixture, "PATCH /v1/channels/ada/chat/settings", 200, SETTINGS);
  g_autoptr (DexFuture) set = sc_client_set_chat_modes (fixture->client, "ada", &modes);
  sc_test_get_value (set);
  assert_sent (fixture,
               "PATCH /v1/channels/ada/chat/settings",
               "{'modes':{'slow_seconds':0,'followers_only':false,'read_only':true,"
               "'emoji_only':false}}");
}

static void
test_people (ScClientFixture *fixture, gconstpointer data)
{
  answer (fixture, "PUT /v1/channels/mia/moderators/bob", 200, "{'pending':1}");
  answer (fixture, "DELETE /v1/channels/mia/moderators/bob", 200, "{}");
  answer (fixture, "PUT /v1/channels/mia/follow", 204, "");
  answer (fixture, "DELETE /v1/channels/mia/follow", 204, "");
  answer (fixture,
          "GET /v1/channels/mia/follow",
          200,
          "{'follow':{'following':true,'followers':12}}");
  answer (fixture, "PATCH /v1/channels/mia/follow", 204, "");
  answer (fixture,
          "GET /v1/me/follows?before=live_2_mia&limit=20",
          200,
          "{'channels':[{'name':'ada','title':'Sums','live':false}],'older':'rest_1_ada'}");
  g_autoptr (DexFuture) on = sc_client_set_moderator (fixture->client, "mia", "bob", TRUE);
  g_assert_cmpuint (g_value_get_uint (sc_test_get_value (on)), ==, 1);
  g_autoptr (DexFuture) off = sc_client_set_moderator (fixture->client, "mia", "bob", FALSE);
  sc_test_get_value (off);
  g_autoptr (DexFuture) follow = sc_client_set_following (fixture->client, "mia", TRUE);
  sc_test_get_value (follow);
  g_autoptr (DexFuture) leave = sc_client_set_following (fixture->client, "mia", FALSE);
  sc_test_get_value (leave);
  g_assert_cmpuint (sc_fake_api_count (fixture->api, "DELETE /v1/channels/mia/follow"), ==, 1);
  g_autoptr (DexFuture) asked = sc_client_get_follow (fixture->client, "mia");
  const ScFollow *known = g_value_get_boxed (sc_test_get_value (asked));
  g_assert_true (known->following);
  g_assert_cmpint (known->followers, ==, 12);
  g_assert_true (known->notify);
  g_autoptr (DexFuture) quiet = sc_client_set_notify (fixture->client, "mia", FALSE);
  sc_test_get_value (quiet);
  assert_sent (fixture, "PATCH /v1/channels/mia/follow", "{'notify':false}");
  answer (fixture, "GET /v1/me/follows/live", 200, "{'channels':[],'at':'" AT "'}");
  g_autoptr (DexFuture) live = sc_client_list_live_followed (fixture->client);
  g_assert_cmpint (sc_live_follows_get_at (g_value_get_object (sc_test_get_value (live))), >, 0);
  g_autoptr (DexFuture) list = sc_client_list_followed (fixture->client, "live_2_mia", 20);
  const ScListPage *page = g_value_get_boxed (sc_test_get_value (list));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (page->items)), ==, 1);
  g_assert_cmpstr (page->older, ==, "rest_1_ada");
}

static void
test_reports (ScClientFixture *fixture, gconstpointer data)
{
  const char *route = "POST /v1/channels/mia/reports";
  const ScReport line = { .reason = SC_REPORT_HATE,
                          .line_id = "m1",
                          .line_text = "x",
                          .user_id = "u1",
                          .words = "See." };
  const ScReport channel = { .reason = SC_REPORT_OTHER };
  answer (fixture, route, 204, "");
  g_autoptr (DexFuture) first = sc_client_report (fixture->client, "mia", &line);
  sc_test_get_value (first);
  assert_sent (fixture,
               route,
               "{'kind':'line','reason':'hate','line_id':'m1','text':'x','user_id':'u1',"
               "'words':'See.'}");
  answer (fixture, "POST /v1/channels/ada/reports", 204, "");
  g_autoptr (DexFuture) second = sc_client_report (fixture->client, "ada", &channel);
  sc_test_get_value (second);
  assert_sent (fixture, "POST /v1/channels/ada/reports", "{'kind':'channel','reason':'other'}");
}

#define REFUSED(code) "{'error':{'code':'" code "','message':'No.','field':null}}"
#define BANNED(rest) "{'error':{'code':'banned','message':'You are banned.','field':null" rest "}}"

static const struct {
  guint status;
  const char *body;
  ScClientError code;
  const char *message;
  gint64 until;
} refusals[] = {
  { 403, REFUSED ("forbidden"), SC_CLIENT_ERROR_FORBIDDEN, "No.", 0 },
  { 403, REFUSED ("suspended"), SC_CLIENT_ERROR_SUSPENDED, "No.", 0 },
  { 404, REFUSED ("no_such_user"), SC_CLIENT_ERROR_NOT_FOUND, "No.", 0 },
  { 409, REFUSED ("decided"), SC_CLIENT_ERROR_DECIDED, "No.", 0 },
  { 409, REFUSED ("too_late"), SC_CLIENT_ERROR_TOO_LATE, "No.", 0 },
  { 409, REFUSED ("not_undoable"), SC_CLIENT_ERROR_TOO_LATE, "No.", 0 },
  { 409, REFUSED ("undone"), SC_CLIENT_ERROR_UNDONE, "No.", 0 },
  { 429, REFUSED ("too_many_reports"), SC_CLIENT_ERROR_TOO_MANY_REPORTS, "No.", 0 },
  { 403, BANNED (",'reason':'Rude.','until':null"), SC_CLIENT_ERROR_BANNED, "Rude.", 0 },
  { 403,
    BANNED (",'reason':null,'until':'1970-01-02T00:00:00Z'"),
    SC_CLIENT_ERROR_BANNED,
    "",
    G_TIME_SPAN_DAY },
  { 403, BANNED (",'reason':5,'until':'soon'"), SC_CLIENT_ERROR_BANNED, "", 0 },
  { 403, BANNED (""), SC_CLIENT_ERROR_BANNED, "", 0 },
};

static void
test_refusals (ScClientFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    answer (fixture, "POST /v1/channels/mia/chat", refusals[i].status, refusals[i].body);
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (DexFuture) future = sc_client_create_chat_token (fixture->client, "mia");
    sc_test_wait (future);
    g_assert_null (dex_future_get_value (future, &error));
    g_autoptr (GError) copy = g_error_copy (error);
    g_assert_error (copy, SC_CLIENT_ERROR, (int) refusals[i].code);
    g_assert_cmpstr (copy->message, ==, refusals[i].message);
    g_assert_cmpint (sc_client_error_get_until (copy), ==, refusals[i].until);
  }
  g_assert_cmpint (sc_client_error_get_until (NULL), ==, 0);
}

static const char *const wrong[] = { "{}",
                                     "{'action':1}",
                                     "{'action':{}}",
                                     "{'action':" ACTION ",'pending':-1}",
                                     "{'action':" ACTION ",'pending':'1'}" };

static void
test_wrong_answers (ScClientFixture *fixture, gconstpointer data)
{
  const ScModerationOrder order = { .kind = SC_MODERATION_BAN, .user_id = "u1" };
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    answer (fixture, "POST /v1/channels/mia/chat/actions", 201, wrong[i]);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (DexFuture) future = sc_client_act (fixture->client, "mia", &order);
    sc_test_wait (future);
    g_assert_null (dex_future_get_value (future, &error));
    g_assert_error (error, SC_CLIENT_ERROR, SC_CLIENT_ERROR_PROTOCOL);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

#define ADD(name, test)                                                                            \
  g_test_add (name, ScClientFixture, NULL, set_up, test, sc_client_fixture_tear_down)
  ADD ("/client-chat/lines", test_lines);
  ADD ("/client-chat/escapes", test_escapes);
  ADD ("/client-chat/recording-chat", test_recording_chat);
  ADD ("/client-chat/orders", test_orders);
  ADD ("/client-chat/lists", test_lists);
  ADD ("/client-chat/held", test_held);
  ADD ("/client-chat/person", test_person);
  ADD ("/client-chat/settings", test_settings);
  ADD ("/client-chat/people", test_people);
  ADD ("/client-chat/reports", test_reports);
  ADD ("/client-chat/refusals", test_refusals);
  ADD ("/client-chat/wrong-answers", test_wrong_answers);
  return g_test_run ();
}
