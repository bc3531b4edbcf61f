/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What was asked with an Idempotency-Key, and what was answered. */

#include "config.h"

#include "sc-repeat-store.h"

/* Leaves room for one more. */
static gboolean
make_room (ScStoreConnection *connection, gint64 user_id, GError **error)
{
  return sc_store_execute (connection,
                           "DELETE FROM repeats WHERE key IN (SELECT key FROM repeats"
                           " WHERE user_id = $1 ORDER BY claimed_at DESC, key OFFSET $2)",
                           SC_PARAMS (sc_int (user_id), sc_int (SC_REPEATS_PER_USER - 1)),
                           error) >= 0;
}

/* A row that is too old, or whose request nobody works on any more, is as good as none. */
static gint64
insert_or_take_over (ScStoreConnection *connection, const ScRepeat *repeat, GError **error)
{
  return sc_store_execute (
    connection,
    "INSERT INTO repeats AS r (key, user_id, request, claimed_at) VALUES ($1, $2, $3, $4)"
    " ON CONFLICT (key) DO UPDATE SET request = excluded.request,"
    " claimed_at = excluded.claimed_at, status = NULL, body = NULL"
    " WHERE r.claimed_at <= $5 OR (r.status IS NULL AND r.claimed_at <= $6"
    " AND r.request = excluded.request)",
    SC_PARAMS (sc_bytes (repeat->key, SC_REPEAT_HASH_SIZE),
               sc_int (repeat->user_id),
               sc_bytes (repeat->request, SC_REPEAT_HASH_SIZE),
               sc_time (repeat->at),
               sc_time (repeat->at - SC_REPEAT_AGE_US),
               sc_time (repeat->at - SC_REPEAT_CLAIM_US)),
    error);
}

/* Of a row that has gone meanwhile nobody knows what became of it: its request may come again. */
static gboolean
read_state (ScStoreConnection *connection,
            const ScRepeat *repeat,
            ScRepeatState *ret_state,
            ScRepeatAnswer *ret_answer,
            GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT request = $2, status, body FROM repeats WHERE key = $1",
                    SC_PARAMS (sc_bytes (repeat->key, SC_REPEAT_HASH_SIZE),
                               sc_bytes (repeat->request, SC_REPEAT_HASH_SIZE)),
                    error);
  if (!result)
    return FALSE;
  *ret_state = SC_REPEAT_RUNNING;
  if (sc_store_result_count (result) == 0)
    return TRUE;
  if (!sc_store_result_get_bool (result, 0, 0)) {
    *ret_state = SC_REPEAT_OTHER;
  } else if (!sc_store_result_is_null (result, 0, 1)) {
    *ret_state = SC_REPEAT_DONE;
    ret_answer->status = (guint) sc_store_result_get_int (result, 0, 1);
    ret_answer->body =
      sc_store_result_is_null (result, 0, 2) ? NULL : sc_store_result_get_bytes (result, 0, 2);
  }
  return TRUE;
}

/**
 * sc_repeat_store_claim:
 * @connection: a connection outside a transaction
 * @repeat: a request
 * @ret_state: (out): what is known of it; untouched on failure
 * @ret_answer: (out): the answer, only if there is one; the caller frees the body
 * @error: an error of %SC_STORE_ERROR
 *
 * Says whether a request was made before, and claims it if it was not. Of two at the same moment
 * one gets it.
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_repeat_store_claim (ScStoreConnection *connection,
                       const ScRepeat *repeat,
                       ScRepeatState *ret_state,
                       ScRepeatAnswer *ret_answer,
                       GError **error)
{
  if (!make_room (connection, repeat->user_id, error))
    return FALSE;
  gint64 claimed = insert_or_take_over (connection, repeat, error);
  if (claimed < 0)
    return FALSE;
  if (claimed == 0)
    return read_state (connection, repeat, ret_state, ret_answer, error);
  *ret_state = SC_REPEAT_CLAIMED;
  return TRUE;
}

static gint64
set_answer (ScStoreConnection *connection,
            const ScRepeat *repeat,
            const ScRepeatAnswer *answer,
            GError **error)
{
  gsize size = 0;
  const guint8 *data = answer->body ? g_bytes_get_data (answer->body, &size) : NULL;
  return sc_store_execute (connection,
                           "UPDATE repeats SET status = $3, body = $4"
                           " WHERE key = $1 AND claimed_at = $2",
                           SC_PARAMS (sc_bytes (repeat->key, SC_REPEAT_HASH_SIZE),
                                      sc_time (repeat->at),
                                      sc_int (answer->status),
                                      data ? sc_bytes (data, size) : sc_text (NULL)),
                           error);
}

/**
 * sc_repeat_store_keep:
 * @connection: a connection inside the transaction that does what was asked
 * @repeat: a request that the caller claimed
 * @answer: what it is to be answered if nothing else is said any more
 * @error: an error of %SC_STORE_ERROR; %SC_STORE_ERROR_SERIALIZATION if somebody else claimed the
 *   request meanwhile, and this transaction is one too many
 *
 * Keeps an answer together with the act.
 *
 * Returns: %TRUE if both may be committed
 */
