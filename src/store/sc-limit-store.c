/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How often something may happen, and where somebody is known. A limit is one moment: when it will
 * be whole again ("generic cell rate algorithm", ITU-T I.371, annex A). A row that is whole says
 * nothing that no row does not say, and is removed: there are never more rows than things happened
 * within the longest time that one of them costs. */

#include "config.h"

#include "sc-limit-store.h"

#include "sc-session-store.h"

static gboolean
read_wait (ScStoreConnection *connection,
           const ScLimit *limit,
           gint64 now,
           gint64 *ret_wait_us,
           GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT whole_at FROM limits WHERE key = $1",
                    SC_PARAMS (sc_bytes (limit->key, SC_LIMIT_KEY_SIZE)),
                    error);
  if (!result)
    return FALSE;
  gint64 whole_at = sc_store_result_count (result) ? sc_store_result_get_time (result, 0, 0) : now;
  gint64 next_at = whole_at - ((gint64) limit->burst - 1) * limit->every_us;
  *ret_wait_us = MAX (next_at - now, 1);
  return TRUE;
}

/**
 * sc_limit_store_take:
 * @connection: a connection, inside a transaction where several are taken or none
 * @limit: a limit
 * @now: microseconds since the epoch
 * @ret_wait_us: (out): 0 if it was taken, else after how long there will be one; untouched on
 *   failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Takes one of what a limit allows, if there is one left. Of two at the same moment the second sees
 * what the first took.
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_limit_store_take (ScStoreConnection *connection,
                     const ScLimit *limit,
                     gint64 now,
                     gint64 *ret_wait_us,
                     GError **error)
{
  gint64 taken = sc_store_execute (
    connection,
    "INSERT INTO limits AS l (key, whole_at) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE"
    " SET whole_at = GREATEST(l.whole_at, $3) + $4 * interval '1 microsecond'"
    " WHERE GREATEST(l.whole_at, $3) + $4 * interval '1 microsecond' <= $5",
    SC_PARAMS (sc_bytes (limit->key, SC_LIMIT_KEY_SIZE),
               sc_time (now + limit->every_us),
               sc_time (now),
               sc_int (limit->every_us),
               sc_time (now + (gint64) limit->burst * limit->every_us)),
    error);
  if (taken < 0)
    return FALSE;
  if (taken == 0)
    return read_wait (connection, limit, now, ret_wait_us, error);
  *ret_wait_us = 0;
  return TRUE;
}

/**
 * sc_limit_store_give_back:
 * @connection: a connection
 * @limit: a limit of which one was taken
 * @error: an error of %SC_STORE_ERROR
 *
 * Gives back what was taken and was not used.
 *
 * Returns: %TRUE if it is there again
 */
gboolean
sc_limit_store_give_back (ScStoreConnection *connection, const ScLimit *limit, GError **error)
{
  return sc_store_execute (
           connection,
           "UPDATE limits SET whole_at = whole_at - $2 * interval '1 microsecond' WHERE key = $1",
           SC_PARAMS (sc_bytes (limit->key, SC_LIMIT_KEY_SIZE), sc_int (limit->every_us)),
           error) >= 0;
}

/**
 * sc_limit_store_clear:
 * @connection: a connection
 * @limit: a limit
 * @error: an error of %SC_STORE_ERROR
 *
 * Makes a limit whole again.
 *
 * Returns: %TRUE if it is
 */
gboolean
sc_limit_store_clear (ScStoreConnection *connection, const ScLimit *limit, GError **error)
{
  return sc_store_execute (connection,
                           "DELETE FROM limits WHERE key = $1",
                           SC_PARAMS (sc_bytes (limit->key, SC_LIMIT_KEY_SIZE)),
                           error) >= 0;
}

