/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void sc_page_focus_begin (AdwNavigationPage *page, GtkWidget *field);

G_END_DECLS
