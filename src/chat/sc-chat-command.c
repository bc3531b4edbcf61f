/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What somebody typed where one types: a line, or a command. What begins with a slash and is no
 * command is an error and never a line, so that a mistyped one is not read by the whole room; a
 * line that is to begin with a slash is typed with two. Pure, any thread. */

#include "config.h"

#include "sc-chat-command.h"

#include "sc-chat-duration.h"
#include "sc-validate.h"

#include <glib/gi18n.h>
#include <string.h>

G_DEFINE_QUARK (sc-chat-command-error-quark, sc_chat_command_error)

/* So many wrong letters may be in a word for us to guess what was meant. */
#define DISTANCE_MAX 2
#define WORD_MAX 16

/* Translators: the words in capitals stand for what people type there. */
static const ScChatCommandInfo table[] = {
  { SC_CHAT_COMMAND_HELP, "/help", "", N_ ("Show these commands"), SC_CHAT_GUEST },
  { SC_CHAT_COMMAND_BLOCK,
    "/block",
    N_ ("NAME"),
    N_ ("Hide what somebody says from yourself"),
    SC_CHAT_GUEST },
  { SC_CHAT_COMMAND_UNBLOCK,
    "/unblock",
    N_ ("NAME"),
    N_ ("Show again what somebody says"),
    SC_CHAT_GUEST },
  { SC_CHAT_COMMAND_TIMEOUT,
    "/timeout",
    N_ ("NAME [DURATION] [REASON]"),
    N_ ("Keep somebody from writing for a while, as 90, 10m, 2h or 3d"),
    SC_CHAT_MODERATOR },
  { SC_CHAT_COMMAND_BAN,
    "/ban",
    N_ ("NAME [REASON]"),
    N_ ("Ban somebody from this chat"),
    SC_CHAT_MODERATOR },
  { SC_CHAT_COMMAND_UNBAN,
    "/unban",
    N_ ("NAME"),
    N_ ("End a ban or a timeout"),
    SC_CHAT_MODERATOR },
  { SC_CHAT_COMMAND_SLOW,
    "/slow",
    N_ ("[SECONDS|off]"),
    N_ ("Let everybody write only once in so many seconds"),
    SC_CHAT_MODERATOR },
  { SC_CHAT_COMMAND_FOLLOWERS,
    "/followers",
    N_ ("[off]"),
    N_ ("Let only followers write"),
    SC_CHAT_MODERATOR },
  { SC_CHAT_COMMAND_READ_ONLY,
    "/readonly",
    N_ ("[off]"),
    N_ ("Let only moderators write"),
    SC_CHAT_MODERATOR },
  { SC_CHAT_COMMAND_EMOJI_ONLY,
    "/emojionly",
    N_ ("[off]"),
    N_ ("Let people write only emoji"),
    SC_CHAT_MODERATOR },
  { SC_CHAT_COMMAND_MOD, "/mod", N_ ("NAME"), N_ ("Make somebody a moderator"), SC_CHAT_STREAMER },
  { SC_CHAT_COMMAND_UNMOD, "/unmod", N_ ("NAME"), N_ ("Let a moderator go"), SC_CHAT_STREAMER },
};

/**
 * sc_chat_command_get_table:
 * @ret_n_commands: (out): how many there are
 *
 * Returns: (transfer none): the commands, for help and completion
 */
const ScChatCommandInfo *
sc_chat_command_get_table (guint *ret_n_commands)
{
  *ret_n_commands = G_N_ELEMENTS (table);
  return table;
}

/**
 * sc_chat_command_free:
 * @self: (nullable) (transfer full): a command
 */
void
sc_chat_command_free (ScChatCommand *self)
{
  if (!self)
    return;
  g_free (self->name);
  g_free (self->text);
  g_free (self);
}

static gboolean
fail (ScChatCommandError code, const char *why, GError **error)
{
  g_set_error_literal (error, SC_CHAT_COMMAND_ERROR, (int) code, why);
  return FALSE;
}

