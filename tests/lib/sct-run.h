/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *sct_run (const char *const *argv, char **ret_complaints);
char *sct_run_silent (const char *const *argv);

G_END_DECLS
