/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-oracle.h"

#include "sc-json.h"

/* After that long without a stream a recording is over, whatever was reported: twice the longest
 * reconnect window, with room for what the clocks differ. */
#define OVER_US (11 * G_TIME_SPAN_MINUTE)

struct _SctOracle {
  SctService *service;
  SctWorld *world;
  guint32 seed;
  GHashTable *delivered; /* of SctWorldEvent */
  GArray *asked_at;
  guint n_deliveries;
  guint n_questions;
};

/**
 * sct_oracle_new:
 * @service: whose database is judged
 * @world: what happens
 *
 * Returns: (transfer full): an oracle
 */
SctOracle *
sct_oracle_new (SctService *service, SctWorld *world)
{
  SctOracle *self = g_new0 (SctOracle, 1);
  self->service = service;
  self->world = world;
  self->delivered = g_hash_table_new (NULL, NULL);
  self->asked_at = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

/**
 * sct_oracle_free:
 * @self: (nullable): an oracle
 */
void
sct_oracle_free (SctOracle *self)
{
  if (!self)
    return;
  g_hash_table_unref (self->delivered);
  g_array_unref (self->asked_at);
  g_free (self);
}

/**
 * sct_oracle_begin:
 * @self: an oracle
 * @seed: of a new world
 */
void
sct_oracle_begin (SctOracle *self, guint32 seed)
{
  self->seed = seed;
  g_hash_table_remove_all (self->delivered);
  g_array_set_size (self->asked_at, 0);
}

/**
 * sct_oracle_note_event:
 * @self: an oracle
 * @event: what was delivered
 */
void
sct_oracle_note_event (SctOracle *self, SctWorldEvent *event)
{
  g_hash_table_add (self->delivered, event);
  self->n_deliveries++;
}

/**
 * sct_oracle_note_question:
 * @self: an oracle
 *
 * Notes that AWS was asked what is live now.
 */
void
sct_oracle_note_question (SctOracle *self)
{
  g_array_append_val (self->asked_at, self->world->now);
  self->n_questions++;
}

/**
 * sct_oracle_has_event:
 * @self: an oracle
 * @event: an event
 *
 * Returns: %TRUE if it was delivered
 */
gboolean
sct_oracle_has_event (SctOracle *self, SctWorldEvent *event)
{
  return g_hash_table_contains (self->delivered, event);
}

/**
 * sct_oracle_count_deliveries:
 * @self: an oracle
 *
 * Returns: how many there were in all worlds
 */
guint
sct_oracle_count_deliveries (SctOracle *self)
{
  return self->n_deliveries;
}

/**
 * sct_oracle_count_questions:
 * @self: an oracle
 *
 * Returns: how often AWS was asked in all worlds
 */
guint
sct_oracle_count_questions (SctOracle *self)
{
  return self->n_questions;
}

static void
expect (SctOracle *self, gboolean is_right, const char *what, const char *of)
{
  if (is_right)
    return;
  g_printerr ("# Wrong: %s of %s. Again: STREAMCAT_SEED=%u\n", what, of, self->seed);
  g_assert_true (is_right);
}

static ScStoreResult *
query (SctOracle *self, const char *sql, const char *param)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->service->store, &error);
  g_assert_no_error (error);
  ScStoreResult *result = sc_store_query (connection, sql, SC_PARAMS (sc_text (param)), &error);
  g_assert_no_error (error);
  return result;
}

/* What is known. */

static gboolean
was_told (SctOracle *self, const SctWorldStream *stream, const char *name)
{
  GHashTableIter iter;
  gpointer key;
  g_hash_table_iter_init (&iter, self->delivered);
  while (g_hash_table_iter_next (&iter, &key, NULL)) {
    const SctWorldEvent *event = key;
    if (event->stream == stream && !event->recording && g_str_equal (event->name, name))
      return TRUE;
  }
  return FALSE;
}

/* How many samples there are, one at most in each 5 s of the clock, in which Amazon IVS counts
 * once. The moments of asking are in order. */
