/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Channels as people see them, each with the newest stream that had a picture. */

#include "config.h"

#include "sc-channel-store.h"

#include "sc-stream-store.h"
#include "sc-time.h"

#define IS_LIVE "s.started_at IS NOT NULL AND s.ended_at IS NULL"

/* Who watches, as was last known. */
#define VIEWERS                                                                                    \
  "CASE WHEN " IS_LIVE " THEN (SELECT v.viewers FROM viewer_samples v WHERE v.stream_id = s.id"    \
  " AND v.viewers IS NOT NULL ORDER BY v.at DESC LIMIT 1) END"

/* Where the recording that runs lies. */
#define RECORDED_AT                                                                                \
  "CASE WHEN " IS_LIVE " THEN (SELECT r.prefix FROM recording_streams p"                           \
  " JOIN recordings r ON r.id = p.recording_id WHERE p.stream_id = s.id AND r.ended_at IS NULL"    \
  " AND r.failure IS NULL AND r.playlist IS NULL AND r.deleted_at IS NULL AND r.prefix <> ''"      \
  " ORDER BY r.id LIMIT 1) END"

#define CHANNEL_COLUMNS                                                                            \
  "c.name, c.title, c.state, c.reason, c.playback_url, c.ingest_endpoint, c.stream_key_arn,"       \
  " s.id, s.started_at, s.ended_at, s.width, s.height, s.frame_rate, s.is_starving,"               \
  " EXISTS (SELECT 1 FROM errands e WHERE e.user_id = c.user_id AND e.kind = 'key'), c.arn,"       \
  " c.category, c.about, c.avatar, " VIEWERS ", " RECORDED_AT

/* A channel whose owner is leaving is out of sight. */
#define STAYS                                                                                      \
  "NOT EXISTS (SELECT 1 FROM errands d WHERE d.user_id = c.user_id AND d.kind = 'deletion')"

#define OWN_COLUMNS                                                                                \
  "c.channel_type, c.latency_mode, w.wanted_type, w.wanted_latency_mode, w.attempts"

#define NEWEST_STREAM                                                                              \
  "SELECT * FROM stream_states t WHERE t.user_id = c.user_id AND t.started_at IS NOT NULL"         \
  " ORDER BY t.first_at DESC, t.ended_at DESC NULLS FIRST, t.id DESC LIMIT 1"

#define FROM_CHANNEL_WITH_STREAM " FROM channels c LEFT JOIN LATERAL (" NEWEST_STREAM ") s ON TRUE"

typedef enum {
  COLUMN_NAME,
  COLUMN_TITLE,
  COLUMN_STATE,
  COLUMN_REASON,
  COLUMN_PLAYBACK_URL,
  COLUMN_INGEST_ENDPOINT,
  COLUMN_STREAM_KEY_ARN,
  COLUMN_STREAM_ID,
  COLUMN_STARTED_AT,
  COLUMN_ENDED_AT,
  COLUMN_WIDTH,
  COLUMN_HEIGHT,
  COLUMN_FRAME_RATE,
  COLUMN_IS_STARVING,
  COLUMN_IS_KEY_RESETTING,
  COLUMN_ARN,
  COLUMN_CATEGORY,
  COLUMN_ABOUT,
  COLUMN_AVATAR,
  COLUMN_VIEWERS,
  COLUMN_RECORDED_AT,
  COLUMN_CHANNEL_TYPE,
  COLUMN_LATENCY_MODE,
  COLUMN_WANTED_TYPE,
  COLUMN_WANTED_LATENCY_MODE,
  COLUMN_ATTEMPTS,
} ChannelColumn;

/* After the columns that every channel has. */
#define COLUMN_FOLLOWED_AT (COLUMN_RECORDED_AT + 1)

/**
 * sc_channel_row_free:
 * @self: (nullable): a row
 */
void
sc_channel_row_free (ScChannelRow *self)
{
  if (!self)
    return;
  g_clear_object (&self->channel);
  g_free (self->ingest_endpoint);
  g_free (self->stream_key_arn);
  g_free (self->arn);
  g_free (self->avatar);
  g_free (self->recorded_at);
  g_free (self->wanted_type);
  g_free (self->wanted_latency_mode);
  g_free (self);
}

