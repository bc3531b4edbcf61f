/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-files.h"
#include "sct-run.h"
#include "sct-studio.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

/* Real encoders publish to a real ingest and origin over loopback. */

/* Runs @command, waits, and returns its standard output. */
static char *
output_of (const char *command, const char *argument)
{
  const char *const argv[] = { "sh", "-c", command, "sh", argument, NULL };
  return sct_run_silent (argv);
}

/* Asserts that a segment can be played without those before it: its first packet is of the program
 * association table, whose PID is 0 (ISO/IEC 13818-1 2.4.3.2, RFC 8216 3.2). */
static void
assert_begins_with_tables (const guint8 *segment, gsize size)
{
  g_assert_cmpuint (size, >=, 188);
  g_assert_cmpuint (size % 188, ==, 0);
  g_assert_cmphex (segment[0], ==, 0x47);
  g_assert_cmphex ((segment[1] & 0x1f) << 8 | segment[2], ==, 0);
}

/* Writes all listed segments, one behind the other, into a file; returns its path. */
static char *
save_segments (SctStudio *studio, const char *playlist)
{
  g_autoptr (GPtrArray) urls = sct_studio_segments (playlist, "");
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  char *path = NULL;
  for (guint i = 0; i < urls->len; i++) {
    guint status;
    gsize size;
    g_autoptr (GBytes) body = sct_studio_get (studio, g_ptr_array_index (urls, i), &status);
    g_assert_cmpuint (status, ==, 200);
    const guint8 *data = g_bytes_get_data (body, &size);
    assert_begins_with_tables (data, size);
    g_byte_array_append (all, data, (guint) size);
  }
  int file = g_file_open_tmp ("segments-XXXXXX.ts", &path, &error);
  g_assert_no_error (error);
  g_close (file, NULL);
  g_file_set_contents (path, (const char *) all->data, all->len, &error);
  g_assert_no_error (error);
  return path;
}

/* Asserts that the segments of @playlist, joined, play @seconds without a gap in picture or sound.
 */
static void
assert_continuous (SctStudio *studio, const char *playlist, double seconds)
{
  g_autofree char *path = save_segments (studio, playlist);
  g_autofree char *streams = output_of ("ffprobe -v error -show_entries "
                                        "stream=codec_name,width,height -of csv=p=0 \"$1\"",
                                        path);
  g_assert_nonnull (strstr (streams, "h264,320,180"));
  g_assert_nonnull (strstr (streams, "aac"));
  g_autofree char *gaps = output_of (
    "for s in v a; do ffprobe -v error -select_streams $s:0 -show_entries packet=dts_time "
    "-of csv=p=0 \"$1\" | awk -F, 'NF && $1 != \"N/A\" {if (n++ && ($1 - last > 0.06 || $1 <= "
    "last)) "
    "print \"gap\", last, $1; last = $1; if (n == 1) first = $1} "
    "END {printf \"%.1f\\n\", last - first}'; done",
    path);
  g_auto (GStrv) lines = g_strsplit (gaps, "\n", -1);
  g_assert_null (strstr (gaps, "gap"));
  g_assert_cmpfloat (ABS (g_ascii_strtod (lines[0], NULL) - seconds), <, 0.25);
  g_assert_cmpfloat (ABS (g_ascii_strtod (lines[1], NULL) - seconds), <, 0.25);
  g_unlink (path);
}

/* An encoder that ends by itself after 5 s of picture, sent as fast as it goes. */
static void
check_encoder (const char *command)
{
  g_autoptr (SctStudio) studio = sct_studio_new ();
  g_autoptr (GSubprocess) encoder = sct_studio_launch (studio, command);
  sct_studio_wait (studio, "created one");
  sct_studio_wait (studio, "start one 320x180@30 avc1.*,mp4a.40.2");
  g_autofree char *url = sct_studio_rendition (studio, "one");
  g_assert_nonnull (url);
  sct_studio_wait (studio, "end one");
  sct_studio_wait (studio, "ended one *");
  guint status;
  g_autofree char *playlist = sct_studio_get_text (studio, url, &status);
  g_assert_cmpuint (status, ==, 200);
  g_assert_true (g_str_has_suffix (playlist, "\n#EXT-X-ENDLIST\n"));
  g_assert_null (strstr (playlist, "PREFETCH"));
  assert_continuous (studio, playlist, 5);
  g_autofree char *gone = sct_studio_rendition (studio, "one");
  g_assert_null (gone);
  g_autofree char *complaints = sct_studio_finish (studio, encoder);
  g_test_message ("encoder: %s", complaints);
}

