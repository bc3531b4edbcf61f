/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What was said while a recording was made, with when it is due. For everybody who may watch it. */

#include "config.h"

#include "sc-chat-page.h"
#include "sc-cursor.h"
#include "sc-handlers.h"
#include "sc-line-store.h"
#include "sc-query.h"
#include "sc-recorded-time.h"
#include "sc-recording.h"
#include "sc-replay-parts.h"

static const char *const parameters[] = { "from_ms", "before_ms", "cursor", "limit", NULL };

/* What somebody asks for: lines from a place on, or the last before it. */
typedef struct {
  gint64 from_ms;
  gint64 before_ms; /* or -1 */
  gboolean has_place;
  ScLinePlace place;
  gint64 limit;
} ReplayQuery;

static void
replay_query_clear (ReplayQuery *self)
{
  sc_line_place_clear (&self->place);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ReplayQuery, replay_query_clear)

/* Returns the name of the parameter that is wrong, or NULL. */
static const char *
read_query (ScCall *call, ReplayQuery *ret_query)
{
  g_autoptr (GHashTable) query = sc_query_parse (call->request->query, parameters);
  if (!query)
    return "query";
  const char *cursor = sc_query_get (query, "cursor");
  ret_query->before_ms = -1;
  ret_query->limit = SC_CHAT_REPLAY_MAX;
  ret_query->has_place = cursor != NULL;
  if (!sc_query_get_int (query, "limit", 1, SC_CHAT_REPLAY_MAX, &ret_query->limit))
    return "limit";
  if (!sc_query_get_int (query, "from_ms", 0, SC_RECORDING_MAX_MS, &ret_query->from_ms))
    return "from_ms";
  if (!sc_query_get_int (query, "before_ms", 0, SC_RECORDING_MAX_MS, &ret_query->before_ms))
    return "before_ms";
  if (g_hash_table_size (query) - (sc_query_get (query, "limit") ? 1 : 0) > 1)
    return "query";
  return cursor && (!sc_cursor_to_place (cursor, &ret_query->place) || !ret_query->place.stream_id)
           ? "cursor"
           : NULL;
}

/* A page being read: what of a recording, and what there is of it so far. */
typedef struct {
  ScStoreConnection *connection;
  GArray *parts;
  const ReplayQuery *query;
  ScLines *lines;
  char *newer;
} Replay;

