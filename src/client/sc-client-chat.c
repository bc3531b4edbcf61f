/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is for everybody in a room: the way in, what was said before, and reporting. */

#include "config.h"

#include "sc-chat-page.h"
#include "sc-chat-token.h"
#include "sc-client-call.h"
#include "sc-client-path.h"
#include "sc-json-members.h"
#include "sc-json.h"
#include "sc-validate.h"

/* The longest number of milliseconds, with its NUL. */
#define NUMBER_MAX 24

static gboolean
read_token (JsonObject *answer, GValue *ret_value, GError **error)
{
  JsonObject *object = sc_json_get_object (answer, "chat", error);
  ScChatToken *token = object ? sc_chat_token_from_json (object, error) : NULL;
  if (!token)
    return FALSE;
  g_value_init (ret_value, SC_TYPE_CHAT_TOKEN);
  g_value_take_boxed (ret_value, token);
  return TRUE;
}

/**
 * sc_client_create_chat_token:
 * @self: the client, with or without a token of its own
 * @name: the name of a channel
 *
 * POST /v1/channels/NAME/chat.
 *
 * Returns: (transfer full): a future that resolves to a %SC_TYPE_CHAT_TOKEN for one connection to
 *   the channel's room, or rejects with %SC_CLIENT_ERROR_NOT_FOUND,
 *   %SC_CLIENT_ERROR_CHANNEL_NOT_READY or %SC_CLIENT_ERROR_BANNED
 */
DexFuture *
sc_client_create_chat_token (ScClient *self, const char *name)
{
  g_autofree char *path = sc_client_path ("channels", name, "chat", NULL);
  return sc_client_call (self, "POST", path, NULL, read_token);
}

static gboolean
read_page (JsonObject *answer, GValue *ret_value, GError **error)
{
  ScChatPage *page = sc_chat_page_from_json (answer, error);
  if (!page)
    return FALSE;
  g_value_init (ret_value, SC_TYPE_CHAT_PAGE);
  g_value_take_boxed (ret_value, page);
  return TRUE;
}

static void
write_number (char text[NUMBER_MAX], gint64 number)
{
  if (number >= 0)
    g_snprintf (text, NUMBER_MAX, "%" G_GINT64_FORMAT, number);
  else
    text[0] = '\0';
}

/**
 * sc_client_chat_lines:
 * @self: the client
 * @channel: the name of a channel
 * @before: (nullable): the older end of a page, for what was said before it
 * @after: (nullable): the newer end of a page, for what came to the log after it; with neither it
 * is what was said last
 * @limit: how many lines at most, from 1 to %SC_CHAT_HISTORY_MAX
 *
 * GET /v1/channels/NAME/chat/lines. The log is late and not always in order: a line that comes late
 * may be on a page of either direction, and its id tells.
 *
 * Returns: (transfer full): a future that resolves to a %SC_TYPE_CHAT_PAGE
 */
DexFuture *
sc_client_chat_lines (ScClient *self,
                      const char *channel,
                      const char *before,
                      const char *after,
                      guint limit)
{
  char count[NUMBER_MAX];
  write_number (count, limit);
  g_autofree char *path = sc_client_path ("channels", channel, "chat", "lines", NULL);
  g_autofree char *whole = sc_client_path_with_query (path,
                                                      "before",
                                                      before ?: "",
                                                      "after",
                                                      after ?: "",
                                                      "limit",
                                                      count,
                                                      NULL);
  return sc_client_call (self, "GET", whole, NULL, read_page);
}

/**
 * sc_client_recording_chat:
 * @self: the client
 * @recording_id: a recording
 * @from_ms: for the first lines from this place on, milliseconds after the begin of the picture; or
 *   -1
 * @before_ms: for the last lines before this place, milliseconds after the begin of the picture; or
 *   -1
 * @cursor: (nullable): for those after an earlier page, its newer end
 * @limit: how many lines at most, from 1 to %SC_CHAT_REPLAY_MAX
 *
 * GET /v1/recordings/ID/chat. One of the three says which lines; without any it is the first ones.
 *
 * Returns: (transfer full): a future that resolves to a %SC_TYPE_CHAT_PAGE of lines with their
 *   offsets, or rejects with %SC_CLIENT_ERROR_NOT_FOUND
 */
DexFuture *
sc_client_recording_chat (ScClient *self,
                          const char *recording_id,
                          gint64 from_ms,
                          gint64 before_ms,
                          const char *cursor,
                          guint limit)
{
  char from[NUMBER_MAX], before[NUMBER_MAX], count[NUMBER_MAX];
  write_number (from, from_ms);
  write_number (before, before_ms);
  write_number (count, limit);
  g_autofree char *path = sc_client_path ("recordings", recording_id, "chat", NULL);
  g_autofree char *whole = sc_client_path_with_query (path,
                                                      "from_ms",
                                                      from,
                                                      "before_ms",
                                                      before,
                                                      "cursor",
                                                      cursor ?: "",
                                                      "limit",
                                                      count,
                                                      NULL);
  return sc_client_call (self, "GET", whole, NULL, read_page);
}

/**
 * sc_client_report:
 * @self: the client, with a token
 * @channel: the name of a channel
 * @report: what one complains about
 *
 * POST /v1/channels/NAME/reports.
 *
 * Returns: (transfer full): a future that resolves to %TRUE, or rejects with
 *   %SC_CLIENT_ERROR_TOO_MANY_REPORTS
 */
DexFuture *
sc_client_report (ScClient *self, const char *channel, const ScReport *report)
{
  static const char *const reasons[] = { "spam", "hate", "sexual", "violence", "other" };
  JsonObject *body = json_object_new ();
  json_object_set_string_member (body, "kind", report->line_id ? "line" : "channel");
  json_object_set_string_member (body, "reason", reasons[report->reason]);
  sc_json_add_string (body, "line_id", report->line_id);
  sc_json_add_string (body, "text", report->line_text);
  sc_json_add_string (body, "user_id", report->user_id);
  sc_json_add_string (body, "words", report->words);
  g_autofree char *path = sc_client_path ("channels", channel, "reports", NULL);
  return sc_client_call (self, "POST", path, body, NULL);
}
