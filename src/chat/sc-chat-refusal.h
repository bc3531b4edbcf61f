/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ScChatRefusalCode:
 * @SC_CHAT_REFUSAL_OTHER: for a reason in words that this program does not know
 * @SC_CHAT_REFUSAL_EMPTY: nothing was said
 * @SC_CHAT_REFUSAL_TOO_LONG: too many characters
 * @SC_CHAT_REFUSAL_CONTROL_CHARACTER: a character that cannot be seen
 * @SC_CHAT_REFUSAL_TERM: a word that is not wanted here
 * @SC_CHAT_REFUSAL_LINK: a link that is not wanted here
 * @SC_CHAT_REFUSAL_REPEAT: the same again and again
 * @SC_CHAT_REFUSAL_CAPITALS: all in capitals
 * @SC_CHAT_REFUSAL_SLOW: slow mode; the seconds say how long it still takes
 * @SC_CHAT_REFUSAL_FOLLOWERS_ONLY: only who follows the channel may speak
 * @SC_CHAT_REFUSAL_READ_ONLY: only the streamer and moderators may speak
 * @SC_CHAT_REFUSAL_EMOJI_ONLY: only emoji may be said
 * @SC_CHAT_REFUSAL_MUTED: banned or timed out
 * @SC_CHAT_REFUSAL_HELD: not refused for good: it waits for a moderator
 * @SC_CHAT_REFUSAL_UNAVAILABLE: the room's rules are not known at the moment
 *
 * Why the review of a room did not let a line pass.
 */
typedef enum {
  SC_CHAT_REFUSAL_OTHER,
  SC_CHAT_REFUSAL_EMPTY,
  SC_CHAT_REFUSAL_TOO_LONG,
  SC_CHAT_REFUSAL_CONTROL_CHARACTER,
  SC_CHAT_REFUSAL_TERM,
  SC_CHAT_REFUSAL_LINK,
  SC_CHAT_REFUSAL_REPEAT,
  SC_CHAT_REFUSAL_CAPITALS,
  SC_CHAT_REFUSAL_SLOW,
  SC_CHAT_REFUSAL_FOLLOWERS_ONLY,
  SC_CHAT_REFUSAL_READ_ONLY,
  SC_CHAT_REFUSAL_EMOJI_ONLY,
  SC_CHAT_REFUSAL_MUTED,
  SC_CHAT_REFUSAL_HELD,
  SC_CHAT_REFUSAL_UNAVAILABLE,
} ScChatRefusalCode;

/**
 * ScChatRefusal:
 * @code: why
 * @seconds: how long until it may be said, 0 where that is not known
 *
 * What the review of a room says to whoever spoke.
 */
typedef struct {
  ScChatRefusalCode code;
  guint seconds;
} ScChatRefusal;

ScChatRefusal sc_chat_refusal_parse (const char *reason);

G_END_DECLS
