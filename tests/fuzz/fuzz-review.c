/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-json.h"
#include "sc-line-review.h"
#include "sc-review-event.h"
#include "sct-fuzz.h"

#include <string.h>

/* A line of chat, as the review function is asked about it: whatever it is, the answer allows no
 * line that the rules deny, and none that is longer than it was. */

GByteArray *
sct_fuzz_seed (void)
{
  static const char event[] =
    "{\"Content\":\"hello \xe2\x80\xae \\u202e \\ud83d\\udc31 \\n\",\"MessageId\":\"I4fme01f7HYM\","
    "\"RoomArn\":\"arn:aws:ivschat:us-west-2:123456789012:room/g1H2I3j4k5L6\",\"Attributes\":{},"
    "\"Sender\":{\"UserId\":\"u\",\"Ip\":\"203.0.113.7\",\"Attributes\":{\"name\":\"ada\"}}}";
  GByteArray *bytes = g_byte_array_new ();
  g_byte_array_append (bytes, (const guint8 *) event, sizeof event - 1);
  return bytes;
}

static GBytes *
fetch (const char *room, gpointer user_data, GError **error)
{
  static const char rules[] =
    "{\"modes\":{},\"rules\":{\"links\":\"mask\",\"repeats\":\"mask\",\"capitals\":\"mask\"},"
    "\"languages\":[\"en\",\"de\"]}";
  return g_bytes_new_static (rules, sizeof rules - 1);
}

static gboolean
hold (GBytes *line, gpointer user_data, GError **error)
{
  return TRUE;
}

static ScReviewer *
get_reviewer (void)
{
  static ScReviewer reviewer;
  if (!reviewer.rules)
    reviewer = (ScReviewer) { sc_rules_cache_new (fetch, NULL), sc_room_review_new (), hold, NULL };
  return &reviewer;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) event = g_bytes_new (data, size);
  g_autoptr (GBytes) answer = sc_review_event_answer (event, get_reviewer (), &error);
  if (!answer)
    return 0;
  g_autoptr (JsonObject) object = sc_json_parse (answer, SC_JSON_MAX_BYTES, &error);
  g_assert_no_error (error);
  const char *content = json_object_get_string_member (object, "Content");
  g_autofree char *clean = NULL;
  g_assert_cmpint (sc_line_review (content, &clean), ==, SC_LINE_ALLOWED);
  g_assert_cmpstr (clean, ==, content);
  return 0;
}
