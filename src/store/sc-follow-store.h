/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-follow.h"
#include "sc-store-query.h"

G_BEGIN_DECLS

/* More than anybody follows with their own eyes: whether it is live is looked up for each. */
#define SC_FOLLOWS_MAX 2000

gboolean sc_follow_store_set (ScStoreConnection *connection,
                              gint64 person_id,
                              gint64 user_id,
                              gint64 now,
                              gboolean *ret_full,
                              GError **error);
gboolean sc_follow_store_unset (ScStoreConnection *connection,
                                gint64 person_id,
                                gint64 user_id,
                                GError **error);
gboolean sc_follow_store_read (ScStoreConnection *connection,
                               gint64 person_id,
                               gint64 user_id,
                               ScFollow *ret_follow,
                               GError **error);
gboolean sc_follow_store_set_notify (ScStoreConnection *connection,
                                     gint64 person_id,
                                     gint64 user_id,
                                     gboolean notify,
                                     gboolean *ret_following,
                                     GError **error);

G_END_DECLS
