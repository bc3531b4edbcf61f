/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-service.h"

G_BEGIN_DECLS

/**
 * ScSuspensionStep:
 * @step: what was done, a sentence in English without its dot
 * @error: (nullable): why it was not
 * @user_data: what was given with the function
 *
 * Told after each step, in the same thread.
 */
typedef void (*ScSuspensionStep) (const char *step, const GError *error, gpointer user_data);

/**
 * ScSuspensionOrder:
 * @name: a user's name, in any case
 * @reason: (nullable): why they are suspended, at most 500 characters; not looked at to restore
 * @step: (scope call): told after each step
 * @user_data: for @step
 */
typedef struct {
  const char *name;
  const char *reason;
  ScSuspensionStep step;
  gpointer user_data;
} ScSuspensionOrder;

gboolean sc_suspend_user (ScService *service, const ScSuspensionOrder *order, gboolean *ret_found);
gboolean sc_restore_user (ScService *service, const ScSuspensionOrder *order, gboolean *ret_found);

G_END_DECLS
