/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Streams: what was reported about them, what we saw ourselves. The reports set columns that only
 * ever get earlier, or later where they are about health, so their order and number do not matter.
 */

#include "config.h"

#include "sc-stream-store.h"

/* Longer than EventBridge and Lambda deliver again: 24 hours and 6 ("Amazon EventBridge User Guide,
 * Retry policy"; "AWS Lambda Developer Guide, Asynchronous invocation"). */
#define EVENTS_KEPT_US (7 * G_TIME_SPAN_DAY)

/**
 * sc_live_stream_free:
 * @self: (nullable): a stream
 */
void
sc_live_stream_free (ScLiveStream *self)
{
  if (!self)
    return;
  g_free (self->channel_arn);
  g_free (self->stream_id);
  g_free (self);
}

/**
 * sc_stream_view_clear:
 * @self: what viewers see
 *
 * Frees what it holds.
 */
void
sc_stream_view_clear (ScStreamView *self)
{
  g_clear_pointer (&self->live_id, g_free);
}

/**
 * sc_stream_store_lock_channel:
 * @connection: a connection inside a transaction
 * @channel_arn: a channel
 * @ret_user_id: (out): its owner's number, 0 if it is not ours; untouched on failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Makes whoever changes the channel's streams wait until the transaction is over. It is the lock
 * that a stream's begin and end take anyway for the lines of chat, and has to come before that of
 * the stream.
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_stream_store_lock_channel (ScStoreConnection *connection,
                              const char *channel_arn,
                              gint64 *ret_user_id,
                              GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT user_id FROM channels WHERE arn = $1 FOR NO KEY UPDATE",
                    SC_PARAMS (sc_text (channel_arn)),
                    error);
  if (!result)
    return FALSE;
  *ret_user_id = sc_store_result_count (result) == 1 ? sc_store_result_get_int (result, 0, 0) : 0;
  return TRUE;
}

/**
 * sc_stream_store_read_view:
 * @connection: a connection
 * @user_id: a channel's owner
 * @ret_view: (out caller-allocates): what viewers of the channel see; untouched on failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_stream_store_read_view (ScStoreConnection *connection,
                           gint64 user_id,
                           ScStreamView *ret_view,
                           GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT s.id, s.is_starving FROM streams o JOIN " SC_STREAM_STATE_OF_O
                    " ON s.ended_at IS NULL"
                    " WHERE o.user_id = $1 AND o.over_at IS NULL AND o.started_at IS NOT NULL"
                    " ORDER BY s.first_at DESC, s.id DESC LIMIT 1",
                    SC_PARAMS (sc_int (user_id)),
                    error);
  if (!result)
    return FALSE;
  gboolean is_live = sc_store_result_count (result) == 1;
  *ret_view = (ScStreamView) {
    .live_id = is_live ? g_strdup (sc_store_result_get_text (result, 0, 0)) : NULL,
    .is_starving = is_live && sc_store_result_get_bool (result, 0, 1),
  };
  return TRUE;
}

/* A late report of when a stream began gives all lines that were said in it their places: 100,000
 * in 2.6 s on two cores, and a stream of 48 hours has 1.7 million at the 10 a second of a room. */
#define REPORT_TIMEOUT "SET LOCAL statement_timeout = 60000"

static gint64
insert_event (ScStoreConnection *connection, const ScStreamEvent *event, gint64 now, GError **error)
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

static ScStoreValue
time_if (const ScStreamEvent *event, ScStreamFact fact)
{
  return sc_time (event->fact == fact ? event->happened_at : 0);
}

/* A channel that is not ours has no row to insert from. */
static gboolean
set_fact (ScStoreConnection *connection, const ScStreamEvent *event, GError **error)
{
  return sc_store_execute (
           connection,
           "INSERT INTO streams AS s (id, user_id, created_at, started_at, ended_at,"
           " session_ended_at) SELECT $1, user_id, $3::timestamptz, $4::timestamptz,"
           " $5::timestamptz, $6::timestamptz FROM channels WHERE arn = $2"
           " ON CONFLICT (id) DO UPDATE SET"
           " created_at = LEAST(s.created_at, excluded.created_at),"
           " started_at = LEAST(s.started_at, excluded.started_at),"
           " ended_at = LEAST(s.ended_at, excluded.ended_at),"
           " session_ended_at = LEAST(s.session_ended_at, excluded.session_ended_at)"
           " WHERE s.user_id = excluded.user_id",
           SC_PARAMS (sc_text (event->stream_id),
                      sc_text (event->channel_arn),
                      time_if (event, SC_STREAM_CREATED),
                      time_if (event, SC_STREAM_STARTED),
                      time_if (event, SC_STREAM_ENDED),
                      time_if (event, SC_STREAM_SESSION_ENDED)),
           error) >= 0;
}

