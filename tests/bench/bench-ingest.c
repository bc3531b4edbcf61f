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
 * from the segment that is being written, how long after the frame that ends a segment a playlist
 * lists it, and processor time and memory for each publisher. Prints two tables; asserts nothing.
 *
 * A reader looks whenever the origin has more bytes: a growth that is too big for sound is the
 * newest picture that was sent, so that a delay of more than a frame's time reads as less by that
 * time.
 */

#define SECONDS 20
/* As sct-encoder.c has ffmpeg make them: segments end before a keyframe. */
#define FRAMES_A_SEGMENT 60
/* Between two looks at the playlist. */
#define LOOK_MS 2

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

/* One run: @publishers at a time; the first one's delays count. */
typedef struct {
  SctStudio *studio;
  Sender *senders;
  guint publishers;
  char *url; /* of the playlist */
  guint listed;
  GArray *readable;
  GArray *playlist;
  double process_mb;
} Run;

/* Takes each segment that is new in the playlist for the next that was sent. */
static void
look_at_playlist (Run *run)
{
  if (!run->url)
    run->url = sct_studio_rendition (run->studio, "0");
  if (!run->url)
    return;
  g_autofree char *text = sct_studio_get_text (run->studio, run->url, NULL);
  gint64 now = g_get_monotonic_time ();
  guint count = 0;
  const char *sequence = strstr (text, "#EXT-X-MEDIA-SEQUENCE:");
  if (sequence)
    count = (guint) g_ascii_strtoull (strchr (sequence, ':') + 1, NULL, 10);
  for (const char *at = text; (at = strstr (at, "#EXTINF:")); at++)
    count++;
  Sender *sender = &run->senders[0];
  g_mutex_lock (&sender->lock);
  for (; run->listed < count; run->listed++) {
    guint frame = (run->listed + 1) * FRAMES_A_SEGMENT;
    if (frame >= sender->sent->len)
      break;
    gint64 delay = now - g_array_index (sender->sent, gint64, frame);
    g_array_append_val (run->playlist, delay);
  }
  g_mutex_unlock (&sender->lock);
}

/* Takes a growth of the origin that has a picture's size for the newest picture that was sent. */
static void
look_at_memory (Run *run, gsize *before, guint *seen)
{
  Sender *sender = &run->senders[0];
  gsize memory = sc_origin_get_memory (run->studio->origin);
  gboolean has_picture = memory >= *before + 4 * 188 + 1; /* sound takes up to four packets */
  *before = memory;
  if (!has_picture)
    return;
  g_mutex_lock (&sender->lock);
  if (*seen < sender->sent->len) {
    gint64 delay =
      g_get_monotonic_time () - g_array_index (sender->sent, gint64, sender->sent->len - 1);
    g_array_append_val (run->readable, delay);
    *seen = sender->sent->len;
  }
  g_mutex_unlock (&sender->lock);
}

/* Returns what all publisher processes use for themselves, and their share of what they share. */
static double
measure_processes (void)
{
  g_autofree char *command =
    g_strdup_printf ("sh -c 'for p in $(pgrep -P %d streamcat-publi); do cat "
                     "/proc/$p/smaps_rollup; done'",
                     getpid ());
  g_autofree char *text = NULL;
  g_spawn_command_line_sync (command, &text, NULL, NULL, NULL);
  double kilobytes = 0;
  for (const char *at = text; at && (at = strstr (at, "\nPss:")); at++)
    kilobytes += g_ascii_strtod (at + strlen ("\nPss:"), NULL);
  return kilobytes / 1000;
}

