/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *sc_hls_attribute_dup (const char *list, const char *name);
gboolean sc_hls_parse_integer (const char *text, guint64 max, guint64 *ret_value);
gboolean sc_hls_parse_decimal (const char *text, double max, double *ret_value);

G_END_DECLS
