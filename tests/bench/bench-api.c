/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <stdio.h>
#include <string.h>

/* Asks the API for one thing again and again, each client over a connection of its own that is kept
 * for as long as the server keeps it: bench-api ADDRESS CLIENTS SECONDS STATUS METHOD PATH [TOKEN
 * [BODY]], where ADDRESS is https://HOST:PORT, of an authority in SSL_CERT_FILE, or the path of a
 * unix socket. Prints requests a second, and the median and the 99th percentile of an answer's time
 * in milliseconds. An answer that is not STATUS ends it, but for 503, which a quota behind the API
 * has: that is not counted. */

#define BUFFER_SIZE (512 * 1024)

static const char *address;
static const char *status;
static char *request;
static GTlsDatabase *trust;
static gint over;

typedef struct {
  GThread *thread;
  GIOStream *stream;
  char *buffer;
  GArray *times; /* gint64, microseconds */
} Client;

static void
on_event (GSocketClient *client,
          GSocketClientEvent event,
          GSocketConnectable *connectable,
          GIOStream *stream,
          gpointer user_data)
{
  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    g_tls_connection_set_database (G_TLS_CONNECTION (stream), trust);
}

static GIOStream *
open_connection (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  GSocketConnection *connection = NULL;
  if (*address == '/') {
    g_autoptr (GSocketAddress) to = g_unix_socket_address_new (address);
    connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (to), NULL, &error);
  } else {
    g_socket_client_set_tls (client, TRUE);
    g_signal_connect (client, "event", G_CALLBACK (on_event), NULL);
    connection = g_socket_client_connect_to_uri (client, address, 443, NULL, &error);
  }
  if (!connection)
    g_error ("No connection: %s", error->message);
  return G_IO_STREAM (connection);
}

static gboolean
has_status (const char *answer, const char *wanted)
{
  return g_str_has_prefix (answer, "HTTP/1.1 ") &&
         strncmp (answer + strlen ("HTTP/1.1 "), wanted, 3) == 0;
}

/* Reads until the answer is whole. Returns FALSE where the connection was closed before. */
static gboolean
read_answer (Client *client)
{
  GInputStream *input = g_io_stream_get_input_stream (client->stream);
  gsize size = 0;
  gsize wanted = 1;
  const char *end = NULL;
  while (size < wanted) {
    gssize count =
      g_input_stream_read (input, client->buffer + size, BUFFER_SIZE - 1 - size, NULL, NULL);
    if (count <= 0)
      return FALSE;
    size += (gsize) count;
    client->buffer[size] = '\0';
    end = end ? end : strstr (client->buffer, "\r\n\r\n");
    const char *length = end ? strcasestr (client->buffer, "\r\nContent-Length:") : NULL;
    wanted = !end ? size + 1 : (gsize) (end + 4 - client->buffer);
    if (length && length < end)
      wanted += g_ascii_strtoull (strchr (length, ':') + 1, NULL, 10);
  }
  if (!has_status (client->buffer, status) && !has_status (client->buffer, "503"))
    g_error ("Not %s: %.300s", status, client->buffer);
  return TRUE;
}

static gboolean
try (Client *client)
{
  GOutputStream *output = g_io_stream_get_output_stream (client->stream);
  return g_output_stream_write_all (output, request, strlen (request), NULL, NULL, NULL) &&
         read_answer (client);
}

static void
ask (Client *client)
{
  gint64 start = g_get_monotonic_time ();
  while (!try (client)) {
    g_object_unref (client->stream);
    client->stream = open_connection ();
  }
  gint64 took = g_get_monotonic_time () - start;
  if (has_status (client->buffer, status))
    g_array_append_val (client->times, took);
}

static gpointer
ask_again (gpointer data)
{
  Client *client = data;
  client->buffer = g_malloc (BUFFER_SIZE);
  client->stream = open_connection ();
  while (!g_atomic_int_get (&over))
    ask (client);
  g_object_unref (client->stream);
  g_free (client->buffer);
  return NULL;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;
  return left < right ? -1 : left > right;
}

static char *
make_request (const char *method, const char *path, const char *token, const char *body)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_string_append_printf (text, "%s %s HTTP/1.1\r\nHost: localhost\r\n", method, path);
  if (token && *token)
    g_string_append_printf (text, "Authorization: Bearer %s\r\n", token);
  if (body)
    g_string_append_printf (text,
                            "Content-Type: application/json\r\nContent-Length: %zu\r\n",
                            strlen (body));
  else if (g_str_equal (method, "POST"))
    g_string_append (text, "Content-Length: 0\r\n");
  g_string_append_printf (text, "\r\n%s", body ? body : "");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
print_figures (Client *clients, guint count, double seconds)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < count; i++)
    g_array_append_vals (all, clients[i].times->data, clients[i].times->len);
  g_array_sort (all, compare);
  printf ("%.1f %.2f %.2f\n",
          all->len / seconds,
          (double) g_array_index (all, gint64, all->len / 2) / 1000,
          (double) g_array_index (all, gint64, all->len * 99 / 100) / 1000);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  if (argc < 7)
    g_error ("usage: bench-api ADDRESS CLIENTS SECONDS STATUS METHOD PATH [TOKEN [BODY]]");
  address = argv[1];
  status = argv[4];
  request = make_request (argv[5], argv[6], argc > 7 ? argv[7] : NULL, argc > 8 ? argv[8] : NULL);
  if (*address != '/') {
    trust = g_tls_file_database_new (g_getenv ("SSL_CERT_FILE"), &error);
    g_assert_no_error (error);
  }
  guint count = (guint) g_ascii_strtoull (argv[2], NULL, 10);
  Client *clients = g_new0 (Client, count);
  gint64 start = g_get_monotonic_time ();
  for (guint i = 0; i < count; i++) {
    clients[i].times = g_array_new (FALSE, FALSE, sizeof (gint64));
    clients[i].thread = g_thread_new ("client", ask_again, &clients[i]);
  }
  g_usleep (g_ascii_strtoull (argv[3], NULL, 10) * G_USEC_PER_SEC);
  g_atomic_int_set (&over, 1);
  for (guint i = 0; i < count; i++)
    g_thread_join (clients[i].thread);
  print_figures (clients, count, (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  return 0;
}
