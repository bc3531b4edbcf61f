/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-held-queue.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_HELD_ROW (sc_held_row_get_type ())
G_DECLARE_FINAL_TYPE (ScHeldRow, sc_held_row, SC, HELD_ROW, GtkListBoxRow)

ScHeldRow *sc_held_row_new (ScHeldQueue *queue, ScHeldLine *line);
ScHeldLine *sc_held_row_get_line (ScHeldRow *self);
void sc_held_row_show_age (ScHeldRow *self, gint64 now);

G_END_DECLS
