/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Requests whose end two servers might see in different places, sent to the API as it faces the
 * world, nginx before the backend, and to the backend's socket alone: each is answered as one
 * request or refused, and what is hidden in it is never answered.
 */

#include "config.h"

#include "sct-local.h"

#include <gio/gunixsocketaddress.h>
#include <string.h>

/* What takes longer than this does not come. */
#define WAIT_SECONDS 30

#define ANSWERS_MAX (256 * 1024)

#define HOST "Host: localhost\r\n"
#define GET "GET /v1/channels?live=1 HTTP/1.1\r\n" HOST
#define POST "POST /v1/channels HTTP/1.1\r\n" HOST "Content-Type: application/json\r\n"

/* What a request hides: it is answered with 404, which nothing else here is. */
#define HIDDEN "GET /v1/hidden HTTP/1.1\r\nHost: localhost\r\n\r\n"
#define HIDDEN_LENGTH "44"
#define BODY "{}"

#define CHUNKED "Transfer-Encoding: chunked\r\n"
#define LENGTH(n) "Content-Length: " n "\r\n"
#define END "\r\n"

/* All statuses with which nginx before the backend answers the request and the last one after it,
 * and those with which the backend alone does; NULL where it waits for more. 405 is the service's
 * own answer. The backend alone is not safe: libsoup 3.6.5 takes what it should refuse, as is said
 * at the first of such cases, and answers what a body may hide once, in two-lengths-0-last. Where
 * that changes it is to be looked at, and written down here. */
typedef struct {
  const char *name;
  const char *request;
  const char *edge;
  const char *backend;
} Case;