static guint
count_seen (SctOracle *self, const SctWorldStream *stream, gint64 *ret_peak)
{
  guint count = 0;
  gint64 last_slot = -1;
  *ret_peak = 0;
  for (guint i = 0; i < self->asked_at->len; i++) {
    gint64 at = g_array_index (self->asked_at, gint64, i);
    gint64 slot = at / (5 * G_TIME_SPAN_SECOND);
    if (!sct_world_is_live (stream, at))
      continue;
    count += slot != last_slot;
    last_slot = slot;
    *ret_peak = MAX (*ret_peak, sct_world_count_viewers (stream, at));
  }
  return count;
}

/* The moment at which a stream whose end is not known can have been taken for over. */
static gboolean
may_have_ended_at (SctOracle *self, const SctWorldStream *stream, gint64 at)
{
  if (at == stream->ended)
    return TRUE;
  for (guint i = 0; i < self->world->streams->len; i++) {
    const SctWorldStream *next = self->world->streams->pdata[i];
    if (next->channel == stream->channel && next->created > stream->created &&
        (at == next->created || at == next->started || at == next->ended))
      return TRUE;
  }
  return FALSE;
}

/* Streams. */

static void
check_stream (SctOracle *self, const SctWorldStream *stream)
{
  gint64 peak = 0;
  guint seen = count_seen (self, stream, &peak);
  gboolean created = was_told (self, stream, "Session Created");
  gboolean started = was_told (self, stream, "Stream Start");
  gboolean ended = was_told (self, stream, stream->failed ? "Stream Failure" : "Stream End");
  gboolean over = was_told (self, stream, "Session Ended");
  gboolean known = created || started || ended || over || seen;
  g_autoptr (ScStoreResult) row =
    query (self,
           "SELECT s.created_at, s.started_at, s.ended_at, s.session_ended_at, t.ended_at,"
           " s.peak_viewers, (SELECT count(*) FROM viewer_samples v WHERE v.stream_id = s.id)"
           " FROM streams s JOIN stream_states t USING (id) WHERE s.id = $1",
           stream->id);
  expect (self, sc_store_result_count (row) == (known ? 1 : 0), "whether it is known", stream->id);
  if (!known)
    return;
  gint64 shown_end = sc_store_result_get_time (row, 0, 4);
  const struct {
    const char *what;
    gint64 is, shall;
  } facts[] = {
    { "creation", sc_store_result_get_time (row, 0, 0), created ? stream->created : 0 },
    { "start", sc_store_result_get_time (row, 0, 1), started || seen ? stream->started : 0 },
    { "end", sc_store_result_get_time (row, 0, 2), ended ? stream->ended : 0 },
    { "session's end", sc_store_result_get_time (row, 0, 3), over ? stream->session_ended : 0 },
    { "viewers", sc_store_result_get_int (row, 0, 5), peak },
    { "samples", sc_store_result_get_int (row, 0, 6), seen },
  };
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    expect (self, facts[i].is == facts[i].shall, facts[i].what, stream->id);
  if (sct_world_is_live (stream, self->world->now))
    expect (self, shown_end == 0, "that it is on", stream->id);
  else if (ended || over)
    expect (self,
            shown_end == (ended ? stream->ended : stream->session_ended),
            "the end that was told",
            stream->id);
  else if (started || seen)
    expect (self,
            may_have_ended_at (self, stream, shown_end),
            "the end that was found",
            stream->id);
}

/* Channels, as anybody sees them. */

static void
check_channel (SctOracle *self, guint channel, gboolean only_if_live)
{
  const SctWorldStream *live = sct_world_find_live (self->world, channel, self->world->now);
  g_autofree char *name = g_strdup_printf ("world%u", channel);
  g_autofree char *target = g_strconcat ("/v1/channels/", name, NULL);
  if (only_if_live && !live)
    return;
  g_autoptr (ScResponse) response = sct_service_call (self->service, "GET", target, NULL, NULL);
  g_autoptr (JsonObject) body = sct_response_object (response);
  JsonObject *shown = json_object_get_object_member (body, "channel");
  expect (self,
          json_object_get_boolean_member (shown, "live") == (live != NULL),
          "whether it is live",
          name);
  if (!live)
    return;
  JsonObject *stream = json_object_get_object_member (shown, "stream");
  gboolean starving = sct_world_is_starving (live, self->world->now);
  expect (self,
          g_str_equal (json_object_get_string_member (stream, "id"), live->id),
          "the stream",
          name);
  expect (self,
          g_str_equal (json_object_get_string_member (stream, "health"),
                       starving ? "starving" : "healthy"),
          "the health",
          name);
}

