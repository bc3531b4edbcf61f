/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-store-query.h"

G_BEGIN_DECLS

/**
 * ScRoomCallKind:
 * @SC_ROOM_CALL_EVENT: SendEvent
 * @SC_ROOM_CALL_DELETE: DeleteMessage
 * @SC_ROOM_CALL_DISCONNECT: DisconnectUser
 *
 * What Amazon IVS Chat is to be asked for.
 */
typedef enum {
  SC_ROOM_CALL_EVENT,
  SC_ROOM_CALL_DELETE,
  SC_ROOM_CALL_DISCONNECT,
} ScRoomCallKind;

/**
 * ScNewRoomCall:
 * @user_id: the channel's owner
 * @action_id: (nullable): the action that wants it; undone, it is not called any more
 * @kind: what to call
 * @argument: the event's name, the message's id or the person's public id
 * @reason: (nullable): for DELETE and DISCONNECT
 * @attributes: (nullable): for EVENT: a JSON object of strings
 * @next_at: when it is due, microseconds since the epoch
 * @until: when nobody needs it any more
 * @replaces: whether an event of this name that was not sent yet is not worth sending any more
 *
 * Something that a room is to be told.
 */
typedef struct {
  gint64 user_id;
  const char *action_id;
  ScRoomCallKind kind;
  const char *argument;
  const char *reason;
  const char *attributes;
  gint64 next_at;
  gint64 until;
  gboolean replaces;
} ScNewRoomCall;

/**
 * ScRoomCall:
 * @id: its uuid
 * @room_arn: (nullable): the room; %NULL if the channel has none
 * @kind: what to call
 * @argument: the event's name, the message's id or the person's public id
 * @reason: (nullable): for DELETE and DISCONNECT
 * @attributes: (nullable): for EVENT: a JSON object of strings
 * @attempts: how often it was claimed before this time
 *
 * Something that a room is to be told now, by whoever claimed it.
 */
typedef struct {
  char *id;
  char *room_arn;
  ScRoomCallKind kind;
  char *argument;
  char *reason;
  char *attributes;
  gint64 attempts;
} ScRoomCall;

/**
 * ScRoomCallClaim:
 * @ids: (nullable): only these, whether due or not; %NULL for all that are due
 * @now: microseconds since the epoch
 * @until: until when nobody else claims them
 * @max: how many at most
 */
typedef struct {
  const char *const *ids;
  gint64 now;
  gint64 until;
  guint max;
} ScRoomCallClaim;

void sc_room_call_free (ScRoomCall *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScRoomCall, sc_room_call_free)

char *sc_room_call_store_insert (ScStoreConnection *connection,
                                 const ScNewRoomCall *call,
                                 GError **error);
GPtrArray *sc_room_call_store_claim (ScStoreConnection *connection,
                                     const ScRoomCallClaim *claim,
                                     GError **error);
gboolean sc_room_call_store_finish (ScStoreConnection *connection, const char *id, GError **error);
gboolean sc_room_call_store_put_off (ScStoreConnection *connection,
                                     const char *id,
                                     gint64 next_at,
                                     GError **error);
gboolean
sc_room_call_store_cancel (ScStoreConnection *connection, const char *action_id, GError **error);
gboolean sc_room_call_store_cancel_disconnects (ScStoreConnection *connection,
                                                gint64 user_id,
                                                const char *person_public_id,
                                                GError **error);
gboolean sc_room_call_store_forget (ScStoreConnection *connection, gint64 now, GError **error);

G_END_DECLS
