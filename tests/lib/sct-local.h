/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A local cloud of a test's own, as the program starts it: real PostgreSQL, nginx and backend in a
 * temporary state directory. Its address members are valid while it runs. */
typedef struct {
  char *folder;     /* everything of it */
  char *state_dir;  /* folder/state */
  char *ready_file; /* folder/ready.json */
  char *log_file;   /* what it says itself */
  GSubprocess *process;
  JsonObject *ready; /* the ready file */
} SctLocal;

SctLocal *sct_local_new (void);
void sct_local_free (SctLocal *self);

void sct_local_start (SctLocal *self, const char *const *extra);
void sct_local_wait_ready (SctLocal *self);
void sct_local_stop (SctLocal *self);

const char *sct_local_get (SctLocal *self, const char *member);
char *sct_local_url (SctLocal *self, const char *path);
char *sct_local_read_log (SctLocal *self, const char *name);
char **sct_local_list_children (SctLocal *self);
GPid sct_local_find_child (SctLocal *self, const char *program);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SctLocal, sct_local_free)

G_END_DECLS
