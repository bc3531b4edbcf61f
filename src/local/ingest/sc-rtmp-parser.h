/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-ingest-error.h"

G_BEGIN_DECLS

/* Chunk streams that one connection may use. ffmpeg uses 4, OBS 4, rtmp2sink 5. */
#define SC_RTMP_MAX_CHUNK_STREAMS 16

/* Message types, "Adobe's Real Time Messaging Protocol" 5.4 and 7.1. */
enum {
  SC_RTMP_SET_CHUNK_SIZE = 1,
  SC_RTMP_ABORT = 2,
  SC_RTMP_ACKNOWLEDGEMENT = 3,
  SC_RTMP_USER_CONTROL = 4,
  SC_RTMP_WINDOW_SIZE = 5,
  SC_RTMP_PEER_BANDWIDTH = 6,
  SC_RTMP_AUDIO = 8,
  SC_RTMP_VIDEO = 9,
  SC_RTMP_COMMAND_AMF3 = 17,
  SC_RTMP_DATA = 18,
  SC_RTMP_COMMAND = 20,
};

/**
 * ScRtmpMessage:
 * @type: the message type id
 * @stream_id: the message stream id; 0 is the connection itself
 * @timestamp: milliseconds, wraps after 49.7 days
 * @payload: the message's bytes
 *
 * One whole message.
 */
typedef struct {
  guint8 type;
  guint32 stream_id;
  guint32 timestamp;
  GBytes *payload;
} ScRtmpMessage;

void sc_rtmp_message_clear (ScRtmpMessage *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ScRtmpMessage, sc_rtmp_message_clear)

typedef struct _ScRtmpParser ScRtmpParser;

ScRtmpParser *sc_rtmp_parser_new (gsize max_message);
void sc_rtmp_parser_free (ScRtmpParser *self);
void sc_rtmp_parser_set_max_message (ScRtmpParser *self, gsize max_message);
void sc_rtmp_parser_feed (ScRtmpParser *self, const guint8 *data, gsize size);
gboolean sc_rtmp_parser_next (ScRtmpParser *self, ScRtmpMessage *ret_message, GError **error);
gsize sc_rtmp_parser_held (const ScRtmpParser *self);
gboolean sc_rtmp_parser_is_amid_message (const ScRtmpParser *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScRtmpParser, sc_rtmp_parser_free)

G_END_DECLS
