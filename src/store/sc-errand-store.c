/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The errands: sagas whose next call is always in the database before it is made. */

#include "config.h"

#include "sc-errand-store.h"

/* Longer than the calls of a step take at most: two of 5 s on the wire, each after 1 s of waiting
 * for its turn, or a page of objects. What is still held after it belongs to a process that died.
 */
#define LEASE_US (30 * G_TIME_SPAN_SECOND)

static const char *const kinds[] = { "key", "deletion", "settings" };

static const char *const steps[] = {
  "delete", "stop", "create",  "calling", "unclear", "waiting", "key",
  "stage",  "room", "channel", "objects", "rows",    "update",
};

/**
 * sc_errand_free:
 * @self: (nullable) (transfer full): an errand
 *
 * Frees it.
 */
void
sc_errand_free (ScErrand *self)
{
  if (!self)
    return;
  g_free (self->key_arn);
  g_free (self->wanted_type);
  g_free (self->wanted_latency_mode);
  g_free (self->lease);
  g_free (self->channel_arn);
  g_free (self->room_arn);
  g_free (self->stage_arn);
  g_free (self);
}

/**
 * sc_errand_store_begin_key:
 * @connection: a connection
 * @user_id: the owner of a channel that is ready
 * @stops: whether a running stream is to end
 * @now: microseconds since the epoch
 * @error: any %SC_STORE_ERROR
 *
 * Notes that the channel needs another stream key. One that is being made already is it.
 *
 * Returns: %TRUE if it is noted
 */
gboolean
sc_errand_store_begin_key (ScStoreConnection *connection,
                           gint64 user_id,
                           gboolean stops,
                           gint64 now,
                           GError **error)
{
  return sc_store_execute (connection,
                           "INSERT INTO errands AS e (user_id, kind, step, arn, stops, next_at)"
                           " SELECT user_id, 'key', 'delete', stream_key_arn, $2, $3"
                           " FROM channels WHERE user_id = $1"
                           " ON CONFLICT (user_id, kind) DO UPDATE SET"
                           "  stops = e.stops OR excluded.stops",
                           SC_PARAMS (sc_int (user_id), sc_bool (stops), sc_time (now)),
                           error) >= 0;
}

/**
 * sc_errand_store_begin_settings:
 * @connection: a connection
 * @wanted: whose channel, what it is to be, and when that is asked for (next_at)
 * @error: any %SC_STORE_ERROR
 *
 * Notes that the channel is to be changed on Amazon IVS, unless it is known to be so and nobody is
 * about to change it. What is wanted already and not said now stays wanted.
 *
 * Returns: %TRUE if it is noted
 */
gboolean
sc_errand_store_begin_settings (ScStoreConnection *connection,
                                const ScErrand *wanted,
                                GError **error)
{
  return sc_store_execute (
           connection,
           "INSERT INTO errands AS e (user_id, kind, step, wanted_type, wanted_latency_mode,"
           " next_at) SELECT c.user_id, 'settings', 'update', $2::text, $3::text, $4"
           " FROM channels c WHERE c.user_id = $1 AND ("
           "  ($2 IS NOT NULL AND c.channel_type IS DISTINCT FROM $2)"
           "  OR ($3 IS NOT NULL AND c.latency_mode IS DISTINCT FROM $3)"
           "  OR EXISTS (SELECT 1 FROM errands o WHERE o.user_id = $1 AND o.kind = 'settings'))"
           " ON CONFLICT (user_id, kind) DO UPDATE SET next_at = excluded.next_at,"
           "  wanted_type = coalesce (excluded.wanted_type, e.wanted_type),"
           "  wanted_latency_mode = coalesce (excluded.wanted_latency_mode,"
           "   e.wanted_latency_mode)",
           SC_PARAMS (sc_int (wanted->user_id),
                      sc_text (wanted->wanted_type),
                      sc_text (wanted->wanted_latency_mode),
                      sc_time (wanted->next_at)),
           error) >= 0;
}

