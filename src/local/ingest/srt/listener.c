/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-srt-question.h"
#include "sc-worker.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <srt/access_control.h>
#include <srt/srt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* streamcat-srt-listener: takes SRT encoders on a UDP socket that it finds open. Who may come in it
 * asks the local cloud (sc-srt-question.h), before there is a connection; the bytes of each
 * encoder go to a streamcat-srt-bridge, whose path is the first argument, the second is where that
 * finds the RTMP ingest. libsrt has one thread for the socket, in which on_handshake() runs, and we
 * have one for each encoder. */

/* Encoders at a time, as many as the ingest takes. */
#define MAX_SESSIONS 64
/* What an encoder may be ahead of the bridge: 3.9 s at the most that Amazon IVS takes, 8.5 Mb/s;
 * SRT's delay has to fit in, 120 ms unless the encoder wants more. */
#define RECEIVE_BUFFER (4 * 1024 * 1024)
/* For all of those, and libraries and threads' stacks. */
#define MAX_MEMORY (2048UL * 1024 * 1024)
/* Nothing of an encoder for so long: OBS reconnects after a break of that length. */
#define IDLE_SECONDS 10
/* How often is asked whether the bridge is there yet, while nothing comes. */
#define RECEIVE_MS 500
/* A bridge that takes nothing for this long is stuck. */
#define STALL_MS 10000
/* How long a bridge may take to send the last frames on and leave. */
#define FINISH_MS 3000
#define FINISH_STEP_MS 20
/* The local cloud answers in a millisecond. Meanwhile libsrt's thread takes nothing of those who
 * stream, so that one answer is waited for, and those who come before it is there are turned away:
 * encoders come again. */
#define ANSWER_MS 500
/* An answer that is not there after so long is not waited for any more, but asked for again. */
#define LOST_MS 5000
/* The most of a datagram of SRT ("SRTO_PAYLOADSIZE": 1456). */
#define MESSAGE_MAX 1500

typedef struct {
  const char *bridge_program;
  const char *rtmp_port;
  /* libsrt's thread's: */
  guint32 last_id;    /* of a question */
  gint64 asked_at_us; /* monotonic; 0 once that is answered */

  GMutex lock;
  GHashTable *keys; /* of those who are here */
} Listener;

typedef struct {
  Listener *listener;
  SRTSOCKET socket;
  char key[SC_SRT_KEY_MAX + 1];
  pid_t bridge;
  int input; /* the bridge's */
} Session;

/* --- who may come in --- */

/* Reads the answer to the last question; what came too late for earlier ones is passed over.
 * Returns FALSE if it is not there in so many milliseconds, 0 for what is there already. */
static gboolean
read_answer (Listener *self, gint64 patience_ms, ScSrtAnswer *ret_answer)
{
  gint64 until = g_get_monotonic_time () + patience_ms * 1000;
  for (;;) {
    gint64 left_ms = (until - g_get_monotonic_time ()) / 1000;
    struct pollfd poller = { .fd = SC_SRT_CONTROL_FD, .events = POLLIN };
    if (poll (&poller, 1, (int) MAX (left_ms, 0)) <= 0)
      return FALSE;
    gssize size = recv (SC_SRT_CONTROL_FD, ret_answer, sizeof *ret_answer, MSG_DONTWAIT);
    if (size <= 0)
      return FALSE;
    if (size == (gssize) sizeof *ret_answer && ret_answer->id == self->last_id) {
      self->asked_at_us = 0;
      return TRUE;
    }
  }
}

/* Whether the local cloud is asked now: not while it owes an answer. */
static gboolean
may_ask (Listener *self)
{
  ScSrtAnswer late;
  gboolean is_due = self->asked_at_us != 0 && !read_answer (self, 0, &late);
  explicit_bzero (&late, sizeof late);
  return !is_due || g_get_monotonic_time () - self->asked_at_us > LOST_MS * 1000;
}

static gboolean
ask (Listener *self, const char *key, ScSrtAnswer *ret_answer)
{
  if (!may_ask (self))
    return FALSE;
  ScSrtQuestion question = { .id = ++self->last_id };
  g_strlcpy (question.key, key, sizeof question.key);
  self->asked_at_us = g_get_monotonic_time ();
  gssize size = send (SC_SRT_CONTROL_FD, &question, sizeof question, MSG_NOSIGNAL | MSG_DONTWAIT);
  explicit_bzero (&question, sizeof question);
  return size == (gssize) sizeof question && read_answer (self, ANSWER_MS, ret_answer);
}

