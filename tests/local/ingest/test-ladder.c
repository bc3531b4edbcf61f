/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-ladder-plan.h"
#include "sc-ts-scanner.h"
#include "sct-studio.h"

#include <glib/gstdio.h>
#include <string.h>

/* Smaller renditions of a stream: which there are, and that they fit the source. */

/* --- the plan --- */

static void
assert_plan (const ScMediaInfo *source, guint most, const char *expected)
{
  ScLadderRung rungs[SC_LADDER_MAX_RUNGS];
  guint count = sc_ladder_plan (source, most, rungs);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < count; i++)
    g_string_append_printf (text,
                            "%s%ux%u@%g",
                            i > 0 ? " " : "",
                            rungs[i].width,
                            rungs[i].height,
                            rungs[i].frame_rate);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_plan (void)
{
  const ScMediaInfo full = { 1920, 1080, 30, 0, "", "" };
  const ScMediaInfo fast = { 1920, 1080, 60, 0, "", "" };
  const ScMediaInfo hd = { 1280, 720, 30, 0, "", "" };
  const ScMediaInfo fast_hd = { 1280, 720, 50, 0, "", "" };
  const ScMediaInfo small = { 320, 180, 30, 0, "", "" };
  const ScMediaInfo tiny = { 284, 160, 30, 0, "", "" };
  const ScMediaInfo upright = { 720, 1280, 0, 0, "", "" };
  const ScMediaInfo ribbon = { 16384, 162, 30, 0, "", "" };
  assert_plan (&full, 4, "1280x720@30 854x480@30 640x360@30 284x160@30");
  assert_plan (&fast, 4, "1280x720@60 854x480@30 640x360@30 284x160@30");
  assert_plan (&fast, 3, "854x480@30 640x360@30 284x160@30");
  assert_plan (&fast, 2, "854x480@30 284x160@30");
  assert_plan (&hd, 4, "854x480@30 640x360@30 284x160@30");
  assert_plan (&fast_hd, 2, "854x480@25 284x160@25");
  assert_plan (&hd, 1, "640x360@30");
  assert_plan (&hd, 0, "");
  assert_plan (&small, 4, "284x160@30");
  assert_plan (&tiny, 4, "");
  assert_plan (&upright, 1, "360x640@0");
  assert_plan (&ribbon, 4, "16182x160@30");
}

static void
test_cores (void)
{
  g_assert_cmpuint (sc_ladder_count_for_cores (1), ==, 0);
  g_assert_cmpuint (sc_ladder_count_for_cores (2), ==, 2);
  g_assert_cmpuint (sc_ladder_count_for_cores (3), ==, 2);
  g_assert_cmpuint (sc_ladder_count_for_cores (4), ==, SC_LADDER_MAX_RUNGS);
}

static void
test_types (void)
{
  g_assert_cmpuint (sc_ladder_count_for_type ("BASIC", 4), ==, 0);
  g_assert_cmpuint (sc_ladder_count_for_type ("STANDARD", 4), ==, 4);
  g_assert_cmpuint (sc_ladder_count_for_type ("ADVANCED_HD", 2), ==, 2);
  g_assert_cmpuint (sc_ladder_count_for_type ("ADVANCED_SD", 2), ==, 2);
  const ScMediaInfo source = { .width = 1920, .height = 1080, .frame_rate = 30 };
  ScLadderRung rungs[SC_LADDER_MAX_RUNGS];
  guint count = sc_ladder_count_for_type ("ADVANCED_SD", SC_LADDER_MAX_RUNGS);
  g_assert_cmpuint (sc_ladder_plan (&source, count, rungs), ==, 3);
  g_assert_cmpuint (rungs[0].height, ==, 480);
}

/* --- real streams --- */

/* Waits until the master of "one" lists @count renditions. */
static char *
wait_for_renditions (SctStudio *studio, guint count)
{
  for (;;) {
    guint status;
    g_autofree char *master = sct_studio_master (studio, "one", &status);
    g_assert_cmpuint (status, ==, 200); /* else the stream is over */
    g_autoptr (GPtrArray) urls = sct_studio_segments (master, "");
    if (urls->len == count)
      return g_steal_pointer (&master);
    g_assert_cmpuint (urls->len, <, count);
    g_main_context_iteration (NULL, TRUE);
  }
}

