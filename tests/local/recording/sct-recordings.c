/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-recordings.h"

#include "sct-files.h"
#include "sct-run.h"

#include <glib/gstdio.h>

#define CHANNEL_ARN "arn:aws:ivs:us-west-2:123456789012:channel/"

static void
on_event (const char *arn, GBytes *event, gpointer user_data)
{
  SctRecordings *self = user_data;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  gsize size;
  const char *text = g_bytes_get_data (event, &size);
  json_parser_load_from_data (parser, text, (gssize) size, &error);
  g_assert_no_error (error);
  JsonObject *envelope = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpstr (json_object_get_string_member (envelope, "source"), ==, "aws.ivs");
  JsonArray *resources = json_object_get_array_member (envelope, "resources");
  g_assert_cmpstr (json_array_get_string_element (resources, 0), ==, CHANNEL_ARN "one");
  JsonObject *detail = json_object_get_object_member (envelope, "detail");
  g_ptr_array_add (self->details, json_object_ref (detail));
  sct_studio_tell (self->studio,
                   g_strdup (json_object_get_string_member (detail, "recording_status")));
}

static ScEventBus *
make_bus (SctRecordings *self)
{
  static const char *const targets[] = { "here", NULL };
  ScEventBus *bus = sc_event_bus_new ("123456789012", "us-west-2", on_event, self);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) pattern = json_object_new ();
  JsonArray *types = json_array_new ();
  json_array_add_string_element (types, "IVS Recording State Change");
  json_object_set_array_member (pattern, "detail-type", types);
  const ScEventRule rule = { .arn = "rule", .pattern = pattern, .targets = targets };
  sc_event_bus_add_rule (bus, &rule, &error);
  g_assert_no_error (error);
  return bus;
}

static void
on_stream_start (const char *channel_id,
                 const char *stream_id,
                 const ScMediaInfo *info,
                 gpointer user_data)
{
  SctRecordings *self = user_data;
  g_autofree char *arn = g_strconcat (CHANNEL_ARN, channel_id, NULL);
  const ScRecorderStream stream = { arn, "My Channel", stream_id, info };
  sc_recorder_begin (self->recorder, &stream, &self->settings);
}

static void
on_segment (const char *channel_id, const char *stream_id, ScSegment *segment, gpointer user_data)
{
  SctRecordings *self = user_data;
  sc_recorder_append (self->recorder, stream_id, segment);
}

static void
on_stream_end (const char *channel_id, const char *stream_id, gpointer user_data)
{
  SctRecordings *self = user_data;
  sc_recorder_end (self->recorder, stream_id);
}

SctRecordings *
sct_recordings_new (void)
{
  SctRecordings *self = g_new0 (SctRecordings, 1);
  g_autoptr (GError) error = NULL;
  self->folder = g_dir_make_tmp ("sct-recordings-XXXXXX", &error);
  g_assert_no_error (error);
  self->buckets = g_build_filename (self->folder, "buckets", NULL);
  self->journals = g_build_filename (self->folder, "journals", NULL);
  g_autofree char *bucket = g_build_filename (self->buckets, "bucket", NULL);
  g_assert_cmpint (g_mkdir_with_parents (bucket, 0700), ==, 0);
  self->settings = (ScRecordingSettings) { .bucket = "bucket" };
  self->details = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  self->studio = sct_studio_new ();
  self->studio->tap = (ScIngestDelegate) {
    .stream_start = on_stream_start,
    .segment = on_segment,
    .stream_end = on_stream_end,
  };
  self->studio->tap_data = self;
  self->bus = make_bus (self);
  sct_recordings_start (self);
  return self;
}

/* Starts a recorder, as the local cloud does at its start. */
void
sct_recordings_start (SctRecordings *self)
{
  const ScRecorderConfig config = {
    .buckets = self->buckets,
    .journals = self->journals,
    .account = "123456789012",
    .thumbnailer = g_getenv ("STREAMCAT_THUMBNAILER"),
    .bus = self->bus,
  };
  self->recorder = sc_recorder_new (&config);
}

