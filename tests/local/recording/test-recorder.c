/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-recording-document.h"
#include "sc-recording-thumbnails.h"
#include "sc-recording-writer.h"
#include "sct-recordings.h"
#include "sct-run.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

/* Real encoders publish, and what was recorded of them is played by ffprobe. */

#define HLS "media/hls/"

static gint64
get_duration_ms (JsonObject *detail)
{
  return json_object_get_int_member (detail, "recording_duration_ms");
}

static guint
count_streams (JsonObject *detail)
{
  return json_array_get_length (
    json_object_get_array_member (detail, "recording_session_stream_ids"));
}

static const char *
get_prefix (JsonObject *detail)
{
  return json_object_get_string_member (detail, "recording_s3_key_prefix");
}

static guint
count_lines (const char *text, const char *prefix)
{
  guint count = 0;
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i]; i++)
    count += g_str_has_prefix (lines[i], prefix) ? 1 : 0;
  return count;
}

/* Returns the sum of the durations that a playlist promises, and checks its target. */
static double
sum_durations (const char *playlist)
{
  double sum = 0, target = 0;
  g_auto (GStrv) lines = g_strsplit (playlist, "\n", -1);
  for (guint i = 0; lines[i]; i++) {
    if (g_str_has_prefix (lines[i], "#EXT-X-TARGETDURATION:"))
      target = g_ascii_strtod (lines[i] + strlen ("#EXT-X-TARGETDURATION:"), NULL);
    if (!g_str_has_prefix (lines[i], "#EXTINF:"))
      continue;
    double duration = g_ascii_strtod (lines[i] + strlen ("#EXTINF:"), NULL);
    g_assert_cmpfloat (duration, >, 0);
    g_assert_cmpfloat (duration, <=, target + 0.5);
    sum += duration;
  }
  return sum;
}

/* Asserts that both playlists of a recording play @seconds, with a picture for each of 30 a second,
 * and that they and the documents agree. */
