/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sct-service.h"

G_BEGIN_DECLS

/* Amazon IVS Chat's log of rooms, as its subscription delivers it. */

GBytes *sct_room_log_wrap (GBytes *plain);
GBytes *sct_room_log_wrap_text (const char *text);
GBytes *sct_room_log_make_event (const char *stream, const char *const *messages);
void sct_room_log_deliver (SctService *self, const char *stream, const char *const *messages);
char *
sct_room_log_line (const char *id, gint64 sent_at, const char *sender_id, const char *content);
char *sct_room_log_deletion (const char *id, gint64 deleted_at);

G_END_DECLS
