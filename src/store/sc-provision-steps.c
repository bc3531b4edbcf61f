/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-provision-steps.h"

/* Longer than a Create takes at most: 5 s on the wire after 1 s of waiting for its turn. What is
 * still held after it belongs to a process that died. */
#define LEASE_US (20 * G_TIME_SPAN_SECOND)

/* From a call of an operation to the next. A busy machine makes one late: by less than 400 ms it is
 * no sixth within any second. */
#define BETWEEN_CALLS "280 ms"

static const char *const kinds[] = { "channel", "room", "stage" };

static const char *const states[] = { "wanted", "calling", "unclear", "found", "detailed", "done" };

/* Nothing is made or changed any more for an account that is to go. */
#define STAYS                                                                                      \
  "NOT EXISTS (SELECT 1 FROM errands e"                                                            \
  " WHERE e.user_id = provision_steps.user_id AND e.kind = 'deletion')"

/* The column of channels that each kind's ARN goes to. */
static const char *const channel_updates[] = {
  "UPDATE channels SET arn = $2, playback_url = coalesce ($3, playback_url),"
  " ingest_endpoint = coalesce ($4, ingest_endpoint),"
  " stream_key_arn = coalesce ($5, stream_key_arn),"
  " channel_type = coalesce ($6, channel_type), latency_mode = coalesce ($7, latency_mode) WHERE "
  "user_id = $1",
  "UPDATE channels SET room_arn = $2 WHERE user_id = $1",
  "UPDATE channels SET stage_arn = $2 WHERE user_id = $1",
};

/**
 * sc_provision_step_free:
 * @self: (nullable) (transfer full): a step
 *
 * Frees it.
 */
void
sc_provision_step_free (ScProvisionStep *self)
{
  if (!self)
    return;
  g_free (self->name);
  g_free (self->deployment);
  g_free (self->token);
  g_free (self->arn);
  g_free (self->page);
  g_free (self->refers_to);
  g_free (self->lease);
  g_free (self);
}

/**
 * sc_provision_steps_insert:
 * @connection: a connection, in the transaction that makes the user
 * @user_id: the user
 * @now_us: the time, microseconds since the epoch
 * @error: any %SC_STORE_ERROR
 *
 * Notes that a user needs a channel, a room and a stage.
 *
 * Returns: %TRUE if it is noted
 */
gboolean
sc_provision_steps_insert (ScStoreConnection *connection,
                           gint64 user_id,
                           gint64 now_us,
                           GError **error)
{
  return sc_store_execute (connection,
                           "INSERT INTO provision_steps (user_id, step, next_at)"
                           " SELECT $1, step, $2"
                           " FROM unnest (ARRAY['channel', 'room', 'stage']) AS step",
                           SC_PARAMS (sc_int (user_id), sc_time (now_us)),
                           error) >= 0;
}

static ScProvisionStep *
read_step (ScStoreResult *result)
{
  ScProvisionStep *step = g_new0 (ScProvisionStep, 1);
  step->user_id = sc_store_result_get_int (result, 0, 0);
  step->name = g_strdup (sc_store_result_get_text (result, 0, 1));
  step->kind = sc_store_result_get_word (result, 0, 2, kinds, G_N_ELEMENTS (kinds));
  step->state = sc_store_result_get_word (result, 0, 3, states, G_N_ELEMENTS (states));
  step->token = g_strdup (sc_store_result_get_text (result, 0, 4));
  step->arn = g_strdup (sc_store_result_get_text (result, 0, 5));
  step->page = g_strdup (sc_store_result_get_text (result, 0, 6));
  step->attempts = (guint) sc_store_result_get_int (result, 0, 7);
  step->reason = g_intern_string (sc_store_result_get_text (result, 0, 8));
  step->lease = g_strdup (sc_store_result_get_text (result, 0, 9));
  step->deployment = g_strdup (sc_store_result_get_text (result, 0, 10));
  return step;
}

