/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-channel.h"

G_BEGIN_DECLS

char *sc_channel_page_live_words (gpointer page, gint64 started_at, gint64 now, gboolean over);
char *sc_channel_page_live_badge (gpointer page, gint64 latency);
char *sc_channel_page_live_badge_words (gpointer page, gint64 latency);
char *sc_channel_page_offline_title (gpointer page, const char *name);
char *sc_channel_page_offline_words (gpointer page, const char *title, gint64 ended_at, gint64 now);
gboolean sc_channel_page_has_words (gpointer page, const char *words);
gboolean sc_channel_page_is_chat_shown (gpointer page, ScChannel *channel, gboolean chat_hidden);

G_END_DECLS
