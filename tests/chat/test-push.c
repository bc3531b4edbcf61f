/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The messages of a room as the documents of Amazon IVS Chat show them, and what is none. */

#include "config.h"

#include "sc-chat-push.h"
#include "sc-chat-text.h"
#include "sc-chat-token.h"
#include "sc-error.h"
#include "sc-json.h"

#include <string.h>

static ScChatPush *
parse (const char *json, GError **error)
{
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  return sc_chat_push_parse (bytes, error);
}

static void
test_message (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScChatPush) push =
    parse ("{'Type':'MESSAGE','Id':'WhO6MW6iRdS5','RequestId':'r1','Attributes':{'a':'b'},"
           "'Content':'bbiab!','SendTime':'2023-01-05T14:33:32.894089757Z',"
           "'Sender':{'UserId':'7575','Attributes':{'name':'mia','age':3}}}",
           &error);
  g_assert_no_error (error);
  g_assert_cmpint (push->kind, ==, SC_CHAT_PUSH_MESSAGE);
  g_assert_cmpstr (push->id, ==, "WhO6MW6iRdS5");
  g_assert_cmpstr (push->request_id, ==, "r1");
  g_assert_cmpstr (push->user_id, ==, "7575");
  g_assert_cmpstr (push->name, ==, "mia");
  g_assert_cmpstr (push->text, ==, "bbiab!");
  g_assert_cmpint (push->time, ==, 1672929212894089);
}

static void
test_nameless (void)
{
  g_autoptr (ScChatPush) push =
    parse ("{'Type':'MESSAGE','Id':'a','Content':'hi','SendTime':'2023-01-05T14:33:32Z',"
           "'Sender':{'UserId':'7575'}}",
           NULL);
  g_assert_null (push->name);
  g_assert_cmpstr (push->request_id, ==, "");
}

static void
test_events (void)
{
  g_autoptr (ScChatPush) deleted =
    parse ("{'Type':'EVENT','Id':'1','RequestId':'','EventName':'aws:DELETE_MESSAGE',"
           "'Attributes':{'MessageID':'I4fm','Reason':'[removed by moderator]'}}",
           NULL);
  g_assert_cmpint (deleted->kind, ==, SC_CHAT_PUSH_DELETED);
  g_assert_cmpstr (deleted->id, ==, "I4fm");
  g_assert_cmpstr (deleted->text, ==, "[removed by moderator]");

  g_autoptr (ScChatPush) removed =
    parse ("{'Type':'EVENT','Id':'1','RequestId':'r','EventName':'aws:DISCONNECT_USER',"
           "'Attributes':{'UserId':'42fb'}}",
           NULL);
  g_assert_cmpint (removed->kind, ==, SC_CHAT_PUSH_DISCONNECTED);
  g_assert_cmpstr (removed->user_id, ==, "42fb");
  g_assert_null (removed->text);

  g_autoptr (ScChatPush) other = parse ("{'Type':'EVENT','EventName':'confetti'}", NULL);
  g_assert_cmpint (other->kind, ==, SC_CHAT_PUSH_OTHER);
  g_autoptr (ScChatPush) later = parse ("{'Type':'A_LATER_KIND'}", NULL);
  g_assert_cmpint (later->kind, ==, SC_CHAT_PUSH_OTHER);
}

static void
test_error (void)
{
  g_autoptr (ScChatPush) push =
    parse ("{'Type':'ERROR','ErrorCode':400,'ErrorMessage':'Too\\nlong','Id':'I','RequestId':'q'}",
           NULL);
  g_assert_cmpint (push->kind, ==, SC_CHAT_PUSH_ERROR);
  g_assert_cmpuint (push->code, ==, 400);
  g_assert_cmpstr (push->text, ==, "Too long");
  g_assert_cmpstr (push->request_id, ==, "q");
}

#define MESSAGE(id, content, time, sender)                                                         \
  "{'Type':'MESSAGE','Id':" id ",'Content':" content ",'SendTime':" time ",'Sender':" sender "}"
#define TIME "'2023-01-05T14:33:32Z'"
#define SENDER "{'UserId':'u'}"

static const char *const garbage[] = {
  "",
  "[]",
  "null",
  "{}",
  "{'Type':7}",
  MESSAGE ("1", "'c'", TIME, SENDER),
  MESSAGE ("'i'", "{}", TIME, SENDER),
  MESSAGE ("'i'", "'c'", "'soon'", SENDER),
  MESSAGE ("'i'", "'c'", TIME, "'u'"),
  MESSAGE ("'i'", "'c'", TIME, "{'UserId':null}"),
  MESSAGE ("'i'", "'\\u0000'", TIME, SENDER),
  "{'Type':'EVENT'}",
  "{'Type':'EVENT','EventName':'aws:DELETE_MESSAGE'}",
  "{'Type':'EVENT','EventName':'aws:DELETE_MESSAGE','Attributes':{'MessageId':'x'}}",
  "{'Type':'EVENT','EventName':'aws:DISCONNECT_USER','Attributes':{'UserId':1}}",
  "{'Type':'ERROR','ErrorCode':'400'}",
  "{'Type':'ERROR','ErrorCode':100000}",
};

