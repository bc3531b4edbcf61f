/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-pictures.h"
#include "sc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Property "heading": the words over the cards, or %NULL.
 * Property "label", write only: what assistive technology calls the cards.
 * Property "now": the time by which cards say for how long a channel is live, microseconds since
 * the epoch; that of the last change unless it is set.
 */
#define SC_TYPE_CHANNEL_GRID (sc_channel_grid_get_type ())
G_DECLARE_FINAL_TYPE (ScChannelGrid, sc_channel_grid, SC, CHANNEL_GRID, AdwBin)

void sc_channel_grid_set_session (ScChannelGrid *self, ScSession *session);
void sc_channel_grid_set_channels (ScChannelGrid *self, GListModel *channels, ScPictures *pictures);

G_END_DECLS
