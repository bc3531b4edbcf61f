/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-room-request.h"

G_BEGIN_DECLS

#define SC_ROOM_DELETE_EVENT "aws:DELETE_MESSAGE"
#define SC_ROOM_DISCONNECT_EVENT "aws:DISCONNECT_USER"

char *sc_room_id_new (void);

JsonObject *sc_room_message_to_json (const ScRoomSession *sender, const ScRoomRequest *request);
JsonObject *sc_room_event_to_json (const char *id, const char *name, JsonObject *attributes);
JsonObject *sc_room_delete_to_json (const char *id, const char *message_id, const char *reason);
JsonObject *sc_room_disconnect_to_json (const char *id, const char *user_id, const char *reason);
JsonObject *sc_room_error_to_json (const GError *error, const char *request_id, const char *id);

void sc_room_set_send_time (JsonObject *push);
JsonObject *sc_room_record_to_json (JsonObject *push);

GBytes *sc_room_review_to_bytes (JsonObject *message, const char *room_arn, const char *address);
gboolean
sc_room_review_apply (GBytes *answer, guint content_max, JsonObject *message, GError **error);

G_END_DECLS