static void
test_ffmpeg (void)
{
  check_encoder ("ffmpeg -nostdin -v error -f lavfi -i testsrc2=s=320x180:r=30 -f lavfi "
                 "-i sine=440:r=44100 -t 5 -c:v libx264 -preset ultrafast -g 60 -pix_fmt yuv420p "
                 "-c:a aac -f flv \"$RTMP/sk_one?keyframeInterval=2\"");
}

#define GST_ENCODE                                                                                 \
  "gst-launch-1.0 -q videotestsrc num-buffers=150 ! video/x-raw,format=I420,width=320,height=180," \
  "framerate=30/1 ! x264enc tune=zerolatency speed-preset=ultrafast key-int-max=60 ! h264parse ! " \
  "mux. audiotestsrc num-buffers=216 ! audio/x-raw,rate=44100 ! avenc_aac ! aacparse ! mux. "      \
  "flvmux name=mux streamable=true ! "

static void
test_rtmp2sink (void)
{
  check_encoder (GST_ENCODE "rtmp2sink location=$RTMP/sk_one");
}

static void
test_librtmp (void)
{
  check_encoder (GST_ENCODE "rtmpsink location=$RTMP/sk_one");
}

static void
test_wrong_key (void)
{
  g_autoptr (SctStudio) studio = sct_studio_new ();
  g_autoptr (GSubprocess) encoder = sct_studio_encode (studio, "not-a-key", "-t 5");
  g_autofree char *complaints = sct_studio_finish (studio, encoder);
  g_assert_nonnull (strstr (complaints, "The stream key is not valid."));
  g_assert_cmpint (g_subprocess_get_exit_status (encoder), !=, 0);
  g_assert_cmpuint (studio->news->len, ==, 0);
}

static void
test_second_publisher (void)
{
  g_autoptr (SctStudio) studio = sct_studio_new ();
  g_autoptr (GSubprocess) first = sct_studio_encode (studio, "sk_one", "-t 4");
  sct_studio_wait (studio, "created one");
  g_autoptr (GSubprocess) second = sct_studio_encode (studio, "sk_one", "-t 4");
  g_autofree char *complaints = sct_studio_finish (studio, second);
  g_assert_nonnull (strstr (complaints, "already receiving a stream"));
  g_assert_false (sct_studio_has (studio, "end*"));
  sct_studio_wait (studio, "ended one completed");
  g_autofree char *quiet = sct_studio_finish (studio, first);
  g_assert_cmpstr (quiet, ==, "");
}

static void
test_stop (void)
{
  g_autoptr (SctStudio) studio = sct_studio_new ();
  g_autoptr (GSubprocess) encoder = sct_studio_encode (studio, "sk_one", "");
  g_assert_false (sc_ingest_stop (studio->ingest, "one"));
  sct_studio_wait (studio, "start one *");
  g_assert_true (sc_ingest_stop (studio->ingest, "one"));
  g_assert_true (sct_studio_has (studio, "end one"));
  g_assert_true (sct_studio_has (studio, "ended one stopped"));
  g_assert_false (sc_ingest_stop (studio->ingest, "one"));
  g_autofree char *complaints = sct_studio_finish (studio, encoder);
  g_assert_cmpint (g_subprocess_get_exit_status (encoder), !=, 0);
}

/* The encoder's process is killed; it comes back, and whoever stayed with the old rendition goes on
 * over a discontinuity, with numbers that go on. */
