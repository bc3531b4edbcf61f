/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What was said, in pages, for everybody: no line that is deleted or purged. Each page is one range
 * of an index (resources/migrations/0008-chat-replay.sql). */

#include "config.h"

#include "sc-line-store.h"

#include <string.h>

/* 31 December 9999: after all lines. */
#define END_OF_TIME G_GINT64_CONSTANT (253402214400000000)

typedef enum {
  COLUMN_ARRIVAL,
  COLUMN_OFFSET,
  COLUMN_ID,
  COLUMN_SENT_AT,
  COLUMN_SENDER_ID,
  COLUMN_SENDER_NAME,
  COLUMN_SENDER_ROLE,
  COLUMN_CONTENT,
} LineColumn;

#define LINE_COLUMNS "l.id, l.sent_at, l.sender_id, l.sender_name, l.sender_role, l.content"

/**
 * sc_line_place_clear:
 * @self: a place
 *
 * Frees what it holds.
 */
void
sc_line_place_clear (ScLinePlace *self)
{
  g_clear_pointer (&self->stream_id, g_free);
  g_clear_pointer (&self->id, g_free);
}

/**
 * sc_lines_new:
 *
 * Returns: (transfer full): no lines
 */
ScLines *
sc_lines_new (void)
{
  ScLines *self = g_new0 (ScLines, 1);
  self->records = g_ptr_array_new_with_free_func ((GDestroyNotify) sc_chat_record_free);
  return self;
}

/**
 * sc_lines_free:
 * @self: (nullable): lines
 */
void
sc_lines_free (ScLines *self)
{
  if (!self)
    return;
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_free (self);
}

static ScChatRecord *
read_record (ScStoreResult *result, guint row)
{
  gboolean is_replay = !sc_store_result_is_null (result, row, COLUMN_OFFSET);
  ScChatRecord *record = g_new0 (ScChatRecord, 1);
  record->id = g_strdup (sc_store_result_get_text (result, row, COLUMN_ID));
  record->sent_at = sc_store_result_get_time (result, row, COLUMN_SENT_AT);
  record->user_id = g_strdup (sc_store_result_get_text (result, row, COLUMN_SENDER_ID));
  record->name = g_strdup (sc_store_result_get_text (result, row, COLUMN_SENDER_NAME));
  record->role =
    sc_chat_role_from_string (sc_store_result_get_text (result, row, COLUMN_SENDER_ROLE));
  record->text = g_strdup (sc_store_result_get_text (result, row, COLUMN_CONTENT));
  record->offset_ms = is_replay ? sc_store_result_get_int (result, row, COLUMN_OFFSET) : -1;
  return record;
}

/* Takes over rows, of which one more than @limit was asked for, as far as their words fit a page.
 */
static void
read_records (ScLines *self, ScStoreResult *result, guint limit)
{
  guint count = sc_store_result_count (result);
  for (guint i = 0; i < count; i++) {
    if (sc_store_result_is_null (result, i, COLUMN_ID))
      return;
    self->bytes += strlen (sc_store_result_get_text (result, i, COLUMN_CONTENT));
    self->has_more = i == limit || self->bytes > SC_LINES_BYTES_MAX;
    if (self->has_more)
      return;
    g_ptr_array_add (self->records, read_record (result, i));
  }
}

/* The order of the database, whose ids have the collation "C". */
static int
compare_records (gconstpointer a, gconstpointer b)
{
  const ScChatRecord *first = *(const ScChatRecord *const *) a;
  const ScChatRecord *second = *(const ScChatRecord *const *) b;
  if (first->sent_at != second->sent_at)
    return first->sent_at < second->sent_at ? -1 : 1;
  return strcmp (first->id, second->id);
}

/**
 * sc_line_store_list_before:
 * @connection: a connection
 * @user_id: the channel's owner
 * @place: (nullable): where to end; %NULL for after the last line
 * @limit: how many lines at most
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): the last lines before @place, the oldest first. The arrival
 *   is that of @place, and without one where to go on from now
 */
