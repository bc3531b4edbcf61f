/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* /v1/channels. */

#include "config.h"

#include "sc-channel.h"
#include "sc-client-call.h"
#include "sc-client-path.h"
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
