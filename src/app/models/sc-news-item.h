/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define SC_TYPE_NEWS_ITEM (sc_news_item_get_type ())
G_DECLARE_FINAL_TYPE (ScNewsItem, sc_news_item, SC, NEWS_ITEM, GObject)

ScNewsItem *sc_news_item_new (const char *channel, const char *title, gint64 at, gboolean unread);
const char *sc_news_item_get_channel (ScNewsItem *self);
const char *sc_news_item_get_title (ScNewsItem *self);
gint64 sc_news_item_get_at (ScNewsItem *self);
gboolean sc_news_item_get_unread (ScNewsItem *self);
void sc_news_item_set_unread (ScNewsItem *self, gboolean unread);

G_END_DECLS
