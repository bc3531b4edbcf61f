/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-rtmp-parser.h"
#include "sct-encoder.h"
#include "sct-files.h"
#include "sct-rtmp-script.h"

#include <malloc.h>
#include <signal.h>
#include <string.h>

/* Encoders that misbehave, and what it costs the others: nothing. */

#define IDLERS 200
/* Each costs five times as much while it is there. */
#define MAX_LEFT_BYTES (IDLERS * 1024)

/* Noise: each time some 3 MB in a second, and 10 s of 12.75 Mb/s are 16 MB. */
#define FLOOD "nullsrc=s=320x180:r=30:d=1,noise=c0s=100:c0f=t"
#define FLOOD_TIMES 12

static guint
count_lines (const char *text, const char *prefix)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint count = 0;
  for (guint i = 0; lines[i]; i++)
    count += g_str_has_prefix (lines[i], prefix);
  return count;
}

static void
test_resolution_change (void)
{
  g_autoptr (SctStudio) studio = sct_studio_new ();
  g_autoptr (GBytes) small = sct_encoder_flv ("testsrc2=s=320x180:r=30:d=4", "");
  g_autoptr (GBytes) big = sct_encoder_flv ("testsrc2=s=640x360:r=30:d=4", "");
  GByteArray *bytes = sct_encoder_greeting ("sk_one");
  guint32 end = sct_encoder_add_flv (bytes, small, 0, G_MAXUINT32);
  sct_encoder_add_flv (bytes, big, end + 33, G_MAXUINT32);
  sct_rtmp_command (bytes, "deleteStream", 9);
  g_autoptr (SctEncoder) encoder = sct_encoder_new (studio->rtmp_port, bytes);
  sct_studio_wait (studio, "start one 320x180@30 *");
  g_autofree char *url = sct_studio_rendition (studio, "one");
  sct_studio_wait (studio, "changed one 640x360@30 *");
  sct_studio_wait (studio, "ended one completed");
  g_autofree char *playlist = sct_studio_get_text (studio, url, NULL);
  g_assert_cmpuint (count_lines (playlist, "#EXTINF:"), ==, 4);
  g_assert_cmpuint (count_lines (playlist, "#EXTINF:2.000,live"), >=, 3);
  g_assert_cmpuint (count_lines (playlist, "#EXT-X-DISCONTINUITY"), ==, 1);
  const char *cut = strstr (playlist, "#EXT-X-DISCONTINUITY");
  g_assert_cmpuint (count_lines (cut, "#EXTINF:"), ==, 2);
}

/* The sound stops and the picture goes on. */
static void
test_sound_stops (void)
{
  g_autoptr (SctStudio) studio = sct_studio_new ();
  g_autoptr (GBytes) flv = sct_encoder_flv ("testsrc2=s=320x180:r=30:d=8", "");
  GByteArray *bytes = sct_encoder_greeting ("sk_one");
  sct_encoder_add_flv (bytes, flv, 0, 1500);
  g_autoptr (SctEncoder) encoder = sct_encoder_new (studio->rtmp_port, bytes);
  sct_studio_wait (studio, "start one *");
  g_autofree char *url = sct_studio_rendition (studio, "one");
  guint count = 0;
  while (count < 3) { /* although the encoder holds the connection and ends nothing */
    g_autofree char *playlist = sct_studio_get_text (studio, url, NULL);
    count = count_lines (playlist, "#EXTINF:");
  }
  g_assert_false (sct_studio_has (studio, "end*"));
}

/* An encoder that stands still for a while and goes on, without hanging up. */
static void
test_starvation (void)
{
  g_autoptr (SctStudio) studio = sct_studio_new ();
  g_autoptr (GSubprocess) encoder = sct_studio_encode (studio, "sk_one", "");
  sct_studio_wait (studio, "start one *");
  g_subprocess_send_signal (encoder, SIGSTOP);
  sct_studio_wait (studio, "starving one");
  g_subprocess_send_signal (encoder, SIGCONT);
  sct_studio_wait (studio, "fed one");
  g_assert_false (sct_studio_has (studio, "end*"));
  g_subprocess_force_exit (encoder);
  sct_studio_wait (studio, "ended one vanished");
}

/* A picture without any sound. */
static void
test_no_sound (void)
{
  g_autoptr (SctStudio) studio = sct_studio_new ();
  g_autoptr (GBytes) flv = sct_encoder_flv ("testsrc2=s=320x180:r=30:d=5", "");
  GByteArray *bytes = sct_encoder_greeting ("sk_one");
  g_autoptr (GByteArray) pictures = g_byte_array_new ();
  sct_encoder_add_flv (pictures, flv, 10, 0);
  g_byte_array_append (bytes, pictures->data, pictures->len);
  sct_rtmp_command (bytes, "deleteStream", 9);
  g_autoptr (SctEncoder) encoder = sct_encoder_new (studio->rtmp_port, bytes);
  sct_studio_wait (studio, "start one 320x180@30 avc1.42C00D");
  sct_studio_wait (studio, "ended one completed");
}