/* That a stream starves, before anything else is known of it, is left to the reconciler. */
static gboolean
set_health (ScStoreConnection *connection, const ScStreamEvent *event, GError **error)
{
  return sc_store_execute (connection,
                           "UPDATE streams s SET"
                           " starved_at = GREATEST(s.starved_at, $3::timestamptz),"
                           " fed_at = GREATEST(s.fed_at, $4::timestamptz)"
                           " FROM channels c"
                           " WHERE s.id = $1 AND c.arn = $2 AND c.user_id = s.user_id",
                           SC_PARAMS (sc_text (event->stream_id),
                                      sc_text (event->channel_arn),
                                      time_if (event, SC_STREAM_STARVED),
                                      time_if (event, SC_STREAM_FED)),
                           error) >= 0;
}

static gboolean
set_effect (ScStoreConnection *connection, const ScStreamEvent *event, GError **error)
{
  if (event->fact == SC_STREAM_NOTED)
    return TRUE;
  return event->fact == SC_STREAM_STARVED || event->fact == SC_STREAM_FED
           ? set_health (connection, event, error)
           : set_fact (connection, event, error);
}

/**
 * sc_stream_store_apply:
 * @connection: a connection inside a transaction, with the channel's lock
 * @event: a report
 * @now: microseconds since the epoch
 * @ret_new: (out): %FALSE if it was delivered before and had its effect; untouched on failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Writes a report down with its effect. Of two who deliver the same report at once, one waits for
 * the other.
 *
 * Returns: %TRUE if it is written down
 */
gboolean
sc_stream_store_apply (ScStoreConnection *connection,
                       const ScStreamEvent *event,
                       gint64 now,
                       gboolean *ret_new,
                       GError **error)
{
  if (sc_store_execute (connection, REPORT_TIMEOUT, SC_NO_PARAMS, error) < 0)
    return FALSE;
  gint64 added = insert_event (connection, event, now, error);
  if (added < 0 || (added > 0 && !set_effect (connection, event, error)))
    return FALSE;
  *ret_new = added > 0;
  return TRUE;
}

/**
 * sc_stream_store_forget_events:
 * @connection: a connection
 * @now: microseconds since the epoch
 * @error: an error of %SC_STORE_ERROR
 *
 * Removes the ids of events that nobody delivers again. What they said stays.
 *
 * Returns: %TRUE if they are gone
 */
gboolean
sc_stream_store_forget_events (ScStoreConnection *connection, gint64 now, GError **error)
{
  return sc_store_execute (connection,
                           "DELETE FROM stream_events WHERE received_at < $1",
                           SC_PARAMS (sc_time (now - EVENTS_KEPT_US)),
                           error) >= 0;
}

static GPtrArray *
read_live_streams (ScStoreResult *result)
{
  GPtrArray *streams = g_ptr_array_new_with_free_func ((GDestroyNotify) sc_live_stream_free);
  for (guint i = 0; i < sc_store_result_count (result); i++) {
    ScLiveStream *stream = g_new0 (ScLiveStream, 1);
    stream->user_id = sc_store_result_get_int (result, i, 0);
    stream->channel_arn = g_strdup (sc_store_result_get_text (result, i, 1));
    stream->stream_id = g_strdup (sc_store_result_get_text (result, i, 2));
    stream->started_at = sc_store_result_get_time (result, i, 3);
    g_ptr_array_add (streams, stream);
  }
  return streams;
}

#define LIVE_STREAMS                                                                               \
  "SELECT s.user_id, c.arn, s.id, s.started_at FROM streams o"                                     \
  " JOIN " SC_STREAM_STATE_OF_O " ON s.ended_at IS NULL"                                           \
  " JOIN channels c ON c.user_id = o.user_id"                                                      \
  " WHERE o.over_at IS NULL AND o.started_at IS NOT NULL"

/**
 * sc_stream_store_list_live:
 * @connection: a connection
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type ScLiveStream): the streams that we take for
 * live
 */
GPtrArray *
sc_stream_store_list_live (ScStoreConnection *connection, GError **error)
{
  g_autoptr (ScStoreResult) result = sc_store_query (connection, LIVE_STREAMS, SC_NO_PARAMS, error);
  return result ? read_live_streams (result) : NULL;
}

