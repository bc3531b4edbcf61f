/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* People in rooms: what they are there, and what they said last. */

#include "config.h"

#include "sc-person-store.h"

#include "sc-chat-person.h"
#include "sc-chat-record.h"
#include "sc-chat-settings.h"

#define SELECT_PERSON                                                                              \
  "SELECT u.id, u.public_id::text, u.name, u.created_at, u.id = $1, EXISTS (SELECT 1"              \
  " FROM moderators m WHERE m.user_id = $1 AND m.person_id = u.id), EXISTS (SELECT 1"              \
  " FROM follows f WHERE f.user_id = $1 AND f.person_id = u.id),"                                  \
  " (SELECT c.avatar FROM channels c WHERE c.user_id = u.id) FROM users u"

/**
 * sc_person_row_free:
 * @self: (nullable): a row
 */
void
sc_person_row_free (ScPersonRow *self)
{
  if (!self)
    return;
  g_free (self->public_id);
  g_free (self->name);
  g_free (self->avatar);
  g_free (self);
}

static ScChatRole
read_role (ScStoreResult *result)
{
  if (sc_store_result_get_bool (result, 0, 4))
    return SC_CHAT_STREAMER;
  return sc_store_result_get_bool (result, 0, 5) ? SC_CHAT_MODERATOR : SC_CHAT_VIEWER;
}

static ScPersonRow *
read_row (ScStoreResult *result)
{
  ScPersonRow *self = g_new0 (ScPersonRow, 1);
  self->id = sc_store_result_get_int (result, 0, 0);
  self->public_id = g_strdup (sc_store_result_get_text (result, 0, 1));
  self->name = g_strdup (sc_store_result_get_text (result, 0, 2));
  self->since = sc_store_result_get_time (result, 0, 3);
  self->role = read_role (result);
  self->follows = sc_store_result_get_bool (result, 0, 6);
  self->avatar = g_strdup (sc_store_result_get_text (result, 0, 7));
  return self;
}

static gboolean
find (ScStoreConnection *connection,
      const char *sql,
      gint64 user_id,
      const char *key,
      ScPersonRow **ret_row,
      GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection, sql, SC_PARAMS (sc_int (user_id), sc_text (key)), error);
  if (!result)
    return FALSE;
  *ret_row = sc_store_result_count (result) == 1 ? read_row (result) : NULL;
  return TRUE;
}

/**
 * sc_person_store_find:
 * @connection: a connection
 * @user_id: the channel's owner
 * @public_id: a person's public id, of any form
 * @ret_row: (out) (transfer full) (nullable): the person, or %NULL if there is none; untouched on
 *   failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_person_store_find (ScStoreConnection *connection,
                      gint64 user_id,
                      const char *public_id,
                      ScPersonRow **ret_row,
                      GError **error)
{
  if (!g_uuid_string_is_valid (public_id)) {
    *ret_row = NULL;
    return TRUE;
  }
  return find (connection,
               SELECT_PERSON " WHERE u.public_id = $2::uuid",
               user_id,
               public_id,
               ret_row,
               error);
}

/**
 * sc_person_store_find_named:
 * @connection: a connection
 * @user_id: the channel's owner
 * @name: a person's name, in any case
 * @ret_row: (out) (transfer full) (nullable): the person, or %NULL if there is none; untouched on
 *   failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_person_store_find_named (ScStoreConnection *connection,
                            gint64 user_id,
                            const char *name,
                            ScPersonRow **ret_row,
                            GError **error)
{
  return find (connection,
               SELECT_PERSON " WHERE lower(u.name) = lower($2)",
               user_id,
               name,
               ret_row,
               error);
}

static ScChatRecord *
read_line (ScStoreResult *result, guint row)
{
  ScChatRecord *record = g_new0 (ScChatRecord, 1);
  const char *role = sc_store_result_get_text (result, row, 4);
  record->id = g_strdup (sc_store_result_get_text (result, row, 0));
  record->sent_at = sc_store_result_get_time (result, row, 1);
  record->user_id = g_strdup (sc_store_result_get_text (result, row, 2));
  record->name = g_strdup (sc_store_result_get_text (result, row, 3));
  record->role = role ? sc_chat_role_from_string (role) : SC_CHAT_VIEWER;
  record->text = g_strdup (sc_store_result_get_text (result, row, 5));
  record->is_deleted = sc_store_result_get_bool (result, row, 6);
  record->offset_ms = -1;
  return record;
}

/**
 * sc_person_store_list_lines:
 * @connection: a connection
 * @user_id: the channel's owner
 * @public_id: a person's public id
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type ScChatRecord): what they said there last, the
 *   newest first, with what was deleted
 */
