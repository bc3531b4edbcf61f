/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* /v1/channels. */

#include "config.h"

#include "sc-channel.h"
#include "sc-chat-token.h"
#include "sc-client-call.h"
#include "sc-error.h"
#include "sc-json.h"

#include <gio/gio.h>

static gboolean
read_channels (JsonObject *answer, GValue *ret_value, GError **error)
{
  JsonArray *array = sc_json_get_array (answer, "channels", error);
  if (!array)
    return FALSE;

  g_autoptr (GListStore) channels = g_list_store_new (SC_TYPE_CHANNEL);
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);
    g_autoptr (ScChannel) channel = JSON_NODE_HOLDS_OBJECT (node)
                                      ? sc_channel_from_json (json_node_get_object (node), error)
                                      : NULL;
    if (!channel) {
      if (error && !*error)
        g_set_error (error, SC_DATA_ERROR, SC_DATA_ERROR_TYPE, "\"channels\" holds a non-object");
      return FALSE;
    }
    g_list_store_append (channels, channel);
  }
  g_value_init (ret_value, G_TYPE_LIST_STORE);
  g_value_set_object (ret_value, channels);
  return TRUE;
}

/**
 * sc_client_list_live:
 * @self: the client
 *
 * GET /v1/channels?live=1.
 *
 * Returns: (transfer full): a future that resolves to a #GListStore of #ScChannel, the newest
 *   stream first
 */
DexFuture *
sc_client_list_live (ScClient *self)
{
  return sc_client_call (self, "GET", "/v1/channels?live=1", NULL, read_channels);
}

static char *
make_path (const char *name, const char *rest)
{
  g_autofree char *escaped = g_uri_escape_string (name, NULL, FALSE);
  return g_strconcat ("/v1/channels/", escaped, rest, NULL);
}

static gboolean
read_chat_token (JsonObject *answer, GValue *ret_value, GError **error)
{
  JsonObject *object = sc_json_get_object (answer, "chat", error);
  ScChatToken *token = object ? sc_chat_token_from_json (object, error) : NULL;
  if (!token)
    return FALSE;
  g_value_init (ret_value, SC_TYPE_CHAT_TOKEN);
  g_value_take_boxed (ret_value, token);
  return TRUE;
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
  g_autofree char *path = make_path (name, NULL);
  return sc_client_call (self, "GET", path, NULL, sc_client_read_channel);
}

/**
 * sc_client_create_chat_token:
 * @self: the client, with or without a token of its own
 * @name: the name of a channel
 *
 * POST /v1/channels/NAME/chat.
 *
 * Returns: (transfer full): a future that resolves to a %SC_TYPE_CHAT_TOKEN for one connection to
 *   the channel's room, or rejects with %SC_CLIENT_ERROR_NOT_FOUND or
 *   %SC_CLIENT_ERROR_CHANNEL_NOT_READY
 */
DexFuture *
sc_client_create_chat_token (ScClient *self, const char *name)
{
  g_autofree char *path = make_path (name, "/chat");
  return sc_client_call (self, "POST", path, NULL, read_chat_token);
}
