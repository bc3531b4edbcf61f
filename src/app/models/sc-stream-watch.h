/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-client.h"
#include "sc-stream-status.h"

G_BEGIN_DECLS

#define SC_TYPE_STREAM_WATCH (sc_stream_watch_get_type ())
G_DECLARE_FINAL_TYPE (ScStreamWatch, sc_stream_watch, SC, STREAM_WATCH, GObject)

ScStreamWatch *sc_stream_watch_new (ScClient *client);

void sc_stream_watch_start (ScStreamWatch *self);
void sc_stream_watch_set_wanted (ScStreamWatch *self, gboolean is_wanted);
void sc_stream_watch_refresh (ScStreamWatch *self);
void sc_stream_watch_stop (ScStreamWatch *self);

ScStreamStatus *sc_stream_watch_get_status (ScStreamWatch *self);
const GError *sc_stream_watch_get_error (ScStreamWatch *self);
gint64 sc_stream_watch_get_answered_at (ScStreamWatch *self);

G_END_DECLS
