/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-player.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_LIVE_NOTES (sc_live_notes_get_type ())
G_DECLARE_FINAL_TYPE (ScLiveNotes, sc_live_notes, SC, LIVE_NOTES, AdwBin)

void sc_live_notes_set_starving (ScLiveNotes *self, gboolean starving);

G_END_DECLS