/**
 * sc_errand_store_begin_deletion:
 * @connection: a connection inside a transaction, which lets nobody into a room as the user until
 *   it ends
 * @user_id: a user
 * @deletes_at: (inout): when the account is to go, microseconds since the epoch; replaced by when
 *   it goes, where that was known before
 * @error: any %SC_STORE_ERROR
 *
 * Notes that an account is to go.
 *
 * Returns: %TRUE if it is noted
 */
gboolean
sc_errand_store_begin_deletion (ScStoreConnection *connection,
                                gint64 user_id,
                                gint64 *deletes_at,
                                GError **error)
{
  if (sc_store_execute (connection,
                        "SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE",
                        SC_PARAMS (sc_int (user_id)),
                        error) < 0)
    return FALSE;
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "INSERT INTO errands AS e (user_id, kind, step, next_at)"
                    " VALUES ($1, 'deletion', 'waiting', $2)"
                    " ON CONFLICT (user_id, kind) DO UPDATE SET next_at = e.next_at"
                    " RETURNING next_at",
                    SC_PARAMS (sc_int (user_id), sc_time (*deletes_at)),
                    error);
  if (!result)
    return FALSE;
  *deletes_at = sc_store_result_get_time (result, 0, 0);
  return TRUE;
}

/**
 * sc_errand_store_take_back_deletion:
 * @connection: a connection
 * @user_id: a user
 * @now: microseconds since the epoch
 * @ret_taken_back: (out): %FALSE if the deletion has begun; untouched on failure
 * @error: any %SC_STORE_ERROR
 *
 * Keeps an account that was to go.
 *
 * Returns: %TRUE if the question was answered
 */
gboolean
sc_errand_store_take_back_deletion (ScStoreConnection *connection,
                                    gint64 user_id,
                                    gint64 now,
                                    gboolean *ret_taken_back,
                                    GError **error)
{
  gint64 rows = sc_store_execute (connection,
                                  "DELETE FROM errands WHERE user_id = $1 AND kind = 'deletion'"
                                  " AND step = 'waiting' AND next_at > $2",
                                  SC_PARAMS (sc_int (user_id), sc_time (now)),
                                  error);
  if (rows < 0)
    return FALSE;
  *ret_taken_back = rows > 0;
  return TRUE;
}

static ScErrand *
read_errand (ScStoreResult *result)
{
  ScErrand *errand = g_new0 (ScErrand, 1);
  errand->user_id = sc_store_result_get_int (result, 0, 0);
  errand->kind = sc_store_result_get_word (result, 0, 1, kinds, G_N_ELEMENTS (kinds));
  errand->step = sc_store_result_get_word (result, 0, 2, steps, G_N_ELEMENTS (steps));
  errand->key_arn = g_strdup (sc_store_result_get_text (result, 0, 3));
  errand->stops = sc_store_result_get_bool (result, 0, 4);
  errand->attempts = (guint) sc_store_result_get_int (result, 0, 5);
  errand->lease = g_strdup (sc_store_result_get_text (result, 0, 6));
  errand->channel_arn = g_strdup (sc_store_result_get_text (result, 0, 7));
  errand->room_arn = g_strdup (sc_store_result_get_text (result, 0, 8));
  errand->stage_arn = g_strdup (sc_store_result_get_text (result, 0, 9));
  errand->wanted_type = g_strdup (sc_store_result_get_text (result, 0, 10));
  errand->wanted_latency_mode = g_strdup (sc_store_result_get_text (result, 0, 11));
  return errand;
}

/**
 * sc_errand_store_take:
 * @connection: a connection, outside a transaction
 * @wish: which
 * @ret_errand: (out) (nullable) (transfer full): the errand, or %NULL if none is due; untouched on
 *   failure
 * @error: any %SC_STORE_ERROR
 *
 * Takes an errand that is due and that nobody holds, and commits what is about to happen. Nothing
 * is made any more for an account that is to go, nor for one that is suspended; and no live channel
 * is changed.
 *
 * Returns: %TRUE if the question was answered
 */
