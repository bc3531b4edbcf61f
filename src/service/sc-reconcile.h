/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-ivs-shapes.h"
#include "sc-service.h"

G_BEGIN_DECLS

gboolean sc_reconcile_run (ScService *service, GError **error);

gboolean
sc_reconcile_note (ScService *service, const ScIvsStream *stream, gint64 asked_at, GError **error);

G_END_DECLS
