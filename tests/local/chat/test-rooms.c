/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Rooms as people with another's WebSocket client see them: "Amazon IVS Chat Messaging API". */

#include "config.h"

#include "sc-control-error.h"
#include "sc-room.h"
#include "sct-rooms.h"

#define SEND "\"SEND_MESSAGE\""
#define ALL "\"SEND_MESSAGE\",\"DELETE_MESSAGE\",\"DISCONNECT_USER\""
#define SAY(id, content)                                                                           \
  "{\"Action\":\"SEND_MESSAGE\",\"RequestId\":\"" id "\",\"Content\":\"" content "\"}"
#define REMOVE(id)                                                                                 \
  "{\"Action\":\"DELETE_MESSAGE\",\"RequestId\":\"" id                                             \
  "\",\"Id\":\"abcdABCD1234\",\"Reason\":\"rude\"}"
#define KICK(id, user)                                                                             \
  "{\"Action\":\"DISCONNECT_USER\",\"RequestId\":\"" id "\",\"UserId\":\"" user                    \
  "\",\"Reason\":\"rude\"}"

static const char *
get_attribute (JsonObject *push, const char *name)
{
  return json_object_get_string_member (json_object_get_object_member (push, "Attributes"), name);
}

static void
test_lines (void)
{
  g_autoptr (SctRooms) rooms = sct_rooms_new ("");
  g_autoptr (SctGuest) alice = sct_guest_enter (rooms, "alice", SEND);
  g_autoptr (SctGuest) again = sct_guest_enter (rooms, "alice", SEND);
  g_autoptr (SctGuest) bob = sct_guest_enter (rooms, "bob", "");
  sct_guest_ask (
    alice,
    "{\"Action\":\"SEND_MESSAGE\",\"RequestId\":\"r1\",\"Content\":\"hi \\ud83d\\udc31\","
    "\"Attributes\":{\"k\":\"v\"}}");
  g_autoptr (JsonObject) own = sct_guest_wait (alice);
  g_autoptr (JsonObject) heard = sct_guest_wait (bob);
  g_assert_cmpstr (json_object_get_string_member (own, "RequestId"), ==, "r1");
  g_assert_cmpstr (json_object_get_string_member (heard, "RequestId"), ==, "");
  sct_guest_assert_line (again, "hi 🐱", "");
  g_assert_cmpstr (json_object_get_string_member (heard, "Type"), ==, "MESSAGE");
  g_assert_cmpstr (json_object_get_string_member (heard, "Content"), ==, "hi 🐱");
  g_assert_cmpstr (get_attribute (heard, "k"), ==, "v");
  const char *id = json_object_get_string_member (heard, "Id");
  const char *time = json_object_get_string_member (heard, "SendTime");
  g_assert_true (g_regex_match_simple ("^[a-zA-Z0-9]{12}$", id, 0, 0));
  g_assert_true (
    g_regex_match_simple ("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z$", time, 0, 0));
  JsonObject *sender = json_object_get_object_member (heard, "Sender");
  g_assert_cmpstr (json_object_get_string_member (sender, "UserId"), ==, "alice");
  g_assert_cmpstr (get_attribute (sender, "name"), ==, "alice");
}

static void
test_other_rooms_hear_nothing (void)
{
  g_autoptr (SctRooms) rooms = sct_rooms_new ("");
  g_autoptr (SctGuest) alice = sct_guest_enter (rooms, "alice", SEND);
  g_autofree char *first = g_steal_pointer (&rooms->room_arn);
  rooms->room_arn = sct_rooms_add (rooms, "");
  g_autoptr (SctGuest) carol = sct_guest_enter (rooms, "carol", SEND);
  sct_guest_ask (alice, SAY ("r1", "here"));
  sct_guest_assert_line (alice, "here", "r1");
  sct_guest_ask (carol, SAY ("r2", "there"));
  sct_guest_assert_line (carol, "there", "r2");
}

static void
test_capabilities (void)
{
  g_autoptr (SctRooms) rooms = sct_rooms_new ("");
  g_autoptr (SctGuest) reader = sct_guest_enter (rooms, "reader", "");
  g_autoptr (SctGuest) writer = sct_guest_enter (rooms, "writer", SEND);
  sct_guest_ask (reader, SAY ("r1", "hi"));
  sct_guest_assert_error (reader, 403, "r1");
  sct_guest_ask (writer, REMOVE ("r2"));
  sct_guest_assert_error (writer, 403, "r2");
  sct_guest_ask (writer, KICK ("r3", "reader"));
  sct_guest_assert_error (writer, 403, "r3");
  sct_guest_ask (writer, SAY ("r4", "hi"));
  sct_guest_assert_line (writer, "hi", "r4");
  sct_guest_assert_line (reader, "hi", "");
}

