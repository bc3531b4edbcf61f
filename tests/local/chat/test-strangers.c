/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a client can do that keeps no rules: raw bytes on the socket of the rooms. */

#include "config.h"

#include "sc-ws-connection.h"
#include "sct-rooms.h"

#include <gio/gunixsocketaddress.h>
#include <sys/socket.h>

#define REQUEST_WITHOUT_TOKEN                                                                      \
  "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"             \
  "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"

#define TOKEN "Sec-WebSocket-Protocol: t\r\n"

/* "\x81\x80" and a mask of zeros: an empty text. */
#define EMPTY_TEXT "\x81\x80\0\0\0\0"
#define EMPTY_PING "\x89\x80\0\0\0\0"
#define FRAME_BYTES 6

typedef struct {
  GSocketConnection *stream;
  GByteArray *heard;
  guint8 buffer[4096];
  gboolean is_over;
} Raw;

static void read_on (Raw *raw);

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Raw *raw = user_data;
  gssize count = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);
  raw->is_over = count <= 0;
  if (raw->is_over)
    return;
  g_byte_array_append (raw->heard, raw->buffer, (guint) count);
  read_on (raw);
}

static void
read_on (Raw *raw)
{
  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (raw->stream)),
                             raw->buffer,
                             sizeof raw->buffer,
                             G_PRIORITY_DEFAULT,
                             NULL,
                             on_read,
                             raw);
}

static void
say (Raw *raw, const void *bytes, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (raw->stream)),
                             bytes,
                             size,
                             NULL,
                             NULL,
                             &error);
  g_assert_no_error (error);
}

static Raw *
connect_raw (SctRooms *rooms)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (rooms->socket);
  Raw *raw = g_new0 (Raw, 1);
  raw->heard = g_byte_array_new ();
  raw->stream = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, &error);
  g_assert_no_error (error);
  return raw;
}

/* Somebody in the room who does not read yet. */
static Raw *
enter_raw (SctRooms *rooms)
{
  Raw *raw = connect_raw (rooms);
  g_autofree char *token = sct_rooms_make_token (rooms, "raw", "");
  g_autofree char *request =
    g_strconcat (REQUEST_WITHOUT_TOKEN, "Sec-WebSocket-Protocol: ", token, "\r\n\r\n", NULL);
  say (raw, request, strlen (request));
  return raw;
}

static gboolean
is_over (gpointer data)
{
  return ((Raw *) data)->is_over;
}

/* Waits until the server ends it. Returns what was heard. */
static GByteArray *
end_raw (Raw *raw)
{
  if (!raw->is_over)
    sct_wait_for (is_over, raw);
  GByteArray *heard = raw->heard;
  g_object_unref (raw->stream);
  g_free (raw);
  return heard;
}

static gboolean
has_answer (gpointer data)
{
  const Raw *raw = data;
  return raw->heard->len > 0 && memmem (raw->heard->data, raw->heard->len, "\r\n\r\n", 4);
}

/* Asserts that bytes make the server close with a code. */
static void
assert_closed_upon (const void *bytes, gsize size, guint code)
{
  g_autoptr (SctRooms) rooms = sct_rooms_new ("");
  Raw *raw = enter_raw (rooms);
  read_on (raw);
  sct_wait_for (has_answer, raw);
  say (raw, bytes, size);
  g_autoptr (GByteArray) heard = end_raw (raw);
  const guint8 close[] = { (guint8) (code >> 8), (guint8) code };
  const guint8 *frame = memmem (heard->data, heard->len, close, sizeof close);
  g_assert_nonnull (frame);
  g_assert_cmphex (frame[-2], ==, 0x88);
}

static void
test_bad_frames (void)
{
  static const guint8 unmasked[] = { 0x81, 0x02, 'h', 'i' };
  static const guint8 bad_utf8[] = { 0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28 };
  static const guint8 binary[] = { 0x82, 0x81, 0, 0, 0, 0, 0 };
  static const guint8 huge[] = { 0x81, 0xff, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0 };
  g_autoptr (GByteArray) endless = g_byte_array_new ();
  g_byte_array_append (endless, (const guint8 *) "\x01\x80\0\0\0\0", FRAME_BYTES);
  for (guint i = 0; i < SC_WS_FRAGMENTS_MAX; i++)
    g_byte_array_append (endless, (const guint8 *) "\x00\x80\0\0\0\0", FRAME_BYTES);
  assert_closed_upon (unmasked, sizeof unmasked, 1002);
  assert_closed_upon (bad_utf8, sizeof bad_utf8, 1007);
  assert_closed_upon (binary, sizeof binary, 1003);
  assert_closed_upon (huge, sizeof huge, 1009);
  assert_closed_upon (endless->data, endless->len, 1009);
}

static void
test_floods (void)
{
  g_autoptr (GByteArray) texts = g_byte_array_new ();
  g_autoptr (GByteArray) pings = g_byte_array_new ();
  /* A machine that takes a second for half of them would let that half pass. */
  for (guint i = 0; i < 2 * SC_WS_FLOOD_PER_SECOND + 1; i++) {
    g_byte_array_append (texts, (const guint8 *) EMPTY_TEXT, FRAME_BYTES);
    g_byte_array_append (pings, (const guint8 *) EMPTY_PING, FRAME_BYTES);
  }
  assert_closed_upon (texts->data, texts->len, 1008);
  assert_closed_upon (pings->data, pings->len, 1008);
}

/* What a client sends on without waiting for the answer to its request is not lost. */
static void
test_pings_are_answered (void)
{
  static const guint8 frames[] = { 0x89, 0x82, 1, 2, 3, 4, 'h' ^ 1, 'i' ^ 2, /* ping */
                                   0x88, 0x80, 0, 0, 0, 0 };                 /* close */
  g_autoptr (SctRooms) rooms = sct_rooms_new ("");
  Raw *raw = enter_raw (rooms);
  say (raw, frames, sizeof frames);
  read_on (raw);
  g_autoptr (GByteArray) heard = end_raw (raw);
  static const guint8 expected[] = { 0x8a, 2, 'h', 'i', 0x88, 2, 0x03, 0xe8 };
  g_assert_cmpuint (heard->len, >, sizeof expected);
  g_assert_cmpmem (heard->data + heard->len - sizeof expected,
                   sizeof expected,
                   expected,
                   sizeof expected);
}

static void
test_no_request (void)
{
  g_autoptr (SctRooms) rooms = sct_rooms_new ("");
  g_autofree char *large = g_strnfill (SC_WS_REQUEST_MAX_BYTES, 'x');
  const char *const requests[] = { "nonsense\r\n\r\n", large, REQUEST_WITHOUT_TOKEN "\r\n" };
  const char *const answers[] = { "HTTP/1.1 400 ", "HTTP/1.1 400 ", "HTTP/1.1 401 " };
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++) {
    Raw *raw = connect_raw (rooms);
    say (raw, requests[i], strlen (requests[i]));
    read_on (raw);
    g_autoptr (GByteArray) heard = end_raw (raw);
    g_assert_cmpmem (heard->data, strlen (answers[i]), answers[i], strlen (answers[i]));
  }
}

/* Whoever connects and says nothing goes for whoever comes later. */
static void
test_crowd_of_strangers (void)
{
  g_autoptr (SctRooms) rooms = sct_rooms_new ("");
  Raw *strangers[SC_CHAT_STRANGERS_MAX];
  for (guint i = 0; i < G_N_ELEMENTS (strangers); i++) {
    strangers[i] = connect_raw (rooms);
    read_on (strangers[i]);
  }
  g_autoptr (SctGuest) alice = sct_guest_enter (rooms, "alice", "\"SEND_MESSAGE\"");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_true (is_over (strangers[0]));
  g_assert_false (is_over (strangers[1]));
  sct_guest_ask (alice, "{\"Action\":\"SEND_MESSAGE\",\"RequestId\":\"r\",\"Content\":\"hi\"}");
  sct_guest_assert_line (alice, "hi", "r");
  sc_chat_server_close (rooms->server);
  for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
    g_byte_array_unref (end_raw (strangers[i]));
}

static gboolean
has_heard (gpointer data)
{
  const SctGuest *guest = data;
  return guest->pushes.length > 0;
}

/* A reader that does not read is cut, at a bound, and costs the others nothing. */
static void
test_slow_reader (void)
{
  g_autoptr (SctRooms) rooms = sct_rooms_new ("");
  g_autoptr (SctGuest) alice = sct_guest_enter (rooms, "alice", "");
  g_autofree char *large = g_strnfill (1000, 'x');
  g_autofree char *input =
    g_strdup_printf (",\"eventName\":\"e\",\"attributes\":{\"k\":\"%s\"}", large);
  Raw *raw = enter_raw (rooms);
  const guint n_events = 800; /* by their number alone, they would fit */
  for (guint i = 0; i < n_events; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonObject) answer = sct_rooms_call (rooms, "SendEvent", input, &error);
    g_assert_no_error (error);
    sct_wait_for (has_heard, alice);
    json_object_unref (g_queue_pop_head (&alice->pushes));
  }
  read_on (raw);
  g_autoptr (GByteArray) heard = end_raw (raw);
  g_test_message ("%u bytes of %u went out before it was cut", heard->len, n_events * 1200);
  g_assert_cmpuint (heard->len, <, n_events * 1000);
}

typedef struct {
  guint n_closed;
  GByteArray *heard;
} Told;

static guint
on_requested (ScWsConnection *connection, const ScWsRequest *request, gpointer user_data)
{
  return 101;
}

static void
on_opened (ScWsConnection *connection, gpointer user_data)
{
}

static void
on_message (ScWsConnection *connection, const char *text, gsize size, gpointer user_data)
{
}

static void
on_closed (ScWsConnection *connection, gpointer user_data)
{
  ((Told *) user_data)->n_closed++;
}

/* Makes a connection by hand, whose time the test tells. */
static ScWsConnection *
make_connection (Told *told, Raw **ret_raw)
{
  static const ScWsDelegate delegate = { on_requested, on_opened, on_message, on_closed };
  int fds[2];
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds), ==, 0);
  g_autoptr (GSocket) server = g_socket_new_from_fd (fds[0], &error);
  g_autoptr (GSocket) client = g_socket_new_from_fd (fds[1], &error);
  g_assert_no_error (error);
  g_autoptr (GSocketConnection) stream = g_socket_connection_factory_create_connection (server);
  *ret_raw = g_new0 (Raw, 1);
  (*ret_raw)->heard = g_byte_array_new ();
  (*ret_raw)->stream = g_socket_connection_factory_create_connection (client);
  return sc_ws_connection_new (stream, &delegate, told);
}

static gint64
in_seconds (guint seconds)
{
  return g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
}

static void
test_no_request_in_time (void)
{
  Told told = { 0 };
  Raw *raw = NULL;
  g_autoptr (ScWsConnection) connection = make_connection (&told, &raw);
  read_on (raw);
  say (raw, "GET / HTTP/1.1\r\n", strlen ("GET / HTTP/1.1\r\n"));
  sc_ws_connection_check (connection, in_seconds (0));
  g_assert_cmpuint (told.n_closed, ==, 0);
  sc_ws_connection_check (connection, in_seconds (SC_WS_HANDSHAKE_SECONDS));
  g_assert_cmpuint (told.n_closed, ==, 1);
  g_byte_array_unref (end_raw (raw));
}

/* Sends frames that nobody reads, and says whether the connection outlives them. */
static gboolean
holds (guint n_frames, gsize size)
{
  Told told = { 0 };
  Raw *raw = NULL;
  g_autoptr (ScWsConnection) connection = make_connection (&told, &raw);
  g_autofree char *text = g_strnfill (size, 'x');
  g_autoptr (GBytes) frame = sc_ws_frame_new_text (text);
  say (raw, REQUEST_WITHOUT_TOKEN TOKEN "\r\n", strlen (REQUEST_WITHOUT_TOKEN TOKEN "\r\n"));
  read_on (raw);
  sct_wait_for (has_answer, raw);
  for (guint i = 0; i < n_frames; i++)
    sc_ws_connection_send (connection, frame);
  g_main_context_iteration (NULL, FALSE);
  gboolean held = told.n_closed == 0;
  sc_ws_connection_cut (connection);
  g_byte_array_unref (end_raw (raw));
  return held;
}

static void
test_queue_bounds (void)
{
  const gsize part = SC_WS_QUEUE_MAX_BYTES / 4 - 10;
  g_assert_true (holds (SC_WS_QUEUE_MAX_FRAMES, 1));
  g_assert_false (holds (SC_WS_QUEUE_MAX_FRAMES + 1, 1));
  g_assert_true (holds (4, part));
  g_assert_false (holds (5, part));
}

static gboolean
has_ping (gpointer data)
{
  const Raw *raw = data;
  return memmem (raw->heard->data, raw->heard->len, "\x89\0", 2) != NULL;
}

static void
test_silence (void)
{
  Told told = { 0 };
  Raw *raw = NULL;
  g_autoptr (ScWsConnection) connection = make_connection (&told, &raw);
  say (raw, REQUEST_WITHOUT_TOKEN TOKEN "\r\n", strlen (REQUEST_WITHOUT_TOKEN TOKEN "\r\n"));
  read_on (raw);
  sct_wait_for (has_answer, raw);
  sc_ws_connection_check (connection, in_seconds (SC_WS_HANDSHAKE_SECONDS));
  sc_ws_connection_check (connection, in_seconds (SC_WS_PING_SECONDS));
  sct_wait_for (has_ping, raw);
  g_assert_cmpuint (told.n_closed, ==, 0);
  sc_ws_connection_check (connection, in_seconds (SC_WS_SILENCE_SECONDS));
  g_assert_cmpuint (told.n_closed, ==, 1);
  g_byte_array_unref (end_raw (raw));
}

/* A client that does not answer our close frame is waited for, for a while. */
static void
test_close_is_not_answered (void)
{
  Told told = { 0 };
  Raw *raw = NULL;
  g_autoptr (ScWsConnection) connection = make_connection (&told, &raw);
  say (raw, REQUEST_WITHOUT_TOKEN TOKEN "\r\n", strlen (REQUEST_WITHOUT_TOKEN TOKEN "\r\n"));
  read_on (raw);
  sct_wait_for (has_answer, raw);
  sc_ws_connection_close (connection, SC_WS_CODE_GOING_AWAY, "bye");
  sc_ws_connection_check (connection, in_seconds (0));
  g_assert_cmpuint (told.n_closed, ==, 0);
  sc_ws_connection_check (connection, in_seconds (SC_WS_CLOSE_SECONDS));
  g_assert_cmpuint (told.n_closed, ==, 1);
  g_byte_array_unref (end_raw (raw));
}

#define ADD(name, function) g_test_add_func ("/strangers/" name, function)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("bad-frames", test_bad_frames);
  ADD ("floods", test_floods);
  ADD ("pings-are-answered", test_pings_are_answered);
  ADD ("no-request", test_no_request);
  ADD ("crowd-of-strangers", test_crowd_of_strangers);
  ADD ("slow-reader", test_slow_reader);
  ADD ("queue-bounds", test_queue_bounds);
  ADD ("no-request-in-time", test_no_request_in_time);
  ADD ("silence", test_silence);
  ADD ("close-is-not-answered", test_close_is_not_answered);
  return g_test_run ();
}