ScLines *
sc_line_store_list_before (ScStoreConnection *connection,
                           gint64 user_id,
                           const ScLinePlace *place,
                           guint limit,
                           GError **error)
{
  g_autoptr (ScStoreResult) result = sc_store_query (
    connection,
    "SELECT m.arrival, NULL::bigint, " LINE_COLUMNS " FROM (SELECT COALESCE(max(arrival), 0) AS"
    " arrival FROM chat_lines WHERE user_id = $1 AND is_shown) m LEFT JOIN (SELECT * FROM "
    "chat_lines"
    " WHERE user_id = $1 AND is_shown AND (sent_at, id) < ($2, $3)"
    " ORDER BY sent_at DESC, id DESC LIMIT $4) l ON true ORDER BY l.sent_at DESC, l.id DESC",
    SC_PARAMS (sc_int (user_id),
               sc_time (place ? place->at : END_OF_TIME),
               sc_text (place ? place->id : ""),
               sc_int (limit + 1)),
    error);
  if (!result)
    return NULL;
  ScLines *self = sc_lines_new ();
  self->arrival = place ? place->arrival : sc_store_result_get_int (result, 0, COLUMN_ARRIVAL);
  read_records (self, result, limit);
  g_ptr_array_sort (self->records, compare_records);
  return self;
}

/**
 * sc_line_store_list_since:
 * @connection: a connection
 * @user_id: the channel's owner
 * @arrival: where to go on
 * @limit: how many lines at most
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): the next lines that came, the oldest first, and where to go
 *   on after them
 */
ScLines *
sc_line_store_list_since (ScStoreConnection *connection,
                          gint64 user_id,
                          gint64 arrival,
                          guint limit,
                          GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT l.arrival, NULL::bigint, " LINE_COLUMNS
                    " FROM chat_lines l WHERE l.user_id = $1"
                    " AND l.is_shown AND l.arrival > $2 ORDER BY l.arrival LIMIT $3",
                    SC_PARAMS (sc_int (user_id), sc_int (arrival), sc_int (limit + 1)),
                    error);
  if (!result)
    return NULL;
  ScLines *self = sc_lines_new ();
  read_records (self, result, limit);
  guint count = self->records->len;
  self->arrival = count > 0 ? sc_store_result_get_int (result, count - 1, COLUMN_ARRIVAL) : arrival;
  g_ptr_array_sort (self->records, compare_records);
  return self;
}

#define IN_RANGE                                                                                   \
  "SELECT NULL::bigint, l.offset_ms, " LINE_COLUMNS " FROM chat_lines l"                           \
  " WHERE l.stream_id = $1 AND l.is_shown AND (l.offset_ms, l.id) > ($2, $3) AND l.offset_ms <= "  \
  "$4"

/**
 * sc_line_store_read_range:
 * @connection: a connection
 * @range: some of what was said in a stream
 * @newest_first: whether to begin at its end
 * @limit: how many lines at most
 * @lines: what the lines are added to, with their offsets in the stream; it tells whether there are
 *   more in the range
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %TRUE if they are added
 */
gboolean
sc_line_store_read_range (ScStoreConnection *connection,
                          const ScLineRange *range,
                          gboolean newest_first,
                          guint limit,
                          ScLines *lines,
                          GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    newest_first ? IN_RANGE " ORDER BY l.offset_ms DESC, l.id DESC LIMIT $5"
                                 : IN_RANGE " ORDER BY l.offset_ms, l.id LIMIT $5",
                    SC_PARAMS (sc_text (range->stream_id),
                               sc_int (range->from_ms),
                               sc_text (range->from_id ?: ""),
                               sc_int (range->to_ms),
                               sc_int (limit + 1)),
                    error);
  if (!result)
    return FALSE;
  read_records (lines, result, limit);
  return TRUE;
}
