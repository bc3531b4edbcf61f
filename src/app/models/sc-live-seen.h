/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-channel.h"

G_BEGIN_DECLS

/* What began longer ago is no news to who comes now. Microseconds, as all here. */
#define SC_LIVE_SEEN_NEWS_US (30 * G_TIME_SPAN_MINUTE)

/* A stream that comes so soon after the channel's last one goes on with that: the encoder's
 * connection broke. */
#define SC_LIVE_SEEN_RESUME_US (10 * G_TIME_SPAN_MINUTE)

/**
 * ScLiveSeen:
 *
 * Which streams were seen to be live, so that nobody is told of one again.
 */
typedef struct _ScLiveSeen ScLiveSeen;

ScLiveSeen *sc_live_seen_new (GVariant *kept);
void sc_live_seen_free (ScLiveSeen *self);
gboolean sc_live_seen_add (ScLiveSeen *self, ScChannel *channel, gint64 at);
gboolean sc_live_seen_end (ScLiveSeen *self, gint64 at);
GVariant *sc_live_seen_write (ScLiveSeen *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScLiveSeen, sc_live_seen_free)

G_END_DECLS
