/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What one message may have. The largest request of Amazon IVS Chat is a line of 500 code points
 * with 1 KB of attributes; with every character escaped ("\u0041") that is 12 KB. */
#define SC_WS_MESSAGE_MAX_BYTES (16 * 1024)

/* What one message may come in: an honest client sends one or two. */
#define SC_WS_FRAGMENTS_MAX 64

/* RFC 6455, 5.5. */
#define SC_WS_CONTROL_MAX_BYTES 125

/**
 * ScWsCode:
 *
 * Why a connection ends: RFC 6455, 7.4.1.
 */
typedef enum {
  SC_WS_CODE_NORMAL = 1000,
  SC_WS_CODE_GOING_AWAY = 1001,
  SC_WS_CODE_PROTOCOL = 1002,
  SC_WS_CODE_UNSUPPORTED = 1003,
  SC_WS_CODE_BAD_DATA = 1007,
  SC_WS_CODE_POLICY = 1008,
  SC_WS_CODE_TOO_BIG = 1009,
} ScWsCode;

/**
 * ScWsEvent:
 * @SC_WS_EVENT_NONE: there is no more in the bytes given
 * @SC_WS_EVENT_TEXT: a whole text message, valid UTF-8
 * @SC_WS_EVENT_PING: a ping, whose payload wants to be sent back
 * @SC_WS_EVENT_PONG: a pong
 * @SC_WS_EVENT_CLOSE: the peer closes; what follows means nothing
 * @SC_WS_EVENT_BROKEN: the peer broke a rule or a bound; what follows means nothing
 *
 * What the peer said.
 */
typedef enum {
  SC_WS_EVENT_NONE,
  SC_WS_EVENT_TEXT,
  SC_WS_EVENT_PING,
  SC_WS_EVENT_PONG,
  SC_WS_EVENT_CLOSE,
  SC_WS_EVENT_BROKEN,
} ScWsEvent;

typedef struct _ScWsParser ScWsParser;

ScWsParser *sc_ws_parser_new (void);
void sc_ws_parser_free (ScWsParser *self);

ScWsEvent sc_ws_parser_read (ScWsParser *self, const guint8 **data, gsize *size);
const char *sc_ws_parser_get_payload (ScWsParser *self, gsize *ret_size);
ScWsCode sc_ws_parser_get_code (ScWsParser *self);

GBytes *sc_ws_frame_new_text (const char *text);
GBytes *sc_ws_frame_new_ping (void);
GBytes *sc_ws_frame_new_pong (const char *payload, gsize size);
GBytes *sc_ws_frame_new_close (ScWsCode code, const char *reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScWsParser, sc_ws_parser_free)

G_END_DECLS
