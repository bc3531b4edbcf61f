/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-channel.h"
#include "sc-client.h"

G_BEGIN_DECLS

#define SC_TYPE_OWN_CHANNEL (sc_own_channel_get_type ())
G_DECLARE_FINAL_TYPE (ScOwnChannel, sc_own_channel, SC, OWN_CHANNEL, GObject)

ScOwnChannel *sc_own_channel_new (ScClient *client);
ScClient *sc_own_channel_get_client (ScOwnChannel *self);

void sc_own_channel_start (ScOwnChannel *self);
void sc_own_channel_stop (ScOwnChannel *self);
ScChannel *sc_own_channel_get_channel (ScOwnChannel *self);
const GError *sc_own_channel_get_error (ScOwnChannel *self);
DexFuture *sc_own_channel_change (ScOwnChannel *self, const ScChannelChange *change);
DexFuture *sc_own_channel_reset_key (ScOwnChannel *self, gboolean stops);

G_END_DECLS