static gboolean
on_tick (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Lets the ingest work until all is sent; delays are measured where there is one publisher, as the
 * looking costs too. */
static void
watch (Run *run)
{
  gsize before = 0;
  guint seen = 0;
  guint tick = g_timeout_add (run->publishers == 1 ? LOOK_MS : 100, on_tick, NULL);
  gint64 half = g_get_monotonic_time () + SECONDS * G_USEC_PER_SEC / 2;
  while (!g_atomic_int_get (&run->senders[0].done)) {
    g_main_context_iteration (NULL, TRUE);
    if (run->publishers == 1) {
      look_at_memory (run, &before, &seen);
      look_at_playlist (run);
    }
    if (run->process_mb <= 0 && g_get_monotonic_time () > half)
      run->process_mb = measure_processes ();
  }
  g_source_remove (tick);
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

/* Has @run's publishers send @flv; returns how many bytes the origin then has. */
static gsize
publish (Run *run, GBytes *flv)
{
  g_autofree GThread **threads = g_new0 (GThread *, run->publishers);
  for (guint i = 0; i < run->publishers; i++) {
    run->senders[i] = (Sender) {
      .port = run->studio->rtmp_port,
      .flv = flv,
      .key = g_strdup_printf ("sk_%u", i),
      .sent = g_array_new (FALSE, FALSE, sizeof (gint64)),
    };
    threads[i] = g_thread_new ("sender", send_all, &run->senders[i]);
  }
  watch (run);
  for (guint i = 0; i < run->publishers; i++)
    g_thread_join (threads[i]);
  for (guint i = 0; i < run->publishers; i++)
    sct_studio_wait (run->studio, "ended *");
  return sc_origin_get_memory (run->studio->origin);
}

static void
print_delays (Run *run, const char *size, const char *rate)
{
  printf ("%-10s %-6s %10.1f %8.1f %8.1f %12.1f %8.1f %8.1f\n",
          size,
          rate,
          quantile_ms (run->readable, 0.5),
          quantile_ms (run->readable, 0.95),
          quantile_ms (run->readable, 1),
          quantile_ms (run->playlist, 0.5),
          quantile_ms (run->playlist, 0.95),
          quantile_ms (run->playlist, 1));
}

static void
measure (guint publishers, const char *size, const char *rate)
{
  g_autofree char *picture = g_strdup_printf ("testsrc2=s=%s:r=30:d=%d", size, SECONDS);
  g_autofree char *options =
    g_strdup_printf ("-tune zerolatency -b:v %s -maxrate %s -bufsize %s", rate, rate, rate);
  g_autoptr (GBytes) flv = sct_encoder_flv (picture, options);
  g_autofree Sender *senders = g_new0 (Sender, publishers);
  g_autoptr (GArray) readable = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) playlist = g_array_new (FALSE, FALSE, sizeof (gint64));
  Run run = { .studio = sct_studio_new (),
              .senders = senders,
              .publishers = publishers,
              .readable = readable,
              .playlist = playlist };
  gint64 own = processor_us (RUSAGE_THREAD), children = processor_us (RUSAGE_CHILDREN);
  gsize memory = publish (&run, flv);
  own = processor_us (RUSAGE_THREAD) - own;
  wait_for_children ();
  children = processor_us (RUSAGE_CHILDREN) - children;
  double own_share = 100.0 * (double) own / (SECONDS * 1e6) / publishers;
  double process_share = 100.0 * (double) children / (SECONDS * 1e6) / publishers;
  if (publishers == 1)
    print_delays (&run, size, rate);
  else
    printf ("%10u  %-10s %-6s %8.1f %10.1f %10.0f %10.1f %10.1f\n",
            publishers,
            size,
            rate,
            own_share,
            process_share,
            100 / (own_share + process_share),
            (double) memory / 1e6 / publishers,
            run.process_mb / publishers);
  fflush (stdout);
  for (guint i = 0; i < publishers; i++) {
    g_array_unref (senders[i].sent);
    g_free (senders[i].key);
  }
  g_free (run.url);
  sct_studio_free (run.studio);
}

int
main (int argc, char **argv)
{
  printf ("                   frame sent -> readable, ms     segment's end -> listed, ms\n"
          "size       rate          p50      p95      max          p50      p95      max\n");
  measure (1, "640x360", "2500k");
  measure (1, "1280x720", "4500k");
  measure (1, "1920x1080", "8000k");
  printf ("\n                               %% of a core each  publishers    MB a stream\n"
          "publishers  size       rate     server    process     a core   segments    process\n");
  measure (4, "640x360", "2500k");
  measure (4, "1280x720", "4500k");
  measure (4, "1920x1080", "8000k");
  return 0;
}
