/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-moderation-store.h"
#include "sc-room-calls.h"
#include "sc-routes.h"

G_BEGIN_DECLS

gboolean sc_is_line_id (const char *text);
gboolean sc_is_plain_text (const char *text, glong max_characters);
char *sc_dup_room_reason (const ScNewAction *action);
JsonObject *
sc_view_action (ScCall *call, ScStoreConnection *connection, const char *id, GError **error);
guint sc_tell_room (ScCall *call, ScRoomOrders *orders, gboolean rules_changed);
ScResponse *sc_answer_pending (ScCall *call, ScRoomOrders *orders, gboolean rules_changed);
ScResponse *sc_answer_action (ScCall *call,
                              guint status,
                              JsonObject *view,
                              ScRoomOrders *orders,
                              gboolean rules_changed);

G_END_DECLS