static void
check_list (SctOracle *self)
{
  guint count = 0;
  for (guint i = 0; i < SCT_WORLD_OURS; i++)
    count += sct_world_find_live (self->world, i, self->world->now) != NULL;
  g_autoptr (ScResponse) response =
    sct_service_call (self->service, "GET", "/v1/channels?live=1", NULL, NULL);
  g_autoptr (JsonObject) body = sct_response_object (response);
  JsonArray *channels = json_object_get_array_member (body, "channels");
  expect (self, json_array_get_length (channels) == count, "the number", "live channels");
}

/* A room hears of each change once: no two in a row say the same, and the last one is true. */
static void
check_told (SctOracle *self, guint channel)
{
  const char *now = NULL;
  g_autofree char *name = g_strdup_printf ("room %u", channel);
  for (guint i = 0; i < self->world->told->len; i++) {
    const SctWorldTold *told = self->world->told->pdata[i];
    if (told->channel != channel)
      continue;
    gboolean same = g_strcmp0 (now, told->stream_id) == 0;
    gboolean begins = g_str_equal (told->state, "live");
    expect (self, begins ? !same : same && now, "what was told", name);
    if (begins)
      now = told->stream_id;
    else if (g_str_equal (told->state, "offline"))
      now = NULL;
  }
  const SctWorldStream *live = sct_world_find_live (self->world, channel, self->world->now);
  expect (self, g_strcmp0 (now, live ? live->id : NULL) == 0, "the last word", name);
}

/* Recordings. */

typedef struct {
  gboolean known;
  gboolean ended;
  gboolean failed;
  GHashTable *streams; /* ids */
} Heard;

static void
hear (Heard *heard, const SctWorldEvent *event)
{
  static const char *const failures[] = { "Recording Start Failure",
                                          "Recording End Failure",
                                          NULL };
  heard->known = TRUE;
  heard->ended |= g_str_equal (event->name, "Recording End");
  heard->failed |= g_strv_contains (failures, event->name);
  for (guint i = 0; i < event->recording->streams->len; i++) {
    const SctWorldStream *stream = event->recording->streams->pdata[i];
    g_hash_table_add (heard->streams, stream->id);
    if (stream == event->stream)
      return;
  }
}

static gint64
find_last_end (SctOracle *self, guint channel)
{
  gint64 last = 0;
  for (guint i = 0; i < self->world->streams->len; i++) {
    const SctWorldStream *stream = self->world->streams->pdata[i];
    if (stream->channel == channel)
      last = MAX (last, MAX (stream->ended, stream->session_ended));
  }
  return last;
}

/* Whether there must be something to watch: it was told to be over, or the channel has been quiet
 * for so long that it is. */
static gboolean
must_be_shown (SctOracle *self, const SctWorldRecording *recording, const Heard *heard)
{
  gboolean is_good = !recording->start_failed && !recording->end_failed;
  gboolean is_quiet = !sct_world_find_live (self->world, recording->channel, self->world->now) &&
                      find_last_end (self, recording->channel) + OVER_US < self->world->now;
  return is_good && heard->known && (heard->ended || is_quiet);
}

static void
check_media (SctOracle *self, const SctWorldRecording *recording, ScStoreResult *row)
{
  const char *const facts[][2] = {
    { sc_store_result_get_text (row, 0, 0), recording->prefix },
    { sc_store_result_get_text (row, 0, 1), recording->playlist },
    { sc_store_result_get_text (row, 0, 2), recording->thumbnail },
  };
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    expect (self, g_str_equal (facts[i][0], facts[i][1]), "a path", recording->id);
}

