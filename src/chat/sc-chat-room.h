/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-bar.h"
#include "sc-chat-history.h"
#include "sc-chat-line.h"
#include "sc-chat-link.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ScChatNotice:
 * @SC_CHAT_NOTICE_PURGED: somebody's lines were taken away
 * @SC_CHAT_NOTICE_RESTORED: that was undone
 * @SC_CHAT_NOTICE_MODES: the room is run differently now
 * @SC_CHAT_NOTICE_ROLE: somebody became or is no longer a moderator
 *
 * What moderators should see, besides lines.
 */
typedef enum {
  SC_CHAT_NOTICE_PURGED,
  SC_CHAT_NOTICE_RESTORED,
  SC_CHAT_NOTICE_MODES,
  SC_CHAT_NOTICE_ROLE,
} ScChatNotice;

#define SC_TYPE_CHAT_ROOM (sc_chat_room_get_type ())
G_DECLARE_FINAL_TYPE (ScChatRoom, sc_chat_room, SC, CHAT_ROOM, GObject)

ScChatRoom *sc_chat_room_new (ScChatTokenFunc ask,
                              gpointer user_data,
                              GDestroyNotify free_user_data,
                              const ScChatTiming *timing);
void sc_chat_room_set_history (ScChatRoom *self,
                               ScChatHistoryFunc ask,
                               gpointer user_data,
                               GDestroyNotify free_user_data);

void sc_chat_room_start (ScChatRoom *self);
void sc_chat_room_stop (ScChatRoom *self);
void sc_chat_room_change_person (ScChatRoom *self);
void sc_chat_room_renew (ScChatRoom *self);

GListModel *sc_chat_room_get_lines (ScChatRoom *self);
ScChatState sc_chat_room_get_state (ScChatRoom *self);
const GError *sc_chat_room_get_error (ScChatRoom *self);
ScChatCapabilities sc_chat_room_get_capabilities (ScChatRoom *self);
const char *sc_chat_room_get_reason (ScChatRoom *self);
gint64 sc_chat_room_get_banned_until (ScChatRoom *self);
const ScChatModes *sc_chat_room_get_modes (ScChatRoom *self);
ScChatRole sc_chat_room_get_role (ScChatRoom *self);
gboolean sc_chat_room_get_follows (ScChatRoom *self);
ScChatBar sc_chat_room_get_bar (ScChatRoom *self);
gint64 sc_chat_room_get_slow_until (ScChatRoom *self);
const char *sc_chat_room_get_name (ScChatRoom *self);

DexFuture *sc_chat_room_load_older (ScChatRoom *self);
void sc_chat_room_set_reading_back (ScChatRoom *self, gboolean reading_back);
void sc_chat_room_set_picture_time (ScChatRoom *self, gint64 picture_us);
void sc_chat_room_set_blocked (ScChatRoom *self, const char *const *user_ids);
char **sc_chat_room_complete_name (ScChatRoom *self, const char *prefix, guint max);
const char *sc_chat_room_find_person (ScChatRoom *self, const char *name);

gboolean sc_chat_room_send (ScChatRoom *self, const char *text, GError **error);
gboolean sc_chat_room_send_again (ScChatRoom *self, ScChatLine *line, GError **error);
void sc_chat_room_discard (ScChatRoom *self, ScChatLine *line);

G_END_DECLS
