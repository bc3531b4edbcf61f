/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-ingest-session.h"

#include "sc-amf0.h"
#include "sc-id.h"
#include "sc-ingest-health.h"
#include "sc-metadata-message.h"
#include "sc-publisher.h"
#include "sc-rtmp-parser.h"

/* One stream from the accepted key to its end: tags from the encoder's connection to a publisher
 * process, segments from there to the origin, news to the delegate. Main context only. */

/* Amazon IVS takes 8.5 Mb/s; half again leaves room for what an encoder means by that. */
#define MAX_BITRATE (8500000u * 3 / 2)
#define BITRATE_WINDOW_SECONDS 10
/* Sound for so long without a picture is a stream of sound alone. */
#define SOUND_ALONE_MS 5000
/* Media for so long without a segment are none that can be packaged: no picture, no keyframe. */
#define BARREN_SECONDS 15
/* How often is asked whether media come in time. */
#define HEALTH_MS 500
/* "st-" and so many letters and digits: the model of Amazon IVS takes no other length. */
#define STREAM_ID_LENGTH 23

/* FLV tags, E.4.2.1 and E.4.3.1 of the format. */
#define FLV_CODEC_AVC 7
#define FLV_AVC_END_OF_SEQUENCE 2
#define FLV_FORMAT_AAC 10
#define FLV_AAC_SEQUENCE_HEADER 0
#define FLV_ENHANCED 0x80

/* How far a rendition is. */
typedef struct {
  gboolean is_in_origin;
  gboolean is_in_segment;
  gboolean is_over;
} Rendition;

struct _ScIngestSession {
  const ScIngestSessionConfig *config;
  char *channel_id;
  char *stream_id;
  ScRtmpConnection *connection; /* NULL once the encoder has gone */
  ScPublisher *publisher;
  ScIngestReason reason;
  gboolean is_over;

  ScIngestHealth health;
  ScIngestMeter meter;
  gboolean is_starving; /* as the delegate knows */
  guint health_id;

  gboolean has_picture;
  gboolean has_sound;
  guint32 first_sound;
  GBytes *sound_header; /* (nullable): the last tag with an AudioSpecificConfig */
  gsize window_bytes;
  gint64 window_start_us;
  gint64 last_segment_us;

  ScMediaInfo info;   /* of the source */
  guint n_renditions; /* the most besides the source */
  Rendition renditions[SC_BROADCAST_MAX_RENDITIONS];
  gboolean has_started;
};

static void
tell_segment (ScIngestSession *self)
{
  const ScIngestSessionConfig *config = self->config;
  if (config->delegate.segment)
    config->delegate.segment (self->channel_id,
                              self->stream_id,
                              sc_origin_get_newest_segment (config->origin, self->channel_id),
                              config->user_data);
}

/* Ends it all and tells everybody, once. @self may be freed when this returns. */
static void
end (ScIngestSession *self, ScIngestReason reason)
{
  const ScIngestSessionConfig *config = self->config;
  if (self->is_over)
    return;
  self->is_over = TRUE;
  g_clear_handle_id (&self->health_id, g_source_remove);
  sc_publisher_close (self->publisher);
  const Rendition *source = &self->renditions[SC_BROADCAST_SOURCE];
  if (self->has_started && source->is_in_segment)
    tell_segment (self);
  if (source->is_in_origin)
    sc_origin_end_stream (config->origin, self->channel_id);
  if (self->has_started)
    config->delegate.stream_end (self->channel_id, self->stream_id, config->user_data);
  config->delegate.session_ended (self->channel_id, self->stream_id, reason, config->user_data);
  config->over (self, config->owner);
}

/* Ends it because of the stream, and tells the encoder. */
static void
fail (ScIngestSession *self, ScIngestReason reason, const char *description)
{
  if (self->connection)
    sc_rtmp_connection_refuse (self->connection, description);
  end (self, reason);
}

/* Ends it because of so many bits that no measurement is waited for, and says so before. */
static void
fail_for_bitrate (ScIngestSession *self)
{
  const ScIngestSessionConfig *config = self->config;
  gint64 length_us = g_get_monotonic_time () - self->window_start_us;
  guint64 bitrate =
    self->window_bytes * 8 * G_USEC_PER_SEC / (guint64) MAX (length_us, G_USEC_PER_SEC);
  if (config->delegate.exceeded)
    config->delegate.exceeded (self->channel_id,
                               self->stream_id,
                               MAX (bitrate, MAX_BITRATE),
                               config->user_data);
  fail (self, SC_INGEST_BAD_MEDIA, "The stream's bitrate is too high. A channel takes 8.5 Mb/s.");
}

/* --- from the publisher process --- */