/**
 * sc_limit_store_find_known:
 * @connection: a connection
 * @asker: who wants to sign in to which account from where
 * @ret_known: (out): what the account has to do with it: nothing where there is no such account;
 *   untouched on failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_limit_store_find_known (ScStoreConnection *connection,
                           const ScKnownAsker *asker,
                           ScKnown *ret_known,
                           GError **error)
{
  static const guint8 no_token[SC_TOKEN_HASH_SIZE] = { 0 }; /* the hash of none that anybody has */
  const guint8 *token_hash = asker->token_hash ? asker->token_hash : no_token;
  g_autoptr (ScStoreResult) result = sc_store_query (
    connection,
    "SELECT EXISTS (SELECT FROM known_places p WHERE p.user_id = u.id AND p.place = $2"
    " AND p.seen_at > $3), EXISTS (SELECT FROM sessions s WHERE s.user_id = u.id"
    " AND s.token_hash = $4 AND s.expires_at > $5 AND s.used_at > $6)"
    " FROM users u WHERE lower(u.name) = lower($1)",
    SC_PARAMS (sc_text (asker->name),
               sc_bytes (asker->place, SC_LIMIT_KEY_SIZE),
               sc_time (asker->now - SC_KNOWN_PLACE_AGE_US),
               sc_bytes (token_hash, SC_TOKEN_HASH_SIZE),
               sc_time (asker->now),
               sc_time (asker->now - SC_SESSION_IDLE_US)),
    error);
  if (!result)
    return FALSE;
  gboolean is_there = sc_store_result_count (result) > 0;
  ret_known->place = is_there && sc_store_result_get_bool (result, 0, 0);
  ret_known->session = is_there && sc_store_result_get_bool (result, 0, 1);
  return TRUE;
}

/**
 * sc_limit_store_note_place:
 * @connection: a connection inside a transaction
 * @name: the account that was signed in to
 * @place: (array fixed-size=32): the network they did so from
 * @now: microseconds since the epoch
 * @error: an error of %SC_STORE_ERROR
 *
 * Writes down that somebody is known at a place; of more than %SC_KNOWN_PLACES_PER_USER it keeps
 * those seen last.
 *
 * Returns: %TRUE if it is written down
 */
gboolean
sc_limit_store_note_place (ScStoreConnection *connection,
                           const char *name,
                           const guint8 *place,
                           gint64 now,
                           GError **error)
{
  return sc_store_execute (
           connection,
           "INSERT INTO known_places AS p (user_id, place, seen_at) SELECT id, $2, $3 FROM users"
           " WHERE lower(name) = lower($1) ON CONFLICT (user_id, place) DO UPDATE"
           " SET seen_at = GREATEST(p.seen_at, excluded.seen_at)",
           SC_PARAMS (sc_text (name), sc_bytes (place, SC_LIMIT_KEY_SIZE), sc_time (now)),
           error) >= 0 &&
         sc_store_execute (
           connection,
           "DELETE FROM known_places p USING (SELECT user_id, place FROM known_places WHERE user_id"
           " = (SELECT id FROM users WHERE lower(name) = lower($1)) ORDER BY seen_at DESC, place"
           " OFFSET $2) old WHERE p.user_id = old.user_id AND p.place = old.place",
           SC_PARAMS (sc_text (name), sc_int (SC_KNOWN_PLACES_PER_USER)),
           error) >= 0;
}

/**
 * sc_limit_store_forget:
 * @connection: a connection
 * @now: microseconds since the epoch
 * @error: an error of %SC_STORE_ERROR
 *
 * Removes the limits that are whole and the places where nobody has been for long.
 *
 * Returns: %TRUE if they are gone
 */
gboolean
sc_limit_store_forget (ScStoreConnection *connection, gint64 now, GError **error)
{
  return sc_store_execute (connection,
                           "DELETE FROM limits WHERE whole_at <= $1",
                           SC_PARAMS (sc_time (now)),
                           error) >= 0 &&
         sc_store_execute (connection,
                           "DELETE FROM known_places WHERE seen_at <= $1",
                           SC_PARAMS (sc_time (now - SC_KNOWN_PLACE_AGE_US)),
                           error) >= 0;
}
