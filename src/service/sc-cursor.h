/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-line-store.h"

G_BEGIN_DECLS

char *sc_cursor_from_place (const ScLinePlace *place);
gboolean sc_cursor_to_place (const char *cursor, ScLinePlace *ret_place);
char *sc_cursor_from_arrival (gint64 arrival);
gboolean sc_cursor_to_arrival (const char *cursor, gint64 *ret_arrival);
char *sc_cursor_from_texts (const char *const *texts);
char **sc_cursor_to_texts (const char *cursor, guint n_texts);

G_END_DECLS
