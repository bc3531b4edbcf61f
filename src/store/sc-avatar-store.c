/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Which pictures of people are in the bucket. An object is written down before it is stored and
 * forgotten after it is removed: whoever dies between leaves a row that says so. */

#include "config.h"

#include "sc-avatar-store.h"

/**
 * sc_avatar_removal_free:
 * @self: (nullable) (transfer full): a removal
 */
void
sc_avatar_removal_free (ScAvatarRemoval *self)
{
  if (!self)
    return;
  g_free (self->key);
  g_free (self);
}

/**
 * sc_avatar_plan_clear:
 * @self: a plan
 *
 * Frees what it holds.
 */
void
sc_avatar_plan_clear (ScAvatarPlan *self)
{
  g_clear_pointer (&self->key, g_free);
}

/* What is there of the picture, with the channel held until the transaction's end. Who was to
 * remove it may be at it still when the claim has run out: the next one to claim it takes it up. */
static ScStoreResult *
look (ScStoreConnection *connection, gint64 user_id, const char *hash, GError **error)
{
  return sc_store_query (
    connection,
    "WITH mine AS MATERIALIZED (SELECT c.user_id, c.avatar, 'avatars/' || u.public_id::text || '/'"
    "  || $2::text || '.png' AS key FROM channels c JOIN users u ON u.id = c.user_id"
    "  WHERE c.user_id = $1 FOR UPDATE OF c)"
    " SELECT mine.key, mine.avatar IS NOT DISTINCT FROM mine.key,"
    " EXISTS (SELECT 1 FROM avatars a WHERE a.key = mine.key AND a.claimed_until IS NOT NULL),"
    " (SELECT count(*) FROM avatars a WHERE a.user_id = $1 AND a.key <> mine.key) FROM mine",
    SC_PARAMS (sc_int (user_id), sc_text (hash)),
    error);
}

static ScAvatarStep
decide (ScStoreResult *result)
{
  if (sc_store_result_get_bool (result, 0, 1))
    return SC_AVATAR_SHOWN;
  if (sc_store_result_get_bool (result, 0, 2))
    return SC_AVATAR_GOING;
  return sc_store_result_get_int (result, 0, 3) < SC_AVATARS_MAX ? SC_AVATAR_STORE
                                                                 : SC_AVATAR_TOO_MANY;
}

static gboolean
write_intention (ScStoreConnection *connection,
                 gint64 user_id,
                 const char *key,
                 gint64 remove_at,
                 GError **error)
{
  return sc_store_execute (connection,
                           "INSERT INTO avatars AS a (key, user_id, remove_at) VALUES ($1, $2, $3)"
                           " ON CONFLICT (key) DO UPDATE SET remove_at = excluded.remove_at,"
                           " claimed_until = NULL, attempts = 0",
                           SC_PARAMS (sc_text (key), sc_int (user_id), sc_time (remove_at)),
                           error) >= 0;
}

/**
 * sc_avatar_store_plan:
 * @connection: a connection inside a transaction
 * @user_id: whose picture
 * @hash: its SHA-256, as 64 hexadecimal digits
 * @now: microseconds since the epoch
 * @ret_plan: (out): what is to be done; untouched on failure
 * @error: an error of %SC_STORE_ERROR; a user without a channel is %SC_STORE_ERROR_PROTOCOL
 *
 * Writes down that a picture is about to be stored, and is to go again after %SC_AVATAR_STORING_US
 * if it is not shown by then.
 *
 * Returns: %TRUE if the question was answered
 */
gboolean
sc_avatar_store_plan (ScStoreConnection *connection,
                      gint64 user_id,
                      const char *hash,
                      gint64 now,
                      ScAvatarPlan *ret_plan,
                      GError **error)
{
  g_autoptr (ScStoreResult) result = look (connection, user_id, hash, error);
  if (!result)
    return FALSE;
  if (sc_store_result_count (result) != 1) {
    g_set_error_literal (error, SC_STORE_ERROR, SC_STORE_ERROR_PROTOCOL, "A user has no channel");
    return FALSE;
  }
  const char *key = sc_store_result_get_text (result, 0, 0);
  ScAvatarStep step = decide (result);
  if (step == SC_AVATAR_STORE &&
      !write_intention (connection, user_id, key, now + SC_AVATAR_STORING_US, error))
    return FALSE;
  *ret_plan = (ScAvatarPlan) { g_strdup (key), step };
  return TRUE;
}

/**
 * sc_avatar_store_hide:
 * @connection: a connection inside a transaction
 * @user_id: whose picture
 * @now: microseconds since the epoch
 * @error: an error of %SC_STORE_ERROR
 *
 * Shows no picture of theirs from now on, and has the one that was shown removed.
 *
 * Returns: %TRUE if it is written down
 */
