/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void sct_core_file_allow (gpointer unused);
void sct_core_file_crash (GSubprocess *process);
char *sct_core_file_find (const char *folder);
gboolean sct_core_file_is_forbidden (const char *pid);
gboolean sct_core_file_is_made (void);

G_END_DECLS
