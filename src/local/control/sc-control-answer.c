/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Answers on the wire: whole ones as Amazon sends them, and broken ones that a test orders. */

#include "config.h"

#include "sc-control-answer.h"

#include "sc-json.h"

#include <string.h>
#include <sys/socket.h>

/**
 * sc_control_answer:
 * @message: a call
 * @status: the status
 * @body: (nullable): the body; a 204 has none
 *
 * Answers in JSON, with a request id.
 */
void
sc_control_answer (SoupServerMessage *message, guint status, JsonObject *body)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *id = g_uuid_string_random ();
  soup_message_headers_replace (headers, "x-amzn-RequestId", id);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_server_message_set_status (message, status, NULL);
  if (!body || status == SOUP_STATUS_NO_CONTENT) {
    /* libsoup ends the connection after an answer without a length, and does not say so: a caller
     * that takes it for open loses its next call. */
    soup_message_headers_replace (headers, "Connection", "close");
    return;
  }
  char *text = sc_json_to_string (body);
  soup_server_message_set_response (message,
                                    "application/json",
                                    SOUP_MEMORY_TAKE,
                                    text,
                                    strlen (text));
}

/**
 * sc_control_answer_error:
 * @message: a call
 * @error: an error of %SC_CONTROL_ERROR
 * @detail: what Amazon's shape of it tells besides
 *
 * Answers that a call failed.
 */
void
sc_control_answer_error (SoupServerMessage *message,
                         const GError *error,
                         const ScControlErrorDetail *detail)
{
  g_autoptr (JsonObject) body = sc_control_error_to_json (error, detail);
  sc_control_answer (message, sc_control_error_get_status (error), body);
  soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                "x-amzn-ErrorType",
                                sc_control_error_get_name (error));
}

/**
 * sc_control_answer_half:
 * @message: a call
 * @body: the body
 *
 * Announces the whole body, sends half of it, and closes the connection.
 */
void
sc_control_answer_half (SoupServerMessage *message, JsonObject *body)
{
  g_autofree char *text = sc_json_to_string (body);
  gsize length = strlen (text);
  g_autofree char *answer = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                                             "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%.*s",
                                             length,
                                             (int) (length / 2),
                                             text);
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);
  g_output_stream_write_all (g_io_stream_get_output_stream (stream),
                             answer,
                             strlen (answer),
                             NULL,
                             NULL,
                             NULL);
  g_io_stream_close (stream, NULL, NULL);
}

/**
 * sc_control_answer_reset:
 * @message: a call
 *
 * Ends the connection with a TCP reset instead of an answer.
 */
void
sc_control_answer_reset (SoupServerMessage *message)
{
  const struct linger at_once = { .l_onoff = 1, .l_linger = 0 };
  GSocket *socket = soup_server_message_get_socket (message);
  if (!socket)
    return; /* the caller is gone already */
  setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);
  if (stream)
    g_io_stream_close (stream, NULL, NULL);
}
