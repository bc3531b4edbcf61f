/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A world of streams and recordings, made from a seed: what happens, and what Amazon IVS reports of
 * it if it loses nothing. */

#include "config.h"

#include "sct-world.h"

#include "sc-time.h"
#include "sct-world-aws.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define STREAMS_MAX 3

/* The template's recordingReconnectWindowSeconds. */
#define WINDOW_US (60 * SECOND)

static void
free_stream (gpointer data)
{
  SctWorldStream *stream = data;
  g_free (stream->id);
  g_free (stream);
}

static void
free_recording (gpointer data)
{
  SctWorldRecording *recording = data;
  g_free (recording->id);
  g_free (recording->prefix);
  g_free (recording->playlist);
  g_free (recording->thumbnail);
  g_ptr_array_unref (recording->streams);
  g_free (recording);
}

static void
free_event (gpointer data)
{
  SctWorldEvent *event = data;
  g_free (event->id);
  g_free (event->text);
  g_free (event->name);
  g_free (event);
}

static void
free_told (gpointer data)
{
  SctWorldTold *told = data;
  g_free (told->state);
  g_free (told->stream_id);
  g_free (told);
}

/**
 * sct_world_dup_arn:
 * @channel: which one
 *
 * Returns: (transfer full): its ARN
 */
char *
sct_world_dup_arn (guint channel)
{
  return g_strdup_printf ("arn:aws:ivs:us-west-2:123456789012:channel/World%u", channel);
}

/**
 * sct_world_dup_room_arn:
 * @channel: which one
 *
 * Returns: (transfer full): the ARN of its room
 */
char *
sct_world_dup_room_arn (guint channel)
{
  return g_strdup_printf ("arn:aws:ivschat:us-west-2:123456789012:room/World%u", channel);
}

/**
 * sct_world_is_live:
 * @stream: a stream
 * @at: microseconds since the epoch
 *
 * Returns: %TRUE if it has a picture then
 */
gboolean
sct_world_is_live (const SctWorldStream *stream, gint64 at)
{
  return stream->started && stream->started <= at && (!stream->ended || stream->ended > at);
}

/**
 * sct_world_is_starving:
 * @stream: a stream
 * @at: microseconds since the epoch
 *
 * Returns: %TRUE if its media come too late then
 */
gboolean
sct_world_is_starving (const SctWorldStream *stream, gint64 at)
{
  for (guint i = 0; i < stream->n_starvations; i++) {
    if (stream->starved[i] <= at && (!stream->fed[i] || stream->fed[i] > at))
      return TRUE;
  }
  return FALSE;
}

/**
 * sct_world_count_viewers:
 * @stream: a stream
 * @at: microseconds since the epoch
 *
 * Returns: how many watch it then
 */
gint64
sct_world_count_viewers (const SctWorldStream *stream, gint64 at)
{
  return (g_str_hash (stream->id) + at / SECOND / 7) % 50;
}

/**
 * sct_world_find_live:
 * @self: a world
 * @channel: which one
 * @at: microseconds since the epoch
 *
 * Returns: (transfer none) (nullable): the stream with a picture then
 */
const SctWorldStream *
sct_world_find_live (SctWorld *self, guint channel, gint64 at)
{
  for (guint i = 0; i < self->streams->len; i++) {
    const SctWorldStream *stream = self->streams->pdata[i];
    if (stream->channel == channel && sct_world_is_live (stream, at))
      return stream;
  }
  return NULL;
}

/* What happens. */

static gint64
some_seconds (SctWorld *self, gint32 from, gint32 to)
{
  return g_rand_int_range (self->rand, from, to + 1) * SECOND;
}

static gboolean
chance (SctWorld *self, double of_one)
{
  return g_rand_double (self->rand) < of_one;
}

static void
starve (SctWorld *self, SctWorldStream *stream)
{
  gint64 time = stream->started;
  while (stream->n_starvations < SCT_WORLD_STARVATIONS && chance (self, 0.4)) {
    guint i = stream->n_starvations;
    gint64 begin = time + some_seconds (self, 1, 600);
    gint64 end = begin + some_seconds (self, 1, 300);
    if (stream->ended && end >= stream->ended)
      return;
    stream->starved[i] = begin;
    stream->fed[i] = !stream->ended && chance (self, 0.3) ? 0 : end;
    stream->n_starvations++;
    if (!stream->fed[i])
      return;
    time = end;
  }
}

