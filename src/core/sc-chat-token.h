/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-modes.h"
#include "sc-chat-role.h"

G_BEGIN_DECLS

/**
 * ScChatCapabilities:
 * @SC_CHAT_READ: none but what everybody has
 * @SC_CHAT_SEND: to send messages
 * @SC_CHAT_DELETE: to delete messages, also those of others
 * @SC_CHAT_DISCONNECT: to remove people from the room
 *
 * What the holder of a token may do (Amazon IVS Chat, CreateChatToken). Reading is always included.
 */
typedef enum {
  SC_CHAT_READ = 0,
  SC_CHAT_SEND = 1 << 0,
  SC_CHAT_DELETE = 1 << 1,
  SC_CHAT_DISCONNECT = 1 << 2,
} ScChatCapabilities;

/**
 * ScChatToken:
 * @endpoint: the address of the rooms' WebSockets, "wss://…"
 * @token: what opens one connection, once: a secret, never logged
 * @session_expires_at: when that connection ends, microseconds since the epoch
 * @user_id: who one is in the room
 * @name: (nullable): what one is called there
 * @capabilities: what one may do
 * @role: who one is to the others
 * @modes: how the room was run when the token was made
 * @follows: whether one follows the channel
 *
 * The way into a chat room.
 */
typedef struct {
  char *endpoint;
  char *token;
  gint64 session_expires_at;
  char *user_id;
  char *name;
  ScChatCapabilities capabilities;
  ScChatRole role;
  ScChatModes modes;
  gboolean follows;
} ScChatToken;

#define SC_TYPE_CHAT_TOKEN (sc_chat_token_get_type ())
GType sc_chat_token_get_type (void);

ScChatToken *sc_chat_token_copy (const ScChatToken *self);
void sc_chat_token_free (ScChatToken *self);
ScChatToken *sc_chat_token_from_json (JsonObject *object, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScChatToken, sc_chat_token_free)

G_END_DECLS
