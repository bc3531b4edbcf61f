/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Recordings: what was reported about them, and what their own documents say. */

#include "config.h"

#include "sc-recording-store.h"

#include "sc-stream-report-store.h"
#include "sc-stream-store.h"
#include "sc-time.h"

/**
 * sc_recording_place_free:
 * @self: (nullable): where a recording is
 */
void
sc_recording_place_free (ScRecordingPlace *self)
{
  if (!self)
    return;
  g_free (self->id);
  g_free (self->bucket);
  g_free (self->prefix);
  g_free (self);
}

/**
 * sc_recording_media_clear:
 * @self: what there is to watch
 *
 * Frees what it holds.
 */
void
sc_recording_media_clear (ScRecordingMedia *self)
{
  g_clear_pointer (&self->playlist, g_free);
  g_clear_pointer (&self->thumbnail, g_free);
  g_clear_pointer (&self->thumbnails, g_free);
}

/**
 * sc_recording_row_free:
 * @self: (nullable): a row
 */
void
sc_recording_row_free (ScRecordingRow *self)
{
  if (!self)
    return;
  g_free (self->id);
  g_free (self->channel);
  g_free (self->title);
  g_free (self->category);
  g_free (self->prefix);
  g_free (self->avatar);
  g_free (self->streams);
  sc_recording_media_clear (&self->media);
  g_free (self);
}

static gint64
insert_event (ScStoreConnection *connection,
              const ScRecordingEvent *event,
              gint64 now,
              GError **error)
{
  return sc_store_execute (connection,
                           "INSERT INTO stream_events (id, stream_id, name, happened_at,"
                           " received_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
                           SC_PARAMS (sc_text (event->id),
                                      sc_text (event->stream_id),
                                      sc_text (event->name),
                                      sc_time (event->happened_at),
                                      sc_time (now)),
                           error);
}

/* A channel that is not ours has no row to insert from. Title and category are those of the moment.
 * Nothing is written down of a recording that its streamer has deleted. */
static gint64
set_facts (ScStoreConnection *connection,
           const ScRecordingEvent *event,
           gint64 read_at,
           GError **error)
{
  return sc_store_execute (
    connection,
    "INSERT INTO recordings AS r (id, user_id, title, category, bucket, prefix, ended_at, failure,"
    " next_at) SELECT $1, user_id, title, category, $3, $4, $5::timestamptz, $6::text,"
    " CASE WHEN $6::text IS NULL THEN $7::timestamptz END FROM channels WHERE arn = $2"
    " ON CONFLICT (id) DO UPDATE SET"
    " bucket = COALESCE(NULLIF(r.bucket, ''), excluded.bucket),"
    " prefix = COALESCE(NULLIF(r.prefix, ''), excluded.prefix),"
    " ended_at = LEAST(r.ended_at, excluded.ended_at),"
    " failure = LEAST(r.failure, excluded.failure),"
    " next_at = CASE WHEN r.failure IS NOT NULL OR excluded.failure IS NOT NULL THEN NULL"
    " WHEN r.ended_at IS NULL THEN excluded.next_at ELSE r.next_at END"
    " WHERE r.user_id = excluded.user_id AND r.deleted_at IS NULL",
    SC_PARAMS (sc_text (event->recording_id),
               sc_text (event->channel_arn),
               sc_text (event->bucket),
               sc_text (event->prefix),
               sc_time (event->ended ? event->happened_at : 0),
               sc_text (event->failure),
               sc_time (event->ended ? read_at : 0)),
    error);
}

/* The stream of the event is one of them, whether or not the event lists them. */
static gboolean
set_streams (ScStoreConnection *connection, const ScRecordingEvent *event, GError **error)
{
  return sc_store_execute (connection,
                           "INSERT INTO recording_streams (recording_id, stream_id)"
                           " SELECT $1, $2 UNION SELECT $1, jsonb_array_elements_text($3::jsonb)"
                           " ON CONFLICT DO NOTHING",
                           SC_PARAMS (sc_text (event->recording_id),
                                      sc_text (event->stream_id),
                                      sc_text (event->stream_ids ?: "[]")),
                           error) >= 0;
}

static gboolean
keep_failure (ScStoreConnection *connection, const ScRecordingEvent *event, GError **error)
{
  const ScNewStreamReport report = { .id = event->id,
                                     .channel_arn = event->channel_arn,
                                     .stream_id = event->stream_id,
                                     .kind = "recording_failure",
                                     .at = event->happened_at,
                                     .reason = event->failure };
  return !event->failure || sc_stream_report_store_insert (connection, &report, error);
}