gboolean
sc_errand_store_take (ScStoreConnection *connection,
                      const ScErrandWish *wish,
                      ScErrand **ret_errand,
                      GError **error)
{
  g_autoptr (ScStoreResult) result = sc_store_query (
    connection,
    "WITH due AS MATERIALIZED ("
    "  SELECT e.user_id, e.kind FROM errands e JOIN users u ON u.id = e.user_id"
    "  WHERE e.next_at <= $2 AND ($1 = 0 OR e.user_id = $1)"
    "  AND (e.lease_until IS NULL OR e.lease_until <= $2)"
    "  AND (e.kind = 'deletion' OR (u.suspended_at IS NULL AND NOT EXISTS"
    "   (SELECT 1 FROM errands d WHERE d.user_id = e.user_id AND d.kind = 'deletion')))"
    "  AND (e.kind <> 'settings' OR NOT EXISTS (SELECT 1 FROM stream_states s"
    "   WHERE s.user_id = e.user_id AND s.started_at IS NOT NULL AND s.ended_at IS NULL))"
    "  ORDER BY e.next_at, e.user_id, e.kind LIMIT 1 FOR UPDATE OF e SKIP LOCKED)"
    " UPDATE errands AS e SET"
    "  lease = gen_random_uuid (), lease_until = $3, attempts = e.attempts + 1,"
    "  step = CASE e.step WHEN 'create' THEN 'calling' WHEN 'calling' THEN 'unclear'"
    "         WHEN 'waiting' THEN 'key' ELSE e.step END"
    " FROM due LEFT JOIN channels c ON c.user_id = due.user_id"
    " WHERE e.user_id = due.user_id AND e.kind = due.kind"
    " RETURNING e.user_id, e.kind, e.step, e.arn, e.stops, e.attempts, e.lease::text,"
    "  c.arn, c.room_arn, c.stage_arn, e.wanted_type, e.wanted_latency_mode",
    SC_PARAMS (sc_int (wish->user_id), sc_time (wish->now), sc_time (wish->now + LEASE_US)),
    error);
  if (!result)
    return FALSE;
  *ret_errand = sc_store_result_count (result) > 0 ? read_errand (result) : NULL;
  return TRUE;
}

#define ANOTHER_IS_WANTED "(wanted_type, wanted_latency_mode) IS DISTINCT FROM ($8::text, $9::text)"

/* What is wanted meanwhile instead waits for nothing that became of this. */
static gint64
put_step (ScStoreConnection *connection, const ScErrand *errand, GError **error)
{
  return sc_store_execute (connection,
                           "UPDATE errands SET step = $4, arn = $5, lease = NULL,"
                           " lease_until = NULL,"
                           " attempts = CASE WHEN " ANOTHER_IS_WANTED " THEN 0 ELSE $6 END,"
                           " next_at = CASE WHEN " ANOTHER_IS_WANTED " THEN next_at ELSE $7 END"
                           " WHERE user_id = $1 AND kind = $2 AND lease = $3::uuid",
                           SC_PARAMS (sc_int (errand->user_id),
                                      sc_text (kinds[errand->kind]),
                                      sc_text (errand->lease),
                                      sc_text (steps[errand->step]),
                                      sc_text (errand->key_arn),
                                      sc_int (errand->attempts),
                                      sc_time (errand->next_at),
                                      sc_text (errand->wanted_type),
                                      sc_text (errand->wanted_latency_mode)),
                           error);
}

static gint64
finish (ScStoreConnection *connection, const ScErrand *errand, GError **error)
{
  return sc_store_execute (connection,
                           "DELETE FROM errands"
                           " WHERE user_id = $1 AND kind = $2 AND lease = $3::uuid",
                           SC_PARAMS (sc_int (errand->user_id),
                                      sc_text (kinds[errand->kind]),
                                      sc_text (errand->lease)),
                           error);
}

