/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How a stream goes: the one that is on, or one that was. Never changed once made; any thread. */

#include "config.h"

#include "sc-stream-status.h"

#include "sc-error.h"
#include "sc-json-members.h"
#include "sc-json.h"

#include <math.h>

/* Codec strings of RFC 6381 and names of encoders ("obs-output module (libobs version 30.0.2)"). */
#define WORDS_MAX 256

#define PIXELS_MAX 16384

static const char *const health_words[] = { "unknown", "healthy", "starving", NULL };

struct _ScStreamStatus {
  GObject parent_instance;

  ScStreamStatusFields fields;
};

G_DEFINE_FINAL_TYPE (ScStreamStatus, sc_stream_status, G_TYPE_OBJECT)

/**
 * sc_ingest_video_free:
 * @self: (nullable): what is known of a picture
 */
void
sc_ingest_video_free (ScIngestVideo *self)
{
  if (!self)
    return;
  g_free (self->codec);
  g_free (self->encoder);
  g_free (self->profile);
  g_free (self->level);
  g_free (self);
}

/**
 * sc_ingest_audio_free:
 * @self: (nullable): what is known of a sound
 */
void
sc_ingest_audio_free (ScIngestAudio *self)
{
  if (!self)
    return;
  g_free (self->codec);
  g_free (self);
}

/**
 * sc_stream_status_fields_init:
 * @self: (out caller-allocates): no stream, no samples and no reports, to be filled
 */
void
sc_stream_status_fields_init (ScStreamStatusFields *self)
{
  *self = (ScStreamStatusFields) {
    .viewers = SC_STREAM_UNKNOWN,
    .peak_viewers = SC_STREAM_UNKNOWN,
    .new_followers = SC_STREAM_UNKNOWN,
    .chat = g_array_new (FALSE, FALSE, sizeof (ScChatPace)),
    .samples = g_array_new (FALSE, FALSE, sizeof (ScStreamSample)),
    .reports = g_ptr_array_new_with_free_func ((GDestroyNotify) sc_stream_report_free),
  };
}

/**
 * sc_stream_status_fields_clear:
 * @self: fields; what they hold is freed
 */
void
sc_stream_status_fields_clear (ScStreamStatusFields *self)
{
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->video, sc_ingest_video_free);
  g_clear_pointer (&self->audio, sc_ingest_audio_free);
  g_clear_pointer (&self->samples, g_array_unref);
  g_clear_pointer (&self->chat, g_array_unref);
  g_clear_pointer (&self->reports, g_ptr_array_unref);
}

static void
sc_stream_status_finalize (GObject *object)
{
  ScStreamStatus *self = SC_STREAM_STATUS (object);

  sc_stream_status_fields_clear (&self->fields);

  G_OBJECT_CLASS (sc_stream_status_parent_class)->finalize (object);
}

static void
sc_stream_status_class_init (ScStreamStatusClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sc_stream_status_finalize;
}

static void
sc_stream_status_init (ScStreamStatus *self)
{
}

static void
set_count (JsonObject *object, const char *member, gint64 value)
{
  if (value < 0)
    json_object_set_null_member (object, member);
  else
    json_object_set_int_member (object, member, value);
}

static void
set_number (JsonObject *object, const char *member, double value)
{
  if (value < 0)
    json_object_set_null_member (object, member);
  else
    json_object_set_double_member (object, member, value);
}

static gboolean
read_count (JsonObject *object, const char *member, gint64 max, gint64 *ret_value, GError **error)
{
  *ret_value = SC_STREAM_UNKNOWN;
  return !sc_json_has (object, member) ||
         sc_json_get_int (object, member, 0, max, ret_value, error);
}

static gboolean
read_number (JsonObject *object, const char *member, double *ret_value, GError **error)
{
  *ret_value = SC_STREAM_UNKNOWN;
  if (!sc_json_has (object, member))
    return TRUE;
  JsonNode *node = json_object_get_member (object, member);
  double value = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_double (node) : -1;
  if (!isfinite (value) || value < 0) {
    g_set_error (error, SC_DATA_ERROR, SC_DATA_ERROR_RANGE, "“%s” is no such number", member);
    return FALSE;
  }
  *ret_value = value;
  return TRUE;
}

