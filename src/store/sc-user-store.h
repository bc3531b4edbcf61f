/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-store-query.h"

G_BEGIN_DECLS

/* Joins to a user U when the account is to go; once it is going, that is past. */
#define SC_USER_DELETION_OF_U                                                                      \
  "LEFT JOIN LATERAL (SELECT CASE step WHEN 'waiting' THEN next_at ELSE '1970-01-02Z' END"         \
  " AS deletes_at FROM errands WHERE user_id = u.id AND kind = 'deletion') e ON TRUE"

/**
 * ScUser:
 * @id: its number in the database
 * @name: its name as it was chosen
 * @password_hash: (nullable): what sc_passwords_verify() compares with; only where it was asked for
 * @suspended_reason: (nullable): why they may not sign in; only where it was asked for
 * @deletes_at: when the account goes for good, microseconds since the epoch, long past once it is
 *   going; 0 where it stays
 */
typedef struct {
  gint64 id;
  char *name;
  char *password_hash;
  char *suspended_reason;
  gint64 deletes_at;
} ScUser;

void sc_user_free (ScUser *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScUser, sc_user_free)
ScUser *sc_user_from_row (ScStoreResult *result);

gboolean sc_user_store_insert (ScStoreConnection *connection,
                               const char *name,
                               const char *password_hash,
                               gint64 *ret_id,
                               GError **error);
gboolean sc_user_store_find (ScStoreConnection *connection,
                             const char *name,
                             ScUser **ret_user,
                             GError **error);

G_END_DECLS
