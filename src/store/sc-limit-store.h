/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-store-query.h"

G_BEGIN_DECLS

#define SC_LIMIT_KEY_SIZE 32

/* A place where somebody has not been for as long as a session lives at most is not theirs any
 * more; twenty are more than a person signs in from. */
#define SC_KNOWN_PLACE_AGE_US (90 * G_TIME_SPAN_DAY)
#define SC_KNOWN_PLACES_PER_USER 20

/**
 * ScLimit:
 * @key: what is limited, a SHA-256
 * @burst: how often it may happen at once
 * @every_us: after how long it may happen once more, in microseconds
 */
typedef struct {
  guint8 key[SC_LIMIT_KEY_SIZE];
  guint burst;
  gint64 every_us;
} ScLimit;

/**
 * ScKnownAsker:
 * @name: the account that is asked for
 * @place: (array fixed-size=32): the network it is asked from
 * @token_hash: (nullable) (array fixed-size=32): SHA-256 of the token that came with it
 * @now: microseconds since the epoch
 */
typedef struct {
  const char *name;
  const guint8 *place;
  const guint8 *token_hash;
  gint64 now;
} ScKnownAsker;

/**
 * ScKnown:
 * @place: the account has signed in from this network
 * @session: the token is one of the account's
 */
typedef struct {
  gboolean place;
  gboolean session;
} ScKnown;

gboolean sc_limit_store_take (ScStoreConnection *connection,
                              const ScLimit *limit,
                              gint64 now,
                              gint64 *ret_wait_us,
                              GError **error);
gboolean
sc_limit_store_give_back (ScStoreConnection *connection, const ScLimit *limit, GError **error);
gboolean sc_limit_store_clear (ScStoreConnection *connection, const ScLimit *limit, GError **error);
gboolean sc_limit_store_find_known (ScStoreConnection *connection,
                                    const ScKnownAsker *asker,
                                    ScKnown *ret_known,
                                    GError **error);
gboolean sc_limit_store_note_place (ScStoreConnection *connection,
                                    const char *name,
                                    const guint8 *place,
                                    gint64 now,
                                    GError **error);
gboolean sc_limit_store_forget (ScStoreConnection *connection, gint64 now, GError **error);

G_END_DECLS