static const Case cases[] = {
  /* Two lengths. */
  { "length-and-chunked", POST LENGTH ("4") CHUNKED END "0\r\n\r\n" HIDDEN, "400", "400" },
  { "chunked-and-length", POST CHUNKED LENGTH ("4") END "0\r\n\r\n" HIDDEN, "400", "400" },
  { "length-0-and-chunked",
    POST LENGTH ("0") CHUNKED END "2\r\n{}\r\n0\r\n\r\n" HIDDEN,
    "400",
    "400" },
  { "two-lengths-0-first",
    POST LENGTH ("0") LENGTH (HIDDEN_LENGTH) END HIDDEN,
    "400",
    "405 404|400" },
  /* libsoup 3.6 lets the last of two lengths hold: alone it answers what the first one hides. */
  { "two-lengths-0-last",
    POST LENGTH (HIDDEN_LENGTH) LENGTH ("0") END HIDDEN,
    "400",
    "405 404 404|400" },
  /* Twice the same length is one to libsoup. */
  { "two-same-lengths", POST LENGTH ("2") LENGTH ("2") END BODY HIDDEN, "400", "405 404 404" },
  { "lengths-in-a-list", POST LENGTH ("2, 2") END BODY HIDDEN, "400", "400" },
  { "lengths-in-a-list-differ", POST LENGTH ("2, " HIDDEN_LENGTH) END BODY HIDDEN, "400", "400" },
  /* libsoup joins folded lines, and reads the length right. */
  { "length-folded", POST "Content-Length:\r\n 2\r\n" END BODY HIDDEN, "400", "405 404 404" },
  { "two-lengths-one-folded", POST LENGTH ("0") " " HIDDEN_LENGTH END END HIDDEN, "400", "400" },
  /* A length that is no number. */
  /* libsoup reads a sign, and the length right. */
  { "length-plus", POST LENGTH ("+2") END BODY HIDDEN, "400", "405 404 404" },
  { "length-minus", POST LENGTH ("-1") END HIDDEN, "400", NULL },
  { "length-hexadecimal", POST LENGTH ("0x2") END BODY HIDDEN, "400", "400" },
  { "length-octal", POST LENGTH ("0o2") END BODY HIDDEN, "400", "400" },
  { "length-with-words", POST LENGTH ("2 bytes") END BODY HIDDEN, "400", "400" },
  { "length-with-a-point", POST LENGTH ("2.0") END BODY HIDDEN, "400", "400" },
  { "length-exponent", POST LENGTH ("2e0") END BODY HIDDEN, "400", "400" },
  /* libsoup reads 0, so what follows is a request. */
  { "length-empty", POST LENGTH ("") END HIDDEN, "400", "405 404 404" },
  { "length-2-to-the-32", POST LENGTH ("4294967296") END HIDDEN, "413", NULL },
  { "length-2-to-the-64", POST LENGTH ("18446744073709551616") END HIDDEN, "400", NULL },
  { "length-2-to-the-64-and-2", POST LENGTH ("18446744073709551618") END BODY HIDDEN, "400", NULL },
  { "length-with-a-null", POST "Content-Length: 2\\0\r\n" END BODY HIDDEN, "400", "400" },
  { "length-with-underscores", POST LENGTH ("0_2") END BODY HIDDEN, "400", "400" },
  /* Names of headers that one server takes for others. */
  /* libsoup answers, where it should refuse; what follows the body is a request. */
  { "space-before-the-colon", POST "Content-Length : 2\r\n" END BODY HIDDEN, "400", "405 404 404" },
  { "tab-before-the-colon", POST "Content-Length\t: 2\r\n" END BODY HIDDEN, "400", "405 404 404" },
  { "space-before-the-name", POST " Content-Length: 2\r\n" END BODY HIDDEN, "400", "405 404 404" },
  /* libsoup sees no encoding, and refuses the chunk as a request line. */
  { "chunked-space-before-the-colon",
    POST "Transfer-Encoding : chunked\r\n" END "0\r\n\r\n" HIDDEN,
    "400",
    "405 400" },
  { "chunked-space-before-the-name",
    POST " Transfer-Encoding: chunked\r\n" END "0\r\n\r\n" HIDDEN,
    "400",
    "405 400" },
  { "chunked-with-an-underscore",
    POST LENGTH ("5") "Transfer_Encoding: chunked\r\n" END "0\r\n\r\n" HIDDEN,
    "405 404 404",
    "405 404 404" },
  { "length-with-an-underscore",
    POST "Content_Length: 2\r\n" END HIDDEN,
    "405 404 404",
    "405 404 404" },
  { "name-with-a-null", POST "Content-\\0Length: 2\r\n" END HIDDEN, "405 404 404", "405 404 404" },
  /* libsoup skips a line that is no header; there is no body, so what follows is a request. */
  { "no-name", POST ": 2\r\n" END HIDDEN, "400", "405 404 404" },
  { "no-colon", POST "Content-Length 2\r\n" END HIDDEN, "400", "405 404 404" },
  /* Encodings. */
  { "encoding-identity",
    POST LENGTH ("2") "Transfer-Encoding: identity\r\n" END BODY HIDDEN,
    "501",
    "400" },
  { "encoding-unknown", POST "Transfer-Encoding: cow\r\n" END "0\r\n\r\n" HIDDEN, "501", "501" },
  { "encoding-gzip-chunked",
    POST "Transfer-Encoding: gzip, chunked\r\n" END "0\r\n\r\n" HIDDEN,
    "501",
    "501" },
  { "encoding-chunked-identity",
    POST "Transfer-Encoding: chunked, identity\r\n" END "0\r\n\r\n" HIDDEN,
    "501",
    "501" },
  { "encoding-chunked-twice", POST CHUNKED CHUNKED END "0\r\n\r\n" HIDDEN, "400", "400" },
  { "encoding-two-headers",
    POST CHUNKED "Transfer-Encoding: cow\r\n" END "0\r\n\r\n" HIDDEN,
    "400",
    "501" },
  { "encoding-in-quotes",
    POST "Transfer-Encoding: \"chunked\"\r\n" END "0\r\n\r\n" HIDDEN,
    "501",
    "501" },
  { "encoding-with-a-vertical-tab",
    POST "Transfer-Encoding:\vchunked\r\n" END "0\r\n\r\n" HIDDEN,
    "501",
    "501" },
  { "encoding-after-a-tab",
    POST LENGTH ("5") "Transfer-Encoding:\tchunked\r\n" END "0\r\n\r\n" HIDDEN,
    "501",
    "400" },
  { "encoding-folded",
    POST LENGTH ("5") "Transfer-Encoding:\r\n chunked\r\n" END "0\r\n\r\n" HIDDEN,
    "400",
    "400" },
  { "encoding-xchunked",
    POST LENGTH ("5") "Transfer-Encoding: xchunked\r\n" END "0\r\n\r\n" HIDDEN,
    "501",
    "501" },
  { "encoding-in-1.0",
    "POST /v1/channels HTTP/1.0\r\n" HOST CHUNKED END "0\r\n\r\n" HIDDEN,
    "400",
    "400" },
  { "encoding-of-a-get", GET CHUNKED END "0\r\n\r\n", "200 404", "400" },
  /* Chunks. */
  { "chunk-of-2-to-the-64", POST CHUNKED END "fffffffffffffffe\r\n" HIDDEN, "400", "400|413" },
  { "chunk-too-long-for-64-bits",
    POST CHUNKED END "10000000000000002\r\n{}\r\n0\r\n\r\n" HIDDEN,
    "400",
    "400|413" },
  { "chunk-negative", POST CHUNKED END "-1\r\n" HIDDEN, "400", "400" },
  { "chunk-plus", POST CHUNKED END "+2\r\n{}\r\n0\r\n\r\n" HIDDEN, "400", "400" },
  { "chunk-0x", POST CHUNKED END "0x2\r\n{}\r\n0\r\n\r\n" HIDDEN, "400", "400" },
  { "chunk-no-number", POST CHUNKED END "z\r\n{}\r\n0\r\n\r\n" HIDDEN, "400", "400" },
  { "chunk-empty-size", POST CHUNKED END "\r\n{}\r\n0\r\n\r\n" HIDDEN, "400", "400" },
  { "chunk-size-by-a-bare-newline", /* which nginx takes before 1.28 */
    POST CHUNKED END "2\n{}\r\n0\r\n\r\n" HIDDEN,
    "405 404 404|400",
    "400" },
  { "chunk-size-by-a-bare-return", POST CHUNKED END "2\r{}\r\n0\r\n\r\n" HIDDEN, "400", "400" },
  { "chunk-data-longer", POST CHUNKED END "2\r\n{}{}\r\n0\r\n\r\n" HIDDEN, "400", "400" },
  { "chunk-data-without-its-end", POST CHUNKED END "2\r\n{}0\r\n\r\n" HIDDEN, "400", "400" },
  { "chunk-extension-with-newline",
    POST CHUNKED END "2;a\n0\r\n{}\r\n0\r\n\r\n" HIDDEN,
    "400",
    "400" },
  { "chunk-trailer-length",
    POST CHUNKED END "2\r\n{}\r\n0\r\nContent-Length: 9\r\n\r\n",
    "405 404",
    "400" },
  /* The request line and what stands around it. */
  { "bare-newlines",
    "GET /v1/channels?live=1 HTTP/1.1\nHost: localhost\nContent-Length: " HIDDEN_LENGTH
    "\n\n" HIDDEN,
    "400 404",
    "400 404" },
  /* Part of a value to libsoup; there is no body, so what follows is a request. */
  { "bare-return-in-a-value", POST "X: a\rContent-Length: 2\r\n" END HIDDEN, "400", "405 404 404" },
  /* libsoup 3.8 refuses it with a warning, which ends the backend in tests. */
  { "two-hosts", "GET /v1/channels?live=1 HTTP/1.1\r\n" HOST "Host: other\r\n" END, "400", NULL },
  { "no-host", "GET /v1/channels?live=1 HTTP/1.1\r\n" END, "400", "400" },
  { "host-with-a-path",
    "GET /v1/channels?live=1 HTTP/1.1\r\nHost: localhost/v1/hidden\r\n" END,
    "400",
    "400" },
  { "absolute-and-another-host",
    "GET http://other/v1/channels?live=1 HTTP/1.1\r\n" HOST END,
    "200 404",
    "200 404" },
  { "two-versions", "GET /v1/channels?live=1 HTTP/1.1 HTTP/1.1\r\n" HOST END, "400", "400" },
  { "version-9.9", "GET /v1/channels?live=1 HTTP/9.9\r\n" HOST END, "505", "505" },
  { "version-1.10", "GET /v1/channels?live=1 HTTP/1.10\r\n" HOST END, "200 404", "505" },
  { "no-version-and-a-body", "GET /v1/channels?live=1\r\n" HIDDEN, "", "400" },
  { "method-in-small-letters", "get /v1/channels?live=1 HTTP/1.1\r\n" HOST END, "400", "405 404" },
  { "method-with-a-colon", "GE:T /v1/channels?live=1 HTTP/1.1\r\n" HOST END, "400", "405 404" },
  { "target-with-a-null", "GET /v1/channels/a%00 HTTP/1.1\r\n" HOST END, "400", "400 404" },
  { "target-with-a-newline",
    "GET /v1/channels%0d%0a%0d%0aGET%20/v1/hidden HTTP/1.1\r\n" HOST END,
    "404 404",
    "404 404" },
  { "connect", "CONNECT localhost:443 HTTP/1.1\r\n" HOST END HIDDEN, "400|405", "404 404 404" },
  { "upgrade-to-h2c",
    GET "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n" END,
    "200 404",
    "200 404" },
  { "preface-of-http-2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" HIDDEN, "400", "505" },
  { "connection-names-the-length",
    POST LENGTH ("2") "Connection: Content-Length\r\n" END BODY,
    "405 404",
    "405 404" },
  { "expect-continue",
    POST LENGTH ("2") "Expect: 100-continue\r\n" END BODY,
    "100 405 404",
    "100 405 404" },
  { "body-of-a-get", GET LENGTH (HIDDEN_LENGTH) END HIDDEN, "400 404", "400 404" },
  { "range-below-zero", GET "Range: bytes=-18446744073709551615\r\n" END, "200 404", "200 404" },
};

