/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-store.h"

G_BEGIN_DECLS

/**
 * ScLease:
 * @name: what it is for
 * @holder: who holds it; the same holder may take it again before it ends
 * @until_us: when it ends, microseconds since the epoch
 */
typedef struct {
  const char *name;
  const char *holder;
  gint64 until_us;
} ScLease;

gboolean sc_leases_take (ScStoreConnection *connection,
                         const ScLease *lease,
                         gint64 now_us,
                         gboolean *ret_taken,
                         GError **error);

G_END_DECLS
