/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-store.h"

G_BEGIN_DECLS

/**
 * ScMigrationFunc:
 * @user_data: the data given with it
 * @ret_applied: (out): how many migrations were missing
 * @error: why the tables are not those of the program
 *
 * Brings the database up to date. Blocks.
 *
 * Returns: %TRUE if it is
 */
typedef gboolean (*ScMigrationFunc) (gpointer user_data, guint *ret_applied, GError **error);

GBytes *sc_migration_handle (GBytes *event,
                             gint64 deadline_us,
                             ScMigrationFunc migrate,
                             gpointer user_data,
                             GError **error);

G_END_DECLS
