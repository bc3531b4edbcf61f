/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a request for a WebSocket may have; nginx in front takes no more either. */
#define SC_WS_REQUEST_MAX_BYTES (8 * 1024)

/**
 * ScWsRequest:
 * @key: what the answer must prove to know
 * @protocol: (nullable): the one subprotocol asked for; Amazon IVS Chat's token
 * @address: the client's IP address as the proxy tells it, or "127.0.0.1"
 *
 * A client's request for a WebSocket.
 */
typedef struct {
  char *key;
  char *protocol;
  char *address;
} ScWsRequest;

gssize sc_ws_request_measure (const guint8 *data, gsize size);
ScWsRequest *sc_ws_request_new (const guint8 *data, gsize size);
void sc_ws_request_free (ScWsRequest *self);

GBytes *sc_ws_request_accept (const ScWsRequest *self);
GBytes *sc_ws_refuse (guint status);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScWsRequest, sc_ws_request_free)

G_END_DECLS
