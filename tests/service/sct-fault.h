/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sct-control.h"

G_BEGIN_DECLS

/**
 * SctFault:
 * @kind: what the control planes call it, or "none"
 * @name: what tests call it
 * @effect: whether the call has its effect all the same
 * @unclear: whether nobody can know by the answer
 *
 * How a call of AWS fails.
 */
typedef struct {
  const char *kind;
  const char *name;
  gboolean effect;
  gboolean unclear;
} SctFault;

#define SCT_N_FAULTS 13
#define SCT_FAULT_500_AFTER 6

extern const SctFault sct_faults[SCT_N_FAULTS];

void sct_fault_order (SctControl *control, const char *operation, const SctFault *fault);

G_END_DECLS
