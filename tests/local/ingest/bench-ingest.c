/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-rtmp-parser.h"
#include "sct-encoder.h"
#include "sct-rtmp-script.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

/* What the ingest and the origin cost: how long after an encoder sent a frame its bytes can be read
 * from the segment that is being written, how long after a segment's last frame a playlist lists
 * it, and processor time for each publisher. Prints a table; asserts nothing.
 *
 * A reader looks whenever the origin has more bytes: a growth that is too big for sound is the
 * newest picture that was sent, so that a delay of more than a frame's time reads as less by that
 * time.
 */

#define SECONDS 12

typedef struct {
  guint16 port;
  GBytes *flv;
  char *key;
  GArray *sent; /* gint64: when each picture was sent */
  GMutex lock;
  gint done;
} Sender;

static void
write_bytes (GSocketConnection *connection, const GByteArray *bytes)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                             bytes->data,
                             bytes->len,
                             NULL,
                             NULL,
                             NULL);
}

/* Sends one tag at its time. */
static gsize
send_tag (Sender *sender, GSocketConnection *connection, const guint8 *tag, gint64 start)
{
  guint32 length = (guint32) tag[1] << 16 | (guint32) tag[2] << 8 | tag[3];
  guint32 time = (guint32) tag[4] << 16 | (guint32) tag[5] << 8 | tag[6];
  g_autoptr (GByteArray) body = g_byte_array_new ();
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_byte_array_append (body, tag + 11, length);
  sct_rtmp_message (bytes, 128, tag[0], time, body);
  gint64 wait = start + time * 1000 - g_get_monotonic_time ();
  if (wait > 0)
    g_usleep ((gulong) wait);
  gint64 now = g_get_monotonic_time ();
  g_mutex_lock (&sender->lock);
  if (tag[0] == SC_RTMP_VIDEO && tag[12] == 1) /* a frame, no header */
    g_array_append_val (sender->sent, now);
  g_mutex_unlock (&sender->lock);
  write_bytes (connection, bytes);
  return 11 + length + 4;
}

static gpointer
send_all (gpointer data)
{
  Sender *sender = data;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection =
    g_socket_client_connect_to_host (client, "127.0.0.1", sender->port, NULL, NULL);
  g_autoptr (GByteArray) greeting = sct_encoder_greeting (sender->key);
  write_bytes (connection, greeting);
  gsize size;
  const guint8 *flv = g_bytes_get_data (sender->flv, &size);
  gint64 start = g_get_monotonic_time ();
  for (gsize at = 13; at + 11 < size;)
    at += send_tag (sender, connection, flv + at, start);
  g_atomic_int_set (&sender->done, 1);
  return NULL;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;
  return left < right ? -1 : left > right;
}

static double
quantile_ms (GArray *values, double q)
{
  if (values->len == 0)
    return NAN;
  g_array_sort (values, compare);
  return (double) g_array_index (values, gint64, (guint) (q * (values->len - 1))) / 1000;
}

static gint64
processor_us (int who)
{
  struct rusage usage;
  getrusage (who, &usage);
  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * G_USEC_PER_SEC + usage.ru_utime.tv_usec +
         usage.ru_stime.tv_usec;
}

/* Looks, as often as it can, at how many bytes the origin has, and takes each growth that has a
 * picture's size for the oldest picture that was sent and not seen. */
static void
watch (SctStudio *studio, Sender *sender, GArray *delays)
{
  gsize before = 0;
  guint seen = 0;
  while (!g_atomic_int_get (&sender->done)) {
    g_main_context_iteration (NULL, TRUE);
    gsize memory = sc_origin_get_memory (studio->origin);
    if (memory < before + 4 * 188 + 1) { /* sound takes up to four packets */
      before = memory;
      continue;
    }
    before = memory;
    g_mutex_lock (&sender->lock);
    if (seen < sender->sent->len) {
      gint64 delay =
        g_get_monotonic_time () - g_array_index (sender->sent, gint64, sender->sent->len - 1);
      g_array_append_val (delays, delay);
      seen = sender->sent->len;
    }
    g_mutex_unlock (&sender->lock);
  }
}

static gboolean
on_time_over (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* A process counts once it was waited for, which GIO does at its leisure. */
static void
wait_for_children (void)
{
  gboolean over = FALSE;
  g_timeout_add (500, on_time_over, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static void
measure (guint publishers, const char *size, const char *rate)
{
  g_autoptr (GArray) delays = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *picture = g_strdup_printf ("testsrc2=s=%s:r=30:d=%d", size, SECONDS);
  g_autofree char *options =
    g_strdup_printf ("-tune zerolatency -b:v %s -maxrate %s -bufsize %s", rate, rate, rate);
  g_autoptr (GBytes) flv = sct_encoder_flv (picture, options);
  SctStudio *studio = sct_studio_new ();
  g_autofree Sender *senders = g_new0 (Sender, publishers);
  g_autofree GThread **threads = g_new0 (GThread *, publishers);
  gint64 own = processor_us (RUSAGE_SELF), children = processor_us (RUSAGE_CHILDREN);
  for (guint i = 0; i < publishers; i++) {
    senders[i] = (Sender) {
      .port = studio->rtmp_port,
      .flv = flv,
      .key = g_strdup_printf ("sk_%u", i),
      .sent = g_array_new (FALSE, FALSE, sizeof (gint64)),
    };
    threads[i] = g_thread_new ("sender", send_all, &senders[i]);
  }
  watch (studio, &senders[0], delays);
  for (guint i = 0; i < publishers; i++)
    g_thread_join (threads[i]);
  for (guint i = 0; i < publishers; i++)
    sct_studio_wait (studio, "ended *");
  gsize memory = sc_origin_get_memory (studio->origin);
  wait_for_children ();
  own = processor_us (RUSAGE_SELF) - own;
  children = processor_us (RUSAGE_CHILDREN) - children;
  printf ("%10u  %-10s %-6s %8.1f %8.1f %8.1f %10.1f %10.1f %10.1f\n",
          publishers,
          size,
          rate,
          publishers == 1 ? quantile_ms (delays, 0.5) : NAN,
          publishers == 1 ? quantile_ms (delays, 0.95) : NAN,
          publishers == 1 ? quantile_ms (delays, 1) : NAN,
          100.0 * (double) own / (SECONDS * 1e6) / publishers,
          100.0 * (double) children / (SECONDS * 1e6) / publishers,
          (double) memory / 1e6 / publishers);
  fflush (stdout);
  for (guint i = 0; i < publishers; i++) {
    g_array_unref (senders[i].sent);
    g_free (senders[i].key);
  }
  sct_studio_free (studio);
}

int
main (int argc, char **argv)
{
  printf (
    "publishers  size       rate   frame sent -> readable, ms    core %% a publisher   MB kept\n"
    "                                   p50      p95      max     server    process   a stream\n");
  measure (1, "640x360", "2500k");
  measure (1, "1280x720", "4500k");
  measure (1, "1920x1080", "8000k");
  measure (4, "1280x720", "4500k");
  return 0;
}
