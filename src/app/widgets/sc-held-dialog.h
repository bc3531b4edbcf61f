/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-held-queue.h"
#include "sc-streamer-mode.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_HELD_DIALOG (sc_held_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ScHeldDialog, sc_held_dialog, SC, HELD_DIALOG, AdwDialog)

ScHeldDialog *sc_held_dialog_new (ScHeldQueue *queue, ScStreamerMode *mode);

G_END_DECLS
