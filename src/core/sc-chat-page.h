/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-record.h"

G_BEGIN_DECLS

/* How many lines a page has at most: of a channel's history, and of a recording's chat. */
#define SC_CHAT_HISTORY_MAX 100
#define SC_CHAT_REPLAY_MAX 500

/**
 * ScChatPage:
 * @records: (element-type ScChatRecord): the lines, the oldest first
 * @older: (nullable): where the page before this one ends; %NULL if this is the first there is
 * @newer: (nullable): where to go on. Of a channel it is always there, as more may be said; of a
 *   recording it is %NULL at the end
 *
 * Some of what was said in a channel, or meanwhile in a recording.
 */
typedef struct {
  GPtrArray *records;
  char *older;
  char *newer;
} ScChatPage;

#define SC_TYPE_CHAT_PAGE (sc_chat_page_get_type ())
GType sc_chat_page_get_type (void);

ScChatPage *sc_chat_page_new (void);
ScChatPage *sc_chat_page_copy (const ScChatPage *self);
void sc_chat_page_free (ScChatPage *self);
ScChatPage *sc_chat_page_from_json (JsonObject *object, GError **error);
JsonObject *sc_chat_page_to_json (const ScChatPage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScChatPage, sc_chat_page_free)

G_END_DECLS
