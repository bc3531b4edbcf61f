/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *sc_guess_libexec_dir (void);
char *
sc_find_own_program (const char *libexec_dir, const char *folder, const char *name, GError **error);
char *sc_find_template (const char *libexec_dir, const char *given);

G_END_DECLS
