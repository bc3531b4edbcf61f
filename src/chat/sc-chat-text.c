/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a chat message may hold: one line of visible text. The same is done to what people type and
 * to what comes from others. Pure functions, any thread. */

#include "config.h"

#include "sc-chat-text.h"

/* What a review puts in place of a character that is not to be read. */
#define MASK 0x2022

/* Characters that turn the direction of all that follows, beyond their own message. */
static gboolean
is_direction_override (gunichar character)
{
  return (character >= 0x202A && character <= 0x202E) ||
         (character >= 0x2066 && character <= 0x2069);
}

static gboolean
is_dropped (gunichar character)
{
  return g_unichar_type (character) == G_UNICODE_CONTROL || is_direction_override (character);
}

/**
 * sc_chat_text_clean:
 * @text: valid UTF-8
 *
 * Turns line breaks and tabs into spaces, takes out all other control characters, and spaces at
 * both ends.
 *
 * Returns: (transfer full): the text, perhaps empty
 */
char *
sc_chat_text_clean (const char *text)
{
  GString *clean = g_string_sized_new (64);
  gboolean space = FALSE;
  for (const char *at = text; *at; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    if (g_unichar_isspace (character) || character == 0x2028 || character == 0x2029) {
      space = TRUE;
      continue;
    }
    if (is_dropped (character))
      continue;
    if (space && clean->len > 0)
      g_string_append_c (clean, ' ');
    space = FALSE;
    g_string_append_unichar (clean, character);
  }
  return g_string_free_and_steal (clean);
}

/**
 * sc_chat_text_length:
 * @text: valid UTF-8
 *
 * Returns: how many code points of it would be sent
 */
gsize
sc_chat_text_length (const char *text)
{
  g_autofree char *clean = sc_chat_text_clean (text);
  return (gsize) g_utf8_strlen (clean, -1);
}

static gboolean
may_become (gunichar said, gunichar seen)
{
  return seen == said || seen == MASK || seen == g_unichar_tolower (said);
}

/**
 * sc_chat_text_is_reviewed:
 * @seen: clean text as everybody sees it
 * @said: clean text as somebody typed it
 *
 * A review may put dots in place of letters, make capitals small, and leave out what goes on and on
 * (moderation/sc-room-review.c).
 *
 * Returns: whether @seen may be what a review made of @said, or left as it was
 */
gboolean
sc_chat_text_is_reviewed (const char *seen, const char *said)
{
  gunichar before = 0;
  for (; *said; said = g_utf8_next_char (said)) {
    gunichar character = g_utf8_get_char (said);
    if (*seen && may_become (character, g_utf8_get_char (seen)))
      seen = g_utf8_next_char (seen);
    else if (character != before)
      return FALSE;
    before = character;
  }
  return !*seen;
}