void
sct_recordings_stop (SctRecordings *self)
{
  g_clear_pointer (&self->recorder, sc_recorder_free);
}

void
sct_recordings_free (SctRecordings *self)
{
  sct_studio_free (self->studio);
  sct_recordings_stop (self);
  sc_event_bus_free (self->bus);
  g_ptr_array_unref (self->details);
  sct_remove_tree (self->folder);
  g_free (self->folder);
  g_free (self->buckets);
  g_free (self->journals);
  g_free (self);
}

/* Publishes a test picture and a tone to the channel "one", as fast as it goes, and waits until all
 * of it is there; @options are the picture's size and the encoder's: "s=320x180 -t 4". They must
 * make less than 2.5 MB where all of it counts: ffmpeg closes as soon as it has said that it ends,
 * and with an acknowledgement unread, the first of which is due then, the kernel drops what is not
 * sent yet. */
void
sct_recordings_publish (SctRecordings *self, const char *options)
{
  g_auto (GStrv) words = g_strsplit (options, " ", 2);
  g_autofree char *command = g_strdup_printf (
    "ffmpeg -nostdin -v error -f lavfi -i testsrc2=%s:r=30 -f lavfi -i sine=440:r=44100 "
    "-c:v libx264 -preset ultrafast -tune zerolatency -pix_fmt yuv420p -g 60 "
    "-c:a aac -shortest %s -f flv $RTMP/sk_one",
    words[0],
    words[1]);
  g_autoptr (GSubprocess) encoder = sct_studio_launch (self->studio, command);
  g_autofree char *complaints = sct_studio_finish (self->studio, encoder);
  g_test_message ("encoder: %s", complaints);
}

/* Waits for an event; returns its detail. */
JsonObject *
sct_recordings_wait (SctRecordings *self, const char *status)
{
  sct_studio_wait (self->studio, status);
  for (guint i = self->details->len; i > 0; i--) {
    JsonObject *detail = g_ptr_array_index (self->details, i - 1);
    if (g_str_equal (json_object_get_string_member (detail, "recording_status"), status))
      return detail;
  }
  g_assert_not_reached ();
}

/* Returns the path of a file of the recording that an event is about. */
char *
sct_recordings_build (SctRecordings *self, JsonObject *detail, const char *path)
{
  return g_build_filename (self->buckets,
                           json_object_get_string_member (detail, "recording_s3_bucket_name"),
                           json_object_get_string_member (detail, "recording_s3_key_prefix"),
                           path,
                           NULL);
}

char *
sct_recordings_read_text (SctRecordings *self, JsonObject *detail, const char *path)
{
  g_autofree char *file = sct_recordings_build (self, detail, path);
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  g_file_get_contents (file, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* Returns a document of a recording: "recording-ended.json". */
JsonObject *
sct_recordings_read (SctRecordings *self, JsonObject *detail, const char *name)
{
  g_autofree char *path = g_build_filename ("events", name, NULL);
  g_autofree char *text = sct_recordings_read_text (self, detail, path);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

/* Runs ffprobe on a file; returns what it shows, and fails where it complains. */
char *
sct_recordings_probe (const char *entries, const char *path)
{
  const char *const argv[] = {
    "ffprobe",
    "-v",
    "error",
    "-count_packets",
    "-select_streams",
    "v:0",
    "-show_entries",
    entries,
    "-of",
    "csv=p=0:nk=1",
    path,
    NULL,
  };
  return g_strstrip (sct_run_silent (argv));
}

/* Plays a playlist to its end; returns how many pictures it has. */
guint
sct_recordings_count_frames (SctRecordings *self, JsonObject *detail, const char *playlist)
{
  g_autofree char *path = g_build_filename ("media/hls", playlist, NULL);
  g_autofree char *file = sct_recordings_build (self, detail, path);
  g_autofree char *count = sct_recordings_probe ("stream=nb_read_packets", file);
  return (guint) g_ascii_strtoull (count, NULL, 10);
}