/* Returns SRT's reason to refuse, or 0 with the passphrase that the encoder has to know. */
static int
judge (Listener *self, const char *key, ScSrtAnswer *ret_answer)
{
  if (!key || !*key || strlen (key) > SC_SRT_KEY_MAX || strchr (key, '\n'))
    return SRT_REJX_BAD_REQUEST;
  g_mutex_lock (&self->lock);
  gboolean is_here = g_hash_table_contains (self->keys, key);
  gboolean is_full = g_hash_table_size (self->keys) >= MAX_SESSIONS;
  g_mutex_unlock (&self->lock);
  if (is_full && !is_here)
    return SRT_REJX_OVERLOAD;
  /* Also about a key that is in use: the streamer is told of the second encoder. */
  if (!ask (self, key, ret_answer))
    return SRT_REJX_GW;
  if (is_here || ret_answer->verdict == SC_SRT_BUSY)
    return SRT_REJX_CONFLICT;
  return ret_answer->verdict == SC_SRT_ACCEPT ? 0 : SRT_REJX_UNAUTHORIZED;
}

/* In libsrt's thread. Whoever accepts a stream id here has libsrt check the passphrase yet. */
static int
on_handshake (void *opaque,
              SRTSOCKET socket,
              int version,
              const struct sockaddr *peer,
              const char *stream_id)
{
  ScSrtAnswer answer = { 0 };
  int reason = judge (opaque, stream_id, &answer);
  int length = (int) strnlen (answer.passphrase, SC_SRT_PASSPHRASE_MAX);
  /* One without a passphrase would be let in unencrypted. */
  if (reason == 0 && (length < SC_SRT_PASSPHRASE_MIN ||
                      srt_setsockflag (socket, SRTO_PASSPHRASE, answer.passphrase, length) != 0))
    reason = SRT_REJX_GW;
  explicit_bzero (&answer, sizeof answer);
  if (reason == 0)
    return 0;
  srt_setrejectreason (socket, reason);
  return -1;
}

/* --- an encoder's thread --- */

static gboolean
write_all (int fd, const char *data, gsize size)
{
  while (size > 0) {
    struct pollfd poller = { .fd = fd, .events = POLLOUT };
    if (poll (&poller, 1, STALL_MS) <= 0)
      return FALSE;
    gssize count = write (fd, data, size);
    if (count < 0 && errno != EAGAIN && errno != EINTR)
      return FALSE;
    data += MAX (count, 0);
    size -= (gsize) MAX (count, 0);
  }
  return TRUE;
}

/* Starts the bridge; it dies with the thread that calls this (PR_SET_PDEATHSIG). */
static gboolean
start_bridge (Session *self)
{
  int ends[2];
  if (pipe2 (ends, O_CLOEXEC) != 0)
    return FALSE;
  Listener *listener = self->listener;
  char *const argv[] = { (char *) listener->bridge_program, (char *) listener->rtmp_port, NULL };
  static char *const environment[] = { (char *) "LANG=C.UTF-8", NULL };
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init (&actions);
  posix_spawn_file_actions_adddup2 (&actions, ends[0], STDIN_FILENO);
  posix_spawn_file_actions_addclosefrom_np (&actions, STDERR_FILENO + 1);
  int status = posix_spawn (&self->bridge, argv[0], &actions, NULL, argv, environment);
  posix_spawn_file_actions_destroy (&actions);
  close (ends[0]);
  self->input = ends[1];
  fcntl (self->input, F_SETFL, O_NONBLOCK);
  if (status == 0)
    return TRUE;
  close (self->input);
  return FALSE;
}

static gboolean
is_bridge_gone (const Session *self)
{
  siginfo_t info = { 0 };
  int options = WEXITED | WNOHANG | WNOWAIT;
  return waitid (P_PID, (id_t) self->bridge, &info, options) != 0 || info.si_pid != 0;
}

/* Passes on what comes, until the encoder or the bridge goes. */
static void
pump (const Session *self)
{
  char message[MESSAGE_MAX];
  guint idle_ms = 0;
  while (idle_ms < IDLE_SECONDS * 1000) {
    int size = srt_recvmsg (self->socket, message, sizeof message);
    if (size > 0 && !write_all (self->input, message, (gsize) size))
      return;
    if (size < 0 && srt_getlasterror (NULL) != SRT_ETIMEOUT)
      return;
    if (size < 0 && is_bridge_gone (self))
      return;
    idle_ms = size < 0 ? idle_ms + RECEIVE_MS : 0;
  }
}

