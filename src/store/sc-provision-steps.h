/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-store.h"

G_BEGIN_DECLS

/**
 * ScProvisionKind:
 *
 * What a step makes: one channel, one chat room and one stage for each user.
 */
typedef enum {
  SC_PROVISION_CHANNEL,
  SC_PROVISION_ROOM,
  SC_PROVISION_STAGE,
} ScProvisionKind;

/**
 * ScProvisionState:
 * @SC_PROVISION_WANTED: no call is under way, the next one is a Create
 * @SC_PROVISION_CALLING: a Create may be under way
 * @SC_PROVISION_UNCLEAR: the next call is a List
 * @SC_PROVISION_FOUND: the next call is a GetChannel
 * @SC_PROVISION_DETAILED: the next call is a ListStreamKeys
 * @SC_PROVISION_DONE: the resource is there
 */
typedef enum {
  SC_PROVISION_WANTED,
  SC_PROVISION_CALLING,
  SC_PROVISION_UNCLEAR,
  SC_PROVISION_FOUND,
  SC_PROVISION_DETAILED,
  SC_PROVISION_DONE,
} ScProvisionState;

/**
 * ScProvisionStep:
 * @user_id: whose it is
 * @name: the user's name
 * @deployment: which database's resources these are
 * @kind: what it makes
 * @state: how far it is
 * @token: (nullable): what the resource's name carries, a UUID
 * @arn: (nullable): the resource
 * @page: (nullable): where a List is to go on
 * @attempts: calls since the last success
 * @reason: (nullable): why the channel cannot be had now
 * @refers_to: (nullable): what the resource was told to refer to, where that is known now
 * @lease: proves who may write the outcome
 * @next_at: not before this time, microseconds since the epoch
 *
 * A row of provision_steps as its holder works on it.
 */
typedef struct {
  gint64 user_id;
  char *name;
  char *deployment;
  ScProvisionKind kind;
  ScProvisionState state;
  char *token;
  char *arn;
  char *page;
  guint attempts;
  const char *reason;
  char *refers_to;
  char *lease;
  gint64 next_at;
} ScProvisionStep;

/**
 * ScProvisionDetails:
 *
 * Columns of the channel that a step found out; %NULL leaves a column as it is.
 */
typedef struct {
  char *playback_url;
  char *ingest_endpoint;
  char *stream_key_arn;
  char *channel_type;
  char *latency_mode;
} ScProvisionDetails;

void sc_provision_step_free (ScProvisionStep *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScProvisionStep, sc_provision_step_free)

gboolean sc_provision_steps_insert (ScStoreConnection *connection,
                                    gint64 user_id,
                                    gint64 now_us,
                                    GError **error);
gboolean sc_provision_steps_take (ScStoreConnection *connection,
                                  gint64 user_id,
                                  gint64 now_us,
                                  ScProvisionStep **ret_step,
                                  GError **error);
gboolean sc_provision_steps_put (ScStoreConnection *connection,
                                 const ScProvisionStep *step,
                                 const ScProvisionDetails *details,
                                 GError **error);
/**
 * ScProvisionWanted:
 * @channel: (nullable): what channels are to refer to; %NULL to leave them
 * @room: (nullable): what rooms are to refer to; %NULL to leave them
 * @now: microseconds since the epoch
 */
typedef struct {
  const char *channel;
  const char *room;
  gint64 now;
} ScProvisionWanted;

gboolean sc_provision_steps_take_outdated (ScStoreConnection *connection,
                                           const ScProvisionWanted *wanted,
                                           ScProvisionStep **ret_step,
                                           GError **error);
gboolean sc_provision_steps_put_refreshed (ScStoreConnection *connection,
                                           const ScProvisionStep *step,
                                           GError **error);
gboolean sc_provision_steps_know (ScStoreConnection *connection,
                                  const char *arn,
                                  const char *token,
                                  gboolean *ret_known,
                                  GError **error);

char *sc_provision_steps_dup_deployment (ScStoreConnection *connection, GError **error);

gboolean sc_call_buckets_take (ScStoreConnection *connection,
                               const char *operation,
                               gint64 *ret_wait_us,
                               GError **error);

G_END_DECLS
