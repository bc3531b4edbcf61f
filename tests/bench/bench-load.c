/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <arpa/inet.h>
#include <glib.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Asks an HTTP server at loopback for one thing again and again: bench-load PORT PATH CONNECTIONS
 * SECONDS. Prints requests a second, megabytes a second, and the median and the 95th percentile of
 * an answer's time in milliseconds. Plain sockets that are kept, and no more of HTTP than our two
 * servers answer with: a Content-Length. */

#define HEAD_MAX 4096
#define BUFFER_SIZE (256 * 1024)

static guint16 port;
static char *request;
static gint over;

typedef struct {
  GThread *thread;
  guint64 bytes;
  GArray *times; /* gint64, microseconds */
} Client;

static int
open_connection (void)
{
  const int at_once = 1;
  struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons (port) };
  to.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
  if (connect (fd, (struct sockaddr *) &to, sizeof to) != 0)
    g_error ("No connection: %s", g_strerror (errno));
  return fd;
}

/* Reads until the head is whole. Returns how many bytes of the body, of *ret_size, are still to
 * come. */
static gsize
read_head (int fd, char *buffer, gsize *ret_size)
{
  gsize size = 0;
  char *end = NULL;
  while (!end && size < HEAD_MAX) {
    gssize count = recv (fd, buffer + size, BUFFER_SIZE - 1 - size, 0);
    if (count <= 0)
      g_error ("The server closed");
    size += (gsize) count;
    buffer[size] = '\0';
    end = strstr (buffer, "\r\n\r\n");
  }
  if (!end || !g_str_has_prefix (buffer, "HTTP/1.1 200 "))
    g_error ("No good answer: %.200s", buffer);
  const char *length = strcasestr (buffer, "\r\nContent-Length:");
  if (!length || length > end)
    g_error ("An answer without a length");
  *ret_size = g_ascii_strtoull (length + strlen ("\r\nContent-Length:"), NULL, 10);
  return *ret_size - (size - (gsize) (end + 4 - buffer));
}

static void
ask (Client *client, int fd, char *buffer)
{
  gint64 start = g_get_monotonic_time ();
  if (send (fd, request, strlen (request), MSG_NOSIGNAL) < 0)
    g_error ("Not sent: %s", g_strerror (errno));
  gsize size;
  gsize left = read_head (fd, buffer, &size);
  client->bytes += size;
  while (left > 0) {
    gssize count = recv (fd, buffer, MIN (left, BUFFER_SIZE), 0);
    if (count <= 0)
      g_error ("The server closed");
    left -= (gsize) count;
  }
  gint64 took = g_get_monotonic_time () - start;
  g_array_append_val (client->times, took);
}

static gpointer
ask_again (gpointer data)
{
  g_autofree char *buffer = g_malloc (BUFFER_SIZE);
  int fd = open_connection ();
  while (!g_atomic_int_get (&over))
    ask (data, fd, buffer);
  close (fd);
  return NULL;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;
  return left < right ? -1 : left > right;
}

int
main (int argc, char **argv)
{
  g_assert (argc == 5);
  port = (guint16) g_ascii_strtoull (argv[1], NULL, 10);
  request = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", argv[2]);
  guint count = (guint) g_ascii_strtoull (argv[3], NULL, 10);
  guint seconds = (guint) g_ascii_strtoull (argv[4], NULL, 10);
  Client *clients = g_new0 (Client, count);
  gint64 start = g_get_monotonic_time ();
  for (guint i = 0; i < count; i++) {
    clients[i].times = g_array_new (FALSE, FALSE, sizeof (gint64));
    clients[i].thread = g_thread_new ("client", ask_again, &clients[i]);
  }
  g_usleep (seconds * G_USEC_PER_SEC);
  g_atomic_int_set (&over, 1);

  guint64 bytes = 0;
  GArray *all = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < count; i++) {
    g_thread_join (clients[i].thread);
    bytes += clients[i].bytes;
    g_array_append_vals (all, clients[i].times->data, clients[i].times->len);
  }
  double took = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  g_array_sort (all, compare);
  printf ("%.0f %.1f %.2f %.2f\n",
          all->len / took,
          (double) bytes / 1e6 / took,
          (double) g_array_index (all, gint64, all->len / 2) / 1000,
          (double) g_array_index (all, gint64, all->len * 95 / 100) / 1000);
  return 0;
}
