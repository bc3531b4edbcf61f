/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-recorder.h"

#include "sc-id.h"
#include "sc-recording-document.h"
#include "sc-recording-thumbnails.h"
#include "sc-recording-writer.h"

#include <glib/gstdio.h>
#include <signal.h>

/* The recordings of all channels: which stream goes into which, when one ends, and the events that
 * say so. "Auto-Record to Amazon S3" (Amazon IVS User Guide).
 *
 *   begin -> append... -> end -> the reconnect window -> Recording End
 *              ^                        |
 *              +---- begin, alike ------+
 *
 * A recording that cannot be written ends as a failure; its stream goes on. Main context only; the
 * local cloud owns it. */

/* "Merge fragmented streams": the most streams and the longest time of one recording. */
#define MAX_STREAMS 20
#define MAX_TIME_US (48 * 3600 * (gint64) G_USEC_PER_SEC)

/* What an encoder sends differs by so much within what is merged. */
#define FRAME_RATE_TOLERANCE 0.5

/* The longest segment that the ingest makes; longer ago nothing came. */
#define PART_MAX_US (6 * G_USEC_PER_SEC)

#define RECORDING_ID_LENGTH 12
#define SESSION_ID_LENGTH 16

struct _ScRecorder {
  char *buckets;
  char *journals;
  char *account;
  char *thumbnailer;
  ScEventBus *bus;
  GPtrArray *takes; /* of Take */
  guint thumbnails_running;
};

/* A recording that has not ended. */
typedef struct {
  ScRecorder *recorder;
  ScRecordingWriter *writer;
  ScRecordingThumbnails *thumbnails; /* or NULL */
  guint reconnect_seconds;
  char *stream_id; /* the stream that is being recorded, or NULL in the window */
  guint bandwidth;
  guint window_id;
} Take;

static void
free_take (Take *take)
{
  g_clear_handle_id (&take->window_id, g_source_remove);
  sc_recording_thumbnails_free (take->thumbnails);
  sc_recording_writer_free (take->writer);
  g_free (take->stream_id);
  g_free (take);
}

/* --- events --- */

static void
put (ScRecorder *self, const char *channel_arn, JsonObject *detail)
{
  g_autoptr (JsonObject) owned = detail;
  const ScEvent event = { "aws.ivs", "IVS Recording State Change", channel_arn, owned };
  g_autofree char *id = sc_event_bus_put (self->bus, &event);
}

static void
put_status (ScRecorder *self,
            const ScRecordingIndex *index,
            ScRecordingStatus status,
            const char *reason)
{
  put (self, index->channel_arn, sc_recording_document_make_detail (index, status, reason));
}

/* Says that a stream is not recorded. */
static void
put_start_failure (ScRecorder *self, const ScRecorderStream *stream, const char *bucket)
{
  JsonObject *detail = json_object_new ();
  JsonArray *streams = json_array_new ();
  json_array_add_string_element (streams, stream->stream_id);
  json_object_set_string_member (detail, "channel_name", stream->channel_name);
  json_object_set_string_member (detail, "stream_id", stream->stream_id);
  json_object_set_string_member (detail, "recording_status", "Recording Start Failure");
  json_object_set_string_member (detail, "recording_status_reason", "ValidationException");
  json_object_set_string_member (detail, "recording_s3_bucket_name", bucket);
  json_object_set_string_member (detail, "recording_s3_key_prefix", "");
  json_object_set_int_member (detail, "recording_duration_ms", 0);
  json_object_set_string_member (detail, "recording_session_id", "");
  json_object_set_array_member (detail, "recording_session_stream_ids", streams);
  put (self, stream->channel_arn, detail);
}

/* --- the end --- */

/* Ends a recording whose writer is given over, and says so. */
static void
end_writer (ScRecorder *self, ScRecordingWriter *writer, const char *failure)
{
  const ScRecordingIndex *index = sc_recording_writer_get_index (writer);
  g_autoptr (GError) error = NULL;
  if (!failure && index->entries->len == 0)
    failure = "Nothing was recorded";
  if (!sc_recording_writer_end (writer, failure, &error) && !failure)
    failure = error->message;
  if (failure)
    g_message ("The recording %s failed: %s", index->prefix, failure);
  put_status (self, index, failure ? SC_RECORDING_FAILED : SC_RECORDING_ENDED, failure);
}

/* Ends a recording now and forgets it. */
static void
end_take (Take *take, const char *failure)
{
  ScRecorder *self = take->recorder;
  g_clear_handle_id (&take->window_id, g_source_remove);
  g_clear_pointer (&take->thumbnails, sc_recording_thumbnails_free);
  end_writer (self, take->writer, failure);
  g_ptr_array_remove (self->takes, take);
}

/* Ends a recording whose window is over, but for a picture that is being made. */
static void
end_when_idle (Take *take)
{
  gboolean over = !take->stream_id && take->window_id == 0;
  if (over && !(take->thumbnails && sc_recording_thumbnails_is_busy (take->thumbnails)))
    end_take (take, NULL);
}