/**
 * sc_recording_store_apply:
 * @connection: a connection outside a transaction
 * @event: a report
 * @now: microseconds since the epoch
 * @read_at: when the document shall be read of a recording whose end this is
 * @ret_new: (out): %FALSE if it was delivered before and had its effect, or is of a channel that is
 *   not ours; untouched on failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Writes a report down with its effect, both or none.
 *
 * Returns: %TRUE if it is written down
 */
gboolean
sc_recording_store_apply (ScStoreConnection *connection,
                          const ScRecordingEvent *event,
                          gint64 now,
                          gint64 read_at,
                          gboolean *ret_new,
                          GError **error)
{
  if (!sc_store_begin (connection, error))
    return FALSE;
  gint64 added = insert_event (connection, event, now, error);
  gint64 changed = added > 0 ? set_facts (connection, event, read_at, error) : added;
  if (changed < 0 ||
      (changed > 0 &&
       (!set_streams (connection, event, error) || !keep_failure (connection, event, error))) ||
      !sc_store_commit (connection, error))
    return FALSE;
  *ret_new = changed > 0;
  return TRUE;
}

/**
 * sc_recording_store_expect_ends:
 * @connection: a connection
 * @quiet_since: a time, microseconds since the epoch
 * @now: microseconds since the epoch
 * @error: an error of %SC_STORE_ERROR
 *
 * Recordings whose end was not reported are over where their channel has had no stream for so long:
 * their documents shall be read now.
 *
 * Returns: %TRUE if that is written down
 */
gboolean
sc_recording_store_expect_ends (ScStoreConnection *connection,
                                gint64 quiet_since,
                                gint64 now,
                                GError **error)
{
  return sc_store_execute (
           connection,
           "UPDATE recordings r SET next_at = $2 WHERE r.ended_at IS NULL AND r.failure IS NULL"
           " AND r.playlist IS NULL AND r.deleted_at IS NULL AND r.next_at IS NULL AND r.prefix <> "
           "''"
           " AND NOT EXISTS ("
           "SELECT FROM streams o JOIN " SC_STREAM_STATE_OF_O " ON s.ended_at > $1"
           " OR (s.ended_at IS NULL AND s.started_at IS NOT NULL)"
           " WHERE o.user_id = r.user_id AND (o.over_at IS NULL OR o.over_at > $1))",
           SC_PARAMS (sc_time (quiet_since), sc_time (now)),
           error) >= 0;
}

static ScRecordingPlace *
read_place (ScStoreResult *result, guint row)
{
  ScRecordingPlace *place = g_new0 (ScRecordingPlace, 1);
  place->id = g_strdup (sc_store_result_get_text (result, row, 0));
  place->bucket = g_strdup (sc_store_result_get_text (result, row, 1));
  place->prefix = g_strdup (sc_store_result_get_text (result, row, 2));
  place->attempts = sc_store_result_get_int (result, row, 3);
  return place;
}

/**
 * sc_recording_store_list_due:
 * @connection: a connection
 * @now: microseconds since the epoch
 * @max: how many at most
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type ScRecordingPlace): recordings whose document
 *   shall be read now, who waits longest first
 */
GPtrArray *
sc_recording_store_list_due (ScStoreConnection *connection, gint64 now, guint max, GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT id, bucket, prefix, attempts FROM recordings WHERE next_at <= $1"
                    " ORDER BY next_at, id LIMIT $2",
                    SC_PARAMS (sc_time (now), sc_int (max)),
                    error);
  return sc_store_result_read_all (result,
                                   (ScStoreReadFunc) read_place,
                                   (GDestroyNotify) sc_recording_place_free);
}

/**
 * sc_recording_store_set_media:
 * @connection: a connection
 * @id: a recording
 * @media: what its document says
 * @error: an error of %SC_STORE_ERROR
 *
 * From now on the recording can be watched, and nothing is read any more.
 *
 * Returns: %TRUE if it is written down
 */
