/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Lines on their way through a review: "Chat Message Review Handler", Amazon IVS Chat User Guide.
 */

#include "config.h"

#include "sc-room.h"
#include "sct-rooms.h"

#define SEND "\"SEND_MESSAGE\""
#define SAY(id, content)                                                                           \
  "{\"Action\":\"SEND_MESSAGE\",\"RequestId\":\"" id "\",\"Content\":\"" content "\"}"

#define REVIEWED(fallback)                                                                         \
  ",\"maximumMessageRatePerSecond\":100,\"maximumMessageLength\":20,\"messageReviewHandler\":"     \
  "{\"uri\":\"arn:aws:lambda:us-west-2:123456789012:function:review\"" fallback "}"                \
  ",\"loggingConfigurationIdentifiers\":"                                                          \
  "[\"arn:aws:ivschat:us-west-2:123456789012:logging-configuration/log\"]"
#define DENIES ",\"fallbackResult\":\"DENY\""

static gboolean
has_review (gpointer data)
{
  return ((SctRooms *) data)->reviews->len > 0;
}

static void
say (SctGuest *guest, const char *request)
{
  guint before = guest->rooms->reviews->len;
  sct_guest_ask (guest, request);
  while (guest->rooms->reviews->len == before)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_question (void)
{
  g_autoptr (SctRooms) rooms = sct_rooms_new (REVIEWED (""));
  g_autoptr (SctGuest) alice = sct_guest_enter (rooms, "alice", SEND);
  sct_guest_ask (alice,
                 "{\"Action\":\"SEND_MESSAGE\",\"RequestId\":\"r1\",\"Content\":\"hi\","
                 "\"Attributes\":{\"k\":\"v\"}}");
  sct_wait_for (has_review, rooms);
  const SctReview *review = g_ptr_array_index (rooms->reviews, 0);
  g_autofree char *id = g_strdup (json_object_get_string_member (review->event, "MessageId"));
  JsonObject *sender = json_object_get_object_member (review->event, "Sender");
  JsonObject *attributes = json_object_get_object_member (review->event, "Attributes");
  g_assert_cmpuint (review->timeout_ms, ==, 200);
  g_assert_cmpuint (strlen (id), ==, 12);
  g_assert_cmpstr (json_object_get_string_member (review->event, "Content"), ==, "hi");
  g_assert_cmpstr (json_object_get_string_member (review->event, "RoomArn"), ==, rooms->room_arn);
  g_assert_cmpstr (json_object_get_string_member (attributes, "k"), ==, "v");
  g_assert_cmpstr (json_object_get_string_member (sender, "UserId"), ==, "alice");
  g_assert_cmpstr (json_object_get_string_member (sender, "Ip"), ==, "127.0.0.1");
  attributes = json_object_get_object_member (sender, "Attributes");
  g_assert_cmpstr (json_object_get_string_member (attributes, "name"), ==, "alice");

  sct_rooms_answer (rooms,
                    0,
                    "{\"Content\":\"h*\",\"ReviewResult\":\"ALLOW\",\"Attributes\":{\"x\":\"y\"}}");
  g_autoptr (JsonObject) push = sct_guest_wait (alice);
  attributes = json_object_get_object_member (push, "Attributes");
  g_assert_cmpstr (json_object_get_string_member (push, "Id"), ==, id);
  g_assert_cmpstr (json_object_get_string_member (push, "RequestId"), ==, "r1");
  g_assert_cmpstr (json_object_get_string_member (push, "Content"), ==, "h*");
  g_assert_cmpstr (json_object_get_string_member (attributes, "x"), ==, "y");
  g_assert_false (json_object_has_member (attributes, "k"));
  g_assert_cmpuint (rooms->records->len, ==, 1);
}

static void
assert_denied (SctGuest *guest, const char *reason)
{
  g_autoptr (JsonObject) push = sct_guest_wait (guest);
  g_assert_cmpstr (json_object_get_string_member (push, "Type"), ==, "ERROR");
  g_assert_cmpint (json_object_get_int_member (push, "ErrorCode"), ==, 406);
  g_assert_cmpstr (json_object_get_string_member (push, "ErrorMessage"), ==, reason);
  g_assert_cmpstr (json_object_get_string_member (push, "RequestId"), ==, "r1");
}

/* Who hears of a line that is denied: its sender, and no log. */
static void
test_denied (void)
{
  g_autoptr (SctRooms) rooms = sct_rooms_new (REVIEWED (""));
  g_autoptr (SctGuest) alice = sct_guest_enter (rooms, "alice", SEND);
  g_autoptr (SctGuest) bob = sct_guest_enter (rooms, "bob", SEND);
  say (alice, SAY ("r1", "rude"));
  sct_rooms_answer (
    rooms,
    0,
    "{\"Content\":\"rude\",\"ReviewResult\":\"DENY\",\"Attributes\":{\"Reason\":\"Be kind\"}}");
  assert_denied (alice, "Be kind");
  say (alice, SAY ("r1", "rude"));
  sct_rooms_answer (rooms, 0, "{\"Content\":\"rude\",\"ReviewResult\":\"DENY\"}");
  assert_denied (alice, "Rejected");
  g_assert_cmpuint (rooms->records->len, ==, 0);
  say (bob, SAY ("r2", "kind"));
  sct_rooms_answer (rooms, 0, "{\"Content\":\"kind\",\"ReviewResult\":\"ALLOW\"}");
  sct_guest_assert_line (bob, "kind", "r2");
}

/* What is no answer, and what none came for, is up to the room's fallbackResult. */
static void
test_fallback (void)
{
  static const char *const answers[] = {
    NULL,
    "no JSON",
    "{}",
    "{\"ReviewResult\":\"ALLOW\"}",
    "{\"Content\":\"\",\"ReviewResult\":\"ALLOW\"}",
    "{\"Content\":\"a\"}",
    "{\"Content\":\"a\",\"ReviewResult\":\"MAYBE\"}",
    "{\"Content\":\"more than twenty characters\",\"ReviewResult\":\"ALLOW\"}",
    "{\"Content\":\"a\",\"ReviewResult\":\"ALLOW\",\"Attributes\":7}",
    "{\"Content\":\"a\",\"ReviewResult\":\"ALLOW\",\"Attributes\":{\"k\":7}}",
  };
  g_autoptr (SctRooms) open = sct_rooms_new (REVIEWED (""));
  g_autoptr (SctRooms) closed = sct_rooms_new (REVIEWED (DENIES));
  g_autoptr (SctGuest) alice = sct_guest_enter (open, "alice", SEND);
  g_autoptr (SctGuest) bob = sct_guest_enter (closed, "bob", SEND);
  open->answers_now = closed->answers_now = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++) {
    g_test_message ("%s", answers[i] ? answers[i] : "none");
    open->review_answer = closed->review_answer = answers[i];
    sct_guest_ask (alice, SAY ("r1", "unseen"));
    sct_guest_assert_line (alice, "unseen", "r1");
    sct_guest_ask (bob, SAY ("r1", "unseen"));
    assert_denied (bob, "Rejected");
    open->now_us += G_USEC_PER_SEC;
    closed->now_us += G_USEC_PER_SEC;
  }
}

