/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A PostgreSQL cluster of a test program's own: made in a temporary folder, reachable over a unix
 * socket only, gone with the program. */
typedef struct _SctCluster SctCluster;

SctCluster *sct_cluster_new (void);
void sct_cluster_free (SctCluster *self);

char *sct_cluster_create_database (SctCluster *self, const char *name, const char *template);
const char *sct_cluster_get_socket_dir (SctCluster *self);
void sct_cluster_stop (SctCluster *self);
void sct_cluster_kill (SctCluster *self);
void sct_cluster_start (SctCluster *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SctCluster, sct_cluster_free)

G_END_DECLS
