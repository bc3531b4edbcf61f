/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-session.h"
#include "sc-streamer-mode.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_ACCOUNT_DIALOG (sc_account_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ScAccountDialog, sc_account_dialog, SC, ACCOUNT_DIALOG, AdwPreferencesDialog)

void sc_account_dialog_present (GtkWidget *parent, ScSession *session, ScStreamerMode *mode);

G_END_DECLS
