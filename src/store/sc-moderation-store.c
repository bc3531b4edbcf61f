/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What was done in rooms, and by whom (resources/migrations/0007-chat-moderation.sql,
 * 0012-moderation-audit.sql). */

#include "config.h"

#include "sc-moderation-store.h"

#define SELECT_ACTIONS                                                                             \
  "SELECT a.id::text, a.kind, a.at, y.public_id::text, y.name, p.public_id::text, p.name,"         \
  " a.line_id, a.content, a.reason, a.until, a.undone_at, a.actor_id, a.person_id, a.line_check,"  \
  " l.sender_id, l.content, a.details::text"                                                       \
  " FROM mod_actions a JOIN users y ON y.id = a.actor_id"                                          \
  " LEFT JOIN users p ON p.id = a.person_id LEFT JOIN chat_lines l ON a.line_check = 'differs'"    \
  " AND l.user_id = a.user_id AND l.id = a.line_id AND l.sent_at IS NOT NULL"

typedef enum {
  COLUMN_ID,
  COLUMN_KIND,
  COLUMN_AT,
  COLUMN_ACTOR_PUBLIC_ID,
  COLUMN_ACTOR_NAME,
  COLUMN_PERSON_PUBLIC_ID,
  COLUMN_PERSON_NAME,
  COLUMN_LINE_ID,
  COLUMN_CONTENT,
  COLUMN_REASON,
  COLUMN_UNTIL,
  COLUMN_UNDONE_AT,
  COLUMN_ACTOR_ID,
  COLUMN_PERSON_ID,
  COLUMN_LINE_CHECK,
  COLUMN_LOGGED_ID,
  COLUMN_LOGGED_TEXT,
  COLUMN_DETAILS,
} ActionColumn;

/**
 * sc_action_row_free:
 * @self: (nullable): a row
 */
void
sc_action_row_free (ScActionRow *self)
{
  if (!self)
    return;
  g_clear_object (&self->action);
  g_free (self);
}

/* The column is checked to hold one of these. */
static ScModerationKind
read_kind (const char *text)
{
  for (guint kind = SC_MODERATION_DELETE; kind < SC_MODERATION_UNMOD; kind++)
    if (g_str_equal (text, sc_moderation_kind_to_string ((ScModerationKind) kind)))
      return (ScModerationKind) kind;
  return SC_MODERATION_UNMOD;
}

static ScLineCheck
read_check (const char *text)
{
  if (!text)
    return SC_LINE_UNCHECKED;
  return g_str_equal (text, "same") ? SC_LINE_SAME : SC_LINE_DIFFERS;
}

static gint64
find_undoable_until (const ScModerationActionFields *fields, gboolean is_own, gint64 now)
{
  gint64 until = fields->at + SC_UNDO_SHOWN_US;
  return is_own && fields->kind <= SC_MODERATION_UNBAN && !fields->undone_at && until > now ? until
                                                                                            : 0;
}

static ScActionRow *
read_row (ScStoreResult *result, guint row, const ScActionQuery *query)
{
  ScActionRow *self = g_new0 (ScActionRow, 1);
  self->actor_id = sc_store_result_get_int (result, row, COLUMN_ACTOR_ID);
  self->person_id = sc_store_result_get_int (result, row, COLUMN_PERSON_ID);
  ScModerationActionFields fields = {
    .id = sc_store_result_get_text (result, row, COLUMN_ID),
    .kind = read_kind (sc_store_result_get_text (result, row, COLUMN_KIND)),
    .at = sc_store_result_get_time (result, row, COLUMN_AT),
    .actor_id = sc_store_result_get_text (result, row, COLUMN_ACTOR_PUBLIC_ID),
    .actor_name = sc_store_result_get_text (result, row, COLUMN_ACTOR_NAME),
    .person_id = sc_store_result_get_text (result, row, COLUMN_PERSON_PUBLIC_ID),
    .person_name = sc_store_result_get_text (result, row, COLUMN_PERSON_NAME),
    .line_id = sc_store_result_get_text (result, row, COLUMN_LINE_ID),
    .line_text = sc_store_result_get_text (result, row, COLUMN_CONTENT),
    .reason = sc_store_result_get_text (result, row, COLUMN_REASON),
    .until = sc_store_result_get_time (result, row, COLUMN_UNTIL),
    .undone_at = sc_store_result_get_time (result, row, COLUMN_UNDONE_AT),
    .line_check = read_check (sc_store_result_get_text (result, row, COLUMN_LINE_CHECK)),
    .logged_id = sc_store_result_get_text (result, row, COLUMN_LOGGED_ID),
    .logged_text = sc_store_result_get_text (result, row, COLUMN_LOGGED_TEXT),
    .details = sc_store_result_get_text (result, row, COLUMN_DETAILS),
  };
  fields.undoable_until =
    find_undoable_until (&fields, self->actor_id == query->asker_id, query->now);
  self->action = sc_moderation_action_new (&fields);
  return self;
}

