/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean sc_chat_duration_parse (const char *text, guint max_seconds, guint *ret_seconds);

G_END_DECLS
