/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-pictures.h"
#include "sc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_SEARCH_VIEW (sc_search_view_get_type ())
G_DECLARE_FINAL_TYPE (ScSearchView, sc_search_view, SC, SEARCH_VIEW, AdwBin)

void sc_search_view_watch (ScSearchView *self,
                           ScSession *session,
                           ScPictures *pictures,
                           GtkSearchEntry *entry);
gboolean sc_search_view_get_active (ScSearchView *self);

G_END_DECLS
