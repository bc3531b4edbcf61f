/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-settings.h"
#include "sc-store-query.h"

G_BEGIN_DECLS

/**
 * ScChatRulesLease:
 * @user_id: the channel's owner
 * @lease: a random uuid
 * @now: microseconds since the epoch
 * @until: when the lease ends by itself
 *
 * What one takes to be the only one who writes a room's rules into the bucket.
 */
typedef struct {
  gint64 user_id;
  const char *lease;
  gint64 now;
  gint64 until;
} ScChatRulesLease;

gboolean sc_chat_settings_store_get (ScStoreConnection *connection,
                                     gint64 user_id,
                                     ScChatSettings **ret_settings,
                                     GError **error);
gboolean sc_chat_settings_store_set (ScStoreConnection *connection,
                                     gint64 user_id,
                                     const ScChatSettings *settings,
                                     GError **error);
gboolean
sc_chat_settings_store_want (ScStoreConnection *connection, gint64 user_id, GError **error);
gboolean sc_chat_settings_store_take (ScStoreConnection *connection,
                                      const ScChatRulesLease *lease,
                                      gint64 *ret_version,
                                      char **ret_room_id,
                                      GError **error);
gboolean sc_chat_settings_store_finish (ScStoreConnection *connection,
                                        const ScChatRulesLease *lease,
                                        gint64 version,
                                        GError **error);
gboolean sc_chat_settings_store_give_up (ScStoreConnection *connection,
                                         const ScChatRulesLease *lease,
                                         gint64 next_at,
                                         GError **error);
gboolean sc_chat_settings_store_has_written (ScStoreConnection *connection,
                                             gint64 user_id,
                                             gboolean *ret_has_written,
                                             GError **error);
GArray *sc_chat_settings_store_list_behind (ScStoreConnection *connection,
                                            gint64 now,
                                            guint max,
                                            GError **error);

G_END_DECLS
