/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* How many items a page of a list has at most. */
#define SC_LIST_PAGE_MAX 100

/**
 * ScItemReader:
 * @object: an item as our API writes it
 * @error: an error of %SC_DATA_ERROR
 *
 * Returns: (transfer full) (nullable): a #GObject of the item
 */
typedef gpointer (*ScItemReader) (JsonObject *object, GError **error);

/**
 * ScListPage:
 * @items: the items, in the order of the list
 * @older: (nullable): the cursor of the next page; %NULL if there is none
 *
 * Some of a list that is too long for one answer, the newest first.
 */
typedef struct {
  GListStore *items;
  char *older;
} ScListPage;

#define SC_TYPE_LIST_PAGE (sc_list_page_get_type ())
GType sc_list_page_get_type (void);

ScListPage *sc_list_page_copy (const ScListPage *self);
void sc_list_page_free (ScListPage *self);
ScListPage *sc_list_page_from_json (JsonObject *object,
                                    const char *member,
                                    GType type,
                                    ScItemReader reader,
                                    GError **error);
GListStore *sc_list_from_json (JsonObject *object,
                               const char *member,
                               GType type,
                               ScItemReader reader,
                               GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScListPage, sc_list_page_free)

G_END_DECLS
