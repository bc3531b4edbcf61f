/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-modes.h"
#include "sc-chat-role.h"

G_BEGIN_DECLS

/* Timeouts are from a minute to 14 days; without a duration one is 10 minutes. */
#define SC_CHAT_TIMEOUT_MIN_SECONDS 60
#define SC_CHAT_TIMEOUT_MAX_SECONDS (14 * 24 * 60 * 60)
#define SC_CHAT_TIMEOUT_DEFAULT_SECONDS 600

/* Seconds between two lines of one person in slow mode, where nobody says how many. */
#define SC_CHAT_SLOW_DEFAULT_SECONDS 30

/**
 * ScChatCommandKind:
 * @SC_CHAT_COMMAND_SAY: no command: the text is a line for the room
 * @SC_CHAT_COMMAND_HELP: tell which commands there are
 * @SC_CHAT_COMMAND_TIMEOUT: a person may not speak for so many seconds
 * @SC_CHAT_COMMAND_BAN: a person may not come back
 * @SC_CHAT_COMMAND_UNBAN: ends a ban or a timeout
 * @SC_CHAT_COMMAND_SLOW: slow mode with so many seconds; 0 ends it
 * @SC_CHAT_COMMAND_FOLLOWERS: only followers may speak, on or off
 * @SC_CHAT_COMMAND_READ_ONLY: nobody but moderators may speak, on or off
 * @SC_CHAT_COMMAND_EMOJI_ONLY: only emoji may be said, on or off
 * @SC_CHAT_COMMAND_MOD: makes a person a moderator
 * @SC_CHAT_COMMAND_UNMOD: ends that
 * @SC_CHAT_COMMAND_BLOCK: hides a person's lines from oneself
 * @SC_CHAT_COMMAND_UNBLOCK: ends that
 *
 * What somebody typed.
 */
typedef enum {
  SC_CHAT_COMMAND_SAY,
  SC_CHAT_COMMAND_HELP,
  SC_CHAT_COMMAND_TIMEOUT,
  SC_CHAT_COMMAND_BAN,
  SC_CHAT_COMMAND_UNBAN,
  SC_CHAT_COMMAND_SLOW,
  SC_CHAT_COMMAND_FOLLOWERS,
  SC_CHAT_COMMAND_READ_ONLY,
  SC_CHAT_COMMAND_EMOJI_ONLY,
  SC_CHAT_COMMAND_MOD,
  SC_CHAT_COMMAND_UNMOD,
  SC_CHAT_COMMAND_BLOCK,
  SC_CHAT_COMMAND_UNBLOCK,
} ScChatCommandKind;

/**
 * ScChatCommandError:
 * @SC_CHAT_COMMAND_ERROR_UNKNOWN: there is no such command; sc_chat_command_find_nearest() may know
 *   which was meant
 * @SC_CHAT_COMMAND_ERROR_NOT_ALLOWED: there is, and one may not use it here
 * @SC_CHAT_COMMAND_ERROR_NO_NAME: it needs somebody's name
 * @SC_CHAT_COMMAND_ERROR_BAD_NAME: nobody has such a name
 * @SC_CHAT_COMMAND_ERROR_BAD_DURATION: not a duration from a minute to 14 days
 * @SC_CHAT_COMMAND_ERROR_BAD_ARGUMENT: what follows the command is not what it takes
 *
 * Why what was typed is no command, the error domain of the parser.
 */
typedef enum {
  SC_CHAT_COMMAND_ERROR_UNKNOWN,
  SC_CHAT_COMMAND_ERROR_NOT_ALLOWED,
  SC_CHAT_COMMAND_ERROR_NO_NAME,
  SC_CHAT_COMMAND_ERROR_BAD_NAME,
  SC_CHAT_COMMAND_ERROR_BAD_DURATION,
  SC_CHAT_COMMAND_ERROR_BAD_ARGUMENT,
} ScChatCommandError;

#define SC_CHAT_COMMAND_ERROR (sc_chat_command_error_quark ())
GQuark sc_chat_command_error_quark (void);

/**
 * ScChatCommand:
 * @kind: what is to be done
 * @name: (nullable): to whom
 * @seconds: for how long, or how slow
 * @on: whether a mode is to be on
 * @text: (nullable): the reason, or the line to say
 *
 * Something that was typed, understood. Members that do not belong to @kind are %NULL or 0.
 */
typedef struct {
  ScChatCommandKind kind;
  char *name;
  guint seconds;
  gboolean on;
  char *text;
} ScChatCommand;

/**
 * ScChatCommandInfo:
 * @kind: what it does
 * @word: what is typed, with its slash
 * @arguments: what follows it, as help shows it; to be translated, perhaps empty
 * @description: a sentence of what it does; to be translated
 * @least: the least role that may use it
 *
 * A command for help and completion.
 */
typedef struct {
  ScChatCommandKind kind;
  const char *word;
  const char *arguments;
  const char *description;
  ScChatRole least;
} ScChatCommandInfo;

const ScChatCommandInfo *sc_chat_command_get_table (guint *ret_n_commands);
gboolean sc_chat_command_parse (const char *text,
                                ScChatRole role,
                                ScChatCommand **ret_command,
                                GError **error);
const ScChatCommandInfo *sc_chat_command_find_nearest (const char *text, ScChatRole role);
void sc_chat_command_free (ScChatCommand *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScChatCommand, sc_chat_command_free)

G_END_DECLS