/* Returns when the channel is free again; 0 if it is not. */
static gint64
make_stream (SctWorld *self, guint channel, gint64 begin, gboolean is_last)
{
  SctWorldStream *stream = g_new0 (SctWorldStream, 1);
  stream->id = g_strdup_printf ("st-%08x%08x", g_rand_int (self->rand), g_rand_int (self->rand));
  stream->channel = channel;
  stream->created = begin;
  g_ptr_array_add (self->streams, stream);
  if (chance (self, 0.06)) {
    stream->refused = TRUE;
    stream->session_ended = begin + some_seconds (self, 1, 5);
    return stream->session_ended;
  }
  stream->started = begin + some_seconds (self, 1, 10);
  if (is_last && chance (self, 0.5)) {
    starve (self, stream);
    return 0;
  }
  stream->ended = stream->started +
                  (chance (self, 0.3) ? some_seconds (self, 1, 60) : some_seconds (self, 60, 9000));
  stream->session_ended = stream->ended + some_seconds (self, -1, 5);
  stream->failed = chance (self, 0.1);
  starve (self, stream);
  return stream->ended;
}

static void
make_channel (SctWorld *self, guint channel, gint64 begin)
{
  gint64 time = begin + some_seconds (self, 0, 600);
  guint count = (guint) g_rand_int_range (self->rand, 1, STREAMS_MAX + 1);
  for (guint i = 0; i < count; i++) {
    gint64 free_at = make_stream (self, channel, time, i == count - 1);
    time =
      free_at + (chance (self, 0.5) ? some_seconds (self, 0, 50) : some_seconds (self, 61, 4000));
  }
}

/* Words that nobody would guess: a path is where the document says it is. */
static char *
make_word (SctWorld *self, const char *ending)
{
  return g_strdup_printf ("w%06x%s", g_rand_int (self->rand) & 0xffffff, ending);
}

static char *
make_path (SctWorld *self, const char *ending)
{
  g_autofree char *folder = make_word (self, "");
  g_autofree char *file = make_word (self, ending);
  return g_strconcat (folder, "/", file, NULL);
}

static SctWorldRecording *
begin_recording (SctWorld *self, guint channel)
{
  SctWorldRecording *recording = g_new0 (SctWorldRecording, 1);
  recording->channel = channel;
  recording->id = make_word (self, "Rec");
  recording->prefix = g_strdup_printf ("ivs/v1/123456789012/World%u/%s", channel, recording->id);
  recording->playlist = make_path (self, ".m3u8");
  recording->thumbnail = make_path (self, ".jpg");
  recording->streams = g_ptr_array_new ();
  recording->start_failed = chance (self, 0.08);
  recording->end_failed = !recording->start_failed && chance (self, 0.08);
  g_ptr_array_add (self->recordings, recording);
  return recording;
}

static void
end_recording (SctWorldRecording *recording)
{
  const SctWorldStream *last = recording->streams->pdata[recording->streams->len - 1];
  recording->ended = last->ended ? last->ended + WINDOW_US + 5 * SECOND : 0;
}

/* Amazon IVS goes on with a recording if the next stream begins within the window, and is like the
 * one before, which is left to chance here. */
static void
record (SctWorld *self, guint channel)
{
  SctWorldRecording *recording = NULL;
  gint64 ended = 0;
  for (guint i = 0; i < self->streams->len; i++) {
    SctWorldStream *stream = self->streams->pdata[i];
    if (stream->channel != channel || !stream->started)
      continue;
    gboolean merges = recording && !recording->start_failed &&
                      stream->started - ended <= WINDOW_US && chance (self, 0.8);
    if (recording && !merges)
      end_recording (recording);
    if (!merges)
      recording = begin_recording (self, channel);
    g_ptr_array_add (recording->streams, stream);
    ended = stream->ended;
  }
  if (recording)
    end_recording (recording);
}