gboolean
sc_recording_store_set_media (ScStoreConnection *connection,
                              const char *id,
                              const ScRecordingMedia *media,
                              GError **error)
{
  return sc_store_execute (connection,
                           "UPDATE recordings SET started_at = $2, duration_ms = $3, playlist = $4,"
                           " thumbnail = $5, width = $6, height = $7, thumbnails = $8,"
                           " next_at = NULL"
                           " WHERE id = $1 AND deleted_at IS NULL",
                           SC_PARAMS (sc_text (id),
                                      sc_time (media->started_at),
                                      sc_int (media->duration_ms),
                                      sc_text (media->playlist),
                                      sc_text (media->thumbnail),
                                      sc_int (media->width),
                                      sc_int (media->height),
                                      sc_text (media->thumbnails)),
                           error) >= 0;
}

/**
 * sc_recording_store_set_unread:
 * @connection: a connection
 * @id: a recording whose document could not be read
 * @next_at: when to try again, microseconds since the epoch; 0 for not again
 * @failure: (nullable): why not again
 * @error: an error of %SC_STORE_ERROR
 *
 * Who read it in the meantime was right: nothing changes then.
 *
 * Returns: %TRUE if it is written down
 */
gboolean
sc_recording_store_set_unread (ScStoreConnection *connection,
                               const char *id,
                               gint64 next_at,
                               const char *failure,
                               GError **error)
{
  return sc_store_execute (connection,
                           "UPDATE recordings SET attempts = attempts + 1, next_at = $2,"
                           " failure = COALESCE(failure, $3)"
                           " WHERE id = $1 AND next_at IS NOT NULL",
                           SC_PARAMS (sc_text (id), sc_time (next_at), sc_text (failure)),
                           error) >= 0;
}

#define COLUMNS                                                                                    \
  "SELECT r.id, c.name, r.title, r.prefix, r.started_at, r.duration_ms, r.playlist, r.thumbnail,"  \
  " r.width, r.height, r.category, r.is_hidden, r.views, c.avatar, r.thumbnails,"                  \
  " (SELECT string_agg(x.stream_id, ' ' ORDER BY s.begins_at, s.id) FROM recording_streams x"      \
  "  JOIN streams s ON s.id = x.stream_id WHERE x.recording_id = r.id) FROM recordings r"          \
  " JOIN channels c ON c.user_id = r.user_id WHERE " SC_RECORDING_IS_THERE

#define SHOWN COLUMNS " AND NOT r.is_hidden AND " SC_RECORDING_STREAMER_STAYS

/* The newest first, from a place on that an index finds. */
#define PAGE                                                                                       \
  " AND r.started_at <= $2 AND (r.started_at < $2 OR r.id > $3)"                                   \
  " ORDER BY r.started_at DESC, r.id LIMIT $1"
#define PAGE_PARAMS(wanted)                                                                        \
  sc_int ((wanted)->limit), sc_time ((wanted)->before_at ?: SC_TIME_MAX_US),                       \
    sc_text ((wanted)->before_id ?: "")

typedef enum {
  COLUMN_ID,
  COLUMN_CHANNEL,
  COLUMN_TITLE,
  COLUMN_PREFIX,
  COLUMN_STARTED_AT,
  COLUMN_DURATION_MS,
  COLUMN_PLAYLIST,
  COLUMN_THUMBNAIL,
  COLUMN_WIDTH,
  COLUMN_HEIGHT,
  COLUMN_CATEGORY,
  COLUMN_IS_HIDDEN,
  COLUMN_VIEWS,
  COLUMN_AVATAR,
  COLUMN_THUMBNAILS,
  COLUMN_STREAMS,
} ShownColumn;

static ScRecordingRow *
read_row (ScStoreResult *result, guint i)
{
  ScRecordingRow *row = g_new0 (ScRecordingRow, 1);
  row->id = g_strdup (sc_store_result_get_text (result, i, COLUMN_ID));
  row->channel = g_strdup (sc_store_result_get_text (result, i, COLUMN_CHANNEL));
  row->title = g_strdup (sc_store_result_get_text (result, i, COLUMN_TITLE));
  row->category = g_strdup (sc_store_result_get_text (result, i, COLUMN_CATEGORY));
  row->prefix = g_strdup (sc_store_result_get_text (result, i, COLUMN_PREFIX));
  row->is_hidden = sc_store_result_get_bool (result, i, COLUMN_IS_HIDDEN);
  row->views = sc_store_result_get_int (result, i, COLUMN_VIEWS);
  row->avatar = g_strdup (sc_store_result_get_text (result, i, COLUMN_AVATAR));
  row->streams = g_strdup (sc_store_result_get_text (result, i, COLUMN_STREAMS));
  row->media.started_at = sc_store_result_get_time (result, i, COLUMN_STARTED_AT);
  row->media.duration_ms = sc_store_result_get_int (result, i, COLUMN_DURATION_MS);
  row->media.playlist = g_strdup (sc_store_result_get_text (result, i, COLUMN_PLAYLIST));
  row->media.thumbnail = g_strdup (sc_store_result_get_text (result, i, COLUMN_THUMBNAIL));
  row->media.thumbnails = g_strdup (sc_store_result_get_text (result, i, COLUMN_THUMBNAILS));
  row->media.width = sc_store_result_get_int (result, i, COLUMN_WIDTH);
  row->media.height = sc_store_result_get_int (result, i, COLUMN_HEIGHT);
  return row;
}

