/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-peer.h"

#include <string.h>
#include <sys/socket.h>

/* As many connections as a test has at once, and then some. */
#define THREADS_MAX 32

#define LENGTH "content-length:"

struct _SctPeer {
  GSocketService *service;
  guint16 port;
  SctPeerAnswer answer;
  gpointer user_data;
  GMutex lock;
  GCond ended;
  GHashTable *open; /* GSocketConnection to whether nobody is there any more */
  guint at_work;    /* connections that were taken and have not ended */
  gboolean is_over;
  guint lost;
};

/* Reads a line without its end; %NULL when the connection is over. */
static char *
read_line (GDataInputStream *input)
{
  return g_data_input_stream_read_line (input, NULL, NULL, NULL);
}

/* Reads one request; returns its path, or %NULL when the connection is over. */
static char *
read_request (GDataInputStream *input, char **ret_body)
{
  g_autofree char *first = read_line (input);
  g_auto (GStrv) words = first ? g_strsplit (first, " ", 3) : NULL;
  if (!words || g_strv_length (words) != 3)
    return NULL;
  gsize length = 0;
  for (;;) {
    g_autofree char *line = read_line (input);
    if (!line)
      return NULL;
    if (!*line)
      break;
    if (g_ascii_strncasecmp (line, LENGTH, strlen (LENGTH)) == 0)
      length = (gsize) g_ascii_strtoull (line + strlen (LENGTH), NULL, 10);
  }
  g_autofree char *body = g_malloc0 (length + 1);
  if (length > 0 &&
      !g_input_stream_read_all (G_INPUT_STREAM (input), body, length, NULL, NULL, NULL))
    return NULL;
  *ret_body = g_steal_pointer (&body);
  return g_strdup (words[1]);
}

/* Whether somebody answers on a connection; takes note of a request that is lost. */
static gboolean
is_answered (SctPeer *self, GSocketConnection *connection)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  gboolean is_silent = GPOINTER_TO_INT (g_hash_table_lookup (self->open, connection));
  self->lost += is_silent;
  return !is_silent;
}

static gboolean
on_run (GThreadedSocketService *service,
        GSocketConnection *connection,
        GObject *source,
        gpointer user_data)
{
  SctPeer *self = user_data;
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_autoptr (GDataInputStream) input =
    g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  g_data_input_stream_set_newline_type (input, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  g_mutex_lock (&self->lock);
  gboolean is_over = self->is_over;
  g_hash_table_insert (self->open, connection, GINT_TO_POINTER (FALSE));
  g_mutex_unlock (&self->lock);
  while (!is_over) {
    g_autofree char *body = NULL;
    g_autofree char *path = read_request (input, &body);
    if (!path)
      break;
    if (!is_answered (self, connection))
      continue;
    const char *id = "";
    g_autofree char *text = self->answer (path, body, &id, self->user_data);
    g_autofree char *answer =
      g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                       "Lambda-Runtime-Aws-Request-Id: %s\r\n"
                       "Content-Length: %zu\r\n\r\n%s",
                       id,
                       strlen (text),
                       text);
    if (!g_output_stream_write_all (output, answer, strlen (answer), NULL, NULL, NULL))
      break;
  }
  g_mutex_lock (&self->lock);
  g_hash_table_remove (self->open, connection);
  self->at_work--;
  g_cond_signal (&self->ended);
  g_mutex_unlock (&self->lock);
  return TRUE;
}

/* Before a thread is found for it. */
static gboolean
on_incoming (GSocketService *service,
             GSocketConnection *connection,
             GObject *source,
             gpointer user_data)
{
  SctPeer *self = user_data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  self->at_work++;
  return FALSE;
}

/**
 * sct_peer_new:
 * @answer: makes the answers
 * @user_data: for @answer
 *
 * Starts a server on loopback. Connections are taken while the main context runs.
 *
 * Returns: (transfer full): the server
 */
SctPeer *
sct_peer_new (SctPeerAnswer answer, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  SctPeer *self = g_new0 (SctPeer, 1);
  self->answer = answer;
  self->user_data = user_data;
  self->open = g_hash_table_new (NULL, NULL);
  g_mutex_init (&self->lock);
  g_cond_init (&self->ended);
  self->service = g_threaded_socket_service_new (THREADS_MAX);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service),
                                 address,
                                 G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP,
                                 NULL,
                                 &bound,
                                 &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_incoming), self);
  g_signal_connect (self->service, "run", G_CALLBACK (on_run), self);
  return self;
}

static void
cut_connection (GSocketConnection *connection, SctCut cut)
{
  GSocket *socket = g_socket_connection_get_socket (connection);
  const struct linger at_once = { .l_onoff = 1, .l_linger = 0 };
  if (cut == SCT_CUT_RESET)
    setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  g_socket_shutdown (socket, TRUE, cut == SCT_CUT_CLOSED, NULL);
}

/**
 * sct_peer_cut:
 * @self: the server, with no request under way
 * @cut: how
 *
 * Cuts all connections, and returns when they are.
 *
 * Returns: how many there were
 */
guint
sct_peer_cut (SctPeer *self, SctCut cut)
{
  GHashTableIter iter;
  gpointer connection;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  guint count = 0;
  g_hash_table_iter_init (&iter, self->open);
  while (g_hash_table_iter_next (&iter, &connection, NULL)) {
    count++;
    if (cut == SCT_CUT_SILENT)
      g_hash_table_iter_replace (&iter, GINT_TO_POINTER (TRUE));
    else
      cut_connection (connection, cut);
  }
  while (cut != SCT_CUT_SILENT && g_hash_table_size (self->open) > 0)
    g_cond_wait (&self->ended, &self->lock);
  return count;
}

/**
 * sct_peer_get_n_lost:
 * @self: the server
 *
 * Returns: how many requests came on a connection on which nobody is
 */
guint
sct_peer_get_n_lost (SctPeer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  return self->lost;
}

/**
 * sct_peer_dup_address:
 * @self: the server
 *
 * Returns: (transfer full): its host and port
 */
char *
sct_peer_dup_address (SctPeer *self)
{
  return g_strdup_printf ("127.0.0.1:%u", self->port);
}

/**
 * sct_peer_free:
 * @self: (transfer full): the server, with no answer under way
 *
 * Closes all connections, and ends.
 */
void
sct_peer_free (SctPeer *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_mutex_lock (&self->lock);
  self->is_over = TRUE;
  g_mutex_unlock (&self->lock);
  sct_peer_cut (self, SCT_CUT_RESET);
  g_mutex_lock (&self->lock);
  while (self->at_work > 0)
    g_cond_wait (&self->ended, &self->lock);
  g_mutex_unlock (&self->lock);
  g_object_unref (self->service);
  g_hash_table_unref (self->open);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->ended);
  g_free (self);
}