gboolean
sc_repeat_store_keep (ScStoreConnection *connection,
                      const ScRepeat *repeat,
                      const ScRepeatAnswer *answer,
                      GError **error)
{
  gint64 count = set_answer (connection, repeat, answer, error);
  if (count == 0)
    g_set_error_literal (error,
                         SC_STORE_ERROR,
                         SC_STORE_ERROR_SERIALIZATION,
                         "The request was claimed by somebody else");
  return count > 0;
}

/**
 * sc_repeat_store_finish:
 * @connection: a connection
 * @repeat: a request that the caller claimed
 * @answer: what it was answered
 * @error: an error of %SC_STORE_ERROR
 *
 * Keeps the answer, in the place of one that was kept with the act, unless somebody else claimed
 * the request meanwhile.
 *
 * Returns: %TRUE if it is kept
 */
gboolean
sc_repeat_store_finish (ScStoreConnection *connection,
                        const ScRepeat *repeat,
                        const ScRepeatAnswer *answer,
                        GError **error)
{
  return set_answer (connection, repeat, answer, error) >= 0;
}

/**
 * sc_repeat_store_release:
 * @connection: a connection
 * @repeat: a request that the caller claimed and could not do
 * @error: an error of %SC_STORE_ERROR
 *
 * Lets the request be made again, unless it was done after all and has an answer.
 *
 * Returns: %TRUE if it may
 */
gboolean
sc_repeat_store_release (ScStoreConnection *connection, const ScRepeat *repeat, GError **error)
{
  return sc_store_execute (connection,
                           "DELETE FROM repeats WHERE key = $1 AND claimed_at = $2"
                           " AND status IS NULL",
                           SC_PARAMS (sc_bytes (repeat->key, SC_REPEAT_HASH_SIZE),
                                      sc_time (repeat->at)),
                           error) >= 0;
}

/**
 * sc_repeat_store_add:
 * @connection: a connection inside the transaction that does what was asked
 * @repeat: a request whose answer is not to be kept
 * @error: an error of %SC_STORE_ERROR
 *
 * Writes down who was made by a request.
 *
 * Returns: %TRUE if it is written down
 */
gboolean
sc_repeat_store_add (ScStoreConnection *connection, const ScRepeat *repeat, GError **error)
{
  return sc_store_execute (connection,
                           "INSERT INTO repeats (key, user_id, request, claimed_at, status)"
                           " VALUES ($1, $2, $3, $4, 201) ON CONFLICT (key) DO UPDATE"
                           " SET user_id = excluded.user_id, request = excluded.request,"
                           " claimed_at = excluded.claimed_at",
                           SC_PARAMS (sc_bytes (repeat->key, SC_REPEAT_HASH_SIZE),
                                      sc_int (repeat->user_id),
                                      sc_bytes (repeat->request, SC_REPEAT_HASH_SIZE),
                                      sc_time (repeat->at)),
                           error) >= 0;
}

/**
 * sc_repeat_store_find_user:
 * @connection: a connection
 * @repeat: a request, whose user does not matter
 * @ret_user_id: (out): who was made by it within %SC_REPEAT_AGE_US, 0 for nobody; untouched on
 *   failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_repeat_store_find_user (ScStoreConnection *connection,
                           const ScRepeat *repeat,
                           gint64 *ret_user_id,
                           GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT user_id FROM repeats WHERE key = $1 AND claimed_at > $2",
                    SC_PARAMS (sc_bytes (repeat->key, SC_REPEAT_HASH_SIZE),
                               sc_time (repeat->at - SC_REPEAT_AGE_US)),
                    error);
  if (!result)
    return FALSE;
  *ret_user_id = sc_store_result_count (result) ? sc_store_result_get_int (result, 0, 0) : 0;
  return TRUE;
}

/**
 * sc_repeat_store_forget:
 * @connection: a connection
 * @now: microseconds since the epoch
 * @error: an error of %SC_STORE_ERROR
 *
 * Removes what is older than %SC_REPEAT_AGE_US.
 *
 * Returns: %TRUE if it is gone
 */
gboolean
sc_repeat_store_forget (ScStoreConnection *connection, gint64 now, GError **error)
{
  return sc_store_execute (connection,
                           "DELETE FROM repeats WHERE claimed_at <= $1",
                           SC_PARAMS (sc_time (now - SC_REPEAT_AGE_US)),
                           error) >= 0;
}
