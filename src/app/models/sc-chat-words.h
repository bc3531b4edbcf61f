/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-bar.h"
#include "sc-chat-link.h"

G_BEGIN_DECLS

/* The counter comes this many characters before the end. */
#define SC_CHAT_COUNTER_FROM 50

const char *sc_chat_badge_icon (ScChatRole role);
const char *sc_chat_badge_words (ScChatRole role);
char *sc_chat_name_words (const char *name);
char *sc_chat_time_words (gint64 time_us, gint64 now_us, GTimeZone *zone);

char *sc_chat_until_words (gint64 until_us);
char *sc_chat_counter_words (gsize length);
char *sc_chat_text_problem (gsize length);
char *sc_chat_news_words (guint n_lines);
char *sc_chat_wait_words (guint seconds);
char *sc_chat_bar_words (ScChatBar bar);
char *sc_chat_blocked_words (const char *name);
char *sc_chat_unblocked_words (const char *name, gboolean blocked);
char *sc_chat_refusal_words (const GError *problem);

/**
 * ScChatBanner:
 * @SC_CHAT_BANNER_NONE: nothing to tell
 * @SC_CHAT_BANNER_STAYS: what was told is still so
 * @SC_CHAT_BANNER_SHOWN: something to tell, with a button
 *
 * What stands above a chat.
 */
typedef enum {
  SC_CHAT_BANNER_NONE,
  SC_CHAT_BANNER_STAYS,
  SC_CHAT_BANNER_SHOWN,
} ScChatBanner;

const char *sc_chat_empty_page (ScChatState state);
ScChatBanner sc_chat_banner_choose (ScChatState state);
char *sc_chat_banner_words (ScChatState state,
                            const GError *error,
                            const char *reason,
                            const char *until);
const char *sc_chat_banner_button (ScChatState state);

G_END_DECLS
