/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The last step of an account's deletion: its rows, in one transaction.
 *
 * What goes: sessions, password, channel, its room's chat, settings, moderators, bans, audit log
 * and reports, streams, recordings; what the person follows, moderates or waits for elsewhere, and
 * the bans they have there. What stays, without the name and under another public id: lines that
 * they said in others' rooms, which others answered to, and what they did or was done to them
 * there, in those rooms' audit logs. */

#include "config.h"

#include "sc-account-removal.h"

/* Each with the user as $1, those that refer to others first. */
static const char *const removals[] = {
  "DELETE FROM sessions WHERE user_id = $1",
  "DELETE FROM known_places WHERE user_id = $1",
  "DELETE FROM repeats WHERE user_id = $1",
  "DELETE FROM errands WHERE user_id = $1 AND kind <> 'deletion'",
  "DELETE FROM moderators WHERE user_id = $1 OR person_id = $1",
  "DELETE FROM room_visits WHERE user_id = $1 OR person_id = $1",
  "DELETE FROM room_calls WHERE user_id = $1",
  "DELETE FROM bans WHERE user_id = $1 OR person_id = $1",
  "DELETE FROM held_lines WHERE user_id = $1 OR (decided_at IS NULL"
  " AND sender_id = (SELECT public_id::text FROM users WHERE id = $1))",
  "DELETE FROM chat_settings WHERE user_id = $1",
  "DELETE FROM reports WHERE user_id = $1",
  "DELETE FROM chat_lines WHERE user_id = $1",
  "DELETE FROM mod_actions WHERE user_id = $1",
  "DELETE FROM recordings WHERE user_id = $1",
  "DELETE FROM stream_events WHERE stream_id IN (SELECT id FROM streams WHERE user_id = $1)",
  "DELETE FROM streams WHERE user_id = $1",
  "DELETE FROM provision_steps WHERE user_id = $1",
  "UPDATE avatars SET remove_at = '1970-01-02Z' WHERE user_id = $1",
  /* Late, as it holds what others' followers are counted in until all is done. */
  "DELETE FROM follows WHERE user_id = $1 OR person_id = $1",
  "DELETE FROM follower_counts WHERE user_id = $1",
  "DELETE FROM channels WHERE user_id = $1",
};

/* By way of the channels, as the index of a sender's lines begins with the room. */
static const char *const renamings[] = {
  "WITH gone AS MATERIALIZED (SELECT public_id::text AS id FROM users WHERE id = $1),"
  " new AS MATERIALIZED (SELECT $2::text AS id)"
  " UPDATE chat_lines l SET sender_name = NULL, sender_id = new.id"
  " FROM channels c, gone, new WHERE l.user_id = c.user_id AND l.sender_id = gone.id"
  " AND l.sent_at IS NOT NULL",
  "UPDATE held_lines SET name = NULL, sender_id = $2::text"
  " WHERE sender_id = (SELECT public_id::text FROM users WHERE id = $1)",
  "UPDATE users SET public_id = $2::uuid, password_hash = '-',"
  " recovery_hash = NULL,"
  " name = 'deleted-' || substr (replace ($2::text, '-', ''), 1, 16) WHERE id = $1",
};

static gboolean
reserve_name (ScStoreConnection *connection, gint64 user_id, gint64 now, GError **error)
{
  return sc_store_execute (connection,
                           "INSERT INTO reserved_names AS r (name, until)"
                           " SELECT lower (name), $2 FROM users WHERE id = $1"
                           " ON CONFLICT (name) DO UPDATE SET until = excluded.until",
                           SC_PARAMS (sc_int (user_id), sc_time (now + SC_NAME_RESERVED_US)),
                           error) >= 0;
}

static gboolean
remove_rows (ScStoreConnection *connection, gint64 user_id, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (removals); i++) {
    if (sc_store_execute (connection, removals[i], SC_PARAMS (sc_int (user_id)), error) < 0)
      return FALSE;
  }
  return TRUE;
}

static gboolean
rename_rows (ScStoreConnection *connection, gint64 user_id, GError **error)
{
  g_autofree char *public_id = g_uuid_string_random ();
  for (guint i = 0; i < G_N_ELEMENTS (renamings); i++) {
    if (sc_store_execute (connection,
                          renamings[i],
                          SC_PARAMS (sc_int (user_id), sc_text (public_id)),
                          error) < 0)
      return FALSE;
  }
  return TRUE;
}

/**
 * sc_account_removal_run:
 * @connection: a connection, outside a transaction
 * @errand: a deletion at %SC_ERRAND_ROWS that was taken
 * @now: microseconds since the epoch
 * @error: any %SC_STORE_ERROR; whether it was done is then unknown, and shows by the errand
 *
 * Removes the account with the errand that wanted it. Nothing is removed if another process has
 * taken the errand meanwhile.
 *
 * Returns: %TRUE if it is committed or no longer wanted
 */
gboolean
sc_account_removal_run (ScStoreConnection *connection,
                        const ScErrand *errand,
                        gint64 now,
                        GError **error)
{
  if (!sc_store_begin (connection, error))
    return FALSE;
  gint64 rows = sc_store_execute (connection,
                                  "DELETE FROM errands WHERE user_id = $1 AND kind = 'deletion'"
                                  " AND step = 'rows' AND lease = $2::uuid",
                                  SC_PARAMS (sc_int (errand->user_id), sc_text (errand->lease)),
                                  error);
  if (rows < 0)
    return FALSE;
  if (rows == 0) {
    sc_store_rollback (connection);
    return TRUE;
  }
  return reserve_name (connection, errand->user_id, now, error) &&
         remove_rows (connection, errand->user_id, error) &&
         rename_rows (connection, errand->user_id, error) && sc_store_commit (connection, error);
}

/**
 * sc_account_removal_free_names:
 * @connection: a connection
 * @now: microseconds since the epoch
 * @error: any %SC_STORE_ERROR
 *
 * Lets names be taken again that were reserved long enough.
 *
 * Returns: %TRUE if they are free
 */
gboolean
sc_account_removal_free_names (ScStoreConnection *connection, gint64 now, GError **error)
{
  return sc_store_execute (connection,
                           "DELETE FROM reserved_names WHERE until <= $1",
                           SC_PARAMS (sc_time (now)),
                           error) >= 0;
}
