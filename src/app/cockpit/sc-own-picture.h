/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-channel.h"
#include "sc-player-view.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_OWN_PICTURE (sc_own_picture_get_type ())
G_DECLARE_FINAL_TYPE (ScOwnPicture, sc_own_picture, SC, OWN_PICTURE, AdwBin)

ScPlayerView *sc_own_picture_get_view (ScOwnPicture *self);
void sc_own_picture_follow (ScOwnPicture *self, ScChannel *channel);
void sc_own_picture_set_starving (ScOwnPicture *self, gboolean starving);
void sc_own_picture_reload (ScOwnPicture *self);

G_END_DECLS
