/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-player-live.h"

G_BEGIN_DECLS

/* How many latencies can be chosen; the first one is automatic. */
#define SC_LATENCY_CHOICES 7

char *sc_live_badge (gint64 latency);
char *sc_live_badge_words (gint64 latency);
const char *sc_over_words (void);
char *sc_behind_words (gint64 behind);

ScLiveTrouble sc_trouble_choose (ScLiveTrouble trouble, gboolean starving);
const char *sc_trouble_words (ScLiveTrouble trouble);
const char *sc_trouble_icon (ScLiveTrouble trouble);

char *sc_quality_name (ScPlayerQuality *quality);
char *sc_quality_words (ScPlayerQuality *quality);
char *sc_quality_automatic_words (ScPlayerQuality *shown);

char *sc_size_words (guint width, guint height);
char *sc_seconds_words (gint64 duration);
char *sc_bit_rate_words (guint bits);
char *sc_measured_bit_rate_words (gint64 bits);
char *sc_frame_rate_words (double rate);
char *sc_viewers_words (gint64 viewers);

char *sc_latency_choice_words (guint choice);
guint sc_latency_choice_to_ms (guint choice);
guint sc_latency_choice_from_ms (guint milliseconds);

G_END_DECLS
