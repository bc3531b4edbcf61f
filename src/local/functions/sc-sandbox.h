/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _ScSandbox ScSandbox;

/**
 * ScSandboxDelegate:
 * @ready: it waits for an event
 * @answered: the answer to the event that it was given
 * @failed: the event that it was given failed, and the process goes on
 * @ended: the process is gone, with the event that it had; @was_ready says whether it ever asked
 *   for one
 *
 * What a sandbox tells its owner, who may give it an event or start it again at once.
 */
typedef struct {
  void (*ready) (ScSandbox *self, gpointer user_data);
  void (*answered) (ScSandbox *self, GBytes *answer, gpointer user_data);
  void (*failed) (ScSandbox *self, const char *reason, gpointer user_data);
  void (*ended) (ScSandbox *self, const char *reason, gboolean was_ready, gpointer user_data);
} ScSandboxDelegate;

/**
 * ScSandboxConfig:
 * @arn: the function's, which the runtime is told
 * @command: the program that speaks the Lambda Runtime API, and its arguments
 * @environment: its environment as "NAME=VALUE", without AWS_LAMBDA_RUNTIME_API
 * @log_path: where its output goes
 * @timeout_seconds: how long one event may take
 *
 * The process of a function. The sandbox copies it.
 */
typedef struct {
  const char *arn;
  const char *const *command;
  const char *const *environment;
  const char *log_path;
  guint timeout_seconds;
} ScSandboxConfig;

ScSandbox *sc_sandbox_new (const ScSandboxConfig *config,
                           const ScSandboxDelegate *delegate,
                           gpointer user_data,
                           GError **error);
void sc_sandbox_free (ScSandbox *self);

gboolean sc_sandbox_start (ScSandbox *self, GError **error);
gboolean sc_sandbox_is_started (ScSandbox *self);
gboolean sc_sandbox_is_starting (ScSandbox *self);
gboolean sc_sandbox_is_waiting (ScSandbox *self);
void sc_sandbox_send (ScSandbox *self, const char *request_id, GBytes *event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScSandbox, sc_sandbox_free)

G_END_DECLS
