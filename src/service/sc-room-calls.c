/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What rooms are told by Amazon IVS Chat: ordered in the transaction of an action, so that neither
 * is there without the other, called after it, and called again by tick where that failed. */

#include "config.h"

#include "sc-room-calls.h"

#include "sc-ivschat.h"
#include "sc-json.h"
#include "sc-room-call-store.h"

#include <string.h>

/* How long a moderator waits for the room; what is left then is tick's. */
#define PATIENCE_US (3 * G_TIME_SPAN_SECOND)

/* How long who ordered has for beginning; after that their process is gone, and tick does it: a
 * person who is banned is out within 5 s. */
#define HANDOVER_US (3 * G_TIME_SPAN_SECOND)

/* How long who claimed calls has for making them: longer than one of them takes, and PATIENCE_US.
 */
#define CLAIM_US (10 * G_TIME_SPAN_SECOND)

/* After a minute nobody looks at what an event changes; somebody who is out stays out. */
#define KEEP_TRYING_US (10 * G_TIME_SPAN_MINUTE)

/* A token is good for one connection within a minute ("CreateChatToken"): who got theirs just
 * before is put out again after that, and after the call that made it. */
#define TOKEN_US (65 * G_TIME_SPAN_SECOND)

#define BACKOFF_MAX_US (30 * G_TIME_SPAN_SECOND)

/* As many as one tick makes; the next one comes soon. */
#define CALLS_PER_TICK 50

/**
 * sc_room_orders_init:
 * @self: orders
 * @connection: a connection inside a transaction
 * @user_id: the channel's owner
 *
 * Prepares for orders; the time and the action are the caller's to set.
 */
void
sc_room_orders_init (ScRoomOrders *self, ScStoreConnection *connection, gint64 user_id)
{
  *self = (ScRoomOrders) { .connection = connection, .user_id = user_id };
  self->ids = g_ptr_array_new_null_terminated (8, g_free, TRUE);
}

/**
 * sc_room_orders_clear:
 * @self: orders
 *
 * Frees what they hold.
 */
void
sc_room_orders_clear (ScRoomOrders *self)
{
  g_clear_pointer (&self->ids, g_ptr_array_unref);
}

static gboolean
add (ScRoomOrders *self, ScNewRoomCall *call, GError **error)
{
  call->user_id = self->user_id;
  call->action_id = self->action_id;
  gboolean now = call->next_at == 0;
  if (now)
    call->next_at = self->now + HANDOVER_US;
  if (call->until == 0)
    call->until = self->now + KEEP_TRYING_US;
  char *id = sc_room_call_store_insert (self->connection, call, error);
  if (now && id)
    g_ptr_array_add (self->ids, id);
  else
    g_free (id);
  return id != NULL;
}

/**
 * sc_room_orders_add_event:
 * @self: orders
 * @name: the event's name
 * @attributes: (transfer full): its attributes, strings
 * @replaces: whether an earlier one of this name that did not reach the room is void by it
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %TRUE if it is ordered
 */
gboolean
sc_room_orders_add_event (ScRoomOrders *self,
                          const char *name,
                          JsonObject *attributes,
                          gboolean replaces,
                          GError **error)
{
  g_autofree char *text = sc_json_to_string (attributes);
  json_object_unref (attributes);
  ScNewRoomCall call = { .kind = SC_ROOM_CALL_EVENT,
                         .argument = name,
                         .attributes = text,
                         .replaces = replaces };
  return add (self, &call, error);
}

/**
 * sc_room_orders_add_delete:
 * @self: orders
 * @message_id: a line's id
 * @reason: why
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %TRUE if it is ordered
 */
gboolean
sc_room_orders_add_delete (ScRoomOrders *self,
                           const char *message_id,
                           const char *reason,
                           GError **error)
{
  ScNewRoomCall call = { .kind = SC_ROOM_CALL_DELETE, .argument = message_id, .reason = reason };
  return add (self, &call, error);
}

/**
 * sc_room_orders_add_disconnect:
 * @self: orders
 * @public_id: who is to leave
 * @reason: why
 * @until: when what a token of before says is right again, microseconds since the epoch; 0 for
 * never
 * @error: an error of %SC_STORE_ERROR
 *
 * Orders that somebody leaves: at once, and once more when a token that they got just before is
 * void.
 *
 * Returns: %TRUE if it is ordered
 */
gboolean
sc_room_orders_add_disconnect (ScRoomOrders *self,
                               const char *public_id,
                               const char *reason,
                               gint64 until,
                               GError **error)
{
  ScNewRoomCall call = { .kind = SC_ROOM_CALL_DISCONNECT, .argument = public_id, .reason = reason };
  if (!add (self, &call, error))
    return FALSE;
  ScNewRoomCall again = { .kind = SC_ROOM_CALL_DISCONNECT,
                          .argument = public_id,
                          .reason = reason,
                          .next_at = self->now + TOKEN_US };
  if (until != 0)
    again.next_at = MIN (again.next_at, until - G_TIME_SPAN_SECOND);
  return add (self, &again, error);
}

static gboolean
send_event (ScAws *aws, const ScRoomCall *call, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (call->attributes, strlen (call->attributes));
  g_autoptr (JsonObject) attributes = sc_json_parse (bytes, SC_JSON_MAX_BYTES, error);
  return attributes &&
         sc_ivschat_send_event (aws, call->room_arn, call->argument, attributes, error);
}

