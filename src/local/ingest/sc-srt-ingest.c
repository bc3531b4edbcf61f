/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* SRT beside RTMP: a process of its own (srt/listener.c) holds libsrt and the encoders'
 * connections, and asks here who may come in. Each accepted stream comes to the ingest as RTMP over
 * loopback (srt/bridge.c), so that limits, health, StopStream and events are those of every stream.
 * Main context only. */

#include "config.h"

#include "sc-srt-ingest.h"

#include "sc-secret.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* A listener that died is started again after this long; one that cannot live costs little so. */
#define RESTART_SECONDS 1

struct _ScSrtIngest {
  char *listener_program;
  char *bridge_program;
  guint16 rtmp_port;
  ScSrtAdmit admit;
  gpointer user_data;
  GSocket *udp; /* bound; outlives each listener, so that the port stays ours */
  guint16 port;
  GSubprocess *process;
  int control; /* our end of its questions, or -1 */
  guint control_id;
  guint restart_id;
};

static void start_or_retry (ScSrtIngest *self);

static void
answer (ScSrtIngest *self, ScSrtQuestion *question)
{
  char *passphrase = NULL;
  question->key[SC_SRT_KEY_MAX] = '\0';
  ScSrtAnswer reply = { .id = question->id };
  reply.verdict = self->admit (question->key, &passphrase, self->user_data);
  if (passphrase)
    g_strlcpy (reply.passphrase, passphrase, sizeof reply.passphrase);
  /* One that is gone by now says so when it is read the next time. */
  (void) !send (self->control, &reply, sizeof reply, MSG_NOSIGNAL | MSG_DONTWAIT);
  explicit_bzero (&reply, sizeof reply);
  explicit_bzero (question, sizeof *question);
  sc_secret_free (passphrase);
}

static void
stop (ScSrtIngest *self)
{
  g_clear_handle_id (&self->control_id, g_source_remove);
  g_clear_fd (&self->control, NULL);
  if (self->process)
    g_subprocess_force_exit (self->process);
  g_clear_object (&self->process);
}

static gboolean
on_restart (gpointer user_data)
{
  ScSrtIngest *self = user_data;
  self->restart_id = 0;
  start_or_retry (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_question (int fd, GIOCondition condition, gpointer user_data)
{
  ScSrtIngest *self = user_data;
  ScSrtQuestion question;
  gssize size = recv (fd, &question, sizeof question, MSG_DONTWAIT);
  if (size == (gssize) sizeof question)
    answer (self, &question);
  if (size > 0 || (size < 0 && (errno == EAGAIN || errno == EINTR)))
    return G_SOURCE_CONTINUE;
  self->control_id = 0;
  stop (self);
  g_message ("The SRT listener died and is started again");
  self->restart_id = g_timeout_add_seconds (RESTART_SECONDS, on_restart, self);
  return G_SOURCE_REMOVE;
}

/* Starts the process with an empty environment: ours has keys in it. @control and @udp are taken
 * over. */
static GSubprocess *
spawn (ScSrtIngest *self, int control, int udp, GError **error)
{
  static const char *const environment[] = { "LANG=C.UTF-8", NULL };
  g_autofree char *port = g_strdup_printf ("%u", self->rtmp_port);
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_subprocess_launcher_set_environ (launcher, (char **) environment);
  g_subprocess_launcher_take_fd (launcher, control, SC_SRT_CONTROL_FD);
  g_subprocess_launcher_take_fd (launcher, udp, SC_SRT_UDP_FD);
  return g_subprocess_launcher_spawn (launcher,
                                      error,
                                      self->listener_program,
                                      self->bridge_program,
                                      port,
                                      NULL);
}

static gboolean
start (ScSrtIngest *self, GError **error)
{
  int ends[2];
  int udp = fcntl (g_socket_get_fd (self->udp), F_DUPFD_CLOEXEC, 0);
  if (udp < 0 || socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
    g_set_error_literal (error,
                         G_IO_ERROR,
                         (int) g_io_error_from_errno (errno),
                         "No descriptor is left for the SRT listener");
    g_clear_fd (&udp, NULL);
    return FALSE;
  }
  self->process = spawn (self, ends[1], udp, error);
  if (!self->process) {
    close (ends[0]);
    return FALSE;
  }
  self->control = ends[0];
  self->control_id = g_unix_fd_add (self->control, G_IO_IN | G_IO_HUP, on_question, self);
  return TRUE;
}

static void
start_or_retry (ScSrtIngest *self)
{
  g_autoptr (GError) error = NULL;
  if (start (self, &error))
    return;
  g_message ("The SRT listener does not start: %s", error->message);
  self->restart_id = g_timeout_add_seconds (RESTART_SECONDS, on_restart, self);
}

/* Binds the UDP socket on 127.0.0.1. */
static gboolean
bind_port (ScSrtIngest *self, guint16 port, GError **error)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", port);
  self->udp =
    g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, error);
  if (!self->udp || !g_socket_bind (self->udp, address, FALSE, error))
    return FALSE;
  g_autoptr (GSocketAddress) bound = g_socket_get_local_address (self->udp, error);
  if (bound)
    self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  return bound != NULL;
}

/**
 * sc_srt_ingest_new:
 * @config: programs and who decides; copied
 * @port: a UDP port of loopback, or 0 for any
 * @error: an error of %G_IO_ERROR or %G_SPAWN_ERROR
 *
 * Starts to take SRT encoders. "Amazon IVS Low-Latency Streaming User Guide, Streaming
 * Configuration": the stream id is the stream key, and the passphrase is the channel's.
 *
 * Returns: (transfer full) (nullable): what takes them
 */
ScSrtIngest *
sc_srt_ingest_new (const ScSrtIngestConfig *config, guint16 port, GError **error)
{
  g_autoptr (ScSrtIngest) self = g_new0 (ScSrtIngest, 1);
  self->listener_program = g_strdup (config->listener_program);
  self->bridge_program = g_strdup (config->bridge_program);
  self->rtmp_port = config->rtmp_port;
  self->admit = config->admit;
  self->user_data = config->user_data;
  self->control = -1;
  return bind_port (self, port, error) && start (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * sc_srt_ingest_free:
 * @self: (nullable) (transfer full): what sc_srt_ingest_new() made
 *
 * Ends it; the encoders' connections break.
 */
void
sc_srt_ingest_free (ScSrtIngest *self)
{
  if (!self)
    return;
  g_clear_handle_id (&self->restart_id, g_source_remove);
  stop (self);
  g_clear_object (&self->udp);
  g_free (self->listener_program);
  g_free (self->bridge_program);
  g_free (self);
}

/**
 * sc_srt_ingest_get_port:
 * @self: what takes SRT encoders
 *
 * Returns: the UDP port
 */
guint16
sc_srt_ingest_get_port (const ScSrtIngest *self)
{
  return self->port;
}
