/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-session.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ScSearchAsk:
 * @client: whom to ask
 *
 * Returns: (transfer full): a future that resolves to a %SC_TYPE_LIST_PAGE of #ScChannel: those
 * that may be found, the best first
 */
typedef DexFuture *(*ScSearchAsk) (ScClient *client);

/**
 * ScSearchProvider:
 *
 * Channels among the results of the desktop's search. Main thread only.
 */
typedef struct _ScSearchProvider ScSearchProvider;

ScSearchProvider *
sc_search_provider_new (GApplication *application, GDBusConnection *bus, ScSearchAsk ask);
void sc_search_provider_free (ScSearchProvider *self);
void sc_search_provider_set_server (ScSearchProvider *self, ScHttp *http, const char *server);
void sc_search_provider_set_session (ScSearchProvider *self, ScSession *session);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScSearchProvider, sc_search_provider_free)

G_END_DECLS
