/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What was changed of a chat's settings, as its moderators read it afterwards. The words are those
 * of the dialog where it was changed. Pure functions. */

#include "config.h"

#include "sc-settings-words.h"

#include "sc-json-members.h"
#include "sc-json.h"

#include <glib/gi18n.h>

/* The longest name of a member's value, as "refuse". */
#define WORD_MAX 16

/* More than a term or a host has, characters. */
#define ENTRY_MAX 256

typedef struct {
  const char *member;
  const char *title;
} Title;

static const Title modes[] = {
  { "followers_only", N_ ("Followers Only") },
  { "read_only", N_ ("Read Only") },
  { "emoji_only", N_ ("Emoji Only") },
};

static const Title rules[] = {
  { "terms", N_ ("Blocked Terms") },
  { "links", N_ ("Links") },
  { "repeats", N_ ("Repeated Text") },
  { "capitals", N_ ("Many Capitals") },
};

static const Title actions[] = {
  { "off", NC_ ("rule", "Off") },
  { "mask", NC_ ("rule", "Mask") },
  { "hold", NC_ ("rule", "Hold") },
  { "refuse", NC_ ("rule", "Refuse") },
};

static const Title lists[] = {
  { "languages", N_ ("Languages of the Blocked Terms") },
  { "terms", N_ ("Own Blocked Terms") },
  { "allowed_links", N_ ("Allowed Links") },
};

static void
add_pair (GStrvBuilder *lines, const char *title, const char *value)
{
  /* Translators: what was changed of the chat's settings, and what it is now, as "Links: Hold" */
  g_strv_builder_take (lines, g_strdup_printf (_ ("%1$s: %2$s"), title, value));
}

static void
add_slow (GStrvBuilder *lines, JsonObject *details)
{
  gint64 seconds = 0;
  if (!sc_json_has (details, "slow_seconds") ||
      !sc_json_get_int (details, "slow_seconds", 0, G_MAXINT, &seconds, NULL))
    return;
  g_autofree char *words =
    g_strdup_printf (ngettext ("%d second", "%d seconds", (gulong) seconds), (int) seconds);
  add_pair (lines, _ ("Slow Mode"), seconds > 0 ? words : C_ ("mode", "Off"));
}

static void
add_modes (GStrvBuilder *lines, JsonObject *details)
{
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++) {
    if (!sc_json_has (details, modes[i].member))
      continue;
    gboolean on = sc_json_get_bool_or (details, modes[i].member, FALSE);
    add_pair (lines, _ (modes[i].title), on ? C_ ("mode", "On") : C_ ("mode", "Off"));
  }
}

static const char *
action_words (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (actions[i].member, word))
      return g_dpgettext2 (NULL, "rule", actions[i].title);
  return word;
}

static void
add_rules (GStrvBuilder *lines, JsonObject *details)
{
  JsonObject *changed = sc_json_get_object_or_null (details, "rules");
  for (guint i = 0; changed && i < G_N_ELEMENTS (rules); i++) {
    g_autofree char *word = NULL;
    if (sc_json_read_text (changed, rules[i].member, WORD_MAX, &word, NULL) && word)
      add_pair (lines, _ (rules[i].title), action_words (word));
  }
}

/* Returns the entries that are named and how many there are, or NULL for none. */
static char *
entries_words (JsonObject *part)
{
  gint64 count = 0;
  JsonArray *first = part ? sc_json_get_array (part, "first", NULL) : NULL;
  if (!first || !sc_json_get_int (part, "count", 1, G_MAXINT, &count, NULL))
    return NULL;
  g_autoptr (GString) words = g_string_new (NULL);
  guint named = json_array_get_length (first);
  for (guint i = 0; i < named; i++) {
    JsonNode *node = json_array_get_element (first, i);
    const char *entry = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
    if (entry && g_utf8_strlen (entry, -1) <= ENTRY_MAX)
      g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", entry);
  }
  if (count > named)
    g_string_append_printf (words, " +%d", (int) count - (int) named);
  return g_string_free_and_steal (g_steal_pointer (&words));
}

static void
add_lists (GStrvBuilder *lines, JsonObject *details)
{
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++) {
    JsonObject *change = sc_json_get_object_or_null (details, lists[i].member);
    if (!change)
      continue;
    g_autofree char *added = entries_words (sc_json_get_object_or_null (change, "added"));
    g_autofree char *removed = entries_words (sc_json_get_object_or_null (change, "removed"));
    if (added)
      /* Translators: a list of the chat's settings, and what came to it */
      g_strv_builder_take (lines,
                           g_strdup_printf (_ ("%1$s: added %2$s"), _ (lists[i].title), added));
    if (removed)
      /* Translators: a list of the chat's settings, and what was taken from it */
      g_strv_builder_take (lines,
                           g_strdup_printf (_ ("%1$s: removed %2$s"), _ (lists[i].title), removed));
  }
}

/**
 * sc_settings_change_words:
 * @details: what was changed, as the audit has it
 *
 * Returns: (transfer full) (nullable): what is otherwise now, a line each; %NULL if that is not
 * known
 */
char *
sc_settings_change_words (JsonObject *details)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  add_slow (lines, details);
  add_modes (lines, details);
  add_rules (lines, details);
  add_lists (lines, details);
  g_auto (GStrv) all = g_strv_builder_end (lines);
  return all[0] ? g_strjoinv ("\n", all) : NULL;
}
