/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A line waits for its picture so long at most, microseconds: Amazon's slowest pictures are some 20
 * seconds late, and a stream that stands still must not silence the chat. */
#define SC_CHAT_PACER_MOST_US (60 * (gint64) G_USEC_PER_SEC)

/**
 * ScChatClock:
 * @user_data: as given
 *
 * Returns: a time that only goes on, microseconds, as g_get_monotonic_time()
 */
typedef gint64 (*ScChatClock) (gpointer user_data);

/**
 * ScChatPacer:
 * @clock: what time it is
 * @user_data: for @clock
 * @picture: what the picture on screen showed at @set_at, microseconds since the epoch; -1 if chat
 *   is not to wait for it
 * @set_at: when that was, by @clock
 *
 * When a line is to be shown, so that it is in time with the picture. A plain value.
 */
typedef struct {
  ScChatClock clock;
  gpointer user_data;
  gint64 picture;
  gint64 set_at;
} ScChatPacer;

ScChatPacer sc_chat_pacer_init (ScChatClock clock, gpointer user_data);
void sc_chat_pacer_set_picture (ScChatPacer *self, gint64 picture_us);
gint64 sc_chat_pacer_get_wait (const ScChatPacer *self, gint64 sent_at, gint64 came_at);

G_END_DECLS