static GPtrArray *
read_rows (ScStoreResult *result)
{
  return sc_store_result_read_all (result,
                                   (ScStoreReadFunc) read_row,
                                   (GDestroyNotify) sc_recording_row_free);
}

/**
 * sc_recording_store_list:
 * @connection: a connection
 * @wanted: which page
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type ScRecordingRow): what can be watched, the
 *   newest first
 */
GPtrArray *
sc_recording_store_list (ScStoreConnection *connection,
                         const ScRecordingsWanted *wanted,
                         GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection, SHOWN PAGE, SC_PARAMS (PAGE_PARAMS (wanted)), error);
  return read_rows (result);
}

/**
 * sc_recording_store_list_of:
 * @connection: a connection
 * @channel: a channel's name, in any case
 * @wanted: which page
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type ScRecordingRow): what can be watched of the
 *   channel, the newest first
 */
GPtrArray *
sc_recording_store_list_of (ScStoreConnection *connection,
                            const char *channel,
                            const ScRecordingsWanted *wanted,
                            GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    SHOWN " AND r.user_id = (SELECT n.user_id FROM channels n"
                          " WHERE lower(n.name) = lower($4))" PAGE,
                    SC_PARAMS (PAGE_PARAMS (wanted), sc_text (channel)),
                    error);
  return read_rows (result);
}

/**
 * sc_recording_store_list_own:
 * @connection: a connection
 * @user_id: who asks
 * @wanted: which page
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type ScRecordingRow): what can be watched of
 *   somebody's own, hidden or not, the newest first
 */
GPtrArray *
sc_recording_store_list_own (ScStoreConnection *connection,
                             gint64 user_id,
                             const ScRecordingsWanted *wanted,
                             GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    COLUMNS " AND r.user_id = $4" PAGE,
                    SC_PARAMS (PAGE_PARAMS (wanted), sc_int (user_id)),
                    error);
  return read_rows (result);
}

static gboolean
find_one (ScStoreConnection *connection,
          const char *sql,
          gint64 user_id,
          const char *id,
          ScRecordingRow **ret_row,
          GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection, sql, SC_PARAMS (sc_int (user_id), sc_text (id)), error);
  if (!result)
    return FALSE;
  *ret_row = sc_store_result_count (result) == 1 ? read_row (result, 0) : NULL;
  return TRUE;
}

/**
 * sc_recording_store_find:
 * @connection: a connection
 * @asker_id: who asks, or 0
 * @id: a recording
 * @ret_row: (out) (transfer full) (nullable): the recording, or %NULL if there is none that they
 *   may watch; untouched on failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_recording_store_find (ScStoreConnection *connection,
                         gint64 asker_id,
                         const char *id,
                         ScRecordingRow **ret_row,
                         GError **error)
{
  return find_one (connection,
                   COLUMNS " AND (NOT r.is_hidden OR r.user_id = $1) AND r.id = $2"
                           " AND " SC_RECORDING_STREAMER_STAYS,
                   asker_id,
                   id,
                   ret_row,
                   error);
}

/**
 * sc_recording_store_find_own:
 * @connection: a connection
 * @user_id: who asks
 * @id: a recording
 * @ret_row: (out) (transfer full) (nullable): the recording, or %NULL if it is not theirs or not
 *   there; untouched on failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_recording_store_find_own (ScStoreConnection *connection,
                             gint64 user_id,
                             const char *id,
                             ScRecordingRow **ret_row,
                             GError **error)
{
  return find_one (connection,
                   COLUMNS " AND r.user_id = $1 AND r.id = $2",
                   user_id,
                   id,
                   ret_row,
                   error);
}
