/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* /v1/channels. */

#include "config.h"

#include "sc-channel.h"
#include "sc-client-call.h"
#include "sc-client-error.h"
#include "sc-client-path.h"
#include "sc-error.h"
#include "sc-json.h"
#include "sc-list-page.h"

#include <gio/gio.h>

#define LIVE_PATH "/v1/channels?live=1"

static gpointer
read_item (JsonObject *object, GError **error)
{
  return sc_channel_from_json (object, error);
}

static gboolean
read_channels (JsonObject *answer, GValue *ret_value, GError **error)
{
  return sc_client_take_page (
    sc_list_page_from_json (answer, "channels", SC_TYPE_CHANNEL, read_item, error),
    ret_value);
}

/**
 * sc_client_list_live_ahead:
 * @self: a client that is to go to @server in a moment
 * @server: an address without a slash at its end
 *
 * Sends the first sc_client_list_live() there before its time, for a program that has other things
 * to do until its main loop turns. Nobody signed in is told of: who is live anybody may know.
 */
void
sc_client_list_live_ahead (ScClient *self, const char *server)
{
  g_autofree char *url = g_strconcat (server, LIVE_PATH, NULL);
  sc_ahead_ask (sc_client_get_ahead (self),
                sc_client_get_http (self),
                url,
                g_get_monotonic_time ());
}

static DexFuture *
list_live (ScClient *self)
{
  return sc_client_call (self, "GET", LIVE_PATH, NULL, read_channels);
}

/* With a token it may not be refused, and another connection may come about; whatever else the
 * server says, or does not say, it would again. */
static DexFuture *
on_ahead_failed (DexFuture *future, gpointer client)
{
  g_autoptr (GError) error = NULL;
  (void) dex_future_get_value (future, &error);
  return g_error_matches (error, SC_CLIENT_ERROR, SC_CLIENT_ERROR_UNAUTHORIZED) ||
             g_error_matches (error, SC_CLIENT_ERROR, SC_CLIENT_ERROR_UNREACHABLE)
           ? list_live (client)
           : dex_ref (future);
}

/**
 * sc_client_list_live:
 * @self: the client
 *
 * GET /v1/channels?live=1, or the answer to that which was asked for ahead.
 *
 * Returns: (transfer full): a future that resolves to a %SC_TYPE_LIST_PAGE of #ScChannel, the
 *   newest stream first
 */
DexFuture *
sc_client_list_live (ScClient *self)
{
  const char *server = sc_client_get_server (self);
  g_autofree char *url = server ? g_strconcat (server, LIVE_PATH, NULL) : NULL;
  DexFuture *ahead =
    url ? sc_ahead_take (sc_client_get_ahead (self), url, g_get_monotonic_time ()) : NULL;
  if (!ahead)
    return list_live (self);
  return dex_future_catch (sc_client_read (self, ahead, read_channels),
                           on_ahead_failed,
                           g_object_ref (self),
                           g_object_unref);
}

/**
 * sc_client_list_live_in:
 * @self: the client
 * @category: (nullable): a category; %NULL for all of them
 * @before: (nullable): the end of a page, for those after it
 *
 * GET /v1/channels?live=1, with &category= and &before=.
 *
 * Returns: (transfer full): a future that resolves to a %SC_TYPE_LIST_PAGE of the #ScChannel that
 *   stream it now, the newest stream first
 */
DexFuture *
sc_client_list_live_in (ScClient *self, const char *category, const char *before)
{
  g_autofree char *path = sc_client_path_with_query ("/v1/channels",
                                                     "live",
                                                     "1",
                                                     "category",
                                                     category ?: "",
                                                     "before",
                                                     before ?: "",
                                                     NULL);
  return sc_client_call (self, "GET", path, NULL, read_channels);
}

/**
 * sc_client_get_channel:
 * @self: the client
 * @name: the name of a channel
 *
 * GET /v1/channels/NAME.
 *
 * Returns: (transfer full): a future that resolves to a %SC_TYPE_CHANNEL, or rejects with
 *   %SC_CLIENT_ERROR_NOT_FOUND
 */
DexFuture *
sc_client_get_channel (ScClient *self, const char *name)
{
  g_autofree char *path = sc_client_path ("channels", name, NULL);
  return sc_client_call (self, "GET", path, NULL, sc_client_read_channel);
}
