/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_LOAD_VIEW (sc_load_view_get_type ())
G_DECLARE_FINAL_TYPE (ScLoadView, sc_load_view, SC, LOAD_VIEW, AdwBin)

void sc_load_view_show_loading (ScLoadView *self);
void sc_load_view_show_content (ScLoadView *self);
void sc_load_view_show_error (ScLoadView *self, const GError *error);

G_END_DECLS