/* After all of it, so that whoever still listens closes. */
#define LAST "GET /v1/last HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"

static SctLocal *cloud;

static void
on_event (GSocketClient *client,
          GSocketClientEvent event,
          GSocketConnectable *address,
          GIOStream *stream,
          gpointer trust)
{
  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    g_tls_connection_set_database (G_TLS_CONNECTION (stream), trust);
}

static GSocketConnection *
connect_to_edge (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) trust =
    g_tls_file_database_new (sct_local_get (cloud, "ca_file"), &error);
  g_assert_no_error (error);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_socket_client_set_timeout (client, WAIT_SECONDS);
  g_socket_client_set_tls (client, TRUE);
  g_signal_connect (client, "event", G_CALLBACK (on_event), trust);
  GSocketConnection *connection =
    g_socket_client_connect_to_uri (client, sct_local_get (cloud, "api_url"), 443, NULL, &error);
  g_assert_no_error (error);
  return connection;
}

static GSocketConnection *
connect_to_backend (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (cloud->state_dir, "run", "backend.sock", NULL);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_socket_client_set_timeout (client, WAIT_SECONDS);
  GSocketConnection *connection =
    g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, &error);
  g_assert_no_error (error);
  return connection;
}

/* What a server says until it closes; one that closes on what it does not read resets. */
static char *
talk (GSocketConnection *connection, const char *request)
{
  g_autofree char *text = g_strconcat (request, LAST, NULL);
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_output_stream_write_all (output, text, strlen (text), NULL, NULL, NULL);
  g_autofree char *answers = g_malloc0 (ANSWERS_MAX);
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_input_stream_read_all (input, answers, ANSWERS_MAX - 1, NULL, NULL, NULL);
  return g_steal_pointer (&answers);
}

