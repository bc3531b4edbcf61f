/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Which channels somebody follows.
 *
 * The list has two parts, each with what was followed last first: the channels that are live, and
 * all others. Its cursor is the last channel of a page: the part, since when it is followed, and
 * its name. One that goes live, or ends, between two pages moves to a part that was read already,
 * or comes again: whoever reads them tells channels by their names. */

#include "config.h"

#include "sc-follow-store.h"
#include "sc-handlers.h"
#include "sc-json-members.h"
#include "sc-list-page.h"
#include "sc-query.h"
#include "sc-time.h"
#include "sc-validate.h"

#include <string.h>

#define LIMIT_DEFAULT 50

#define PART_LIVE "live"
#define PART_REST "rest"

static ScResponse *
set_following (ScCall *call, ScStoreConnection *connection, gboolean on, GError **error)
{
  gint64 person_id = call->user->id, channel_id = call->room->owner_id;
  gboolean full = FALSE;
  gboolean done = on ? sc_follow_store_set (connection,
                                            person_id,
                                            channel_id,
                                            sc_service_now (call->service),
                                            &full,
                                            error)
                     : sc_follow_store_unset (connection, person_id, channel_id, error);
  if (!done)
    return NULL;
  return full ? sc_response_new_fault (SC_FAULT_TOO_MANY_FOLLOWS, NULL, NULL)
              : sc_response_new_empty ();
}

static ScResponse *
find_and_set (ScCall *call, gboolean on, GError **error)
{
  if (!sc_call_find_room (call, error))
    return NULL;
  if (!call->room)
    return sc_response_new_fault (SC_FAULT_NO_SUCH_CHANNEL, NULL, NULL);
  if (on && call->room->owner_id == call->user->id)
    return sc_response_new_fault (SC_FAULT_BAD_REQUEST, NULL, "Nobody follows their own channel.");
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  return connection ? set_following (call, connection, on, error) : NULL;
}

/**
 * sc_handle_follow:
 * @call: PUT /v1/channels/NAME/follow
 * @error: an error of a layer below
 *
 * Returns: (transfer full) (nullable): 204; 400 for the own channel, 404, or 409 for who follows
 *   %SC_FOLLOWS_MAX others
 */
ScResponse *
sc_handle_follow (ScCall *call, GError **error)
{
  return find_and_set (call, TRUE, error);
}

/**
 * sc_handle_unfollow:
 * @call: DELETE /v1/channels/NAME/follow
 * @error: an error of a layer below
 *
 * Returns: (transfer full) (nullable): 204, or 404
 */
ScResponse *
sc_handle_unfollow (ScCall *call, GError **error)
{
  return find_and_set (call, FALSE, error);
}

/**
 * sc_handle_get_follow:
 * @call: GET /v1/channels/NAME/follow
 * @error: an error of a layer below
 *
 * It is no part of the channel that anyone is shown, as that is asked for again and again by
 * everybody who watches, without asking who they are.
 *
 * Returns: (transfer full) (nullable): 200 {follow}, or 404
 */
ScResponse *
sc_handle_get_follow (ScCall *call, GError **error)
{
  if (!sc_call_find_room (call, error))
    return NULL;
  if (!call->room)
    return sc_response_new_fault (SC_FAULT_NO_SUCH_CHANNEL, NULL, NULL);
  ScFollow follow = { 0 };
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  if (!connection ||
      !sc_follow_store_read (connection, call->user->id, call->room->owner_id, &follow, error))
    return NULL;
  JsonObject *body = json_object_new ();
  json_object_set_object_member (body, "follow", sc_follow_to_json (&follow));
  return sc_response_new_json (200, body);
}

/**
 * sc_handle_patch_follow:
 * @call: PATCH /v1/channels/NAME/follow {notify}
 * @error: an error of a layer below
 *
 * Says whether who follows a channel wants to be told when it goes live.
 *
 * Returns: (transfer full) (nullable): 204, or 404 where they do not follow it
 */
ScResponse *
sc_handle_patch_follow (ScCall *call, GError **error)
{
  gboolean following = FALSE;
  if (!sc_call_find_room (call, error))
    return NULL;
  if (!call->room)
    return sc_response_new_fault (SC_FAULT_NO_SUCH_CHANNEL, NULL, NULL);
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  if (!connection ||
      !sc_follow_store_set_notify (connection,
                                   call->user->id,
                                   call->room->owner_id,
                                   json_object_get_boolean_member (call->body, "notify"),
                                   &following,
                                   error))
    return NULL;
  return following
           ? sc_response_new_empty ()
           : sc_response_new_fault (SC_FAULT_NOT_FOUND, NULL, "You do not follow this channel.");
}

/* PART_TIME_NAME; a name may have the separator in it. */
static gboolean
read_cursor (ScFollowedPage *page, const char *text)
{
  const char *time = strchr (text, '_');
  const char *name = time ? strchr (time + 1, '_') : NULL;
  if (!name || sc_validate_name (name + 1) != SC_VALID)
    return FALSE;
  g_autofree char *part = g_strndup (text, (gsize) (time - text));
  g_autofree char *number = g_strndup (time + 1, (gsize) (name - time - 1));
  page->live = g_str_equal (part, PART_LIVE);
  page->after_name = name + 1;
  return (page->live || g_str_equal (part, PART_REST)) &&
         g_ascii_string_to_signed (number, 10, 1, SC_TIME_MAX_US, &page->before_at, NULL);
}

