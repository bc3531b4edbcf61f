/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-client.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define SC_TYPE_LIVE_LIST (sc_live_list_get_type ())
G_DECLARE_FINAL_TYPE (ScLiveList, sc_live_list, SC, LIVE_LIST, GObject)

ScLiveList *sc_live_list_new (ScClient *client);
ScLiveList *sc_live_list_new_followed (ScClient *client);

void sc_live_list_start (ScLiveList *self);
void sc_live_list_stop (ScLiveList *self);

GListModel *sc_live_list_get_channels (ScLiveList *self);
gboolean sc_live_list_get_has_more (ScLiveList *self);
gboolean sc_live_list_get_loaded (ScLiveList *self);
const GError *sc_live_list_get_error (ScLiveList *self);

void sc_live_list_take (ScLiveList *self, GListModel *newer);

G_END_DECLS