/* What is reported. */

static SctWorldEvent *
add_event (SctWorld *self, const SctWorldStream *stream, guint channel, const char *name, gint64 at)
{
  SctWorldEvent *event = g_new0 (SctWorldEvent, 1);
  event->id = g_strdup_printf ("%08x-%08x", g_rand_int (self->rand), self->events->len);
  event->name = g_strdup (name);
  event->at = at;
  event->channel = channel;
  event->stream = stream;
  g_ptr_array_add (self->events, event);
  self->over = MAX (self->over, at);
  return event;
}

static void
write_event (SctWorldEvent *event, const char *type, const char *detail)
{
  g_autofree char *time = sc_time_to_string (event->at);
  g_autofree char *arn = sct_world_dup_arn (event->channel);
  gboolean is_of_account = event->channel == SCT_WORLD_CHANNELS;
  event->text = g_strdup_printf ("{\"version\":\"0\",\"id\":\"%s\",\"detail-type\":\"IVS %s\","
                                 "\"source\":\"aws.ivs\",\"time\":\"%s\",\"resources\":[%s%s%s],"
                                 "\"detail\":{%s}}",
                                 event->id,
                                 type,
                                 time,
                                 is_of_account ? "" : "\"",
                                 is_of_account ? "" : arn,
                                 is_of_account ? "" : "\"",
                                 detail);
}

static void
report_state (SctWorld *self, const SctWorldStream *stream, const char *name, gint64 at)
{
  static const char *const reports[] = { "Stream Failure",
                                         "Starvation Start",
                                         "Starvation End",
                                         NULL };
  if (at == 0)
    return;
  SctWorldEvent *event = add_event (self, stream, stream->channel, name, at);
  gboolean refused = stream->refused && g_str_equal (name, "Session Ended");
  g_autofree char *detail =
    g_strdup_printf ("\"event_name\":\"%s\",\"stream_id\":\"%s\"%s",
                     name,
                     stream->id,
                     refused ? ",\"code\":\"MultitrackInputNotAllowed\"" : "");
  gboolean is_health = g_str_has_prefix (name, "Starvation");
  event->is_report = refused || g_strv_contains (reports, name);
  write_event (event, is_health ? "Stream Health Change" : "Stream State Change", detail);
}

static void
report_limits (SctWorld *self, const SctWorldStream *stream)
{
  while (stream->started && chance (self, 0.2)) {
    gboolean of_account = chance (self, 0.3);
    guint channel = of_account ? SCT_WORLD_CHANNELS : stream->channel;
    SctWorldEvent *event =
      add_event (self, of_account ? NULL : stream, channel, "Limit", stream->started + SECOND);
    g_autofree char *detail = g_strdup_printf (
      "\"limit_name\":\"%s\",\"limit_value\":1,\"exceeded_by\":2,\"limit_unit\":\"viewers\"%s%s%s",
      of_account ? "Concurrent Viewers" : "Ingest Bitrate",
      of_account ? "" : ",\"stream_id\":\"",
      of_account ? "" : stream->id,
      of_account ? "" : "\"");
    event->is_report = TRUE;
    write_event (event, "Limit Breach", detail);
  }
}

static void
report_stream (SctWorld *self, const SctWorldStream *stream)
{
  report_state (self, stream, "Session Created", stream->created);
  report_state (self, stream, "Stream Start", stream->started);
  report_state (self, stream, stream->failed ? "Stream Failure" : "Stream End", stream->ended);
  report_state (self, stream, "Session Ended", stream->session_ended);
  for (guint i = 0; i < stream->n_starvations; i++) {
    report_state (self, stream, "Starvation Start", stream->starved[i]);
    report_state (self, stream, "Starvation End", stream->fed[i]);
  }
  report_limits (self, stream);
}

