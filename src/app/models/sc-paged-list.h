/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

G_BEGIN_DECLS

/**
 * ScPagedListFunc:
 * @before: (nullable): a page's "older"; %NULL for the newest page
 * @user_data: as given
 *
 * Returns: (transfer full): a future that resolves to a %SC_TYPE_LIST_PAGE
 */
typedef DexFuture *(*ScPagedListFunc) (const char *before, gpointer user_data);

/**
 * ScPagedListUpdateFunc:
 * @shown: an item of the list
 * @newer: the same, as it came
 */
typedef void (*ScPagedListUpdateFunc) (gpointer shown, gpointer newer);

#define SC_TYPE_PAGED_LIST (sc_paged_list_get_type ())
G_DECLARE_FINAL_TYPE (ScPagedList, sc_paged_list, SC, PAGED_LIST, GObject)

ScPagedList *sc_paged_list_new (ScPagedListFunc ask, gpointer user_data);

void
sc_paged_list_set_keeping (ScPagedList *self, GEqualFunc is_same, ScPagedListUpdateFunc update);
void sc_paged_list_reload (ScPagedList *self);
void sc_paged_list_load_more (ScPagedList *self);

GListModel *sc_paged_list_get_items (ScPagedList *self);
gboolean sc_paged_list_get_loaded (ScPagedList *self);
gboolean sc_paged_list_get_has_more (ScPagedList *self);
const GError *sc_paged_list_get_error (ScPagedList *self);

G_END_DECLS
