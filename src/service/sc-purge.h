/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ScPurgeTold:
 * @kind: what it is, as "channel"
 * @name: (nullable): its name
 * @arn: its ARN
 * @error: (nullable): why it could not be removed
 * @user_data: the caller's
 *
 * Hears of each resource, when it was found or, in earnest, when it was removed.
 */
typedef void (*ScPurgeTold) (const char *kind,
                             const char *name,
                             const char *arn,
                             const GError *error,
                             gpointer user_data);

/**
 * ScPurgeOrder:
 * @in_earnest: whether anything is removed, or only told of
 * @told: hears of each resource
 * @user_data: for @told
 */
typedef struct {
  gboolean in_earnest;
  ScPurgeTold told;
  gpointer user_data;
} ScPurgeOrder;

gboolean sc_purge (char **environment, const ScPurgeOrder *order, guint *ret_left, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