static gboolean
on_window_over (gpointer user_data)
{
  Take *take = user_data;
  take->window_id = 0;
  end_when_idle (take);
  return G_SOURCE_REMOVE;
}

static void
on_thumbnails_idle (gpointer user_data)
{
  end_when_idle (user_data);
}

/* --- the beginning --- */

static Take *
find_take_of_stream (ScRecorder *self, const char *stream_id)
{
  for (guint i = 0; i < self->takes->len; i++) {
    Take *take = g_ptr_array_index (self->takes, i);
    if (g_strcmp0 (take->stream_id, stream_id) == 0)
      return take;
  }
  return NULL;
}

static Take *
find_take_of_channel (ScRecorder *self, const char *channel_arn)
{
  for (guint i = 0; i < self->takes->len; i++) {
    Take *take = g_ptr_array_index (self->takes, i);
    if (g_str_equal (sc_recording_writer_get_index (take->writer)->channel_arn, channel_arn))
      return take;
  }
  return NULL;
}

/* Whether bitrates are within 50 % of each other, as far as they are known. */
static gboolean
is_alike (guint one, guint other)
{
  return one == 0 || other == 0 ||
         (2 * (guint64) one <= 3 * (guint64) other && 2 * (guint64) other <= 3 * (guint64) one);
}

/* "Merge fragmented streams": the same size, frame rate and codecs, bitrates within 50 %. */
static gboolean
can_join (const Take *take, const ScRecorderStream *stream)
{
  const ScRecordingIndex *index = sc_recording_writer_get_index (take->writer);
  const ScMediaInfo *info = stream->info;
  return take->window_id != 0 && index->stream_ids->len < MAX_STREAMS &&
         index->duration_us < MAX_TIME_US && index->info.width == info->width &&
         index->info.height == info->height &&
         ABS (index->info.frame_rate - info->frame_rate) < FRAME_RATE_TOLERANCE &&
         g_str_equal (index->info.video_codec, info->video_codec) &&
         g_str_equal (index->info.audio_codec, info->audio_codec) &&
         is_alike (take->bandwidth, info->bandwidth);
}

static void
join (Take *take, const ScRecorderStream *stream)
{
  g_autoptr (GError) error = NULL;
  g_clear_handle_id (&take->window_id, g_source_remove);
  take->stream_id = g_strdup (stream->stream_id);
  if (!sc_recording_writer_join (take->writer, stream->stream_id, &error))
    end_take (take, error->message);
}

static ScRecordingIndex *
make_index (ScRecorder *self, const ScRecorderStream *stream, const ScRecordingSettings *settings)
{
  ScRecordingIndex *index = sc_recording_index_new ();
  g_autofree char *id = sc_id_new ("", RECORDING_ID_LENGTH);
  index->started_at_us = g_get_real_time ();
  index->channel_arn = g_strdup (stream->channel_arn);
  index->channel_name = g_strdup (stream->channel_name);
  index->bucket = g_strdup (settings->bucket);
  index->prefix = sc_recording_document_make_prefix (self->account,
                                                     stream->channel_arn,
                                                     index->started_at_us,
                                                     id);
  index->session_id = sc_id_new ("", SESSION_ID_LENGTH);
  index->info = *stream->info;
  index->sequential = settings->thumbnail_seconds > 0 && settings->sequential;
  index->latest = settings->thumbnail_seconds > 0 && settings->latest;
  sc_recording_index_add_stream (index, stream->stream_id);
  return index;
}

static void
add_thumbnails (Take *take, const ScRecordingSettings *settings)
{
  const ScRecordingIndex *index = sc_recording_writer_get_index (take->writer);
  if (!index->sequential && !index->latest)
    return;
  const ScRecordingThumbnailsConfig config = {
    .program = take->recorder->thumbnailer,
    .folder = sc_recording_writer_get_folder (take->writer),
    .interval_us = settings->thumbnail_seconds * G_USEC_PER_SEC,
    .sequential = index->sequential,
    .latest = index->latest,
    .running = &take->recorder->thumbnails_running,
  };
  take->thumbnails = sc_recording_thumbnails_new (&config);
  sc_recording_thumbnails_set_idle (take->thumbnails, on_thumbnails_idle, take);
}

/**
 * sc_recorder_begin:
 * @self: a recorder
 * @stream: a stream that begins
 * @settings: how its channel is recorded
 *
 * Records a stream: "Recording Start", unless it goes on in a recording that waits for it, or
 * "Recording Start Failure".
 */
