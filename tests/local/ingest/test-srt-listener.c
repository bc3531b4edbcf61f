/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* streamcat-srt-listener alone, whose questions the test answers when it likes. */

#include "config.h"

#include "sc-srt-question.h"

#include <arpa/inet.h>
#include <gio/gio.h>
#include <poll.h>
#include <srt/access_control.h>
#include <srt/srt.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define N_ENCODERS 8
#define CONNECT_MS 60000
#define WAIT_MS 60000
/* What the listener takes an answer for lost after, in seconds. */
#define LOST_SECONDS 5

typedef struct {
  GSubprocess *process;
  int control; /* our end */
  guint16 port;
} Fixture;

typedef struct {
  const Fixture *fixture;
  int reason; /* SRT's, why it was refused; 0 if it was not */
} Encoder;

static int
bind_udp (guint16 *ret_port)
{
  struct sockaddr_in address = { .sin_family = AF_INET };
  socklen_t length = sizeof address;
  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  int udp = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (bind (udp, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (getsockname (udp, (struct sockaddr *) &address, &length), ==, 0);
  *ret_port = ntohs (address.sin_port);
  return udp;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  int ends[2];
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), ==, 0);
  g_subprocess_launcher_take_fd (launcher, ends[1], SC_SRT_CONTROL_FD);
  g_subprocess_launcher_take_fd (launcher, bind_udp (&self->port), SC_SRT_UDP_FD);
  self->control = ends[0];
  self->process = g_subprocess_launcher_spawn (launcher,
                                               &error,
                                               g_getenv ("STREAMCAT_SRT_LISTENER"),
                                               g_getenv ("STREAMCAT_SRT_BRIDGE"),
                                               "1",
                                               NULL);
  g_assert_no_error (error);
  srt_startup ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_subprocess_force_exit (self->process);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->process);
  close (self->control);
  srt_cleanup ();
}

/* Says hello with a key, as an encoder does. */
static gpointer
run_encoder (gpointer data)
{
  static const int patience = CONNECT_MS;
  static const char key[] = "sk_one", passphrase[] = "a passphrase";
  Encoder *self = data;
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (self->fixture->port) };
  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  SRTSOCKET socket = srt_create_socket ();
  srt_setsockflag (socket, SRTO_CONNTIMEO, &patience, sizeof patience);
  srt_setsockflag (socket, SRTO_STREAMID, key, (int) strlen (key));
  srt_setsockflag (socket, SRTO_PASSPHRASE, passphrase, (int) strlen (passphrase));
  if (srt_connect (socket, (struct sockaddr *) &address, sizeof address) != 0)
    self->reason = srt_getrejectreason (socket);
  srt_close (socket);
  return NULL;
}

static gboolean
read_question (Fixture *self, int patience_ms, ScSrtQuestion *ret_question)
{
  struct pollfd poller = { .fd = self->control, .events = POLLIN };
  return poll (&poller, 1, patience_ms) > 0 &&
         recv (self->control, ret_question, sizeof *ret_question, 0) ==
           (gssize) sizeof *ret_question;
}

static void
deny (Fixture *self, guint32 id)
{
  const ScSrtAnswer answer = { .id = id, .verdict = SC_SRT_DENY };
  g_assert_cmpint (send (self->control, &answer, sizeof answer, 0), ==, sizeof answer);
}

/* One that is not answered holds up nobody but the first; with the answer all goes on. */
static void
test_slow_answer (Fixture *self, gconstpointer data)
{
  Encoder encoders[N_ENCODERS];
  GThread *threads[N_ENCODERS];
  ScSrtQuestion question;
  gint64 start = g_get_monotonic_time ();
  for (guint i = 0; i < N_ENCODERS; i++) {
    encoders[i] = (Encoder) { self, 0 };
    threads[i] = g_thread_new ("encoder", run_encoder, &encoders[i]);
  }
  for (guint i = 0; i < N_ENCODERS; i++) {
    g_thread_join (threads[i]);
    g_assert_cmpint (encoders[i].reason, ==, SRT_REJX_GW);
  }
  gint64 seconds = (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  guint n_asked = 0;
  while (read_question (self, 0, &question))
    n_asked++;
  g_test_message ("%u handshakes, %u questions, %d s", N_ENCODERS, n_asked, (int) seconds);
  g_assert_cmpuint (n_asked, >=, 1);
  g_assert_cmpuint (n_asked, <=, 1 + (guint) seconds / LOST_SECONDS);

  deny (self, question.id);
  Encoder next = { self, 0 };
  GThread *thread = g_thread_new ("encoder", run_encoder, &next);
  g_assert_true (read_question (self, WAIT_MS, &question));
  deny (self, question.id);
  g_thread_join (thread);
  g_assert_cmpint (next.reason, ==, SRT_REJX_UNAUTHORIZED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/local/srt-listener/slow-answer",
              Fixture,
              NULL,
              set_up,
              test_slow_answer,
              tear_down);
  return g_test_run ();
}
