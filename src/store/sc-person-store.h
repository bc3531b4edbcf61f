/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-role.h"
#include "sc-store-query.h"

G_BEGIN_DECLS

/**
 * ScPersonRow:
 * @id: the user's number
 * @public_id: who they are to others
 * @name: what they are called
 * @role: what they are in the room
 * @since: when they signed up, microseconds since the epoch
 * @follows: whether they follow the channel
 * @avatar: (nullable): the key of their picture in the bucket
 *
 * Somebody, as a channel's moderators see them.
 */
typedef struct {
  gint64 id;
  char *public_id;
  char *name;
  ScChatRole role;
  gint64 since;
  gboolean follows;
  char *avatar;
} ScPersonRow;

void sc_person_row_free (ScPersonRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScPersonRow, sc_person_row_free)

gboolean sc_person_store_find (ScStoreConnection *connection,
                               gint64 user_id,
                               const char *public_id,
                               ScPersonRow **ret_row,
                               GError **error);
gboolean sc_person_store_find_named (ScStoreConnection *connection,
                                     gint64 user_id,
                                     const char *name,
                                     ScPersonRow **ret_row,
                                     GError **error);
GPtrArray *sc_person_store_list_lines (ScStoreConnection *connection,
                                       gint64 user_id,
                                       const char *public_id,
                                       GError **error);
gboolean sc_person_store_set_moderator (ScStoreConnection *connection,
                                        gint64 user_id,
                                        gint64 person_id,
                                        gint64 now,
                                        gboolean *ret_changed,
                                        GError **error);
gboolean sc_person_store_unset_moderator (ScStoreConnection *connection,
                                          gint64 user_id,
                                          gint64 person_id,
                                          gboolean *ret_changed,
                                          GError **error);
gboolean sc_person_store_note_visit (ScStoreConnection *connection,
                                     gint64 user_id,
                                     gint64 person_id,
                                     gint64 now,
                                     gboolean *ret_noted,
                                     GError **error);

G_END_DECLS