/* Takes the first word off, and the spaces behind it; empty at the end. */
static char *
take_word (const char **rest)
{
  const char *end = *rest + strcspn (*rest, " ");
  char *word = g_strndup (*rest, (gsize) (end - *rest));
  *rest = end + strspn (end, " ");
  return word;
}

static gboolean
take_name (ScChatCommand *self, const char **rest, GError **error)
{
  g_autofree char *word = take_word (rest);
  const char *name = *word == '@' ? word + 1 : word;
  if (!*name)
    return fail (SC_CHAT_COMMAND_ERROR_NO_NAME, "A name is missing", error);
  if (sc_validate_name (name) != SC_VALID)
    return fail (SC_CHAT_COMMAND_ERROR_BAD_NAME, "Not a name", error);
  self->name = g_strdup (name);
  return TRUE;
}

static gboolean
take_nothing (const char *rest, GError **error)
{
  return !*rest ||
         fail (SC_CHAT_COMMAND_ERROR_BAD_ARGUMENT, "There is more than the command takes", error);
}

static void
take_reason (ScChatCommand *self, const char *rest)
{
  self->text = *rest ? g_strdup (rest) : NULL;
}

/* What begins with a digit is meant as a duration: it is better told to be none than a reason. */
static gboolean
take_timeout (ScChatCommand *self, const char *rest, GError **error)
{
  self->seconds = SC_CHAT_TIMEOUT_DEFAULT_SECONDS;
  if (g_ascii_isdigit (*rest)) {
    g_autofree char *word = take_word (&rest);
    if (!sc_chat_duration_parse (word, SC_CHAT_TIMEOUT_MAX_SECONDS, &self->seconds) ||
        self->seconds < SC_CHAT_TIMEOUT_MIN_SECONDS)
      return fail (SC_CHAT_COMMAND_ERROR_BAD_DURATION, "From a minute to 14 days", error);
  }
  take_reason (self, rest);
  return TRUE;
}

static gboolean
take_slow (ScChatCommand *self, const char *rest, GError **error)
{
  g_autofree char *word = take_word (&rest);
  self->seconds = SC_CHAT_SLOW_DEFAULT_SECONDS;
  if (g_ascii_strcasecmp (word, "off") == 0)
    self->seconds = 0;
  else if (*word && !sc_chat_duration_parse (word, SC_CHAT_SLOW_MAX_SECONDS, &self->seconds))
    return fail (SC_CHAT_COMMAND_ERROR_BAD_ARGUMENT, "From 1 to 600 seconds, or off", error);
  self->on = self->seconds > 0;
  return take_nothing (rest, error);
}

static gboolean
take_switch (ScChatCommand *self, const char *rest, GError **error)
{
  g_autofree char *word = take_word (&rest);
  self->on = !*word || g_ascii_strcasecmp (word, "on") == 0;
  if (!self->on && g_ascii_strcasecmp (word, "off") != 0)
    return fail (SC_CHAT_COMMAND_ERROR_BAD_ARGUMENT, "On or off", error);
  return take_nothing (rest, error);
}

static gboolean
take_arguments (ScChatCommand *self, const char *rest, GError **error)
{
  switch (self->kind) {
  case SC_CHAT_COMMAND_TIMEOUT:
    return take_name (self, &rest, error) && take_timeout (self, rest, error);
  case SC_CHAT_COMMAND_BAN:
    if (!take_name (self, &rest, error))
      return FALSE;
    take_reason (self, rest);
    return TRUE;
  case SC_CHAT_COMMAND_SLOW:
    return take_slow (self, rest, error);
  case SC_CHAT_COMMAND_FOLLOWERS:
  case SC_CHAT_COMMAND_READ_ONLY:
  case SC_CHAT_COMMAND_EMOJI_ONLY:
    return take_switch (self, rest, error);
  case SC_CHAT_COMMAND_UNBAN:
  case SC_CHAT_COMMAND_MOD:
  case SC_CHAT_COMMAND_UNMOD:
  case SC_CHAT_COMMAND_BLOCK:
  case SC_CHAT_COMMAND_UNBLOCK:
    return take_name (self, &rest, error) && take_nothing (rest, error);
  case SC_CHAT_COMMAND_HELP:
  case SC_CHAT_COMMAND_SAY:
  default:
    return take_nothing (rest, error);
  }
}