static void
replay_clear (Replay *self)
{
  g_clear_pointer (&self->connection, sc_store_connection_release);
  g_clear_pointer (&self->parts, g_array_unref);
  g_clear_pointer (&self->lines, sc_lines_free);
  g_clear_pointer (&self->newer, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Replay, replay_clear)

static const ScReplayPart *
get_part (const Replay *self, guint number)
{
  return &g_array_index (self->parts, ScReplayPart, number);
}

static void
set_newer (Replay *self, const char *stream_id, gint64 at, const char *id)
{
  const ScLinePlace place = { (char *) stream_id, at, (char *) id, 0 };
  g_free (self->newer);
  self->newer = sc_cursor_from_place (&place);
}

/* Reads on in one part. The new lines are given their places in the recording, once they have told
 * where the next page begins. */
static gboolean
read_part (Replay *self,
           const ScReplayPart *part,
           const ScLineRange *range,
           gboolean newest_first,
           GError **error)
{
  GPtrArray *records = self->lines->records;
  guint first = records->len;
  guint limit = (guint) self->query->limit - first;
  if (!sc_line_store_read_range (self->connection, range, newest_first, limit, self->lines, error))
    return FALSE;
  if (first < records->len && (!newest_first || first == 0)) {
    const ScChatRecord *last = records->pdata[newest_first ? 0 : records->len - 1];
    set_newer (self, part->stream_id, last->offset_ms, last->id);
  }
  for (guint i = first; i < records->len; i++) {
    ScChatRecord *record = records->pdata[i];
    record->offset_ms = sc_replay_part_to_recording (part, record->offset_ms);
  }
  return TRUE;
}

static gboolean
is_full (const Replay *self)
{
  return self->lines->has_more || self->lines->records->len >= (guint) self->query->limit;
}

/* Where somebody who gave a place goes on: it may be of another recording, or of what is no stream
 * of this one any more. */
static guint
find_place (const Replay *self)
{
  guint i = 0;
  while (i < self->parts->len &&
         !g_str_equal (get_part (self, i)->stream_id, self->query->place.stream_id))
    i++;
  return i;
}

static gboolean
read_forward (Replay *self, GError **error)
{
  const ReplayQuery *query = self->query;
  guint begin =
    query->has_place ? find_place (self) : sc_replay_parts_find (self->parts, query->from_ms);
  guint i = begin;
  for (; i < self->parts->len && !is_full (self); i++) {
    const ScReplayPart *part = get_part (self, i);
    gboolean goes_on = query->has_place && i == begin;
    const ScLineRange range = {
      .stream_id = part->stream_id,
      .from_ms = goes_on ? query->place.at : sc_replay_part_from_recording (part, query->from_ms),
      .from_id = goes_on ? query->place.id : NULL,
      .to_ms = part->last_ms,
    };
    if (!read_part (self, part, &range, FALSE, error))
      return FALSE;
  }
  if (i == self->parts->len && !self->lines->has_more)
    g_clear_pointer (&self->newer, g_free);
  return TRUE;
}

/* Who has seen the end of what is before a place goes on from there, even if nothing is. */
static gboolean
read_backward (Replay *self, GError **error)
{
  gint64 before_ms = self->query->before_ms;
  guint next = sc_replay_parts_find (self->parts, before_ms);
  if (next < self->parts->len)
    set_newer (self,
               get_part (self, next)->stream_id,
               MAX (0, sc_replay_part_from_recording (get_part (self, next), before_ms)),
               "");
  for (guint i = self->parts->len; i > 0 && !is_full (self); i--) {
    const ScReplayPart *part = get_part (self, i - 1);
    const ScLineRange range = {
      .stream_id = part->stream_id,
      .from_ms = part->head_ms,
      .to_ms =
        before_ms > part->end_ms ? part->last_ms : part->head_ms + before_ms - part->base_ms - 1,
    };
    if (!read_part (self, part, &range, TRUE, error))
      return FALSE;
  }
  for (guint i = 0, n = self->lines->records->len; i < n / 2; i++) {
    gpointer *records = self->lines->records->pdata;
    gpointer record = records[i];
    records[i] = records[n - 1 - i];
    records[n - 1 - i] = record;
  }
  return TRUE;
}

static ScResponse *
answer (Replay *self)
{
  g_autoptr (ScChatPage) page = sc_chat_page_new ();
  g_ptr_array_extend_and_steal (page->records, g_steal_pointer (&self->lines->records));
  page->newer = g_steal_pointer (&self->newer);
  return sc_response_new_json (200, sc_chat_page_to_json (page));
}

/**
 * sc_handle_list_recording_chat:
 * @call: GET /v1/recordings/ID/chat
 * @error: an error of a layer below
 *
 * With "from_ms" the lines that are due from there on, with "cursor" those after an earlier page,
 * with "before_ms" the last that are due before there.
 *
 * Returns: (transfer full) (nullable): 200 {lines, older, newer}, the oldest first; "newer" is null
 *   at the end, "older" always. 400, or 404
 */
ScResponse *
sc_handle_list_recording_chat (ScCall *call, GError **error)
{
  g_auto (ReplayQuery) query = { 0 };
  g_autoptr (ScRecordedTime) time = NULL;
  const char *wrong = read_query (call, &query);
  if (wrong)
    return sc_response_new_fault (SC_FAULT_BAD_REQUEST,
                                  wrong,
                                  "A part of the query is not what this route takes.");
  g_auto (Replay) replay = { .query = &query };
  replay.connection = sc_store_acquire (sc_service_get_store (call->service), error);
  if (!replay.connection || !sc_recorded_time_find (replay.connection,
                                                    call->id,
                                                    call->user ? call->user->id : 0,
                                                    &time,
                                                    error))
    return NULL;
  if (!time)
    return sc_response_new_fault (SC_FAULT_NOT_FOUND, NULL, NULL);
  replay.parts = sc_replay_parts_new (time);
  replay.lines = sc_lines_new ();
  gboolean done =
    query.before_ms >= 0 ? read_backward (&replay, error) : read_forward (&replay, error);
  return done ? answer (&replay) : NULL;
}
