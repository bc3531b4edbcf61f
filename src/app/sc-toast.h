/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void sc_toast_show (GtkWidget *widget, AdwToast *toast);
void sc_toast (GtkWidget *widget, const char *text);
void sc_toast_error (GtkWidget *widget, const char *what, const GError *error);

G_END_DECLS