/**
 * sc_provision_steps_take:
 * @connection: a connection, outside a transaction
 * @user_id: whose step, or 0 for anybody's
 * @now_us: the time, microseconds since the epoch
 * @ret_step: (out) (nullable) (transfer full): the step, or %NULL if none is due; untouched on
 * failure
 * @error: any %SC_STORE_ERROR
 *
 * Takes a step that is due and that nobody holds, and commits what is about to happen: a step that
 * is wanted gets a new token and is calling; one that was calling when its lease ran out has an
 * unclear outcome.
 *
 * Returns: %TRUE if the question was answered
 */
gboolean
sc_provision_steps_take (ScStoreConnection *connection,
                         gint64 user_id,
                         gint64 now_us,
                         ScProvisionStep **ret_step,
                         GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "WITH due AS MATERIALIZED ("
                    "  SELECT user_id, step FROM provision_steps"
                    "  WHERE state <> 'done' AND next_at <= $2 AND ($1 = 0 OR user_id = $1)"
                    "  AND (lease_until IS NULL OR lease_until <= $2) AND " STAYS
                    "  ORDER BY next_at, step LIMIT 1 FOR UPDATE SKIP LOCKED)"
                    " UPDATE provision_steps AS s SET"
                    "  lease = gen_random_uuid (), lease_until = $3, attempts = s.attempts + 1,"
                    "  token = CASE s.state WHEN 'wanted' THEN gen_random_uuid () ELSE s.token END,"
                    "  state = CASE s.state WHEN 'wanted' THEN 'calling'"
                    "          WHEN 'calling' THEN 'unclear' ELSE s.state END"
                    " FROM due, channels AS c, deployment AS d"
                    " WHERE s.user_id = due.user_id AND s.step = due.step AND c.user_id = s.user_id"
                    " RETURNING s.user_id, c.name, s.step, s.state, s.token::text, s.arn, s.page,"
                    "  s.attempts, s.reason, s.lease::text, d.id::text",
                    SC_PARAMS (sc_int (user_id), sc_time (now_us), sc_time (now_us + LEASE_US)),
                    error);
  if (!result)
    return FALSE;
  *ret_step = sc_store_result_count (result) > 0 ? read_step (result) : NULL;
  return TRUE;
}

static gboolean
update_channel (ScStoreConnection *connection,
                const ScProvisionStep *step,
                const ScProvisionDetails *details,
                GError **error)
{
  const ScStoreValue params[] = {
    sc_int (step->user_id),
    sc_text (step->arn),
    sc_text (details->playback_url),
    sc_text (details->ingest_endpoint),
    sc_text (details->stream_key_arn),
    sc_text (details->channel_type),
    sc_text (details->latency_mode),
  };
  guint n_params = step->kind == SC_PROVISION_CHANNEL ? G_N_ELEMENTS (params) : 2;
  if (sc_store_execute (connection, channel_updates[step->kind], params, n_params, error) < 0)
    return FALSE;

  return sc_store_execute (connection,
                           "UPDATE channels AS c SET reason = s.reason, state = CASE"
                           "  WHEN s.done THEN 'ready' WHEN s.reason IS NOT NULL THEN 'failed'"
                           "  ELSE 'provisioning' END"
                           " FROM (SELECT bool_and (state = 'done') AS done, min (reason) AS reason"
                           "  FROM provision_steps WHERE user_id = $1) AS s WHERE c.user_id = $1",
                           params,
                           1,
                           error) >= 0;
}

/* Locks the channel's row first, so that two steps that end at once see each other's end. */
static gboolean
lock_channel (ScStoreConnection *connection, gint64 user_id, GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT 1 FROM channels WHERE user_id = $1 FOR UPDATE",
                    SC_PARAMS (sc_int (user_id)),
                    error);
  return result != NULL;
}

