/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SC_NAME_COLOURS 12

const char *sc_name_colour (const char *user_id, gboolean dark);
const char *sc_name_colour_at (guint index, gboolean dark);

G_END_DECLS
