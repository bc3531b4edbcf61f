/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The own channel: its state and its stream key. */

#include "config.h"

#include "sc-account-views.h"
#include "sc-channel-change.h"
#include "sc-errands.h"
#include "sc-guard.h"
#include "sc-handlers.h"
#include "sc-ivs.h"

/* The key and the passphrase are looked at some times while an encoder is set up; Amazon IVS
 * answers for 5 of either a second, of all channels together ("Service Quotas"), which one person
 * must not use up. */
#define SECRET_BURST 4
#define SECRET_EVERY_US (2 * G_TIME_SPAN_SECOND)

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

/* FALSE: the database failed, or there is a refusal. */
static gboolean
take_look_at_secret (ScCall *call, ScResponse **ret_refusal, GError **error)
{
  return sc_guard_take_of_user (call,
                                "secret",
                                SECRET_BURST,
                                SECRET_EVERY_US,
                                ret_refusal,
                                error) &&
         !*ret_refusal;
}

/**
 * sc_handle_get_stream_key:
 * @call: GET /v1/me/channel/key
 * @error: an error of a layer below
 *
 * Asks Amazon IVS for the key each time: we never keep it.
 *
 * Returns: (transfer full) (nullable): 200 {key}, 409 before the channel and its key are ready, or
 * 429 for who asks all the time
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
  ScResponse *refusal = NULL;
  if (!take_look_at_secret (call, &refusal, error))
    return refusal;

  g_autoptr (ScIvsStreamKey) key =
    sc_ivs_get_stream_key (sc_service_get_quick_aws (call->service), row->stream_key_arn, error);
  if (!key)
    return NULL;
  JsonObject *body = json_object_new ();
  json_object_set_string_member (body, "key", key->value);
  return sc_response_new_json (200, body);
}

/* Returns how the channel takes SRT, or NULL where it does not. */
static JsonObject *
view_srt (const ScIvsChannel *channel)
{
  if (!channel->srt_endpoint || !channel->srt_passphrase)
    return NULL;
  g_autofree char *endpoint = sc_ingest_srt_server (channel->srt_endpoint);
  JsonObject *srt = json_object_new ();
  json_object_set_string_member (srt, "endpoint", endpoint);
  json_object_set_string_member (srt, "passphrase", channel->srt_passphrase);
  return srt;
}

/**
 * sc_handle_get_srt:
 * @call: GET /v1/me/channel/srt
 * @error: an error of a layer below
 *
 * Asks Amazon IVS each time: the passphrase is as good as a key, and we keep neither.
 *
 * Returns: (transfer full) (nullable): 200 {srt: {endpoint, passphrase}}, 404 of a channel that
 *   takes no SRT, 409 before the channel is ready, or 429 for who asks all the time
 */
ScResponse *
sc_handle_get_srt (ScCall *call, GError **error)
{
  g_autoptr (ScChannelRow) row = read_own (call, error);
  if (!row)
    return NULL;
  if (sc_channel_get_state (row->channel) != SC_CHANNEL_READY)
    return sc_response_new_fault (SC_FAULT_CHANNEL_NOT_READY, NULL, NULL);
  ScResponse *refusal = NULL;
  if (!take_look_at_secret (call, &refusal, error))
    return refusal;
  g_autoptr (ScIvsChannel) channel =
    sc_ivs_get_channel (sc_service_get_quick_aws (call->service), row->arn, error);
  if (!channel)
    return NULL;
  JsonObject *srt = view_srt (channel);
  if (!srt)
    return sc_response_new_fault (SC_FAULT_NOT_FOUND, NULL, NULL);
  JsonObject *body = json_object_new ();
  json_object_set_object_member (body, "srt", srt);
  return sc_response_new_json (200, body);
}