static const ScChatCommandInfo *
find (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_ascii_strcasecmp (table[i].word, word) == 0)
      return &table[i];
  return NULL;
}

static ScChatCommand *
new_line (const char *text)
{
  ScChatCommand *self = g_new0 (ScChatCommand, 1);
  self->kind = SC_CHAT_COMMAND_SAY;
  self->text = g_strdup (text);
  return self;
}

/**
 * sc_chat_command_parse:
 * @text: what somebody typed, clean (sc_chat_text_clean())
 * @role: who they are in the room
 * @ret_command: (out) (transfer full): what is meant; untouched on failure
 * @error: an error of %SC_CHAT_COMMAND_ERROR
 *
 * Reads a line or a command. The room decides in the end what somebody may; a command that it would
 * refuse for sure is refused here.
 *
 * Returns: %FALSE if it is neither, and nothing is to be sent
 */
gboolean
sc_chat_command_parse (const char *text,
                       ScChatRole role,
                       ScChatCommand **ret_command,
                       GError **error)
{
  if (*text != '/' || text[1] == '/') {
    *ret_command = new_line (*text == '/' ? text + 1 : text);
    return TRUE;
  }
  const char *rest = text;
  g_autofree char *word = take_word (&rest);
  const ScChatCommandInfo *info = find (word);
  if (!info)
    return fail (SC_CHAT_COMMAND_ERROR_UNKNOWN, "There is no such command", error);
  if (role < info->least)
    return fail (SC_CHAT_COMMAND_ERROR_NOT_ALLOWED, "Only moderators may do that", error);
  g_autoptr (ScChatCommand) command = g_new0 (ScChatCommand, 1);
  command->kind = info->kind;
  if (!take_arguments (command, rest, error))
    return FALSE;
  *ret_command = g_steal_pointer (&command);
  return TRUE;
}

/* How many letters are to be changed, left out, put in or swapped with their neighbour to make one
 * word of the other (optimal string alignment); both have at most WORD_MAX bytes. */
static guint
get_distance (const char *a, const char *b)
{
  guint rows[WORD_MAX + 1][WORD_MAX + 1];
  guint n_a = (guint) strlen (a), n_b = (guint) strlen (b);
  for (guint i = 0; i <= n_a; i++)
    rows[i][0] = i;
  for (guint j = 0; j <= n_b; j++)
    rows[0][j] = j;
  for (guint i = 1; i <= n_a; i++)
    for (guint j = 1; j <= n_b; j++) {
      guint change = rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
      rows[i][j] = MIN (change, MIN (rows[i - 1][j], rows[i][j - 1]) + 1);
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        rows[i][j] = MIN (rows[i][j], rows[i - 2][j - 2] + 1);
    }
  return rows[n_a][n_b];
}

/**
 * sc_chat_command_find_nearest:
 * @text: what somebody typed that is no command
 * @role: who they are in the room
 *
 * Returns: (transfer none) (nullable): the command that they may use and probably meant
 */
const ScChatCommandInfo *
sc_chat_command_find_nearest (const char *text, ScChatRole role)
{
  g_autofree char *typed = take_word (&text);
  g_autofree char *word = g_ascii_strdown (typed, -1);
  const ScChatCommandInfo *nearest = NULL;
  guint least = DISTANCE_MAX + 1;
  if (strlen (word) < 2 || strlen (word) > WORD_MAX)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    guint distance =
      g_str_has_prefix (table[i].word, word) ? 1 : get_distance (word, table[i].word);
    if (role < table[i].least || distance >= MIN (least, (guint) strlen (word) - 1))
      continue;
    least = distance;
    nearest = &table[i];
  }
  return nearest;
}
