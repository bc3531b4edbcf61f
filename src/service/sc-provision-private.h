/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-provision-steps.h"
#include "sc-provision.h"

G_BEGIN_DECLS

/* The tags of everything that provisioning makes. The janitor touches nothing without them, and the
 * template lets us create and delete nothing without the first. */
#define SC_PROVISION_TAG_PROJECT "project"
#define SC_PROVISION_TAG_DEPLOYMENT "deployment"
#define SC_PROVISION_TAG_TOKEN "token"
#define SC_PROVISION_TAG_CREATED "created"
#define SC_PROVISION_PROJECT "streamcat"

struct _ScProvisioner {
  ScStore *store;
  ScAws *aws;
  char *channel_type;
  char *recording_arn;
  char *chat_logging_arn;
  char *chat_review_arn;
  ScProvisionClock clock;
  gpointer clock_data;
};

gint64 sc_provisioner_now (ScProvisioner *self);
char *sc_provision_refers_to (ScProvisioner *self, ScProvisionKind kind);
gboolean sc_provision_perform (ScProvisioner *self,
                               ScProvisionStep *step,
                               ScProvisionDetails *details,
                               GError **error);

G_END_DECLS
