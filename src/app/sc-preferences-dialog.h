/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-session.h"
#include "sc-streamer-mode.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_PREFERENCES_DIALOG (sc_preferences_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ScPreferencesDialog,
                      sc_preferences_dialog,
                      SC,
                      PREFERENCES_DIALOG,
                      AdwPreferencesDialog)

ScPreferencesDialog *
sc_preferences_dialog_new (GSettings *settings, ScSession *session, ScStreamerMode *mode);

G_END_DECLS
