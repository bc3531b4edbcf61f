/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-time.h"

#include "sc-error.h"

/**
 * sc_time_to_string:
 * @time_us: microseconds since the epoch
 *
 * Returns: (transfer full): the time as RFC 3339 in UTC with milliseconds,
 *   "2026-10-08T12:26:32.089Z"
 */
char *
sc_time_to_string (gint64 time_us)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc_usec (time_us);
  g_autofree char *seconds = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S");
  return g_strdup_printf ("%s.%03dZ", seconds, g_date_time_get_microsecond (time) / 1000);
}

/**
 * sc_time_to_string_exact:
 * @time_us: microseconds since the epoch
 *
 * Returns: (transfer full): the time as RFC 3339 in UTC with all that is known of it,
 *   "2026-10-08T12:26:32.089123Z"
 */
char *
sc_time_to_string_exact (gint64 time_us)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc_usec (time_us);
  g_autofree char *seconds = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S");
  return g_strdup_printf ("%s.%06dZ", seconds, g_date_time_get_microsecond (time));
}

/**
 * sc_time_from_string:
 * @text: an RFC 3339 time with a zone; up to nine digits after the second, as Amazon IVS Chat sends
 * @ret_time_us: (out): microseconds since the epoch; untouched on failure
 * @error: %SC_DATA_ERROR_RANGE
 *
 * Returns: %TRUE if @text is a time
 */
gboolean
sc_time_from_string (const char *text, gint64 *ret_time_us, GError **error)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);
  if (!time) {
    g_set_error_literal (error, SC_DATA_ERROR, SC_DATA_ERROR_RANGE, "Not a time of RFC 3339");
    return FALSE;
  }
  *ret_time_us = g_date_time_to_unix_usec (time);
  return TRUE;
}
