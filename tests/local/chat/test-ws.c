/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Frames and handshakes byte by byte: RFC 6455 and our bounds. */

#include "config.h"

#include "sc-ws-handshake.h"
#include "sc-ws-parser.h"

#include <libsoup/soup.h>
#include <string.h>

#define FIN 0x80
#define TEXT 0x1
#define BINARY 0x2
#define CLOSE 0x8
#define PING 0x9
#define PONG 0xa

/* Appends a masked frame with the length in its shortest form. */
static void
add_frame (GByteArray *bytes, guint8 first, const void *payload, gsize size)
{
  static const guint8 mask[] = { 0x37, 0xfa, 0x21, 0x3d };
  guint8 header[10] = { first, (guint8) (0x80 | size) };
  guint length = 2;
  if (size > 125) {
    guint n_bytes = size > G_MAXUINT16 ? 8 : 2;
    header[1] = n_bytes == 8 ? 0xff : 0xfe;
    for (guint i = 0; i < n_bytes; i++)
      header[length++] = (guint8) ((guint64) size >> 8 * (n_bytes - 1 - i));
  }
  g_byte_array_append (bytes, header, length);
  g_byte_array_append (bytes, mask, sizeof mask);
  for (gsize i = 0; i < size; i++) {
    guint8 byte = ((const guint8 *) payload)[i] ^ mask[i % 4];
    g_byte_array_append (bytes, &byte, 1);
  }
}

static GByteArray *
make_frame (guint8 first, const char *payload)
{
  GByteArray *bytes = g_byte_array_new ();
  add_frame (bytes, first, payload, strlen (payload));
  return bytes;
}

/* Reads the next event of bytes that come in pieces of @piece. */
static ScWsEvent
read_event (ScWsParser *parser, GByteArray *bytes, gsize *at, gsize piece)
{
  while (*at < bytes->len) {
    const guint8 *data = bytes->data + *at;
    gsize given = MIN (piece, bytes->len - *at);
    gsize left = given;
    ScWsEvent event = sc_ws_parser_read (parser, &data, &left);
    *at += given - left;
    if (event != SC_WS_EVENT_NONE)
      return event;
  }
  return SC_WS_EVENT_NONE;
}

static void
assert_payload (ScWsParser *parser, const char *expected)
{
  gsize size = 0;
  const char *payload = sc_ws_parser_get_payload (parser, &size);
  g_assert_cmpmem (payload, size, expected, strlen (expected));
}

/* Asserts that the bytes end the connection with @code. */
static void
assert_broken (GByteArray *bytes, ScWsCode code)
{
  g_autoptr (ScWsParser) parser = sc_ws_parser_new ();
  gsize at = 0;
  g_assert_cmpint (read_event (parser, bytes, &at, 7), ==, SC_WS_EVENT_BROKEN);
  g_assert_cmpint (sc_ws_parser_get_code (parser), ==, code);
  g_assert_cmpint (read_event (parser, bytes, &at, bytes->len), ==, SC_WS_EVENT_NONE);
}

static void
assert_frame_broken (guint8 first, const char *payload, ScWsCode code)
{
  g_autoptr (GByteArray) bytes = make_frame (first, payload);
  assert_broken (bytes, code);
}

static void
test_messages (void)
{
  for (gsize piece = 1; piece < 40; piece++) {
    g_autoptr (ScWsParser) parser = sc_ws_parser_new ();
    g_autoptr (GByteArray) bytes = make_frame (FIN | TEXT, "hello");
    gsize at = 0;
    add_frame (bytes, FIN | TEXT, "", 0);
    add_frame (bytes, TEXT, "frag", 4);
    add_frame (bytes, FIN | PING, "between", 7);
    add_frame (bytes, 0, "men", 3);
    add_frame (bytes, FIN, "ted \xc3\xa9", 6);
    add_frame (bytes, FIN | PONG, "", 0);
    g_assert_cmpint (read_event (parser, bytes, &at, piece), ==, SC_WS_EVENT_TEXT);
    assert_payload (parser, "hello");
    g_assert_cmpint (read_event (parser, bytes, &at, piece), ==, SC_WS_EVENT_TEXT);
    assert_payload (parser, "");
    g_assert_cmpint (read_event (parser, bytes, &at, piece), ==, SC_WS_EVENT_PING);
    assert_payload (parser, "between");
    g_assert_cmpint (read_event (parser, bytes, &at, piece), ==, SC_WS_EVENT_TEXT);
    assert_payload (parser, "fragmented \xc3\xa9");
    g_assert_cmpint (read_event (parser, bytes, &at, piece), ==, SC_WS_EVENT_PONG);
    g_assert_cmpint (read_event (parser, bytes, &at, piece), ==, SC_WS_EVENT_NONE);
  }
}

