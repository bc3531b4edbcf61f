/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-http.h"

#include <libdex.h>

G_BEGIN_DECLS

typedef struct _ScAhead ScAhead;

ScAhead *sc_ahead_new (void);
void sc_ahead_free (ScAhead *self);
void sc_ahead_ask (ScAhead *self, ScHttp *http, const char *url, gint64 now);
DexFuture *sc_ahead_take (ScAhead *self, const char *url, gint64 now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScAhead, sc_ahead_free)

G_END_DECLS