static void
assert_plays (SctRecordings *recordings, JsonObject *detail, const char *rendition, double seconds)
{
  static const struct {
    const char *master;
    const char *playlist;
  } playlists[] = {
    { "master.m3u8", "playlist.m3u8" },
    { "byte-range-multivariant.m3u8", "byte-range-variant.m3u8" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (playlists); i++) {
    g_autofree char *path = g_build_filename (HLS, rendition, playlists[i].playlist, NULL);
    g_autofree char *text = sct_recordings_read_text (recordings, detail, path);
    g_assert_true (g_str_has_suffix (text, "\n#EXT-X-ENDLIST\n"));
    g_assert_cmpfloat_with_epsilon (sum_durations (text), seconds, 0.1);
    g_assert_cmpuint (sct_recordings_count_frames (recordings, detail, playlists[i].master),
                      ==,
                      (guint) (seconds * 30));
  }
  g_assert_cmpfloat_with_epsilon ((double) get_duration_ms (detail) / 1000, seconds, 0.1);
}

/* --- one stream --- */

static void
check_media (JsonObject *document)
{
  JsonObject *media = json_object_get_object_member (document, "media");
  JsonObject *hls = json_object_get_object_member (media, "hls");
  g_assert_cmpstr (json_object_get_string_member (hls, "path"), ==, "media/hls");
  g_assert_cmpstr (json_object_get_string_member (hls, "playlist"), ==, "master.m3u8");
  g_assert_cmpstr (json_object_get_string_member (hls, "byte_range_playlist"),
                   ==,
                   "byte-range-multivariant.m3u8");
  JsonArray *renditions = json_object_get_array_member (hls, "renditions");
  g_assert_cmpuint (json_array_get_length (renditions), ==, 1);
  JsonObject *rendition = json_array_get_object_element (renditions, 0);
  g_assert_cmpstr (json_object_get_string_member (rendition, "path"), ==, "180p30");
  g_assert_cmpstr (json_object_get_string_member (rendition, "playlist"), ==, "playlist.m3u8");
  g_assert_cmpstr (json_object_get_string_member (rendition, "byte_range_playlist"),
                   ==,
                   "byte-range-variant.m3u8");
  g_assert_cmpint (json_object_get_int_member (rendition, "resolution_height"), ==, 180);
  g_assert_cmpint (json_object_get_int_member (rendition, "resolution_width"), ==, 320);
  g_assert_true (json_object_has_member (media, "thumbnails"));
  g_assert_true (json_object_has_member (media, "latest_thumbnail"));
}

static void
check_documents (SctRecordings *recordings, JsonObject *detail)
{
  g_autoptr (JsonObject) started =
    sct_recordings_read (recordings, detail, "recording-started.json");
  g_autoptr (JsonObject) ended = sct_recordings_read (recordings, detail, "recording-ended.json");
  g_assert_cmpstr (json_object_get_string_member (started, "version"), ==, "v1");
  g_assert_cmpstr (json_object_get_string_member (started, "channel_arn"),
                   ==,
                   "arn:aws:ivs:us-west-2:123456789012:channel/one");
  g_assert_cmpstr (json_object_get_string_member (started, "recording_status"),
                   ==,
                   "RECORDING_STARTED");
  g_assert_false (json_object_has_member (started, "recording_ended_at"));
  check_media (started);
  g_assert_cmpstr (json_object_get_string_member (ended, "recording_status"),
                   ==,
                   "RECORDING_ENDED");
  g_assert_cmpstr (json_object_get_string_member (ended, "recording_status_message"), ==, "");
  g_assert_cmpstr (json_object_get_string_member (ended, "recording_started_at"),
                   ==,
                   json_object_get_string_member (started, "recording_started_at"));
  g_assert_true (
    g_str_has_suffix (json_object_get_string_member (ended, "recording_ended_at"), "Z"));
  check_media (ended);
  JsonObject *media = json_object_get_object_member (ended, "media");
  JsonObject *hls = json_object_get_object_member (media, "hls");
  g_assert_cmpint (json_object_get_int_member (hls, "duration_ms"), ==, get_duration_ms (detail));
}

/* The key is that of Amazon: UTC, and no zeros in front of numbers. */
static void
check_prefix (JsonObject *detail)
{
  g_assert_true (
    g_regex_match_simple ("^ivs/v1/123456789012/one/20\\d\\d/[1-9]\\d?/[1-9]\\d?/(0|[1-9]\\d?)/"
                          "(0|[1-9]\\d?)/[A-Za-z0-9]{12}$",
                          get_prefix (detail),
                          G_REGEX_DEFAULT,
                          G_REGEX_MATCH_DEFAULT));
}

static void
test_whole (void)
{
  g_autoptr (SctRecordings) recordings = sct_recordings_new ();
  recordings->settings.thumbnail_seconds = 1;
  recordings->settings.sequential = recordings->settings.latest = TRUE;
  sct_recordings_publish (recordings, "s=320x180 -t 25 -crf 33");
  JsonObject *start = sct_recordings_wait (recordings, "Recording Start");
  g_assert_cmpint (get_duration_ms (start), ==, 0);
  g_assert_cmpuint (count_streams (start), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (start, "recording_status_reason"), ==, "");
  JsonObject *end = sct_recordings_wait (recordings, "Recording End");
  g_assert_cmpstr (get_prefix (start), ==, get_prefix (end));
  g_assert_cmpstr (json_object_get_string_member (start, "recording_session_id"),
                   ==,
                   json_object_get_string_member (end, "recording_session_id"));
  g_assert_cmpstr (json_object_get_string_member (end, "channel_name"), ==, "My Channel");
  check_prefix (end);
  check_documents (recordings, end);
  assert_plays (recordings, end, "180p30", 25);

  g_autofree char *files = sct_recordings_read_text (recordings, end, HLS "180p30/playlist.m3u8");
  g_assert_cmpuint (count_lines (files, "#EXTINF:10.0"), ==, 2);
  g_assert_cmpuint (count_lines (files, "#EXTINF:"), ==, 3);
  g_assert_cmpuint (count_lines (files, "#EXT-X-DISCONTINUITY"), ==, 0);
  g_autofree char *ranges =
    sct_recordings_read_text (recordings, end, HLS "180p30/byte-range-variant.m3u8");
  g_assert_cmpuint (count_lines (ranges, "#EXT-X-BYTERANGE:"), ==, 13);

  static const char *const pictures[] = { "media/thumbnails/thumb0.jpg",
                                          "media/latest_thumbnail/thumb.jpg" };
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++) {
    g_autofree char *path = sct_recordings_build (recordings, end, pictures[i]);
    g_autofree char *size = sct_recordings_probe ("stream=codec_name,width,height", path);
    g_assert_cmpstr (size, ==, "mjpeg,320,180");
  }
}

