/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-fake-log.h"
#include "sc-fake-room.h"

G_BEGIN_DECLS

/**
 * SctRoom:
 * @server: the room's other side
 * @log: what was said there before, if the test sets it as the room's history
 * @room: what is tested
 * @user_id: who gets in with the next token
 * @capabilities: what they may do
 * @role: what they are
 * @modes: how the room is run when the next token is made
 * @follows: whether they follow the channel
 * @lifetime_ms: how long the next session lasts
 * @n_asked: how often a token was asked for
 * @failure: (nullable): what the next questions for a token are answered with
 *
 * A room and its server in this process, over real WebSockets.
 */
typedef struct {
  ScFakeRoom *server;
  ScFakeLog *log;
  ScChatRoom *room;
  const char *user_id;
  ScChatCapabilities capabilities;
  ScChatRole role;
  ScChatModes modes;
  gboolean follows;
  gint64 lifetime_ms;
  guint n_asked;
  GError *failure;

  ScChatState state;
  guint number;
  ScChatLine *line;
  ScChatLineState line_state;
} SctRoom;

extern const ScChatTiming sct_room_timing;

void sct_room_set_up (SctRoom *self, gconstpointer data);
void sct_room_tear_down (SctRoom *self, gconstpointer data);
void sct_room_make (SctRoom *self, const ScChatTiming *timing);
void sct_room_enter (SctRoom *self);
void sct_room_say (SctRoom *self, const char *text);
void sct_room_assert_not_sent (SctRoom *self, const char *text, ScChatError code);

void sct_room_wait_state (SctRoom *self, ScChatState state);
void sct_room_wait_line (SctRoom *self, ScChatLine *line, ScChatLineState state);
void sct_room_wait_count (SctRoom *self, guint n_lines);
void sct_room_wait_opened (SctRoom *self, guint n_opened);
void sct_room_wait_requests (SctRoom *self, guint n_requests);
void sct_room_wait_asked (SctRoom *self, guint n_asked);
void sct_room_wait_alone (SctRoom *self);

guint sct_room_count_lines (SctRoom *self);
ScChatLine *sct_room_get_line (SctRoom *self, guint position);
char *sct_room_describe (SctRoom *self);

G_END_DECLS
