/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-user-store.h"

G_BEGIN_DECLS

#define SC_TOKEN_HASH_SIZE 32

/* A stolen token of a machine that is no longer used dies by itself; a desktop that is opened once
 * a fortnight stays signed in (ASVS 5.0, 7.3.1 and 7.3.2). */
#define SC_SESSION_IDLE_US (14 * G_TIME_SPAN_DAY)
#define SC_SESSION_AGE_US (90 * G_TIME_SPAN_DAY)

/* More machines than a person has; the one used longest ago is signed out by the next sign-in. */
#define SC_SESSIONS_PER_USER 20

gboolean sc_session_store_insert (ScStoreConnection *connection,
                                  const guint8 *token_hash,
                                  gint64 user_id,
                                  gint64 now,
                                  GError **error);
gboolean sc_session_store_find_user (ScStoreConnection *connection,
                                     const guint8 *token_hash,
                                     gint64 now,
                                     ScUser **ret_user,
                                     GError **error);
gboolean
sc_session_store_delete (ScStoreConnection *connection, const guint8 *token_hash, GError **error);
gboolean
sc_session_store_forget_expired (ScStoreConnection *connection, gint64 now, GError **error);

G_END_DECLS
