/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-player.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_SPEED_BUTTON (sc_speed_button_get_type ())
G_DECLARE_FINAL_TYPE (ScSpeedButton, sc_speed_button, SC, SPEED_BUTTON, AdwBin)

gboolean sc_speed_button_step (ScSpeedButton *self, int steps);
gboolean sc_speed_button_is_open (ScSpeedButton *self);

G_END_DECLS
