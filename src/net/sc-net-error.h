/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ScNetError:
 * @SC_NET_ERROR_RESOLVE: the host's name has no address
 * @SC_NET_ERROR_REFUSED: no connection could be made, for any reason but the two beside it
 * @SC_NET_ERROR_TLS: the server could not prove who it is, or speaks no TLS that we accept
 * @SC_NET_ERROR_TIMEOUT: the request went out and no whole answer came in time
 * @SC_NET_ERROR_RESET: the connection ended before the answer began
 * @SC_NET_ERROR_TRUNCATED: the connection ended inside the answer
 * @SC_NET_ERROR_TOO_LARGE: the answer has more bytes than the caller allowed
 * @SC_NET_ERROR_PROTOCOL: what came is not HTTP, or what should go out is not
 * @SC_NET_ERROR_CANCELLED: the caller gave up
 *
 * Why an exchange over the network has no answer, the error domain of `net`. An answer of any HTTP
 * status is no error here. sc_net_error_was_sent() tells the codes after which a repeat is safe.
 */
typedef enum {
  SC_NET_ERROR_RESOLVE,
  SC_NET_ERROR_REFUSED,
  SC_NET_ERROR_TLS,
  SC_NET_ERROR_TIMEOUT,
  SC_NET_ERROR_RESET,
  SC_NET_ERROR_TRUNCATED,
  SC_NET_ERROR_TOO_LARGE,
  SC_NET_ERROR_PROTOCOL,
  SC_NET_ERROR_CANCELLED,
} ScNetError;

#define SC_NET_ERROR (sc_net_error_quark ())
GQuark sc_net_error_quark (void);

/**
 * ScNetPhase:
 * @SC_NET_CONNECTING: not one byte of the request has gone out
 * @SC_NET_WAITING: the request may have gone out, in part or whole
 * @SC_NET_READING: the head of an answer has come
 *
 * How far an exchange got before it failed.
 */
typedef enum {
  SC_NET_CONNECTING,
  SC_NET_WAITING,
  SC_NET_READING,
} ScNetPhase;

ScNetError sc_net_error_classify (const GError *cause, ScNetPhase phase);
gboolean sc_net_error_was_sent (const GError *error);

G_END_DECLS
