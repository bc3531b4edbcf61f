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
} SctCloud;

SctCloud *sct_cloud_new (void);
void sct_cloud_free (SctCloud *self);

void sct_cloud_start (SctCloud *self, const char *const *extra);
void sct_cloud_wait_ready (SctCloud *self);
void sct_cloud_stop (SctCloud *self);

const char *sct_cloud_get (SctCloud *self, const char *member);
char *sct_cloud_url (SctCloud *self, const char *path);
char *sct_cloud_read_log (SctCloud *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SctCloud, sct_cloud_free)

G_END_DECLS