/* Without keyframes segments are cut all the same, within what the playlist promises. */
static void
test_no_keyframes (void)
{
  g_autoptr (SctStudio) studio = sct_studio_new ();
  g_autoptr (GBytes) flv =
    sct_encoder_flv ("testsrc2=s=320x180:r=30:d=14", "-x264-params keyint=infinite:scenecut=0");
  g_autoptr (GRegex) regex = g_regex_new ("EXTINF:[56]\\.\\d+,", 0, 0, NULL);
  GByteArray *bytes = sct_encoder_greeting ("sk_one");
  sct_encoder_add_flv (bytes, flv, 0, G_MAXUINT32);
  sct_rtmp_command (bytes, "deleteStream", 9);
  g_autoptr (SctEncoder) encoder = sct_encoder_new (studio->rtmp_port, bytes);
  sct_studio_wait (studio, "start one *");
  g_autofree char *url = sct_studio_rendition (studio, "one");
  sct_studio_wait (studio, "ended one completed");
  g_autofree char *playlist = sct_studio_get_text (studio, url, NULL);
  g_assert_cmpuint (count_lines (playlist, "#EXTINF:"), ==, 3);
  g_assert_true (g_regex_match (regex, playlist, 0, NULL));
}

/* More than the hardest bound, before a measurement is due: whoever streams is told why it ends. */
static void
test_flood (void)
{
  g_autoptr (SctStudio) studio = sct_studio_new ();
  g_autoptr (GBytes) flv = sct_encoder_flv (FLOOD, "-qp 0");
  GByteArray *bytes = sct_encoder_greeting ("sk_one");
  guint32 end = 0;
  for (guint i = 0; i < FLOOD_TIMES; i++)
    end = sct_encoder_add_flv (bytes, flv, end + 33, G_MAXUINT32);
  g_autoptr (SctEncoder) encoder = sct_encoder_new (studio->rtmp_port, bytes);
  sct_studio_wait (studio, "exceeded one *");
  sct_studio_wait (studio, "ended one bad-media");
}

/* Has many connections say half a hello, and one that means it publish meanwhile. */
static void
publish_among_idlers (SctStudio *studio, GBytes *flv)
{
  g_autoptr (GPtrArray) idlers = g_ptr_array_new_with_free_func ((GDestroyNotify) sct_encoder_free);
  for (guint i = 0; i < IDLERS; i++) {
    GByteArray *half = g_byte_array_new ();
    sct_rtmp_hello (half);
    g_byte_array_set_size (half, 700);
    g_ptr_array_add (idlers, sct_encoder_new (studio->rtmp_port, half));
  }
  GByteArray *bytes = sct_encoder_greeting ("sk_one");
  sct_encoder_add_flv (bytes, flv, 0, G_MAXUINT32);
  sct_rtmp_command (bytes, "deleteStream", 9);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (SctEncoder) encoder = sct_encoder_new (studio->rtmp_port, bytes);
  sct_studio_wait (studio, "created one");
  g_test_message ("let in after %.3f s", (double) (g_get_monotonic_time () - start) / 1e6);
  sct_studio_wait (studio, "start one *");
  sct_studio_wait (studio, "ended one completed");
}

/* Idlers keep nobody out and leave nothing behind. */
static void
test_idle_half_handshakes (void)
{
  if (!sct_has_proc ())
    return;
  g_autoptr (SctStudio) studio = sct_studio_new ();
  g_autoptr (GBytes) flv = sct_encoder_flv ("testsrc2=s=320x180:r=30:d=3", "");
  guint files = sct_count_entries (SCT_OPEN_FILES);
  publish_among_idlers (studio, flv); /* what is made once is made */
  sct_wait_for_entries (SCT_OPEN_FILES, files);

  gsize memory = mallinfo2 ().uordblks - sc_origin_get_memory (studio->origin);
  publish_among_idlers (studio, flv);
  sct_wait_for_entries (SCT_OPEN_FILES, files);
  gsize after = mallinfo2 ().uordblks - sc_origin_get_memory (studio->origin);
  g_test_message ("%d bytes are left", (int) after - (int) memory);
  g_assert_cmpint ((int) after - (int) memory, <, MAX_LEFT_BYTES);
}