GPtrArray *
sc_person_store_list_lines (ScStoreConnection *connection,
                            gint64 user_id,
                            const char *public_id,
                            GError **error)
{
  g_autoptr (ScStoreResult) result = sc_store_query (
    connection,
    "SELECT id, sent_at, sender_id, sender_name, sender_role, content,"
    " deleted_at IS NOT NULL OR purged_by IS NOT NULL FROM chat_lines"
    " WHERE user_id = $1 AND sender_id = $2 AND sent_at IS NOT NULL"
    " ORDER BY sent_at DESC, id DESC LIMIT $3",
    SC_PARAMS (sc_int (user_id), sc_text (public_id), sc_int (SC_CHAT_PERSON_LINES_MAX)),
    error);
  return sc_store_result_read_all (result,
                                   (ScStoreReadFunc) read_line,
                                   (GDestroyNotify) sc_chat_record_free);
}

/**
 * sc_person_store_set_moderator:
 * @connection: a connection inside a transaction that has the channel's turn
 * @user_id: the channel's owner
 * @person_id: somebody else
 * @now: microseconds since the epoch
 * @ret_changed: (out): %FALSE if they were a moderator, or the channel has
 *   %SC_CHAT_MODERATORS_MAX already; untouched on failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %TRUE if it is written down
 */
gboolean
sc_person_store_set_moderator (ScStoreConnection *connection,
                               gint64 user_id,
                               gint64 person_id,
                               gint64 now,
                               gboolean *ret_changed,
                               GError **error)
{
  gint64 added = sc_store_execute (connection,
                                   "INSERT INTO moderators (user_id, person_id, at)"
                                   " SELECT $1, $2, $3 WHERE (SELECT count(*) FROM moderators"
                                   " WHERE user_id = $1) < $4 ON CONFLICT DO NOTHING",
                                   SC_PARAMS (sc_int (user_id),
                                              sc_int (person_id),
                                              sc_time (now),
                                              sc_int (SC_CHAT_MODERATORS_MAX)),
                                   error);
  if (added < 0)
    return FALSE;
  *ret_changed = added > 0;
  return TRUE;
}

/**
 * sc_person_store_unset_moderator:
 * @connection: a connection inside a transaction that has the channel's turn
 * @user_id: the channel's owner
 * @person_id: somebody
 * @ret_changed: (out): %FALSE if they were none; untouched on failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %TRUE if it is written down
 */
gboolean
sc_person_store_unset_moderator (ScStoreConnection *connection,
                                 gint64 user_id,
                                 gint64 person_id,
                                 gboolean *ret_changed,
                                 GError **error)
{
  gint64 removed = sc_store_execute (connection,
                                     "DELETE FROM moderators WHERE user_id = $1 AND person_id = $2",
                                     SC_PARAMS (sc_int (user_id), sc_int (person_id)),
                                     error);
  if (removed < 0)
    return FALSE;
  *ret_changed = removed > 0;
  return TRUE;
}

/* Whoever closes an account waits for this, or this for them: the next statement sees what they
 * did, or they see what it did. */
static gboolean
hold_account (ScStoreConnection *connection, gint64 person_id, GError **error)
{
  return sc_store_execute (connection,
                           "SELECT 1 FROM users WHERE id = $1 FOR SHARE",
                           SC_PARAMS (sc_int (person_id)),
                           error) >= 0;
}

/**
 * sc_person_store_note_visit:
 * @connection: a connection outside a transaction
 * @user_id: the channel's owner
 * @person_id: who is let into its room
 * @now: microseconds since the epoch
 * @ret_noted: (out): whether it is written down; not for who is suspended, or whose account is to
 *   go; untouched on failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_person_store_note_visit (ScStoreConnection *connection,
                            gint64 user_id,
                            gint64 person_id,
                            gint64 now,
                            gboolean *ret_noted,
                            GError **error)
{
  if (!sc_store_begin (connection, error) || !hold_account (connection, person_id, error))
    return FALSE;
  gint64 noted =
    sc_store_execute (connection,
                      "INSERT INTO room_visits AS v (person_id, user_id, at) SELECT id, $2, $3"
                      " FROM users WHERE id = $1 AND suspended_at IS NULL AND NOT EXISTS"
                      " (SELECT 1 FROM errands WHERE user_id = $1 AND kind = 'deletion')"
                      " ON CONFLICT (person_id, user_id)"
                      " DO UPDATE SET at = GREATEST(v.at, excluded.at)",
                      SC_PARAMS (sc_int (person_id), sc_int (user_id), sc_time (now)),
                      error);
  if (noted < 0 || !sc_store_commit (connection, error))
    return FALSE;
  *ret_noted = noted > 0;
  return TRUE;
}
