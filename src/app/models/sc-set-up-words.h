/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-channel.h"
#include "sc-stream-status.h"

G_BEGIN_DECLS

/**
 * ScSetUpStep:
 * @SC_SET_UP_ENCODER: server and stream key go into the encoder
 * @SC_SET_UP_START: the encoder is started
 * @SC_SET_UP_PICTURE: what it sends is seen
 * @SC_SET_UP_LIVE: there is nothing left to do
 *
 * The way to a channel's first stream, in its order.
 */
typedef enum {
  SC_SET_UP_ENCODER,
  SC_SET_UP_START,
  SC_SET_UP_PICTURE,
  SC_SET_UP_LIVE,
} ScSetUpStep;

/* How many there are. */
#define SC_SET_UP_STEPS 4

ScSetUpStep
sc_set_up_choose (ScChannel *channel, ScStreamStatus *status, gboolean encoder_is_ready);
gboolean sc_set_up_is_done (ScSetUpStep step, ScSetUpStep present);
const char *sc_set_up_title (ScSetUpStep step, ScSetUpStep present);
const char *sc_set_up_words (ScSetUpStep step);
char *sc_set_up_name (ScSetUpStep step, ScSetUpStep present);
char *sc_set_up_help (const char *server);

G_END_DECLS
