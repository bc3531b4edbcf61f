/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GSubprocess *sc_spawn (const char *const *argv,
                       const char *const *environment,
                       const char *log_path,
                       int death_signal,
                       GError **error);

gboolean sc_command_run (const char *const *argv, GError **error);
void sc_command_run_async (const char *const *argv,
                           const char *const *environment,
                           const char *input,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean sc_command_run_finish (GAsyncResult *result, GError **error);

void sc_log_set_aside (const char *path);
char *sc_find_program (const char *name, const char *directory);

G_END_DECLS
