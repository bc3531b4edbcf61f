/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * ScPlayerError:
 * @SC_PLAYER_ERROR_OFFLINE: there is nothing to play at this address now (404, 410)
 * @SC_PLAYER_ERROR_NETWORK: the server cannot be reached, or answers that it is in trouble
 * @SC_PLAYER_ERROR_FORBIDDEN: the server refuses to serve this viewer
 * @SC_PLAYER_ERROR_MISSING_CODEC: a decoder or another element is not installed
 * @SC_PLAYER_ERROR_DECODE: what arrived cannot be understood
 * @SC_PLAYER_ERROR_OUTPUT: the picture or the sound cannot be put out on this machine
 *
 * Why there is no picture, the error domain of `player`. The message is for a log and for Details;
 * the words for people are the app's.
 */
typedef enum {
  SC_PLAYER_ERROR_OFFLINE,
  SC_PLAYER_ERROR_NETWORK,
  SC_PLAYER_ERROR_FORBIDDEN,
  SC_PLAYER_ERROR_MISSING_CODEC,
  SC_PLAYER_ERROR_DECODE,
  SC_PLAYER_ERROR_OUTPUT,
} ScPlayerError;

#define SC_PLAYER_ERROR (sc_player_error_quark ())
GQuark sc_player_error_quark (void);

/**
 * ScPlayerCause:
 * @domain: the domain of a GStreamer error
 * @code: its code
 * @http_status: the "http-status-code" in its details, or 0 where there was no answer
 */
typedef struct {
  GQuark domain;
  int code;
  guint http_status;
} ScPlayerCause;

ScPlayerError sc_player_error_classify (const ScPlayerCause *cause);
GError *sc_player_error_from_message (GstMessage *message, const char *missing);

G_END_DECLS
