/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-ingest-meter.h"
#include "sc-media-info.h"
#include "sc-origin.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ScIngestReason:
 * @SC_INGEST_COMPLETED: the encoder took its leave
 * @SC_INGEST_VANISHED: the encoder's connection broke
 * @SC_INGEST_STALLED: nothing came, or nothing could be packaged, for longer than we wait
 * @SC_INGEST_STOPPED: sc_ingest_stop() was called
 * @SC_INGEST_BAD_MEDIA: what the encoder sent is not what a channel takes
 * @SC_INGEST_FAILED: our own packaging of this stream broke
 *
 * Why a session is over.
 */
typedef enum {
  SC_INGEST_COMPLETED,
  SC_INGEST_VANISHED,
  SC_INGEST_STALLED,
  SC_INGEST_STOPPED,
  SC_INGEST_BAD_MEDIA,
  SC_INGEST_FAILED,
} ScIngestReason;

/**
 * ScIngestDelegate:
 * @authorize: whose stream key @key is: the channel's id (transfer full), the last part of its ARN,
 * or %NULL to refuse. Called once a publish command; compare keys in constant time
 * @count_renditions: (nullable): the most renditions besides the source into which the channel's
 * streams are transcoded; 0 without it
 * @session_created: an encoder was let in. Amazon IVS's "Session Created"
 * @announced: (nullable): what the encoder calls itself, where it does; before or after the start
 * @stream_start: the first segment can be watched. Amazon IVS's "Stream Start"
 * @stream_changed: (nullable): the picture or the sound changed in the midst of the stream
 * @health_changed: (nullable): media stopped to come in time, or do again; only between start and
 * end
 * @measured: (nullable): what came in the last 5 s; only between start and end. %FALSE if the
 * channel does not take that, which ends the stream
 * @exceeded: (nullable): more bits a second came than any channel takes by far, at most 10 s of
 * them; the stream is ended next. Also before @stream_start
 * @refused: (nullable): another encoder came with the key of a channel that has one
 * @segment: (nullable): a segment of the source is over: whole, or what there is of it when its
 * stream is stopped
 * @stream_end: no more segments will come; only after @stream_start. Amazon IVS's "Stream End"
 * @session_ended: the encoder is gone, the key is free again. Amazon IVS's "Session Ended"
 *
 * What the ingest asks and tells. All in the main context, in this order for each session, and
 * every session_created has its session_ended. A delegate must not call back into the ingest from
 * these.
 */
typedef struct {
  char *(*authorize) (const char *key, gpointer user_data);
  guint (*count_renditions) (const char *channel_id, gpointer user_data);
  void (*session_created) (const char *channel_id, const char *stream_id, gpointer user_data);
  void (*announced) (const char *channel_id,
                     const char *stream_id,
                     const char *encoder,
                     gpointer user_data);
  void (*stream_start) (const char *channel_id,
                        const char *stream_id,
                        const ScMediaInfo *info,
                        gpointer user_data);
  void (*stream_changed) (const char *channel_id,
                          const char *stream_id,
                          const ScMediaInfo *info,
                          gpointer user_data);
  void (*health_changed) (const char *channel_id,
                          const char *stream_id,
                          gboolean is_starving,
                          gpointer user_data);
  gboolean (*measured) (const char *channel_id,
                        const char *stream_id,
                        const ScIngestMeasure *measure,
                        gpointer user_data);
  void (*exceeded) (const char *channel_id,
                    const char *stream_id,
                    guint64 bitrate,
                    gpointer user_data);
  void (*refused) (const char *channel_id, const char *stream_id, gpointer user_data);
  void (*segment) (const char *channel_id,
                   const char *stream_id,
                   ScSegment *segment,
                   gpointer user_data);
  void (*stream_end) (const char *channel_id, const char *stream_id, gpointer user_data);
  void (*session_ended) (const char *channel_id,
                         const char *stream_id,
                         ScIngestReason reason,
                         gpointer user_data);
} ScIngestDelegate;

/**
 * ScIngestProtocol:
 * @SC_INGEST_RTMP: RTMP from the first byte on
 * @SC_INGEST_PROXIED: a PROXY protocol version 1 line, then RTMP: what nginx's `stream` sends with
 * `proxy_protocol on`, so that the limits of an address count the encoder's address
 */
typedef enum {
  SC_INGEST_RTMP,
  SC_INGEST_PROXIED,
} ScIngestProtocol;

#define SC_TYPE_INGEST (sc_ingest_get_type ())
G_DECLARE_FINAL_TYPE (ScIngest, sc_ingest, SC, INGEST, GObject)

ScIngest *sc_ingest_new (ScOrigin *origin,
                         const char *publisher_program,
                         const ScIngestDelegate *delegate,
                         gpointer user_data);

gboolean sc_ingest_listen (ScIngest *self,
                           GSocketAddress *address,
                           ScIngestProtocol protocol,
                           GError **error);
guint16
sc_ingest_listen_loopback (ScIngest *self, guint16 port, ScIngestProtocol protocol, GError **error);
gboolean sc_ingest_refuse_second (ScIngest *self, const char *channel_id);
gboolean sc_ingest_stop (ScIngest *self, const char *channel_id);
gboolean sc_ingest_put_metadata (ScIngest *self, const char *channel_id, const char *text);
void sc_ingest_close (ScIngest *self);

const char *sc_ingest_reason_to_string (ScIngestReason reason);

G_END_DECLS