static ScStream *
read_stream (ScStoreResult *result, guint row)
{
  const char *id = sc_store_result_get_text (result, row, COLUMN_STREAM_ID);
  if (!id)
    return NULL;
  ScStream *stream = sc_stream_new (id);
  stream->started_at = sc_store_result_get_time (result, row, COLUMN_STARTED_AT);
  stream->ended_at = sc_store_result_get_time (result, row, COLUMN_ENDED_AT);
  stream->width = (guint) sc_store_result_get_int (result, row, COLUMN_WIDTH);
  stream->height = (guint) sc_store_result_get_int (result, row, COLUMN_HEIGHT);
  stream->frame_rate = sc_store_result_get_real (result, row, COLUMN_FRAME_RATE);
  stream->is_starving = sc_store_result_get_bool (result, row, COLUMN_IS_STARVING);
  if (sc_store_result_get_text (result, row, COLUMN_VIEWERS))
    stream->viewers = sc_store_result_get_int (result, row, COLUMN_VIEWERS);
  return stream;
}

static ScChannelState
read_state (const char *text)
{
  if (g_str_equal (text, "ready"))
    return SC_CHANNEL_READY;
  return g_str_equal (text, "failed") ? SC_CHANNEL_FAILED : SC_CHANNEL_PROVISIONING;
}

static ScChannelRow *
read_row (ScStoreResult *result, guint row)
{
  ScChannelRow *self = g_new0 (ScChannelRow, 1);
  self->channel = sc_channel_new (sc_store_result_get_text (result, row, COLUMN_NAME),
                                  sc_store_result_get_text (result, row, COLUMN_TITLE));
  sc_channel_set_words (self->channel,
                        sc_store_result_get_text (result, row, COLUMN_CATEGORY),
                        sc_store_result_get_text (result, row, COLUMN_ABOUT));
  sc_channel_set_state (self->channel,
                        read_state (sc_store_result_get_text (result, row, COLUMN_STATE)),
                        sc_store_result_get_text (result, row, COLUMN_REASON));
  sc_channel_set_playback_url (self->channel,
                               sc_store_result_get_text (result, row, COLUMN_PLAYBACK_URL));
  g_autoptr (ScStream) stream = read_stream (result, row);
  sc_channel_set_stream (self->channel, stream);
  self->ingest_endpoint = g_strdup (sc_store_result_get_text (result, row, COLUMN_INGEST_ENDPOINT));
  self->stream_key_arn = g_strdup (sc_store_result_get_text (result, row, COLUMN_STREAM_KEY_ARN));
  self->is_key_resetting = sc_store_result_get_bool (result, row, COLUMN_IS_KEY_RESETTING);
  self->arn = g_strdup (sc_store_result_get_text (result, row, COLUMN_ARN));
  self->avatar = g_strdup (sc_store_result_get_text (result, row, COLUMN_AVATAR));
  self->recorded_at = g_strdup (sc_store_result_get_text (result, row, COLUMN_RECORDED_AT));
  return self;
}

static ScChannelRow *
read_own_row (ScStoreResult *result)
{
  ScChannelRow *self = read_row (result, 0);
  sc_channel_set_channel_type (self->channel,
                               sc_store_result_get_text (result, 0, COLUMN_CHANNEL_TYPE));
  sc_channel_set_latency_mode (self->channel,
                               sc_store_result_get_text (result, 0, COLUMN_LATENCY_MODE));
  self->wanted_type = g_strdup (sc_store_result_get_text (result, 0, COLUMN_WANTED_TYPE));
  self->wanted_latency_mode =
    g_strdup (sc_store_result_get_text (result, 0, COLUMN_WANTED_LATENCY_MODE));
  self->attempts = (guint) sc_store_result_get_int (result, 0, COLUMN_ATTEMPTS);
  return self;
}

/**
 * sc_channel_store_insert:
 * @connection: a connection, in the transaction that makes the account
 * @user_id: the owner's number
 * @name: the owner's name, which is the channel's
 * @title: what it is about
 * @error: an error of %SC_STORE_ERROR
 *
 * Adds a channel that is being provisioned.
 *
 * Returns: %TRUE if it was added
 */
gboolean
sc_channel_store_insert (ScStoreConnection *connection,
                         gint64 user_id,
                         const char *name,
                         const char *title,
                         GError **error)
{
  return sc_store_execute (connection,
                           "INSERT INTO channels (user_id, name, title) VALUES ($1, $2, $3)",
                           SC_PARAMS (sc_int (user_id), sc_text (name), sc_text (title)),
                           error) >= 0;
}

/**
 * sc_channel_store_get_own:
 * @connection: a connection
 * @user_id: the owner's number
 * @error: an error of %SC_STORE_ERROR; a user without a channel is %SC_STORE_ERROR_PROTOCOL
 *
 * Returns: (transfer full) (nullable): the owner's channel
 */
