/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a moderator is told about what they did. Pure functions. */

#include "config.h"

#include "sc-moderation-words.h"

#include "sc-client-error.h"

#include <glib/gi18n.h>

static const struct {
  ScClientError code;
  const char *words;
} failures[] = {
  { SC_CLIENT_ERROR_FORBIDDEN, N_ ("You may not do that to this person.") },
  { SC_CLIENT_ERROR_NOT_FOUND, N_ ("There is nobody of this name, or the message is gone.") },
  { SC_CLIENT_ERROR_TOO_LATE, N_ ("It is too late to undo that.") },
  { SC_CLIENT_ERROR_UNDONE, N_ ("Somebody undid that already.") },
  { SC_CLIENT_ERROR_DECIDED, N_ ("Somebody decided about that message already.") },
  { SC_CLIENT_ERROR_UNAUTHORIZED, N_ ("You are signed out. Sign in to moderate.") },
  { SC_CLIENT_ERROR_BANNED, N_ ("You are banned from this chat yourself.") },
  { SC_CLIENT_ERROR_SUSPENDED, N_ ("Your account is suspended.") },
  { SC_CLIENT_ERROR_UNREACHABLE, N_ ("Not done: the server cannot be reached.") },
  { SC_CLIENT_ERROR_TIMED_OUT, N_ ("The server does not answer. Look whether it was done.") },
  { SC_CLIENT_ERROR_BUSY, N_ ("Not done: the server is busy. Try again in a moment.") },
};

static const struct {
  gint64 seconds;
  const char *one;
  const char *many;
} units[] = {
  { 7 * 24 * 60 * 60, N_ ("%d week"), N_ ("%d weeks") },
  { 24 * 60 * 60, N_ ("%d day"), N_ ("%d days") },
  { 60 * 60, N_ ("%d hour"), N_ ("%d hours") },
  { 60, N_ ("%d minute"), N_ ("%d minutes") },
};

/**
 * sc_moderation_duration_words:
 * @seconds: how long something is, at least a minute
 *
 * Returns: (transfer full): about how long, in the largest unit that says it well
 */
char *
sc_moderation_duration_words (gint64 seconds)
{
  for (guint i = 0; i < G_N_ELEMENTS (units); i++) {
    gboolean whole = seconds % units[i].seconds == 0;
    if (seconds < units[i].seconds || (!whole && seconds < 2 * units[i].seconds))
      continue;
    int n = (int) ((seconds + units[i].seconds / 2) / units[i].seconds);
    return g_strdup_printf (ngettext (units[i].one, units[i].many, (gulong) n), n);
  }
  int minutes = (int) MAX ((seconds + 30) / 60, 1);
  return g_strdup_printf (ngettext ("%d minute", "%d minutes", (gulong) minutes), minutes);
}

static const char *
person_words (const ScModerationActionFields *action)
{
  return action->person_name ? action->person_name : _ ("Somebody");
}

/**
 * sc_moderation_done_words:
 * @action: what was done just now
 *
 * Returns: (transfer full): a short sentence for whoever did it
 */
char *
sc_moderation_done_words (const ScModerationActionFields *action)
{
  const char *person = person_words (action);
  g_autofree char *duration =
    sc_moderation_duration_words ((action->until - action->at) / G_USEC_PER_SEC);
  switch (action->kind) {
  case SC_MODERATION_DELETE:
    return g_strdup (_ ("Message deleted"));
  case SC_MODERATION_TIMEOUT:
    /* Translators: a name, and how long, as "10 minutes" */
    return g_strdup_printf (_ ("%1$s is timed out for %2$s"), person, duration);
  case SC_MODERATION_BAN:
    /* Translators: %s is a name */
    return g_strdup_printf (_ ("%s is banned"), person);
  case SC_MODERATION_UNBAN:
    /* Translators: %s is a name */
    return g_strdup_printf (_ ("%s may come back"), person);
  case SC_MODERATION_APPROVE:
  case SC_MODERATION_REJECT:
  case SC_MODERATION_MODES:
  case SC_MODERATION_RULES:
  case SC_MODERATION_MOD:
  case SC_MODERATION_UNMOD:
  default:
    return g_strdup (_ ("Done"));
  }
}

/**
 * sc_moderation_undone_words:
 * @action: what was undone just now
 *
 * Returns: (transfer full): a short sentence for whoever did it
 */
char *
sc_moderation_undone_words (const ScModerationActionFields *action)
{
  if (action->kind == SC_MODERATION_DELETE)
    return g_strdup (_ ("The message is back"));
  if (action->kind == SC_MODERATION_TIMEOUT || action->kind == SC_MODERATION_BAN)
    /* Translators: %s is a name */
    return g_strdup_printf (_ ("%s may write again"), person_words (action));
  return g_strdup (_ ("Undone"));
}

/**
 * sc_moderation_failure_words:
 * @error: why something was not done, or not undone
 *
 * Returns: a translated sentence
 */
const char *
sc_moderation_failure_words (const GError *error)
{
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    if (g_error_matches (error, SC_CLIENT_ERROR, (int) failures[i].code))
      return _ (failures[i].words);
  return _ ("Not done: something went wrong.");
}
