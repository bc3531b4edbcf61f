/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What streamers make of their recordings, and how often those are watched. */

#include "config.h"

#include "sc-recording-shelf-store.h"

#include "sc-chapter-store.h"
#include "sc-recording-store.h"

/**
 * sc_recording_removal_free:
 * @self: (nullable) (transfer full): a removal
 *
 * Frees it.
 */
void
sc_recording_removal_free (ScRecordingRemoval *self)
{
  if (!self)
    return;
  g_free (self->id);
  g_free (self->bucket);
  g_free (self->prefix);
  g_free (self->channel_arn);
  g_free (self);
}

static const char *
hidden_text (const ScRecordingChange *change)
{
  if (!change->changes_hidden)
    return NULL;
  return change->is_hidden ? "true" : "false";
}

/**
 * sc_recording_shelf_store_change:
 * @connection: a connection
 * @user_id: who wants it
 * @id: a recording
 * @change: what is to be another
 * @error: an error of %SC_STORE_ERROR
 *
 * Changes a recording that can be watched and is theirs; another one stays as it is.
 *
 * Returns: %TRUE if the database has done it
 */
gboolean
sc_recording_shelf_store_change (ScStoreConnection *connection,
                                 gint64 user_id,
                                 const char *id,
                                 const ScRecordingChange *change,
                                 GError **error)
{
  return sc_store_execute (connection,
                           "UPDATE recordings r SET title = COALESCE($3, r.title),"
                           " category = COALESCE($4, r.category),"
                           " is_hidden = COALESCE($5::text::boolean, r.is_hidden)"
                           " WHERE r.id = $1 AND r.user_id = $2 AND " SC_RECORDING_IS_THERE,
                           SC_PARAMS (sc_text (id),
                                      sc_int (user_id),
                                      sc_text (change->title),
                                      sc_text (change->category),
                                      sc_text (hidden_text (change))),
                           error) >= 0;
}

/**
 * sc_recording_shelf_store_remove:
 * @connection: a connection
 * @user_id: who wants it
 * @id: a recording
 * @now: microseconds since the epoch
 * @ret_found: (out): whether there is such a recording of theirs, or was; untouched on failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Takes a recording out of all lists for good, and has its objects removed. What remains says only
 * that there is to be none.
 *
 * Returns: %TRUE if the question was answered
 */
gboolean
sc_recording_shelf_store_remove (ScStoreConnection *connection,
                                 gint64 user_id,
                                 const char *id,
                                 gint64 now,
                                 gboolean *ret_found,
                                 GError **error)
{
  gint64 rows = sc_store_execute (
    connection,
    "UPDATE recordings r SET deleted_at = COALESCE(r.deleted_at, $3),"
    " removal_at = CASE WHEN r.deleted_at IS NULL THEN $3 ELSE r.removal_at END,"
    " title = '', category = '', playlist = NULL, thumbnail = NULL, thumbnails = NULL,"
    " next_at = NULL"
    " WHERE r.id = $1 AND r.user_id = $2"
    " AND (r.deleted_at IS NOT NULL OR (" SC_RECORDING_IS_THERE "))",
    SC_PARAMS (sc_text (id), sc_int (user_id), sc_time (now)),
    error);
  if (rows < 0)
    return FALSE;
  *ret_found = rows > 0;
  return rows == 0 || sc_chapter_store_forget (connection, id, error);
}

static ScRecordingRemoval *
read_removal (ScStoreResult *result)
{
  ScRecordingRemoval *self = g_new0 (ScRecordingRemoval, 1);
  self->id = g_strdup (sc_store_result_get_text (result, 0, 0));
  self->bucket = g_strdup (sc_store_result_get_text (result, 0, 1));
  self->prefix = g_strdup (sc_store_result_get_text (result, 0, 2));
  self->channel_arn = g_strdup (sc_store_result_get_text (result, 0, 3));
  self->attempts = (guint) sc_store_result_get_int (result, 0, 4);
  return self;
}

/**
 * sc_recording_shelf_store_claim:
 * @connection: a connection, outside a transaction
 * @now: microseconds since the epoch
 * @until: when somebody else may go on, if whoever claims it says nothing
 * @ret_removal: (out) (nullable) (transfer full): what is due longest, or %NULL; untouched on
 *   failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Claims objects that are to go and that nobody is at.
 *
 * Returns: %TRUE if the question was answered
 */
