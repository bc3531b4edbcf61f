/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *sc_id_new (const char *prefix, guint length);
void sc_random_bytes (guint8 *buffer, gsize size);

G_END_DECLS
