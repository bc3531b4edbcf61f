/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-errand-store.h"

G_BEGIN_DECLS

/* How long nobody gets the name of an account that is gone: longer than most people who look for
 * somebody by name need to hear that they left. */
#define SC_NAME_RESERVED_US (30 * G_TIME_SPAN_DAY)

gboolean sc_account_removal_run (ScStoreConnection *connection,
                                 const ScErrand *errand,
                                 gint64 now,
                                 GError **error);
gboolean sc_account_removal_free_names (ScStoreConnection *connection, gint64 now, GError **error);

G_END_DECLS
