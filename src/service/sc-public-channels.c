/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What anyone may see: who is live, and a channel. */

#include "config.h"

#include "sc-channel-store.h"
#include "sc-cursor.h"
#include "sc-handlers.h"
#include "sc-query.h"
#include "sc-time.h"
#include "sc-validate.h"

/* Where Amazon IVS puts the newest picture of a stream that it records, after the recording's
 * prefix, as the recording configuration asks for ("LATEST", Auto-Record to Amazon S3, Amazon IVS).
 */
#define LATEST_THUMBNAIL "/media/latest_thumbnail/thumb.jpg"

static char *
dup_thumbnail_url (ScCall *call, const ScChannelRow *row)
{
  if (!row->recorded_at)
    return NULL;
  g_autofree char *key = g_strconcat (row->recorded_at, LATEST_THUMBNAIL, NULL);
  g_autofree char *escaped = g_uri_escape_string (key, "/", FALSE);
  return sc_service_dup_object_url (call->service, escaped);
}

/**
 * sc_call_view_channel:
 * @call: a request
 * @row: a channel
 *
 * Returns: (transfer full): the channel as anyone may see it
 */
JsonObject *
sc_call_view_channel (ScCall *call, ScChannelRow *row)
{
  g_autofree char *avatar_url = sc_service_dup_object_url (call->service, row->avatar);
  g_autofree char *thumbnail_url = dup_thumbnail_url (call, row);
  sc_channel_set_avatar_url (row->channel, avatar_url);
  sc_channel_set_thumbnail_url (row->channel, thumbnail_url);
  return sc_channel_to_json (row->channel, FALSE);
}

/**
 * sc_call_view_channels:
 * @call: a request
 * @rows: (element-type ScChannelRow): channels
 *
 * Returns: (transfer full): the channels as anyone may see them
 */
JsonArray *
sc_call_view_channels (ScCall *call, GPtrArray *rows)
{
  JsonArray *channels = json_array_sized_new (rows->len);
  for (guint i = 0; i < rows->len; i++)
    json_array_add_object_element (channels, sc_call_view_channel (call, rows->pdata[i]));
  return channels;
}

static gboolean
read_place (ScLiveWanted *wanted, const char *cursor, char ***ret_items)
{
  g_auto (GStrv) items = sc_cursor_to_texts (cursor, 2);
  if (!items ||
      !g_ascii_string_to_signed (items[0], 10, 1, SC_TIME_MAX_US, &wanted->before_at, NULL))
    return FALSE;
  wanted->before_id = items[1];
  *ret_items = g_steal_pointer (&items);
  return TRUE;
}

/* Reads what is wanted; the texts in it are those of @query and @ret_items. */
static ScResponse *
read_wanted (ScLiveWanted *wanted, GHashTable *query, char ***ret_items)
{
  gint64 limit = SC_LIVE_CHANNELS_MAX;
  if (!query || g_strcmp0 (sc_query_get (query, "live"), "1") != 0)
    return sc_response_new_fault (SC_FAULT_BAD_REQUEST,
                                  "live",
                                  "This list is of live channels: please add “?live=1”.");
  wanted->category = sc_query_get (query, "category");
  const char *before = sc_query_get (query, "before");
  if (wanted->category && sc_validate_category (wanted->category) != SC_VALID)
    return sc_response_new_fault (SC_FAULT_BAD_REQUEST, "category", NULL);
  if ((before && !read_place (wanted, before, ret_items)) ||
      !sc_query_get_int (query, "limit", 1, SC_LIVE_CHANNELS_MAX, &limit))
    return sc_response_new_fault (SC_FAULT_BAD_REQUEST,
                                  NULL,
                                  "The query is not one of this list's.");
  wanted->limit = (guint) limit + 1;
  return NULL;
}

static void
set_older (JsonObject *body, const ScStream *last)
{
  if (!last) {
    json_object_set_null_member (body, "older");
    return;
  }
  g_autofree char *at = g_strdup_printf ("%" G_GINT64_FORMAT, last->started_at);
  g_autofree char *cursor = sc_cursor_from_texts ((const char *const[]) { at, last->id, NULL });
  json_object_set_string_member (body, "older", cursor);
}

static ScResponse *
answer_with (ScCall *call, GPtrArray *rows, guint limit)
{
  JsonObject *body = json_object_new ();
  ScChannelRow *last = rows->len > limit ? g_ptr_array_index (rows, limit - 1) : NULL;
  g_ptr_array_set_size (rows, (int) MIN (rows->len, limit));
  json_object_set_array_member (body, "channels", sc_call_view_channels (call, rows));
  set_older (body, last ? sc_channel_get_stream (last->channel) : NULL);
  return sc_response_new_json (200, body);
}

/**
 * sc_handle_list_live:
 * @call: GET /v1/channels?live=1, with ?category=, ?before= and ?limit=
 * @error: an error of a layer below
 *
 * Returns: (transfer full) (nullable): 200 {channels, older}, the newest start first
 */
ScResponse *
sc_handle_list_live (ScCall *call, GError **error)
{
  static const char *const allowed[] = { "live", "category", "before", "limit", NULL };
  ScLiveWanted wanted = { 0 };
  g_auto (GStrv) place = NULL;
  g_autoptr (GHashTable) query = sc_query_parse (call->request->query, allowed);
  ScResponse *refusal = read_wanted (&wanted, query, &place);
  if (refusal)
    return refusal;

  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  g_autoptr (GPtrArray) rows =
    connection ? sc_channel_store_list_live (connection, &wanted, error) : NULL;
  return rows ? answer_with (call, rows, wanted.limit - 1) : NULL;
}

/**
 * sc_handle_get_channel:
 * @call: GET /v1/channels/NAME
 * @error: an error of a layer below
 *
 * Returns: (transfer full) (nullable): 200 {channel}, or 404
 */
ScResponse *
sc_handle_get_channel (ScCall *call, GError **error)
{
  g_autoptr (ScChannelRow) row = NULL;
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  if (!connection || !sc_channel_store_find (connection, call->name, &row, error))
    return NULL;
  if (!row)
    return sc_response_new_fault (SC_FAULT_NO_SUCH_CHANNEL, NULL, NULL);
  JsonObject *body = json_object_new ();
  json_object_set_object_member (body, "channel", sc_call_view_channel (call, row));
  return sc_response_new_json (200, body);
}
