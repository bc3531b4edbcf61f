/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a line of a chat says, and what became of one of ours. Pure functions. */

#include "config.h"

#include "sc-chat-line-words.h"

#include "sc-chat-error.h"
#include "sc-chat-refusal.h"
#include "sc-chat-words.h"

#include <glib/gi18n.h>

/* Why a line of ours was not sent, and whether the same may be tried once more. */
static const struct {
  ScChatError error;
  gboolean again;
  const char *words;
} problems[] = {
  { SC_CHAT_ERROR_REFUSED, FALSE, N_ ("Not sent: this chat cannot be joined.") },
  { SC_CHAT_ERROR_BAD_REQUEST, FALSE, N_ ("Not sent: the chat did not take this message.") },
  { SC_CHAT_ERROR_UNAUTHORIZED, TRUE, N_ ("Not sent: you were signed out meanwhile.") },
  { SC_CHAT_ERROR_FORBIDDEN, FALSE, N_ ("Not sent: you may not write in this chat.") },
  { SC_CHAT_ERROR_NOT_FOUND, FALSE, N_ ("Not sent: this chat is gone.") },
  { SC_CHAT_ERROR_REJECTED, FALSE, N_ ("Not sent: the rules of this chat do not allow it.") },
  { SC_CHAT_ERROR_TOO_LONG, FALSE, N_ ("Not sent: this message is too long.") },
  { SC_CHAT_ERROR_TOO_FAST, TRUE, N_ ("Not sent: too many messages at once. Wait a moment.") },
  { SC_CHAT_ERROR_SERVICE, TRUE, N_ ("Not sent: the chat failed. Try again in a moment.") },
};

/* Why the review of a room did not let a line of ours pass. */
static const struct {
  ScChatRefusalCode code;
  gboolean again;
  const char *words;
} refusals[] = {
  { SC_CHAT_REFUSAL_EMPTY, FALSE, N_ ("Not sent: there is nothing to read in it.") },
  { SC_CHAT_REFUSAL_TOO_LONG, FALSE, N_ ("Not sent: this message is too long.") },
  { SC_CHAT_REFUSAL_CONTROL_CHARACTER,
    FALSE,
    N_ ("Not sent: it has characters that nobody can see.") },
  { SC_CHAT_REFUSAL_TERM, FALSE, N_ ("Not sent: it has a word that is not wanted here.") },
  { SC_CHAT_REFUSAL_LINK, FALSE, N_ ("Not sent: links are not wanted here.") },
  { SC_CHAT_REFUSAL_REPEAT, FALSE, N_ ("Not sent: it repeats what was said a moment ago.") },
  { SC_CHAT_REFUSAL_CAPITALS, FALSE, N_ ("Not sent: too many capital letters.") },
  { SC_CHAT_REFUSAL_SLOW, TRUE, N_ ("Not sent: slow mode lets you write only now and then.") },
  { SC_CHAT_REFUSAL_FOLLOWERS_ONLY, TRUE, N_ ("Not sent: only followers may write now.") },
  { SC_CHAT_REFUSAL_READ_ONLY, TRUE, N_ ("Not sent: only moderators may write now.") },
  { SC_CHAT_REFUSAL_EMOJI_ONLY, FALSE, N_ ("Not sent: only emoji may be written now.") },
  { SC_CHAT_REFUSAL_MUTED, FALSE, N_ ("Not sent: you may not write here at the moment.") },
  { SC_CHAT_REFUSAL_HELD,
    FALSE,
    N_ ("Held for review: others see it only if a moderator lets it pass.") },
  { SC_CHAT_REFUSAL_UNAVAILABLE,
    TRUE,
    N_ ("Not sent: the chat cannot check messages now. Try again in a moment.") },
};

/**
 * sc_chat_line_text:
 * @text: (nullable): what was said
 * @state: how the line stands
 *
 * Returns: (transfer full): what is on show
 */
char *
sc_chat_line_text (const char *text, ScChatLineState state)
{
  if (state == SC_CHAT_LINE_DELETED)
    return g_strdup (_ ("Message deleted"));
  return g_strdup (text ? text : "");
}

/**
 * sc_chat_line_words:
 * @name: (nullable): who said it
 * @text: (nullable): what was said
 * @state: how the line stands
 *
 * Returns: (transfer full): the line for those who hear it
 */
char *
sc_chat_line_words (const char *name, const char *text, ScChatLineState state)
{
  g_autofree char *who = sc_chat_name_words (name);
  if (state == SC_CHAT_LINE_DELETED)
    /* Translators: %s is a name */
    return g_strdup_printf (_ ("%s’s message was deleted"), who);
  /* Translators: for screen readers; a name, and what that person said in a chat */
  return g_strdup_printf (_ ("%s said %s"), who, text ? text : "");
}

/* Returns the index in refusals, or -1. */
static int
find_refusal (const GError *problem)
{
  const ScChatRefusal *refusal = g_error_matches (problem, SC_CHAT_ERROR, SC_CHAT_ERROR_REJECTED)
                                   ? sc_chat_error_get_refusal (problem)
                                   : NULL;
  for (guint i = 0; refusal && i < G_N_ELEMENTS (refusals); i++)
    if (refusals[i].code == refusal->code)
      return (int) i;
  return -1;
}

static char *
problem_words (const GError *problem)
{
  int refused = find_refusal (problem);
  if (refused >= 0)
    return g_strdup (_ (refusals[refused].words));
  gboolean has_reason = problem->message && *problem->message;
  if (has_reason &&
      (problem->code == SC_CHAT_ERROR_REJECTED || problem->code == SC_CHAT_ERROR_BAD_REQUEST))
    /* Translators: %s is the reason that the chat gave, in its own words */
    return g_strdup_printf (_ ("Not sent: %s"), problem->message);
  for (guint i = 0; i < G_N_ELEMENTS (problems); i++)
    if (g_error_matches (problem, SC_CHAT_ERROR, (int) problems[i].error))
      return g_strdup (_ (problems[i].words));
  return g_strdup (_ ("Not sent."));
}

/**
 * sc_chat_line_note:
 * @state: how a line stands
 * @problem: (nullable): why it failed
 *
 * Returns: (transfer full) (nullable): what stands below the line
 */
char *
sc_chat_line_note (ScChatLineState state, const GError *problem)
{
  switch (state) {
  case SC_CHAT_LINE_WAITING:
    return g_strdup (_ ("Waiting to be sent…"));
  case SC_CHAT_LINE_UNCONFIRMED:
    return g_strdup (_ ("The chat did not confirm this message. Others may not see it."));
  case SC_CHAT_LINE_FAILED:
    return problem ? problem_words (problem) : NULL;
  case SC_CHAT_LINE_SHOWN:
  case SC_CHAT_LINE_SENDING:
  case SC_CHAT_LINE_DELETED:
  default:
    return NULL;
  }
}

/**
 * sc_chat_line_may_be_sent_again:
 * @state: how a line stands
 * @problem: (nullable): why it failed
 *
 * Returns: whether sending the same once more may help
 */
gboolean
sc_chat_line_may_be_sent_again (ScChatLineState state, const GError *problem)
{
  if (state == SC_CHAT_LINE_UNCONFIRMED)
    return TRUE;
  int refused = state == SC_CHAT_LINE_FAILED ? find_refusal (problem) : -1;
  if (refused >= 0)
    return refusals[refused].again;
  for (guint i = 0; state == SC_CHAT_LINE_FAILED && i < G_N_ELEMENTS (problems); i++)
    if (g_error_matches (problem, SC_CHAT_ERROR, (int) problems[i].error))
      return problems[i].again;
  return FALSE;
}
