/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* /v1/recordings, and those of a channel. */

#include "config.h"

#include "sc-client-call.h"
#include "sc-client-path.h"
#include "sc-error.h"
#include "sc-json.h"
#include "sc-recording.h"

#include <gio/gio.h>

static ScRecording *
read_recording (JsonNode *node, GError **error)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return sc_recording_from_json (json_node_get_object (node), error);
  g_set_error (error, SC_DATA_ERROR, SC_DATA_ERROR_TYPE, "“recordings” holds a non-object");
  return NULL;
}

static gboolean
read_recordings (JsonObject *answer, GValue *ret_value, GError **error)
{
  JsonArray *array = sc_json_get_array (answer, "recordings", error);
  if (!array)
    return FALSE;

  g_autoptr (GListStore) recordings = g_list_store_new (SC_TYPE_RECORDING);
  for (guint i = 0; i < json_array_get_length (array); i++) {
    g_autoptr (ScRecording) recording = read_recording (json_array_get_element (array, i), error);
    if (!recording)
      return FALSE;
    g_list_store_append (recordings, recording);
  }
  g_value_init (ret_value, G_TYPE_LIST_STORE);
  g_value_set_object (ret_value, recordings);
  return TRUE;
}

/**
 * sc_client_list_recordings:
 * @self: the client
 * @channel: (nullable): the name of a channel; %NULL for all
 *
 * GET /v1/recordings or /v1/channels/NAME/recordings.
 *
 * Returns: (transfer full): a future that resolves to a #GListStore of #ScRecording, the newest
 *   first, or rejects with %SC_CLIENT_ERROR_NOT_FOUND
 */
DexFuture *
sc_client_list_recordings (ScClient *self, const char *channel)
{
  if (!channel)
    return sc_client_call (self, "GET", "/v1/recordings", NULL, read_recordings);
  g_autofree char *path = sc_client_path ("channels", channel, "recordings", NULL);
  return sc_client_call (self, "GET", path, NULL, read_recordings);
}
