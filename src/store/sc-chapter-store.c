/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What streams were about while they went on. */

#include "config.h"

#include "sc-chapter-store.h"

#include "sc-recording-store.h"

/**
 * sc_stream_title_free:
 * @self: (nullable): what a stream was about
 */
void
sc_stream_title_free (ScStreamTitle *self)
{
  if (!self)
    return;
  g_free (self->stream_id);
  g_free (self->title);
  g_free (self->category);
  g_free (self);
}

/**
 * sc_chapter_store_note:
 * @connection: a connection
 * @user_id: the owner of a channel
 * @words: what the channel is about from now on, before that is stored
 * @now: microseconds since the epoch
 * @error: an error of %SC_STORE_ERROR
 *
 * Writes down that a channel that is live is about something else. As with what is said in its
 * chat, it is the last stream's for five minutes after that: there may be another one in its
 * recording.
 *
 * Returns: %TRUE if that is written down, or there is nothing to write
 */
gboolean
sc_chapter_store_note (ScStoreConnection *connection,
                       gint64 user_id,
                       const ScChannelWords *words,
                       gint64 now,
                       GError **error)
{
  return sc_store_execute (
           connection,
           "WITH change AS (SELECT s.id, s.begins_at, c.title, c.category,"
           " coalesce ($2, c.title) AS new_title, coalesce ($3, c.category) AS new_category,"
           " (SELECT count(*) FROM stream_titles t WHERE t.stream_id = s.id) AS n_titles"
           " FROM channels c CROSS JOIN LATERAL chat_line_place (c.user_id, $4) p"
           " JOIN streams s ON s.id = p.stream_id WHERE c.user_id = $1)"
           " INSERT INTO stream_titles (stream_id, at, title, category)"
           " SELECT id, begins_at, title, category FROM change"
           " WHERE n_titles = 0 AND begins_at < $4 AND (title, category) <> (new_title,"
           " new_category) UNION ALL SELECT id, $4, new_title, new_category FROM change"
           " WHERE n_titles < $5 AND (title, category) <> (new_title, new_category)"
           " ON CONFLICT (stream_id, at) DO UPDATE"
           " SET title = excluded.title, category = excluded.category",
           SC_PARAMS (sc_int (user_id),
                      sc_text (words->title),
                      sc_text (words->category),
                      sc_time (now),
                      sc_int (SC_CHAPTERS_MAX)),
           error) >= 0;
}

static ScStreamTitle *
read_title (ScStoreResult *result, guint row)
{
  ScStreamTitle *self = g_new0 (ScStreamTitle, 1);
  self->stream_id = g_strdup (sc_store_result_get_text (result, row, 0));
  self->offset_ms = sc_store_result_get_int (result, row, 1);
  self->title = g_strdup (sc_store_result_get_text (result, row, 2));
  self->category = g_strdup (sc_store_result_get_text (result, row, 3));
  return self;
}

/**
 * sc_chapter_store_list:
 * @connection: a connection
 * @recording_id: a recording
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type ScStreamTitle): what its streams were about,
 *   in the order in which they were
 */
GPtrArray *
sc_chapter_store_list (ScStoreConnection *connection, const char *recording_id, GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT s.id, floor (extract (epoch FROM t.at - s.begins_at) * 1000)::bigint,"
                    " t.title, t.category FROM recordings r"
                    " JOIN recording_streams m ON m.recording_id = r.id"
                    " JOIN streams s ON s.id = m.stream_id AND s.user_id = r.user_id"
                    " JOIN stream_titles t ON t.stream_id = s.id WHERE r.id = $1"
                    " ORDER BY s.begins_at, s.id, t.at LIMIT $2",
                    SC_PARAMS (sc_text (recording_id),
                               sc_int (SC_CHAPTERS_MAX * SC_RECORDED_STREAMS_MAX)),
                    error);
  return sc_store_result_read_all (result,
                                   (ScStoreReadFunc) read_title,
                                   (GDestroyNotify) sc_stream_title_free);
}

/**
 * sc_chapter_store_forget:
 * @connection: a connection
 * @recording_id: a recording that was deleted
 * @error: an error of %SC_STORE_ERROR
 *
 * Forgets what its streams were about, unless they are in another one that is there.
 *
 * Returns: %TRUE if that is forgotten
 */
gboolean
sc_chapter_store_forget (ScStoreConnection *connection, const char *recording_id, GError **error)
{
  return sc_store_execute (connection,
                           "DELETE FROM stream_titles t USING recording_streams m"
                           " WHERE m.recording_id = $1 AND t.stream_id = m.stream_id"
                           " AND NOT EXISTS (SELECT FROM recording_streams o"
                           " JOIN recordings r ON r.id = o.recording_id"
                           " WHERE o.stream_id = m.stream_id AND r.id <> $1"
                           " AND r.deleted_at IS NULL)",
                           SC_PARAMS (sc_text (recording_id)),
                           error) >= 0;
}
