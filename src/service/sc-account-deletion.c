/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The end of an account: asked for with the password, taken back within some days, and then run
 * step by step. The keys go first, or an encoder whose stream is stopped would come in again; the
 * channel goes when nothing is live; the objects of its recordings after it, as nothing adds to
 * them then; the rows in the end, because the janitor would no longer know whose the rest is. Each
 * step may be made any number of times. */

#include "config.h"

#include "sc-account-password.h"
#include "sc-account-views.h"
#include "sc-errands.h"
#include "sc-guard.h"
#include "sc-handlers.h"
#include "sc-ivs-realtime.h"
#include "sc-ivs.h"
#include "sc-ivschat.h"
#include "sc-json-members.h"
#include "sc-leave-rooms.h"
#include "sc-objects.h"
#include "sc-repeats.h"
#include "sc-room-calls.h"
#include "sc-suspension-store.h"

#include <string.h>

/* Amazon IVS ends a recording some minutes after its stream, as its encoder may come back ("Record
 * to Amazon S3"): what it writes then is to be removed, too. */
#define RECORDED_US (10 * G_TIME_SPAN_MINUTE)

static gboolean
move_on (ScErrandCall *call, ScErrandStep next, GError *cause, GError **error)
{
  g_autoptr (GError) owned = cause;
  if (!sc_errands_is_gone (&owned)) {
    g_propagate_error (error, g_steal_pointer (&owned));
    return FALSE;
  }
  call->errand->step = next;
  return TRUE;
}

/* Deletes the keys that there are; goes on once there are none. */
static gboolean
delete_keys (ScErrandCall *call, GError **error)
{
  GError *cause = NULL;
  if (!call->errand->channel_arn)
    return move_on (call, SC_ERRAND_STAGE, NULL, error);
  g_autoptr (GPtrArray) keys =
    sc_ivs_list_stream_keys (call->aws, call->errand->channel_arn, &cause);
  if (!keys || keys->len == 0)
    return move_on (call, SC_ERRAND_STOP, cause, error);
  const ScIvsStreamKey *key = keys->pdata[0];
  sc_ivs_delete_stream_key (call->aws, key->arn, &cause);
  return move_on (call, SC_ERRAND_ALL_KEYS, cause, error);
}

static gboolean
stop_stream (ScErrandCall *call, GError **error)
{
  GError *cause = NULL;
  sc_ivs_stop_stream (call->aws, call->errand->channel_arn, &cause);
  return move_on (call, SC_ERRAND_STAGE, cause, error);
}

static gboolean
delete_stage (ScErrandCall *call, GError **error)
{
  GError *cause = NULL;
  if (call->errand->stage_arn)
    sc_ivs_realtime_delete_stage (call->aws, call->errand->stage_arn, &cause);
  return move_on (call, SC_ERRAND_ROOM, cause, error);
}

static gboolean
delete_room (ScErrandCall *call, GError **error)
{
  GError *cause = NULL;
  if (call->errand->room_arn)
    sc_ivschat_delete_room (call->aws, call->errand->room_arn, &cause);
  return move_on (call, SC_ERRAND_CHANNEL, cause, error);
}

static gboolean
has_recordings (ScErrandCall *call, gboolean *ret_has, GError **error)
{
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  g_autoptr (GPtrArray) buckets =
    connection ? sc_errand_store_list_buckets (connection, call->errand->user_id, error) : NULL;
  if (!buckets)
    return FALSE;
  *ret_has = buckets->len > 0;
  return TRUE;
}

/* A live channel cannot be deleted: its stream is over some seconds after the StopStream, or it has
 * to be stopped again. */
static gboolean
delete_channel (ScErrandCall *call, GError **error)
{
  GError *cause = NULL;
  gboolean recorded = FALSE;
  if (!has_recordings (call, &recorded, error))
    return FALSE;
  if (call->errand->channel_arn)
    sc_ivs_delete_channel (call->aws, call->errand->channel_arn, &cause);
  if (g_error_matches (cause, SC_AWS_ERROR, SC_AWS_ERROR_CONFLICT))
    call->errand->step = SC_ERRAND_ALL_KEYS;
  if (!move_on (call, SC_ERRAND_OBJECTS, cause, error))
    return FALSE;
  if (recorded)
    call->errand->next_at = sc_service_now (call->service) + RECORDED_US;
  return TRUE;
}

static GPtrArray *
list_buckets (ScErrandCall *call, GError **error)
{
  const char *rules = sc_service_get_rules_bucket (call->service);
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  GPtrArray *buckets =
    connection ? sc_errand_store_list_buckets (connection, call->errand->user_id, error) : NULL;
  if (buckets && rules && !g_ptr_array_find_with_equal_func (buckets, rules, g_str_equal, NULL))
    g_ptr_array_add (buckets, g_strdup (rules));
  return buckets;
}

/* What the channel's recordings are, and the rules of its room. */
static GPtrArray *
list_prefixes (const ScErrand *errand)
{
  GPtrArray *prefixes = g_ptr_array_new_with_free_func (g_free);
  const char *room = errand->room_arn ? strrchr (errand->room_arn, '/') : NULL;
  g_autofree char *recordings = sc_objects_dup_channel_prefix (errand->channel_arn);
  if (recordings)
    g_ptr_array_add (prefixes, g_steal_pointer (&recordings));
  if (room)
    g_ptr_array_add (prefixes, g_strdup_printf ("rules/%s.json", room + 1));
  return prefixes;
}

