/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A token opens a connection for a minute: sample of CreateChatToken, Amazon IVS Chat User Guide.
 */
#define SC_ROOM_TOKEN_SECONDS 60

/* CreateChatToken makes at most 200 a second, each for a minute. */
#define SC_ROOM_TOKENS_MAX (200 * SC_ROOM_TOKEN_SECONDS)

/**
 * ScRoomCapability:
 *
 * What a person may do in a room besides reading; bits.
 */
typedef enum {
  SC_ROOM_CAPABILITY_SEND_MESSAGE = 1 << 0,
  SC_ROOM_CAPABILITY_DELETE_MESSAGE = 1 << 1,
  SC_ROOM_CAPABILITY_DISCONNECT_USER = 1 << 2,
} ScRoomCapability;

/**
 * ScRoomSession:
 * @room_arn: the room
 * @user_id: who
 * @capabilities: what they may do
 * @attributes: (nullable): what is sent along with their lines
 * @expires_us: when they have to go, monotonic
 *
 * What a token stands for.
 */
typedef struct {
  char *room_arn;
  char *user_id;
  ScRoomCapability capabilities;
  JsonObject *attributes;
  gint64 expires_us;
} ScRoomSession;

void sc_room_session_free (ScRoomSession *self);

typedef struct _ScRoomTokens ScRoomTokens;

ScRoomTokens *sc_room_tokens_new (void);
void sc_room_tokens_free (ScRoomTokens *self);
char *sc_room_tokens_issue (ScRoomTokens *self, ScRoomSession *session, gint64 now_us);
ScRoomSession *sc_room_tokens_redeem (ScRoomTokens *self, const char *token, gint64 now_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScRoomSession, sc_room_session_free)

G_END_DECLS
