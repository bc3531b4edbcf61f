/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-player-live.h"

#include <gst/gst.h>

G_BEGIN_DECLS

ScPlayerQuality *sc_player_quality_from_value (const GValue *value);
int sc_player_quality_compare (gconstpointer one, gconstpointer other, gpointer user_data);

G_END_DECLS
