/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-channel.h"
#include "sc-player.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The rest of a stream that is over is waited for so long when the network is down. */
#define SC_CHANNEL_STREAM_REST_MS (15 * 1000)

/**
 * ScChannelStream:
 *
 * Has a player play what a channel streams.
 */
typedef struct _ScChannelStream ScChannelStream;

ScChannelStream *sc_channel_stream_new (ScPlayer *player, GtkWidget *page);
void sc_channel_stream_free (ScChannelStream *self);
void sc_channel_stream_set_rest (ScChannelStream *self, guint milliseconds);
void sc_channel_stream_follow (ScChannelStream *self, ScChannel *channel);
void sc_channel_stream_follow_player (ScChannelStream *self);
void sc_channel_stream_close (ScChannelStream *self);
gboolean sc_channel_stream_plays_out (ScChannelStream *self);
gboolean sc_channel_stream_gave_up (ScChannelStream *self);

G_END_DECLS
