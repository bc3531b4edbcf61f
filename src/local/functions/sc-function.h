/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ScFunctionConfig:
 * @name: the function's name
 * @arn: names it everywhere
 * @handler: what the runtime finds in _HANDLER
 * @timeout_seconds: how long one invocation may take
 * @memory_megabytes: told to the function, not enforced here
 * @environment: (nullable): its own variables as "NAME=VALUE"
 *
 * An AWS::Lambda::Function.
 */
typedef struct {
  const char *name;
  const char *arn;
  const char *handler;
  guint timeout_seconds;
  guint memory_megabytes;
  const char *const *environment;
} ScFunctionConfig;

/**
 * ScFunctionPlace:
 * @program: the program that speaks the Lambda Runtime API for every function
 * @environment: what all functions get: region, credentials, endpoint
 * @log_directory: where each function's output goes, as NAME.log
 * @retry_ms: wait before the first retry, doubled for the second; 0 for the default
 *
 * What functions have in common.
 */
typedef struct {
  const char *program;
  const char *const *environment;
  const char *log_directory;
  guint retry_ms;
} ScFunctionPlace;

/**
 * ScFunctionOutcome:
 * @SC_FUNCTION_DONE: the function answered
 * @SC_FUNCTION_FAILED: an attempt failed and will be made again
 * @SC_FUNCTION_DROPPED: the last attempt failed, or too many events wait: the event is lost
 *
 * What became of an attempt to have an event handled.
 */
typedef enum {
  SC_FUNCTION_DONE,
  SC_FUNCTION_FAILED,
  SC_FUNCTION_DROPPED,
} ScFunctionOutcome;

typedef void (*ScFunctionListener) (const char *arn,
                                    ScFunctionOutcome outcome,
                                    const char *reason,
                                    gpointer user_data);

typedef struct _ScFunction ScFunction;

ScFunction *
sc_function_new (const ScFunctionConfig *config, const ScFunctionPlace *place, GError **error);
void sc_function_free (ScFunction *self);
void sc_function_start (ScFunction *self);
gboolean sc_function_invoke (ScFunction *self, GBytes *event);
gboolean sc_function_is_busy (ScFunction *self);
void sc_function_set_listener (ScFunction *self, ScFunctionListener listener, gpointer user_data);

G_END_DECLS