static void
take_info (ScIngestSession *self, const ScRecord *record)
{
  const ScIngestSessionConfig *config = self->config;
  const ScMediaInfo *info = &record->info;
  if (!self->renditions[SC_BROADCAST_SOURCE].is_in_origin)
    sc_origin_begin_stream (config->origin, self->channel_id, info);
  else
    sc_origin_set_info (config->origin, self->channel_id, record->rendition, info);
  self->renditions[record->rendition].is_in_origin = TRUE;
  if (record->rendition != SC_BROADCAST_SOURCE)
    return;
  self->info = *info;
  if (self->has_started && config->delegate.stream_changed)
    config->delegate.stream_changed (self->channel_id, self->stream_id, info, config->user_data);
}

static void
begin_segment (ScIngestSession *self, const ScRecord *record)
{
  sc_origin_begin_segment (self->config->origin,
                           self->channel_id,
                           record->rendition,
                           record->wall_time_us,
                           record->discontinuity);
  self->renditions[record->rendition].is_in_segment = TRUE;
}

static void
end_segment (ScIngestSession *self, const ScRecord *record)
{
  const ScIngestSessionConfig *config = self->config;
  sc_origin_end_segment (config->origin, self->channel_id, record->rendition, record->duration_us);
  self->renditions[record->rendition].is_in_segment = FALSE;
  if (record->rendition != SC_BROADCAST_SOURCE)
    return;
  if (!self->has_started)
    config->delegate.stream_start (self->channel_id,
                                   self->stream_id,
                                   &self->info,
                                   config->user_data);
  self->has_started = TRUE;
  tell_segment (self);
}

/* Whether @record may come now. */
static gboolean
is_in_order (const ScIngestSession *self, const ScRecord *record)
{
  const Rendition *rendition = &self->renditions[record->rendition];
  gboolean is_source = record->rendition == SC_BROADCAST_SOURCE;
  if (rendition->is_over || record->rendition > self->n_renditions)
    return FALSE;
  switch (record->type) {
  case SC_RECORD_INFO:
    return !rendition->is_in_segment &&
           (is_source || self->renditions[SC_BROADCAST_SOURCE].is_in_origin);
  case SC_RECORD_SEGMENT_START:
    return rendition->is_in_origin && !rendition->is_in_segment;
  case SC_RECORD_DATA:
  case SC_RECORD_SEGMENT_END:
    return rendition->is_in_segment;
  case SC_RECORD_RENDITION_END:
    return !is_source && self->renditions[SC_BROADCAST_SOURCE].is_in_origin;
  case SC_RECORD_ERROR:
  case SC_RECORD_EOS:
    break;
  }
  return FALSE;
}

static void
take_record (ScIngestSession *self, const ScRecord *record)
{
  ScOrigin *origin = self->config->origin;
  if (record->rendition == SC_BROADCAST_SOURCE)
    self->last_segment_us = g_get_monotonic_time ();
  if (record->type == SC_RECORD_INFO) {
    take_info (self, record);
  } else if (record->type == SC_RECORD_SEGMENT_START) {
    begin_segment (self, record);
  } else if (record->type == SC_RECORD_SEGMENT_END) {
    end_segment (self, record);
  } else if (record->type == SC_RECORD_RENDITION_END) {
    sc_origin_end_rendition (origin, self->channel_id, record->rendition);
    self->renditions[record->rendition].is_over = TRUE;
  } else if (!sc_origin_append (origin, self->channel_id, record->rendition, record->data)) {
    fail_for_bitrate (self);
  }
}

static void
on_record (const ScRecord *record, gpointer user_data)
{
  ScIngestSession *self = user_data;
  if (is_in_order (self, record))
    take_record (self, record);
  else
    fail (self, SC_INGEST_FAILED, "The stream cannot be packaged.");
}

static void
on_drained (gpointer user_data)
{
  ScIngestSession *self = user_data;
  if (self->connection)
    sc_rtmp_connection_set_paused (self->connection, FALSE);
}

static void
on_publisher_over (const GError *error, gpointer user_data)
{
  ScIngestSession *self = user_data;
  if (!self->connection) /* the encoder's leave came first and is the reason */
    end (self, self->reason);
  else if (g_error_matches (error, SC_INGEST_ERROR, SC_INGEST_ERROR_MEDIA))
    fail (self, SC_INGEST_BAD_MEDIA, error->message);
  else
    fail (self, SC_INGEST_FAILED, "The stream cannot be packaged.");
}

/* --- from the encoder --- */

/* Returns FALSE when the channel does not take what was measured. */
static gboolean
tell_measure (ScIngestSession *self)
{
  const ScIngestSessionConfig *config = self->config;
  ScIngestMeasure measure;
  if (!sc_ingest_meter_read (&self->meter, g_get_monotonic_time (), &measure) ||
      !self->has_started || !config->delegate.measured)
    return TRUE;
  return config->delegate.measured (self->channel_id, self->stream_id, &measure, config->user_data);
}

