/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The longest words that are looked for, in characters: all of a category and some more. */
#define SC_SEARCH_MAX 100

/* How many of a kind are found at most. */
#define SC_SEARCH_RESULTS_MAX 24

/**
 * ScSearchResults:
 * @channels: the #ScChannel whose names were looked for, the likeliest first
 * @live: other #ScChannel that are live, with titles that were looked for
 * @categories: the #ScCategory that were looked for
 *
 * What was found.
 */
typedef struct {
  GListStore *channels;
  GListStore *live;
  GListStore *categories;
} ScSearchResults;

#define SC_TYPE_SEARCH_RESULTS (sc_search_results_get_type ())
GType sc_search_results_get_type (void);

ScSearchResults *sc_search_results_copy (const ScSearchResults *self);
void sc_search_results_free (ScSearchResults *self);
ScSearchResults *sc_search_results_from_json (JsonObject *object, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScSearchResults, sc_search_results_free)

G_END_DECLS
