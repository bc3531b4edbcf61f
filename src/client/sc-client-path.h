/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Addresses of our API; not for anybody outside this folder. */

char *sc_client_path (const char *first, ...) G_GNUC_NULL_TERMINATED;
char *sc_client_path_with_query (const char *path, const char *name, ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS
