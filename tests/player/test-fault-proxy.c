/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-fault-proxy.h"

#include <string.h>

/* That the proxy does what it says, so that what is measured behind it is worth something. The
 * server answers "GET /SIZE" with so many bytes, a path with ".m3u8" with a playlist, and all else
 * with itself. */

#define ROUND_TRIPS 10
#define DELAY_MS 20
#define RATE_BITS 8000000
#define RATE_BYTES 500000
/* On a busy machine a rate comes out lower; the promise is that it is never higher. */
#define RATE_SLOWEST 3
#define TRUNCATE_AFTER 10000
/* 50 kB would take 4 s. */
#define SLOW_BITS 100000

#define PLAYLIST "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:5000\n#EXTINF:2.0,\none.ts\n"

typedef struct {
  GSocketListener *server;
  GThread *thread;
  GCancellable *cancellable;
  SctFaultProxy *proxy;
  GSocketConnection *connection;
  gint playlists; /* how often the server gave one */
} Fixture;

static char *
make_answer (Fixture *fixture, const char *path, gsize *ret_size)
{
  if (strstr (path, ".m3u8")) {
    g_atomic_int_inc (&fixture->playlists);
    char *text = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n%s",
                                  strlen (PLAYLIST),
                                  PLAYLIST);
    *ret_size = strlen (text);
    return text;
  }
  gsize body = g_ascii_strtoull (path + 1, NULL, 10);
  char *text = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n", body);
  gsize head = strlen (text);
  text = g_realloc (text, head + body);
  memset (text + head, 'x', body);
  *ret_size = head + body;
  return text;
}

static void
serve (gpointer data, gpointer user_data)
{
  g_autoptr (GSocketConnection) connection = data;
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  char request[4096];
  gssize size;
  while ((size = g_input_stream_read (input, request, sizeof request - 1, NULL, NULL)) > 0) {
    request[size] = '\0';
    gsize answer_size = (gsize) size;
    g_autofree char *answer = g_str_has_prefix (request, "GET ")
                                ? make_answer (user_data, request + 4, &answer_size)
                                : g_memdup2 (request, (gsize) size);
    g_output_stream_write_all (output, answer, answer_size, NULL, NULL, NULL);
  }
}

static gpointer
accept_all (gpointer data)
{
  Fixture *fixture = data;
  GThreadPool *pool = g_thread_pool_new (serve, fixture, -1, FALSE, NULL);
  GSocketConnection *connection;
  while (
    (connection = g_socket_listener_accept (fixture->server, NULL, fixture->cancellable, NULL)))
    g_thread_pool_push (pool, connection, NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
  return NULL;
}

static gboolean
try_to_connect (Fixture *fixture, GError **error)
{
  guint16 port = sct_fault_proxy_get_port (fixture->proxy);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_clear_object (&fixture->connection);
  fixture->connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, error);
  return fixture->connection != NULL;
}

static void
connect_again (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  try_to_connect (fixture, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  fixture->server = g_socket_listener_new ();
  fixture->cancellable = g_cancellable_new ();
  guint16 port = g_socket_listener_add_any_inet_port (fixture->server, NULL, &error);
  g_assert_no_error (error);
  fixture->thread = g_thread_new ("server", accept_all, fixture);
  fixture->proxy = sct_fault_proxy_new (port);
  connect_again (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->connection);
  g_clear_pointer (&fixture->proxy, sct_fault_proxy_free);
  g_cancellable_cancel (fixture->cancellable);
  g_thread_join (fixture->thread);
  g_clear_object (&fixture->cancellable);
  g_clear_object (&fixture->server);
}

static void
say (Fixture *fixture, const char *text)
{
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (fixture->connection));
  g_output_stream_write_all (output, text, strlen (text), NULL, NULL, NULL);
}

/* Returns what comes, up to @size bytes, or less when the connection ends before that. */
static GByteArray *
hear (Fixture *fixture, gsize size, GError **error)
{
  GByteArray *bytes = g_byte_array_new ();
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (fixture->connection));
  char data[8192];
  gssize got = 1;
  while (bytes->len < size && got > 0) {
    got = g_input_stream_read (input, data, MIN (sizeof data, size - bytes->len), NULL, error);
    if (got > 0)
      g_byte_array_append (bytes, (guint8 *) data, (guint) got);
  }
  return bytes;
}

static char *
ask (Fixture *fixture, const char *path, gsize size)
{
  g_autofree char *request = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: x\r\n\r\n", path);
  say (fixture, request);
  g_autoptr (GByteArray) bytes = hear (fixture, size, NULL);
  return g_strndup ((char *) bytes->data, bytes->len);
}

static gint64
time_round_trips (Fixture *fixture)
{
  gint64 start = g_get_monotonic_time ();
  for (guint i = 0; i < ROUND_TRIPS; i++) {
    say (fixture, "ping");
    g_autoptr (GByteArray) bytes = hear (fixture, 4, NULL);
    g_assert_cmpmem (bytes->data, bytes->len, "ping", 4);
  }
  return (g_get_monotonic_time () - start) / ROUND_TRIPS;
}

static void
test_delay (Fixture *fixture, gconstpointer data)
{
  gint64 plain = time_round_trips (fixture);
  sct_fault_proxy_set (fixture->proxy, &(SctFaults) { .delay_ms = DELAY_MS });
  gint64 delayed = time_round_trips (fixture);
  g_test_message ("round trip: %d us, with %d ms each way %d us",
                  (int) plain,
                  DELAY_MS,
                  (int) delayed);
  g_assert_cmpint (delayed, >=, 2 * DELAY_MS * 1000);
  g_assert_cmpint (delayed, <, 4 * DELAY_MS * 1000);
  g_assert_cmpint (plain, <, delayed / 2);
}

/* The mean of what is equally likely from 0 to twice the delay is the delay. */
static void
test_jitter (Fixture *fixture, gconstpointer data)
{
  sct_fault_proxy_set (fixture->proxy, &(SctFaults) { .jitter_ms = 2 * DELAY_MS });
  gint64 mean = time_round_trips (fixture);
  g_test_message ("round trip: %d us with 0 to %d ms", (int) mean, 2 * DELAY_MS);
  g_assert_cmpint (mean, >, DELAY_MS * 1000 / 3);
  g_assert_cmpint (mean, <, 3 * DELAY_MS * 1000);
}

static void
test_bandwidth (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_strdup_printf ("/%d", RATE_BYTES);
  sct_fault_proxy_set (fixture->proxy, &(SctFaults) { .bandwidth = RATE_BITS });
  gint64 start = g_get_monotonic_time ();
  g_autofree char *answer = ask (fixture, path, RATE_BYTES);
  double rate = strlen (answer) * 8.0 * G_USEC_PER_SEC / (double) (g_get_monotonic_time () - start);
  g_test_message ("%.2f of %.2f Mb/s", rate / 1e6, RATE_BITS / 1e6);
  g_assert_cmpuint (strlen (answer), ==, RATE_BYTES);
  g_assert_cmpfloat (rate, <=, RATE_BITS * 1.02);
  g_assert_cmpfloat (rate, >=, RATE_BITS / (double) RATE_SLOWEST);
}

/* What waits before a slow link goes through at once when that is not slow any more. */
static void
test_return (Fixture *fixture, gconstpointer data)
{
  sct_fault_proxy_set (fixture->proxy, &(SctFaults) { .bandwidth = SLOW_BITS });
  say (fixture, "GET /50000 HTTP/1.1\r\nHost: x\r\n\r\n");
  g_autoptr (GByteArray) begin = hear (fixture, 1, NULL);
  g_assert_cmpuint (begin->len, ==, 1);
  gint64 start = g_get_monotonic_time ();
  sct_fault_proxy_set (fixture->proxy, &(SctFaults) { 0 });
  g_autoptr (GByteArray) bytes = hear (fixture, 50000, NULL);
  g_assert_cmpuint (bytes->len, ==, 50000);
  g_assert_cmpint (g_get_monotonic_time () - start, <, G_USEC_PER_SEC);
}

static gpointer
lift (gpointer data)
{
  g_usleep (DELAY_MS * 1000);
  sct_fault_proxy_set (data, &(SctFaults) { 0 });
  return NULL;
}

/* What was said during a stall comes after it, whole. */
static void
test_stall (Fixture *fixture, gconstpointer data)
{
  time_round_trips (fixture);
  sct_fault_proxy_set (fixture->proxy, &(SctFaults) { .stall = TRUE });
  gint64 start = g_get_monotonic_time ();
  GThread *thread = g_thread_new ("lift", lift, fixture->proxy);
  say (fixture, "ping");
  g_autoptr (GByteArray) bytes = hear (fixture, 4, NULL);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, DELAY_MS * 1000);
  g_assert_cmpmem (bytes->data, bytes->len, "ping", 4);
  g_thread_join (thread);
}

