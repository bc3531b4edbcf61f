/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-ban.h"
#include "sc-store-query.h"

G_BEGIN_DECLS

/**
 * ScMutedFunc:
 * @user_id: the public id of who may not speak
 * @until: until when, microseconds since the epoch; 0 for good
 * @user_data: what was given with the function
 */
typedef void (*ScMutedFunc) (const char *user_id, gint64 until, gpointer user_data);

/**
 * ScBanQuery:
 * @user_id: the channel's owner
 * @now: microseconds since the epoch
 * @before_at: only what comes after this place, microseconds since the epoch; 0 for from the newest
 * @before_id: (nullable): the public id at that place
 * @limit: how many at most
 *
 * A page of who is banned from a room.
 */
typedef struct {
  gint64 user_id;
  gint64 now;
  gint64 before_at;
  const char *before_id;
  guint limit;
} ScBanQuery;

gboolean sc_ban_store_settle (ScStoreConnection *connection,
                              gint64 user_id,
                              gint64 person_id,
                              gint64 now,
                              GError **error);
gboolean sc_ban_store_find (ScStoreConnection *connection,
                            gint64 user_id,
                            gint64 person_id,
                            gint64 now,
                            ScChatBan **ret_ban,
                            GError **error);
GPtrArray *
sc_ban_store_list (ScStoreConnection *connection, const ScBanQuery *query, GError **error);
gboolean sc_ban_store_list_muted (ScStoreConnection *connection,
                                  gint64 user_id,
                                  gint64 now,
                                  ScMutedFunc func,
                                  gpointer user_data,
                                  GError **error);
gboolean sc_ban_store_forget_over (ScStoreConnection *connection, gint64 now, GError **error);

G_END_DECLS