gboolean
sc_recording_shelf_store_claim (ScStoreConnection *connection,
                                gint64 now,
                                gint64 until,
                                ScRecordingRemoval **ret_removal,
                                GError **error)
{
  g_autoptr (ScStoreResult) result = sc_store_query (
    connection,
    "WITH removal AS MATERIALIZED ("
    "  SELECT id FROM recordings WHERE removal_at <= $1 ORDER BY removal_at, id LIMIT 1"
    "  FOR UPDATE SKIP LOCKED)"
    " UPDATE recordings r SET removal_at = $2, removal_attempts = r.removal_attempts + 1"
    " FROM removal JOIN recordings o ON o.id = removal.id JOIN channels c ON c.user_id = o.user_id"
    " WHERE r.id = removal.id"
    " RETURNING r.id, r.bucket, r.prefix, c.arn, r.removal_attempts - 1",
    SC_PARAMS (sc_time (now), sc_time (until)),
    error);
  if (!result)
    return FALSE;
  *ret_removal = sc_store_result_count (result) > 0 ? read_removal (result) : NULL;
  return TRUE;
}

/**
 * sc_recording_shelf_store_put_off:
 * @connection: a connection
 * @removal: what was claimed, with how often it has failed
 * @next_at: when somebody is to go on, microseconds since the epoch
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %TRUE if it is written down
 */
gboolean
sc_recording_shelf_store_put_off (ScStoreConnection *connection,
                                  const ScRecordingRemoval *removal,
                                  gint64 next_at,
                                  GError **error)
{
  return sc_store_execute (connection,
                           "UPDATE recordings SET removal_at = $2, removal_attempts = $3"
                           " WHERE id = $1 AND removal_at IS NOT NULL",
                           SC_PARAMS (sc_text (removal->id),
                                      sc_time (next_at),
                                      sc_int (removal->attempts)),
                           error) >= 0;
}

/**
 * sc_recording_shelf_store_finish:
 * @connection: a connection
 * @id: a recording that has no objects any more
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %TRUE if nobody will look for them again
 */
gboolean
sc_recording_shelf_store_finish (ScStoreConnection *connection, const char *id, GError **error)
{
  return sc_store_execute (connection,
                           "UPDATE recordings SET removal_at = NULL WHERE id = $1",
                           SC_PARAMS (sc_text (id)),
                           error) >= 0;
}

/**
 * sc_recording_shelf_store_is_shown:
 * @connection: a connection
 * @view: who wants to watch what
 * @ret_shown: (out): whether they may; untouched on failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %TRUE if the question was answered
 */
gboolean
sc_recording_shelf_store_is_shown (ScStoreConnection *connection,
                                   const ScRecordingView *view,
                                   gboolean *ret_shown,
                                   GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT FROM recordings r WHERE r.id = $1 AND " SC_RECORDING_IS_THERE
                    " AND (NOT r.is_hidden OR r.user_id = $2) AND " SC_RECORDING_STREAMER_STAYS,
                    SC_PARAMS (sc_text (view->id), sc_int (view->asker_id)),
                    error);
  if (!result)
    return FALSE;
  *ret_shown = sc_store_result_count (result) > 0;
  return TRUE;
}

/**
 * sc_recording_shelf_store_count:
 * @connection: a connection
 * @view: who watches what
 * @error: an error of %SC_STORE_ERROR
 *
 * Counts a session that was not counted yet, unless it is the streamer's.
 *
 * Returns: %TRUE if it is counted, or needs not be
 */
gboolean
sc_recording_shelf_store_count (ScStoreConnection *connection,
                                const ScRecordingView *view,
                                GError **error)
{
  return sc_store_execute (connection,
                           "WITH viewer AS (INSERT INTO recording_viewers"
                           " SELECT r.id, $2::text::uuid, $3::timestamptz FROM recordings r"
                           " WHERE r.id = $1 AND r.user_id <> $4 AND " SC_RECORDING_IS_THERE
                           " ON CONFLICT DO NOTHING RETURNING recording_id)"
                           " UPDATE recordings r SET views = r.views + 1 FROM viewer"
                           " WHERE r.id = viewer.recording_id",
                           SC_PARAMS (sc_text (view->id),
                                      sc_text (view->session),
                                      sc_time (view->at),
                                      sc_int (view->asker_id)),
                           error) >= 0;
}

/**
 * sc_recording_shelf_store_forget:
 * @connection: a connection
 * @now: microseconds since the epoch
 * @error: an error of %SC_STORE_ERROR
 *
 * Forgets the sessions of viewers that were counted a day ago.
 *
 * Returns: %TRUE if they are gone
 */
gboolean
sc_recording_shelf_store_forget (ScStoreConnection *connection, gint64 now, GError **error)
{
  return sc_store_execute (connection,
                           "DELETE FROM recording_viewers WHERE at < $1",
                           SC_PARAMS (sc_time (now - SC_RECORDING_VIEWER_KEPT_US)),
                           error) >= 0;
}
