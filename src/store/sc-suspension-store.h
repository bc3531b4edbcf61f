/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-store-query.h"

G_BEGIN_DECLS

/**
 * ScSuspect:
 * @id: the user's number
 * @public_id: who they are to others
 * @name: their name
 * @is_suspended: whether they are suspended now
 * @channel_arn: (nullable): their channel
 * @stream_key_arn: (nullable): its key
 *
 * Somebody whom an operator suspends, or lets in again.
 */
typedef struct {
  gint64 id;
  char *public_id;
  char *name;
  gboolean is_suspended;
  char *channel_arn;
  char *stream_key_arn;
} ScSuspect;

void sc_suspect_free (ScSuspect *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScSuspect, sc_suspect_free)

gboolean sc_suspension_store_find (ScStoreConnection *connection,
                                   const char *name,
                                   ScSuspect **ret_suspect,
                                   GError **error);
gboolean sc_suspension_store_set (ScStoreConnection *connection,
                                  gint64 user_id,
                                  const char *reason,
                                  gint64 now,
                                  GError **error);
gint64
sc_suspension_store_end_sessions (ScStoreConnection *connection, gint64 user_id, GError **error);
gboolean sc_suspension_store_set_key (ScStoreConnection *connection,
                                      gint64 user_id,
                                      const char *stream_key_arn,
                                      GError **error);
GArray *sc_suspension_store_list_visited (ScStoreConnection *connection,
                                          gint64 user_id,
                                          gint64 since,
                                          GError **error);

G_END_DECLS
