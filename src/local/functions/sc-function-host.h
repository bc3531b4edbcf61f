/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-function.h"

G_BEGIN_DECLS

typedef struct _ScFunctionHost ScFunctionHost;

ScFunctionHost *sc_function_host_new (const ScFunctionPlace *place);
void sc_function_host_free (ScFunctionHost *self);

gboolean
sc_function_host_add (ScFunctionHost *self, const ScFunctionConfig *config, GError **error);
gboolean sc_function_host_add_alias (ScFunctionHost *self,
                                     const char *alias_arn,
                                     const char *arn,
                                     guint warm,
                                     GError **error);
gboolean
sc_function_host_scale (ScFunctionHost *self, const char *arn, guint count, GError **error);
gboolean sc_function_host_has (ScFunctionHost *self, const char *arn);
void sc_function_host_start (ScFunctionHost *self);
gboolean sc_function_host_invoke (ScFunctionHost *self, const char *arn, GBytes *event);
gboolean sc_function_host_call (ScFunctionHost *self,
                                const char *arn,
                                GBytes *event,
                                guint timeout_ms,
                                ScFunctionDone done,
                                gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
gboolean sc_function_host_is_busy (ScFunctionHost *self);
void sc_function_host_set_listener (ScFunctionHost *self,
                                    ScFunctionListener listener,
                                    gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScFunctionHost, sc_function_host_free)

G_END_DECLS
