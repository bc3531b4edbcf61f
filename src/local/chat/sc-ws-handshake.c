/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The server's side of the handshake that makes a connection a WebSocket (RFC 6455, 4.2), over
 * libsoup's parser of headers. */

#include "config.h"

#include "sc-ws-handshake.h"

#include <libsoup/soup.h>
#include <string.h>

/* RFC 6455, 1.3. */
#define ACCEPT_GUID "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

/* A key is 16 bytes in base64: RFC 6455, 4.1. */
#define KEY_BYTES 16

#define HEADERS_END "\r\n\r\n"

/**
 * sc_ws_request_measure:
 * @data: what a client sent so far
 * @size: its bytes
 *
 * Returns: the bytes of the request, 0 where it is not whole, or -1 where it is too large
 */
gssize
sc_ws_request_measure (const guint8 *data, gsize size)
{
  gsize looked_at = MIN (size, SC_WS_REQUEST_MAX_BYTES);
  const guint8 *end = memmem (data, looked_at, HEADERS_END, strlen (HEADERS_END));
  if (end)
    return end + strlen (HEADERS_END) - data;
  return size >= SC_WS_REQUEST_MAX_BYTES ? -1 : 0;
}

static gboolean
is_key (const char *key)
{
  gsize size = 0;
  g_autofree guchar *bytes = key ? g_base64_decode (key, &size) : NULL;
  return size == KEY_BYTES;
}

/* A token of RFC 9110, 5.6.2, which a subprotocol must be; it is sent back in a header. */
static gboolean
is_token (const char *text)
{
  static const char separators[] = "\"(),/:;<=>?@[\\]{}";
  for (const char *at = text; *at; at++) {
    if (!g_ascii_isgraph (*at) || strchr (separators, *at))
      return FALSE;
  }
  return *text != '\0';
}

static ScWsRequest *
read_headers (SoupMessageHeaders *headers)
{
  const char *upgrade = soup_message_headers_get_one (headers, "Upgrade");
  const char *connection = soup_message_headers_get_list (headers, "Connection");
  const char *version = soup_message_headers_get_one (headers, "Sec-WebSocket-Version");
  const char *key = soup_message_headers_get_one (headers, "Sec-WebSocket-Key");
  const char *protocol = soup_message_headers_get_list (headers, "Sec-WebSocket-Protocol");
  const char *address = soup_message_headers_get_one (headers, "X-Real-IP");
  if (!upgrade || g_ascii_strcasecmp (upgrade, "websocket") != 0 || !connection ||
      !soup_header_contains (connection, "upgrade") || g_strcmp0 (version, "13") != 0 ||
      !is_key (key) || (protocol && !is_token (protocol)))
    return NULL;
  ScWsRequest *self = g_new0 (ScWsRequest, 1);
  self->key = g_strdup (key);
  self->protocol = g_strdup (protocol);
  self->address = g_strdup (address && g_hostname_is_ip_address (address) ? address : "127.0.0.1");
  return self;
}

/**
 * sc_ws_request_new:
 * @data: a whole request
 * @size: its bytes
 *
 * Returns: (transfer full) (nullable): the request, or %NULL where it asks for no WebSocket
 */
ScWsRequest *
sc_ws_request_new (const guint8 *data, gsize size)
{
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  g_autofree char *method = NULL;
  g_autofree char *path = NULL;
  SoupHTTPVersion version = SOUP_HTTP_1_0;
  /* libsoup wants the headers without the empty line, ended by a NUL. */
  g_autoptr (GString) text = g_string_new_len ((const char *) data, (gssize) size - 2);
  guint status =
    soup_headers_parse_request (text->str, (int) text->len, headers, &method, &path, &version);
  if (status != SOUP_STATUS_OK || version != SOUP_HTTP_1_1 || g_strcmp0 (method, "GET") != 0)
    return NULL;
  return read_headers (headers);
}

/**
 * sc_ws_request_free:
 * @self: (transfer full): a request
 */
void
sc_ws_request_free (ScWsRequest *self)
{
  g_free (self->key);
  g_free (self->protocol);
  g_free (self->address);
  g_free (self);
}

/**
 * sc_ws_request_accept:
 * @self: a request with a protocol
 *
 * Returns: (transfer full): the answer after which the connection is a WebSocket
 */
GBytes *
sc_ws_request_accept (const ScWsRequest *self)
{
  guint8 digest[20];
  gsize size = sizeof digest;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  g_checksum_update (checksum, (const guchar *) self->key, (gssize) strlen (self->key));
  g_checksum_update (checksum, (const guchar *) ACCEPT_GUID, (gssize) strlen (ACCEPT_GUID));
  g_checksum_get_digest (checksum, digest, &size);
  g_autofree char *proof = g_base64_encode (digest, size);
  char *answer = g_strdup_printf ("HTTP/1.1 101 Switching Protocols\r\n"
                                  "Upgrade: websocket\r\n"
                                  "Connection: Upgrade\r\n"
                                  "Sec-WebSocket-Accept: %s\r\n"
                                  "Sec-WebSocket-Protocol: %s\r\n\r\n",
                                  proof,
                                  self->protocol);
  return g_bytes_new_take (answer, strlen (answer));
}

/**
 * sc_ws_refuse:
 * @status: an HTTP status
 *
 * Returns: (transfer full): the answer after which the connection is closed
 */
GBytes *
sc_ws_refuse (guint status)
{
  char *answer = g_strdup_printf ("HTTP/1.1 %u %s\r\n"
                                  "Content-Length: 0\r\n"
                                  "Connection: close\r\n\r\n",
                                  status,
                                  soup_status_get_phrase (status));
  return g_bytes_new_take (answer, strlen (answer));
}