static JsonObject *
write_stream (const ScStreamStatusFields *fields)
{
  JsonObject *stream = json_object_new ();
  json_object_set_string_member (stream, "id", fields->id);
  sc_json_set_time (stream, "started_at", fields->started_at);
  sc_json_set_time (stream, "ended_at", fields->ended_at);
  json_object_set_string_member (stream, "health", health_words[fields->health]);
  set_count (stream, "viewers", fields->viewers);
  set_count (stream, "peak_viewers", fields->peak_viewers);
  return stream;
}

static gboolean
read_stream (JsonObject *stream, ScStreamStatusFields *fields, GError **error)
{
  guint health = SC_STREAM_HEALTH_UNKNOWN;
  if (!sc_json_read_id (stream, "id", WORDS_MAX, &fields->id, error) ||
      !sc_json_read_time (stream, "started_at", &fields->started_at, error) ||
      !sc_json_read_time (stream, "ended_at", &fields->ended_at, error) ||
      !sc_json_read_choice (stream, "health", health_words, &health, error) ||
      !read_count (stream, "viewers", G_MAXINT64, &fields->viewers, error) ||
      !read_count (stream, "peak_viewers", G_MAXINT64, &fields->peak_viewers, error))
    return FALSE;
  fields->health = (ScStreamHealth) health;
  return TRUE;
}

static JsonObject *
write_video (const ScIngestVideo *video)
{
  JsonObject *object = json_object_new ();
  sc_json_set_string (object, "codec", video->codec);
  sc_json_set_string (object, "encoder", video->encoder);
  sc_json_set_string (object, "profile", video->profile);
  sc_json_set_string (object, "level", video->level);
  set_count (object, "width", video->width);
  set_count (object, "height", video->height);
  set_number (object, "frame_rate", video->frame_rate);
  set_count (object, "bitrate", video->bitrate);
  return object;
}

static ScIngestVideo *
read_video (JsonObject *object, GError **error)
{
  g_autoptr (ScIngestVideo) video = g_new0 (ScIngestVideo, 1);
  if (!sc_json_read_text (object, "codec", WORDS_MAX, &video->codec, error) ||
      !sc_json_read_text (object, "encoder", WORDS_MAX, &video->encoder, error) ||
      !sc_json_read_text (object, "profile", WORDS_MAX, &video->profile, error) ||
      !sc_json_read_text (object, "level", WORDS_MAX, &video->level, error) ||
      !read_count (object, "width", PIXELS_MAX, &video->width, error) ||
      !read_count (object, "height", PIXELS_MAX, &video->height, error) ||
      !read_number (object, "frame_rate", &video->frame_rate, error) ||
      !read_count (object, "bitrate", G_MAXINT64, &video->bitrate, error))
    return NULL;
  return g_steal_pointer (&video);
}

static JsonObject *
write_audio (const ScIngestAudio *audio)
{
  JsonObject *object = json_object_new ();
  sc_json_set_string (object, "codec", audio->codec);
  set_count (object, "bitrate", audio->bitrate);
  set_count (object, "sample_rate", audio->sample_rate);
  set_count (object, "channels", audio->channels);
  return object;
}

static ScIngestAudio *
read_audio (JsonObject *object, GError **error)
{
  g_autoptr (ScIngestAudio) audio = g_new0 (ScIngestAudio, 1);
  if (!sc_json_read_text (object, "codec", WORDS_MAX, &audio->codec, error) ||
      !read_count (object, "bitrate", G_MAXINT64, &audio->bitrate, error) ||
      !read_count (object, "sample_rate", G_MAXINT64, &audio->sample_rate, error) ||
      !read_count (object, "channels", G_MAXINT64, &audio->channels, error))
    return NULL;
  return g_steal_pointer (&audio);
}

/**
 * sc_stream_status_write_ingest:
 * @fields: what is known of a stream
 *
 * Returns: (transfer full): {video, audio}
 */
