/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is said in rooms, as it is on the wire, in the log, and before a review: "Message", "Event"
 * and "Error Messages", Amazon IVS Chat Messaging API; "Chat Logging" and "Chat Message Review
 * Handler", Amazon IVS Chat User Guide. */

#include "config.h"

#include "sc-room-shapes.h"

#include "sc-id.h"
#include "sc-json.h"

#include <time.h>

#define ID_LENGTH 12

/* What a review answers is a line and its attributes, escaped or not. */
#define REVIEW_MAX_BYTES (64 * 1024)

/**
 * sc_room_id_new:
 *
 * Returns: (transfer full): an id for a message, an event or an error
 */
char *
sc_room_id_new (void)
{
  return sc_id_new ("", ID_LENGTH);
}

/* Amazon IVS Chat sends nanoseconds. */
static char *
make_send_time (void)
{
  struct timespec now;
  clock_gettime (CLOCK_REALTIME, &now);
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (now.tv_sec);
  g_autofree char *seconds = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S");
  return g_strdup_printf ("%s.%09ldZ", seconds, now.tv_nsec);
}

/**
 * sc_room_set_send_time:
 * @push: a message or an event
 *
 * Says that it is sent now.
 */
void
sc_room_set_send_time (JsonObject *push)
{
  g_autofree char *now = make_send_time ();
  json_object_set_string_member (push, "SendTime", now);
}

static void
set_attributes (JsonObject *object, JsonObject *attributes)
{
  json_object_set_object_member (object,
                                 "Attributes",
                                 attributes ? json_object_ref (attributes) : json_object_new ());
}

/**
 * sc_room_message_to_json:
 * @sender: who says it
 * @request: what they asked for
 *
 * Returns: (transfer full): the MESSAGE, without its time and request id
 */
JsonObject *
sc_room_message_to_json (const ScRoomSession *sender, const ScRoomRequest *request)
{
  g_autofree char *id = sc_room_id_new ();
  JsonObject *from = json_object_new ();
  json_object_set_string_member (from, "UserId", sender->user_id);
  set_attributes (from, sender->attributes);
  JsonObject *push = json_object_new ();
  json_object_set_string_member (push, "Type", "MESSAGE");
  json_object_set_string_member (push, "Id", id);
  set_attributes (push, request->attributes);
  json_object_set_string_member (push, "Content", request->content);
  json_object_set_object_member (push, "Sender", from);
  return push;
}

/**
 * sc_room_event_to_json:
 * @id: its id
 * @name: its name
 * @attributes: (nullable): its attributes
 *
 * Returns: (transfer full): the EVENT, without its time and request id
 */
JsonObject *
sc_room_event_to_json (const char *id, const char *name, JsonObject *attributes)
{
  JsonObject *push = json_object_new ();
  json_object_set_string_member (push, "Type", "EVENT");
  json_object_set_string_member (push, "Id", id);
  json_object_set_string_member (push, "EventName", name);
  set_attributes (push, attributes);
  return push;
}

static JsonObject *
make_aws_event (const char *id,
                const char *name,
                const char *member,
                const char *value,
                const char *reason)
{
  g_autoptr (JsonObject) attributes = json_object_new ();
  json_object_set_string_member (attributes, member, value);
  if (reason)
    json_object_set_string_member (attributes, "Reason", reason);
  return sc_room_event_to_json (id, name, attributes);
}

/**
 * sc_room_delete_to_json:
 * @id: the event's id
 * @message_id: the message that everybody is to forget
 * @reason: (nullable): why
 *
 * Returns: (transfer full): the EVENT of DELETE_MESSAGE, as sc_room_event_to_json()
 */
JsonObject *
sc_room_delete_to_json (const char *id, const char *message_id, const char *reason)
{
  return make_aws_event (id, SC_ROOM_DELETE_EVENT, "MessageID", message_id, reason);
}

/**
 * sc_room_disconnect_to_json:
 * @id: the event's id
 * @user_id: who has to go
 * @reason: (nullable): why
 *
 * Returns: (transfer full): the EVENT of DISCONNECT_USER, as sc_room_event_to_json()
 */
JsonObject *
sc_room_disconnect_to_json (const char *id, const char *user_id, const char *reason)
{
  return make_aws_event (id, SC_ROOM_DISCONNECT_EVENT, "UserId", user_id, reason);
}

/**
 * sc_room_error_to_json:
 * @error: %SC_ROOM_ERROR
 * @request_id: the client's own name for the request
 * @id: (nullable): the id of the message that it is about
 *
 * Returns: (transfer full): the ERROR
 */