/**
 * sc_moderation_store_lock:
 * @connection: a connection inside a transaction
 * @user_id: a channel's owner
 * @error: an error of %SC_STORE_ERROR
 *
 * Lets one after the other act in a room, or add lines to it, until the transaction ends: lines are
 * seen in the order of their numbers, and none is added while its sender's are being taken away.
 *
 * Returns: %TRUE if it is this one's turn
 */
gboolean
sc_moderation_store_lock (ScStoreConnection *connection, gint64 user_id, GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT 1 FROM channels WHERE user_id = $1 FOR NO KEY UPDATE",
                    SC_PARAMS (sc_int (user_id)),
                    error);
  return result != NULL;
}

static ScStoreValue
id_or_null (gint64 id)
{
  return id ? sc_int (id) : sc_text (NULL);
}

/**
 * sc_moderation_store_insert:
 * @connection: a connection inside the transaction that does it
 * @action: what is done
 * @error: an error of %SC_STORE_ERROR
 *
 * Where the log has the line, it says too whether the line is what the action says.
 *
 * Returns: %TRUE if it is written down
 */
gboolean
sc_moderation_store_insert (ScStoreConnection *connection,
                            const ScNewAction *action,
                            GError **error)
{
  return sc_store_execute (connection,
                           "INSERT INTO mod_actions (id, user_id, kind, actor_id, person_id,"
                           " line_id, content, reason, until, at, details, line_check)"
                           " SELECT $1::uuid, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::jsonb,"
                           " (SELECT CASE WHEN l.content = $7 AND ($5::bigint IS NULL OR EXISTS ("
                           "SELECT FROM users p WHERE p.id = $5 AND p.public_id::text = l.sender_id"
                           ")) THEN 'same' ELSE 'differs' END FROM chat_lines l"
                           " WHERE l.user_id = $2 AND l.id = $6 AND l.sent_at IS NOT NULL)",
                           SC_PARAMS (sc_text (action->id),
                                      sc_int (action->user_id),
                                      sc_text (sc_moderation_kind_to_string (action->kind)),
                                      sc_int (action->actor_id),
                                      id_or_null (action->person_id),
                                      sc_text (action->line_id),
                                      sc_text (action->content),
                                      sc_text (action->reason),
                                      sc_time (action->until),
                                      sc_time (action->at),
                                      sc_text (action->details)),
                           error) >= 0;
}

/**
 * sc_moderation_store_find:
 * @connection: a connection
 * @query: whose channel it is and who asks
 * @id: an action's uuid
 * @ret_row: (out) (transfer full) (nullable): the action, or %NULL if there is none of this id in
 *   the channel; untouched on failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_moderation_store_find (ScStoreConnection *connection,
                          const ScActionQuery *query,
                          const char *id,
                          ScActionRow **ret_row,
                          GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    SELECT_ACTIONS " WHERE a.user_id = $1 AND a.id = $2::uuid",
                    SC_PARAMS (sc_int (query->user_id), sc_text (id)),
                    error);
  if (!result)
    return FALSE;
  *ret_row = sc_store_result_count (result) == 1 ? read_row (result, 0, query) : NULL;
  return TRUE;
}

/**
 * sc_moderation_store_list:
 * @connection: a connection
 * @query: which
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type ScActionRow): the actions, the newest first
 */
GPtrArray *
sc_moderation_store_list (ScStoreConnection *connection, const ScActionQuery *query, GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    SELECT_ACTIONS " WHERE a.user_id = $1"
                                   " AND ($2::uuid IS NULL OR p.public_id = $2::uuid)"
                                   " AND ($3::uuid IS NULL OR a.place < (SELECT place"
                                   " FROM mod_actions WHERE user_id = $1 AND id = $3::uuid))"
                                   " ORDER BY a.place DESC LIMIT $4",
                    SC_PARAMS (sc_int (query->user_id),
                               sc_text (query->person_public_id),
                               sc_text (query->before_id),
                               sc_int (query->limit)),
                    error);
  if (!result)
    return NULL;
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sc_action_row_free);
  for (guint i = 0; i < sc_store_result_count (result); i++)
    g_ptr_array_add (rows, read_row (result, i, query));
  return rows;
}

/**
 * sc_moderation_store_mark_undone:
 * @connection: a connection inside the transaction that undoes it
 * @id: an action's uuid
 * @undone_by: who does
 * @now: microseconds since the epoch
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %TRUE if it is written down
 */
gboolean
sc_moderation_store_mark_undone (ScStoreConnection *connection,
                                 const char *id,
                                 gint64 undone_by,
                                 gint64 now,
                                 GError **error)
{
  return sc_store_execute (connection,
                           "UPDATE mod_actions SET undone_at = $3, undone_by = $2"
                           " WHERE id = $1::uuid",
                           SC_PARAMS (sc_text (id), sc_int (undone_by), sc_time (now)),
                           error) >= 0;
}