static guint
knock (SctRooms *rooms, const char *token)
{
  g_autoptr (SctGuest) guest = sct_guest_new (rooms, token);
  return guest->status;
}

static void
test_tokens (void)
{
  g_autoptr (SctRooms) rooms = sct_rooms_new ("");
  g_autofree char *once = sct_rooms_make_token (rooms, "alice", SEND);
  g_autofree char *old = sct_rooms_make_token (rooms, "alice", SEND);
  g_assert_cmpuint (knock (rooms, NULL), ==, 401);
  g_assert_cmpuint (knock (rooms, "nonsense"), ==, 401);
  g_assert_cmpuint (knock (rooms, once), ==, 101);
  g_assert_cmpuint (knock (rooms, once), ==, 401);
  rooms->now_us += SC_ROOM_TOKEN_SECONDS * G_USEC_PER_SEC;
  g_assert_cmpuint (knock (rooms, old), ==, 401);
}

/* The error is what Amazon's own clients come back upon; the close is for those that do not. */
static void
test_session_ends (void)
{
  g_autoptr (SctRooms) rooms = sct_rooms_new ("");
  g_autoptr (SctGuest) alice = sct_guest_enter (rooms, "alice", SEND);
  rooms->now_us += 10 * 60 * G_USEC_PER_SEC;
  sct_guest_assert_error (alice, 401, "");
  sct_guest_ask (alice, SAY ("r1", "late"));
  sct_guest_assert_error (alice, 401, "r1");
  rooms->now_us += SC_WS_CLOSE_SECONDS * G_USEC_PER_SEC;
  g_assert_cmpuint (sct_guest_wait_closed (alice), ==, 1000);
}

static void
test_requests (void)
{
  g_autoptr (SctRooms) rooms = sct_rooms_new (",\"maximumMessageLength\":5");
  g_autofree char *large = g_strnfill (SC_ROOM_ATTRIBUTES_MAX_BYTES, 'x');
  g_autofree char *many = g_strdup_printf ("{\"Action\":\"SEND_MESSAGE\",\"RequestId\":\"r\","
                                           "\"Content\":\"a\",\"Attributes\":{\"k\":\"%s\"}}",
                                           large);
  const struct {
    const char *request;
    int code;
    const char *request_id;
  } cases[] = {
    { "no JSON", 400, "" },
    { "[]", 400, "" },
    { "{}", 400, "" },
    { "{\"RequestId\":7}", 400, "" },
    { "{\"RequestId\":\"r\",\"Action\":\"DANCE\"}", 400, "r" },
    { "{\"RequestId\":\"r\",\"Action\":\"SEND_MESSAGE\"}", 400, "r" },
    { SAY ("r", ""), 400, "r" },
    { SAY ("r", "äöüß🐱x"), 413, "r" },
    { "{\"Action\":\"SEND_MESSAGE\",\"RequestId\":\"r\",\"Content\":[]}", 400, "r" },
    { "{\"Action\":\"SEND_MESSAGE\",\"RequestId\":\"r\",\"Content\":\"a\",\"Attributes\":7}",
      400,
      "r" },
    { "{\"Action\":\"SEND_MESSAGE\",\"RequestId\":\"r\",\"Content\":\"a\",\"Attributes\":{\"k\":7}"
      "}",
      400,
      "r" },
    { many, 413, "r" },
    { "{\"Action\":\"DELETE_MESSAGE\",\"RequestId\":\"r\"}", 400, "r" },
    { "{\"Action\":\"DELETE_MESSAGE\",\"RequestId\":\"r\",\"Id\":\"short\"}", 400, "r" },
    { "{\"Action\":\"DISCONNECT_USER\",\"RequestId\":\"r\"}", 400, "r" },
    { "{\"Action\":\"DISCONNECT_USER\",\"RequestId\":\"r\",\"UserId\":\"\"}", 400, "r" },
  };
  g_autoptr (SctGuest) alice = sct_guest_enter (rooms, "alice", ALL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("%s", cases[i].request);
    sct_guest_ask (alice, cases[i].request);
    sct_guest_assert_error (alice, cases[i].code, cases[i].request_id);
    rooms->now_us += G_USEC_PER_SEC;
  }
  sct_guest_ask (alice, SAY ("r", "äöüß🐱"));
  sct_guest_assert_line (alice, "äöüß🐱", "r");
}