/* The statuses of one answer after the other, "400" or "401 404". A body that has been cut, or an
 * answer in the middle of another, is none. */
static char *
list_statuses (const char *answers)
{
  g_autoptr (GString) list = g_string_new (NULL);
  const char *end = NULL;
  for (const char *at = answers; g_str_has_prefix (at, "HTTP/1."); at = end) {
    g_string_append_printf (list, "%s%.3s", list->len ? " " : "", at + strlen ("HTTP/1.1 "));
    end = strstr (at, "\r\n\r\n");
    g_assert_nonnull (end);
    g_autofree char *head = g_ascii_strdown (at, end - at);
    const char *length = strstr (head, "\r\ncontent-length:");
    end += strlen ("\r\n\r\n");
    end +=
      length ? MIN (strlen (end), g_ascii_strtoull (strchr (length + 2, ':') + 1, NULL, 10)) : 0;
  }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

/* @right has more than one answer where versions differ: "400|405". */
static void
assert_statuses (const char *answers, const char *right)
{
  g_autofree char *statuses = list_statuses (answers);
  g_auto (GStrv) each = g_strsplit (right, "|", -1);
  if (g_strv_contains ((const char *const *) each, statuses))
    return;
  g_test_message ("%.2000s", answers);
  g_assert_cmpstr (statuses, ==, right);
}

static void
test_edge (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (GSocketConnection) connection = connect_to_edge ();
  g_autofree char *answers = talk (connection, one->request);
  assert_statuses (answers, one->edge);
}

static void
test_backend (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (GSocketConnection) connection = connect_to_backend ();
  g_autofree char *answers = talk (connection, one->request);
  assert_statuses (answers, one->backend);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  cloud = sct_local_new ();
  sct_local_start (cloud, (const char *const[]) { NULL });
  sct_local_wait_ready (cloud);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *at_edge = g_strconcat ("/smuggling/edge/", cases[i].name, NULL);
    g_autofree char *at_backend = g_strconcat ("/smuggling/backend/", cases[i].name, NULL);
    g_test_add_data_func (at_edge, &cases[i], test_edge);
    if (cases[i].backend)
      g_test_add_data_func (at_backend, &cases[i], test_backend);
  }
  int failed = g_test_run ();
  sct_local_stop (cloud);
  sct_local_free (cloud);
  return failed;
}
