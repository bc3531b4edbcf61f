/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Whether the rules of a chat were edited. Pure functions. */

#include "config.h"

#include "sc-chat-rules-change.h"

static gboolean
is_same_words (char **a, char **b)
{
  return g_strv_equal ((const char *const *) a, (const char *const *) b);
}

static gboolean
is_same_set (char **a, char **b)
{
  guint n = g_strv_length (a);
  if (n != g_strv_length (b))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!g_strv_contains ((const char *const *) b, a[i]))
      return FALSE;
  return TRUE;
}

/**
 * sc_chat_rules_differ:
 * @a: settings of a chat
 * @b: others
 *
 * Returns: whether what only the streamer changes is different: rules, languages in whatever order,
 *   terms and links
 */
gboolean
sc_chat_rules_differ (const ScChatSettings *a, const ScChatSettings *b)
{
  return a->rules.terms != b->rules.terms || a->rules.links != b->rules.links ||
         a->rules.repeats != b->rules.repeats || a->rules.capitals != b->rules.capitals ||
         !is_same_set (a->languages, b->languages) || !is_same_words (a->terms, b->terms) ||
         !is_same_words (a->allowed_links, b->allowed_links);
}
