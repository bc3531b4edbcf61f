/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-store.h"
#include "sc-service.h"

G_BEGIN_DECLS

gboolean sc_room_rules_ensure (ScService *service, const ScRoomRow *room, GError **error);
guint sc_room_rules_publish (ScService *service, gint64 user_id);
gboolean sc_room_rules_run_due (ScService *service, GError **error);

G_END_DECLS
