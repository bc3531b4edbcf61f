/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-moderation-store.h"
#include "sc-room-calls.h"
#include "sc-routes.h"

G_BEGIN_DECLS

/**
 * ScOrderFunc:
 * @call: a request of who acts
 * @orders: what the room is to be told, with the connection whose transaction has the room's turn
 * @yes: which of two things is ordered
 * @ret_refusal: (out): set where it cannot be done
 * @error: an error of a layer below
 *
 * Returns: %FALSE with *@ret_refusal or @error if nothing is to be done
 */
typedef gboolean (*ScOrderFunc) (ScCall *call,
                                 ScRoomOrders *orders,
                                 gboolean yes,
                                 ScResponse **ret_refusal,
                                 GError **error);

gboolean sc_is_line_id (const char *text);
gboolean sc_is_plain_text (const char *text, glong max_characters);
char *sc_dup_room_reason (const ScNewAction *action);
JsonObject *
sc_view_action (ScCall *call, ScStoreConnection *connection, const char *id, GError **error);
guint sc_tell_room (ScCall *call, ScRoomOrders *orders, gboolean rules_changed);
ScResponse *sc_answer_order (ScCall *call, ScOrderFunc order, gboolean yes, GError **error);
gboolean sc_commit_action (ScCall *call,
                           ScStoreConnection *connection,
                           guint status,
                           JsonObject *view,
                           GError **error);
ScResponse *sc_answer_action (ScCall *call,
                              guint status,
                              JsonObject *view,
                              ScRoomOrders *orders,
                              gboolean rules_changed);

G_END_DECLS