static void
test_connection_rate (void)
{
  g_autoptr (SctRooms) rooms = sct_rooms_new (",\"maximumMessageRatePerSecond\":100");
  g_autoptr (SctGuest) alice = sct_guest_enter (rooms, "alice", ALL);
  for (guint i = 0; i < 9; i++) {
    sct_guest_ask (alice, SAY ("r", "a"));
    sct_guest_assert_line (alice, "a", "r");
  }
  sct_guest_ask (alice, REMOVE ("r"));
  g_autoptr (JsonObject) event = sct_guest_wait (alice);
  sct_guest_ask (alice, SAY ("r11", "a"));
  sct_guest_assert_error (alice, 429, "r11");
  rooms->now_us += G_USEC_PER_SEC;
  sct_guest_ask (alice, SAY ("r12", "a"));
  sct_guest_assert_line (alice, "a", "r12");
}

static void
test_room_rate (void)
{
  g_autoptr (SctRooms) rooms = sct_rooms_new (",\"maximumMessageRatePerSecond\":3");
  g_autoptr (SctGuest) alice = sct_guest_enter (rooms, "alice", SEND);
  g_autoptr (SctGuest) bob = sct_guest_enter (rooms, "bob", SEND);
  for (guint i = 0; i < 3; i++) {
    sct_guest_ask (alice, SAY ("r", "a"));
    sct_guest_assert_line (alice, "a", "r");
    sct_guest_assert_line (bob, "a", "");
  }
  sct_guest_ask (bob, SAY ("r4", "a"));
  sct_guest_assert_error (bob, 429, "r4");
  rooms->now_us += G_USEC_PER_SEC;
  sct_guest_ask (bob, SAY ("r5", "a"));
  sct_guest_assert_line (bob, "a", "r5");
}

static void
assert_event (SctGuest *guest, const char *name, const char *member, const char *value)
{
  g_autoptr (JsonObject) push = sct_guest_wait (guest);
  g_assert_cmpstr (json_object_get_string_member (push, "Type"), ==, "EVENT");
  g_assert_cmpstr (json_object_get_string_member (push, "EventName"), ==, name);
  g_assert_cmpstr (get_attribute (push, member), ==, value);
  g_assert_cmpuint (strlen (json_object_get_string_member (push, "Id")), ==, 12);
  g_assert_true (json_object_has_member (push, "SendTime"));
}

static void
test_moderation (void)
{
  g_autoptr (SctRooms) rooms = sct_rooms_new ("");
  g_autoptr (SctGuest) moderator = sct_guest_enter (rooms, "moderator", ALL);
  g_autoptr (SctGuest) rude = sct_guest_enter (rooms, "rude", SEND);
  g_autoptr (SctGuest) window = sct_guest_enter (rooms, "rude", SEND);
  g_autoptr (SctGuest) other = sct_guest_enter (rooms, "other", SEND);
  sct_guest_ask (moderator, REMOVE ("r1"));
  g_autoptr (JsonObject) push = sct_guest_wait (moderator);
  g_assert_cmpstr (json_object_get_string_member (push, "RequestId"), ==, "r1");
  g_assert_cmpstr (get_attribute (push, "Reason"), ==, "rude");
  assert_event (rude, "aws:DELETE_MESSAGE", "MessageID", "abcdABCD1234");
  assert_event (window, "aws:DELETE_MESSAGE", "MessageID", "abcdABCD1234");
  assert_event (other, "aws:DELETE_MESSAGE", "MessageID", "abcdABCD1234");

  sct_guest_ask (moderator, KICK ("r2", "rude"));
  assert_event (rude, "aws:DISCONNECT_USER", "UserId", "rude");
  assert_event (window, "aws:DISCONNECT_USER", "UserId", "rude");
  assert_event (other, "aws:DISCONNECT_USER", "UserId", "rude");
  assert_event (moderator, "aws:DISCONNECT_USER", "UserId", "rude");
  g_assert_cmpuint (sct_guest_wait_closed (rude), ==, 1000);
  g_assert_cmpuint (sct_guest_wait_closed (window), ==, 1000);
  sct_guest_ask (other, SAY ("r3", "peace"));
  sct_guest_assert_line (other, "peace", "r3");
  sct_guest_assert_line (moderator, "peace", "");
}

