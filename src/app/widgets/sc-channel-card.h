/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-channel.h"
#include "sc-pictures.h"
#include "sc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_CHANNEL_CARD (sc_channel_card_get_type ())
G_DECLARE_FINAL_TYPE (ScChannelCard, sc_channel_card, SC, CHANNEL_CARD, AdwBin)

GtkWidget *sc_channel_card_new (ScPictures *pictures, ScSession *session);
void sc_channel_card_set_channel (ScChannelCard *self, ScChannel *channel);

G_END_DECLS
