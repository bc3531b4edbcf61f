/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-player-live.h"

#include <gst/gst.h>

G_BEGIN_DECLS

void sc_player_quality_list_take (GListStore *list, const GstStructure *message);
gboolean sc_player_quality_list_has (GListModel *list, const char *id);

G_END_DECLS
