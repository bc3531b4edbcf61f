/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-chat-push.h"
#include "sct-fuzz.h"

/* What a chat room sends, as the app reads it. */

GByteArray *
sct_fuzz_seed (void)
{
  static const char seed[] =
    "{\"Type\":\"MESSAGE\",\"Id\":\"WhO6MW6iRdS5\",\"RequestId\":\"r\",\"Content\":\"bb\\u202eiab!"
    "\","
    "\"SendTime\":\"2023-01-05T14:33:32.894089757Z\",\"Sender\":{\"UserId\":\"7575\","
    "\"Attributes\":{\"name\":\"mia\"}},\"ErrorCode\":400,\"ErrorMessage\":\"no\","
    "\"EventName\":\"aws:DELETE_MESSAGE\",\"Attributes\":{\"MessageID\":\"i\",\"UserId\":\"u\"}}";
  GByteArray *bytes = g_byte_array_new ();
  g_byte_array_append (bytes, (const guint8 *) seed, sizeof seed - 1);
  return bytes;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (ScChatPush) push = sc_chat_push_parse (bytes, &error);
  g_assert ((push == NULL) == (error != NULL));
  g_assert (!push || push->request_id);
  g_assert (!push || push->kind != SC_CHAT_PUSH_MESSAGE || (push->id && push->user_id));
  g_assert (!push || !push->text || g_utf8_validate (push->text, -1, NULL));
  return 0;
}