static gboolean
on_health_due (gpointer user_data)
{
  ScIngestSession *self = user_data;
  if (!tell_measure (self)) {
    fail (self, SC_INGEST_BAD_MEDIA, "The stream is more than this channel takes.");
    return G_SOURCE_REMOVE;
  }
  const ScIngestSessionConfig *config = self->config;
  gboolean starving = sc_ingest_health_is_starving (&self->health, g_get_monotonic_time ());
  if (!self->has_started || !self->connection || starving == self->is_starving)
    return G_SOURCE_CONTINUE;
  self->is_starving = starving;
  if (config->delegate.health_changed)
    config->delegate.health_changed (self->channel_id,
                                     self->stream_id,
                                     starving,
                                     config->user_data);
  return G_SOURCE_CONTINUE;
}

/* Counts bytes over some seconds. Returns FALSE when they are too many. */
static gboolean
count_bitrate (ScIngestSession *self, gsize size)
{
  gint64 now = g_get_monotonic_time ();
  if (now - self->window_start_us > BITRATE_WINDOW_SECONDS * G_USEC_PER_SEC) {
    self->window_start_us = now;
    self->window_bytes = 0;
  }
  self->window_bytes += size;
  return self->window_bytes <= (gsize) MAX_BITRATE / 8 * BITRATE_WINDOW_SECONDS;
}

/* Whether nothing came out of the media for too long. */
static gboolean
is_barren (const ScIngestSession *self)
{
  return g_get_monotonic_time () - self->last_segment_us > BARREN_SECONDS * G_USEC_PER_SEC;
}

/* Looks at a tag's first byte. Returns NULL when a channel takes such media, or why not. */
static const char *
find_fault (ScIngestSession *self, guint8 type, guint32 timestamp, GBytes *body)
{
  const guint8 *data = g_bytes_get_data (body, NULL);
  if (is_barren (self))
    return "The stream has no picture that can be packaged.";
  if (type == SC_RTMP_DATA)
    return NULL;
  if (type == SC_RTMP_VIDEO) {
    self->has_picture = TRUE;
    gboolean is_avc = !(data[0] & FLV_ENHANCED) && (data[0] & 0x0f) == FLV_CODEC_AVC;
    return is_avc ? NULL : "A channel takes H.264 only.";
  }
  if (!self->has_sound)
    self->first_sound = timestamp;
  self->has_sound = TRUE;
  if (data[0] >> 4 != FLV_FORMAT_AAC)
    return "A channel takes AAC sound only.";
  if (!self->has_picture && timestamp - self->first_sound > SOUND_ALONE_MS)
    return "A channel takes no stream without a picture.";
  return NULL;
}

/* "onMetaData" and an object or an array with names, as encoders send it before their media. */
static void
read_announcement (ScIngestSession *self, GBytes *body)
{
  const ScIngestSessionConfig *config = self->config;
  gsize size;
  const guint8 *data = g_bytes_get_data (body, &size);
  ScAmf0Reader reader;
  g_autofree char *name = NULL, *encoder = NULL;
  sc_amf0_reader_init (&reader, data, size);
  if (config->delegate.announced && sc_amf0_read_string (&reader, &name) &&
      g_str_equal (name, "onMetaData") && sc_amf0_read_member (&reader, "encoder", &encoder) &&
      encoder && *encoder)
    config->delegate.announced (self->channel_id, self->stream_id, encoder, config->user_data);
}

/* GStreamer's flvdemux 1.28 forgets how sound is decoded with every "onMetaData": it is told again.
 */
static void
keep_sound_header (ScIngestSession *self, guint8 type, GBytes *body)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (body, &size);
  if (type != SC_RTMP_AUDIO || size < 2 || data[1] != FLV_AAC_SEQUENCE_HEADER)
    return;
  g_clear_pointer (&self->sound_header, g_bytes_unref);
  self->sound_header = g_bytes_ref (body);
}

/* What some encoders say before their picture becomes another. GStreamer's flvdemux 1.28 takes it
 * for the end of all, and nothing has to be known of it: what comes next says what it is. */
static gboolean
is_end_of_sequence (guint8 type, GBytes *body)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (body, &size);
  return type == SC_RTMP_VIDEO && size > 1 && data[1] == FLV_AVC_END_OF_SEQUENCE;
}

/**
 * sc_ingest_session_push:
 * @self: a session
 * @type: an FLV tag's type: 8 sound, 9 picture, 18 metadata
 * @timestamp: milliseconds
 * @body: the tag's body, not empty
 *
 * Takes what the encoder sent. May end the session.
 */
