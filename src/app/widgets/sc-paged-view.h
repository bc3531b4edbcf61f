/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-paged-list.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_PAGED_VIEW (sc_paged_view_get_type ())
G_DECLARE_FINAL_TYPE (ScPagedView, sc_paged_view, SC, PAGED_VIEW, AdwBin)

void sc_paged_view_set_list (ScPagedView *self,
                             ScPagedList *list,
                             GtkListBoxCreateWidgetFunc make_row,
                             gpointer user_data);

G_END_DECLS
