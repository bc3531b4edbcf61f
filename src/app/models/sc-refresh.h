/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-client.h"
#include "sc-list-page.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ScRefresh:
 * @interval_ms: how long after an answer the next question comes
 * @ask: asks about a name; returns a future that resolves to an object, or to a %SC_TYPE_LIST_PAGE
 *   for @take_page
 * @take: takes the object, or why there is none: @error is (transfer full)
 * @take_page: (nullable): instead of @take, takes the page, or why there is none
 *
 * How something is kept up to date. Static: whoever refreshes keeps the pointer.
 */
typedef struct {
  guint interval_ms;
  DexFuture *(*ask) (ScClient *client, const char *name);
  void (*take) (gpointer owner, gpointer answer, GError *error);
  void (*take_page) (gpointer owner, const ScListPage *page, GError *error);
} ScRefresh;

DexFuture *sc_refresh_start (const ScRefresh *refresh,
                             gpointer owner,
                             ScClient *client,
                             const char *name) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *sc_refresh_start_within (const ScRefresh *refresh,
                                    gpointer owner,
                                    ScClient *client,
                                    const char *name,
                                    guint spread_ms) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
