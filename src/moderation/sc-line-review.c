/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The review of a line of chat, before anybody sees it. Pure functions; any thread. */

#include "config.h"

#include "sc-line-review.h"

#include <string.h>

/* Characters that are no text: they end the line, or turn the text around them, and with it what
 * other lines seem to say. Those that join emoji and letters (U+200C, U+200D) are text. */
static gboolean
is_forbidden (gunichar character)
{
  return g_unichar_iscntrl (character) ||                  /* Cc: NUL, newline, escape */
         character == 0x2028 || character == 0x2029 ||     /* line and paragraph separator */
         (character >= 0x202a && character <= 0x202e) ||   /* embeddings and overrides */
         (character >= 0x2066 && character <= 0x2069) ||   /* isolates */
         (character >= 0xe0001 && character <= 0xe001f) || /* language tags, never seen */
         (character & 0xfffe) == 0xfffe ||                 /* noncharacters */
         (character >= 0xfdd0 && character <= 0xfdef);
}

/* U+E0000 is what chat programs append to say the same twice. */
static gboolean
is_blank (gunichar character)
{
  return g_unichar_isspace (character) || character == 0x200b || character == 0xfeff ||
         character == 0xe0000;
}

/* The line without what cannot be seen at its ends. */
static char *
trim (const char *line)
{
  const char *end = line + strlen (line);
  while (line < end && is_blank (g_utf8_get_char (line)))
    line = g_utf8_next_char (line);
  while (line < end && is_blank (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);
  return g_strndup (line, end - line);
}

/**
 * sc_line_review:
 * @line: a line as its writer sent it
 * @ret_clean: (out): the line as others may read it; untouched where they may not
 *
 * Says whether a line may be read by others.
 *
 * Returns: the verdict
 */
ScLineVerdict
sc_line_review (const char *line, char **ret_clean)
{
  if (!g_utf8_validate (line, -1, NULL))
    return SC_LINE_CHARACTER;
  for (const char *at = line; *at; at = g_utf8_next_char (at)) {
    if (is_forbidden (g_utf8_get_char (at)))
      return SC_LINE_CHARACTER;
  }
  g_autofree char *clean = trim (line);
  if (!*clean)
    return SC_LINE_EMPTY;
  if (g_utf8_strlen (clean, -1) > SC_LINE_MAX)
    return SC_LINE_TOO_LONG;
  *ret_clean = g_steal_pointer (&clean);
  return SC_LINE_ALLOWED;
}

/**
 * sc_line_verdict_get_reason:
 * @verdict: a verdict
 *
 * Returns: (nullable): the word by which the writer's program knows why, %NULL where it is allowed
 */
const char *
sc_line_verdict_get_reason (ScLineVerdict verdict)
{
  static const char *const reasons[] = {
    [SC_LINE_ALLOWED] = NULL,
    [SC_LINE_EMPTY] = "empty",
    [SC_LINE_TOO_LONG] = "too_long",
    [SC_LINE_CHARACTER] = "control_character",
  };
  return reasons[verdict];
}