static void
test_reset (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  time_round_trips (fixture);
  sct_fault_proxy_reset (fixture->proxy);
  g_autoptr (GByteArray) bytes = hear (fixture, 1, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
  connect_again (fixture);
  time_round_trips (fixture);
}

static void
test_refuse (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  time_round_trips (fixture);
  sct_fault_proxy_set (fixture->proxy, &(SctFaults) { .refuse = TRUE });
  time_round_trips (fixture); /* who is in stays in */
  g_autoptr (GByteArray) bytes = NULL;
  if (try_to_connect (fixture, &error)) /* the reset comes at once or at the first word */
    bytes = hear (fixture, 1, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
}

static void
test_truncate (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  time_round_trips (fixture);
  sct_fault_proxy_set (fixture->proxy, &(SctFaults) { .truncate_after = TRUNCATE_AFTER });
  say (fixture, "GET /50000 HTTP/1.1\r\nHost: x\r\n\r\n");
  g_autoptr (GByteArray) bytes = hear (fixture, 50000, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (bytes->len, ==, TRUNCATE_AFTER);
}

static void
test_status (Fixture *fixture, gconstpointer data)
{
  sct_fault_proxy_set (fixture->proxy, &(SctFaults) { .status = 503, .match = ".m3u8" });
  g_autofree char *refused = ask (fixture, "/a.m3u8", strlen ("HTTP/1.1 503"));
  g_assert_cmpstr (refused, ==, "HTTP/1.1 503");
  g_assert_cmpint (fixture->playlists, ==, 0);
  connect_again (fixture);
  g_autofree char *passed = ask (fixture, "/7", strlen ("HTTP/1.1 200"));
  g_assert_cmpstr (passed, ==, "HTTP/1.1 200");
}

static void
expect_playlist (Fixture *fixture, SctPlaylistFault fault, const char *pattern)
{
  sct_fault_proxy_set (fixture->proxy, &(SctFaults) { .playlist = fault });
  connect_again (fixture);
  g_autofree char *head = ask (fixture, "/a.m3u8", strlen ("HTTP/1.1 200 OK\r\n"));
  g_autoptr (GByteArray) rest = NULL;
  g_autoptr (GString) text = g_string_new (head);
  while (!g_pattern_match_simple (pattern, text->str)) {
    rest = hear (fixture, 1, NULL);
    g_assert_cmpuint (rest->len, ==, 1);
    g_string_append_len (text, (char *) rest->data, rest->len);
    g_clear_pointer (&rest, g_byte_array_unref);
  }
}

static void
test_playlists (Fixture *fixture, gconstpointer data)
{
  expect_playlist (fixture, SCT_PLAYLIST_AS_IS, "*SEQUENCE:5000\n*one.ts\n");
  expect_playlist (fixture, SCT_PLAYLIST_BACK, "*SEQUENCE:4000\n*one.ts\n");
  expect_playlist (fixture, SCT_PLAYLIST_AHEAD, "*SEQUENCE:6000\n*one.ts\n");
  expect_playlist (fixture, SCT_PLAYLIST_STALE, "*SEQUENCE:5000\n*one.ts\n");
  expect_playlist (fixture, SCT_PLAYLIST_EMPTY, "*SEQUENCE:5000\n");
  expect_playlist (fixture, SCT_PLAYLIST_GARBAGE, "*</html>");
}

static void
test_parse (void)
{
  SctFaults faults;
  g_assert_true (sct_faults_parse ("delay 25 jitter 40 bandwidth 4000000", &faults));
  g_assert_cmpuint (faults.delay_ms, ==, 25);
  g_assert_cmpuint (faults.jitter_ms, ==, 40);
  g_assert_cmpuint (faults.bandwidth, ==, 4000000);
  g_assert_true (sct_faults_parse ("status 503 match .m3u8 playlist stale", &faults));
  g_assert_cmpuint (faults.delay_ms, ==, 0);
  g_assert_cmpuint (faults.status, ==, 503);
  g_assert_cmpstr (faults.match, ==, ".m3u8");
  g_assert_cmpint (faults.playlist, ==, SCT_PLAYLIST_STALE);
  g_assert_true (sct_faults_parse ("", &faults));
  g_assert_cmpuint (faults.status, ==, 0);
  g_assert_false (sct_faults_parse ("delay", &faults));
  g_assert_false (sct_faults_parse ("delay much", &faults));
  g_assert_false (sct_faults_parse ("weather 1", &faults));
}

#define add(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fault-proxy/parse", test_parse);
  add ("/fault-proxy/delay", test_delay);
  add ("/fault-proxy/jitter", test_jitter);
  add ("/fault-proxy/bandwidth", test_bandwidth);
  add ("/fault-proxy/return", test_return);
  add ("/fault-proxy/stall", test_stall);
  add ("/fault-proxy/reset", test_reset);
  add ("/fault-proxy/refuse", test_refuse);
  add ("/fault-proxy/truncate", test_truncate);
  add ("/fault-proxy/status", test_status);
  add ("/fault-proxy/playlists", test_playlists);
  return g_test_run ();
}
