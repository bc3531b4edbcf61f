/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-ingest.h"
#include "sc-rtmp-session.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* How long a stranger may take to show a key; over TLS from the other side of the world ten round
 * trips take 3 s. */
#define SC_RTMP_STRANGER_SECONDS 5

/* How long an encoder may be silent: OBS reconnects after a break of that length. */
#define SC_RTMP_IDLE_SECONDS 10

#define SC_TYPE_RTMP_CONNECTION (sc_rtmp_connection_get_type ())
G_DECLARE_FINAL_TYPE (ScRtmpConnection, sc_rtmp_connection, SC, RTMP_CONNECTION, GObject)

/**
 * ScRtmpConnectionDelegate:
 * @addressed: the encoder's address is known now
 * @publish: decides on a stream key
 * @media: takes an FLV tag of a publisher
 * @closed: it is over, and lingers until the encoder has read the last word; called once, unless
 * the connection was closed by sc_rtmp_connection_close()
 * @gone: the socket of one that never showed a key is closed; called once, last, unless that was
 * by sc_rtmp_connection_close()
 */
typedef struct {
  void (*addressed) (ScRtmpConnection *connection, gpointer user_data);
  ScRtmpVerdict (*publish) (ScRtmpConnection *connection, const char *key, gpointer user_data);
  void (*media) (ScRtmpConnection *connection,
                 guint8 type,
                 guint32 timestamp,
                 GBytes *body,
                 gpointer user_data);
  void (*closed) (ScRtmpConnection *connection, ScIngestReason reason, gpointer user_data);
  void (*gone) (ScRtmpConnection *connection, gpointer user_data);
} ScRtmpConnectionDelegate;

ScRtmpConnection *sc_rtmp_connection_new (GSocketConnection *socket,
                                          ScIngestProtocol protocol,
                                          const ScRtmpConnectionDelegate *delegate,
                                          gpointer user_data);
void sc_rtmp_connection_set_paused (ScRtmpConnection *self, gboolean paused);
void sc_rtmp_connection_refuse (ScRtmpConnection *self, const char *description);
void sc_rtmp_connection_close (ScRtmpConnection *self);

const char *sc_rtmp_connection_get_address (ScRtmpConnection *self);
guint sc_rtmp_connection_get_progress (ScRtmpConnection *self);

G_END_DECLS
