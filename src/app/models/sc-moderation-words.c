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

#define MINUTE 60
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define WEEK (7 * DAY)

/* Whether a length is said well in a unit: in whole ones, or in so many that a part is little. */
static gboolean
suits (gint64 seconds, gint64 unit)
{
  return seconds >= unit && (seconds % unit == 0 || seconds >= 2 * unit);
}

static int
count_units (gint64 seconds, gint64 unit)
{
  return (int) ((seconds + unit / 2) / unit);
}

/**
 * sc_moderation_duration_words:
 * @seconds: how long something is, at least a minute
 *
 * Returns: (transfer full): about how long, in the largest unit that says it well
 */
char *
sc_moderation_duration_words (gint64 seconds)
{
  if (suits (seconds, WEEK)) {
    int n = count_units (seconds, WEEK);
    return g_strdup_printf (ngettext ("%d week", "%d weeks", (gulong) n), n);
  }
  if (suits (seconds, DAY)) {
    int n = count_units (seconds, DAY);
    return g_strdup_printf (ngettext ("%d day", "%d days", (gulong) n), n);
  }
  if (suits (seconds, HOUR)) {
    int n = count_units (seconds, HOUR);
    return g_strdup_printf (ngettext ("%d hour", "%d hours", (gulong) n), n);
  }
  int n = MAX (count_units (seconds, MINUTE), 1);
  return g_strdup_printf (ngettext ("%d minute", "%d minutes", (gulong) n), n);
}

static const char *
person_words (const ScModerationActionFields *action)
{
  return action->person_name ? action->person_name : _ ("Somebody");
}

static char *
say_done (const ScModerationActionFields *action)
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
  case SC_MODERATION_MODES:
    return g_strdup (_ ("The chat is run so from now on"));
  case SC_MODERATION_MOD:
    /* Translators: %s is a name */
    return g_strdup_printf (_ ("%s is a moderator now"), person);
  case SC_MODERATION_UNMOD:
    /* Translators: %s is a name */
    return g_strdup_printf (_ ("%s is no moderator any more"), person);
  case SC_MODERATION_APPROVE:
  case SC_MODERATION_REJECT:
  case SC_MODERATION_RULES:
  default:
    return g_strdup (_ ("Done"));
  }
}

/**
 * sc_moderation_pending_words:
 * @done: what was done, a sentence without its full stop
 *
 * What was ordered counts, but the room does not know of all of it.
 *
 * Returns: (transfer full): short sentences for whoever did it
 */
char *
sc_moderation_pending_words (const char *done)
{
  /* Translators: %s is what a moderator did, as "bob is banned" */
  return g_strdup_printf (_ ("%s. The chat does not answer yet and is told again"), done);
}

static char *
add_pending (char *words, guint pending)
{
  g_autofree char *done = words;
  return pending > 0 ? sc_moderation_pending_words (done) : g_steal_pointer (&done);
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
  return add_pending (say_done (action), action->pending);
}

static char *
say_undone (const ScModerationActionFields *action)
{
  if (action->kind == SC_MODERATION_DELETE)
    return g_strdup (_ ("The message is back"));
  if (action->kind == SC_MODERATION_TIMEOUT || action->kind == SC_MODERATION_BAN)
    /* Translators: %s is a name */
    return g_strdup_printf (_ ("%s may write again"), person_words (action));
  return g_strdup (_ ("Undone"));
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
  return add_pending (say_undone (action), action->pending);
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
