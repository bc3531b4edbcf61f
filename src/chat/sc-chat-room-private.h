/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-history.h"
#include "sc-chat-list.h"
#include "sc-chat-mentions.h"
#include "sc-chat-outbox.h"
#include "sc-chat-parts.h"
#include "sc-chat-room.h"

G_BEGIN_DECLS

/* For the files of the room alone: sc-chat-room.c has the object, sc-chat-room-events.c what the
 * room's connection and the log bring, sc-chat-room-send.c what we say,
 * sc-chat-room-view.c what a view asks. */

/* In place of a moderator's action: what hides our lines while we are banned. */
#define SC_CHAT_ROOM_OUT "out"

struct _ScChatRoom {
  GObject parent_instance;

  ScChatTiming timing;
  ScChatLink *link;
  ScChatList *lines;
  ScChatOutbox *outbox;
  ScChatHistory *history;
  ScChatParts *parts;
  ScChatNames *names;
  GHashTable *roles; /* what somebody has become, by who it is */
  char *user_id;     /* whose lines the outbox has */
  char *reason;
  ScChatModes modes;
  gint64 session_expires_at; /* of the token that the modes were of, at first */
  gint64 slow_until;
  gint64 newest; /* when the newest line was said */
  gint64 opened_at;
  gboolean was_open;
  guint renew_source;
};

void sc_chat_room_give_up (ScChatRoom *self, ScChatError code, const char *why);
void sc_chat_room_set_modes (ScChatRoom *self, const ScChatModes *modes);
void sc_chat_room_set_slow_until (ScChatRoom *self, gint64 until);
void sc_chat_room_set_reason (ScChatRoom *self, const char *reason);
void sc_chat_room_tell_held (ScChatRoom *self, guint count);
void sc_chat_room_tell_channel (ScChatRoom *self);
void sc_chat_room_tell_notice (ScChatRoom *self, ScChatNotice notice, const char *user_id);

void sc_chat_room_take_push (ScChatRoom *self, GBytes *bytes);
guint sc_chat_room_take_page (const ScChatPage *page, gboolean older, gpointer user_data);
void sc_chat_room_take_gap (gint64 time, gpointer user_data);
void sc_chat_room_take_check (const ScChatPage *page, gint64 until, gpointer user_data);

G_END_DECLS
