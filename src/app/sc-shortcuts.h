/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void sc_shortcuts_install (GtkApplication *application);
void sc_shortcuts_dialog_present (GtkWidget *parent);

G_END_DECLS
