/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *sc_live_words (gint64 started_at, gint64 now, GTimeZone *zone);
char *sc_ended_words (gint64 ended_at, gint64 now, GTimeZone *zone);
char *sc_recorded_words (gint64 started_at, gint64 now, GTimeZone *zone);
char *sc_news_words (gint64 started_at, GTimeZone *zone);
char *sc_time_of_day_words (gint64 time_us, GTimeZone *zone);
char *sc_as_of_words (gint64 answered_at, GTimeZone *zone);
char *sc_clock_words (gint64 time_us);
char *sc_length_words (gint64 time_us);

G_END_DECLS
