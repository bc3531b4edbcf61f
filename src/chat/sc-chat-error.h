/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-refusal.h"

G_BEGIN_DECLS

/**
 * ScChatError:
 * @SC_CHAT_ERROR_REFUSED: there is no way into the room, and asking again will not help
 * @SC_CHAT_ERROR_BAD_REQUEST: the service does not take what was sent; its message says why
 * @SC_CHAT_ERROR_UNAUTHORIZED: the session in the room is over
 * @SC_CHAT_ERROR_FORBIDDEN: one may not do that in this room
 * @SC_CHAT_ERROR_NOT_FOUND: there is no such room or message any more
 * @SC_CHAT_ERROR_REJECTED: the room's rules do not let the message pass; the message may say why
 * @SC_CHAT_ERROR_TOO_LONG: the message has too many characters
 * @SC_CHAT_ERROR_TOO_FAST: more messages in a second than the room takes
 * @SC_CHAT_ERROR_SERVICE: the service failed
 * @SC_CHAT_ERROR_EMPTY: there is nothing to send
 * @SC_CHAT_ERROR_FULL: too many messages wait for the connection
 * @SC_CHAT_ERROR_NOT_CONNECTED: the connection to the room is not there, or broke
 * @SC_CHAT_ERROR_TIMED_OUT: no answer came
 * @SC_CHAT_ERROR_BANNED: there is no way into the room until a time, or for good; the message is
 * the reason, perhaps empty
 *
 * Why something did not work in a chat room, the error domain of `chat`.
 */
typedef enum {
  SC_CHAT_ERROR_REFUSED,
  SC_CHAT_ERROR_BAD_REQUEST,
  SC_CHAT_ERROR_UNAUTHORIZED,
  SC_CHAT_ERROR_FORBIDDEN,
  SC_CHAT_ERROR_NOT_FOUND,
  SC_CHAT_ERROR_REJECTED,
  SC_CHAT_ERROR_TOO_LONG,
  SC_CHAT_ERROR_TOO_FAST,
  SC_CHAT_ERROR_SERVICE,
  SC_CHAT_ERROR_EMPTY,
  SC_CHAT_ERROR_FULL,
  SC_CHAT_ERROR_NOT_CONNECTED,
  SC_CHAT_ERROR_TIMED_OUT,
  SC_CHAT_ERROR_BANNED,
} ScChatError;

#define SC_CHAT_ERROR (sc_chat_error_quark ())
GQuark sc_chat_error_quark (void);

ScChatError sc_chat_error_from_code (guint code);
GError *sc_chat_error_new_answer (guint code, const char *message);
GError *sc_chat_error_new_refused (ScChatRefusalCode code, guint seconds);
GError *sc_chat_error_new_banned (const char *reason, gint64 until);
const ScChatRefusal *sc_chat_error_get_refusal (const GError *error);
gboolean sc_chat_error_is_held (const GError *error);
gint64 sc_chat_error_get_until (const GError *error);

G_END_DECLS
