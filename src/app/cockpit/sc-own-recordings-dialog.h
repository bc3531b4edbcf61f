/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_OWN_RECORDINGS_DIALOG (sc_own_recordings_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ScOwnRecordingsDialog,
                      sc_own_recordings_dialog,
                      SC,
                      OWN_RECORDINGS_DIALOG,
                      AdwDialog)

ScOwnRecordingsDialog *sc_own_recordings_dialog_new (ScClient *client);

G_END_DECLS
