/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A point in time is a gint64 of microseconds since 1970-01-01T00:00:00Z, as g_get_real_time()
 * gives it, everywhere in this program. 0 stands for "never". */

/* The end of the year 9999 (RFC 3339 has four digits), less a day for zones. */
#define SC_TIME_MAX_US G_GINT64_CONSTANT (253402214400000000)

char *sc_time_to_string (gint64 time_us);
char *sc_time_to_string_exact (gint64 time_us);
gboolean sc_time_from_string (const char *text, gint64 *ret_time_us, GError **error);

G_END_DECLS
