/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-line.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_CHAT_NOTE (sc_chat_note_get_type ())
G_DECLARE_FINAL_TYPE (ScChatNote, sc_chat_note, SC, CHAT_NOTE, AdwBin)

void sc_chat_note_show (ScChatNote *self, ScChatLineState state, const GError *problem);

G_END_DECLS
