/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-store-query.h"

G_BEGIN_DECLS

/* More than anybody follows with their own eyes; the answer has them all. */
#define SC_FOLLOWS_MAX 500

gboolean sc_follow_store_set (ScStoreConnection *connection,
                              gint64 person_id,
                              gint64 user_id,
                              gint64 now,
                              GError **error);
gboolean sc_follow_store_unset (ScStoreConnection *connection,
                                gint64 person_id,
                                gint64 user_id,
                                GError **error);
char **sc_follow_store_list (ScStoreConnection *connection, gint64 person_id, GError **error);

G_END_DECLS
