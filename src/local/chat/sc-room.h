/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-hooks.h"
#include "sc-rate.h"
#include "sc-room-shapes.h"
#include "sc-ws-connection.h"

G_BEGIN_DECLS

/* "Service Quotas", Amazon IVS Chat User Guide: what a review may take. */
#define SC_ROOM_REVIEW_MS 200

/* Lines of a room that wait for their review: the busiest room has 100 a second, each for at most
 * 200 ms, and a late one holds up those behind it. */
#define SC_ROOM_LINES_MAX 40

typedef struct _ScRoom ScRoom;

/**
 * ScRoomPerson:
 * @connection: how to reach them
 * @session: who they are; of the room's
 * @address: their IP address
 * @rate: what they may ask for in a second
 * @is_told: they know that their session is over
 *
 * Somebody in a room.
 */
typedef struct {
  ScWsConnection *connection;
  ScRoomSession *session;
  char *address;
  ScRate *rate;
  gboolean is_told;
} ScRoomPerson;

ScRoom *sc_room_new (JsonObject *document, const ScChatHooks *hooks);
ScRoom *sc_room_ref (ScRoom *self);
void sc_room_unref (ScRoom *self);

guint sc_room_get_content_max (ScRoom *self);
void sc_room_enter (ScRoom *self, ScRoomPerson *person);
void sc_room_leave (ScRoom *self, ScRoomPerson *person);
gboolean sc_room_say (ScRoom *self,
                      ScRoomPerson *person,
                      const ScRoomRequest *request,
                      gint64 now_us,
                      GError **error);
void sc_room_send (ScRoom *self, JsonObject *push, ScRoomPerson *asker, const char *request_id);
void sc_room_disconnect (ScRoom *self, const char *user_id);
void sc_room_close (ScRoom *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScRoom, sc_room_unref)

G_END_DECLS
