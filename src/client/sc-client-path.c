/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-client-path.h"

/**
 * sc_client_path:
 * @first: the first segment
 * @...: the others, %NULL-terminated
 *
 * Returns: (transfer full): "/v1" with the segments, each escaped
 */
char *
sc_client_path (const char *first, ...)
{
  GString *path = g_string_new ("/v1");
  va_list arguments;
  va_start (arguments, first);
  for (const char *segment = first; segment; segment = va_arg (arguments, const char *)) {
    g_string_append_c (path, '/');
    g_string_append_uri_escaped (path, segment, NULL, FALSE);
  }
  va_end (arguments);
  return g_string_free_and_steal (path);
}

/**
 * sc_client_path_with_query:
 * @path: a path
 * @name: the name of a parameter
 * @...: its value, then more names and values, %NULL-terminated at the place of a name; a value
 * that is empty leaves its parameter out
 *
 * Returns: (transfer full): the path with a query of the parameters that have values, each escaped
 */
char *
sc_client_path_with_query (const char *path, const char *name, ...)
{
  GString *whole = g_string_new (path);
  char separator = '?';
  va_list arguments;
  va_start (arguments, name);
  for (const char *at = name; at; at = va_arg (arguments, const char *)) {
    const char *value = va_arg (arguments, const char *);
    if (!*value)
      continue;
    g_string_append_printf (whole, "%c%s=", separator, at);
    g_string_append_uri_escaped (whole, value, NULL, FALSE);
    separator = '&';
  }
  va_end (arguments);
  return g_string_free_and_steal (whole);
}
