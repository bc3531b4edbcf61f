/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The reasons of streamcat-review, as the ErrorMessage of a 406 brings them. Pure, any thread. */

#include "config.h"

#include "sc-chat-refusal.h"

#include <string.h>

/* A day: no slow mode is slower, and a countdown that is longer is a mistake. */
#define SECONDS_MAX (24 * 60 * 60)

static const struct {
  const char *word;
  ScChatRefusalCode code;
} words[] = {
  { "empty", SC_CHAT_REFUSAL_EMPTY },
  { "too_long", SC_CHAT_REFUSAL_TOO_LONG },
  { "control_character", SC_CHAT_REFUSAL_CONTROL_CHARACTER },
  { "term", SC_CHAT_REFUSAL_TERM },
  { "link", SC_CHAT_REFUSAL_LINK },
  { "repeat", SC_CHAT_REFUSAL_REPEAT },
  { "capitals", SC_CHAT_REFUSAL_CAPITALS },
  { "slow", SC_CHAT_REFUSAL_SLOW },
  { "followers_only", SC_CHAT_REFUSAL_FOLLOWERS_ONLY },
  { "read_only", SC_CHAT_REFUSAL_READ_ONLY },
  { "emoji_only", SC_CHAT_REFUSAL_EMOJI_ONLY },
  { "muted", SC_CHAT_REFUSAL_MUTED },
  { "held", SC_CHAT_REFUSAL_HELD },
  { "unavailable", SC_CHAT_REFUSAL_UNAVAILABLE },
};

static guint
parse_seconds (const char *text)
{
  guint64 seconds;
  return g_ascii_string_to_unsigned (text, 10, 1, SECONDS_MAX, &seconds, NULL) ? (guint) seconds
                                                                               : 0;
}

/**
 * sc_chat_refusal_parse:
 * @reason: (nullable): what the room said, "word" or "word:SECONDS"; foreign
 *
 * Returns: what it means; %SC_CHAT_REFUSAL_OTHER if it is not one of those words
 */
ScChatRefusal
sc_chat_refusal_parse (const char *reason)
{
  const char *colon = reason ? strchr (reason, ':') : NULL;
  g_autofree char *word = colon ? g_strndup (reason, (gsize) (colon - reason)) : g_strdup (reason);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (word, words[i].word) == 0)
      return (ScChatRefusal) { words[i].code, colon ? parse_seconds (colon + 1) : 0 };
  return (ScChatRefusal) { SC_CHAT_REFUSAL_OTHER, 0 };
}
