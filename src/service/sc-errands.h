/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-errand-store.h"
#include "sc-service.h"

G_BEGIN_DECLS

/**
 * ScErrandCall:
 * @service: a service
 * @aws: the client of AWS
 * @errand: an errand that was taken
 *
 * A step of an errand on its way.
 */
typedef struct {
  ScService *service;
  ScAws *aws;
  ScErrand *errand;
} ScErrandCall;

gboolean sc_errands_advance (ScService *service,
                             ScAws *aws,
                             gint64 user_id,
                             gboolean *ret_moved,
                             GError **error);
void sc_errands_advance_for_a_while (ScService *service, gint64 user_id);
gboolean sc_errands_resume (ScService *service, gint64 until_us, GError **error);
gboolean sc_errands_is_gone (GError **error);
gint64 sc_errands_delay (guint before, const GError *error);

/* sc-key-reset.c, sc-account-deletion.c, sc-channel-settings.c: one step each. %TRUE if its call
 * succeeded, with the errand moved on; else any error of the layers below, with the errand where it
 * goes on. */
gboolean sc_key_reset_perform (ScErrandCall *call, GError **error);
gboolean sc_account_deletion_perform (ScErrandCall *call, GError **error);
gboolean sc_channel_settings_perform (ScErrandCall *call, GError **error);

G_END_DECLS
