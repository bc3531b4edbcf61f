/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Amazon IVS Chat, maximumMessageLength of a room: Unicode code points, not bytes. */
#define SC_CHAT_TEXT_MAX 500

char *sc_chat_text_clean (const char *text);
gsize sc_chat_text_length (const char *text);
gboolean sc_chat_text_is_reviewed (const char *seen, const char *said);

G_END_DECLS
