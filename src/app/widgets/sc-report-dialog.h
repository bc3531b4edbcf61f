/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-line.h"
#include "sc-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_REPORT_DIALOG (sc_report_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ScReportDialog, sc_report_dialog, SC, REPORT_DIALOG, AdwDialog)

void sc_report_dialog_present (GtkWidget *parent,
                               ScClient *client,
                               const char *channel,
                               ScChatLine *line);

G_END_DECLS
