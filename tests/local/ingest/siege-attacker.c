/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-rtmp-parser.h"
#include "sct-mutate.h"
#include "sct-rtmp-script.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

/* The strangers of a siege: siege-attacker PORT COUNT. Short connections, many at a time, each a
 * conversation without a good key that is mutated, or whose messages are shuffled, or both. Writes
 * a line whenever another hundred are over. */

#define THREADS 48
/* More than an address may have strangers come from 127.0.0.2, the rest from here on. */
#define CROWD 24
#define FIRST_ADDRESS "127.0.0.2"
#define OTHER_ADDRESSES 8
#define REPORT 100
/* The ingest closes in 5 s what shows no key, and 2 s later what it refused. */
#define PATIENCE_SECONDS 20
/* No channel has it, nor can a mutation make one that has. */
#define BAD_KEY "nobody?keyframeInterval=2"

static guint16 port;
static gint count;
static gint begun;
static gint done;

/* How a conversation ends once everything is sent. */
typedef enum {
  END_HALF,  /* no more from us, and the ingest is to close */
  END_RESET, /* at once and without a farewell */
  END_WAIT,  /* not at all: the ingest has to */
} End;

static void
add_control (GByteArray *bytes, guint8 type, guint32 value)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  guint32 big = GUINT32_TO_BE (value);
  g_byte_array_append (payload, (const guint8 *) &big, 4);
  sct_rtmp_message (bytes, 128, type, 0, payload);
}

/* Appends one of the messages that an encoder, or a bad one, sends. */
static void
add_message (GByteArray *bytes, guint which)
{
  static const char *const words[] = { "releaseStream", "FCPublish", "createStream",
                                       "FCUnpublish",   "_result",   "play" };
  if (which < G_N_ELEMENTS (words))
    sct_rtmp_command (bytes, words[which], which);
  else if (which == 6)
    sct_rtmp_connect (bytes, "app");
  else if (which == 7)
    sct_rtmp_publish (bytes, BAD_KEY);
  else if (which == 8)
    add_control (bytes, SC_RTMP_SET_CHUNK_SIZE, 4096);
  else if (which == 9)
    add_control (bytes, SC_RTMP_ABORT, 3);
  else
    sct_rtmp_media (bytes, which % 2 ? SC_RTMP_VIDEO : SC_RTMP_AUDIO, 0x1000000 * which, 300);
}

/* The messages in the order that they belong in: refused for the key alone. */
static void
add_messages (GByteArray *bytes)
{
  static const guint order[] = { 6, 8, 0, 1, 2, 7, 11, 12, 3 };
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    add_message (bytes, order[i]);
}

static GByteArray *
make_bytes (GRand *rand)
{
  GByteArray *bytes = g_byte_array_new ();
  guint kind = sct_below (rand, 4);
  sct_rtmp_hello (bytes);
  if (kind == 0)
    add_messages (bytes);
  for (guint i = kind == 0 ? 0 : 1 + sct_below (rand, 12); i > 0; i--)
    add_message (bytes, sct_below (rand, 14));
  if (kind != 1)
    sct_mutate (rand, bytes);
  return bytes;
}

static int
connect_from (guint thread)
{
  const struct timeval patience = { .tv_sec = PATIENCE_SECONDS };
  struct sockaddr_in from = { .sin_family = AF_INET };
  struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons (port) };
  guint step = thread < CROWD ? 0 : 1 + thread % OTHER_ADDRESSES;
  from.sin_addr.s_addr = htonl (ntohl (inet_addr (FIRST_ADDRESS)) + step);
  to.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  if (bind (fd, (struct sockaddr *) &from, sizeof from) != 0 ||
      connect (fd, (struct sockaddr *) &to, sizeof to) != 0)
    g_error ("No connection: %s", g_strerror (errno));
  return fd;
}

/* Reads until the ingest closes; if it does not, this ends badly. */
static void
read_until_closed (int fd)
{
  char buffer[4096];
  gssize size;
  while ((size = recv (fd, buffer, sizeof buffer, 0)) > 0)
    continue;
  if (size < 0 && errno == EAGAIN)
    g_error ("The ingest did not close");
}

static void
attack (GRand *rand, guint thread)
{
  static const struct linger reset = { .l_onoff = 1, .l_linger = 0 };
  g_autoptr (GByteArray) bytes = make_bytes (rand);
  End end = sct_below (rand, 40) == 0 ? END_WAIT : sct_below (rand, 2);
  int fd = connect_from (thread);
  guint first = sct_below (rand, bytes->len + 1);
  if (send (fd, bytes->data, first, MSG_NOSIGNAL) == (gssize) first)
    send (fd, bytes->data + first, bytes->len - first, MSG_NOSIGNAL);
  if (end == END_HALF)
    shutdown (fd, SHUT_WR);
  if (end == END_RESET)
    setsockopt (fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  else
    read_until_closed (fd);
  close (fd);
}

static gpointer
attack_all (gpointer data)
{
  guint thread = GPOINTER_TO_UINT (data);
  g_autoptr (GRand) rand = g_rand_new_with_seed (thread);
  while (g_atomic_int_add (&begun, 1) < count) {
    attack (rand, thread);
    if ((g_atomic_int_add (&done, 1) + 1) % REPORT == 0) {
      puts ("another hundred");
      fflush (stdout);
    }
  }
  return NULL;
}

int
main (int argc, char **argv)
{
  GThread *threads[THREADS];
  g_assert (argc == 3);
  port = (guint16) g_ascii_strtoull (argv[1], NULL, 10);
  count = (gint) g_ascii_strtoll (argv[2], NULL, 10);
  for (guint i = 0; i < THREADS; i++)
    threads[i] = g_thread_new ("attacker", attack_all, GUINT_TO_POINTER (i));
  for (guint i = 0; i < THREADS; i++)
    g_thread_join (threads[i]);
  return 0;
}