/**
 * sc_stream_store_list_without_media:
 * @connection: a connection
 * @max: how many at most
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type ScLiveStream): live streams whose picture's
 * size is not known yet, the newest first
 */
GPtrArray *
sc_stream_store_list_without_media (ScStoreConnection *connection, guint max, GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    LIVE_STREAMS " AND o.width IS NULL ORDER BY o.started_at DESC LIMIT $1",
                    SC_PARAMS (sc_int (max)),
                    error);
  return result ? read_live_streams (result) : NULL;
}

/**
 * sc_stream_store_saw_live:
 * @connection: a connection
 * @channel_arn: a channel
 * @stream_id: the stream that Amazon IVS says is live there
 * @started_at: since when, microseconds since the epoch
 * @error: an error of %SC_STORE_ERROR
 *
 * Writes down what we saw, whatever was reported. A channel that is not ours is left out.
 *
 * Returns: %TRUE if it is written down
 */
gboolean
sc_stream_store_saw_live (ScStoreConnection *connection,
                          const char *channel_arn,
                          const char *stream_id,
                          gint64 started_at,
                          GError **error)
{
  return sc_store_execute (connection,
                           "INSERT INTO streams AS s (id, user_id, started_at)"
                           " SELECT $1, user_id, $3 FROM channels WHERE arn = $2"
                           " ON CONFLICT (id) DO UPDATE SET"
                           " started_at = LEAST(s.started_at, excluded.started_at), gone_at = NULL,"
                           " looked_at = CASE WHEN s.gone_at IS NULL THEN s.looked_at END"
                           " WHERE s.user_id = excluded.user_id AND (s.started_at IS NULL OR "
                           "s.gone_at IS NOT NULL)",
                           SC_PARAMS (sc_text (stream_id),
                                      sc_text (channel_arn),
                                      sc_time (started_at)),
                           error) >= 0;
}

/**
 * sc_stream_store_saw_health:
 * @connection: a connection
 * @stream_id: a stream that Amazon IVS says is live
 * @is_starving: what it says of its health
 * @seen_at: when it was asked, microseconds since the epoch
 * @error: an error of %SC_STORE_ERROR
 *
 * Writes the health down, so that no report of before that comes late changes it.
 *
 * Returns: %TRUE if it is known now
 */
gboolean
sc_stream_store_saw_health (ScStoreConnection *connection,
                            const char *stream_id,
                            gboolean is_starving,
                            gint64 seen_at,
                            GError **error)
{
  return sc_store_execute (
           connection,
           "UPDATE streams SET"
           " starved_at = CASE WHEN $2 THEN GREATEST(starved_at, $3) ELSE starved_at END,"
           " fed_at = CASE WHEN $2 THEN fed_at ELSE GREATEST(fed_at, $3) END WHERE id = $1",
           SC_PARAMS (sc_text (stream_id), sc_bool (is_starving), sc_time (seen_at)),
           error) >= 0;
}

/**
 * sc_stream_store_saw_gone:
 * @connection: a connection
 * @stream_id: a stream that Amazon IVS says is not live
 * @now: when we saw it, microseconds since the epoch
 * @error: an error of %SC_STORE_ERROR
 *
 * Ends a stream whose end nobody reported. Seeing it live again takes that back; a reported end is
 * never taken back.
 *
 * Returns: %TRUE if it is written down
 */
gboolean
sc_stream_store_saw_gone (ScStoreConnection *connection,
                          const char *stream_id,
                          gint64 now,
                          GError **error)
{
  return sc_store_execute (connection,
                           "UPDATE streams SET gone_at = $2 WHERE id = $1 AND over_at IS NULL",
                           SC_PARAMS (sc_text (stream_id), sc_time (now)),
                           error) >= 0;
}

/**
 * sc_stream_store_set_media:
 * @connection: a connection
 * @stream_id: a stream
 * @width: of the picture, pixels
 * @height: of the picture, pixels
 * @frame_rate: pictures a second
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %TRUE if it is written down
 */
gboolean
sc_stream_store_set_media (ScStoreConnection *connection,
                           const char *stream_id,
                           gint64 width,
                           gint64 height,
                           double frame_rate,
                           GError **error)
{
  return sc_store_execute (
           connection,
           "UPDATE streams SET width = $2, height = $3, frame_rate = $4 WHERE id = $1",
           SC_PARAMS (sc_text (stream_id), sc_int (width), sc_int (height), sc_real (frame_rate)),
           error) >= 0;
}
