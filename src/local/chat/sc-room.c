/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One room: who is in it, the order of what is said, the review of each line, and the log.
 *
 * A line that waits for its review holds up those behind it, so that all see one order; events do
 * not wait. Lives in the main thread; the server owns it, and so does each review under way. */

#include "config.h"

#include "sc-room.h"

#include "sc-json.h"

/* Defaults of CreateRoom, for a document that lacks them. */
#define MESSAGE_RATE 10
#define MESSAGE_LENGTH 500

typedef struct {
  ScRoom *room;
  ScWsConnection *connection; /* of the sender, who may be gone */
  char *request_id;
  JsonObject *message;
  gboolean is_decided;
  GError *error; /* why it is denied */
} Line;

struct _ScRoom {
  gatomicrefcount ref_count;
  char *arn;
  char *review_arn; /* or NULL */
  gboolean allows_unreviewed;
  GStrv logging_arns;
  guint content_max;
  ScRate *rate;
  ScChatHooks hooks;
  GPtrArray *people; /* of ScRoomPerson, borrowed */
  GQueue lines;      /* of Line, whose review is under way or whose turn has not come */
  gboolean is_closed;
};

static void
read_review_handler (ScRoom *self, JsonObject *document)
{
  JsonObject *handler = sc_json_get_object_or_null (document, "messageReviewHandler");
  const char *uri = handler ? sc_json_get_string_or (handler, "uri", "") : "";
  if (*uri == '\0')
    return;
  self->review_arn = g_strdup (uri);
  self->allows_unreviewed =
    g_str_equal (sc_json_get_string_or (handler, "fallbackResult", "ALLOW"), "ALLOW");
}

static void
read_logging (ScRoom *self, JsonObject *document)
{
  g_autoptr (GStrvBuilder) arns = g_strv_builder_new ();
  JsonArray *logging = sc_json_get_array (document, "loggingConfigurationIdentifiers", NULL);
  for (guint i = 0; logging && i < json_array_get_length (logging); i++)
    g_strv_builder_add (arns, json_array_get_string_element (logging, i));
  self->logging_arns = g_strv_builder_end (arns);
}

/**
 * sc_room_new:
 * @document: the room as a resource
 * @hooks: who reviews and logs; copied
 *
 * Returns: (transfer full): the room, empty
 */
