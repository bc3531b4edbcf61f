/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

AdwNavigationView *sc_on_show_get_navigation (GtkWindow *window);
GStrv sc_on_show_dup_channels (void);

G_END_DECLS
