/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* /v1/me/follows, and the follow of a channel. */

#include "config.h"

#include "sc-channel.h"
#include "sc-client-call.h"
#include "sc-client-path.h"
#include "sc-follow.h"
#include "sc-json.h"
#include "sc-list-page.h"
#include "sc-live-follows.h"

/* The longest number of channels, with its NUL. */
#define COUNT_MAX 12

/**
 * sc_client_set_following:
 * @self: the client, with a token
 * @channel: the name of a channel
 * @following: whether to follow it from now on
 *
 * PUT or DELETE /v1/channels/NAME/follow.
 *
 * Returns: (transfer full): a future that resolves to %TRUE, or rejects with
 *   %SC_CLIENT_ERROR_NOT_FOUND or %SC_CLIENT_ERROR_TOO_MANY_FOLLOWS
 */
DexFuture *
sc_client_set_following (ScClient *self, const char *channel, gboolean following)
{
  g_autofree char *path = sc_client_path ("channels", channel, "follow", NULL);
  return sc_client_call (self, following ? "PUT" : "DELETE", path, NULL, NULL);
}

static gboolean
read_follow (JsonObject *answer, GValue *ret_value, GError **error)
{
  JsonObject *object = sc_json_get_object (answer, "follow", error);
  ScFollow *follow = object ? sc_follow_from_json (object, error) : NULL;
  if (!follow)
    return FALSE;
  g_value_init (ret_value, SC_TYPE_FOLLOW);
  g_value_take_boxed (ret_value, follow);
  return TRUE;
}

/**
 * sc_client_get_follow:
 * @self: the client, with a token
 * @channel: the name of a channel
 *
 * GET /v1/channels/NAME/follow.
 *
 * Returns: (transfer full): a future that resolves to a %SC_TYPE_FOLLOW, or rejects with
 *   %SC_CLIENT_ERROR_NOT_FOUND
 */
DexFuture *
sc_client_get_follow (ScClient *self, const char *channel)
{
  g_autofree char *path = sc_client_path ("channels", channel, "follow", NULL);
  return sc_client_call (self, "GET", path, NULL, read_follow);
}

static gpointer
read_item (JsonObject *object, GError **error)
{
  return sc_channel_from_json (object, error);
}

static gboolean
read_page (JsonObject *answer, GValue *ret_value, GError **error)
{
  return sc_client_take_page (
    sc_list_page_from_json (answer, "channels", SC_TYPE_CHANNEL, read_item, error),
    ret_value);
}

/**
 * sc_client_list_followed:
 * @self: the client, with a token
 * @before: (nullable): the older end of a page, for those after it
 * @limit: how many at most, from 1 to %SC_LIST_PAGE_MAX
 *
 * GET /v1/me/follows. A channel that goes live or ends meanwhile may be on two pages, or on none.
 *
 * Returns: (transfer full): a future that resolves to a %SC_TYPE_LIST_PAGE of #ScChannel, those
 *   that are live first, then what was followed last
 */
DexFuture *
sc_client_list_followed (ScClient *self, const char *before, guint limit)
{
  char count[COUNT_MAX];
  g_snprintf (count, sizeof count, "%u", limit);
  g_autofree char *path =
    sc_client_path_with_query ("/v1/me/follows", "before", before ?: "", "limit", count, NULL);
  return sc_client_call (self, "GET", path, NULL, read_page);
}

/**
 * sc_client_set_notify:
 * @self: the client, with a token
 * @channel: the name of a channel that is followed
 * @notify: whether to be told when it goes live
 *
 * PATCH /v1/channels/NAME/follow.
 *
 * Returns: (transfer full): a future that resolves to %TRUE, or rejects with
 *   %SC_CLIENT_ERROR_NOT_FOUND
 */
DexFuture *
sc_client_set_notify (ScClient *self, const char *channel, gboolean notify)
{
  g_autofree char *path = sc_client_path ("channels", channel, "follow", NULL);
  JsonObject *body = json_object_new ();
  json_object_set_boolean_member (body, "notify", notify);
  return sc_client_call (self, "PATCH", path, body, NULL);
}

static gboolean
read_live (JsonObject *answer, GValue *ret_value, GError **error)
{
  ScLiveFollows *live = sc_live_follows_from_json (answer, error);
  if (!live)
    return FALSE;
  g_value_init (ret_value, SC_TYPE_LIVE_FOLLOWS);
  g_value_take_object (ret_value, live);
  return TRUE;
}

/**
 * sc_client_list_live_followed:
 * @self: the client, with a token
 *
 * GET /v1/me/follows/live.
 *
 * Returns: (transfer full): a future that resolves to a #ScLiveFollows
 */
DexFuture *
sc_client_list_live_followed (ScClient *self)
{
  return sc_client_call (self, "GET", "/v1/me/follows/live", NULL, read_live);
}
