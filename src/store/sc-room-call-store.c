/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What rooms have still to be told. */

#include "config.h"

#include "sc-room-call-store.h"

static const char *const kind_names[] = { "event", "delete", "disconnect" };

/**
 * sc_room_call_free:
 * @self: (nullable): a call
 */
void
sc_room_call_free (ScRoomCall *self)
{
  if (!self)
    return;
  g_free (self->id);
  g_free (self->room_arn);
  g_free (self->argument);
  g_free (self->reason);
  g_free (self->attributes);
  g_free (self);
}

/* The column is checked to hold one of these. */
static ScRoomCallKind
read_kind (const char *text)
{
  if (g_str_equal (text, kind_names[SC_ROOM_CALL_EVENT]))
    return SC_ROOM_CALL_EVENT;
  return g_str_equal (text, kind_names[SC_ROOM_CALL_DELETE]) ? SC_ROOM_CALL_DELETE
                                                             : SC_ROOM_CALL_DISCONNECT;
}

static gboolean
remove_replaced (ScStoreConnection *connection, const ScNewRoomCall *call, GError **error)
{
  return !call->replaces ||
         sc_store_execute (connection,
                           "DELETE FROM room_calls WHERE user_id = $1 AND kind = 'event'"
                           " AND argument = $2",
                           SC_PARAMS (sc_int (call->user_id), sc_text (call->argument)),
                           error) >= 0;
}

/**
 * sc_room_call_store_insert:
 * @connection: a connection inside the transaction of what is to be told
 * @call: what to tell
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): its uuid
 */
char *
sc_room_call_store_insert (ScStoreConnection *connection, const ScNewRoomCall *call, GError **error)
{
  g_autofree char *id = g_uuid_string_random ();
  if (!remove_replaced (connection, call, error) ||
      sc_store_execute (connection,
                        "INSERT INTO room_calls (id, user_id, action_id, kind, argument, reason,"
                        " attributes, next_at, until)"
                        " VALUES ($1::uuid, $2, $3::uuid, $4, $5, $6, $7::jsonb, $8, $9)",
                        SC_PARAMS (sc_text (id),
                                   sc_int (call->user_id),
                                   sc_text (call->action_id),
                                   sc_text (kind_names[call->kind]),
                                   sc_text (call->argument),
                                   sc_text (call->reason),
                                   sc_text (call->attributes),
                                   sc_time (call->next_at),
                                   sc_time (call->until)),
                        error) < 0)
    return NULL;
  return g_steal_pointer (&id);
}

static ScRoomCall *
read_call (ScStoreResult *result, guint row)
{
  ScRoomCall *self = g_new0 (ScRoomCall, 1);
  self->id = g_strdup (sc_store_result_get_text (result, row, 0));
  self->room_arn = g_strdup (sc_store_result_get_text (result, row, 1));
  self->kind = read_kind (sc_store_result_get_text (result, row, 2));
  self->argument = g_strdup (sc_store_result_get_text (result, row, 3));
  self->reason = g_strdup (sc_store_result_get_text (result, row, 4));
  self->attributes = g_strdup (sc_store_result_get_text (result, row, 5));
  self->attempts = sc_store_result_get_int (result, row, 6) - 1;
  return self;
}

/**
 * sc_room_call_store_claim:
 * @connection: a connection outside a transaction
 * @claim: which, and for how long
 * @error: an error of %SC_STORE_ERROR
 *
 * Claims calls, so that nobody else makes them meanwhile.
 *
 * Returns: (transfer full) (nullable) (element-type ScRoomCall): those claimed, in the order in
 *   which they are to be made
 */
