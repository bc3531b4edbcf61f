/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How the own stream goes, how an earlier one went, and its end. */

#include "config.h"

#include "sc-aws-error.h"
#include "sc-channel-store.h"
#include "sc-guard.h"
#include "sc-handlers.h"
#include "sc-ivs.h"
#include "sc-stream-audience-store.h"
#include "sc-stream-look.h"
#include "sc-stream-status-store.h"

/* An encoder that comes back at once is stopped some times in a row; Amazon IVS takes 5 a second of
 * all channels together ("Service Quotas"), which one person must not use up. */
#define STOP_BURST 3
#define STOP_EVERY_US (10 * G_TIME_SPAN_SECOND)

static gboolean
read_fields (ScCall *call, const char *stream_id, ScStreamStatusFields *fields, GError **error)
{
  sc_stream_status_fields_clear (fields);
  sc_stream_status_fields_init (fields);
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  return connection &&
         sc_stream_status_store_read (connection, call->user->id, stream_id, fields, error);
}

static gboolean
read_audience (ScCall *call, ScStreamStatusFields *fields, GError **error)
{
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  return connection && sc_stream_audience_store_read (connection,
                                                      call->user->id,
                                                      sc_service_now (call->service),
                                                      fields,
                                                      error);
}

static ScChannelRow *
read_own (ScCall *call, GError **error)
{
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  return connection ? sc_channel_store_get_own (connection, call->user->id, error) : NULL;
}

/* Asks AWS first where that was not asked just now: a stream that goes badly says so by what is
 * measured, and not all of it is an event. */
static ScStreamStatus *
read_status (ScCall *call, const char *stream_id, GError **error)
{
  gboolean is_new = FALSE;
  g_auto (ScStreamStatusFields) fields = { 0 };
  if (!read_fields (call, stream_id, &fields, error))
    return NULL;
  if (!fields.id)
    return sc_stream_status_new (&fields);
  g_autoptr (ScChannelRow) row = read_own (call, error);
  if (!row || !sc_stream_look (call->service, row->arn, &fields, &is_new, error) ||
      (is_new && !read_fields (call, stream_id, &fields, error)) ||
      (stream_id && !read_audience (call, &fields, error)))
    return NULL;
  return sc_stream_status_new (&fields);
}

/**
 * sc_handle_get_live:
 * @call: GET /v1/me/channel/live
 * @error: an error of a layer below
 *
 * Returns: (transfer full) (nullable): 200 {stream, ingest, samples, reports} of the stream that is
 *   on, else of the last one
 */
ScResponse *
sc_handle_get_live (ScCall *call, GError **error)
{
  g_autoptr (ScStreamStatus) status = read_status (call, NULL, error);
  return status ? sc_response_new_json (200, sc_stream_status_to_json (status)) : NULL;
}

/**
 * sc_handle_get_own_stream:
 * @call: GET /v1/me/channel/streams/ID
 * @error: an error of a layer below
 *
 * Returns: (transfer full) (nullable): 200 as sc_handle_get_live() with {audience}, or 404
 */
ScResponse *
sc_handle_get_own_stream (ScCall *call, GError **error)
{
  g_autoptr (ScStreamStatus) status = read_status (call, call->id, error);
  if (!status)
    return NULL;
  if (!sc_stream_status_get_fields (status)->id)
    return sc_response_new_fault (SC_FAULT_NOT_FOUND, NULL, NULL);
  return sc_response_new_json (200, sc_stream_status_to_json (status));
}

/**
 * sc_handle_stop_stream:
 * @call: POST /v1/me/channel/stop
 * @error: an error of a layer below
 *
 * Has Amazon IVS end the stream, which takes it some seconds; it is not asked where no stream is
 * known to be on. The encoder may come back: who does not want that resets the key.
 *
 * Returns: (transfer full) (nullable): 202 {}, 409 where nothing is on or the channel is not ready,
 *   or 429 for who asks all the time
 */
ScResponse *
sc_handle_stop_stream (ScCall *call, GError **error)
{
  g_auto (ScStreamStatusFields) fields = { 0 };
  g_autoptr (ScChannelRow) row = read_own (call, error);
  if (!row)
    return NULL;
  if (sc_channel_get_state (row->channel) != SC_CHANNEL_READY)
    return sc_response_new_fault (SC_FAULT_CHANNEL_NOT_READY, NULL, NULL);
  if (!read_fields (call, NULL, &fields, error))
    return NULL;
  if (!fields.id || fields.ended_at != 0)
    return sc_response_new_fault (SC_FAULT_NOT_LIVE, NULL, NULL);
  ScResponse *refusal = NULL;
  if (!sc_guard_take_of_user (call, "stop", STOP_BURST, STOP_EVERY_US, &refusal, error) || refusal)
    return refusal;
  g_autoptr (GError) cause = NULL;
  if (sc_ivs_stop_stream (sc_service_get_quick_aws (call->service), row->arn, &cause))
    return sc_response_new_json (202, json_object_new ());
  if (g_error_matches (cause, SC_AWS_ERROR, SC_AWS_ERROR_NOT_BROADCASTING))
    return sc_response_new_fault (SC_FAULT_NOT_LIVE, NULL, NULL);
  g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}
