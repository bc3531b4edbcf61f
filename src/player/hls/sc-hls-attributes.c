/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-hls-attributes.h"

#include <string.h>

/* Attribute lists and the numbers in them (RFC 8216, 4.2). Pure functions. */

/* Returns where a value ends: at the comma that is not inside quotes, or the end of the list;
 * %NULL if a quote is left open. */
static const char *
find_value_end (const char *value)
{
  gboolean quoted = FALSE;
  for (; *value; value++) {
    if (*value == '"')
      quoted = !quoted;
    else if (*value == ',' && !quoted)
      break;
  }
  return quoted ? NULL : value;
}

/* Returns a value without the quotes around it. */
static char *
dup_value (const char *value, const char *end)
{
  if (end - value >= 2 && *value == '"' && end[-1] == '"')
    return g_strndup (value + 1, end - value - 2);
  return g_strndup (value, end - value);
}

/**
 * sc_hls_attribute_dup:
 * @list: an attribute list, `NAME=value,OTHER="a, b"`
 * @name: whose value to give
 *
 * What stands behind a mistake in the list is not there.
 *
 * Returns: (transfer full) (nullable): the value, without quotes; of several the first
 */
char *
sc_hls_attribute_dup (const char *list, const char *name)
{
  gsize length = strlen (name);
  while (list) {
    list += strspn (list, " \t");
    const char *equals = strchr (list, '=');
    const char *end = equals ? find_value_end (equals + 1) : NULL;
    if (!end)
      return NULL;
    if ((gsize) (equals - list) == length && strncmp (list, name, length) == 0)
      return dup_value (equals + 1, end);
    list = *end ? end + 1 : NULL;
  }
  return NULL;
}

/**
 * sc_hls_parse_integer:
 * @text: (nullable): digits and nothing else
 * @max: the most that it may be
 * @ret_value: (out): the number
 *
 * Returns: whether @text is a number up to @max
 */
gboolean
sc_hls_parse_integer (const char *text, guint64 max, guint64 *ret_value)
{
  return text && g_ascii_string_to_unsigned (text, 10, 0, max, ret_value, NULL);
}

/**
 * sc_hls_parse_decimal:
 * @text: (nullable): digits with at most one point
 * @max: the most that it may be
 * @ret_value: (out): the number
 *
 * Returns: whether @text is a number from 0 to @max
 */
gboolean
sc_hls_parse_decimal (const char *text, double max, double *ret_value)
{
  if (!text || !g_ascii_isdigit (text[0]) || text[strspn (text, "0123456789.")])
    return FALSE;
  char *end = NULL;
  double value = g_ascii_strtod (text, &end);
  if (*end || !(value <= max))
    return FALSE;
  *ret_value = value;
  return TRUE;
}
