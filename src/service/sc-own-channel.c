/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The own channel: its state and its stream key. */

#include "config.h"

#include "sc-account-views.h"
#include "sc-channel-change.h"
#include "sc-errands.h"
#include "sc-handlers.h"
#include "sc-ivs.h"

static ScChannelRow *
read_own (ScCall *call, GError **error)
{
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  return connection ? sc_channel_store_get_own (connection, call->user->id, error) : NULL;
}

/* Whether something is being done to a channel that is ready. */
static gboolean
has_errand (const ScChannelRow *row)
{
  return row->is_key_resetting || row->wanted_type || row->wanted_latency_mode;
}

static gboolean
advance (ScCall *call, ScChannelRow *row, GError **error)
{
  ScProvisionOutcome outcome;
  gboolean moved;
  if (sc_channel_get_state (row->channel) == SC_CHANNEL_READY)
    return sc_errands_advance (call->service,
                               sc_service_get_quick_aws (call->service),
                               call->user->id,
                               &moved,
                               error);
  return sc_provision_advance (sc_service_get_quick_provisioner (call->service),
                               call->user->id,
                               &outcome,
                               error);
}

/**
 * sc_handle_get_own_channel:
 * @call: GET /v1/me/channel
 * @error: an error of a layer below
 *
 * Shows the channel; one that is not ready, or whose key or settings are not, is taken a step
 * further first.
 *
 * Returns: (transfer full) (nullable): 200 {channel}
 */
ScResponse *
sc_handle_get_own_channel (ScCall *call, GError **error)
{
  g_autoptr (ScChannelRow) row = read_own (call, error);
  if (!row)
    return NULL;
  if (sc_channel_get_state (row->channel) == SC_CHANNEL_READY && !has_errand (row))
    return sc_answer_own_channel (call, row);
  if (!advance (call, row, error))
    return NULL;
  g_autoptr (ScChannelRow) newer = read_own (call, error);
  return newer ? sc_answer_own_channel (call, newer) : NULL;
}

/* Writes where and with what the channel takes SRT. A channel without, and one that Amazon IVS does
 * not tell of now, leave the key as good as it is. */
static void
set_srt (ScCall *call, const char *channel_arn, JsonObject *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScIvsChannel) channel =
    channel_arn ? sc_ivs_get_channel (sc_service_get_quick_aws (call->service), channel_arn, &error)
                : NULL;
  json_object_set_null_member (body, "srt");
  if (error)
    g_debug ("No SRT beside the stream key: %s", error->message);
  if (!channel || !channel->srt_endpoint || !channel->srt_passphrase)
    return;
  g_autofree char *endpoint = sc_ingest_srt_server (channel->srt_endpoint);
  JsonObject *srt = json_object_new ();
  json_object_set_string_member (srt, "endpoint", endpoint);
  json_object_set_string_member (srt, "passphrase", channel->srt_passphrase);
  json_object_set_object_member (body, "srt", srt);
}

/**
 * sc_handle_get_stream_key:
 * @call: GET /v1/me/channel/key
 * @error: an error of a layer below
 *
 * Asks Amazon IVS for the key, and for the passphrase of SRT, each time: we never keep them.
 *
 * Returns: (transfer full) (nullable): 200 {key, srt: null or {endpoint, passphrase}}, or 409
 * before the channel and its key are ready
 */
ScResponse *
sc_handle_get_stream_key (ScCall *call, GError **error)
{
  g_autoptr (ScChannelRow) row = read_own (call, error);
  if (!row)
    return NULL;
  if (sc_channel_get_state (row->channel) != SC_CHANNEL_READY)
    return sc_response_new_fault (SC_FAULT_CHANNEL_NOT_READY, NULL, NULL);
  if (row->is_key_resetting || !row->stream_key_arn)
    return sc_response_new_fault (SC_FAULT_CHANNEL_NOT_READY,
                                  NULL,
                                  "Another stream key is being made.");

  g_autoptr (ScIvsStreamKey) key =
    sc_ivs_get_stream_key (sc_service_get_quick_aws (call->service), row->stream_key_arn, error);
  if (!key)
    return NULL;
  JsonObject *body = json_object_new ();
  json_object_set_string_member (body, "key", key->value);
  set_srt (call, key->channel_arn, body);
  return sc_response_new_json (200, body);
}