/* Returns the frames of all segments of a playlist, a line each: "pts,K" for a keyframe, and
 * "segment" before the first of each. */
static char *
probe (SctStudio *studio, const char *url, const char *stream, guint count)
{
  g_autofree char *playlist = sct_studio_get_text (studio, url, NULL);
  g_autoptr (GPtrArray) segments = sct_studio_segments (playlist, "");
  g_autoptr (GString) text = g_string_new (NULL);
  g_assert_cmpuint (segments->len, >=, count);
  for (guint i = 0; i < count; i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *path = NULL;
    g_autofree char *output = NULL;
    guint status;
    g_autoptr (GBytes) body = sct_studio_get (studio, g_ptr_array_index (segments, i), &status);
    g_assert_cmpuint (status, ==, 200);
    int file = g_file_open_tmp ("rung-XXXXXX.ts", &path, &error);
    g_assert_no_error (error);
    g_close (file, NULL);
    g_file_set_contents (path,
                         g_bytes_get_data (body, NULL),
                         (gssize) g_bytes_get_size (body),
                         &error);
    g_assert_no_error (error);
    g_autofree char *command =
      g_strdup_printf ("ffprobe -v error -select_streams %s:0 -show_entries packet=pts,flags "
                       "-of csv=p=0 %s",
                       stream,
                       path);
    g_spawn_command_line_sync (command, &output, NULL, NULL, &error);
    g_assert_no_error (error);
    g_string_append_printf (text, "segment\n%s", output);
    g_unlink (path);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Returns the lines of @text that begin with @tag, without those that the time of the request
 * decides. */
static char *
lines_of (const char *text, const char *tag)
{
  g_autoptr (GString) found = g_string_new (NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i]; i++)
    if (g_str_has_prefix (lines[i], tag))
      g_string_append_printf (found, "%s\n", lines[i]);
  return g_string_free (g_steal_pointer (&found), FALSE);
}

static void
assert_same_lines (SctStudio *studio, GPtrArray *urls, const char *tag)
{
  g_autofree char *first = sct_studio_get_text (studio, g_ptr_array_index (urls, 0), NULL);
  g_autofree char *expected = lines_of (first, tag);
  for (guint i = 1; i < urls->len; i++) {
    g_autofree char *text = sct_studio_get_text (studio, g_ptr_array_index (urls, i), NULL);
    g_autofree char *found = lines_of (text, tag);
    g_assert_cmpstr (found, ==, expected);
  }
}

/* The muxer may write sound before the first cut, and that is in no segment. */
static void
assert_same_packets (SctStudio *studio, GPtrArray *urls, const char *stream)
{
  g_autofree char *source = probe (studio, g_ptr_array_index (urls, 0), stream, 3);
  g_autofree char *small = probe (studio, g_ptr_array_index (urls, 1), stream, 3);
  const char *from = g_str_equal (stream, "v") ? source : strstr (source + 1, "segment");
  const char *to = g_str_equal (stream, "v") ? small : strstr (small + 1, "segment");
  g_assert_cmpuint (strlen (from), >, 1000);
  if (strcmp (from, to) != 0)
    g_error ("The source has %s, its rendition %s", from, to);
}

/* Every rendition has the segments of the source: numbers, times of day, and the same frames and
 * keyframes. */
static void
test_aligned (void)
{
  g_autoptr (SctStudio) studio = sct_studio_new ();
  studio->renditions = 1;
  g_autoptr (GSubprocess) encoder = sct_studio_encode (studio, "sk_one", "-t 7");
  sct_studio_wait (studio, "start one 320x180@30 avc1.*,mp4a.40.2");
  g_autofree char *master = wait_for_renditions (studio, 2);
  g_autoptr (GPtrArray) urls = sct_studio_segments (master, "");
  g_assert_nonnull (strstr (master, "RESOLUTION=320x180,"));
  g_assert_nonnull (strstr (master, "RESOLUTION=284x160,CODECS=\"avc1."));
  g_assert_nonnull (strstr (master, "IVS-NAME=\"160p30\",IVS-VARIANT-SOURCE=\"transcode\""));
  g_assert_cmpstr (strstr (master, "IVS-VARIANT-SOURCE=\"source\""), >, master);
  sct_studio_wait (studio, "ended one completed");
  g_assert_false (sct_studio_has (studio, "changed*"));
  assert_same_lines (studio, urls, "#EXT-X-MEDIA-SEQUENCE");
  assert_same_lines (studio, urls, "#EXT-X-PROGRAM-DATE-TIME");
  assert_same_lines (studio, urls, "#EXTINF");
  assert_same_lines (studio, urls, "#EXT-X-ENDLIST");
  assert_same_packets (studio, urls, "v");
  assert_same_packets (studio, urls, "a");
}

/* --- metadata --- */

static void
on_text (const char *owner, const char *text, guint64 pts, gpointer user_data)
{
  g_string_append_printf (user_data, "%s %s %" G_GUINT64_FORMAT "\n", owner, text, pts);
}

static void
on_pes (ScTsKind kind, guint64 pts, gpointer user_data)
{
}

/* Returns the metadata in all segments of a playlist, a line each: owner, text, PTS. */
static char *
metadata_of (SctStudio *studio, const char *url)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const ScTsScannerFuncs funcs = { on_pes, on_text, text };
  g_autofree char *playlist = sct_studio_get_text (studio, url, NULL);
  g_autoptr (GPtrArray) segments = sct_studio_segments (playlist, "");
  g_autoptr (ScTsScanner) scanner = sc_ts_scanner_new (&funcs);
  for (guint i = 0; i < segments->len; i++) {
    gsize size;
    g_autoptr (GBytes) body = sct_studio_get (studio, g_ptr_array_index (segments, i), NULL);
    const guint8 *data = g_bytes_get_data (body, &size);
    sc_ts_scanner_feed (scanner, data, size);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static guint
count_lines (const char *text, const char *pattern)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint count = 0;
  for (guint i = 0; lines[i]; i++)
    count += g_pattern_match_simple (pattern, lines[i]) ? 1 : 0;
  return count;
}

/* What is put into a stream is in all its renditions at the same time, and each segment says when
 * its picture was received. */
static void
test_metadata (void)
{
  g_autoptr (SctStudio) studio = sct_studio_new ();
  studio->renditions = 1;
  g_assert_false (sc_ingest_put_metadata (studio->ingest, "one", "early"));
  g_autoptr (GSubprocess) encoder = sct_studio_encode (studio, "sk_one", "-t 5");
  sct_studio_wait (studio, "start one *");
  g_autofree char *master = wait_for_renditions (studio, 2);
  g_autoptr (GPtrArray) urls = sct_studio_segments (master, "");
  gint64 now_ms = g_get_real_time () / 1000;
  g_assert_true (sc_ingest_put_metadata (studio->ingest, "one", "{\"question\": 1}"));
  g_assert_true (sc_ingest_put_metadata (studio->ingest, "one", "Grüße"));
  g_assert_false (sc_ingest_put_metadata (studio->ingest, "two", "x"));
  sct_studio_wait (studio, "ended one completed");
  g_autofree char *source = metadata_of (studio, g_ptr_array_index (urls, 0));
  g_autofree char *small = metadata_of (studio, g_ptr_array_index (urls, 1));
  g_test_message ("%s", source);
  g_assert_cmpstr (small, ==, source);
  g_assert_cmpuint (count_lines (source, "metadata.live-video.net {\"question\": 1} *"), ==, 1);
  g_assert_cmpuint (count_lines (source, "metadata.live-video.net Grüße *"), ==, 1);
  g_assert_cmpuint (count_lines (source, "segmentmetadata {*}*"), ==, 3);
  const char *received = strstr (source, "\"transc_r\":") + strlen ("\"transc_r\":");
  g_assert_cmpint (ABS (now_ms - g_ascii_strtoll (received, NULL, 10)), <, 20000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/local/ladder/plan", test_plan);
  g_test_add_func ("/local/ladder/cores", test_cores);
  g_test_add_func ("/local/ladder/types", test_types);
  g_test_add_func ("/local/ladder/aligned", test_aligned);
  g_test_add_func ("/local/ladder/metadata", test_metadata);
  return g_test_run ();
}
