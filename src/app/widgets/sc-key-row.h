/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-client.h"
#include "sc-delay.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_KEY_ROW (sc_key_row_get_type ())
G_DECLARE_FINAL_TYPE (ScKeyRow, sc_key_row, SC, KEY_ROW, AdwActionRow)

void sc_key_row_set_client (ScKeyRow *self, ScClient *client);
void sc_key_row_set_passphrase (ScKeyRow *self);
void sc_key_row_copy (ScKeyRow *self);
void sc_key_row_toggle (ScKeyRow *self);
void sc_key_row_hide (ScKeyRow *self);
void sc_key_row_set_asks (ScKeyRow *self, gboolean asks);
void sc_key_row_set_delay (ScKeyRow *self, const ScDelay *delay);

G_END_DECLS
