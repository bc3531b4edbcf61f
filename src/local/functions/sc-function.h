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
 * @program: the program that speaks the Lambda Runtime API for it, or a zip with its `bootstrap`
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
  const char *program;
  const char *handler;
  guint timeout_seconds;
  guint memory_megabytes;
  const char *const *environment;
} ScFunctionConfig;

/**
 * ScFunctionPlace:
 * @environment: what all functions get: region, credentials, endpoint
 * @log_directory: where each function's output goes, as NAME.log
 * @retry_ms: wait before the first retry, doubled for the second; 0 for the default
 * @code_directory: where zips are unpacked
 * @empty_root: (nullable): the program `streamcat-empty-root`, or %NULL where this machine does not
 *   let it shut functions in
 * @shown: (nullable): paths that functions see in their empty root, ended by %NULL
 *
 * What functions have in common.
 */
typedef struct {
  const char *const *environment;
  const char *log_directory;
  guint retry_ms;
  const char *code_directory;
  const char *empty_root;
  const char *const *shown;
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

/**
 * ScFunctionError:
 * @SC_FUNCTION_ERROR_TIMEOUT: no answer came in time; what the event does is not known
 * @SC_FUNCTION_ERROR_FAILED: the function, or its process, failed
 * @SC_FUNCTION_ERROR_CLOSED: the function is gone
 *
 * Why a call has no answer.
 */
typedef enum {
  SC_FUNCTION_ERROR_TIMEOUT,
  SC_FUNCTION_ERROR_FAILED,
  SC_FUNCTION_ERROR_CLOSED,
} ScFunctionError;

#define SC_FUNCTION_ERROR (sc_function_error_quark ())
GQuark sc_function_error_quark (void);

/**
 * ScFunctionDone:
 * @answer: (nullable): what the function answered, JSON or not
 * @error: (nullable): why there is no answer
 * @user_data: the data given with it
 */
typedef void (*ScFunctionDone) (GBytes *answer, const GError *error, gpointer user_data);

/* Processes of one function that are kept ready. Each is some 10 MB; more than the machine has
 * processors make nothing faster. */
#define SC_FUNCTION_WARM_MAX 8

typedef struct _ScFunction ScFunction;

ScFunction *
sc_function_new (const ScFunctionConfig *config, const ScFunctionPlace *place, GError **error);
void sc_function_free (ScFunction *self);
gboolean sc_function_provision (ScFunction *self, guint count, GError **error);
gboolean sc_function_scale (ScFunction *self, guint count, GError **error);
void sc_function_start (ScFunction *self);
gboolean sc_function_invoke (ScFunction *self, GBytes *event);
gboolean sc_function_call (ScFunction *self,
                           GBytes *event,
                           guint timeout_ms,
                           ScFunctionDone done,
                           gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
gboolean sc_function_is_busy (ScFunction *self);
void sc_function_set_listener (ScFunction *self, ScFunctionListener listener, gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScFunction, sc_function_free)

G_END_DECLS
