/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the button says with which one follows a channel. Pure functions. */

#include "config.h"

#include "sc-follow-words.h"

#include <glib/gi18n.h>

/**
 * sc_follow_words:
 * @following: whether one follows the channel
 *
 * Returns: what the button says, translated
 */
const char *
sc_follow_words (gboolean following)
{
  /* Translators: what one does with a channel, and what one is doing then */
  return following ? C_ ("button", "Following") : C_ ("button", "Follow");
}

/**
 * sc_follow_hint:
 * @following: whether one follows the channel
 * @followers: how many follow it; less than 0 if that is not known
 *
 * Returns: (transfer full): what a click does, and how many follow, a line each
 */
char *
sc_follow_hint (gboolean following, gint64 followers)
{
  const char *action = following ? _ ("Stop Following This Channel") : _ ("Follow This Channel");
  if (followers < 0)
    return g_strdup (action);
  /* Translators: %'u is a number, as "12,345" */
  g_autofree char *count = g_strdup_printf (ngettext ("%'u follower",
                                                      "%'u followers",
                                                      (gulong) MIN (followers, G_MAXUINT)),
                                            (guint) MIN (followers, G_MAXUINT));
  return g_strdup_printf ("%s\n%s", action, count);
}

/**
 * sc_follow_failed_words:
 * @wanted: whether one wanted to follow a channel, or no more
 *
 * Returns: what is still so when the server did not take it, translated
 */
const char *
sc_follow_failed_words (gboolean wanted)
{
  return wanted ? _ ("You do not follow this channel yet.") : _ ("You still follow this channel.");
}

/**
 * sc_bell_hint:
 * @notify: whether one is told when a channel goes live
 *
 * Returns: what a click does, translated
 */
const char *
sc_bell_hint (gboolean notify)
{
  return notify ? _ ("Stop Telling Me When This Channel Goes Live")
                : _ ("Tell Me When This Channel Goes Live");
}

/**
 * sc_follow_count:
 * @followers: how many follow a channel; less than 0 if that is not known
 *
 * Returns: (transfer full): the number beside the button's words; empty if there is nothing to say
 */
char *
sc_follow_count (gint64 followers)
{
  return followers > 0 ? g_strdup_printf ("%'u", (guint) MIN (followers, G_MAXUINT))
                       : g_strdup ("");
}
