/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Another stream key for a channel. Amazon IVS gives a channel one key at a time ("Service
 * Quotas"), so that the old one has to go before the new one can be made, and whatever happens
 * there are never two. A stream that the old key opened goes on until it ends, or is stopped where
 * that was asked for: then its encoder cannot come back. */

#include "config.h"

#include "sc-account-views.h"
#include "sc-channel-store.h"
#include "sc-errands.h"
#include "sc-guard.h"
#include "sc-handlers.h"
#include "sc-ivs.h"
#include "sc-provision-private.h"
#include "sc-repeats.h"

/* A Create whose answer was lost may still be at work: look for its effect only after that. */
#define SETTLE_US (2 * G_TIME_SPAN_SECOND)

/* Each reset is two calls of those that Amazon IVS takes 5 a second of, of all channels together
 * ("Service Quotas"). */
#define RESET_BURST 3
#define RESET_EVERY_US (20 * G_TIME_SPAN_SECOND)

static ScErrandStep
after_delete (const ScErrand *errand)
{
  return errand->stops ? SC_ERRAND_STOP : SC_ERRAND_CREATE;
}

/* Nobody wrote down which key there is: somebody who was suspended meanwhile has none. */
static gboolean
find_old_key (ScErrandCall *call, GError **error)
{
  ScErrand *errand = call->errand;
  g_autoptr (GPtrArray) keys = sc_ivs_list_stream_keys (call->aws, errand->channel_arn, error);
  if (!keys)
    return FALSE;
  if (keys->len > 0)
    g_set_str (&errand->key_arn, ((ScIvsStreamKey *) keys->pdata[0])->arn);
  else
    errand->step = after_delete (errand);
  return TRUE;
}

static gboolean
delete_old_key (ScErrandCall *call, GError **error)
{
  g_autoptr (GError) cause = NULL;
  sc_ivs_delete_stream_key (call->aws, call->errand->key_arn, &cause);
  if (!sc_errands_is_gone (&cause)) {
    g_propagate_error (error, g_steal_pointer (&cause));
    return FALSE;
  }
  call->errand->step = after_delete (call->errand);
  return TRUE;
}

static gboolean
stop_stream (ScErrandCall *call, GError **error)
{
  g_autoptr (GError) cause = NULL;
  sc_ivs_stop_stream (call->aws, call->errand->channel_arn, &cause);
  if (!sc_errands_is_gone (&cause)) {
    g_propagate_error (error, g_steal_pointer (&cause));
    return FALSE;
  }
  call->errand->step = SC_ERRAND_CREATE;
  return TRUE;
}

/* That the channel has its key says that a Create before this one had its effect. */
static gboolean
create_key (ScErrandCall *call, GError **error)
{
  ScErrand *errand = call->errand;
  g_autoptr (GError) cause = NULL;
  g_autoptr (ScIvsStreamKey) key =
    sc_ivs_create_stream_key (call->aws, errand->channel_arn, SC_PROVISION_PROJECT, &cause);
  if (key) {
    g_set_str (&errand->key_arn, key->arn);
    errand->step = SC_ERRAND_DONE;
    return TRUE;
  }
  gboolean is_there = g_error_matches (cause, SC_AWS_ERROR, SC_AWS_ERROR_QUOTA);
  errand->step = is_there || sc_aws_error_is_unclear (cause) ? SC_ERRAND_UNCLEAR : SC_ERRAND_CREATE;
  errand->next_at = sc_service_now (call->service) + SETTLE_US;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/* Lists are late: one that still has the old key, or has none yet, settles nothing for good. */
static gboolean
find_new_key (ScErrandCall *call, GError **error)
{
  ScErrand *errand = call->errand;
  g_autoptr (GPtrArray) keys = sc_ivs_list_stream_keys (call->aws, errand->channel_arn, error);
  if (!keys)
    return FALSE;
  const ScIvsStreamKey *key = keys->len > 0 ? keys->pdata[0] : NULL;
  if (!key) {
    errand->step = SC_ERRAND_CREATE;
  } else if (g_strcmp0 (key->arn, errand->key_arn) == 0) {
    errand->step = SC_ERRAND_DELETE;
  } else {
    g_set_str (&errand->key_arn, key->arn);
    errand->step = SC_ERRAND_DONE;
  }
  return TRUE;
}

/**
 * sc_key_reset_perform:
 * @call: a step of a key's errand
 * @error: any %SC_AWS_ERROR
 *
 * Makes the step's one call.
 *
 * Returns: %TRUE if the call succeeded
 */
gboolean
sc_key_reset_perform (ScErrandCall *call, GError **error)
{
  switch (call->errand->step) {
  case SC_ERRAND_DELETE:
    return call->errand->key_arn ? delete_old_key (call, error) : find_old_key (call, error);
  case SC_ERRAND_STOP:
    return stop_stream (call, error);
  case SC_ERRAND_CALLING:
    return create_key (call, error);
  case SC_ERRAND_UNCLEAR:
    return find_new_key (call, error);
  case SC_ERRAND_CREATE:
  case SC_ERRAND_WAITING:
  case SC_ERRAND_ALL_KEYS:
  case SC_ERRAND_STAGE:
  case SC_ERRAND_ROOM:
  case SC_ERRAND_CHANNEL:
  case SC_ERRAND_OBJECTS:
  case SC_ERRAND_ROWS:
  case SC_ERRAND_UPDATE:
  case SC_ERRAND_DONE:
  default:
    g_return_val_if_reached (FALSE);
  }
}

static ScChannelRow *
read_own (ScCall *call, GError **error)
{
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  return connection ? sc_channel_store_get_own (connection, call->user->id, error) : NULL;
}

static JsonObject *
make_answer (ScCall *call, ScChannelRow *row)
{
  g_autofree char *avatar_url = sc_service_dup_object_url (call->service, row->avatar);
  sc_channel_set_avatar_url (row->channel, avatar_url);
  JsonObject *body = json_object_new ();
  json_object_set_object_member (body, "channel", sc_view_own_channel (row));
  return body;
}

static gboolean
begin (ScCall *call, GError **error)
{
  gboolean stops = json_object_get_boolean_member_with_default (call->body, "stop", FALSE);
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  if (!connection || !sc_store_begin (connection, error) ||
      !sc_errand_store_begin_key (connection,
                                  call->user->id,
                                  stops,
                                  sc_service_now (call->service),
                                  error))
    return FALSE;
  g_autoptr (ScChannelRow) row = sc_channel_store_get_own (connection, call->user->id, error);
  g_autoptr (JsonObject) body = row ? make_answer (call, row) : NULL;
  return body && sc_repeats_commit (call, connection, 202, body, error);
}

/**
 * sc_handle_reset_stream_key:
 * @call: POST /v1/me/channel/key {stop?}
 * @error: an error of a layer below
 *
 * Has the channel get another stream key: the old one opens nothing from then on. With "stop" a
 * running stream ends; else it goes on until its encoder loses its connection. Asking again while
 * it is under way is the same reset.
 *
 * Returns: (transfer full) (nullable): 202 {channel} with its "key_state": "resetting", or "ready"
 *   where it was done at once; 409 before the channel is ready; 429 for who asks all the time
 */
ScResponse *
sc_handle_reset_stream_key (ScCall *call, GError **error)
{
  g_autoptr (ScChannelRow) row = read_own (call, error);
  if (!row)
    return NULL;
  if (sc_channel_get_state (row->channel) != SC_CHANNEL_READY)
    return sc_response_new_fault (SC_FAULT_CHANNEL_NOT_READY, NULL, NULL);
  ScResponse *refusal = NULL;
  if (!sc_guard_take_of_user (call, "key", RESET_BURST, RESET_EVERY_US, &refusal, error) || refusal)
    return refusal;
  if (!begin (call, error))
    return NULL;
  sc_errands_advance_for_a_while (call->service, call->user->id);

  g_autoptr (ScChannelRow) newer = read_own (call, error);
  if (!newer)
    return NULL;
  return sc_response_new_json (202, make_answer (call, newer));
}