JsonObject *
sc_stream_status_write_ingest (const ScStreamStatusFields *fields)
{
  JsonObject *ingest = json_object_new ();
  if (fields->video)
    json_object_set_object_member (ingest, "video", write_video (fields->video));
  else
    json_object_set_null_member (ingest, "video");
  if (fields->audio)
    json_object_set_object_member (ingest, "audio", write_audio (fields->audio));
  else
    json_object_set_null_member (ingest, "audio");
  return ingest;
}

/**
 * sc_stream_status_read_ingest:
 * @ingest: what sc_stream_status_write_ingest() wrote
 * @fields: their video and audio are set
 * @error: an error of %SC_DATA_ERROR
 *
 * Returns: %TRUE if it is that
 */
gboolean
sc_stream_status_read_ingest (JsonObject *ingest, ScStreamStatusFields *fields, GError **error)
{
  JsonObject *video = sc_json_get_object_or_null (ingest, "video");
  JsonObject *audio = sc_json_get_object_or_null (ingest, "audio");
  return (!video || (fields->video = read_video (video, error))) &&
         (!audio || (fields->audio = read_audio (audio, error)));
}

static JsonObject *
write_sample (const ScStreamSample *sample)
{
  JsonObject *object = json_object_new ();
  sc_json_set_time (object, "at", sample->at);
  set_count (object, "bitrate", sample->bitrate);
  set_number (object, "frame_rate", sample->frame_rate);
  set_number (object, "keyframe_interval", sample->keyframe_interval);
  set_count (object, "viewers", sample->viewers);
  return object;
}

static gboolean
read_sample (JsonObject *object, ScStreamSample *ret_sample, GError **error)
{
  return sc_json_read_moment (object, "at", &ret_sample->at, error) &&
         read_count (object, "bitrate", G_MAXINT64, &ret_sample->bitrate, error) &&
         read_number (object, "frame_rate", &ret_sample->frame_rate, error) &&
         read_number (object, "keyframe_interval", &ret_sample->keyframe_interval, error) &&
         read_count (object, "viewers", G_MAXINT64, &ret_sample->viewers, error);
}

/* One that is too long is read as far as an answer may go. */
static gboolean
read_samples (JsonObject *object, GArray *samples, GError **error)
{
  JsonArray *array = sc_json_get_array (object, "samples", error);
  guint count = array ? MIN (json_array_get_length (array), SC_STREAM_STATUS_SAMPLES_MAX) : 0;
  for (guint i = 0; i < count; i++) {
    ScStreamSample sample = { 0 };
    JsonObject *element = sc_json_get_element (array, i, error);
    if (!element || !read_sample (element, &sample, error))
      return FALSE;
    g_array_append_val (samples, sample);
  }
  return array != NULL;
}

static gboolean
read_reports (JsonObject *object, GPtrArray *reports, GError **error)
{
  JsonArray *array = sc_json_get_array (object, "reports", error);
  guint count = array ? MIN (json_array_get_length (array), SC_STREAM_STATUS_REPORTS_MAX) : 0;
  for (guint i = 0; i < count; i++) {
    JsonObject *element = sc_json_get_element (array, i, error);
    ScStreamReport *report = element ? sc_stream_report_from_json (element, error) : NULL;
    if (!report)
      return FALSE;
    g_ptr_array_add (reports, report);
  }
  return array != NULL;
}

static JsonObject *
write_audience (const ScStreamStatusFields *fields)
{
  JsonObject *audience = json_object_new ();
  JsonArray *chat = json_array_sized_new (fields->chat->len);
  for (guint i = 0; i < fields->chat->len; i++) {
    const ScChatPace *pace = &g_array_index (fields->chat, ScChatPace, i);
    JsonObject *object = json_object_new ();
    sc_json_set_time (object, "at", pace->at);
    json_object_set_double_member (object, "lines", pace->lines);
    json_array_add_object_element (chat, object);
  }
  json_object_set_array_member (audience, "chat", chat);
  set_count (audience, "new_followers", fields->new_followers);
  return audience;
}