ScChannelRow *
sc_channel_store_get_own (ScStoreConnection *connection, gint64 user_id, GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT " CHANNEL_COLUMNS ", " OWN_COLUMNS FROM_CHANNEL_WITH_STREAM
                    " LEFT JOIN errands w ON w.user_id = c.user_id"
                    " AND w.kind = 'settings'"
                    " WHERE c.user_id = $1",
                    SC_PARAMS (sc_int (user_id)),
                    error);
  if (!result)
    return NULL;
  if (sc_store_result_count (result) == 1)
    return read_own_row (result);
  g_set_error_literal (error, SC_STORE_ERROR, SC_STORE_ERROR_PROTOCOL, "A user has no channel");
  return NULL;
}

/**
 * sc_channel_store_find:
 * @connection: a connection
 * @name: a channel's name, in any case
 * @ret_row: (out) (transfer full) (nullable): the channel, or %NULL if there is none or its owner
 *   is leaving; untouched on failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_channel_store_find (ScStoreConnection *connection,
                       const char *name,
                       ScChannelRow **ret_row,
                       GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT " CHANNEL_COLUMNS FROM_CHANNEL_WITH_STREAM
                    " WHERE lower(c.name) = lower($1) AND " STAYS,
                    SC_PARAMS (sc_text (name)),
                    error);
  if (!result)
    return FALSE;
  *ret_row = sc_store_result_count (result) == 1 ? read_row (result, 0) : NULL;
  return TRUE;
}

/**
 * sc_channel_store_list_live:
 * @connection: a connection
 * @wanted: which of them
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type ScChannelRow): the channels with a picture now,
 *   the newest start first, without those of users who are suspended or leaving
 */
GPtrArray *
sc_channel_store_list_live (ScStoreConnection *connection,
                            const ScLiveWanted *wanted,
                            GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT " CHANNEL_COLUMNS " FROM streams o"
                    " JOIN " SC_STREAM_STATE_OF_O " ON s.ended_at IS NULL"
                    " JOIN channels c ON c.user_id = o.user_id"
                    " JOIN users u ON u.id = c.user_id AND u.suspended_at IS NULL"
                    " WHERE o.over_at IS NULL AND o.started_at IS NOT NULL AND " STAYS
                    " AND ($1::text IS NULL OR c.search_category = search_fold($1))"
                    " AND o.started_at <= $2 AND (o.started_at < $2 OR o.id > $3)"
                    " ORDER BY o.started_at DESC, o.id LIMIT $4",
                    SC_PARAMS (sc_text (wanted->category),
                               sc_time (wanted->before_at ?: SC_TIME_MAX_US),
                               sc_text (wanted->before_id ?: ""),
                               sc_int (wanted->limit)),
                    error);
  return sc_store_result_read_all (result,
                                   (ScStoreReadFunc) read_row,
                                   (GDestroyNotify) sc_channel_row_free);
}

/* An array as PostgreSQL reads it. */
static char *
write_array (const GArray *numbers)
{
  GString *array = g_string_new ("{");
  for (guint i = 0; i < numbers->len; i++)
    g_string_append_printf (array,
                            "%s%" G_GINT64_FORMAT,
                            i > 0 ? "," : "",
                            g_array_index (numbers, gint64, i));
  g_string_append_c (array, '}');
  return g_string_free_and_steal (array);
}

/**
 * sc_channel_store_list_these:
 * @connection: a connection
 * @user_ids: (element-type gint64): the owners' numbers
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type ScChannelRow): their channels, in the same
 *   order
 */
GPtrArray *
sc_channel_store_list_these (ScStoreConnection *connection, const GArray *user_ids, GError **error)
{
  g_autofree char *array = write_array (user_ids);
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT " CHANNEL_COLUMNS FROM_CHANNEL_WITH_STREAM
                    " JOIN unnest($1::bigint[]) WITH ORDINALITY w (user_id, place)"
                    " ON w.user_id = c.user_id ORDER BY w.place",
                    SC_PARAMS (sc_text (array)),
                    error);
  return sc_store_result_read_all (result,
                                   (ScStoreReadFunc) read_row,
                                   (GDestroyNotify) sc_channel_row_free);
}

#define FOLLOWED(from, where)                                                                      \
  "SELECT " CHANNEL_COLUMNS ", f.at FROM " from                                                    \
  " JOIN channels c ON c.user_id = f.user_id JOIN users u ON u.id = f.user_id" where               \
  " AND f.at <= $2 AND (f.at < $2 OR lower(c.name) > lower($3))"                                   \
  " AND u.suspended_at IS NULL AND " STAYS " ORDER BY f.at DESC, lower(c.name) LIMIT $4"

