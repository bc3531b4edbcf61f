/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-user-store.h"

G_BEGIN_DECLS

#define SC_RECOVERY_HASH_SIZE 32

gboolean sc_credential_store_set_recovery (ScStoreConnection *connection,
                                           gint64 id,
                                           const guint8 *recovery_hash,
                                           GError **error);
gboolean sc_credential_store_find_recovery (ScStoreConnection *connection,
                                            const char *name,
                                            const guint8 *recovery_hash,
                                            ScUser **ret_user,
                                            GError **error);
gboolean sc_credential_store_use_recovery (ScStoreConnection *connection,
                                           gint64 id,
                                           const guint8 *recovery_hash,
                                           gboolean *ret_used,
                                           GError **error);
gboolean sc_credential_store_change_password (ScStoreConnection *connection,
                                              const ScUser *user,
                                              const char *new_hash,
                                              gboolean *ret_changed,
                                              GError **error);
gboolean sc_credential_store_hold_password (ScStoreConnection *connection,
                                            const ScUser *user,
                                            gboolean *ret_same,
                                            GError **error);

G_END_DECLS