void
sc_recorder_begin (ScRecorder *self,
                   const ScRecorderStream *stream,
                   const ScRecordingSettings *settings)
{
  const ScRecordingPlace place = { self->buckets, self->journals };
  g_autoptr (GError) error = NULL;
  Take *waiting = find_take_of_channel (self, stream->channel_arn);
  if (waiting && can_join (waiting, stream)) {
    join (waiting, stream);
    return;
  }
  if (waiting)
    end_take (waiting, NULL);
  ScRecordingWriter *writer =
    sc_recording_writer_new (&place, make_index (self, stream, settings), &error);
  if (!writer) {
    g_message ("A stream is not recorded: %s", error->message);
    put_start_failure (self, stream, settings->bucket);
    return;
  }
  Take *take = g_new0 (Take, 1);
  take->recorder = self;
  take->writer = writer;
  take->reconnect_seconds = settings->reconnect_seconds;
  take->stream_id = g_strdup (stream->stream_id);
  take->bandwidth = stream->info->bandwidth;
  add_thumbnails (take, settings);
  g_ptr_array_add (self->takes, take);
  put_status (self, sc_recording_writer_get_index (writer), SC_RECORDING_STARTED, NULL);
}

/* --- in between --- */

/* What a segment plays; one that was stopped in its midst, as long as its frames came in. */
static gint64
get_duration (const ScSegment *segment)
{
  if (segment->state == SC_SEGMENT_WHOLE)
    return segment->duration_us;
  return CLAMP (g_get_real_time () - segment->wall_time_us, 1, PART_MAX_US);
}

/* Offers the newest segment for a picture. */
static void
offer_picture (Take *take, gint64 time_us)
{
  const ScRecordingIndex *index = sc_recording_writer_get_index (take->writer);
  guint64 offset = sc_recording_index_get_last (index)->offset;
  g_autofree char *file = sc_recording_writer_dup_file (take->writer);
  sc_recording_thumbnails_offer (take->thumbnails, file, offset, time_us);
}

/**
 * sc_recorder_append:
 * @self: a recorder
 * @stream_id: a stream
 * @segment: its next segment: whole, or what there is of it when the stream is stopped
 *
 * Adds a segment to the recording that the stream goes into; without one does nothing. A segment
 * that cannot be written ends the recording: "Recording End Failure".
 */
void
sc_recorder_append (ScRecorder *self, const char *stream_id, ScSegment *segment)
{
  g_autoptr (GError) error = NULL;
  Take *take = find_take_of_stream (self, stream_id);
  if (!take || segment->size == 0)
    return;
  const ScRecordingIndex *index = sc_recording_writer_get_index (take->writer);
  gint64 time_us = index->duration_us;
  if (!sc_recording_writer_append (take->writer, segment, get_duration (segment), &error)) {
    end_take (take, error->message);
    return;
  }
  if (take->thumbnails)
    offer_picture (take, time_us);
}

/**
 * sc_recorder_end:
 * @self: a recorder
 * @stream_id: a stream that ended
 *
 * Ends the stream's recording when the reconnect window is over: "Recording End".
 */
void
sc_recorder_end (ScRecorder *self, const char *stream_id)
{
  Take *take = find_take_of_stream (self, stream_id);
  if (!take)
    return;
  g_clear_pointer (&take->stream_id, g_free);
  if (take->reconnect_seconds > 0)
    take->window_id = g_timeout_add_seconds (take->reconnect_seconds, on_window_over, take);
  else
    end_when_idle (take);
}

/* --- the object --- */

/* Ends what an earlier process left behind. */
static void
recover (ScRecorder *self)
{
  const ScRecordingPlace place = { self->buckets, self->journals };
  g_autoptr (GDir) dir = g_dir_open (self->journals, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name (dir))) {
    g_autoptr (GError) error = NULL;
    g_autoptr (ScRecordingWriter) writer = sc_recording_writer_recover (&place, name, &error);
    if (writer)
      end_writer (self, writer, NULL);
    else if (error)
      g_message ("A recording left behind is lost: %s", error->message);
  }
}

/**
 * sc_recorder_new:
 * @config: what it works with
 *
 * Ends the recordings that an earlier process left behind, with their events.
 *
 * Returns: (transfer full): a recorder that records nothing
 */
ScRecorder *
sc_recorder_new (const ScRecorderConfig *config)
{
  ScRecorder *self = g_new0 (ScRecorder, 1);
  self->buckets = g_strdup (config->buckets);
  self->journals = g_strdup (config->journals);
  self->account = g_strdup (config->account);
  self->thumbnailer = g_strdup (config->thumbnailer);
  self->bus = config->bus;
  self->takes = g_ptr_array_new_with_free_func ((GDestroyNotify) free_take);
  signal (SIGXFSZ, SIG_IGN); /* a file that may not grow is an error of write() */
  g_mkdir_with_parents (self->journals, 0700);
  recover (self);
  return self;
}

/**
 * sc_recorder_free:
 * @self: (nullable) (transfer full): a recorder
 *
 * Ends every recording at once, with its event. Blocks for 0.1 s where pictures are being made.
 */
void
sc_recorder_free (ScRecorder *self)
{
  if (!self)
    return;
  while (self->takes->len > 0) {
    Take *take = g_ptr_array_index (self->takes, 0);
    if (take->thumbnails)
      sc_recording_thumbnails_finish (take->thumbnails);
    end_take (take, NULL);
  }
  g_ptr_array_unref (self->takes);
  g_free (self->buckets);
  g_free (self->journals);
  g_free (self->account);
  g_free (self->thumbnailer);
  g_free (self);
}
