/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Why what somebody typed is no command. Pure functions. */

#include "config.h"

#include "sc-chat-command-words.h"

#include <glib/gi18n.h>

static const struct {
  ScChatCommandError code;
  const char *words;
} problems[] = {
  { SC_CHAT_COMMAND_ERROR_UNKNOWN, N_ ("There is no such command. /help shows all.") },
  { SC_CHAT_COMMAND_ERROR_NOT_ALLOWED, N_ ("You may not use this command here.") },
  { SC_CHAT_COMMAND_ERROR_NO_NAME, N_ ("Write somebody’s name after the command.") },
  { SC_CHAT_COMMAND_ERROR_BAD_NAME, N_ ("Nobody can have this name.") },
  { SC_CHAT_COMMAND_ERROR_BAD_DURATION,
    N_ ("A timeout is from a minute to 14 days long, as 90, 10m, 2h or 3d.") },
  { SC_CHAT_COMMAND_ERROR_BAD_ARGUMENT, N_ ("The command does not take that.") },
};

/**
 * sc_chat_command_words:
 * @error: why something is no command
 * @nearest: (nullable): the command that may have been meant
 *
 * Returns: (transfer full): a sentence
 */
char *
sc_chat_command_words (const GError *error, const ScChatCommandInfo *nearest)
{
  if (nearest && g_error_matches (error, SC_CHAT_COMMAND_ERROR, SC_CHAT_COMMAND_ERROR_UNKNOWN))
    /* Translators: %s is a command, as "/ban" */
    return g_strdup_printf (_ ("There is no such command. Did you mean %s?"), nearest->word);
  for (guint i = 0; i < G_N_ELEMENTS (problems); i++)
    if (g_error_matches (error, SC_CHAT_COMMAND_ERROR, (int) problems[i].code))
      return g_strdup (_ (problems[i].words));
  return g_strdup (_ ("This is no command."));
}