static gboolean
make_call (ScAws *aws, const ScRoomCall *call, GError **error)
{
  switch (call->kind) {
  case SC_ROOM_CALL_EVENT:
    return send_event (aws, call, error);
  case SC_ROOM_CALL_DELETE:
    return sc_ivschat_delete_message (aws, call->room_arn, call->argument, call->reason, error);
  case SC_ROOM_CALL_DISCONNECT:
  default:
    return sc_ivschat_disconnect_user (aws, call->room_arn, call->argument, call->reason, error);
  }
}

/* What Amazon IVS Chat will never take is not tried again; nor is what goes to a room that is gone,
 * where nobody is. */
static gboolean
is_hopeless (const GError *error)
{
  return error->domain != SC_AWS_ERROR || error->code == SC_AWS_ERROR_INVALID ||
         error->code == SC_AWS_ERROR_NOT_FOUND;
}

static gint64
back_off (gint64 attempts)
{
  return MIN (G_TIME_SPAN_SECOND << MIN (attempts, 5), BACKOFF_MAX_US);
}

typedef struct {
  ScService *service;
  gint64 deadline; /* monotonic, microseconds; 0 for none */
  gboolean is_stuck;
  guint failed;
} CallRun;

static gboolean
is_over (const CallRun *run)
{
  return run->deadline && (run->is_stuck || g_get_monotonic_time () >= run->deadline);
}

static gboolean
write_outcome (CallRun *run, const ScRoomCall *call, gboolean is_done, GError **error)
{
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (run->service), error);
  if (!connection)
    return FALSE;
  if (is_done)
    return sc_room_call_store_finish (connection, call->id, error);
  gint64 next_at = sc_service_now (run->service) + back_off (call->attempts);
  return sc_room_call_store_put_off (connection, call->id, next_at, error);
}

/* A change of the channel is told once or never, as viewers ask for it anyway, and all of a room at
 * once when they are told. */
static gboolean
is_once (const ScRoomCall *call)
{
  return call->kind == SC_ROOM_CALL_EVENT && g_str_equal (call->argument, SC_ROOM_CHANNEL_EVENT);
}

/* After a call that hung the others would hang as well. */
static void
note_failure (CallRun *run, const GError *cause)
{
  run->failed++;
  if (!cause)
    return;
  g_message ("A room was not told: %s", cause->message);
  if (g_error_matches (cause, SC_AWS_ERROR, SC_AWS_ERROR_UNREACHABLE) ||
      g_error_matches (cause, SC_AWS_ERROR, SC_AWS_ERROR_UNCLEAR))
    run->is_stuck = TRUE;
}

/* Makes one call, unless the time is over. */
static gboolean
make_and_write (CallRun *run, const ScRoomCall *call, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean once = is_once (call);
  if (!call->room_arn)
    return write_outcome (run, call, TRUE, error);
  if (once && !write_outcome (run, call, TRUE, error))
    return FALSE;
  gboolean done =
    !is_over (run) && make_call (sc_service_get_chat_aws (run->service), call, &local_error);
  if (!done)
    note_failure (run, local_error);
  gboolean hopeless = local_error && is_hopeless (local_error);
  return once || write_outcome (run, call, done || hopeless, error);
}

static GPtrArray *
claim (ScService *service, const char *const *ids, guint max, GError **error)
{
  gint64 now = sc_service_now (service);
  const ScRoomCallClaim wanted = { ids, now, now + CLAIM_US, max };
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (service), error);
  return connection ? sc_room_call_store_claim (connection, &wanted, error) : NULL;
}

static gboolean
make_all (CallRun *run, GPtrArray *calls, GError **error)
{
  for (guint i = 0; i < calls->len; i++) {
    if (!make_and_write (run, calls->pdata[i], error))
      return FALSE;
  }
  return TRUE;
}

/**
 * sc_room_calls_make:
 * @service: a service
 * @orders: orders whose transaction is committed
 * @ret_pending: (inout): rises by how many did not reach the room, which tick tries again
 * @error: an error of %SC_STORE_ERROR, after which tick does what is left
 *
 * Tells a room what was ordered. Blocks for some seconds at most; holds no connection while Amazon
 * IVS Chat is asked.
 *
 * Returns: %TRUE if it is known what reached the room
 */
gboolean
sc_room_calls_make (ScService *service, ScRoomOrders *orders, guint *ret_pending, GError **error)
{
  if (orders->ids->len == 0)
    return TRUE;
  const char *const *ids = (const char *const *) orders->ids->pdata;
  g_autoptr (GPtrArray) calls = claim (service, ids, orders->ids->len, error);
  if (!calls)
    return FALSE;
  CallRun run = { .service = service, .deadline = g_get_monotonic_time () + PATIENCE_US };
  gboolean known = make_all (&run, calls, error);
  *ret_pending += run.failed;
  return known;
}

/**
 * sc_room_calls_run_due:
 * @service: a service
 * @error: an error of %SC_STORE_ERROR
 *
 * Tells rooms what they were not told yet. Many may do so at once.
 *
 * Returns: %TRUE if nothing went wrong but at Amazon IVS Chat
 */
gboolean
sc_room_calls_run_due (ScService *service, GError **error)
{
  g_autoptr (GPtrArray) calls = claim (service, NULL, CALLS_PER_TICK, error);
  CallRun run = { .service = service, .deadline = g_get_monotonic_time () + PATIENCE_US };
  return calls && make_all (&run, calls, error);
}
