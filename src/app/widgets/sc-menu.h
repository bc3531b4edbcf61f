/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void sc_menu_name_items (GtkWidget *menu);
void sc_menu_empty (GMenuModel *menu);
void sc_menu_mend (GtkMenuButton *button);
void sc_menu_name_button (GtkMenuButton *button, const char *name);

G_END_DECLS
