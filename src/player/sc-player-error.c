/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-player-error.h"

G_DEFINE_QUARK (sc-player-error-quark, sc_player_error)

/* The least HTTP status that is an error (RFC 9110, 15.5). */
#define HTTP_ERROR 400

typedef struct {
  int code;
  ScPlayerError error;
} Row;

/* GST_RESOURCE_ERROR without an HTTP status: sockets, TLS, files, devices. */
static const Row resource_rows[] = {
  { GST_RESOURCE_ERROR_NOT_FOUND, SC_PLAYER_ERROR_OFFLINE },
  { GST_RESOURCE_ERROR_NOT_AUTHORIZED, SC_PLAYER_ERROR_FORBIDDEN },
  { GST_RESOURCE_ERROR_OPEN_WRITE, SC_PLAYER_ERROR_OUTPUT },
  { GST_RESOURCE_ERROR_WRITE, SC_PLAYER_ERROR_OUTPUT },
  { GST_RESOURCE_ERROR_BUSY, SC_PLAYER_ERROR_OUTPUT },
  { GST_RESOURCE_ERROR_SETTINGS, SC_PLAYER_ERROR_OUTPUT },
};

static const Row stream_rows[] = {
  { GST_STREAM_ERROR_CODEC_NOT_FOUND, SC_PLAYER_ERROR_MISSING_CODEC },
  { GST_STREAM_ERROR_DECRYPT, SC_PLAYER_ERROR_FORBIDDEN },
  { GST_STREAM_ERROR_DECRYPT_NOKEY, SC_PLAYER_ERROR_FORBIDDEN },
};

static ScPlayerError
look_up (const Row *rows, gsize n_rows, int code, ScPlayerError fallback)
{
  for (gsize i = 0; i < n_rows; i++)
    if (rows[i].code == code)
      return rows[i].error;
  return fallback;
}

static ScPlayerError
classify_http (guint status)
{
  switch (status) {
  case 401:
  case 403:
  case 451:
    return SC_PLAYER_ERROR_FORBIDDEN;
  case 404:
  case 410:
    return SC_PLAYER_ERROR_OFFLINE;
  default:
    return SC_PLAYER_ERROR_NETWORK;
  }
}

/**
 * sc_player_error_classify:
 * @cause: what GStreamer reports
 *
 * An HTTP status of 400 and above says more than the domain. Our sources tell all that the network
 * does as %GST_RESOURCE_ERROR, so a stream error is of what arrived, whoever found it.
 *
 * Returns: what that means for a viewer
 */
ScPlayerError
sc_player_error_classify (const ScPlayerCause *cause)
{
  if (cause->http_status >= HTTP_ERROR)
    return classify_http (cause->http_status);
  if (cause->domain == GST_RESOURCE_ERROR)
    return look_up (resource_rows,
                    G_N_ELEMENTS (resource_rows),
                    cause->code,
                    SC_PLAYER_ERROR_NETWORK);
  if (cause->domain == GST_STREAM_ERROR)
    return look_up (stream_rows, G_N_ELEMENTS (stream_rows), cause->code, SC_PLAYER_ERROR_DECODE);
  if (cause->domain == GST_CORE_ERROR && cause->code == GST_CORE_ERROR_MISSING_PLUGIN)
    return SC_PLAYER_ERROR_MISSING_CODEC;
  return SC_PLAYER_ERROR_OUTPUT;
}

static guint
read_http_status (const GstStructure *details)
{
  guint status = 0;
  if (details)
    gst_structure_get_uint (details, "http-status-code", &status);
  return status;
}

/**
 * sc_player_error_from_message:
 * @message: a message of type %GST_MESSAGE_ERROR
 * @missing: (nullable): what a "missing-plugin" message before it named, as "H.265 decoder"
 *
 * The debug text of @message is left out: it holds URLs, and a playback URL can hold a token.
 *
 * Returns: (transfer full): the error in our domain
 */
GError *
sc_player_error_from_message (GstMessage *message, const char *missing)
{
  g_autoptr (GError) error = NULL;
  gst_message_parse_error (message, &error, NULL);
  if (missing)
    return g_error_new (SC_PLAYER_ERROR, SC_PLAYER_ERROR_MISSING_CODEC, "Missing: %s", missing);

  const GstStructure *details = NULL;
  gst_message_parse_error_details (message, &details);
  const ScPlayerCause cause = {
    .domain = error->domain,
    .code = error->code,
    .http_status = read_http_status (details),
  };
  ScPlayerError code = sc_player_error_classify (&cause);
  if (cause.http_status >= HTTP_ERROR)
    return g_error_new (SC_PLAYER_ERROR,
                        (int) code,
                        "%s (HTTP %u)",
                        error->message,
                        cause.http_status);
  return g_error_new_literal (SC_PLAYER_ERROR, (int) code, error->message);
}
