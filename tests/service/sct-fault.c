/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-fault.h"

const SctFault sct_faults[SCT_N_FAULTS] = {
  { "none", "none", TRUE, FALSE },
  { "throttle", "429", FALSE, FALSE },
  { "quota", "402", FALSE, FALSE },
  { "denied", "403", FALSE, FALSE },
  { "pending", "403-pending", FALSE, FALSE },
  { "fail_before", "500-before", FALSE, TRUE },
  [SCT_FAULT_500_AFTER] = { "fail_after", "500-after", TRUE, TRUE },
  { "reset", "reset-before", FALSE, TRUE },
  { "reset", "reset-after", TRUE, TRUE },
  { "hang", "timeout-before", FALSE, TRUE },
  { "hang", "timeout-after", TRUE, TRUE },
  { "half_body", "half-a-body", TRUE, TRUE },
  { "late", "late-in-lists", TRUE, TRUE },
};

/**
 * sct_fault_order:
 * @control: control planes
 * @operation: which call fails, the next one
 * @fault: how
 *
 * Orders a fault.
 */
void
sct_fault_order (SctControl *control, const char *operation, const SctFault *fault)
{
  gboolean either = g_str_equal (fault->kind, "hang") || g_str_equal (fault->kind, "reset");
  if (g_str_equal (fault->kind, "none"))
    return;
  if (either && !fault->effect)
    sct_control_order_without_effect (control, operation, fault->kind);
  else
    sct_control_order (control, operation, fault->kind, 1);
}