static void
check_recording (SctOracle *self, SctWorldRecording *recording)
{
  GHashTableIter iter;
  gpointer key;
  g_autoptr (GHashTable) streams = g_hash_table_new (g_str_hash, g_str_equal);
  Heard heard = { .streams = streams };
  g_hash_table_iter_init (&iter, self->delivered);
  while (g_hash_table_iter_next (&iter, &key, NULL)) {
    if (((SctWorldEvent *) key)->recording == recording)
      hear (&heard, key);
  }
  g_autoptr (ScStoreResult) row =
    query (self,
           "SELECT prefix, playlist, thumbnail, failure FROM recordings WHERE id = $1",
           recording->id);
  g_autoptr (ScStoreResult) parts =
    query (self, "SELECT stream_id FROM recording_streams WHERE recording_id = $1", recording->id);
  guint rows = heard.known ? 1 : 0;
  expect (self, sc_store_result_count (row) == rows, "whether it is known", recording->id);
  expect (self,
          sc_store_result_count (parts) == g_hash_table_size (streams),
          "the number of streams",
          recording->id);
  for (guint i = 0; i < sc_store_result_count (parts); i++)
    expect (self,
            g_hash_table_contains (streams, sc_store_result_get_text (parts, i, 0)),
            "a stream",
            recording->id);
  if (!heard.known)
    return;
  gboolean is_shown = !sc_store_result_is_null (row, 0, 1);
  gboolean has_failed = !sc_store_result_is_null (row, 0, 3);
  expect (self, has_failed == heard.failed, "the failure", recording->id);
  if (must_be_shown (self, recording, &heard))
    expect (self, is_shown, "that it is there", recording->id);
  if (is_shown)
    check_media (self, recording, row);
}

/* What whoever streams shall find. */
static void
check_reports (SctOracle *self)
{
  GHashTableIter iter;
  gpointer key;
  guint count = 0;
  g_autoptr (ScStoreResult) rows =
    query (self, "SELECT id FROM stream_reports WHERE $1::text IS NULL", NULL);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < sc_store_result_count (rows); i++)
    g_hash_table_add (ids, (gpointer) sc_store_result_get_text (rows, i, 0));
  g_hash_table_iter_init (&iter, self->delivered);
  while (g_hash_table_iter_next (&iter, &key, NULL)) {
    const SctWorldEvent *event = key;
    gboolean is_ours = event->channel < SCT_WORLD_OURS || event->channel == SCT_WORLD_CHANNELS;
    if (!event->is_report || !is_ours)
      continue;
    count++;
    expect (self, g_hash_table_contains (ids, event->id), event->name, event->id);
  }
  expect (self, g_hash_table_size (ids) == count, "the number", "reports");
}

/**
 * sct_oracle_check:
 * @self: an oracle
 *
 * Compares all of the database with what it has to be, just after AWS was asked.
 */
void
sct_oracle_check (SctOracle *self)
{
  GPtrArray *streams = self->world->streams, *recordings = self->world->recordings;
  for (guint i = 0; i < SCT_WORLD_OURS; i++) {
    check_channel (self, i, FALSE);
    check_told (self, i);
  }
  check_list (self);
  for (guint i = 0; i < streams->len; i++) {
    if (((SctWorldStream *) streams->pdata[i])->channel < SCT_WORLD_OURS)
      check_stream (self, streams->pdata[i]);
  }
  for (guint i = 0; i < recordings->len; i++) {
    if (((SctWorldRecording *) recordings->pdata[i])->channel < SCT_WORLD_OURS)
      check_recording (self, recordings->pdata[i]);
  }
  check_reports (self);
}

/**
 * sct_oracle_check_live_ones:
 * @self: an oracle
 *
 * Nothing that comes late makes a stream end that is on, or change its health.
 */
void
sct_oracle_check_live_ones (SctOracle *self)
{
  for (guint i = 0; i < SCT_WORLD_OURS; i++)
    check_channel (self, i, TRUE);
}
