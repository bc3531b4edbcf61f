/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-channel.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define SC_TYPE_LIVE_FOLLOWS (sc_live_follows_get_type ())
G_DECLARE_FINAL_TYPE (ScLiveFollows, sc_live_follows, SC, LIVE_FOLLOWS, GObject)

ScLiveFollows *sc_live_follows_new (GListModel *channels, const char *const *seen, gint64 at);
ScLiveFollows *sc_live_follows_from_json (JsonObject *object, GError **error);
GListModel *sc_live_follows_get_channels (ScLiveFollows *self);
gboolean sc_live_follows_was_seen (ScLiveFollows *self, ScChannel *channel);
gint64 sc_live_follows_get_at (ScLiveFollows *self);

G_END_DECLS
