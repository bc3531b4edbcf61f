/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-streamer-mode.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_PRIVATE_COVER (sc_private_cover_get_type ())
G_DECLARE_FINAL_TYPE (ScPrivateCover, sc_private_cover, SC, PRIVATE_COVER, AdwBin)

void sc_private_cover_set_mode (ScPrivateCover *self, ScStreamerMode *mode);

G_END_DECLS
