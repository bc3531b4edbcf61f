/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What was done in a chat, as its moderators read it afterwards. Pure functions. */

#include "config.h"

#include "sc-audit-words.h"

#include "sc-json.h"
#include "sc-moderation-words.h"
#include "sc-settings-words.h"
#include "sc-time-words.h"

#include <glib/gi18n.h>
#include <string.h>

static const struct {
  ScModerationKind kind;
  const char *words;
} sentences[] = {
  /* Translators: who did it, and to whom; both are names */
  { SC_MODERATION_DELETE, N_ ("%1$s deleted a message of %2$s") },
  { SC_MODERATION_BAN, N_ ("%1$s banned %2$s") },
  { SC_MODERATION_UNBAN, N_ ("%1$s let %2$s come back") },
  { SC_MODERATION_APPROVE, N_ ("%1$s approved a message of %2$s") },
  { SC_MODERATION_REJECT, N_ ("%1$s rejected a message of %2$s") },
  { SC_MODERATION_MOD, N_ ("%1$s made %2$s a moderator") },
  { SC_MODERATION_UNMOD, N_ ("%1$s removed %2$s from the moderators") },
  /* Translators: %1$s is the name of who did it */
  { SC_MODERATION_MODES, N_ ("%1$s changed how the chat is run") },
  { SC_MODERATION_RULES, N_ ("%1$s changed the rules of the chat") },
};

static const struct {
  const char *rule;
  const char *words;
} rules[] = {
  { "terms", N_ ("Blocked term") },
  { "links", N_ ("Link") },
  { "repeats", N_ ("Repeated text") },
  { "capitals", N_ ("Capitals") },
};

/**
 * sc_rule_words:
 * @rule: the word for a rule that held a line
 *
 * Returns: what it is called
 */
const char *
sc_rule_words (const char *rule)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (g_strcmp0 (rules[i].rule, rule) == 0)
      return _ (rules[i].words);
  return _ ("Rule of the chat");
}

static const char *
name_words (const char *name)
{
  return name && *name ? name : _ ("Somebody");
}

static char *
fill (const char *sentence, const char *actor, const char *person)
{
  g_autoptr (GString) words = g_string_new (sentence);
  g_string_replace (words, "%1$s", actor, 1);
  g_string_replace (words, "%2$s", person, 1);
  return g_string_free_and_steal (g_steal_pointer (&words));
}

/**
 * sc_audit_words:
 * @action: what was done
 *
 * Returns: (transfer full): who did what to whom
 */
char *
sc_audit_words (const ScModerationActionFields *action)
{
  const char *actor = name_words (action->actor_name);
  const char *person = name_words (action->person_name);
  if (action->kind == SC_MODERATION_TIMEOUT) {
    g_autofree char *duration =
      sc_moderation_duration_words ((action->until - action->at) / G_USEC_PER_SEC);
    /* Translators: who did it, to whom, and for how long, as "10 minutes" */
    return g_strdup_printf (_ ("%1$s timed %2$s out for %3$s"), actor, person, duration);
  }
  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (sentences[i].kind == action->kind)
      return fill (_ (sentences[i].words), actor, person);
  return g_strdup (actor);
}

static void
add_part (GPtrArray *parts, char *part)
{
  g_ptr_array_insert (parts, (int) parts->len - 1, part);
}

static char *
join (GPtrArray *parts)
{
  return g_strjoinv ("\n", (char **) parts->pdata);
}

static char *
date_words (gint64 at, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (at);
  g_autoptr (GDateTime) local = utc ? g_date_time_to_timezone (utc, zone) : NULL;
  /* Translators: a date and a time as strftime writes them, as "3 March 2026, 14:05" */
  return local ? g_date_time_format (local, _ ("%-d %B %Y, %H:%M")) : g_strdup ("");
}

/* What was long ago is looked for by its date. */
static char *
when_words (gint64 at, gint64 now, GTimeZone *zone)
{
  return now - at < G_TIME_SPAN_DAY ? sc_recorded_words (at, now, zone) : date_words (at, zone);
}

static void
add_changes (GPtrArray *parts, const char *details)
{
  if (!details)
    return;
  g_autoptr (GBytes) bytes = g_bytes_new_static (details, strlen (details));
  g_autoptr (JsonObject) object = sc_json_parse (bytes, SC_JSON_MAX_BYTES, NULL);
  char *words = object ? sc_settings_change_words (object) : NULL;
  if (words)
    add_part (parts, words);
}

/* What a moderator saw is not taken for what was said, where the room's log knows better. */
static void
add_line (GPtrArray *parts, const ScModerationActionFields *action)
{
  if (action->line_text)
    /* Translators: what somebody wrote, in quotation marks */
    add_part (parts, g_strdup_printf (_ ("“%s”"), action->line_text));
  if (action->line_check != SC_LINE_DIFFERS)
    return;
  if (action->logged_text)
    /* Translators: %s is what somebody really wrote, other than a moderator says */
    add_part (parts,
              g_strdup_printf (_ ("The chat’s log has another message: “%s”"),
                               action->logged_text));
  else
    add_part (parts, g_strdup (_ ("The chat’s log had another message.")));
}

/**
 * sc_audit_details:
 * @action: what was done
 * @now: the time now, microseconds since the epoch
 * @zone: the reader's time zone
 *
 * Returns: (transfer full): the line, what was changed, the reason and when, each on a line of its
 * own
 */
char *
sc_audit_details (const ScModerationActionFields *action, gint64 now, GTimeZone *zone)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_null_terminated (6, g_free, TRUE);
  g_ptr_array_add (parts, NULL);
  g_autofree char *when = when_words (action->at, now, zone);
  add_line (parts, action);
  add_changes (parts, action->details);
  if (action->reason && *action->reason)
    /* Translators: %s is what a moderator gave as the reason */
    add_part (parts, g_strdup_printf (_ ("Reason: %s"), action->reason));
  if (action->undone_at > 0)
    /* Translators: %s is when it was done, as "2 hours ago" */
    add_part (parts, g_strdup_printf (_ ("%s, and undone"), when));
  else
    add_part (parts, g_steal_pointer (&when));
  return join (parts);
}

/**
 * sc_ban_words:
 * @ban: a ban or timeout
 * @zone: the reader's time zone
 *
 * Returns: (transfer full): until when it holds
 */
char *
sc_ban_words (const ScChatBanFields *ban, GTimeZone *zone)
{
  if (ban->until == 0)
    return g_strdup (_ ("Banned"));
  g_autofree char *until = date_words (ban->until, zone);
  /* Translators: %s is a date and a time */
  return g_strdup_printf (_ ("Timed out until %s"), until);
}

/**
 * sc_ban_details:
 * @ban: a ban or timeout
 * @now: the time now, microseconds since the epoch
 * @zone: the reader's time zone
 *
 * Returns: (transfer full): the reason, and by whom and when, each on a line of its own
 */
char *
sc_ban_details (const ScChatBanFields *ban, gint64 now, GTimeZone *zone)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_null_terminated (3, g_free, TRUE);
  g_ptr_array_add (parts, NULL);
  g_autofree char *when = when_words (ban->at, now, zone);
  if (ban->reason && *ban->reason)
    /* Translators: %s is what a moderator gave as the reason */
    add_part (parts, g_strdup_printf (_ ("Reason: %s"), ban->reason));
  /* Translators: the name of a moderator, and when, as "by ada · 2 hours ago" */
  add_part (parts, g_strdup_printf (_ ("by %1$s · %2$s"), name_words (ban->by), when));
  return join (parts);
}
