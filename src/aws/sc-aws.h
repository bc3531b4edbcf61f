/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-aws-error.h"
#include "sc-http.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* How long one exchange with AWS may take; what hangs longer has an unclear outcome. A person who
 * signs up waits for one at most. */
#define SC_AWS_TIMEOUT_SECONDS 5

typedef struct _ScAws ScAws;

/**
 * ScAwsService:
 * @SC_AWS_IVS: Amazon IVS: channels and streams
 * @SC_AWS_IVS_CHAT: Amazon IVS Chat: rooms
 * @SC_AWS_IVS_REALTIME: Amazon IVS Real-Time: stages
 * @SC_AWS_SECRETS_MANAGER: AWS Secrets Manager
 * @SC_AWS_S3: Amazon S3: objects, by sc_s3_get_object() and sc_s3_put_object()
 * @SC_AWS_CLOUDWATCH: Amazon CloudWatch: what was measured
 * @SC_AWS_LAMBDA: AWS Lambda: events for functions, by sc_lambda_invoke_event()
 */
typedef enum {
  SC_AWS_IVS,
  SC_AWS_IVS_CHAT,
  SC_AWS_IVS_REALTIME,
  SC_AWS_SECRETS_MANAGER,
  SC_AWS_S3,
  SC_AWS_CLOUDWATCH,
  SC_AWS_LAMBDA,
} ScAwsService;

/**
 * ScAwsOperation:
 * @service: whose it is
 * @name: its name, as "CreateChannel"
 * @may_repeat: doing it twice is as good as once; it may then also go out on a connection that the
 * other side is about to close
 */
typedef struct {
  ScAwsService service;
  const char *name;
  gboolean may_repeat;
} ScAwsOperation;

/**
 * ScAwsPatience:
 * @timeout_ms: how long one exchange may take
 * @max_repeats: how often a call that may be repeated is, after errors that pass
 * @max_at_once: how many calls may be under way; one more is %SC_AWS_ERROR_THROTTLED. 0: no bound
 *
 * How much of its callers' time and threads a client may take.
 */
typedef struct {
  guint timeout_ms;
  guint max_repeats;
  guint max_at_once;
} ScAwsPatience;

/**
 * ScAwsGate:
 * @operation: the operation's name
 * @user_data: as given to sc_aws_set_gate()
 * @error: where to say why not
 *
 * Asked before every call that goes out, but those of Amazon S3 and CloudWatch, so that the rate of
 * calls stays within the account's quota. Any thread.
 *
 * Returns: how long to wait before the call, microseconds; negative, with @error set, to refuse it
 */
typedef gint64 (*ScAwsGate) (const char *operation, gpointer user_data, GError **error);

/**
 * ScAwsWait:
 * @time_us: how long, microseconds
 * @user_data: as given to sc_aws_set_wait()
 *
 * Waits. Any thread.
 */
typedef void (*ScAwsWait) (gint64 time_us, gpointer user_data);

ScAws *sc_aws_new (char **environment, ScHttp *http, GError **error);
ScAws *sc_aws_new_like (const ScAws *model, const ScAwsPatience *patience);
void sc_aws_free (ScAws *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScAws, sc_aws_free)

const char *sc_aws_get_region (ScAws *self);
void sc_aws_forget_connections (ScAws *self);
void sc_aws_set_gate (ScAws *self, ScAwsGate gate, gpointer user_data);
void sc_aws_set_wait (ScAws *self, ScAwsWait wait, gpointer user_data);

JsonObject *sc_aws_call (ScAws *self,
                         const ScAwsOperation *operation,
                         JsonObject *input,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
