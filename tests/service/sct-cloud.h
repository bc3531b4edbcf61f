/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-aws.h"
#include "sc-cloud.h"

G_BEGIN_DECLS

/* The local cloud's control planes, with faults, in a thread of the test's own. */
typedef struct _SctCloud SctCloud;

SctCloud *sct_cloud_new (void);
void sct_cloud_free (SctCloud *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SctCloud, sct_cloud_free)

const char *sct_cloud_get_url (SctCloud *self);
ScAws *sct_cloud_new_aws (const char *url, guint timeout_seconds);

void sct_cloud_order (SctCloud *self, const char *operation, const char *kind, guint count);
void sct_cloud_order_without_effect (SctCloud *self, const char *operation, const char *kind);
void sct_cloud_forget (SctCloud *self);
gint64 sct_cloud_ask (SctCloud *self, const char *operation, const char *counter);
gint64 sct_cloud_ask_most_in_a_second (SctCloud *self);
guint sct_cloud_count (SctCloud *self, ScCloudKind kind, const char *name_prefix);

G_END_DECLS
