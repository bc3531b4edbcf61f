/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-channel.h"
#include "sc-client.h"

G_BEGIN_DECLS

#define SC_TYPE_CHANNEL_WATCH (sc_channel_watch_get_type ())
G_DECLARE_FINAL_TYPE (ScChannelWatch, sc_channel_watch, SC, CHANNEL_WATCH, GObject)

ScChannelWatch *sc_channel_watch_new (ScClient *client, const char *name);

void sc_channel_watch_start (ScChannelWatch *self);
void sc_channel_watch_refresh (ScChannelWatch *self);
void sc_channel_watch_stop (ScChannelWatch *self);

ScChannel *sc_channel_watch_get_channel (ScChannelWatch *self);
const GError *sc_channel_watch_get_error (ScChannelWatch *self);
gint64 sc_channel_watch_get_now (ScChannelWatch *self);

G_END_DECLS
