/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What was said: in a channel, and meanwhile in a recording. For everybody. */

#include "config.h"

#include "sc-chat-page.h"
#include "sc-cursor.h"
#include "sc-handlers.h"
#include "sc-line-store.h"
#include "sc-query.h"

static const char *const history_parameters[] = { "before", "after", "limit", NULL };

static ScResponse *
refuse (const char *parameter)
{
  return sc_response_new_fault (SC_FAULT_BAD_REQUEST,
                                parameter,
                                "A part of the query is not what this route takes.");
}

/* What somebody asks for of a channel: one of the two, or what was said last. */
typedef struct {
  gboolean has_place;
  gboolean has_arrival;
  ScLinePlace place;
  gint64 arrival;
  gint64 limit;
} HistoryQuery;

static void
history_query_clear (HistoryQuery *self)
{
  sc_line_place_clear (&self->place);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HistoryQuery, history_query_clear)

/* Returns the name of the parameter that is wrong, or NULL. */
static const char *
read_history_query (ScCall *call, HistoryQuery *ret_query)
{
  g_autoptr (GHashTable) query = sc_query_parse (call->request->query, history_parameters);
  if (!query)
    return "query";
  const char *before = sc_query_get (query, "before");
  const char *after = sc_query_get (query, "after");
  ret_query->limit = SC_CHAT_HISTORY_MAX;
  ret_query->has_place = before != NULL;
  ret_query->has_arrival = after != NULL;
  if (!sc_query_get_int (query, "limit", 1, SC_CHAT_HISTORY_MAX, &ret_query->limit))
    return "limit";
  if (before && (after || !sc_cursor_to_place (before, &ret_query->place)))
    return "before";
  return after && !sc_cursor_to_arrival (after, &ret_query->arrival) ? "after" : NULL;
}

static char *
make_place_cursor (const char *stream_id, gint64 at, const char *id, gint64 arrival)
{
  const ScLinePlace place = { (char *) stream_id, at, (char *) id, arrival };
  return sc_cursor_from_place (&place);
}

static ScResponse *
answer_page (ScChatPage *page)
{
  return sc_response_new_json (200, sc_chat_page_to_json (page));
}

static ScLines *
read_history (ScCall *call, gint64 user_id, const HistoryQuery *query, GError **error)
{
  guint limit = (guint) query->limit;
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  if (!connection)
    return NULL;
  if (query->has_arrival)
    return sc_line_store_list_since (connection, user_id, query->arrival, limit, error);
  return sc_line_store_list_before (connection,
                                    user_id,
                                    query->has_place ? &query->place : NULL,
                                    limit,
                                    error);
}

/**
 * sc_handle_list_chat_lines:
 * @call: GET /v1/channels/NAME/chat/lines
 * @error: an error of a layer below
 *
 * With "before" it goes back in time. With "after" it goes on in the order in which lines came, so
 * that none is missed that the log delivers late; a line may thus be on a page of either direction.
 *
 * Returns: (transfer full) (nullable): 200 {lines, older, newer}, the oldest first, 400, or 404
 */
ScResponse *
sc_handle_list_chat_lines (ScCall *call, GError **error)
{
  g_auto (HistoryQuery) query = { 0 };
  const char *wrong = read_history_query (call, &query);
  if (wrong)
    return refuse (wrong);
  if (!sc_call_find_room (call, error))
    return NULL;
  if (!call->room)
    return sc_response_new_fault (SC_FAULT_NO_SUCH_CHANNEL, NULL, NULL);
  g_autoptr (ScLines) lines = read_history (call, call->room->owner_id, &query, error);
  if (!lines)
    return NULL;
  g_autoptr (ScChatPage) page = sc_chat_page_new ();
  g_ptr_array_extend_and_steal (page->records, g_steal_pointer (&lines->records));
  page->newer = sc_cursor_from_arrival (lines->arrival);
  if (lines->has_more && !query.has_arrival) {
    const ScChatRecord *first = page->records->pdata[0];
    page->older = make_place_cursor (NULL, first->sent_at, first->id, lines->arrival);
  }
  return answer_page (page);
}
