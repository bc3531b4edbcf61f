/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Durations as people type them: "90", "10m", "2h", "3d", "1h30m". Pure, any thread. */

#include "config.h"

#include "sc-chat-duration.h"

static const struct {
  char letter;
  guint seconds;
} units[] = {
  { 's', 1 }, { 'm', 60 }, { 'h', 60 * 60 }, { 'd', 24 * 60 * 60 }, { 'w', 7 * 24 * 60 * 60 },
};

static guint
get_unit (char letter)
{
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (units[i].letter == g_ascii_tolower (letter))
      return units[i].seconds;
  return 0;
}

/* Reads "10m", or digits to the end, which are seconds. */
static gboolean
read_part (const char **at, guint max_seconds, guint64 *total)
{
  guint64 number = 0;
  if (!g_ascii_isdigit (**at))
    return FALSE;
  for (; g_ascii_isdigit (**at); (*at)++)
    number = MIN (number * 10 + (guint64) g_ascii_digit_value (**at), (guint64) max_seconds + 1);
  guint unit = **at ? get_unit (**at) : 1;
  if (**at)
    (*at)++;
  *total += number * unit;
  return unit > 0 && *total <= max_seconds;
}

/**
 * sc_chat_duration_parse:
 * @text: what somebody typed: numbers with s, m, h, d or w behind them; the last without is seconds
 * @max_seconds: the longest
 * @ret_seconds: (out): the duration; untouched on failure
 *
 * Returns: whether it is a duration of at most @max_seconds
 */
gboolean
sc_chat_duration_parse (const char *text, guint max_seconds, guint *ret_seconds)
{
  guint64 total = 0;
  const char *at = text;
  do {
    if (!read_part (&at, max_seconds, &total))
      return FALSE;
  } while (*at);
  *ret_seconds = (guint) total;
  return TRUE;
}
