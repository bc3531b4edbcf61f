/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Another type or latency mode for a channel: an errand of one call that may be made twice. What is
 * wanted stands in the errand, what Amazon IVS has in the channel, which says nothing new before
 * that has said so. */

#include "config.h"

#include "sc-errands.h"
#include "sc-ivs.h"

/**
 * sc_channel_settings_perform:
 * @call: the step of a settings' errand
 * @error: any %SC_AWS_ERROR; a channel that is live after all is %SC_AWS_ERROR_CONFLICT
 *
 * Makes the step's one call.
 *
 * Returns: %TRUE if the call succeeded
 */
gboolean
sc_channel_settings_perform (ScErrandCall *call, GError **error)
{
  ScErrand *errand = call->errand;
  g_return_val_if_fail (errand->step == SC_ERRAND_UPDATE, FALSE);
  if (!sc_ivs_update_channel_delivery (call->aws,
                                       errand->channel_arn,
                                       errand->wanted_type,
                                       errand->wanted_latency_mode,
                                       error))
    return FALSE;
  errand->step = SC_ERRAND_DONE;
  return TRUE;
}
