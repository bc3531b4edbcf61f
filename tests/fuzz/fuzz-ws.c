/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-room-request.h"
#include "sc-ws-handshake.h"
#include "sc-ws-parser.h"
#include "sct-fuzz.h"

#include <string.h>

/* Somebody's bytes at a chat room, from the request for a WebSocket on: frames in pieces as a
 * network might cut them, and the requests in them. */

static const char *const texts[] = {
  "{\"Action\":\"SEND_MESSAGE\",\"RequestId\":\"r\",\"Content\":\"hi \\ud83d\\udc31\","
  "\"Attributes\":{\"k\":\"v\"}}",
  "{\"Action\":\"DELETE_MESSAGE\",\"RequestId\":\"r\",\"Id\":\"abcdABCD1234\"}",
  "{\"Action\":\"DISCONNECT_USER\",\"UserId\":\"someone\",\"Reason\":\"rude\"}",
};

/* The mask is all zeros, so that mutations reach the text. */
static void
add_frame (GByteArray *bytes, guint8 first, const char *payload, gsize size)
{
  const guint8 header[] = { first, 0xfe, (guint8) (size >> 8), (guint8) size, 0, 0, 0, 0 };
  const guint8 small[] = { first, (guint8) (0x80 | size), 0, 0, 0, 0 };
  if (size > 125)
    g_byte_array_append (bytes, header, sizeof header);
  else
    g_byte_array_append (bytes, small, sizeof small);
  g_byte_array_append (bytes, (const guint8 *) payload, (guint) size);
}

GByteArray *
sct_fuzz_seed (void)
{
  static const char request[] = "GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                "Sec-WebSocket-Version: 13\r\nX-Real-IP: ::1\r\n"
                                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                "Sec-WebSocket-Protocol: token\r\n\r\n";
  GByteArray *bytes = g_byte_array_new ();
  g_byte_array_append (bytes, (const guint8 *) request, sizeof request - 1);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    gsize half = strlen (texts[i]) / 2;
    add_frame (bytes, 0x81, texts[i], strlen (texts[i]));
    add_frame (bytes, 0x89, "ping", 4);
    add_frame (bytes, 0x01, texts[i], half);
    add_frame (bytes, 0x80, texts[i] + half, strlen (texts[i]) - half);
  }
  add_frame (bytes,
             0x88,
             "\x03\xe8"
             "bye",
             5);
  return bytes;
}

static void
read_request (const char *text, gsize size)
{
  g_auto (ScRoomRequest) request = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *exact = g_memdup2 (text, MAX (size, 1)); /* so that ASan sees one too far */
  g_assert (size <= SC_WS_MESSAGE_MAX_BYTES);
  gboolean good = sc_room_request_read (exact, size, 500, &request, &error);
  g_assert (good == (error == NULL) && request.request_id);
}

static gboolean
read_frames (ScWsParser *parser, const guint8 *data, gsize size)
{
  g_autofree guint8 *exact = g_memdup2 (data, size);
  const guint8 *at = exact;
  ScWsEvent event = SC_WS_EVENT_NONE;
  while ((event = sc_ws_parser_read (parser, &at, &size)) != SC_WS_EVENT_NONE) {
    gsize length = 0;
    if (event == SC_WS_EVENT_CLOSE || event == SC_WS_EVENT_BROKEN) {
      g_assert (sc_ws_parser_get_code (parser) >= SC_WS_CODE_NORMAL);
      return FALSE;
    }
    const char *payload = sc_ws_parser_get_payload (parser, &length);
    if (event == SC_WS_EVENT_TEXT)
      read_request (payload, length);
    else
      g_assert (length <= SC_WS_CONTROL_MAX_BYTES);
  }
  g_assert (size == 0);
  return TRUE;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  if (size == 0)
    return 0;
  gssize used = sc_ws_request_measure (data, size);
  if (used > 0) {
    g_autoptr (ScWsRequest) request = sc_ws_request_new (data, (gsize) used);
    g_autoptr (GBytes) answer =
      request && request->protocol ? sc_ws_request_accept (request) : sc_ws_refuse (400);
    g_assert (
      !memmem (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer), "\r\n\r\n\r", 5));
  }
  g_autoptr (ScWsParser) parser = sc_ws_parser_new ();
  gsize piece = 1 + data[size - 1];
  for (gsize done = (gsize) MAX (used, 0); done < size; done += piece) {
    if (!read_frames (parser, data + done, MIN (piece, size - done)))
      break;
  }
  return 0;
}