/* Writes 2 s of MPEG-TS of a size; returns how many bytes. */
static guint64
write_segment (const char *path, const char *size)
{
  g_autofree char *source = g_strdup_printf ("testsrc2=s=%s:r=30", size);
  const char *const argv[] = { "ffmpeg",   "-nostdin", "-v", "error",  "-f",   "lavfi",
                               "-i",       source,     "-t", "2",      "-c:v", "libx264",
                               "-pix_fmt", "yuv420p",  "-f", "mpegts", path,   NULL };
  g_autofree char *output = sct_run_silent (argv);
  GStatBuf info;
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  return (guint64) info.st_size;
}

/* A picture is that of the segment that it is asked of, not of its file's first. */
static void
test_picture_of_segment (void)
{
  g_autoptr (SctRecordings) recordings = sct_recordings_new ();
  g_autofree char *pictures = g_build_filename (recordings->folder, "media", "thumbnails", NULL);
  g_autofree char *first = g_build_filename (recordings->folder, "first.ts", NULL);
  g_autofree char *second = g_build_filename (recordings->folder, "second.ts", NULL);
  g_autofree char *picture = g_build_filename (pictures, "thumb0.jpg", NULL);
  g_autofree char *bytes = NULL;
  gsize size;
  guint running = 0;
  g_assert_cmpint (g_mkdir_with_parents (pictures, 0700), ==, 0);
  guint64 offset = write_segment (first, "320x180");
  write_segment (second, "640x360");
  g_assert_true (g_file_get_contents (second, &bytes, &size, NULL));
  FILE *file = g_fopen (first, "a");
  g_assert_cmpuint (fwrite (bytes, 1, size, file), ==, size);
  fclose (file);

  const ScRecordingThumbnailsConfig config = {
    .program = g_getenv ("STREAMCAT_THUMBNAILER"),
    .folder = recordings->folder,
    .interval_us = G_USEC_PER_SEC,
    .sequential = TRUE,
    .running = &running,
  };
  g_autoptr (ScRecordingThumbnails) thumbnails = sc_recording_thumbnails_new (&config);
  sc_recording_thumbnails_offer (thumbnails, first, offset, 0);
  g_assert_cmpuint (running, ==, 1);
  while (sc_recording_thumbnails_is_busy (thumbnails))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (running, ==, 0);
  g_autofree char *shown = sct_recordings_probe ("stream=codec_name,width,height", picture);
  g_assert_cmpstr (shown, ==, "mjpeg,640,360");
}

/* A thumbnailer that does not work costs its pictures and nothing else. */
static void
test_no_thumbnails (void)
{
  g_autoptr (SctRecordings) recordings = sct_recordings_new ();
  sct_recordings_stop (recordings);
  g_autofree char *program = g_strdup (g_getenv ("STREAMCAT_THUMBNAILER"));
  g_setenv ("STREAMCAT_THUMBNAILER", "/bin/false", TRUE);
  sct_recordings_start (recordings);
  g_setenv ("STREAMCAT_THUMBNAILER", program, TRUE);
  recordings->settings.thumbnail_seconds = 1;
  recordings->settings.sequential = recordings->settings.latest = TRUE;
  sct_recordings_publish (recordings, "s=320x180 -t 4");
  JsonObject *end = sct_recordings_wait (recordings, "Recording End");
  g_autoptr (JsonObject) ended = sct_recordings_read (recordings, end, "recording-ended.json");
  JsonObject *media = json_object_get_object_member (ended, "media");
  g_assert_false (json_object_has_member (media, "thumbnails"));
  g_assert_false (json_object_has_member (media, "latest_thumbnail"));
  assert_plays (recordings, end, "180p30", 4);
}

/* --- several streams --- */

