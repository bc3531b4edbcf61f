/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-live-news.h"
#include "sc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_NEWS_PAGE (sc_news_page_get_type ())
G_DECLARE_FINAL_TYPE (ScNewsPage, sc_news_page, SC, NEWS_PAGE, AdwNavigationPage)

ScNewsPage *sc_news_page_new (ScLiveNews *news, ScSession *session);

G_END_DECLS