static void
test_close (void)
{
  static const struct {
    const char *payload;
    gsize size;
    ScWsEvent event;
    guint code;
  } cases[] = {
    { "", 0, SC_WS_EVENT_CLOSE, 1000 },
    { "\x03\xe9gone", 6, SC_WS_EVENT_CLOSE, 1001 },
    { "\x0f\xa0", 2, SC_WS_EVENT_CLOSE, 4000 },
    { "\x03", 1, SC_WS_EVENT_BROKEN, 1002 },
    { "\x03\xee", 2, SC_WS_EVENT_BROKEN, 1002 },         /* 1006 is never sent */
    { "\x27\x10", 2, SC_WS_EVENT_BROKEN, 1002 },         /* 10000 */
    { "\x03\xe8\xc3\x28", 4, SC_WS_EVENT_BROKEN, 1007 }, /* no UTF-8 */
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (ScWsParser) parser = sc_ws_parser_new ();
    g_autoptr (GByteArray) bytes = g_byte_array_new ();
    gsize at = 0;
    add_frame (bytes, FIN | CLOSE, cases[i].payload, cases[i].size);
    g_assert_cmpint (read_event (parser, bytes, &at, 3), ==, cases[i].event);
    g_assert_cmpuint (sc_ws_parser_get_code (parser), ==, cases[i].code);
  }
}

static void
test_rules (void)
{
  static const guint8 bare[] = { FIN | TEXT, 0x02, 'h', 'i' };
  static const guint8 long_form[] = { FIN | TEXT, 0xfe, 0, 5, 0, 0, 0, 0 };
  static const guint8 huge_form[] = { FIN | TEXT, 0xff, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0 };
  static const guint8 long_ping[] = { FIN | PING, 0xfe };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_byte_array_append (bytes, bare, sizeof bare);
  assert_broken (bytes, SC_WS_CODE_PROTOCOL);
  g_byte_array_set_size (bytes, 0);
  g_byte_array_append (bytes, long_form, sizeof long_form);
  assert_broken (bytes, SC_WS_CODE_PROTOCOL);
  g_byte_array_set_size (bytes, 0);
  g_byte_array_append (bytes, huge_form, sizeof huge_form);
  assert_broken (bytes, SC_WS_CODE_PROTOCOL);
  g_byte_array_set_size (bytes, 0);
  g_byte_array_append (bytes, long_ping, sizeof long_ping);
  assert_broken (bytes, SC_WS_CODE_PROTOCOL);

  assert_frame_broken (FIN | 0x40 | TEXT, "compressed", SC_WS_CODE_PROTOCOL);
  assert_frame_broken (FIN | 0x3, "reserved", SC_WS_CODE_PROTOCOL);
  assert_frame_broken (FIN | 0xb, "reserved", SC_WS_CODE_PROTOCOL);
  assert_frame_broken (FIN, "nothing to continue", SC_WS_CODE_PROTOCOL);
  assert_frame_broken (PING, "control in pieces", SC_WS_CODE_PROTOCOL);
  assert_frame_broken (FIN | BINARY, "bytes", SC_WS_CODE_UNSUPPORTED);
  assert_frame_broken (FIN | TEXT, "\xc3\x28", SC_WS_CODE_BAD_DATA);
  assert_frame_broken (FIN | TEXT, "cut \xc3", SC_WS_CODE_BAD_DATA);
  assert_frame_broken (FIN | TEXT, "\xed\xa0\x80", SC_WS_CODE_BAD_DATA); /* half a surrogate */

  g_autoptr (GByteArray) two = make_frame (TEXT, "one");
  add_frame (two, FIN | TEXT, "another", 7);
  assert_broken (two, SC_WS_CODE_PROTOCOL);
}

/* A NUL is valid in UTF-8, whatever comes of it in JSON. */
static void
test_nul (void)
{
  g_autoptr (ScWsParser) parser = sc_ws_parser_new ();
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gsize at = 0;
  gsize size = 0;
  add_frame (bytes, FIN | TEXT, "a\0b\0", 4);
  g_assert_cmpint (read_event (parser, bytes, &at, 64), ==, SC_WS_EVENT_TEXT);
  sc_ws_parser_get_payload (parser, &size);
  g_assert_cmpuint (size, ==, 4);
}

static void
test_bounds (void)
{
  g_autofree char *most = g_strnfill (SC_WS_MESSAGE_MAX_BYTES, 'x');
  g_autofree char *more = g_strnfill (SC_WS_MESSAGE_MAX_BYTES + 1, 'x');
  g_autoptr (ScWsParser) parser = sc_ws_parser_new ();
  g_autoptr (GByteArray) bytes = make_frame (FIN | TEXT, most);
  gsize at = 0;
  g_assert_cmpint (read_event (parser, bytes, &at, 1000), ==, SC_WS_EVENT_TEXT);
  assert_payload (parser, most);
  assert_frame_broken (FIN | TEXT, more, SC_WS_CODE_TOO_BIG);

  /* Who announces more than fits is not waited for. */
  static const guint8 endless[] = { FIN | TEXT, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                    0xff,       0xff, 0xff, 0,    0,    0,    0 };
  g_byte_array_set_size (bytes, 0);
  g_byte_array_append (bytes, endless, sizeof endless);
  assert_broken (bytes, SC_WS_CODE_TOO_BIG);

  /* Pieces that are small each, and pieces that are empty. */
  g_autoptr (GByteArray) small = make_frame (TEXT, "x");
  g_autoptr (GByteArray) large = make_frame (TEXT, most);
  for (guint i = 0; i < SC_WS_FRAGMENTS_MAX; i++)
    add_frame (small, 0, "", 0);
  add_frame (large, 0, "x", 1);
  assert_broken (small, SC_WS_CODE_TOO_BIG);
  assert_broken (large, SC_WS_CODE_TOO_BIG);
}