static void
test_merge (void)
{
  g_autoptr (SctRecordings) recordings = sct_recordings_new ();
  recordings->settings.reconnect_seconds = 30;
  sct_recordings_publish (recordings, "s=320x180 -t 5");
  sct_studio_wait (recordings->studio, "ended one *");
  sct_recordings_publish (recordings, "s=320x180 -t 4");
  sct_studio_wait (recordings->studio, "ended one *");
  g_assert_cmpuint (recordings->details->len, ==, 1);
  sct_recordings_stop (recordings);
  JsonObject *end = sct_recordings_wait (recordings, "Recording End");
  g_assert_cmpuint (recordings->details->len, ==, 2);
  g_assert_cmpuint (count_streams (end), ==, 2);
  JsonArray *streams = json_object_get_array_member (end, "recording_session_stream_ids");
  g_assert_cmpstr (json_object_get_string_member (end, "stream_id"),
                   ==,
                   json_array_get_string_element (streams, 1));
  assert_plays (recordings, end, "180p30", 9);
  g_autofree char *files = sct_recordings_read_text (recordings, end, HLS "180p30/playlist.m3u8");
  g_assert_cmpuint (count_lines (files, "#EXT-X-DISCONTINUITY"), ==, 1);
  g_assert_cmpuint (count_lines (files, "#EXTINF:"), ==, 2);
}

static void
test_other_size (void)
{
  g_autoptr (SctRecordings) recordings = sct_recordings_new ();
  recordings->settings.reconnect_seconds = 30;
  sct_recordings_publish (recordings, "s=320x180 -t 4");
  JsonObject *first = sct_recordings_wait (recordings, "Recording Start");
  /* As many pixels: the codec's level is the same. */
  sct_recordings_publish (recordings, "s=180x320 -t 4");
  JsonObject *first_end = sct_recordings_wait (recordings, "Recording End");
  JsonObject *second = sct_recordings_wait (recordings, "Recording Start");
  g_assert_cmpstr (get_prefix (first), ==, get_prefix (first_end));
  g_assert_cmpstr (get_prefix (first), !=, get_prefix (second));
  assert_plays (recordings, first_end, "180p30", 4);
  sct_studio_wait (recordings->studio, "ended one *");
  sct_recordings_stop (recordings);
  assert_plays (recordings, sct_recordings_wait (recordings, "Recording End"), "320p30", 4);
}

static void
test_after_window (void)
{
  g_autoptr (SctRecordings) recordings = sct_recordings_new ();
  recordings->settings.reconnect_seconds = 1;
  sct_recordings_publish (recordings, "s=320x180 -t 2");
  sct_studio_wait (recordings->studio, "end one");
  g_assert_cmpuint (recordings->details->len, ==, 1); /* it waits */
  JsonObject *first = sct_recordings_wait (recordings, "Recording End");
  sct_recordings_publish (recordings, "s=320x180 -t 2");
  JsonObject *second = sct_recordings_wait (recordings, "Recording End");
  g_assert_cmpstr (get_prefix (first), !=, get_prefix (second));
  g_assert_cmpuint (count_streams (second), ==, 1);
}

/* --- what goes wrong --- */

static void
test_no_bucket (void)
{
  g_autoptr (SctRecordings) recordings = sct_recordings_new ();
  recordings->settings.bucket = "absent";
  sct_recordings_publish (recordings, "s=320x180 -t 4");
  JsonObject *failure = sct_recordings_wait (recordings, "Recording Start Failure");
  g_assert_cmpstr (json_object_get_string_member (failure, "recording_status_reason"),
                   ==,
                   "ValidationException");
  g_assert_cmpstr (get_prefix (failure), ==, "");
  sct_studio_wait (recordings->studio, "ended one completed");
  g_assert_cmpuint (recordings->details->len, ==, 1);
}

