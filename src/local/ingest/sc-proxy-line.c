/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-proxy-line.h"

#include <gio/gio.h>
#include <string.h>

static gboolean
wrong (GError **error)
{
  g_set_error_literal (error,
                       SC_INGEST_ERROR,
                       SC_INGEST_ERROR_PROTOCOL,
                       "Not a PROXY protocol line");
  return FALSE;
}

/* Returns the source address of a line without its end, or NULL. */
static char *
find_address (const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 7);
  guint count = g_strv_length (words);
  if (count >= 2 && g_str_equal (words[0], "PROXY") && g_str_equal (words[1], "UNKNOWN"))
    return g_strdup ("unknown");
  if (count != 6 || !g_str_equal (words[0], "PROXY") ||
      (!g_str_equal (words[1], "TCP4") && !g_str_equal (words[1], "TCP6")))
    return NULL;
  return g_hostname_is_ip_address (words[2]) ? g_strdup (words[2]) : NULL;
}

/**
 * sc_proxy_line_read:
 * @data: the connection's first bytes
 * @size: how many
 * @ret_consumed: (out): how many of them are the line
 * @ret_address: (out) (transfer full): the address of whom the proxy speaks for
 * @error: an error of %SC_INGEST_ERROR
 *
 * Reads the line that a proxy puts before what it passes on ("The PROXY protocol", version 1).
 *
 * Returns: %TRUE with the address; %FALSE without @error when more bytes are needed; %FALSE with
 * @error when there is no such line
 */
gboolean
sc_proxy_line_read (const guint8 *data,
                    gsize size,
                    gsize *ret_consumed,
                    char **ret_address,
                    GError **error)
{
  const guint8 *end = memmem (data, MIN (size, SC_PROXY_LINE_MAX), "\r\n", 2);
  if (!end)
    return size < SC_PROXY_LINE_MAX ? FALSE : wrong (error);
  g_autofree char *line = g_strndup ((const char *) data, (gsize) (end - data));
  char *address = find_address (line);
  if (!address)
    return wrong (error);
  *ret_address = address;
  *ret_consumed = (gsize) (end - data) + 2;
  return TRUE;
}