JsonObject *
sc_room_error_to_json (const GError *error, const char *request_id, const char *id)
{
  g_autofree char *own = id ? NULL : sc_room_id_new ();
  JsonObject *push = json_object_new ();
  json_object_set_string_member (push, "Type", "ERROR");
  json_object_set_string_member (push, "Id", id ? id : own);
  json_object_set_string_member (push, "RequestId", request_id);
  json_object_set_int_member (push, "ErrorCode", error->code);
  json_object_set_string_member (push, "ErrorMessage", error->message);
  return push;
}

/**
 * sc_room_record_to_json:
 * @push: a message or an event that was sent
 *
 * Returns: (transfer full): its record in the log
 */
JsonObject *
sc_room_record_to_json (JsonObject *push)
{
  JsonObject *record = json_object_new ();
  json_object_set_string_member (record,
                                 "event_timestamp",
                                 json_object_get_string_member (push, "SendTime"));
  json_object_set_string_member (record, "type", json_object_get_string_member (push, "Type"));
  json_object_set_string_member (record, "version", "1.0");
  json_object_set_object_member (record, "payload", json_object_ref (push));
  return record;
}

/**
 * sc_room_review_to_bytes:
 * @message: a message that nobody has seen yet
 * @room_arn: where
 * @address: the sender's IP address
 *
 * Returns: (transfer full): what the review handler is asked
 */
GBytes *
sc_room_review_to_bytes (JsonObject *message, const char *room_arn, const char *address)
{
  JsonObject *sender = json_object_get_object_member (message, "Sender");
  JsonObject *from = json_object_new ();
  json_object_set_string_member (from, "Ip", address);
  json_object_set_member (from, "UserId", json_object_dup_member (sender, "UserId"));
  json_object_set_member (from, "Attributes", json_object_dup_member (sender, "Attributes"));
  g_autoptr (JsonObject) event = json_object_new ();
  json_object_set_member (event, "Content", json_object_dup_member (message, "Content"));
  json_object_set_member (event, "MessageId", json_object_dup_member (message, "Id"));
  json_object_set_string_member (event, "RoomArn", room_arn);
  json_object_set_member (event, "Attributes", json_object_dup_member (message, "Attributes"));
  json_object_set_object_member (event, "Sender", from);
  return sc_json_to_bytes (event);
}

/* Reads the members of an answer. Returns FALSE where one breaks the rules. */
static gboolean
read_review (JsonObject *answer,
             guint content_max,
             const char **ret_content,
             gboolean *ret_allowed,
             JsonObject **ret_attributes)
{
  const char *content = sc_json_get_string (answer, "Content", content_max, NULL);
  const char *result = sc_json_get_string (answer, "ReviewResult", 8, NULL);
  JsonNode *node = json_object_get_member (answer, "Attributes");
  if (!content || *content == '\0' || !result)
    return FALSE;
  *ret_content = content;
  *ret_allowed = g_str_equal (result, "ALLOW");
  if (!*ret_allowed && !g_str_equal (result, "DENY"))
    return FALSE;
  if (!node || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  *ret_attributes = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  return *ret_attributes && sc_room_attributes_check (*ret_attributes, NULL);
}

/**
 * sc_room_review_apply:
 * @answer: what the review handler answered
 * @content_max: the room's maximumMessageLength, in code points
 * @message: the message, which the answer may change
 * @error: (optional): %SC_ROOM_ERROR_NOT_ACCEPTABLE with the handler's reason where it denies the
 * message; %SC_ROOM_ERROR_BAD_REQUEST where the answer is none
 *
 * Returns: %TRUE if the message is allowed
 */
gboolean
sc_room_review_apply (GBytes *answer, guint content_max, JsonObject *message, GError **error)
{
  const char *content = NULL;
  gboolean allowed = FALSE;
  JsonObject *attributes = NULL;
  g_autoptr (JsonObject) document = sc_json_parse (answer, REVIEW_MAX_BYTES, NULL);
  if (!document || !read_review (document, content_max, &content, &allowed, &attributes)) {
    g_set_error_literal (error,
                         SC_ROOM_ERROR,
                         SC_ROOM_ERROR_BAD_REQUEST,
                         "The review's answer is not understood");
    return FALSE;
  }
  if (!allowed) {
    g_set_error_literal (error,
                         SC_ROOM_ERROR,
                         SC_ROOM_ERROR_NOT_ACCEPTABLE,
                         attributes ? sc_json_get_string_or (attributes, "Reason", "Rejected")
                                    : "Rejected");
    return FALSE;
  }
  json_object_set_string_member (message, "Content", content);
  if (attributes)
    set_attributes (message, attributes);
  return TRUE;
}