static gboolean
delete_objects (ScErrandCall *call, GError **error)
{
  gboolean is_empty = TRUE;
  g_autoptr (GPtrArray) buckets = list_buckets (call, error);
  g_autoptr (GPtrArray) prefixes = list_prefixes (call->errand);
  if (!buckets)
    return FALSE;
  for (guint i = 0; i < buckets->len * prefixes->len; i++) {
    const char *bucket = buckets->pdata[i / prefixes->len];
    const char *prefix = prefixes->pdata[i % prefixes->len];
    if (!sc_objects_remove_page (call->aws, bucket, prefix, &is_empty, error))
      return FALSE;
  }
  if (is_empty)
    call->errand->step = SC_ERRAND_ROWS;
  return TRUE;
}

/**
 * sc_account_deletion_perform:
 * @call: a step of a deletion's errand but its last, %SC_ERRAND_ROWS
 * @error: any %SC_AWS_ERROR or %SC_STORE_ERROR
 *
 * Makes the step.
 *
 * Returns: %TRUE if it succeeded
 */
gboolean
sc_account_deletion_perform (ScErrandCall *call, GError **error)
{
  switch (call->errand->step) {
  case SC_ERRAND_ALL_KEYS:
    return delete_keys (call, error);
  case SC_ERRAND_STOP:
    return stop_stream (call, error);
  case SC_ERRAND_STAGE:
    return delete_stage (call, error);
  case SC_ERRAND_ROOM:
    return delete_room (call, error);
  case SC_ERRAND_CHANNEL:
    return delete_channel (call, error);
  case SC_ERRAND_OBJECTS:
    return delete_objects (call, error);
  case SC_ERRAND_DELETE:
  case SC_ERRAND_CREATE:
  case SC_ERRAND_CALLING:
  case SC_ERRAND_UNCLEAR:
  case SC_ERRAND_WAITING:
  case SC_ERRAND_ROWS:
  case SC_ERRAND_UPDATE:
  case SC_ERRAND_DONE:
  default:
    g_return_val_if_reached (FALSE);
  }
}

/* From now on no token is made for them, neither of ours nor of a room; in one transaction with
 * that it is ordered that they leave the rooms in which they are. */
static gboolean
close_account (ScCall *call, gint64 *deletes_at, GPtrArray *ids, GError **error)
{
  g_autoptr (ScSuspect) user = NULL;
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  if (!connection || !sc_store_begin (connection, error) ||
      !sc_errand_store_begin_deletion (connection, call->user->id, deletes_at, error) ||
      !sc_suspension_store_find (connection, call->user->name, &user, error))
    return FALSE;
  const ScLeaver leaver = { user->id, user->public_id, "deleted" };
  return sc_leave_rooms_order (call->service, connection, &leaver, ids, error) &&
         sc_store_commit (connection, error);
}

/* What a room does not hear now, it hears from tick. */
static void
leave_rooms (ScCall *call, ScRoomOrders *orders)
{
  guint pending = 0;
  g_autoptr (GError) error = NULL;
  if (!sc_room_calls_make (call->service, orders, &pending, &error))
    g_message ("What reached rooms is not known: %s", error->message);
}

static ScResponse *
try_to_delete_me (ScCall *call, GError **error)
{
  ScResponse *refusal = NULL;
  g_autoptr (ScUser) user = sc_account_check_password (call, "password", &refusal, error);
  if (!user)
    return refusal;

  gint64 deletes_at =
    sc_service_now (call->service) + sc_service_get_deletion_delay (call->service);
  g_auto (ScRoomOrders) orders = { .ids = g_ptr_array_new_null_terminated (8, g_free, TRUE) };
  if (!close_account (call, &deletes_at, orders.ids, error))
    return NULL;
  leave_rooms (call, &orders);
  JsonObject *body = json_object_new ();
  sc_json_set_time (body, "deletes_at", deletes_at);
  return sc_response_new_json (202, body);
}

/**
 * sc_handle_delete_me:
 * @call: DELETE /v1/me {password}
 * @error: an error of a layer below
 *
 * Has the account deleted some days later; it is closed and out of sight from now on, and its
 * sessions are good for nothing but taking this back.
 *
 * Returns: (transfer full) (nullable): 202 {deletes_at}, 403 for a wrong password, or 429 after too
 *   many
 */
ScResponse *
sc_handle_delete_me (ScCall *call, GError **error)
{
  return sc_guard_run (call, call->user->name, try_to_delete_me, error);
}

/**
 * sc_handle_restore_me:
 * @call: POST /v1/me/restore
 * @error: an error of a layer below
 *
 * Keeps an account that was to be deleted; one that was not stays as it is.
 *
 * Returns: (transfer full) (nullable): 200 {user}, or 409 once the deletion has begun
 */
ScResponse *
sc_handle_restore_me (ScCall *call, GError **error)
{
  gboolean taken_back = FALSE;
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  if (!connection || !sc_store_begin (connection, error) ||
      !sc_errand_store_take_back_deletion (connection,
                                           call->user->id,
                                           sc_service_now (call->service),
                                           &taken_back,
                                           error))
    return NULL;
  if (!taken_back && call->user->deletes_at)
    return sc_response_new_fault (SC_FAULT_TOO_LATE, NULL, "It is too late to keep this account.");
  g_autoptr (JsonObject) body = json_object_new ();
  json_object_set_object_member (body, "user", sc_view_user (call->user->name));
  if (!sc_repeats_commit (call, connection, 200, body, error))
    return NULL;
  return sc_response_new_json (200, g_steal_pointer (&body));
}
