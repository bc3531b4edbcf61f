/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-ws-handshake.h"
#include "sc-ws-parser.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A reader that leaves more than this is cut, and comes back with a new token: some 300 lines,
 * three seconds of the busiest room. */
#define SC_WS_QUEUE_MAX_BYTES (128 * 1024)
#define SC_WS_QUEUE_MAX_FRAMES 1024

/* A stranger has this long for its request. */
#define SC_WS_HANDSHAKE_SECONDS 10

/* Whoever is silent is asked whether it is there, and cut where nothing comes for three asks. */
#define SC_WS_PING_SECONDS 30
#define SC_WS_SILENCE_SECONDS 95

/* After our close frame the client has this long for its own. */
#define SC_WS_CLOSE_SECONDS 5

/* Messages, pings and pongs in one second: ten times what Amazon IVS Chat lets a person say. */
#define SC_WS_FLOOD_PER_SECOND 100

#define SC_TYPE_WS_CONNECTION (sc_ws_connection_get_type ())
G_DECLARE_FINAL_TYPE (ScWsConnection, sc_ws_connection, SC, WS_CONNECTION, GObject)

/**
 * ScWsDelegate:
 * @requested: says whether a client may come in: %SOUP_STATUS_SWITCHING_PROTOCOLS, or the status
 * that refuses it
 * @opened: it is in; what is sent now comes first
 * @message: it said something, @size bytes of UTF-8
 * @closed: it is gone; called once, never from within a function of the connection, and not where
 * the owner cut it
 *
 * Whom a connection tells.
 */
typedef struct {
  guint (*requested) (ScWsConnection *self, const ScWsRequest *request, gpointer user_data);
  void (*opened) (ScWsConnection *self, gpointer user_data);
  void (*message) (ScWsConnection *self, const char *text, gsize size, gpointer user_data);
  void (*closed) (ScWsConnection *self, gpointer user_data);
} ScWsDelegate;

ScWsConnection *
sc_ws_connection_new (GSocketConnection *stream, const ScWsDelegate *delegate, gpointer user_data);

void sc_ws_connection_send (ScWsConnection *self, GBytes *frame);
void sc_ws_connection_close (ScWsConnection *self, ScWsCode code, const char *reason);
void sc_ws_connection_cut (ScWsConnection *self);
void sc_ws_connection_check (ScWsConnection *self, gint64 now_us);

G_END_DECLS