static gboolean
read_audience (JsonObject *audience, ScStreamStatusFields *fields, GError **error)
{
  JsonArray *array = sc_json_get_array (audience, "chat", error);
  guint count = array ? MIN (json_array_get_length (array), SC_STREAM_STATUS_SAMPLES_MAX) : 0;
  for (guint i = 0; i < count; i++) {
    ScChatPace pace = { 0 };
    JsonObject *element = sc_json_get_element (array, i, error);
    if (!element || !sc_json_read_moment (element, "at", &pace.at, error) ||
        !read_number (element, "lines", &pace.lines, error))
      return FALSE;
    g_array_append_val (fields->chat, pace);
  }
  return array && read_count (audience, "new_followers", G_MAXINT64, &fields->new_followers, error);
}

/**
 * sc_stream_status_new:
 * @fields: made by sc_stream_status_fields_init(); what they hold is taken, and they are empty then
 *
 * Returns: (transfer full): how a stream goes
 */
ScStreamStatus *
sc_stream_status_new (ScStreamStatusFields *fields)
{
  ScStreamStatus *self = g_object_new (SC_TYPE_STREAM_STATUS, NULL);
  self->fields = *fields;
  *fields = (ScStreamStatusFields) { 0 };
  return self;
}

/**
 * sc_stream_status_get_fields:
 * @self: how a stream goes
 *
 * Returns: (transfer none): what is known
 */
const ScStreamStatusFields *
sc_stream_status_get_fields (ScStreamStatus *self)
{
  return &self->fields;
}

/**
 * sc_stream_status_is_live:
 * @self: how a stream goes
 *
 * Returns: %TRUE if it is of a stream that is on now
 */
gboolean
sc_stream_status_is_live (ScStreamStatus *self)
{
  return self->fields.id && self->fields.started_at != 0 && self->fields.ended_at == 0;
}

/**
 * sc_stream_status_to_json:
 * @self: how a stream goes
 *
 * Returns: (transfer full): it as our API writes it: {stream, ingest, samples, reports, audience}
 */
JsonObject *
sc_stream_status_to_json (ScStreamStatus *self)
{
  const ScStreamStatusFields *fields = &self->fields;
  JsonObject *object = json_object_new ();
  if (fields->id)
    json_object_set_object_member (object, "stream", write_stream (fields));
  else
    json_object_set_null_member (object, "stream");
  if (fields->video || fields->audio)
    json_object_set_object_member (object, "ingest", sc_stream_status_write_ingest (fields));
  else
    json_object_set_null_member (object, "ingest");

  JsonArray *samples = json_array_sized_new (fields->samples->len);
  for (guint i = 0; i < fields->samples->len; i++)
    json_array_add_object_element (samples,
                                   write_sample (
                                     &g_array_index (fields->samples, ScStreamSample, i)));
  json_object_set_array_member (object, "samples", samples);
  JsonArray *reports = json_array_sized_new (fields->reports->len);
  for (guint i = 0; i < fields->reports->len; i++)
    json_array_add_object_element (reports, sc_stream_report_to_json (fields->reports->pdata[i]));
  json_object_set_array_member (object, "reports", reports);
  if (fields->chat->len > 0 || fields->new_followers >= 0)
    json_object_set_object_member (object, "audience", write_audience (fields));
  else
    json_object_set_null_member (object, "audience");
  return object;
}

/**
 * sc_stream_status_from_json:
 * @object: how a stream goes as our API writes it
 * @error: an error of %SC_DATA_ERROR
 *
 * Returns: (transfer full) (nullable): how a stream goes
 */
ScStreamStatus *
sc_stream_status_from_json (JsonObject *object, GError **error)
{
  g_auto (ScStreamStatusFields) fields = { 0 };
  sc_stream_status_fields_init (&fields);
  JsonObject *stream = sc_json_get_object_or_null (object, "stream");
  JsonObject *ingest = sc_json_get_object_or_null (object, "ingest");
  JsonObject *audience = sc_json_get_object_or_null (object, "audience");
  if ((stream && !read_stream (stream, &fields, error)) ||
      (ingest && !sc_stream_status_read_ingest (ingest, &fields, error)) ||
      !read_samples (object, fields.samples, error) ||
      !read_reports (object, fields.reports, error) ||
      (audience && !read_audience (audience, &fields, error)))
    return NULL;
  return sc_stream_status_new (&fields);
}
