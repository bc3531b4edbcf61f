/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-line.h"

G_BEGIN_DECLS

char *sc_chat_line_words (const char *name, const char *text, ScChatLineState state);
char *sc_chat_line_text (const char *text, ScChatLineState state);
char *sc_chat_line_note (ScChatLineState state, const GError *problem);
gboolean sc_chat_line_may_be_sent_again (ScChatLineState state, const GError *problem);

G_END_DECLS
