/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-player.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_STATISTICS_OVERLAY (sc_statistics_overlay_get_type ())
G_DECLARE_FINAL_TYPE (ScStatisticsOverlay, sc_statistics_overlay, SC, STATISTICS_OVERLAY, AdwBin)

G_END_DECLS
