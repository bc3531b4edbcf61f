/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Which word of what is being typed can be completed, and by which commands. Pure functions. */

#include "config.h"

#include "sc-chat-completion.h"

#include <string.h>

/* The word in front of the cursor, and whether it is the first or the second. */
static const char *
find_word (const char *text, const char *cursor, guint *ret_n_before)
{
  const char *start = text;
  guint n_before = 0;
  for (const char *at = text; at < cursor; at++)
    if (*at == ' ') {
      n_before += at > start;
      start = at + 1;
    }
  *ret_n_before = n_before;
  return start;
}

/**
 * sc_chat_completion_find:
 * @text: what is typed so far
 * @cursor: where the cursor is, characters
 *
 * A command is the first word and begins with a slash; whom it is about is the second. Elsewhere, a
 * name begins with "@".
 *
 * Returns: what can be completed there
 */
ScChatCompletion
sc_chat_completion_find (const char *text, guint cursor)
{
  guint n_before;
  const char *end = g_utf8_offset_to_pointer (text, (glong) cursor);
  const char *start = find_word (text, end, &n_before);
  ScChatCompletion found = {
    .start = (guint) g_utf8_pointer_to_offset (text, start),
    .end = cursor,
  };
  if (start == text && *text == '/')
    found.kind = SC_CHAT_COMPLETION_COMMAND;
  else if (*start == '@' || (*text == '/' && n_before == 1 && start < end))
    found.kind = start < end ? SC_CHAT_COMPLETION_NAME : SC_CHAT_COMPLETION_NONE;
  return found;
}

/**
 * sc_chat_completion_list_commands:
 * @prefix: how a command begins, with its slash
 * @role: who is typing
 *
 * Returns: (transfer full) (element-type ScChatCommandInfo): the commands that begin so and that
 *   they may use; the items are static
 */
GPtrArray *
sc_chat_completion_list_commands (const char *prefix, ScChatRole role)
{
  guint n_commands;
  const ScChatCommandInfo *commands = sc_chat_command_get_table (&n_commands);
  GPtrArray *found = g_ptr_array_new ();
  for (guint i = 0; i < n_commands; i++)
    if (role >= commands[i].least &&
        g_ascii_strncasecmp (commands[i].word, prefix, strlen (prefix)) == 0)
      g_ptr_array_add (found, (gpointer) &commands[i]);
  return found;
}