/* What is wanted now may be something else again: then the errand stays. */
static gint64
finish_settings (ScStoreConnection *connection, const ScErrand *errand, GError **error)
{
  const ScStoreValue params[] = {
    sc_int (errand->user_id),
    sc_text (errand->lease),
    sc_text (errand->wanted_type),
    sc_text (errand->wanted_latency_mode),
  };
  if (sc_store_execute (connection,
                        "UPDATE channels c SET channel_type = coalesce ($3, c.channel_type),"
                        " latency_mode = coalesce ($4, c.latency_mode) FROM errands e"
                        " WHERE c.user_id = $1 AND e.user_id = $1 AND e.kind = 'settings'"
                        " AND e.lease = $2::uuid",
                        params,
                        G_N_ELEMENTS (params),
                        error) < 0 ||
      sc_store_execute (connection,
                        "DELETE FROM errands WHERE user_id = $1 AND kind = 'settings'"
                        " AND lease = $2::uuid AND wanted_type IS NOT DISTINCT FROM $3"
                        " AND wanted_latency_mode IS NOT DISTINCT FROM $4",
                        params,
                        G_N_ELEMENTS (params),
                        error) < 0)
    return -1;
  return sc_store_execute (connection,
                           "UPDATE errands SET attempts = 0, lease = NULL, lease_until = NULL"
                           " WHERE user_id = $1 AND kind = 'settings' AND lease = $2::uuid",
                           params,
                           2,
                           error);
}

/* The channel names a key only while there is one for sure. */
static gboolean
set_key (ScStoreConnection *connection, const ScErrand *errand, GError **error)
{
  const char *arn = errand->step == SC_ERRAND_DONE ? errand->key_arn : NULL;
  return sc_store_execute (connection,
                           "UPDATE channels SET stream_key_arn = $2 WHERE user_id = $1",
                           SC_PARAMS (sc_int (errand->user_id), sc_text (arn)),
                           error) >= 0;
}

/* Whether the outcome says which key the channel has. */
static gboolean
tells_key (const ScErrand *errand)
{
  return errand->kind == SC_ERRAND_KEY && errand->step != SC_ERRAND_DELETE;
}

/**
 * sc_errand_store_put:
 * @connection: a connection, outside a transaction
 * @errand: an errand that was taken, with what came of it
 * @error: any %SC_STORE_ERROR; whether it was written is then unknown
 *
 * Writes the outcome of a step and what follows for the channel, and gives the lease back. Nothing
 * is written if another process has taken the errand meanwhile.
 *
 * Returns: %TRUE if the outcome is committed or no longer wanted
 */
gboolean
sc_errand_store_put (ScStoreConnection *connection, const ScErrand *errand, GError **error)
{
  if (!sc_store_begin (connection, error))
    return FALSE;
  gint64 rows = 0;
  if (errand->step != SC_ERRAND_DONE)
    rows = put_step (connection, errand, error);
  else if (errand->kind == SC_ERRAND_SETTINGS)
    return finish_settings (connection, errand, error) >= 0 && sc_store_commit (connection, error);
  else
    rows = finish (connection, errand, error);
  if (rows < 0)
    return FALSE;
  if (rows == 0) {
    sc_store_rollback (connection);
    return TRUE;
  }
  return (!tells_key (errand) || set_key (connection, errand, error)) &&
         sc_store_commit (connection, error);
}

/**
 * sc_errand_store_list_buckets:
 * @connection: a connection
 * @user_id: the owner of a channel
 * @error: any %SC_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type utf8): the buckets that recordings of the
 *   channel are in
 */
GPtrArray *
sc_errand_store_list_buckets (ScStoreConnection *connection, gint64 user_id, GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT DISTINCT bucket FROM recordings WHERE user_id = $1 AND bucket <> ''"
                    " ORDER BY bucket",
                    SC_PARAMS (sc_int (user_id)),
                    error);
  if (!result)
    return NULL;
  GPtrArray *buckets = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < sc_store_result_count (result); i++)
    g_ptr_array_add (buckets, g_strdup (sc_store_result_get_text (result, i, 0)));
  return buckets;
}