static void
report_recording_at (SctWorld *self,
                     SctWorldRecording *recording,
                     const char *status,
                     guint n_streams,
                     gint64 at)
{
  const SctWorldStream *stream = recording->streams->pdata[n_streams - 1];
  gboolean start_failed = g_str_equal (status, "Recording Start Failure");
  SctWorldEvent *event = add_event (self, stream, recording->channel, status, at);
  g_autoptr (GString) ids = g_string_new (NULL);
  for (guint i = 0; i < n_streams; i++)
    g_string_append_printf (ids,
                            "%s\"%s\"",
                            i ? "," : "",
                            ((SctWorldStream *) recording->streams->pdata[i])->id);
  g_autofree char *detail = g_strdup_printf (
    "\"stream_id\":\"%s\",\"recording_status\":\"%s\",\"recording_status_reason\":\"\","
    "\"recording_s3_bucket_name\":\"" SCT_WORLD_BUCKET "\",\"recording_s3_key_prefix\":\"%s\","
    "\"recording_duration_ms\":0,\"recording_session_id\":\"%s\"%s%s%s",
    stream->id,
    status,
    start_failed ? "" : recording->prefix,
    recording->id,
    n_streams > 1 ? ",\"recording_session_stream_ids\":[" : "",
    n_streams > 1 ? ids->str : "",
    n_streams > 1 ? "]" : "");
  event->recording = recording;
  event->is_report = g_str_has_suffix (status, "Failure");
  write_event (event, "Recording State Change", detail);
}

static void
report_recording (SctWorld *self, SctWorldRecording *recording)
{
  const SctWorldStream *first = recording->streams->pdata[0];
  if (recording->start_failed) {
    report_recording_at (self, recording, "Recording Start Failure", 1, first->started + SECOND);
    return;
  }
  for (guint i = 0; i < recording->streams->len; i++) {
    const SctWorldStream *stream = recording->streams->pdata[i];
    if (i == 0 || chance (self, 0.5))
      report_recording_at (self, recording, "Recording Start", i + 1, stream->started + SECOND);
  }
  if (recording->ended)
    report_recording_at (self,
                         recording,
                         recording->end_failed ? "Recording End Failure" : "Recording End",
                         recording->streams->len,
                         recording->ended);
}

/**
 * sct_world_make:
 * @self: a world; what was in it is forgotten
 * @seed: what follows from it is the same each time
 * @begin: when it begins, microseconds since the epoch
 *
 * Lets things happen.
 */
void
sct_world_make (SctWorld *self, guint32 seed, gint64 begin)
{
  g_rand_set_seed (self->rand, seed);
  g_ptr_array_set_size (self->events, 0);
  g_ptr_array_set_size (self->recordings, 0);
  g_ptr_array_set_size (self->streams, 0);
  g_ptr_array_set_size (self->told, 0);
  self->over = begin;
  self->page_size = 1 + seed % SCT_WORLD_CHANNELS; /* no more than one stream each is live */
  for (guint i = 0; i < SCT_WORLD_CHANNELS; i++) {
    make_channel (self, i, begin);
    record (self, i);
  }
  for (guint i = 0; i < self->streams->len; i++)
    report_stream (self, self->streams->pdata[i]);
  for (guint i = 0; i < self->recordings->len; i++)
    report_recording (self, self->recordings->pdata[i]);
}

/**
 * sct_world_new:
 *
 * Returns: (transfer full): a world in which nothing happened, and an AWS that listens
 */
SctWorld *
sct_world_new (void)
{
  SctWorld *self = g_new0 (SctWorld, 1);
  self->rand = g_rand_new_with_seed (0);
  self->streams = g_ptr_array_new_with_free_func (free_stream);
  self->recordings = g_ptr_array_new_with_free_func (free_recording);
  self->events = g_ptr_array_new_with_free_func (free_event);
  self->told = g_ptr_array_new_with_free_func (free_told);
  sct_world_aws_start (self);
  return self;
}

/**
 * sct_world_free:
 * @self: (nullable): a world
 */
void
sct_world_free (SctWorld *self)
{
  if (!self)
    return;
  sct_world_aws_stop (self);
  g_ptr_array_unref (self->told);
  g_ptr_array_unref (self->events);
  g_ptr_array_unref (self->recordings);
  g_ptr_array_unref (self->streams);
  g_rand_free (self->rand);
  g_free (self);
}