gboolean
sc_avatar_store_hide (ScStoreConnection *connection, gint64 user_id, gint64 now, GError **error)
{
  return sc_store_execute (connection,
                           "UPDATE channels SET avatar = NULL WHERE user_id = $1",
                           SC_PARAMS (sc_int (user_id)),
                           error) >= 0 &&
         sc_store_execute (connection,
                           "UPDATE avatars SET remove_at = $2"
                           " WHERE user_id = $1 AND remove_at IS NULL",
                           SC_PARAMS (sc_int (user_id), sc_time (now)),
                           error) >= 0;
}

/**
 * sc_avatar_store_show:
 * @connection: a connection inside a transaction
 * @user_id: whose picture
 * @key: the object, which is stored
 * @now: microseconds since the epoch
 * @ret_shown: (out): %FALSE if it is being removed meanwhile, and nothing is to be committed;
 *   untouched on failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Shows the picture in the place of the one before, which goes.
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_avatar_store_show (ScStoreConnection *connection,
                      gint64 user_id,
                      const char *key,
                      gint64 now,
                      gboolean *ret_shown,
                      GError **error)
{
  if (!sc_avatar_store_hide (connection, user_id, now, error))
    return FALSE;
  gint64 rows = sc_store_execute (connection,
                                  "UPDATE avatars SET remove_at = NULL WHERE key = $1"
                                  " AND user_id = $2 AND claimed_until IS NULL",
                                  SC_PARAMS (sc_text (key), sc_int (user_id)),
                                  error);
  if (rows < 0)
    return FALSE;
  gint64 shown = rows == 0 ? 0
                           : sc_store_execute (connection,
                                               "UPDATE channels SET avatar = $2 WHERE user_id = $1",
                                               SC_PARAMS (sc_int (user_id), sc_text (key)),
                                               error);
  if (shown < 0)
    return FALSE;
  *ret_shown = shown > 0;
  return TRUE;
}

/**
 * sc_avatar_store_claim:
 * @connection: a connection, outside a transaction
 * @now: microseconds since the epoch
 * @until: when somebody else may go on, if whoever claims it says nothing
 * @ret_removal: (out) (nullable) (transfer full): what is due longest, or %NULL; untouched on
 *   failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Claims an object that is to go and that nobody is at.
 *
 * Returns: %TRUE if the question was answered
 */
gboolean
sc_avatar_store_claim (ScStoreConnection *connection,
                       gint64 now,
                       gint64 until,
                       ScAvatarRemoval **ret_removal,
                       GError **error)
{
  g_autoptr (ScStoreResult) result = sc_store_query (
    connection,
    "WITH removal AS MATERIALIZED (SELECT key FROM avatars WHERE remove_at <= $1"
    "  AND (claimed_until IS NULL OR claimed_until <= $1) ORDER BY remove_at, key LIMIT 1"
    "  FOR UPDATE SKIP LOCKED)"
    " UPDATE avatars a SET claimed_until = $2, attempts = a.attempts + 1 FROM removal"
    " WHERE a.key = removal.key RETURNING a.key, a.attempts - 1",
    SC_PARAMS (sc_time (now), sc_time (until)),
    error);
  if (!result)
    return FALSE;
  *ret_removal = NULL;
  if (sc_store_result_count (result) == 0)
    return TRUE;
  *ret_removal = g_new0 (ScAvatarRemoval, 1);
  (*ret_removal)->key = g_strdup (sc_store_result_get_text (result, 0, 0));
  (*ret_removal)->attempts = (guint) sc_store_result_get_int (result, 0, 1);
  return TRUE;
}

/**
 * sc_avatar_store_put_off:
 * @connection: a connection
 * @removal: what was claimed, with how often it has failed
 * @next_at: when somebody is to go on, microseconds since the epoch
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %TRUE if it is written down
 */
gboolean
sc_avatar_store_put_off (ScStoreConnection *connection,
                         const ScAvatarRemoval *removal,
                         gint64 next_at,
                         GError **error)
{
  return sc_store_execute (connection,
                           "UPDATE avatars SET remove_at = $2, attempts = $3, claimed_until = NULL"
                           " WHERE key = $1 AND claimed_until IS NOT NULL",
                           SC_PARAMS (sc_text (removal->key),
                                      sc_time (next_at),
                                      sc_int (removal->attempts)),
                           error) >= 0;
}

/**
 * sc_avatar_store_finish:
 * @connection: a connection
 * @key: an object that was claimed and is gone
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %TRUE if nobody will look for it again
 */
gboolean
sc_avatar_store_finish (ScStoreConnection *connection, const char *key, GError **error)
{
  return sc_store_execute (connection,
                           "DELETE FROM avatars WHERE key = $1 AND claimed_until IS NOT NULL",
                           SC_PARAMS (sc_text (key)),
                           error) >= 0;
}