static gint64
update_step (ScStoreConnection *connection, const ScProvisionStep *step, GError **error)
{
  return sc_store_execute (connection,
                           "UPDATE provision_steps SET state = $4, arn = $5, page = $6,"
                           " attempts = $7, reason = $8, next_at = $9,"
                           " refers_to = coalesce ($10, refers_to), lease = NULL,"
                           " lease_until = NULL"
                           " WHERE user_id = $1 AND step = $2 AND lease = $3::uuid",
                           SC_PARAMS (sc_int (step->user_id),
                                      sc_text (kinds[step->kind]),
                                      sc_text (step->lease),
                                      sc_text (states[step->state]),
                                      sc_text (step->arn),
                                      sc_text (step->page),
                                      sc_int (step->attempts),
                                      sc_text (step->reason),
                                      sc_time (step->next_at),
                                      sc_text (step->refers_to)),
                           error);
}

/**
 * sc_provision_steps_put:
 * @connection: a connection, outside a transaction
 * @step: a step that was taken, with what came of it
 * @details: what it found out for the channel
 * @error: any %SC_STORE_ERROR; whether it was written is then unknown
 *
 * Writes the outcome of a step and what follows for the channel, and gives the lease back. If the
 * lease has run out and another process has taken the step meanwhile, nothing is written: that
 * process settles it.
 *
 * Returns: %TRUE if the outcome is committed or no longer wanted
 */
gboolean
sc_provision_steps_put (ScStoreConnection *connection,
                        const ScProvisionStep *step,
                        const ScProvisionDetails *details,
                        GError **error)
{
  if (!sc_store_begin (connection, error) || !lock_channel (connection, step->user_id, error))
    return FALSE;
  gint64 rows = update_step (connection, step, error);
  if (rows < 0)
    return FALSE;
  if (rows == 0) {
    sc_store_rollback (connection);
    return TRUE;
  }
  return update_channel (connection, step, details, error) && sc_store_commit (connection, error);
}

/**
 * sc_provision_steps_take_outdated:
 * @connection: a connection, outside a transaction
 * @wanted: what resources are to refer to
 * @ret_step: (out) (nullable) (transfer full): a channel's or a room's step that is done, or %NULL
 *   if none is due; untouched on failure
 * @error: any %SC_STORE_ERROR
 *
 * Takes the step of a resource that was last told to refer to something else.
 *
 * Returns: %TRUE if the question was answered
 */
gboolean
sc_provision_steps_take_outdated (ScStoreConnection *connection,
                                  const ScProvisionWanted *wanted,
                                  ScProvisionStep **ret_step,
                                  GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "WITH due AS MATERIALIZED ("
                    "  SELECT user_id, step FROM provision_steps"
                    "  WHERE state = 'done' AND next_at <= $3"
                    "  AND ((step = 'channel' AND coalesce (refers_to, '') < $1)"
                    "   OR (step = 'channel' AND coalesce (refers_to, '') > $1)"
                    "   OR (step = 'room' AND coalesce (refers_to, '') < $2)"
                    "   OR (step = 'room' AND coalesce (refers_to, '') > $2))"
                    "  AND (lease_until IS NULL OR lease_until <= $3) AND " STAYS
                    "  LIMIT 1 FOR UPDATE SKIP LOCKED)"
                    " UPDATE provision_steps AS s SET lease = gen_random_uuid (),"
                    "  lease_until = $4, attempts = s.attempts + 1"
                    " FROM due, channels AS c, deployment AS d"
                    " WHERE s.user_id = due.user_id AND s.step = due.step AND c.user_id = s.user_id"
                    " RETURNING s.user_id, c.name, s.step, s.state, s.token::text, s.arn, s.page,"
                    "  s.attempts, s.reason, s.lease::text, d.id::text",
                    SC_PARAMS (sc_text (wanted->channel),
                               sc_text (wanted->room),
                               sc_time (wanted->now),
                               sc_time (wanted->now + LEASE_US)),
                    error);
  if (!result)
    return FALSE;
  *ret_step = sc_store_result_count (result) > 0 ? read_step (result) : NULL;
  return TRUE;
}

