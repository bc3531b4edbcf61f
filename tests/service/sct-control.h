/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-aws.h"
#include "sc-cloud.h"

G_BEGIN_DECLS

/* What the stack is to have made before the first room. */
#define SCT_REVIEW_ARN "arn:aws:lambda:us-west-2:123456789012:function:streamcat-chat-review:live"
#define SCT_LOGGING_ARN "arn:aws:ivschat:us-west-2:123456789012:logging-configuration/l1G2h3I4j5K6"

/* What another deployment of the stack makes beside these. */
#define SCT_REVIEW_ARN_LATER SCT_REVIEW_ARN "2"
#define SCT_LOGGING_ARN_LATER SCT_LOGGING_ARN "2"
#define SCT_RECORDING_ARN "arn:aws:ivs:us-west-2:123456789012:recording-configuration/r1"
#define SCT_RECORDING_ARN_LATER SCT_RECORDING_ARN "2"

/* The local cloud's control planes, buckets and chat rooms, with faults, in a thread of the test's
 * own. */
typedef struct _SctControl SctControl;

SctControl *sct_control_new (void);
void sct_control_free (SctControl *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SctControl, sct_control_free)

const char *sct_control_get_url (SctControl *self);
char *sct_control_build_object (SctControl *self, const char *path);
ScAws *sct_control_new_aws (const char *url, guint timeout_seconds);

void sct_control_order (SctControl *self, const char *operation, const char *kind, guint count);
void sct_control_order_without_effect (SctControl *self, const char *operation, const char *kind);
void sct_control_forget (SctControl *self);
void sct_control_pass (SctControl *self, gint64 time_us);
gint64 sct_control_ask (SctControl *self, const char *operation, const char *counter);
gint64 sct_control_ask_most_in_a_second (SctControl *self);
guint sct_control_count (SctControl *self, ScCloudKind kind, const char *name_prefix);
guint sct_control_count_keys (SctControl *self, const char *channel_arn);
char *sct_control_take_told (SctControl *self);
void sct_control_set_live (SctControl *self);
gboolean sct_control_end_live (SctControl *self);
char *
sct_control_dup_member (SctControl *self, ScCloudKind kind, const char *arn, const char *member);

G_END_DECLS