static void
test_control_plane (void)
{
  g_autoptr (SctRooms) rooms = sct_rooms_new ("");
  g_autoptr (SctGuest) alice = sct_guest_enter (rooms, "alice", SEND);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) event =
    sct_rooms_call (rooms,
                    "SendEvent",
                    ",\"eventName\":\"app:PINNED\",\"attributes\":{\"k\":\"v\"}",
                    &error);
  g_autoptr (JsonObject) deleted =
    sct_rooms_call (rooms, "DeleteMessage", ",\"id\":\"abcdABCD1234\"", &error);
  g_autoptr (JsonObject) gone =
    sct_rooms_call (rooms, "DisconnectUser", ",\"userId\":\"alice\"", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (json_object_get_size (gone), ==, 0);
  g_autoptr (JsonObject) heard = sct_guest_wait (alice);
  g_assert_cmpstr (json_object_get_string_member (heard, "Id"),
                   ==,
                   json_object_get_string_member (event, "id"));
  g_assert_cmpstr (json_object_get_string_member (heard, "EventName"), ==, "app:PINNED");
  g_assert_cmpstr (get_attribute (heard, "k"), ==, "v");
  assert_event (alice, "aws:DELETE_MESSAGE", "MessageID", "abcdABCD1234");
  assert_event (alice, "aws:DISCONNECT_USER", "UserId", "alice");
  g_assert_cmpuint (sct_guest_wait_closed (alice), ==, 1000);
}

static void
test_control_plane_bounds_attributes (void)
{
  g_autoptr (SctRooms) rooms = sct_rooms_new ("");
  g_autofree char *half = g_strnfill (SC_ROOM_ATTRIBUTES_MAX_BYTES / 2, 'x');
  g_autofree char *input =
    g_strdup_printf (",\"eventName\":\"e\",\"attributes\":{\"a\":\"%s\",\"b\":\"%s\"}", half, half);
  g_autoptr (GError) error = NULL;
  g_assert_null (sct_rooms_call (rooms, "SendEvent", input, &error));
  g_assert_error (error, SC_CONTROL_ERROR, SC_CONTROL_ERROR_VALIDATION);
}

static void
test_room_is_deleted (void)
{
  g_autoptr (SctRooms) rooms = sct_rooms_new ("");
  g_autoptr (SctGuest) alice = sct_guest_enter (rooms, "alice", SEND);
  g_autofree char *token = sct_rooms_make_token (rooms, "late", SEND);
  g_autoptr (GError) error = NULL;
  sc_cloud_remove (rooms->cloud, SC_CLOUD_ROOM, rooms->room_arn, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sct_guest_wait_closed (alice), ==, 1000);
  g_assert_cmpuint (knock (rooms, token), ==, 404);
  g_assert_null (sct_rooms_call (rooms, "DisconnectUser", ",\"userId\":\"alice\"", &error));
  g_assert_error (error, SC_CONTROL_ERROR, SC_CONTROL_ERROR_NOT_FOUND);
}

static void
test_log (void)
{
  g_autoptr (SctRooms) rooms =
    sct_rooms_new (",\"loggingConfigurationIdentifiers\":"
                   "[\"arn:aws:ivschat:us-west-2:123456789012:logging-configuration/log\"]");
  g_autoptr (SctGuest) alice = sct_guest_enter (rooms, "alice", ALL);
  sct_guest_ask (alice, SAY ("r1", "hi"));
  g_autoptr (JsonObject) line = sct_guest_wait (alice);
  sct_guest_ask (alice, REMOVE ("r2"));
  assert_event (alice, "aws:DELETE_MESSAGE", "MessageID", "abcdABCD1234");
  g_assert_cmpuint (rooms->records->len, ==, 2);
  JsonObject *record = g_ptr_array_index (rooms->records, 0);
  JsonObject *payload = json_object_get_object_member (record, "payload");
  g_assert_cmpstr (json_object_get_string_member (record, "type"), ==, "MESSAGE");
  g_assert_cmpstr (json_object_get_string_member (record, "version"), ==, "1.0");
  g_assert_cmpstr (json_object_get_string_member (record, "event_timestamp"),
                   ==,
                   json_object_get_string_member (line, "SendTime"));
  g_assert_cmpstr (json_object_get_string_member (payload, "Id"),
                   ==,
                   json_object_get_string_member (line, "Id"));
  g_assert_cmpstr (json_object_get_string_member (payload, "Content"), ==, "hi");
  record = g_ptr_array_index (rooms->records, 1);
  g_assert_cmpstr (json_object_get_string_member (record, "type"), ==, "EVENT");
}

#define ADD(name, function) g_test_add_func ("/rooms/" name, function)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("lines", test_lines);
  ADD ("other-rooms-hear-nothing", test_other_rooms_hear_nothing);
  ADD ("capabilities", test_capabilities);
  ADD ("tokens", test_tokens);
  ADD ("session-ends", test_session_ends);
  ADD ("requests", test_requests);
  ADD ("connection-rate", test_connection_rate);
  ADD ("room-rate", test_room_rate);
  ADD ("moderation", test_moderation);
  ADD ("control-plane", test_control_plane);
  ADD ("control-plane-bounds-attributes", test_control_plane_bounds_attributes);
  ADD ("room-is-deleted", test_room_is_deleted);
  ADD ("log", test_log);
  return g_test_run ();
}