/**
 * sc_provision_steps_put_refreshed:
 * @connection: a connection
 * @step: a step of sc_provision_steps_take_outdated(), with what came of it
 * @error: any %SC_STORE_ERROR
 *
 * Writes what the resource refers to, and gives the lease back.
 *
 * Returns: %TRUE if it is written or no longer wanted
 */
gboolean
sc_provision_steps_put_refreshed (ScStoreConnection *connection,
                                  const ScProvisionStep *step,
                                  GError **error)
{
  return sc_store_execute (connection,
                           "UPDATE provision_steps SET attempts = $4, next_at = $5,"
                           " refers_to = coalesce ($6, refers_to), lease = NULL,"
                           " lease_until = NULL"
                           " WHERE user_id = $1 AND step = $2 AND lease = $3::uuid",
                           SC_PARAMS (sc_int (step->user_id),
                                      sc_text (kinds[step->kind]),
                                      sc_text (step->lease),
                                      sc_int (step->attempts),
                                      sc_time (step->next_at),
                                      sc_text (step->refers_to)),
                           error) >= 0;
}

/**
 * sc_provision_steps_know:
 * @connection: a connection
 * @arn: a resource
 * @token: the token in its tags
 * @ret_known: (out): whether a row has it or is still looking for it; untouched on failure
 * @error: any %SC_STORE_ERROR
 *
 * Returns: %TRUE if the question was answered
 */
gboolean
sc_provision_steps_know (ScStoreConnection *connection,
                         const char *arn,
                         const char *token,
                         gboolean *ret_known,
                         GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT EXISTS (SELECT 1 FROM provision_steps WHERE arn = $1)"
                    " OR EXISTS (SELECT 1 FROM provision_steps"
                    "  WHERE token = $2::uuid AND state <> 'done')",
                    SC_PARAMS (sc_text (arn), sc_text (token)),
                    error);
  if (!result)
    return FALSE;
  *ret_known = sc_store_result_get_bool (result, 0, 0);
  return TRUE;
}

/**
 * sc_provision_steps_dup_deployment:
 * @connection: a connection
 * @error: any %SC_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): the id that this database's resources carry in their tags
 */
char *
sc_provision_steps_dup_deployment (ScStoreConnection *connection, GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection, "SELECT id::text FROM deployment", SC_NO_PARAMS, error);
  return result ? g_strdup (sc_store_result_get_text (result, 0, 0)) : NULL;
}

/**
 * sc_call_buckets_take:
 * @connection: a connection
 * @operation: an operation of AWS
 * @ret_wait_us: (out): how long to wait before the call, microseconds; negative if too many calls
 * wait already and this one may not be made; untouched on failure
 * @error: any %SC_STORE_ERROR
 *
 * Reserves a turn: at most 4 calls a second for each operation over all processes, where Amazon IVS
 * allows 5 ("Service Quotas"), and no bursts. By the database's clock, the one that all processes
 * share.
 *
 * Returns: %TRUE if the question was answered
 */
gboolean
sc_call_buckets_take (ScStoreConnection *connection,
                      const char *operation,
                      gint64 *ret_wait_us,
                      GError **error)
{
  g_autoptr (ScStoreResult) result = sc_store_query (
    connection,
    "INSERT INTO call_buckets AS b (operation, free_at)"
    " VALUES ($1, clock_timestamp () + interval '" BETWEEN_CALLS "')"
    " ON CONFLICT (operation) DO UPDATE SET"
    "  free_at = greatest (b.free_at, clock_timestamp ()) + interval '" BETWEEN_CALLS "'"
    "  WHERE b.free_at <= clock_timestamp () + interval '1 s'"
    " RETURNING (extract (epoch FROM"
    "  free_at - interval '" BETWEEN_CALLS "' - clock_timestamp ()) * 1000000)::bigint",
    SC_PARAMS (sc_text (operation)),
    error);
  if (!result)
    return FALSE;
  gint64 wait_us = -1;
  if (sc_store_result_count (result) > 0)
    wait_us = MAX (0, sc_store_result_get_int (result, 0, 0));
  *ret_wait_us = wait_us;
  return TRUE;
}
