/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-live-news.h"
#include "sc-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Whom one follows is to be told of within 30 s: after so long, and what an answer takes at most.
 */
#define SC_LIVE_NOTIFIER_INTERVAL_MS 10000

#define SC_TYPE_LIVE_NOTIFIER (sc_live_notifier_get_type ())
G_DECLARE_FINAL_TYPE (ScLiveNotifier, sc_live_notifier, SC, LIVE_NOTIFIER, GObject)

ScLiveNotifier *
sc_live_notifier_new (GtkApplication *application, GSettings *settings, ScSession *session);
ScLiveNews *sc_live_notifier_get_news (ScLiveNotifier *self);
void sc_live_notifier_see (ScLiveNotifier *self, const char *channel);

G_END_DECLS
