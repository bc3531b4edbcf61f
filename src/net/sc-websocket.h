/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-net-error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ScWebsocketOptions:
 * @url: an absolute ws or wss URL. Never put a secret here: URLs end up in logs
 * @protocol: the subprotocol to ask for; a secret may be one
 * @max_message_bytes: the most bytes that one frame of the server may carry; the connection ends
 *   with a longer one
 * @timeout_seconds: how long connecting may take, from the name's resolution to the answer; above 0
 * @keepalive_seconds: after how long a silence is asked about with a ping; 0 for never
 *
 * How to connect.
 */
typedef struct {
  const char *url;
  const char *protocol;
  gsize max_message_bytes;
  guint timeout_seconds;
  guint keepalive_seconds;
} ScWebsocketOptions;

#define SC_WEBSOCKET_CLOSED_NORMALLY 1000

#define SC_TYPE_WEBSOCKET (sc_websocket_get_type ())
G_DECLARE_FINAL_TYPE (ScWebsocket, sc_websocket, SC, WEBSOCKET, GObject)

ScWebsocket *sc_websocket_new (const ScWebsocketOptions *options);
gboolean sc_websocket_send (ScWebsocket *self, const char *text);
void sc_websocket_close (ScWebsocket *self);

G_END_DECLS