ScRoom *
sc_room_new (JsonObject *document, const ScChatHooks *hooks)
{
  gint64 rate = MESSAGE_RATE;
  gint64 length = MESSAGE_LENGTH;
  sc_json_get_int (document, "maximumMessageRatePerSecond", 1, 100, &rate, NULL);
  sc_json_get_int (document, "maximumMessageLength", 1, 500, &length, NULL);
  ScRoom *self = g_new0 (ScRoom, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->arn = g_strdup (json_object_get_string_member (document, "arn"));
  self->content_max = (guint) length;
  self->rate = sc_rate_new ((guint) rate);
  self->hooks = *hooks;
  self->people = g_ptr_array_new ();
  g_queue_init (&self->lines);
  read_review_handler (self, document);
  read_logging (self, document);
  return self;
}

/**
 * sc_room_ref:
 * @self: a room
 *
 * Returns: (transfer full): the room
 */
ScRoom *
sc_room_ref (ScRoom *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * sc_room_unref:
 * @self: (transfer full): a room
 */
void
sc_room_unref (ScRoom *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->people);
  g_queue_clear (&self->lines);
  sc_rate_free (self->rate);
  g_strfreev (self->logging_arns);
  g_free (self->review_arn);
  g_free (self->arn);
  g_free (self);
}

/**
 * sc_room_get_content_max:
 * @self: a room
 *
 * Returns: the code points that a line may have
 */
guint
sc_room_get_content_max (ScRoom *self)
{
  return self->content_max;
}

/**
 * sc_room_enter:
 * @self: a room
 * @person: somebody; borrowed until they leave
 *
 * From now on the person hears what is said.
 */
void
sc_room_enter (ScRoom *self, ScRoomPerson *person)
{
  g_ptr_array_add (self->people, person);
}

/**
 * sc_room_leave:
 * @self: a room
 * @person: somebody who is in it, or was
 *
 * The person hears no more.
 */
void
sc_room_leave (ScRoom *self, ScRoomPerson *person)
{
  g_ptr_array_remove_fast (self->people, person);
}

/* --- sending --- */

static GBytes *
make_frame (JsonObject *push, const char *request_id)
{
  json_object_set_string_member (push, "RequestId", request_id);
  g_autofree char *text = sc_json_to_string (push);
  return sc_ws_frame_new_text (text);
}

static void
log_push (ScRoom *self, JsonObject *push)
{
  if (!self->hooks.log || !self->logging_arns[0])
    return;
  g_autoptr (JsonObject) record = sc_room_record_to_json (push);
  for (guint i = 0; self->logging_arns[i]; i++)
    self->hooks.log (self->logging_arns[i], self->arn, record, self->hooks.data);
}

/* Sends a message or an event to all, with the request's id to whom it answers alone. */
static void
deliver (ScRoom *self, JsonObject *push, ScWsConnection *asker, const char *request_id)
{
  sc_room_set_send_time (push);
  g_autoptr (GBytes) others = make_frame (push, "");
  g_autoptr (GBytes) own = make_frame (push, request_id);
  for (guint i = 0; i < self->people->len; i++) {
    const ScRoomPerson *person = g_ptr_array_index (self->people, i);
    sc_ws_connection_send (person->connection, person->connection == asker ? own : others);
  }
  log_push (self, push);
}

/**
 * sc_room_send:
 * @self: a room
 * @push: an event
 * @asker: (nullable): who asked for it
 * @request_id: their own name for the request, or ""
 *
 * Sends an event to everybody, and logs it.
 */
void
sc_room_send (ScRoom *self, JsonObject *push, ScRoomPerson *asker, const char *request_id)
{
  deliver (self, push, asker ? asker->connection : NULL, request_id);
}

/**
 * sc_room_disconnect:
 * @self: a room
 * @user_id: a person
 *
 * Sends the person away, wherever they sit. They hear what was sent before.
 */
void
sc_room_disconnect (ScRoom *self, const char *user_id)
{
  for (guint i = 0; i < self->people->len; i++) {
    const ScRoomPerson *person = g_ptr_array_index (self->people, i);
    if (g_str_equal (person->session->user_id, user_id))
      sc_ws_connection_close (person->connection, SC_WS_CODE_NORMAL, "Disconnected");
  }
}

/**
 * sc_room_close:
 * @self: a room that is deleted
 *
 * Sends everybody away. Lines that wait are lost.
 */
void
sc_room_close (ScRoom *self)
{
  self->is_closed = TRUE;
  for (guint i = 0; i < self->people->len; i++) {
    const ScRoomPerson *person = g_ptr_array_index (self->people, i);
    sc_ws_connection_close (person->connection, SC_WS_CODE_NORMAL, "The room is deleted");
  }
}

/* --- lines and their review --- */

static void
free_line (Line *line)
{
  sc_room_unref (line->room);
  g_object_unref (line->connection);
  json_object_unref (line->message);
  g_clear_error (&line->error);
  g_free (line->request_id);
  g_free (line);
}

static void
settle (ScRoom *self, Line *line)
{
  if (self->is_closed)
    return;
  if (!line->error) {
    deliver (self, line->message, line->connection, line->request_id);
    return;
  }
  g_autoptr (JsonObject) push =
    sc_room_error_to_json (line->error,
                           line->request_id,
                           json_object_get_string_member (line->message, "Id"));
  g_autofree char *text = sc_json_to_string (push);
  g_autoptr (GBytes) frame = sc_ws_frame_new_text (text);
  sc_ws_connection_send (line->connection, frame);
}

/* Lets out the lines at the front that are decided. */
static void
settle_decided (ScRoom *self)
{
  const Line *first = NULL;
  while ((first = g_queue_peek_head (&self->lines)) && first->is_decided) {
    Line *line = g_queue_pop_head (&self->lines);
    settle (self, line);
    free_line (line);
  }
}

/* A review that says nothing usable leaves it to the room's fallbackResult. */
static void
on_reviewed (GBytes *answer, gpointer done_data)
{
  Line *line = done_data;
  g_autoptr (ScRoom) room = sc_room_ref (line->room);
  g_autoptr (GError) error = NULL;
  gboolean allowed =
    answer && sc_room_review_apply (answer, room->content_max, line->message, &error);
  gboolean denied = g_error_matches (error, SC_ROOM_ERROR, SC_ROOM_ERROR_NOT_ACCEPTABLE);
  if (denied)
    line->error = g_steal_pointer (&error);
  else if (!allowed && !room->allows_unreviewed)
    line->error = g_error_new_literal (SC_ROOM_ERROR, SC_ROOM_ERROR_NOT_ACCEPTABLE, "Rejected");
  line->is_decided = TRUE;
  settle_decided (room);
}

static void
review (ScRoom *self, Line *line, const char *address)
{
  if (!self->hooks.review) {
    on_reviewed (NULL, line);
    return;
  }
  g_autoptr (GBytes) event = sc_room_review_to_bytes (line->message, self->arn, address);
  const ScChatReview asked = { self->review_arn, self->arn, event, SC_ROOM_REVIEW_MS };
  self->hooks.review (&asked, on_reviewed, line, self->hooks.data);
}

/**
 * sc_room_say:
 * @self: a room
 * @person: somebody in it who may send
 * @request: their SEND_MESSAGE
 * @now_us: the monotonic time
 * @error: %SC_ROOM_ERROR_TOO_MANY: the room's maximumMessageRatePerSecond is met, or too many lines
 * wait for their review
 *
 * Sends a line to everybody, after its review where the room has one. A line that the review denies
 * is answered with an error.
 *
 * Returns: %TRUE if the line is on its way
 */
gboolean
sc_room_say (ScRoom *self,
             ScRoomPerson *person,
             const ScRoomRequest *request,
             gint64 now_us,
             GError **error)
{
  if (self->lines.length >= SC_ROOM_LINES_MAX || !sc_rate_take (self->rate, now_us)) {
    g_set_error_literal (error, SC_ROOM_ERROR, SC_ROOM_ERROR_TOO_MANY, "Room rate limit exceeded");
    return FALSE;
  }
  Line *line = g_new0 (Line, 1);
  line->room = sc_room_ref (self);
  line->connection = g_object_ref (person->connection);
  line->request_id = g_strdup (request->request_id);
  line->message = sc_room_message_to_json (person->session, request);
  g_queue_push_tail (&self->lines, line);
  if (self->review_arn) {
    review (self, line, person->address);
    return TRUE;
  }
  line->is_decided = TRUE;
  settle_decided (self);
  return TRUE;
}