/* Reads up to one more than @limit, from both parts if the first ends on the page. */
static GPtrArray *
list_page (ScStoreConnection *connection, ScFollowedPage *page, guint limit, GError **error)
{
  page->limit = limit + 1;
  g_autoptr (GPtrArray) rows = sc_channel_store_list_followed (connection, page, error);
  if (!rows || !page->live || rows->len > limit)
    return g_steal_pointer (&rows);
  const ScFollowedPage rest = { .person_id = page->person_id,
                                .before_at = SC_TIME_MAX_US,
                                .after_name = "",
                                .limit = page->limit - rows->len };
  g_autoptr (GPtrArray) others = sc_channel_store_list_followed (connection, &rest, error);
  if (!others)
    return NULL;
  g_ptr_array_extend_and_steal (rows, g_steal_pointer (&others));
  return g_steal_pointer (&rows);
}

static void
set_older (JsonObject *body, const ScChannelRow *last)
{
  g_autofree char *cursor =
    g_strdup_printf ("%s_%" G_GINT64_FORMAT "_%s",
                     sc_channel_get_live (last->channel) ? PART_LIVE : PART_REST,
                     last->followed_at,
                     sc_channel_get_name (last->channel));
  json_object_set_string_member (body, "older", cursor);
}

static ScResponse *
answer_page (ScCall *call, GPtrArray *rows, guint limit)
{
  JsonArray *channels = json_array_new ();
  for (guint i = 0; i < MIN (rows->len, limit); i++)
    json_array_add_object_element (channels, sc_call_view_channel (call, rows->pdata[i]));
  JsonObject *body = json_object_new ();
  json_object_set_array_member (body, "channels", channels);
  json_object_set_null_member (body, "older");
  if (rows->len > limit)
    set_older (body, rows->pdata[limit - 1]);
  return sc_response_new_json (200, body);
}

/**
 * sc_handle_list_follows:
 * @call: GET /v1/me/follows
 * @error: an error of a layer below
 *
 * Lists the channels that somebody follows, with "before" and "limit" in pages.
 *
 * Returns: (transfer full) (nullable): 200 {channels, older}, those that are live first, then what
 *   was followed last; "older" is the "before" of the next page, or null
 */
ScResponse *
sc_handle_list_follows (ScCall *call, GError **error)
{
  static const char *const allowed[] = { "before", "limit", NULL };
  g_autoptr (GHashTable) query = sc_query_parse (call->request->query, allowed);
  const char *before = query ? sc_query_get (query, "before") : NULL;
  ScFollowedPage page = { .person_id = call->user->id,
                          .live = TRUE,
                          .before_at = SC_TIME_MAX_US,
                          .after_name = "" };
  gint64 limit = LIMIT_DEFAULT;
  if (!query || (before && !read_cursor (&page, before)) ||
      !sc_query_get_int (query, "limit", 1, SC_LIST_PAGE_MAX, &limit))
    return sc_response_new_fault (SC_FAULT_BAD_REQUEST,
                                  NULL,
                                  "The query is not one of this list's.");
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  g_autoptr (GPtrArray) rows =
    connection ? list_page (connection, &page, (guint) limit, error) : NULL;
  return rows ? answer_page (call, rows, (guint) limit) : NULL;
}

/* Whoever begins to follow a channel that is live has seen that it is. */
static gboolean
was_seen (ScChannelRow *row)
{
  const ScStream *stream = sc_channel_get_stream (row->channel);
  return stream && stream->started_at <= row->followed_at;
}

/**
 * sc_handle_list_live_follows:
 * @call: GET /v1/me/follows/live
 * @error: an error of a layer below
 *
 * Says what there is to tell somebody of: apps ask again and again. How long something is live
 * already is to be reckoned by "at", as the clock of a desktop may be another.
 *
 * Returns: (transfer full) (nullable): 200 {channels, seen, at}: what is live of what they follow
 *   and want to be told of, the newest start first, %SC_LIST_PAGE_MAX at most; the names of what of
 *   it was live already when they began to follow it; and what time it is
 */
ScResponse *
sc_handle_list_live_follows (ScCall *call, GError **error)
{
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  g_autoptr (GPtrArray) rows =
    connection ? sc_channel_store_list_to_tell (connection, call->user->id, SC_LIST_PAGE_MAX, error)
               : NULL;
  if (!rows)
    return NULL;
  JsonArray *seen = json_array_new ();
  for (guint i = 0; i < rows->len; i++) {
    ScChannelRow *row = rows->pdata[i];
    if (was_seen (row))
      json_array_add_string_element (seen, sc_channel_get_name (row->channel));
  }
  JsonObject *body = json_object_new ();
  json_object_set_array_member (body, "channels", sc_call_view_channels (call, rows));
  json_object_set_array_member (body, "seen", seen);
  sc_json_set_time (body, "at", sc_service_now (call->service));
  return sc_response_new_json (200, body);
}