static void
test_vanish_and_return (void)
{
  g_autoptr (SctStudio) studio = sct_studio_new ();
  g_autoptr (GSubprocess) encoder = sct_studio_encode (studio, "sk_one", "");
  sct_studio_wait (studio, "start one *");
  g_autofree char *url = sct_studio_rendition (studio, "one");
  g_subprocess_send_signal (encoder, SIGKILL);
  sct_studio_wait (studio, "ended one vanished");
  g_autofree char *before = sct_studio_get_text (studio, url, NULL);
  g_assert_true (g_str_has_suffix (before, "\n#EXT-X-ENDLIST\n"));

  g_autoptr (GSubprocess) again = sct_studio_encode (studio, "sk_one", "-t 3");
  sct_studio_wait (studio, "start one *");
  g_autofree char *after = sct_studio_get_text (studio, url, NULL);
  g_autoptr (GPtrArray) old_segments = sct_studio_segments (before, "");
  g_autoptr (GPtrArray) segments = sct_studio_segments (after, "");
  g_assert_nonnull (strstr (after, "#EXT-X-MEDIA-SEQUENCE:0\n"));
  g_assert_nonnull (strstr (after, "\n#EXT-X-DISCONTINUITY\n"));
  g_assert_null (strstr (after, "ENDLIST"));
  g_assert_cmpuint (segments->len, ==, old_segments->len + 1);

  g_autofree char *new_url = sct_studio_rendition (studio, "one");
  g_autofree char *fresh = sct_studio_get_text (studio, new_url, NULL);
  g_autofree char *sequence =
    g_strdup_printf ("#EXT-X-MEDIA-SEQUENCE:%u\n#EXT-X-DISCONTINUITY-SEQUENCE:1\n",
                     old_segments->len);
  g_assert_cmpstr (new_url, !=, url);
  g_assert_nonnull (strstr (fresh, sequence));
  g_assert_null (strstr (fresh, "\n#EXT-X-DISCONTINUITY\n"));
  sct_studio_wait (studio, "ended one completed");
}

/* One encoder sends garbage, one's packaging process dies, one's hangs; the fourth goes on. */
static void
test_faults_stay_alone (void)
{
  if (!sct_has_proc ())
    return;
  g_autoptr (SctStudio) studio = sct_studio_new ();
  g_autoptr (GSubprocess) good = sct_studio_encode (studio, "sk_good", "");
  sct_studio_wait (studio, "created good");
  g_autoptr (GSubprocess) crash = sct_studio_encode (studio, "sk_crash", "");
  sct_studio_wait (studio, "start crash *");
  g_autofree char *children = output_of ("pgrep -n -P $1 streamcat-publi", g_getenv ("SCT_PARENT"));
  kill ((pid_t) g_ascii_strtoll (children, NULL, 10), SIGSEGV);
  sct_studio_wait (studio, "ended crash failed");

  g_autoptr (GSubprocess) sound = sct_studio_launch (
    studio,
    "ffmpeg -nostdin -v error -f lavfi -i sine=440:r=44100 -t 30 -c:a aac -f flv $RTMP/sk_sound");
  sct_studio_wait (studio, "ended sound bad-media");
  g_autofree char *words = sct_studio_finish (studio, sound);
  g_test_message ("sound alone: %s", words);

  g_autoptr (GSubprocess) mp3 = sct_studio_launch (
    studio,
    "ffmpeg -nostdin -v error -f lavfi -i testsrc2=s=320x180 -t 30 -c:v flv1 -f flv $RTMP/sk_flv1");
  sct_studio_wait (studio, "ended flv1 bad-media");

  g_assert_false (sct_studio_has (studio, "end* good*"));
  g_autofree char *url = sct_studio_rendition (studio, "good");
  g_assert_nonnull (url);
  g_subprocess_force_exit (good);
  g_subprocess_force_exit (crash);
  sct_studio_wait (studio, "ended good vanished");
}

int
main (int argc, char **argv)
{
  g_autofree char *self = g_strdup_printf ("%d", getpid ());
  g_setenv ("SCT_PARENT", self, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/local/publish/ffmpeg", test_ffmpeg);
  g_test_add_func ("/local/publish/rtmp2sink", test_rtmp2sink);
  g_test_add_func ("/local/publish/librtmp", test_librtmp);
  g_test_add_func ("/local/publish/wrong-key", test_wrong_key);
  g_test_add_func ("/local/publish/second-publisher", test_second_publisher);
  g_test_add_func ("/local/publish/stop", test_stop);
  g_test_add_func ("/local/publish/vanish-and-return", test_vanish_and_return);
  g_test_add_func ("/local/publish/faults-stay-alone", test_faults_stay_alone);
  return g_test_run ();
}
