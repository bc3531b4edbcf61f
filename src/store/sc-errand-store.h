/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-store.h"

G_BEGIN_DECLS

/**
 * ScErrandKind:
 * @SC_ERRAND_KEY: the channel gets another stream key
 * @SC_ERRAND_DELETION: the account goes for good
 * @SC_ERRAND_SETTINGS: the channel gets another type or latency mode
 *
 * What is to be done for a user.
 */
typedef enum {
  SC_ERRAND_KEY,
  SC_ERRAND_DELETION,
  SC_ERRAND_SETTINGS,
} ScErrandKind;

/**
 * ScErrandStep:
 *
 * Where an errand is: what its next call is for. The migration that makes the table tells them.
 */
typedef enum {
  SC_ERRAND_DELETE,
  SC_ERRAND_STOP,
  SC_ERRAND_CREATE,
  SC_ERRAND_CALLING,
  SC_ERRAND_UNCLEAR,
  SC_ERRAND_WAITING,
  SC_ERRAND_ALL_KEYS,
  SC_ERRAND_STAGE,
  SC_ERRAND_ROOM,
  SC_ERRAND_CHANNEL,
  SC_ERRAND_OBJECTS,
  SC_ERRAND_ROWS,
  SC_ERRAND_UPDATE,
  SC_ERRAND_DONE, /* of a key and of settings; no row has it */
} ScErrandStep;

/**
 * ScErrand:
 * @user_id: whose it is
 * @kind: what it is
 * @step: how far it is
 * @key_arn: (nullable): the stream key that is to go; at %SC_ERRAND_DONE the new one
 * @stops: whether a running stream is to end too
 * @wanted_type: (nullable): the channel's type from now on
 * @wanted_latency_mode: (nullable): the channel's latency mode from now on
 * @attempts: calls since the last success
 * @lease: proves who may write the outcome
 * @next_at: not before this time, microseconds since the epoch
 * @channel_arn: (nullable): the user's channel
 * @room_arn: (nullable): the user's room
 * @stage_arn: (nullable): the user's stage
 *
 * A row of errands as its holder works on it.
 */
typedef struct {
  gint64 user_id;
  ScErrandKind kind;
  ScErrandStep step;
  char *key_arn;
  gboolean stops;
  char *wanted_type;
  char *wanted_latency_mode;
  guint attempts;
  char *lease;
  gint64 next_at;
  char *channel_arn;
  char *room_arn;
  char *stage_arn;
} ScErrand;

void sc_errand_free (ScErrand *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScErrand, sc_errand_free)

/**
 * ScErrandWish:
 * @user_id: whose errand, or 0 for anybody's
 * @now: microseconds since the epoch
 *
 * Which errand to take.
 */
typedef struct {
  gint64 user_id;
  gint64 now;
} ScErrandWish;

gboolean sc_errand_store_begin_key (ScStoreConnection *connection,
                                    gint64 user_id,
                                    gboolean stops,
                                    gint64 now,
                                    GError **error);
gboolean sc_errand_store_begin_settings (ScStoreConnection *connection,
                                         const ScErrand *wanted,
                                         GError **error);
gboolean sc_errand_store_begin_deletion (ScStoreConnection *connection,
                                         gint64 user_id,
                                         gint64 *deletes_at,
                                         GError **error);
gboolean sc_errand_store_take_back_deletion (ScStoreConnection *connection,
                                             gint64 user_id,
                                             gint64 now,
                                             gboolean *ret_taken_back,
                                             GError **error);
gboolean sc_errand_store_take (ScStoreConnection *connection,
                               const ScErrandWish *wish,
                               ScErrand **ret_errand,
                               GError **error);
gboolean
sc_errand_store_put (ScStoreConnection *connection, const ScErrand *errand, GError **error);
GPtrArray *
sc_errand_store_list_buckets (ScStoreConnection *connection, gint64 user_id, GError **error);

G_END_DECLS
