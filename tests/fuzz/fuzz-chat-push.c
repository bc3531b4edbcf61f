/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-chat-mentions.h"
#include "sc-chat-parts.h"
#include "sc-chat-push.h"
#include "sc-chat-refusal.h"
#include "sct-fuzz.h"

#include <string.h>

/* What a chat room sends, as the app reads it: each line of the input is a message. */

#define EVENT(name, attributes)                                                                    \
  "{\"Type\":\"EVENT\",\"EventName\":\"" name "\",\"Attributes\":{" attributes "}}\n"

GByteArray *
sct_fuzz_seed (void)
{
  static const char seed[] =
    "{\"Type\":\"MESSAGE\",\"Id\":\"WhO6MW6iRdS5\",\"RequestId\":\"r\",\"Content\":\"bb\\u202eiab!"
    " @mia\",\"SendTime\":\"2023-01-05T14:33:32.894089757Z\",\"Sender\":{\"UserId\":\"7575\","
    "\"Attributes\":{\"name\":\"mia\",\"role\":\"moderator\"}}}\n"
    "{\"Type\":\"ERROR\",\"ErrorCode\":406,\"ErrorMessage\":\"slow:17\"}\n" EVENT (
      "aws:DELETE_MESSAGE",
      "\"MessageID\":\"i\"") EVENT ("aws:DISCONNECT_USER", "\"UserId\":\"u\"")
      EVENT ("streamcat:PURGED", "\"UserId\":\"u\",\"ActionId\":\"a\"")
        EVENT ("streamcat:RESTORED", "\"MessageId\":\"m\",\"ActionId\":\"a\"")
          EVENT ("streamcat:MODES",
                 "\"SlowSeconds\":\"30\",\"FollowersOnly\":\"0\",\"ReadOnly\":\"1\","
                 "\"EmojiOnly\":\"0\"")
            EVENT ("streamcat:APPROVED",
                   "\"Id\":\"h\",\"UserId\":\"u\",\"Name\":\"bob\",\"Role\":\"viewer\","
                   "\"Content\":\"x\",\"Part\":\"1\",\"Parts\":\"2\"")
              EVENT ("streamcat:ROLE", "\"UserId\":\"u\",\"Role\":\"moderator\"")
                EVENT ("streamcat:HELD", "\"Count\":\"3\"")
                  EVENT ("streamcat:CHANNEL", "\"State\":\"live\",\"StreamId\":\"st-1\"");
  GByteArray *bytes = g_byte_array_new ();
  g_byte_array_append (bytes, (const guint8 *) seed, sizeof seed - 1);
  return bytes;
}

static void
check_message (const ScChatPush *message)
{
  g_assert (message->id && message->user_id && message->request_id);
  g_autoptr (GArray) mentions = sc_chat_mentions_find (message->text);
  for (guint i = 0; i < mentions->len; i++)
    g_assert (g_array_index (mentions, ScChatMention, i).end <= strlen (message->text));
}

static void
check (GBytes *bytes, ScChatParts *parts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScChatPush) push = sc_chat_push_parse (bytes, &error);
  g_assert ((push == NULL) == (error != NULL));
  if (!push)
    return;
  g_assert (push->request_id);
  g_assert (!push->text || g_utf8_validate (push->text, -1, NULL));
  if (push->kind == SC_CHAT_PUSH_MESSAGE)
    check_message (push);
  if (push->kind == SC_CHAT_PUSH_ERROR)
    sc_chat_refusal_parse (push->text);
  if (push->kind != SC_CHAT_PUSH_APPROVED)
    return;
  g_autoptr (ScChatPush) whole = sc_chat_parts_take (parts, push);
  if (whole)
    check_message (whole);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (ScChatParts) parts = sc_chat_parts_new ();
  const guint8 *end = data + size;
  while (data < end) {
    const guint8 *line_end = memchr (data, '\n', (gsize) (end - data));
    if (!line_end)
      line_end = end;
    g_autoptr (GBytes) bytes = g_bytes_new (data, (gsize) (line_end - data));
    check (bytes, parts);
    data = line_end < end ? line_end + 1 : end;
  }
  return 0;
}
