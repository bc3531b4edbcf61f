/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-own-channel.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_AVATAR_ROW (sc_avatar_row_get_type ())
G_DECLARE_FINAL_TYPE (ScAvatarRow, sc_avatar_row, SC, AVATAR_ROW, AdwActionRow)

void sc_avatar_row_set_own_channel (ScAvatarRow *self, ScOwnChannel *own_channel);
void sc_avatar_row_upload (ScAvatarRow *self, GFile *file);

G_END_DECLS
