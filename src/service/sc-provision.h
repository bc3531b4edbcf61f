/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-aws.h"
#include "sc-store.h"

G_BEGIN_DECLS

typedef struct _ScProvisioner ScProvisioner;

/**
 * ScProvisionClock:
 * @user_data: as given to sc_provisioner_set_clock()
 *
 * Returns: the time, microseconds since the epoch
 */
typedef gint64 (*ScProvisionClock) (gpointer user_data);

/**
 * ScProvisionConfig:
 * @channel_type: (nullable): the type of every channel, BASIC without one
 * @recording_arn: (nullable): the recording configuration of every channel
 * @chat_logging_arn: (nullable): the logging configuration of every room
 * @chat_review_arn: (nullable): the function that reviews every message of every room
 *
 * What the resources refer to.
 */
typedef struct {
  const char *channel_type;
  const char *recording_arn;
  const char *chat_logging_arn;
  const char *chat_review_arn;
} ScProvisionConfig;

/**
 * ScProvisionOutcome:
 * @SC_PROVISION_IDLE: nothing is due now
 * @SC_PROVISION_MOVED: a call was made; there may be more to do
 */
typedef enum {
  SC_PROVISION_IDLE,
  SC_PROVISION_MOVED,
} ScProvisionOutcome;

ScProvisioner *sc_provisioner_new (ScStore *store, ScAws *aws, const ScProvisionConfig *config);
void sc_provisioner_set_clock (ScProvisioner *self, ScProvisionClock clock, gpointer user_data);
void sc_provisioner_free (ScProvisioner *self);
/* Of each channel that is made; its owner may have it changed. */
#define SC_PROVISION_LATENCY_MODE "LOW"

const char *sc_provisioner_get_channel_type (ScProvisioner *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScProvisioner, sc_provisioner_free)

gboolean
sc_provision_begin (ScStoreConnection *connection, gint64 user_id, gint64 now_us, GError **error);
gboolean sc_provision_advance (ScProvisioner *self,
                               gint64 user_id,
                               ScProvisionOutcome *ret_outcome,
                               GError **error);
gboolean sc_provision_resume (ScProvisioner *self, gint64 until_us, GError **error);
gboolean sc_provision_refresh (ScProvisioner *self, gint64 until_us, GError **error);
gboolean
sc_provision_janitor (ScProvisioner *self, gboolean dry_run, GPtrArray **ret_arns, GError **error);

G_END_DECLS