void
sc_ingest_session_push (ScIngestSession *self, guint8 type, guint32 timestamp, GBytes *body)
{
  if (!count_bitrate (self, g_bytes_get_size (body))) {
    fail_for_bitrate (self);
    return;
  }
  const char *fault = find_fault (self, type, timestamp, body);
  if (fault) {
    fail (self, SC_INGEST_BAD_MEDIA, fault);
    return;
  }
  if (type == SC_RTMP_DATA)
    read_announcement (self, body);
  else
    sc_ingest_health_take (&self->health, timestamp, g_get_monotonic_time ());
  if (is_end_of_sequence (type, body))
    return;
  keep_sound_header (self, type, body);
  sc_ingest_meter_take (&self->meter, type, timestamp, body);
  sc_publisher_push (self->publisher, type, timestamp, body);
  if (type == SC_RTMP_DATA && self->sound_header)
    sc_publisher_push (self->publisher, SC_RTMP_AUDIO, timestamp, self->sound_header);
  if (sc_publisher_is_full (self->publisher))
    sc_rtmp_connection_set_paused (self->connection, TRUE);
}

/**
 * sc_ingest_session_put_metadata:
 * @self: a session
 * @text: at most %SC_METADATA_MAX bytes
 *
 * Returns: %FALSE when the stream has not started, or cannot take it now
 */
gboolean
sc_ingest_session_put_metadata (ScIngestSession *self, const char *text)
{
  return self->has_started && sc_publisher_put_metadata (self->publisher, SC_METADATA_OWNER, text);
}

/**
 * sc_ingest_session_leave:
 * @self: a session
 * @reason: why the encoder left
 *
 * The connection is gone. What came is packaged yet, then the session is over.
 */
void
sc_ingest_session_leave (ScIngestSession *self, ScIngestReason reason)
{
  g_clear_object (&self->connection);
  self->reason = reason;
  sc_publisher_finish (self->publisher);
}

/**
 * sc_ingest_session_stop:
 * @self: a session
 *
 * Ends the session now: the encoder is told, the segment that was being written is dropped.
 */
void
sc_ingest_session_stop (ScIngestSession *self)
{
  fail (self, SC_INGEST_STOPPED, "The stream was stopped.");
}

/**
 * sc_ingest_session_get_channel:
 * @self: a session
 *
 * Returns: the channel's id
 */
const char *
sc_ingest_session_get_channel (const ScIngestSession *self)
{
  return self->channel_id;
}

/**
 * sc_ingest_session_get_stream:
 * @self: a session
 *
 * Returns: the stream's id
 */
const char *
sc_ingest_session_get_stream (const ScIngestSession *self)
{
  return self->stream_id;
}

/**
 * sc_ingest_session_get_connection:
 * @self: a session
 *
 * Returns: (nullable): the encoder's connection, %NULL when it has left
 */
ScRtmpConnection *
sc_ingest_session_get_connection (const ScIngestSession *self)
{
  return self->connection;
}

/**
 * sc_ingest_session_new:
 * @config: what all sessions share; must outlive them
 * @channel_id: the channel of the accepted key
 * @connection: the encoder's connection
 * @error: why the publisher process does not start
 *
 * Begins a session, and tells the delegate.
 *
 * Returns: (transfer full) (nullable): the session
 */
ScIngestSession *
sc_ingest_session_new (const ScIngestSessionConfig *config,
                       const char *channel_id,
                       ScRtmpConnection *connection,
                       GError **error)
{
  static const ScPublisherDelegate publisher_delegate = {
    on_record,
    on_drained,
    on_publisher_over,
  };
  ScIngestSession *self = g_new0 (ScIngestSession, 1);
  if (config->delegate.count_renditions)
    self->n_renditions = MIN (config->delegate.count_renditions (channel_id, config->user_data),
                              SC_BROADCAST_MAX_RENDITIONS - 1);
  self->publisher = sc_publisher_new (config->publisher_program,
                                      self->n_renditions,
                                      &publisher_delegate,
                                      self,
                                      error);
  if (!self->publisher) {
    g_free (self);
    return NULL;
  }
  self->config = config;
  self->channel_id = g_strdup (channel_id);
  self->stream_id = sc_id_new ("st-", STREAM_ID_LENGTH);
  self->connection = g_object_ref (connection);
  self->window_start_us = self->last_segment_us = g_get_monotonic_time ();
  self->health_id = g_timeout_add (HEALTH_MS, on_health_due, self);
  config->delegate.session_created (self->channel_id, self->stream_id, config->user_data);
  return self;
}

/**
 * sc_ingest_session_free:
 * @self: a session that is over
 */
void
sc_ingest_session_free (ScIngestSession *self)
{
  g_clear_handle_id (&self->health_id, g_source_remove);
  sc_publisher_close (self->publisher);
  g_object_unref (self->publisher);
  g_clear_object (&self->connection);
  g_free (self->channel_id);
  g_free (self->stream_id);
  g_clear_pointer (&self->sound_header, g_bytes_unref);
  g_free (self);
}
