/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void sc_menu_sections_empty (GMenuModel *menu);
void sc_menu_sections_empty_with (GtkMenuButton *button);

G_END_DECLS
