/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-client.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ScSearchState:
 * @SC_SEARCH_IDLE: there is nothing to look for
 * @SC_SEARCH_LOADING: nothing has come yet
 * @SC_SEARCH_FOUND: something was found
 * @SC_SEARCH_NOTHING: nothing was found
 * @SC_SEARCH_FAILED: the server could not be asked
 *
 * How far a search is.
 */
typedef enum {
  SC_SEARCH_IDLE,
  SC_SEARCH_LOADING,
  SC_SEARCH_FOUND,
  SC_SEARCH_NOTHING,
  SC_SEARCH_FAILED,
} ScSearchState;

#define SC_TYPE_SEARCH (sc_search_get_type ())
G_DECLARE_FINAL_TYPE (ScSearch, sc_search, SC, SEARCH, GObject)

ScSearch *sc_search_new (ScClient *client);

void sc_search_set_words (ScSearch *self, const char *words);
void sc_search_retry (ScSearch *self);

ScSearchState sc_search_get_state (ScSearch *self);
const GError *sc_search_get_error (ScSearch *self);
const char *sc_search_get_found_words (ScSearch *self);
GListModel *sc_search_get_channels (ScSearch *self);
GListModel *sc_search_get_live (ScSearch *self);
GListModel *sc_search_get_categories (ScSearch *self);
guint sc_search_count (ScSearch *self);

G_END_DECLS