GPtrArray *
sc_room_call_store_claim (ScStoreConnection *connection,
                          const ScRoomCallClaim *claim,
                          GError **error)
{
  g_autofree char *ids = claim->ids ? g_strjoinv (",", (char **) claim->ids) : NULL;
  g_autoptr (ScStoreResult) result = sc_store_query (
    connection,
    "WITH claimed AS (UPDATE room_calls SET next_at = $2, attempts = attempts + 1"
    " WHERE id IN (SELECT id FROM room_calls WHERE CASE WHEN $3::text IS NULL THEN next_at <= $1"
    " ELSE id = ANY (string_to_array($3, ',')::uuid[]) END AND until > $1"
    " ORDER BY next_at, place LIMIT $4 FOR UPDATE SKIP LOCKED) RETURNING *)"
    " SELECT r.id::text, c.room_arn, r.kind, r.argument, r.reason, r.attributes::text, r.attempts"
    " FROM claimed r JOIN channels c ON c.user_id = r.user_id"
    " ORDER BY r.kind = 'disconnect' DESC, r.kind = 'event' DESC, r.place",
    SC_PARAMS (sc_time (claim->now), sc_time (claim->until), sc_text (ids), sc_int (claim->max)),
    error);
  return sc_store_result_read_all (result,
                                   (ScStoreReadFunc) read_call,
                                   (GDestroyNotify) sc_room_call_free);
}

/**
 * sc_room_call_store_finish:
 * @connection: a connection
 * @id: a call's uuid
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %TRUE if nobody will make the call again
 */
gboolean
sc_room_call_store_finish (ScStoreConnection *connection, const char *id, GError **error)
{
  return sc_store_execute (connection,
                           "DELETE FROM room_calls WHERE id = $1::uuid",
                           SC_PARAMS (sc_text (id)),
                           error) >= 0;
}

/**
 * sc_room_call_store_put_off:
 * @connection: a connection
 * @id: a call's uuid
 * @next_at: when it is due again, microseconds since the epoch
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %TRUE if it is written down
 */
gboolean
sc_room_call_store_put_off (ScStoreConnection *connection,
                            const char *id,
                            gint64 next_at,
                            GError **error)
{
  return sc_store_execute (connection,
                           "UPDATE room_calls SET next_at = $2 WHERE id = $1::uuid",
                           SC_PARAMS (sc_text (id), sc_time (next_at)),
                           error) >= 0;
}

/**
 * sc_room_call_store_cancel:
 * @connection: a connection inside the transaction that undoes the action
 * @action_id: an action
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %TRUE if nobody will make calls for it any more
 */
gboolean
sc_room_call_store_cancel (ScStoreConnection *connection, const char *action_id, GError **error)
{
  return sc_store_execute (connection,
                           "DELETE FROM room_calls WHERE action_id = $1::uuid",
                           SC_PARAMS (sc_text (action_id)),
                           error) >= 0;
}

/**
 * sc_room_call_store_cancel_disconnects:
 * @connection: a connection inside the transaction that lets the person in again
 * @user_id: the channel's owner
 * @person_public_id: who may come in again
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %TRUE if nobody will put them out any more
 */
gboolean
sc_room_call_store_cancel_disconnects (ScStoreConnection *connection,
                                       gint64 user_id,
                                       const char *person_public_id,
                                       GError **error)
{
  return sc_store_execute (connection,
                           "DELETE FROM room_calls WHERE user_id = $1 AND kind = 'disconnect'"
                           " AND argument = $2",
                           SC_PARAMS (sc_int (user_id), sc_text (person_public_id)),
                           error) >= 0;
}

/**
 * sc_room_call_store_forget:
 * @connection: a connection
 * @now: microseconds since the epoch
 * @error: an error of %SC_STORE_ERROR
 *
 * Removes calls that nobody needs any more.
 *
 * Returns: %TRUE if they are gone
 */
gboolean
sc_room_call_store_forget (ScStoreConnection *connection, gint64 now, GError **error)
{
  return sc_store_execute (connection,
                           "DELETE FROM room_calls WHERE until <= $1",
                           SC_PARAMS (sc_time (now)),
                           error) >= 0;
}