/* Reviews may be answered in any order; lines come in the order in which they were said. */
static void
test_order (void)
{
  g_autoptr (SctRooms) rooms = sct_rooms_new (REVIEWED (DENIES));
  g_autoptr (SctGuest) alice = sct_guest_enter (rooms, "alice", SEND);
  g_autoptr (SctGuest) bob = sct_guest_enter (rooms, "bob", SEND);
  say (alice, SAY ("r1", "one"));
  say (bob, SAY ("r2", "two"));
  say (alice, SAY ("r3", "three"));
  sct_rooms_answer (rooms, 2, "{\"Content\":\"three\",\"ReviewResult\":\"ALLOW\"}");
  sct_rooms_answer (rooms, 1, NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (alice->pushes.length + bob->pushes.length, ==, 0);
  sct_rooms_answer (rooms, 0, "{\"Content\":\"one\",\"ReviewResult\":\"ALLOW\"}");
  sct_guest_assert_line (alice, "one", "r1");
  sct_guest_assert_line (alice, "three", "r3");
  sct_guest_assert_line (bob, "one", "");
  sct_guest_assert_error (bob, 406, "r2");
  sct_guest_assert_line (bob, "three", "");
}

/* Lines of somebody who left meanwhile are heard; so many may wait and no more. */
static void
test_waiting_is_bounded (void)
{
  g_autoptr (SctRooms) rooms = sct_rooms_new (REVIEWED (""));
  g_autoptr (SctGuest) bob = sct_guest_enter (rooms, "bob", SEND);
  SctGuest *alice = sct_guest_enter (rooms, "alice", SEND);
  for (guint i = 0; i < SC_ROOM_LINES_MAX; i++) {
    if (i % 10 == 0)
      rooms->now_us += G_USEC_PER_SEC;
    say (alice, SAY ("r", "line"));
  }
  rooms->now_us += G_USEC_PER_SEC;
  sct_guest_ask (alice, SAY ("r0", "one too many"));
  sct_guest_assert_error (alice, 429, "r0");
  sct_guest_free (alice);
  for (guint i = 0; i < SC_ROOM_LINES_MAX; i++)
    sct_rooms_answer (rooms, 0, NULL);
  for (guint i = 0; i < SC_ROOM_LINES_MAX; i++)
    sct_guest_assert_line (bob, "line", "");
}

/* A review may outlive its room. */
static void
test_room_is_deleted_meanwhile (void)
{
  g_autoptr (SctRooms) rooms = sct_rooms_new (REVIEWED (""));
  g_autoptr (SctGuest) alice = sct_guest_enter (rooms, "alice", SEND);
  g_autoptr (GError) error = NULL;
  say (alice, SAY ("r1", "lost"));
  sc_cloud_remove (rooms->cloud, SC_CLOUD_ROOM, rooms->room_arn, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sct_guest_wait_closed (alice), ==, 1000);
  sct_rooms_answer (rooms, 0, "{\"Content\":\"lost\",\"ReviewResult\":\"ALLOW\"}");
  g_assert_cmpuint (rooms->records->len, ==, 0);
}

#define ADD(name, function) g_test_add_func ("/reviews/" name, function)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("question", test_question);
  ADD ("denied", test_denied);
  ADD ("fallback", test_fallback);
  ADD ("order", test_order);
  ADD ("waiting-is-bounded", test_waiting_is_bounded);
  ADD ("room-is-deleted-meanwhile", test_room_is_deleted_meanwhile);
  return g_test_run ();
}
