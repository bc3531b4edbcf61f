/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Real encoders publish by SRT to a real ingest and origin over loopback. */

#include "config.h"

#include "sc-srt-ingest.h"
#include "sct-studio.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PASSPHRASE "a passphrase of one channel"

/* Longer than any test. */
#define UNTIL_ENDED "-t 600"

typedef struct {
  SctStudio *studio;
  ScSrtIngest *srt;
} Fixture;

static ScSrtVerdict
on_admit (const char *key, char **ret_passphrase, gpointer user_data)
{
  Fixture *self = user_data;
  if (!g_str_has_prefix (key, "sk_"))
    return SC_SRT_DENY;
  if (sc_ingest_refuse_second (self->studio->ingest, key + strlen ("sk_")))
    return SC_SRT_BUSY;
  *ret_passphrase = g_strdup (PASSPHRASE);
  return SC_SRT_ACCEPT;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  self->studio = sct_studio_new ();
  const ScSrtIngestConfig config = {
    .listener_program = g_getenv ("STREAMCAT_SRT_LISTENER"),
    .bridge_program = g_getenv ("STREAMCAT_SRT_BRIDGE"),
    .rtmp_port = self->studio->rtmp_port,
    .admit = on_admit,
    .user_data = self,
  };
  self->srt = sc_srt_ingest_new (&config, 0, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  sc_srt_ingest_free (self->srt);
  sct_studio_free (self->studio);
}

/* Starts an ffmpeg that publishes by SRT; @query is the address's, "streamid=sk_one". */
static GSubprocess *
publish (Fixture *self, const char *query, const char *options)
{
  g_autofree char *command = g_strdup_printf (
    "ffmpeg -nostdin -v error -re -f lavfi -i testsrc2=s=320x180:r=30 -f lavfi -i sine=440:r=44100 "
    "-c:v libx264 -preset ultrafast -tune zerolatency -pix_fmt yuv420p -g 60 "
    "-c:a aac %s -f mpegts 'srt://127.0.0.1:%u?pkt_size=1316&%s'",
    options,
    sc_srt_ingest_get_port (self->srt),
    query);
  return sct_studio_launch (self->studio, command);
}

static GSubprocess *
publish_as_one (Fixture *self, const char *options)
{
  return publish (self, "streamid=sk_one&passphrase=" PASSPHRASE, options);
}

/* Asserts that an encoder is turned away. */
static void
assert_refused (Fixture *self, const char *query)
{
  g_autoptr (GSubprocess) encoder = publish (self, query, UNTIL_ENDED);
  g_autofree char *complaints = sct_studio_finish (self->studio, encoder);
  g_test_message ("encoder: %s", complaints);
  g_assert_false (g_subprocess_get_successful (encoder));
}

/* A picture and a tone come as they were sent, and can be watched. */
static void
test_stream (Fixture *self, gconstpointer data)
{
  SctStudio *studio = self->studio;
  g_autoptr (GSubprocess) encoder = publish_as_one (self, "-t 4");
  sct_studio_wait (studio, "created one");
  sct_studio_wait (studio, "start one 320x180@30 avc1.*,mp4a.40.2");
  g_autofree char *url = sct_studio_rendition (studio, "one");
  sct_studio_wait (studio, "end one");
  sct_studio_wait (studio, "ended one completed");
  guint status;
  g_autofree char *playlist = sct_studio_get_text (studio, url, &status);
  g_assert_cmpuint (status, ==, 200);
  g_autoptr (GPtrArray) segments = sct_studio_segments (playlist, "");
  g_assert_cmpuint (segments->len, ==, 2); /* of 2 s each */
  g_autoptr (GBytes) segment = sct_studio_get (studio, g_ptr_array_index (segments, 0), &status);
  g_assert_cmpuint (status, ==, 200);
  g_assert_cmpuint (g_bytes_get_size (segment), >, 188);
  g_autofree char *complaints = sct_studio_finish (studio, encoder);
  g_assert_true (g_subprocess_get_successful (encoder));
}

/* Sound is not waited for where there is none, and an encoder that says nothing more is missed. */
static void
test_picture_alone_vanishes (Fixture *self, gconstpointer data)
{
  g_autoptr (GSubprocess) encoder = publish_as_one (self, "-an " UNTIL_ENDED);
  sct_studio_wait (self->studio, "start one 320x180@30 avc1.??????");
  g_subprocess_force_exit (encoder);
  sct_studio_wait (self->studio, "ended one *");
}

static void
test_strangers (Fixture *self, gconstpointer data)
{
  assert_refused (self, "streamid=no-key&passphrase=" PASSPHRASE);
  assert_refused (self, "streamid=sk_one&passphrase=another passphrase than that");
  assert_refused (self, "streamid=sk_one");
  assert_refused (self, "passphrase=" PASSPHRASE);
  g_assert_cmpuint (self->studio->news->len, ==, 0);
}

static void
test_second_publisher (Fixture *self, gconstpointer data)
{
  g_autoptr (GSubprocess) encoder = publish_as_one (self, UNTIL_ENDED);
  sct_studio_wait (self->studio, "start one *");
  assert_refused (self, "streamid=sk_one&passphrase=" PASSPHRASE);
  sct_studio_wait (self->studio, "refused one");
  /* Nor beside one who came by RTMP. */
  g_autoptr (GSubprocess) other = sct_studio_encode (self->studio, "sk_two", UNTIL_ENDED);
  sct_studio_wait (self->studio, "start two *");
  assert_refused (self, "streamid=sk_two&passphrase=" PASSPHRASE);
  sct_studio_wait (self->studio, "refused two");
  g_subprocess_force_exit (encoder);
  g_subprocess_force_exit (other);
}

/* StopStream, and a reset of the key that ends the stream: the encoder is cut off, and may come
 * back. */
static void
test_stopped (Fixture *self, gconstpointer data)
{
  g_autoptr (GSubprocess) encoder = publish_as_one (self, UNTIL_ENDED);
  sct_studio_wait (self->studio, "start one *");
  g_assert_true (sc_ingest_stop (self->studio->ingest, "one"));
  sct_studio_wait (self->studio, "ended one stopped");
  g_autofree char *complaints = sct_studio_finish (self->studio, encoder);
  g_assert_false (g_subprocess_get_successful (encoder));
  g_autoptr (GSubprocess) again = publish_as_one (self, UNTIL_ENDED);
  sct_studio_wait (self->studio, "start one *");
  g_subprocess_force_exit (again);
}

/* What a channel does not take ends, and does not hold the key. */
static void
test_other_codecs (Fixture *self, gconstpointer data)
{
  g_autoptr (GSubprocess) encoder = publish_as_one (self, "-c:v mpeg2video -c:a mp2 " UNTIL_ENDED);
  g_autofree char *complaints = sct_studio_finish (self->studio, encoder);
  g_assert_false (g_subprocess_get_successful (encoder));
  g_assert_cmpuint (self->studio->news->len, ==, 0);
}

/* Returns the processor time that our child of that name has had, in clock ticks; proc(5) has the
 * fields. */
static gint64
measure_child (const char *name)
{
  g_autoptr (GDir) processes = g_dir_open ("/proc", 0, NULL);
  const char *process;
  while ((process = g_dir_read_name (processes))) {
    g_autofree char *path = g_build_filename ("/proc", process, "stat", NULL);
    g_autofree char *stat = NULL;
    int parent;
    unsigned long user, system;
    if (!g_ascii_isdigit (*process) || !g_file_get_contents (path, &stat, NULL, NULL) ||
        !strstr (stat, name))
      continue;
    const char *fields = strrchr (stat, ')') + 2;
    g_assert_cmpint (sscanf (fields,
                             "%*c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu",
                             &parent,
                             &user,
                             &system),
                     ==,
                     3);
    if (parent == getpid ())
      return (gint64) (user + system);
  }
  g_assert_not_reached ();
}

/* Waiting costs nothing worth naming. An encoder that is turned away takes its seconds to go. */
static void
test_rests (Fixture *self, gconstpointer data)
{
  assert_refused (self, "streamid=no-key&passphrase=" PASSPHRASE);
  gint64 before = measure_child ("(streamcat-srt-l)");
  g_autoptr (GTimer) timer = g_timer_new ();
  assert_refused (self, "streamid=no-key&passphrase=" PASSPHRASE);
  double busy =
    (double) (measure_child ("(streamcat-srt-l)") - before) / (double) sysconf (_SC_CLK_TCK);
  double share = busy / g_timer_elapsed (timer, NULL);
  g_test_message ("%.0f %% of a processor", share * 100);
  g_assert_cmpfloat (share, <, 0.25);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)
  ADD ("/srt/stream", test_stream);
  ADD ("/srt/picture-alone-vanishes", test_picture_alone_vanishes);
  ADD ("/srt/strangers", test_strangers);
  ADD ("/srt/rests", test_rests);
  ADD ("/srt/second-publisher", test_second_publisher);
  ADD ("/srt/stopped", test_stopped);
  ADD ("/srt/other-codecs", test_other_codecs);
  return g_test_run ();
}
