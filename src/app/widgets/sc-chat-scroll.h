/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-list-span.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SC_TYPE_CHAT_SCROLL (sc_chat_scroll_get_type ())
G_DECLARE_FINAL_TYPE (ScChatScroll, sc_chat_scroll, SC, CHAT_SCROLL, GObject)

ScChatScroll *sc_chat_scroll_new (GtkScrolledWindow *scroller, GtkListView *list, ScListSpan *span);

void sc_chat_scroll_follow (ScChatScroll *self);
void sc_chat_scroll_settle (ScChatScroll *self);
gboolean sc_chat_scroll_get_following (ScChatScroll *self);
gboolean sc_chat_scroll_is_at_top (ScChatScroll *self);
gboolean sc_chat_scroll_has_focus (ScChatScroll *self);

G_END_DECLS
