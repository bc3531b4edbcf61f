/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-set-up-words.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_SET_UP_ROW (sc_set_up_row_get_type ())
G_DECLARE_FINAL_TYPE (ScSetUpRow, sc_set_up_row, SC, SET_UP_ROW, AdwActionRow)

void sc_set_up_row_show (ScSetUpRow *self, ScSetUpStep step, ScSetUpStep present);

G_END_DECLS
