/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-provision.h"
#include "sct-control.h"

G_BEGIN_DECLS

/**
 * SctProvisioning:
 * @store: the database
 * @aws: a client of the control planes
 * @provisioner: what provisions
 * @ahead_us: how far its clock is ahead of the real one, microseconds
 * @control: (nullable): control planes whose time passes with it
 *
 * A provisioner over a database and control planes. Where it waits for a turn, nobody does: time
 * passes at once.
 */
typedef struct {
  ScStore *store;
  ScAws *aws;
  ScProvisioner *provisioner;
  gint64 ahead_us;
  SctControl *control;
} SctProvisioning;

SctProvisioning *sct_provisioning_new (const char *conninfo, const char *url);
SctProvisioning *sct_provisioning_new_hasty (const char *conninfo, const char *url);
void sct_provisioning_free (SctProvisioning *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SctProvisioning, sct_provisioning_free)

void sct_provisioning_pass (SctProvisioning *self, gint64 time_us);
gint64 sct_provisioning_add_user (SctProvisioning *self, const char *name);
void sct_provisioning_advance (SctProvisioning *self, gint64 user_id);
void sct_provisioning_finish (SctProvisioning *self, gint64 user_id);
guint sct_provisioning_sweep (SctProvisioning *self, gboolean dry_run);
char *sct_provisioning_dup_state (SctProvisioning *self, gint64 user_id);
gint64 sct_provisioning_ask (SctProvisioning *self, const char *sql, gint64 user_id);

G_END_DECLS
