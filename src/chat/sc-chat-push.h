/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-modes.h"
#include "sc-chat-role.h"

G_BEGIN_DECLS

/* 500 code points as escaped surrogate pairs are 6,000 bytes; the attributes of message and sender
 * add 1 KB each (Amazon IVS Chat, service quotas), escaped likewise at most 6. */
#define SC_CHAT_PUSH_MAX_BYTES (24 * 1024)

/* A message of 500 code points has at most 2,000 bytes, an event some 600 of them. */
#define SC_CHAT_PARTS_MAX 8

/**
 * ScChatPushKind:
 * @SC_CHAT_PUSH_MESSAGE: somebody said something
 * @SC_CHAT_PUSH_DELETED: a message was deleted
 * @SC_CHAT_PUSH_DISCONNECTED: somebody was removed from the room
 * @SC_CHAT_PUSH_PURGED: all that somebody said is not to be shown any more
 * @SC_CHAT_PUSH_RESTORED: such a thing, or a deletion, was undone
 * @SC_CHAT_PUSH_MODES: who may speak, and how often, has changed
 * @SC_CHAT_PUSH_APPROVED: a part of a message that a moderator let pass
 * @SC_CHAT_PUSH_ROLE: somebody became or is no longer a moderator
 * @SC_CHAT_PUSH_HELD: messages wait for a moderator
 * @SC_CHAT_PUSH_CHANNEL: the channel is live or offline now, or changed otherwise
 * @SC_CHAT_PUSH_ERROR: something that we sent was refused
 * @SC_CHAT_PUSH_OTHER: an event that means nothing here
 *
 * What a room's connection brings.
 */
typedef enum {
  SC_CHAT_PUSH_MESSAGE,
  SC_CHAT_PUSH_DELETED,
  SC_CHAT_PUSH_DISCONNECTED,
  SC_CHAT_PUSH_PURGED,
  SC_CHAT_PUSH_RESTORED,
  SC_CHAT_PUSH_MODES,
  SC_CHAT_PUSH_APPROVED,
  SC_CHAT_PUSH_ROLE,
  SC_CHAT_PUSH_HELD,
  SC_CHAT_PUSH_CHANNEL,
  SC_CHAT_PUSH_ERROR,
  SC_CHAT_PUSH_OTHER,
} ScChatPushKind;

/**
 * ScChatPush:
 * @kind: what it is
 * @id: the message's id, or that of the message that was deleted or restored
 * @request_id: the id of our request that it answers; empty if none
 * @action_id: which action of a moderator it comes from
 * @user_id: who said it, or who was removed, purged or restored, or whose role it is
 * @name: (nullable): what the sender is called
 * @role: what the sender is, or somebody is now
 * @text: (nullable): what was said, why something was deleted or refused, or why somebody was
 *   removed; clean
 * @time: when it was said or happened, microseconds since the epoch; 0 where an event has no time
 * @code: the code of an error
 * @part: which part of the message it is, from 1
 * @parts: how many there are
 * @count: how many messages wait
 * @modes: who may speak, and how often
 *
 * One message from a room. Members that do not belong to @kind are %NULL or 0.
 */
typedef struct {
  ScChatPushKind kind;
  char *id;
  char *request_id;
  char *action_id;
  char *user_id;
  char *name;
  ScChatRole role;
  char *text;
  gint64 time;
  guint code;
  guint part;
  guint parts;
  guint count;
  ScChatModes modes;
} ScChatPush;

ScChatPush *sc_chat_push_parse (GBytes *bytes, GError **error);
void sc_chat_push_free (ScChatPush *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScChatPush, sc_chat_push_free)

/**
 * ScChatSend:
 * @request: what to send
 * @user_data: as given
 *
 * Sends over a room's connection, if there is one.
 *
 * Returns: %FALSE if it certainly was not sent; after %TRUE it may still be lost
 */
typedef gboolean (*ScChatSend) (const char *request, gpointer user_data);

char *sc_chat_request_new_id (void);
char *sc_chat_request_send (const char *request_id, const char *text);

G_END_DECLS
