/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-service.h"

G_BEGIN_DECLS

typedef struct _ScTicker ScTicker;

/**
 * ScTickFunc:
 * @service: a service
 * @error: what went wrong, which is said in the log
 *
 * Returns: %TRUE if nothing did
 */
typedef gboolean (*ScTickFunc) (ScService *service, GError **error);

ScTicker *sc_ticker_new (ScService *service, ScTickFunc func, guint seconds);
void sc_ticker_free (ScTicker *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScTicker, sc_ticker_free)

G_END_DECLS