/* The kernel refuses to let a file grow, as it does where the disk is full. */
static void
test_no_room (void)
{
  g_autoptr (SctRecordings) recordings = sct_recordings_new ();
  struct rlimit before;
  getrlimit (RLIMIT_FSIZE, &before);
  const struct rlimit small = { 300 * 1024, before.rlim_max };
  setrlimit (RLIMIT_FSIZE, &small);
  sct_recordings_publish (recordings, "s=640x360 -t 9 -b:v 2M");
  setrlimit (RLIMIT_FSIZE, &before);
  JsonObject *failure = sct_recordings_wait (recordings, "Recording End Failure");
  sct_studio_wait (recordings->studio, "ended one completed"); /* the stream went on */
  g_assert_cmpuint (recordings->details->len, ==, 2);
  g_autoptr (JsonObject) failed =
    sct_recordings_read (recordings, failure, "recording-failed.json");
  g_assert_cmpstr (json_object_get_string_member (failed, "recording_status"),
                   ==,
                   "RECORDING_ENDED_WITH_FAILURE");
  g_assert_cmpstr (json_object_get_string_member (failed, "recording_status_message"),
                   ==,
                   json_object_get_string_member (failure, "recording_status_reason"));
  g_assert_nonnull (
    strstr (json_object_get_string_member (failure, "recording_status_reason"), "File too large"));
  g_autofree char *ended =
    sct_recordings_build (recordings, failure, "events/recording-ended.json");
  g_assert_false (g_file_test (ended, G_FILE_TEST_EXISTS));
}

/* Iterates until the origin holds more than @bytes. Returns how many. */
static gsize
wait_for_bytes (SctStudio *studio, gsize bytes)
{
  while (sc_origin_get_memory (studio->origin) <= bytes)
    g_main_context_iteration (NULL, TRUE);
  return sc_origin_get_memory (studio->origin);
}

/* A stream that is stopped is recorded up to there, and the end of the recorder is the end of all.
 */
static void
test_stop (void)
{
  g_autoptr (SctRecordings) recordings = sct_recordings_new ();
  recordings->settings.reconnect_seconds = 300;
  g_autoptr (GSubprocess) encoder = sct_studio_encode (recordings->studio, "sk_one", "");
  sct_recordings_wait (recordings, "Recording Start");
  gsize first = sc_origin_get_memory (recordings->studio->origin);
  gsize second = wait_for_bytes (recordings->studio, first + first / 2);
  sc_ingest_stop (recordings->studio->ingest, "one");
  g_assert_cmpuint (recordings->details->len, ==, 1);
  sct_recordings_stop (recordings);
  JsonObject *end = sct_recordings_wait (recordings, "Recording End");
  g_assert_cmpint (get_duration_ms (end), >, 2200);
  g_assert_cmpint (get_duration_ms (end), <, 5000);
  g_autofree char *media = sct_recordings_build (recordings, end, HLS "180p30/0.ts");
  GStatBuf info;
  g_assert_cmpint (g_stat (media, &info), ==, 0);
  g_assert_cmpint (info.st_size, ==, second);
  g_autofree char *complaints = sct_studio_finish (recordings->studio, encoder);
  g_test_message ("encoder: %s", complaints);
}

/* --- what is left behind --- */

static ScSegment *
make_segment (const char *text)
{
  ScSegment *segment = sc_segment_new (0);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  sc_segment_open (segment);
  segment->wall_time_us = g_get_real_time ();
  sc_segment_append (segment, bytes);
  sc_segment_finish (segment, 2 * G_USEC_PER_SEC);
  return segment;
}

/* Writes a recording as a process does that dies in its midst. Returns its folder. */
static char *
leave_recording (SctRecordings *recordings, guint segments)
{
  const ScRecordingPlace place = { recordings->buckets, recordings->journals };
  g_autoptr (GError) error = NULL;
  ScRecordingIndex *index = sc_recording_index_new ();
  index->started_at_us = 1000000;
  index->channel_arn = g_strdup ("arn:aws:ivs:us-west-2:123456789012:channel/one");
  index->channel_name = g_strdup ("My Channel");
  index->bucket = g_strdup ("bucket");
  index->prefix = g_strdup ("ivs/v1/123456789012/one/2026/1/2/3/4/left");
  index->session_id = g_strdup ("session");
  index->info = (ScMediaInfo) { 320, 180, 30, 0, "avc1.42C00D", "mp4a.40.2" };
  sc_recording_index_add_stream (index, "st-1");
  g_autoptr (ScRecordingWriter) writer = sc_recording_writer_new (&place, index, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < segments; i++) {
    g_autoptr (ScSegment) segment = make_segment ("segment.");
    sc_recording_writer_append (writer, segment, 2 * G_USEC_PER_SEC, &error);
    g_assert_no_error (error);
  }
  return g_strdup (sc_recording_writer_get_folder (writer));
}

