/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-player.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_QUALITY_BUTTON (sc_quality_button_get_type ())
G_DECLARE_FINAL_TYPE (ScQualityButton, sc_quality_button, SC, QUALITY_BUTTON, AdwBin)

void sc_quality_button_open (ScQualityButton *self);
gboolean sc_quality_button_is_open (ScQualityButton *self);

G_END_DECLS
