/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-live-follows.h"
#include "sc-news-item.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* As many as somebody looks through. */
#define SC_LIVE_NEWS_MAX 200

#define SC_TYPE_LIVE_NEWS (sc_live_news_get_type ())
G_DECLARE_FINAL_TYPE (ScLiveNews, sc_live_news, SC, LIVE_NEWS, GObject)

ScLiveNews *sc_live_news_new (GSettings *settings);
void sc_live_news_set_person (ScLiveNews *self, const char *person);
GPtrArray *sc_live_news_take (ScLiveNews *self, ScLiveFollows *live, const char *const *on_show);
void sc_live_news_skip (ScLiveNews *self);
GListModel *sc_live_news_get_items (ScLiveNews *self);
void sc_live_news_read (ScLiveNews *self, const char *channel);
void sc_live_news_clear (ScLiveNews *self);

G_END_DECLS
