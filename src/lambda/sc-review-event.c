/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The door for Amazon IVS Chat's message review handler ("Amazon IVS Chat User Guide, Chat Message
 * Review Handler"): an event to a review, an answer back. Without rules, and where a line cannot be
 * held that should be, nobody sees it. */

#include "config.h"

#include "sc-review-event.h"

#include "sc-error.h"
#include "sc-json.h"
#include "sc-line-review.h"
#include "sc-time.h"

#include <string.h>

/* The answer must have a content of at least one character, though nobody sees that of a denied
 * line. */
#define DENIED_CONTENT "-"

#define ID_MAX 128
#define ARN_MAX 256

/* What an event says, borrowed from it. */
typedef struct {
  const char *content;
  const char *message_id;
  const char *room;
  const char *user_id;
  const char *name;
  const char *role;
  gboolean follows;
} Line;

static GBytes *
make_answer (const char *reason, const char *content)
{
  /* What a writer attaches to a line nobody has read, so it goes no further. */
  JsonObject *attributes = json_object_new ();
  if (reason)
    json_object_set_string_member (attributes, "Reason", reason);
  g_autoptr (JsonObject) answer = json_object_new ();
  json_object_set_string_member (answer, "Content", reason ? DENIED_CONTENT : content);
  json_object_set_string_member (answer, "ReviewResult", reason ? "DENY" : "ALLOW");
  json_object_set_object_member (answer, "Attributes", attributes);
  return sc_json_to_bytes (answer);
}

/* A room's id becomes part of an object's key: nothing but letters and digits. */
static const char *
find_room (const char *arn)
{
  const char *room = strstr (arn, ":room/");
  room = room ? room + strlen (":room/") : "";
  for (const char *at = room; *at; at++) {
    if (!g_ascii_isalnum (*at))
      return NULL;
  }
  return *room ? room : NULL;
}

static gboolean
read_line (JsonObject *event, Line *line, GError **error)
{
  JsonObject *sender = sc_json_get_object (event, "Sender", error);
  if (!sender)
    return FALSE;
  JsonObject *attributes = sc_json_get_object_or_null (sender, "Attributes");
  const char *arn = sc_json_get_string (event, "RoomArn", ARN_MAX, error);
  line->message_id = arn ? sc_json_get_string (event, "MessageId", ID_MAX, error) : NULL;
  line->user_id = line->message_id ? sc_json_get_string (sender, "UserId", ID_MAX, error) : NULL;
  if (!line->user_id)
    return FALSE;
  line->room = find_room (arn);
  line->name = attributes ? sc_json_get_string_or (attributes, "name", "") : "";
  line->role = attributes ? sc_json_get_string_or (attributes, "role", "viewer") : "viewer";
  line->follows =
    attributes && g_str_equal (sc_json_get_string_or (attributes, "follows", "0"), "1");
  if (!line->room)
    g_set_error_literal (error, SC_DATA_ERROR, SC_DATA_ERROR_RANGE, "RoomArn is not of a room");
  return line->room != NULL;
}

static gboolean
hold (const ScReviewer *self, const Line *line, const char *rule, gint64 now_us)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *at = sc_time_to_string (now_us);
  json_object_set_string_member (object, "room_id", line->room);
  json_object_set_string_member (object, "message_id", line->message_id);
  json_object_set_string_member (object, "user_id", line->user_id);
  json_object_set_string_member (object, "name", line->name);
  json_object_set_string_member (object, "role", line->role);
  json_object_set_string_member (object, "content", line->content);
  json_object_set_string_member (object, "rule", rule);
  json_object_set_string_member (object, "at", at);
  g_autoptr (GBytes) bytes = sc_json_to_bytes (object);
  g_autoptr (GError) error = NULL;
  gboolean held = self->hold (bytes, self->hold_data, &error);
  if (!held)
    g_printerr ("A line cannot be held: %s\n", error->message);
  return held;
}

static gboolean
is_moderator (const Line *line)
{
  return g_str_equal (line->role, "streamer") || g_str_equal (line->role, "moderator");
}

static GBytes *
review (const ScReviewer *self, const Line *line)
{
  g_autoptr (ScReviewRules) rules = sc_rules_cache_get (self->rules, line->room);
  if (!rules)
    return make_answer (is_moderator (line) ? NULL : "unavailable", line->content);
  const ScSaid said = {
    .room = line->room,
    .person = line->user_id,
    .is_moderator = is_moderator (line),
    .follows = line->follows,
    .text = line->content,
    .now_us = g_get_real_time (),
  };
  g_auto (ScReviewResult) result = { 0 };
  sc_room_review_check (self->review, rules, &said, &result);
  if (result.action == SC_RULE_HOLD && !hold (self, line, result.rule, said.now_us))
    return make_answer ("unavailable", NULL);
  return make_answer (*result.reason ? result.reason : NULL, result.text);
}

/**
 * sc_review_event_answer:
 * @event: an event of Amazon IVS Chat
 * @reviewer: (type ScReviewer): what reviews need
 * @error: an error of %SC_DATA_ERROR if it is no such event; the room's fallbackResult, DENY, then
 *   decides
 *
 * Reviews one line: an #ScRuntimeHandler. Any thread.
 *
 * Returns: (transfer full) (nullable): the answer for Amazon IVS Chat
 */
GBytes *
sc_review_event_answer (GBytes *event, gpointer reviewer, GError **error)
{
  g_autofree char *clean = NULL;
  Line line = { 0 };
  g_autoptr (JsonObject) object = sc_json_parse (event, SC_JSON_MAX_BYTES, error);
  const char *content =
    object ? sc_json_get_string (object, "Content", SC_JSON_MAX_BYTES, error) : NULL;
  if (!content || !read_line (object, &line, error))
    return NULL;
  ScLineVerdict verdict = sc_line_review (content, &clean);
  if (verdict != SC_LINE_ALLOWED)
    return make_answer (sc_line_verdict_get_reason (verdict), NULL);
  line.content = clean;
  return review (reviewer, &line);
}