/* What is followed and on is found first: only of that more is read. */
#define FOLLOWED_LIVE                                                                              \
  FOLLOWED ("(SELECT w.user_id, w.at, n.id FROM follows w JOIN streams n ON n.user_id = w.user_id" \
            " WHERE w.person_id = $1 AND n.over_at IS NULL AND n.started_at IS NOT NULL OFFSET 0)" \
            " f JOIN streams o ON o.id = f.id JOIN " SC_STREAM_STATE_OF_O " ON TRUE",              \
            " WHERE s.ended_at IS NULL")
/* From the newest follow on until the page is full. */
#define FOLLOWED_NOT_LIVE                                                                          \
  FOLLOWED ("follows f",                                                                           \
            " LEFT JOIN LATERAL (" NEWEST_STREAM ") s ON TRUE"                                     \
            " WHERE f.person_id = $1 AND (s.id IS NULL OR s.ended_at IS NOT NULL)")

static ScChannelRow *
read_followed_row (ScStoreResult *result, guint row)
{
  ScChannelRow *self = read_row (result, row);
  self->followed_at = sc_store_result_get_time (result, row, COLUMN_FOLLOWED_AT);
  return self;
}

/**
 * sc_channel_store_list_followed:
 * @connection: a connection
 * @page: which of them
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type ScChannelRow): the channels, what was followed
 *   last first, without those of users who are suspended or leaving
 */
GPtrArray *
sc_channel_store_list_followed (ScStoreConnection *connection,
                                const ScFollowedPage *page,
                                GError **error)
{
  g_autoptr (ScStoreResult) result = sc_store_query (connection,
                                                     page->live ? FOLLOWED_LIVE : FOLLOWED_NOT_LIVE,
                                                     SC_PARAMS (sc_int (page->person_id),
                                                                sc_time (page->before_at),
                                                                sc_text (page->after_name),
                                                                sc_int (page->limit)),
                                                     error);
  return sc_store_result_read_all (result,
                                   (ScStoreReadFunc) read_followed_row,
                                   (GDestroyNotify) sc_channel_row_free);
}

/**
 * sc_channel_store_list_to_tell:
 * @connection: a connection
 * @person_id: somebody
 * @limit: how many at most
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type ScChannelRow): the channels that they follow,
 *   want to be told of, and that are live, the newest start first, without those of users who are
 *   suspended or leaving
 */
GPtrArray *
sc_channel_store_list_to_tell (ScStoreConnection *connection,
                               gint64 person_id,
                               guint limit,
                               GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT " CHANNEL_COLUMNS ", f.at FROM (SELECT w.at, n.id FROM follows w"
                    " JOIN streams n ON n.user_id = w.user_id"
                    " WHERE w.person_id = $1 AND w.notify AND n.over_at IS NULL"
                    " AND n.started_at IS NOT NULL OFFSET 0) f JOIN streams o ON o.id = f.id"
                    " JOIN " SC_STREAM_STATE_OF_O " ON s.ended_at IS NULL"
                    " JOIN channels c ON c.user_id = o.user_id"
                    " JOIN users u ON u.id = c.user_id AND u.suspended_at IS NULL"
                    " WHERE " STAYS " ORDER BY o.started_at DESC, o.id LIMIT $2",
                    SC_PARAMS (sc_int (person_id), sc_int (limit)),
                    error);
  return sc_store_result_read_all (result,
                                   (ScStoreReadFunc) read_followed_row,
                                   (GDestroyNotify) sc_channel_row_free);
}

/**
 * sc_channel_store_set_words:
 * @connection: a connection
 * @user_id: the owner's number
 * @words: what the owner writes
 * @ret_new: (out): whether one of them was another; untouched on failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %TRUE if they were stored
 */
gboolean
sc_channel_store_set_words (ScStoreConnection *connection,
                            gint64 user_id,
                            const ScChannelWords *words,
                            gboolean *ret_new,
                            GError **error)
{
  gint64 changed =
    sc_store_execute (connection,
                      "UPDATE channels SET title = coalesce ($2, title),"
                      " category = coalesce ($3, category), about = coalesce ($4, about)"
                      " WHERE user_id = $1 AND (title, category, about) <>"
                      " (coalesce ($2, title), coalesce ($3, category), coalesce ($4, about))",
                      SC_PARAMS (sc_int (user_id),
                                 sc_text (words->title),
                                 sc_text (words->category),
                                 sc_text (words->about)),
                      error);
  if (changed < 0)
    return FALSE;
  *ret_new = changed > 0;
  return TRUE;
}