/* Appends what a process that dies leaves: less than a whole write. */
static void
append_half (const char *path, const char *text)
{
  FILE *file = g_fopen (path, "a");
  g_assert_nonnull (file);
  fputs (text, file);
  fclose (file);
}

static void
test_left_behind (void)
{
  g_autoptr (SctRecordings) recordings = sct_recordings_new ();
  sct_recordings_stop (recordings);
  g_autofree char *folder = leave_recording (recordings, 7);
  g_autofree char *journal = g_build_filename (recordings->journals, "left.journal", NULL);
  g_autofree char *media = g_build_filename (folder, HLS "180p30/1.ts", NULL);
  append_half (journal, "segment 1 16 8 20000");
  append_half (media, "seg");
  sct_recordings_start (recordings);
  JsonObject *end = sct_recordings_wait (recordings, "Recording End");
  g_assert_cmpint (get_duration_ms (end), ==, 14000);
  g_assert_cmpstr (json_object_get_string_member (end, "stream_id"), ==, "st-1");
  g_autofree char *bytes = NULL;
  g_assert_true (g_file_get_contents (media, &bytes, NULL, NULL));
  g_assert_cmpstr (bytes, ==, "segment.segment.");
  g_autofree char *files = sct_recordings_read_text (recordings, end, HLS "180p30/playlist.m3u8");
  g_assert_cmpfloat_with_epsilon (sum_durations (files), 14, 0.001);
  g_autoptr (JsonObject) ended = sct_recordings_read (recordings, end, "recording-ended.json");
  g_assert_cmpstr (json_object_get_string_member (ended, "recording_started_at"),
                   ==,
                   "1970-01-01T00:00:01Z");

  sct_recordings_stop (recordings);
  sct_recordings_start (recordings);
  g_assert_cmpuint (recordings->details->len, ==, 1); /* once */
}

static void
test_left_empty (void)
{
  g_autoptr (SctRecordings) recordings = sct_recordings_new ();
  sct_recordings_stop (recordings);
  g_autofree char *folder = leave_recording (recordings, 0);
  g_autofree char *torn = g_build_filename (recordings->journals, "torn.journal", NULL);
  append_half (torn, "{\"channel_arn\":");
  sct_recordings_start (recordings);
  sct_recordings_wait (recordings, "Recording End Failure");
  g_assert_cmpuint (recordings->details->len, ==, 1);
  g_assert_false (g_file_test (torn, G_FILE_TEST_EXISTS));
}

static void
test_prefix (void)
{
  const gint64 early = 1767412860; /* 2026-01-03T04:01:00Z */
  g_autofree char *prefix =
    sc_recording_document_make_prefix ("123456789012",
                                       "arn:aws:ivs:us-west-2:123456789012:channel/abc",
                                       early * G_USEC_PER_SEC,
                                       "id");
  g_assert_cmpstr (prefix, ==, "ivs/v1/123456789012/abc/2026/1/3/4/1/id");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/local/recorder/prefix", test_prefix);
  g_test_add_func ("/local/recorder/whole", test_whole);
  g_test_add_func ("/local/recorder/picture-of-segment", test_picture_of_segment);
  g_test_add_func ("/local/recorder/no-thumbnails", test_no_thumbnails);
  g_test_add_func ("/local/recorder/merge", test_merge);
  g_test_add_func ("/local/recorder/other-size", test_other_size);
  g_test_add_func ("/local/recorder/after-window", test_after_window);
  g_test_add_func ("/local/recorder/no-bucket", test_no_bucket);
  g_test_add_func ("/local/recorder/no-room", test_no_room);
  g_test_add_func ("/local/recorder/stop", test_stop);
  g_test_add_func ("/local/recorder/left-behind", test_left_behind);
  g_test_add_func ("/local/recorder/left-empty", test_left_empty);
  return g_test_run ();
}
