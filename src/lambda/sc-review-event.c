/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The door for Amazon IVS Chat's message review handler ("Amazon IVS Chat User Guide, Chat Message
 * Review Handler"): an event to a review, an answer back. */

#include "config.h"

#include "sc-review-event.h"

#include "sc-json.h"
#include "sc-line-review.h"

/* The answer must have a content of at least one character, though nobody sees that of a denied
 * line. */
#define DENIED_CONTENT "-"

static GBytes *
make_answer (ScLineVerdict verdict, const char *clean)
{
  /* What a writer attaches to a line nobody has read, so it goes no further. */
  JsonObject *attributes = json_object_new ();
  if (verdict != SC_LINE_ALLOWED)
    json_object_set_string_member (attributes, "Reason", sc_line_verdict_get_reason (verdict));
  g_autoptr (JsonObject) answer = json_object_new ();
  json_object_set_string_member (answer, "Content", clean ? clean : DENIED_CONTENT);
  json_object_set_string_member (answer,
                                 "ReviewResult",
                                 verdict == SC_LINE_ALLOWED ? "ALLOW" : "DENY");
  json_object_set_object_member (answer, "Attributes", attributes);
  return sc_json_to_bytes (answer);
}

/**
 * sc_review_event_answer:
 * @event: an event of Amazon IVS Chat
 * @unused: nothing
 * @error: an error of %SC_DATA_ERROR if it is no such event; the room's fallbackResult, DENY, then
 *   decides
 *
 * Reviews one line: an #ScRuntimeHandler. Any thread.
 *
 * Returns: (transfer full) (nullable): the answer for Amazon IVS Chat
 */
GBytes *
sc_review_event_answer (GBytes *event, gpointer unused, GError **error)
{
  g_autofree char *clean = NULL;
  g_autoptr (JsonObject) object = sc_json_parse (event, SC_JSON_MAX_BYTES, error);
  const char *line =
    object ? sc_json_get_string (object, "Content", SC_JSON_MAX_BYTES, error) : NULL;
  if (!line)
    return NULL;
  ScLineVerdict verdict = sc_line_review (line, &clean);
  return make_answer (verdict, clean);
}
