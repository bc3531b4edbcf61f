/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is said of the places where somebody is signed in, and of an account that is to go. Pure
 * functions. */

#include "config.h"

#include "sc-sign-in-words.h"

#include <glib/gi18n.h>

/**
 * sc_sign_in_title:
 * @fields: a place
 *
 * Returns: (transfer full): what it is called
 */
char *
sc_sign_in_title (const ScSignInFields *fields)
{
  return g_strdup (fields->device ? fields->device : _ ("Unknown Computer"));
}

/**
 * sc_sign_in_words:
 * @fields: a place
 * @now: microseconds since the epoch
 *
 * Returns: (transfer full): when it was used last
 */
char *
sc_sign_in_words (const ScSignInFields *fields, gint64 now)
{
  gint64 days = (now - fields->used_at) / G_TIME_SPAN_DAY;
  if (fields->is_current)
    return g_strdup (_ ("This computer, now"));
  if (days < 1)
    return g_strdup (_ ("Used within the last day"));
  return g_strdup_printf (ngettext ("Used %d day ago", "Used %d days ago", (gulong) days),
                          (int) days);
}

/**
 * sc_deletion_words:
 * @deletes_at: when an account is deleted, microseconds since the epoch
 *
 * Returns: (transfer full): until when it can be kept, in local time
 */
char *
sc_deletion_words (gint64 deletes_at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (deletes_at / G_USEC_PER_SEC);
  /* Translators: a date and a time of day, as strftime() takes it */
  g_autofree char *when = g_date_time_format (time, _ ("%-d %B, %H:%M"));
  /* Translators: %s is a date and a time of day */
  return g_strdup_printf (_ ("Your account is closed, and will be deleted on %s. Until then you can"
                             " sign in and keep it."),
                          g_strstrip (when));
}
