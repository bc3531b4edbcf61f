/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-category.h"
#include "sc-store-query.h"

G_BEGIN_DECLS

/**
 * ScSearchWords:
 * @folded: the words in small letters, without accents; empty if there is nothing to look for
 * @prefix: what begins with them, a pattern of LIKE
 * @within: what has them in it, a pattern of LIKE
 *
 * What is looked for, as the database compares it.
 */
typedef struct {
  char *folded;
  char *prefix;
  char *within;
} ScSearchWords;

/**
 * ScCategoryPlace:
 * @viewers: how many watch it
 * @n_live: how many channels show it
 * @key: the category in small letters, without accents
 *
 * A place in the list of categories, which begins with the most watched.
 */
typedef struct {
  gint64 viewers;
  gint64 n_live;
  const char *key;
} ScCategoryPlace;

/**
 * ScCategoryRow:
 * @category: the category, by the name that most give it
 * @key: the same in small letters, without accents
 */
typedef struct {
  ScCategory *category;
  char *key;
} ScCategoryRow;

void sc_search_words_clear (ScSearchWords *self);
void sc_category_row_free (ScCategoryRow *self);

gboolean sc_search_store_fold (ScStoreConnection *connection,
                               const char *text,
                               ScSearchWords *ret_words,
                               GError **error);
GArray *sc_search_store_find_channels (ScStoreConnection *connection,
                                       const ScSearchWords *words,
                                       guint limit,
                                       GError **error);
GArray *sc_search_store_find_streams (ScStoreConnection *connection,
                                      const ScSearchWords *words,
                                      guint limit,
                                      GError **error);
GPtrArray *sc_search_store_find_categories (ScStoreConnection *connection,
                                            const ScSearchWords *words,
                                            guint limit,
                                            GError **error);
GPtrArray *sc_search_store_list_categories (ScStoreConnection *connection,
                                            const ScCategoryPlace *after,
                                            guint limit,
                                            GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ScSearchWords, sc_search_words_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScCategoryRow, sc_category_row_free)

G_END_DECLS
