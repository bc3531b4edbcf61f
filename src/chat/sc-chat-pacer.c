/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Chat comes sooner than the picture that it is about: a line that was sent at a moment waits until
 * the picture of that moment is on screen. Between two words of the player the picture is taken to
 * go on as time does. A plain value with the clock passed in; belongs to one thread. */

#include "config.h"

#include "sc-chat-pacer.h"

/**
 * sc_chat_pacer_init:
 * @clock: what time it is
 * @user_data: for @clock
 *
 * Returns: a pacer that lets nothing wait
 */
ScChatPacer
sc_chat_pacer_init (ScChatClock clock, gpointer user_data)
{
  return (ScChatPacer) { .clock = clock, .user_data = user_data, .picture = -1 };
}

/**
 * sc_chat_pacer_set_picture:
 * @self: a pacer
 * @picture_us: when what is on screen now was before the camera, microseconds since the epoch by
 * the server's clock; -1 for not to wait
 */
void
sc_chat_pacer_set_picture (ScChatPacer *self, gint64 picture_us)
{
  self->picture = picture_us;
  self->set_at = self->clock (self->user_data);
}

/**
 * sc_chat_pacer_get_wait:
 * @self: a pacer
 * @sent_at: when a line was sent, microseconds since the epoch by the server's clock
 * @came_at: when it came here, by the pacer's clock
 *
 * Returns: how long it is to wait from now on, microseconds; 0 or less for not at all
 */
gint64
sc_chat_pacer_get_wait (const ScChatPacer *self, gint64 sent_at, gint64 came_at)
{
  if (self->picture < 0)
    return 0;
  gint64 now = self->clock (self->user_data);
  gint64 shown = self->picture + (now - self->set_at);
  return MIN (sent_at - shown, came_at + SC_CHAT_PACER_MOST_US - now);
}