static void
test_garbage (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (garbage); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (parse (garbage[i], &error));
    g_assert_cmpuint (error->domain, ==, SC_DATA_ERROR);
  }
}

static void
test_requests (void)
{
  g_autofree char *send = sc_chat_request_send ("r1", "say \"hi\"");
  g_assert_cmpstr (
    send,
    ==,
    "{\"Action\":\"SEND_MESSAGE\",\"RequestId\":\"r1\",\"Content\":\"say \\\"hi\\\"\"}");
}

static const struct {
  const char *text;
  const char *clean;
  gsize length;
} texts[] = {
  { "", "", 0 },
  { " \t\n", "", 0 },
  { " a  b\r\nc ", "a b c", 5 },
  { "a\x01\x1b[31mb\x7f", "a[31mb", 6 },
  { "\xc2\x85x\xc2\x9b", "x", 1 },
  { "a\u2028b\u202ec\u2066d\u2069", "a bcd", 5 },
  { "👩‍🚀é", "👩‍🚀é", 4 }, /* a joiner belongs to its emoji */
};

static void
test_text (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree char *clean = sc_chat_text_clean (texts[i].text);
    g_assert_cmpstr (clean, ==, texts[i].clean);
    g_assert_cmpuint (sc_chat_text_length (texts[i].text), ==, texts[i].length);
  }
}

static void
test_reviewed (void)
{
  static const struct {
    const char *seen;
    const char *said;
    gboolean same;
  } cases[] = {
    { "", "", TRUE },
    { "hi", "hi", TRUE },
    { "hi", "hi there", FALSE },
    { "hi there", "hi", FALSE },
    { "hi", "ho", FALSE },
    { "a •••• day", "a damn day", TRUE },
    { "a •••• day", "a damn night", FALSE },
    { "••é", "abé", TRUE },
    { "loud", "LOUD", TRUE },
    { "LOUD", "loud", FALSE },
    { "nooo!", "noooooooo!", TRUE },
    { "no", "nop", FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (sc_chat_text_is_reviewed (cases[i].seen, cases[i].said), ==, cases[i].same);
}

static ScChatToken *
parse_token (const char *endpoint, const char *token, GError **error)
{
  g_autofree char *json = g_strdup_printf ("{\"endpoint\":\"%s\",\"token\":\"%s\","
                                           "\"session_expires_at\":\"2030-01-01T00:00:00.000Z\","
                                           "\"user_id\":\"u1\",\"name\":null,"
                                           "\"capabilities\":[\"SEND_MESSAGE\",\"FLY\",7,"
                                           "\"DELETE_MESSAGE\"]}",
                                           endpoint,
                                           token);
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  g_autoptr (JsonObject) object = sc_json_parse (bytes, SC_JSON_MAX_BYTES, error);
  g_assert_nonnull (object);
  return sc_chat_token_from_json (object, error);
}

static void
test_token (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScChatToken) token = parse_token ("wss://edge.example", "AQIC+/=", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (token->token, ==, "AQIC+/=");
  g_assert_cmpstr (token->user_id, ==, "u1");
  g_assert_null (token->name);
  g_assert_cmpuint (token->capabilities, ==, SC_CHAT_SEND | SC_CHAT_DELETE);
  g_assert_cmpint (token->session_expires_at, ==, 1893456000000000);
  g_autoptr (ScChatToken) local = parse_token ("ws://127.0.0.1:8000", "t", &error);
  g_assert_nonnull (local);

  /* A token goes nowhere in clear, and is one header's worth. */
  static const struct {
    const char *endpoint;
    const char *token;
  } bad[] = {
    { "ws://edge.example", "t" },    { "https://edge.example", "t" },
    { "wss://a@edge.example", "t" }, { "wss://", "t" },
    { "wss://edge.example", "" },    { "wss://edge.example", "a,b" },
    { "wss://edge.example", "a b" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) problem = NULL;
    g_assert_null (parse_token (bad[i].endpoint, bad[i].token, &problem));
    g_assert_error (problem, SC_DATA_ERROR, SC_DATA_ERROR_RANGE);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/push/message", test_message);
  g_test_add_func ("/push/nameless", test_nameless);
  g_test_add_func ("/push/events", test_events);
  g_test_add_func ("/push/error", test_error);
  g_test_add_func ("/push/garbage", test_garbage);
  g_test_add_func ("/push/requests", test_requests);
  g_test_add_func ("/push/text", test_text);
  g_test_add_func ("/push/reviewed", test_reviewed);
  g_test_add_func ("/push/token", test_token);
  return g_test_run ();
}
