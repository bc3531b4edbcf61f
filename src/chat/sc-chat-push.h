/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* 500 code points as escaped surrogate pairs are 6,000 bytes; the attributes of message and sender
 * add 1 KB each (Amazon IVS Chat, service quotas), escaped likewise at most 6. */
#define SC_CHAT_PUSH_MAX_BYTES (24 * 1024)

/**
 * ScChatPushKind:
 * @SC_CHAT_PUSH_MESSAGE: somebody said something
 * @SC_CHAT_PUSH_DELETED: a message was deleted
 * @SC_CHAT_PUSH_DISCONNECTED: somebody was removed from the room
 * @SC_CHAT_PUSH_ERROR: something that we sent was refused
 * @SC_CHAT_PUSH_OTHER: an event that means nothing here
 *
 * What a room's connection brings.
 */
typedef enum {
  SC_CHAT_PUSH_MESSAGE,
  SC_CHAT_PUSH_DELETED,
  SC_CHAT_PUSH_DISCONNECTED,
  SC_CHAT_PUSH_ERROR,
  SC_CHAT_PUSH_OTHER,
} ScChatPushKind;

/**
 * ScChatPush:
 * @kind: what it is
 * @id: the message's id, or that of the message that was deleted
 * @request_id: the id of our request that it answers; empty if none
 * @user_id: who said it, or who was removed
 * @name: (nullable): what the sender is called
 * @text: (nullable): what was said, why something was deleted or refused, or why somebody was
 *   removed; clean
 * @time: when it was said, microseconds since the epoch
 * @code: the code of an error
 *
 * One message from a room. Members that do not belong to @kind are %NULL or 0.
 */
typedef struct {
  ScChatPushKind kind;
  char *id;
  char *request_id;
  char *user_id;
  char *name;
  char *text;
  gint64 time;
  guint code;
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
char *sc_chat_request_delete (const char *request_id, const char *message_id);
char *sc_chat_request_disconnect (const char *request_id, const char *user_id);

G_END_DECLS
