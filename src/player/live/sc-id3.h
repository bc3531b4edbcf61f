/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Takes what a text frame says: who put it there, and what; both UTF-8. */
typedef void (*ScId3Func) (const char *owner, const char *text, gpointer user_data);

void sc_id3_read (const guint8 *data, gsize length, ScId3Func func, gpointer user_data);

G_END_DECLS