/* A hundred that are refused for their first byte, and stay: they count until they are gone. */
static void
test_refused_who_stay (void)
{
  if (!sct_has_proc ())
    return;
  g_autoptr (SctStudio) studio = sct_studio_new ();
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GPtrArray) stubborn = g_ptr_array_new_with_free_func (g_object_unref);
  guint files = sct_count_entries (SCT_OPEN_FILES);
  for (guint i = 0; i < 100; i++) {
    g_autoptr (GError) error = NULL;
    GSocketConnection *connection =
      g_socket_client_connect_to_host (client, "127.0.0.1", studio->rtmp_port, NULL, &error);
    g_assert_no_error (error);
    g_ptr_array_add (stubborn, connection);
    g_output_stream_write (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                           "GET /",
                           5,
                           NULL,
                           NULL);
  }
  g_autoptr (SctEncoder) encoder =
    sct_encoder_new (studio->rtmp_port, sct_encoder_greeting ("sk_one"));
  sct_studio_wait (studio, "created one");
  guint ours = sct_count_entries (SCT_OPEN_FILES) - files - stubborn->len;
  g_test_message ("%u files for all of them", ours);
  g_assert_cmpuint (ours, <, stubborn->len / 2);
}

static pid_t
newest_child (void)
{
  g_autofree char *command = g_strdup_printf ("pgrep -n -P %d streamcat-publi", getpid ());
  g_autofree char *text = NULL;
  g_spawn_command_line_sync (command, &text, NULL, NULL, NULL);
  return (pid_t) g_ascii_strtoll (text, NULL, 10);
}

/* Garbage that calls itself H.264, an encoder that falls silent, and a packaging process that
 * hangs, all at once; they end one by one and the good one goes on. */
static void
test_slow_faults (void)
{
  if (!sct_has_proc ())
    return;
  g_autoptr (SctStudio) studio = sct_studio_new ();
  g_autoptr (GBytes) flv = sct_encoder_flv ("testsrc2=s=320x180:r=30:d=3", "");
  GByteArray *silent_bytes = sct_encoder_greeting ("sk_silent");
  sct_encoder_add_flv (silent_bytes, flv, 0, G_MAXUINT32);
  g_autoptr (SctEncoder) silent = sct_encoder_new (studio->rtmp_port, silent_bytes);
  sct_studio_wait (studio, "start silent *");

  GByteArray *garbage_bytes = sct_encoder_greeting ("sk_garbage");
  for (guint i = 0; i < 300; i++)
    sct_rtmp_media (garbage_bytes, SC_RTMP_VIDEO, i * 33, 2000);
  g_autoptr (SctEncoder) garbage = sct_encoder_new (studio->rtmp_port, garbage_bytes);
  sct_studio_wait (studio, "created garbage");
  sct_studio_wait (studio, "ended garbage bad-media");

  g_autoptr (GSubprocess) stuck = sct_studio_encode (studio, "sk_stuck", "-b:v 4M -s 1280x720");
  sct_studio_wait (studio, "start stuck *");
  kill (newest_child (), SIGSTOP);

  g_autoptr (GSubprocess) good = sct_studio_encode (studio, "sk_good", "");
  sct_studio_wait (studio, "start good *");
  gboolean silent_ended = FALSE, stuck_ended = FALSE;
  while (!silent_ended || !stuck_ended) {
    g_main_context_iteration (NULL, TRUE);
    silent_ended = sct_studio_has (studio, "ended silent stalled");
    stuck_ended = sct_studio_has (studio, "ended stuck failed");
    g_assert_false (sct_studio_has (studio, "end* good*"));
  }
  g_autofree char *url = sct_studio_rendition (studio, "good");
  g_autofree char *playlist = sct_studio_get_text (studio, url, NULL);
  g_assert_cmpuint (count_lines (playlist, "#EXTINF:2.000,live"), >=, 3);
  g_subprocess_force_exit (good);
  g_subprocess_force_exit (stuck);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/local/misbehave/resolution-change", test_resolution_change);
  g_test_add_func ("/local/misbehave/sound-stops", test_sound_stops);
  g_test_add_func ("/local/misbehave/starvation", test_starvation);
  g_test_add_func ("/local/misbehave/no-sound", test_no_sound);
  g_test_add_func ("/local/misbehave/no-keyframes", test_no_keyframes);
  g_test_add_func ("/local/misbehave/flood", test_flood);
  g_test_add_func ("/local/misbehave/idle-half-handshakes", test_idle_half_handshakes);
  g_test_add_func ("/local/misbehave/refused-who-stay", test_refused_who_stay);
  g_test_add_func ("/local/misbehave/slow-faults", test_slow_faults);
  return g_test_run ();
}
