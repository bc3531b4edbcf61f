/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What this process has open, to be counted. */
#define SCT_OPEN_FILES "/proc/self/fd"

void sct_remove_tree (const char *path);
gboolean sct_has_proc (void);
guint sct_count_entries (const char *path);
void sct_wait_for_entries (const char *path, guint most);

G_END_DECLS
