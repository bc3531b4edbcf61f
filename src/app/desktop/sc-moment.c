/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How people write a moment of a recording: 90, 90s, 1m30s, 1:30, 1:02:03. Pure, any thread. */

#include "config.h"

#include "sc-moment.h"

#include "sc-recording.h"

#include <string.h>

/* No number in a moment is longer: 48 hours have 172800 seconds. */
#define DIGITS_MAX 6

/* Takes a number off the start of @text. */
static gboolean
take_number (const char **text, gint64 *ret_number)
{
  gsize size = strspn (*text, G_CSET_DIGITS);
  if (size == 0 || size > DIGITS_MAX)
    return FALSE;
  *ret_number = g_ascii_strtoll (*text, NULL, 10);
  *text += size;
  return TRUE;
}

/* Hours, minutes and seconds, with colons between them: the last one is seconds. */
static gboolean
read_clock (const char *text, gint64 *ret_seconds)
{
  gint64 seconds = 0;
  for (guint i = 0; i < 3; i++) {
    gint64 number = 0;
    if (!take_number (&text, &number) || (i > 0 && number > 59))
      return FALSE;
    seconds = seconds * 60 + number;
    if (*text == '\0') {
      *ret_seconds = seconds;
      return TRUE;
    }
    if (*text++ != ':')
      return FALSE;
  }
  return FALSE;
}

/* Numbers with their units, each unit once at most and the larger one first. */
static gboolean
read_units (const char *text, gint64 *ret_seconds)
{
  static const struct {
    char unit;
    gint64 seconds;
  } units[] = { { 'h', 3600 }, { 'm', 60 }, { 's', 1 } };
  gint64 seconds = 0;
  guint next = 0;
  while (*text != '\0') {
    gint64 number = 0;
    if (!take_number (&text, &number))
      return FALSE;
    while (next < G_N_ELEMENTS (units) && units[next].unit != *text)
      next++;
    if (next == G_N_ELEMENTS (units))
      return FALSE;
    seconds += number * units[next++].seconds;
    text++;
  }
  *ret_seconds = seconds;
  return TRUE;
}

/**
 * sc_moment_parse:
 * @text: what somebody wrote
 * @ret_us: (out): the moment, microseconds from the start of a recording; untouched on failure
 *
 * Any thread.
 *
 * Returns: whether it is a moment that a recording can have
 */
gboolean
sc_moment_parse (const char *text, gint64 *ret_us)
{
  gint64 seconds = 0;
  if (*text == '\0' || (!read_clock (text, &seconds) && !read_units (text, &seconds)) ||
      seconds > SC_RECORDING_MAX_MS / 1000)
    return FALSE;
  *ret_us = seconds * G_USEC_PER_SEC;
  return TRUE;
}
