/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-following.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_BELL_BUTTON (sc_bell_button_get_type ())
G_DECLARE_FINAL_TYPE (ScBellButton, sc_bell_button, SC, BELL_BUTTON, AdwBin)

void sc_bell_button_show (ScBellButton *self, ScFollowing *following);

G_END_DECLS