/* Waits for the bridge, which has the end of its input, but not forever. */
static void
reap_bridge (Session *self)
{
  close (self->input);
  for (guint waited = 0; waited < FINISH_MS && !is_bridge_gone (self); waited += FINISH_STEP_MS)
    g_usleep (FINISH_STEP_MS * 1000);
  kill (self->bridge, SIGKILL);
  waitpid (self->bridge, NULL, 0);
}

static gpointer
run_session (gpointer data)
{
  Session *self = data;
  Listener *listener = self->listener;
  if (start_bridge (self)) {
    /* The bridge finds the key in front of the stream. */
    if (write_all (self->input, self->key, strlen (self->key)) && write_all (self->input, "\n", 1))
      pump (self);
    reap_bridge (self);
  }
  g_mutex_lock (&listener->lock);
  g_hash_table_remove (listener->keys, self->key);
  g_mutex_unlock (&listener->lock);
  /* Last: an encoder that is cut off comes back at once, and finds its key free. */
  srt_close (self->socket);
  explicit_bzero (self->key, sizeof self->key);
  g_free (self);
  return NULL;
}

/* Two handshakes with one key can both be through before the first is here. */
static gboolean
take_key (Listener *self, const char *key)
{
  g_mutex_lock (&self->lock);
  gboolean is_new =
    !g_hash_table_contains (self->keys, key) && g_hash_table_size (self->keys) < MAX_SESSIONS;
  if (is_new)
    g_hash_table_add (self->keys, g_strdup (key));
  g_mutex_unlock (&self->lock);
  return is_new;
}

static void
begin_session (Listener *listener, SRTSOCKET socket)
{
  const int timeout = RECEIVE_MS;
  Session *self = g_new0 (Session, 1);
  int length = SC_SRT_KEY_MAX;
  self->listener = listener;
  self->socket = socket;
  if (srt_getsockflag (socket, SRTO_STREAMID, self->key, &length) == 0 &&
      srt_setsockflag (socket, SRTO_RCVTIMEO, &timeout, sizeof timeout) == 0 &&
      take_key (listener, self->key)) {
    g_thread_unref (g_thread_new ("encoder", run_session, self));
    return;
  }
  srt_close (socket);
  g_free (self);
}

/* --- the socket --- */

static SRTSOCKET
open_socket (Listener *self)
{
  const int buffer = RECEIVE_BUFFER;
  SRTSOCKET socket = srt_create_socket ();
  /* On Linux libsrt waits by its socket's own timeout; one that does not wait, as GSocket makes
   * them, would have it ask without end. */
  fcntl (SC_SRT_UDP_FD, F_SETFL, fcntl (SC_SRT_UDP_FD, F_GETFL) & ~O_NONBLOCK);
  if (srt_setsockflag (socket, SRTO_RCVBUF, &buffer, sizeof buffer) == 0 &&
      srt_bind_acquire (socket, SC_SRT_UDP_FD) == 0 &&
      srt_listen_callback (socket, on_handshake, self) == 0 &&
      srt_listen (socket, MAX_SESSIONS) == 0)
    return socket;
  return SRT_INVALID_SOCK;
}

int
main (int argc, char **argv)
{
  if (argc < 3)
    return EXIT_FAILURE;
  sc_worker_confine (MAX_MEMORY);
  signal (SIGPIPE, SIG_IGN); /* a bridge that died is an error of write() */
  mallopt (M_ARENA_MAX, 2);  /* else each thread reserves address space of its own */
  Listener self = { .bridge_program = argv[1], .rtmp_port = argv[2] };
  g_mutex_init (&self.lock);
  self.keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  srt_startup ();
  srt_setloglevel (LOG_CRIT); /* libsrt's messages name stream ids */
  SRTSOCKET listener = open_socket (&self);
  for (;;) {
    SRTSOCKET socket = srt_accept (listener, NULL, NULL);
    if (socket != SRT_INVALID_SOCK)
      begin_session (&self, socket);
    else if (srt_getsockstate (listener) != SRTS_LISTENING)
      return EXIT_FAILURE; /* the local cloud starts another */
  }
}
