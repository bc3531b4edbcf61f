/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The program itself, behind its socket in a folder of the test's. */
typedef struct {
  GSubprocess *process;
  char *dir;
  char *socket_path;
} SctBackend;

GSubprocess *sct_backend_run (const char *conninfo, const char *const *argv, const char *cwd);
void sct_backend_migrate (const char *conninfo);

void sct_backend_start (SctBackend *self, const char *conninfo, const char *dir);
void sct_backend_stop (SctBackend *self);
void sct_backend_forget (SctBackend *self);

GSocketConnection *sct_backend_connect (SctBackend *self);
void sct_backend_send (GSocketConnection *connection, const char *text);
char *sct_backend_read_all (GSocketConnection *connection);
char *sct_backend_exchange (SctBackend *self, const char *text);
char *sct_backend_call (SctBackend *self,
                        const char *method,
                        const char *path,
                        const char *token,
                        const char *body);

G_END_DECLS
