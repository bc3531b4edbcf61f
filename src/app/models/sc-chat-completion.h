/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-command.h"

G_BEGIN_DECLS

/**
 * ScChatCompletionKind:
 * @SC_CHAT_COMPLETION_NONE: nothing that is completed
 * @SC_CHAT_COMPLETION_COMMAND: the name of a command
 * @SC_CHAT_COMPLETION_NAME: somebody's name
 *
 * What stands in front of the cursor.
 */
typedef enum {
  SC_CHAT_COMPLETION_NONE,
  SC_CHAT_COMPLETION_COMMAND,
  SC_CHAT_COMPLETION_NAME,
} ScChatCompletionKind;

/**
 * ScChatCompletion:
 * @kind: what is completed
 * @start: where it begins, characters
 * @end: where it is over, at the cursor, characters
 *
 * A word that is not typed to its end.
 */
typedef struct {
  ScChatCompletionKind kind;
  guint start;
  guint end;
} ScChatCompletion;

ScChatCompletion sc_chat_completion_find (const char *text, guint cursor);
GPtrArray *sc_chat_completion_list_commands (const char *prefix, ScChatRole role);

G_END_DECLS
