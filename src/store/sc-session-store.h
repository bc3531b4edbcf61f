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

/**
 * ScSessionRow:
 * @id: what it is ended by; opens nothing
 * @device: (nullable): what its machine is called
 * @created_at: when it began, microseconds since the epoch, as all times here
 * @used_at: when it was used, to the hour
 * @expires_at: when it ends at the latest
 * @is_current: whether it is the one that asks
 *
 * A session as its person sees it.
 */
typedef struct {
  char *id;
  char *device;
  gint64 created_at;
  gint64 used_at;
  gint64 expires_at;
  gboolean is_current;
} ScSessionRow;

void sc_session_row_free (ScSessionRow *self);

gboolean sc_session_store_insert (ScStoreConnection *connection,
                                  const guint8 *token_hash,
                                  gint64 user_id,
                                  const char *device,
                                  gint64 now,
                                  GError **error);
gboolean sc_session_store_find_user (ScStoreConnection *connection,
                                     const guint8 *token_hash,
                                     gint64 now,
                                     ScUser **ret_user,
                                     GError **error);
gboolean
sc_session_store_delete (ScStoreConnection *connection, const guint8 *token_hash, GError **error);
GPtrArray *sc_session_store_list (ScStoreConnection *connection,
                                  gint64 user_id,
                                  const guint8 *token_hash,
                                  gint64 now,
                                  GError **error);
gboolean sc_session_store_end (ScStoreConnection *connection,
                               gint64 user_id,
                               const char *id,
                               gboolean *ret_ended,
                               GError **error);
gboolean sc_session_store_end_all (ScStoreConnection *connection,
                                   gint64 user_id,
                                   const guint8 *kept,
                                   GError **error);
gboolean
sc_session_store_forget_expired (ScStoreConnection *connection, gint64 now, GError **error);

G_END_DECLS
