/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Who is banned from which room now. */

#include "config.h"

#include "sc-ban-store.h"

/* The rules of a room have to be read within the 200 ms of the review; more people than that are
 * kept out by having no token alone. */
#define MUTED_MAX 500

#define SELECT_BANS                                                                                \
  "SELECT p.public_id::text, p.name, b.until, b.reason, y.name, b.at FROM bans b"                  \
  " JOIN users p ON p.id = b.person_id JOIN users y ON y.id = b.by_id"                             \
  " WHERE b.user_id = $1 AND (b.until IS NULL OR b.until > $2)"

/**
 * sc_ban_store_settle:
 * @connection: a connection inside a transaction that has the channel's turn
 * @user_id: the channel's owner
 * @person_id: somebody to whom something was done, or undone
 * @now: microseconds since the epoch
 * @error: an error of %SC_STORE_ERROR
 *
 * Makes the ban what the person's newest action says that was not undone.
 *
 * Returns: %TRUE if it is written down
 */
gboolean
sc_ban_store_settle (ScStoreConnection *connection,
                     gint64 user_id,
                     gint64 person_id,
                     gint64 now,
                     GError **error)
{
  return sc_store_execute (connection,
                           "DELETE FROM bans WHERE user_id = $1 AND person_id = $2",
                           SC_PARAMS (sc_int (user_id), sc_int (person_id)),
                           error) >= 0 &&
         sc_store_execute (
           connection,
           "INSERT INTO bans (user_id, person_id, action_id, until, reason, by_id, at)"
           " SELECT user_id, person_id, id, until, reason, actor_id, at FROM ("
           "SELECT * FROM mod_actions WHERE user_id = $1 AND person_id = $2"
           " AND kind IN ('timeout', 'ban', 'unban') AND undone_at IS NULL"
           " ORDER BY place DESC LIMIT 1) newest"
           " WHERE kind <> 'unban' AND (until IS NULL OR until > $3)",
           SC_PARAMS (sc_int (user_id), sc_int (person_id), sc_time (now)),
           error) >= 0;
}

static ScChatBan *
read_ban (ScStoreResult *result, guint row)
{
  const ScChatBanFields fields = {
    .user_id = sc_store_result_get_text (result, row, 0),
    .name = sc_store_result_get_text (result, row, 1),
    .until = sc_store_result_get_time (result, row, 2),
    .reason = sc_store_result_get_text (result, row, 3),
    .by = sc_store_result_get_text (result, row, 4),
    .at = sc_store_result_get_time (result, row, 5),
  };
  return sc_chat_ban_new (&fields);
}

/**
 * sc_ban_store_find:
 * @connection: a connection
 * @user_id: the channel's owner
 * @person_id: somebody
 * @now: microseconds since the epoch
 * @ret_ban: (out) (transfer full) (nullable): what keeps them out, or %NULL; untouched on failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_ban_store_find (ScStoreConnection *connection,
                   gint64 user_id,
                   gint64 person_id,
                   gint64 now,
                   ScChatBan **ret_ban,
                   GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    SELECT_BANS " AND b.person_id = $3",
                    SC_PARAMS (sc_int (user_id), sc_time (now), sc_int (person_id)),
                    error);
  if (!result)
    return FALSE;
  *ret_ban = sc_store_result_count (result) == 1 ? read_ban (result, 0) : NULL;
  return TRUE;
}

/**
 * sc_ban_store_list:
 * @connection: a connection
 * @query: which
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type ScChatBan): the bans, the newest first
 */
GPtrArray *
sc_ban_store_list (ScStoreConnection *connection, const ScBanQuery *query, GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    SELECT_BANS
                    " AND ($3::timestamptz IS NULL OR (b.at, p.public_id) < ($3, $4::uuid))"
                    " ORDER BY b.at DESC, p.public_id DESC LIMIT $5",
                    SC_PARAMS (sc_int (query->user_id),
                               sc_time (query->now),
                               sc_time (query->before_at),
                               sc_text (query->before_id),
                               sc_int (query->limit)),
                    error);
  return sc_store_result_read_all (result, (ScStoreReadFunc) read_ban, g_object_unref);
}

/**
 * sc_ban_store_list_muted:
 * @connection: a connection
 * @user_id: the channel's owner
 * @now: microseconds since the epoch
 * @func: (scope call): called for each of the newest who may not speak
 * @user_data: for @func
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_ban_store_list_muted (ScStoreConnection *connection,
                         gint64 user_id,
                         gint64 now,
                         ScMutedFunc func,
                         gpointer user_data,
                         GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    SELECT_BANS " ORDER BY b.at DESC LIMIT $3",
                    SC_PARAMS (sc_int (user_id), sc_time (now), sc_int (MUTED_MAX)),
                    error);
  if (!result)
    return FALSE;
  for (guint i = 0; i < sc_store_result_count (result); i++)
    func (sc_store_result_get_text (result, i, 0),
          sc_store_result_get_time (result, i, 2),
          user_data);
  return TRUE;
}

/**
 * sc_ban_store_forget_over:
 * @connection: a connection
 * @now: microseconds since the epoch
 * @error: an error of %SC_STORE_ERROR
 *
 * Removes bans whose end is past.
 *
 * Returns: %TRUE if they are gone
 */
gboolean
sc_ban_store_forget_over (ScStoreConnection *connection, gint64 now, GError **error)
{
  return sc_store_execute (connection,
                           "DELETE FROM bans WHERE until <= $1",
                           SC_PARAMS (sc_time (now)),
                           error) >= 0;
}
