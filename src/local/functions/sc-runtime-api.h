/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ScRuntimeDelegate:
 * @ready: the runtime asks for its next event
 * @answered: the runtime answered the event that it was given
 * @failed: the runtime says that the event, or its own start, failed
 *
 * What the server of the Lambda Runtime API tells its owner.
 */
typedef struct {
  void (*ready) (gpointer user_data);
  void (*answered) (GBytes *answer, gpointer user_data);
  void (*failed) (const char *reason, gpointer user_data);
} ScRuntimeDelegate;

typedef struct _ScRuntimeApi ScRuntimeApi;

ScRuntimeApi *
sc_runtime_api_new (const ScRuntimeDelegate *delegate, gpointer user_data, GError **error);
void sc_runtime_api_free (ScRuntimeApi *self);

const char *sc_runtime_api_get_address (ScRuntimeApi *self);
gboolean sc_runtime_api_is_waiting (ScRuntimeApi *self);
void sc_runtime_api_send (ScRuntimeApi *self,
                          const char *request_id,
                          const char *function_arn,
                          gint64 deadline_us,
                          GBytes *event);
void sc_runtime_api_reset (ScRuntimeApi *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScRuntimeApi, sc_runtime_api_free)

G_END_DECLS
