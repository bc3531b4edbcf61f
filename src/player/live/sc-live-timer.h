/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the live source does again and again it does on beats, so that it wakes once for all of it.
 * Bytes that wait for the next one count as jitter: a fourth of what the least cushion is made for
 * (sc-live-timing.c), so that it costs no latency. */
#define SC_LIVE_BEAT_US (25 * G_TIME_SPAN_MILLISECOND)

GSource *sc_live_timer_new (GMainContext *context, GSourceFunc func, gpointer user_data);

gint64 sc_live_timer_next_beat (guint n);

G_END_DECLS