static void
assert_bytes (GBytes *frame, const char *expected, gsize size)
{
  gsize have = 0;
  const void *data = g_bytes_get_data (frame, &have);
  g_assert_cmpmem (data, have, expected, size);
  g_bytes_unref (frame);
}

static void
test_writes (void)
{
  g_autofree char *medium = g_strnfill (126, 'x');
  g_autofree char *large = g_strnfill (70000, 'x');
  assert_bytes (sc_ws_frame_new_text ("hi"), "\x81\x02hi", 4);
  assert_bytes (sc_ws_frame_new_ping (), "\x89\x00", 2);
  assert_bytes (sc_ws_frame_new_pong ("a", 1),
                "\x8a\x01"
                "a",
                3);
  assert_bytes (sc_ws_frame_new_close (SC_WS_CODE_NORMAL, "bye"),
                "\x88\x05\x03\xe8"
                "bye",
                7);
  g_autoptr (GBytes) frame = sc_ws_frame_new_text (medium);
  g_assert_cmpmem (g_bytes_get_data (frame, NULL), 4, "\x81\x7e\x00\x7e", 4);
  g_assert_cmpuint (g_bytes_get_size (frame), ==, 4 + 126);
  g_autoptr (GBytes) big = sc_ws_frame_new_text (large);
  g_assert_cmpmem (g_bytes_get_data (big, NULL), 10, "\x81\x7f\0\0\0\0\0\x01\x11\x70", 10);
}

#define GOOD                                                                                       \
  "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n" \
  "Sec-WebSocket-Version: 13\r\n"
#define KEY "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"

static ScWsRequest *
parse (const char *text)
{
  gsize size = strlen (text);
  g_assert_cmpint (sc_ws_request_measure ((const guint8 *) text, size - 1), ==, 0);
  g_assert_cmpint (sc_ws_request_measure ((const guint8 *) text, size), ==, size);
  return sc_ws_request_new ((const guint8 *) text, size);
}

static void
test_handshake (void)
{
  g_autoptr (ScWsRequest) request =
    parse (GOOD KEY "Sec-WebSocket-Protocol: abc123\r\nX-Real-IP: 10.1.2.3\r\n\r\n");
  g_assert_nonnull (request);
  g_assert_cmpstr (request->protocol, ==, "abc123");
  g_assert_cmpstr (request->address, ==, "10.1.2.3");
  g_autoptr (GBytes) answer = sc_ws_request_accept (request);
  g_autofree char *text = g_strndup (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));
  /* RFC 6455, 1.3: the example. */
  g_assert_nonnull (strstr (text, "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"));
  g_assert_nonnull (strstr (text, "Sec-WebSocket-Protocol: abc123\r\n"));
  g_assert_true (g_str_has_suffix (text, "\r\n\r\n"));

  g_autoptr (ScWsRequest) bare = parse (GOOD KEY "X-Real-IP: nobody\r\n\r\n");
  g_assert_null (bare->protocol);
  g_assert_cmpstr (bare->address, ==, "127.0.0.1");
}

static void
test_handshake_rules (void)
{
  static const char *const bad[] = {
    GOOD "\r\n",
    GOOD "Sec-WebSocket-Key: c2hvcnQ=\r\n\r\n",
    GOOD KEY "Sec-WebSocket-Protocol: one, two\r\n\r\n",
    GOOD KEY "Sec-WebSocket-Protocol: sp ace\r\n\r\n",
    "POST / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\n" KEY "\r\n",
    "GET / HTTP/1.0\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\n" KEY "\r\n",
    "GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 8\r\n" KEY "\r\n",
    "GET / HTTP/1.1\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n" KEY "\r\n",
    "GET / HTTP/1.1\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n" KEY "\r\n",
    "nonsense\r\n\r\n",
    "\r\n\r\n",
  };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_null (parse (bad[i]));
  g_autofree char *large = g_strnfill (SC_WS_REQUEST_MAX_BYTES, 'x');
  g_assert_cmpint (sc_ws_request_measure ((guint8 *) large, SC_WS_REQUEST_MAX_BYTES - 1), ==, 0);
  g_assert_cmpint (sc_ws_request_measure ((guint8 *) large, SC_WS_REQUEST_MAX_BYTES), ==, -1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ws/messages", test_messages);
  g_test_add_func ("/ws/close", test_close);
  g_test_add_func ("/ws/rules", test_rules);
  g_test_add_func ("/ws/nul", test_nul);
  g_test_add_func ("/ws/bounds", test_bounds);
  g_test_add_func ("/ws/writes", test_writes);
  g_test_add_func ("/ws/handshake", test_handshake);
  g_test_add_func ("/ws/handshake-rules", test_handshake_rules);
  return g_test_run ();
}
