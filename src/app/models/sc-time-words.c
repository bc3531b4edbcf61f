/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How long ago, in words. Pure functions: the clock and the zone are arguments. */

#include "config.h"

#include "sc-time-words.h"

#include <glib/gi18n.h>

/* Under an hour minutes say most; from then on a time of day does, until it is another day's. */
#define SINCE_FROM_MINUTES 60
#define SINCE_TO_HOURS 12
#define DAYS_FROM_HOURS 48
#define DATE_FROM_DAYS 30

static gint64
minutes_between (gint64 earlier, gint64 later)
{
  /* Clocks of server and viewer differ: what seems to be ahead is now. */
  return MAX (later - earlier, 0) / (60 * G_USEC_PER_SEC);
}

static char *
format_time (gint64 time_us, GTimeZone *zone, const char *format)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (time_us);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  return g_date_time_format (local, format);
}

/**
 * sc_live_words:
 * @started_at: when the picture began, microseconds since the epoch
 * @now: the time now, the same
 * @zone: the viewer's time zone
 *
 * Returns: (transfer full): since when, as a translated sentence fragment
 */
char *
sc_live_words (gint64 started_at, gint64 now, GTimeZone *zone)
{
  gint64 minutes = minutes_between (started_at, now);
  gint64 hours = minutes / 60;
  if (minutes < 1)
    return g_strdup (_ ("Live for less than a minute"));
  if (minutes < SINCE_FROM_MINUTES)
    return g_strdup_printf (ngettext ("Live for %d minute",
                                      "Live for %d minutes",
                                      (gulong) minutes),
                            (int) minutes);
  if (hours < SINCE_TO_HOURS) {
    g_autofree char *time = sc_time_of_day_words (started_at, zone);
    /* Translators: %s is a time of day, as "20:15" */
    return g_strdup_printf (_ ("Live since %s"), time);
  }
  if (hours < DAYS_FROM_HOURS)
    return g_strdup_printf (ngettext ("Live for %d hour", "Live for %d hours", (gulong) hours),
                            (int) hours);
  return g_strdup_printf (ngettext ("Live for %d day", "Live for %d days", (gulong) (hours / 24)),
                          (int) (hours / 24));
}

/**
 * sc_ended_words:
 * @ended_at: when the last stream ended, microseconds since the epoch; 0 if there was none
 * @now: the time now, the same
 * @zone: the viewer's time zone
 *
 * Returns: (transfer full): how long ago, as a translated sentence
 */
char *
sc_ended_words (gint64 ended_at, gint64 now, GTimeZone *zone)
{
  gint64 minutes = minutes_between (ended_at, now);
  gint64 hours = minutes / 60;
  gint64 days = hours / 24;
  if (ended_at == 0)
    return g_strdup (_ ("Has not been live yet."));
  if (minutes < 1)
    return g_strdup (_ ("Was live a moment ago."));
  if (hours < 1)
    return g_strdup_printf (ngettext ("Was live %d minute ago.",
                                      "Was live %d minutes ago.",
                                      (gulong) minutes),
                            (int) minutes);
  if (hours < DAYS_FROM_HOURS)
    return g_strdup_printf (ngettext ("Was live %d hour ago.",
                                      "Was live %d hours ago.",
                                      (gulong) hours),
                            (int) hours);
  if (days < DATE_FROM_DAYS)
    return g_strdup_printf (ngettext ("Was live %d day ago.",
                                      "Was live %d days ago.",
                                      (gulong) days),
                            (int) days);
  /* Translators: a date as strftime writes it, for "Was live on 3 March 2026." */
  g_autofree char *date = format_time (ended_at, zone, _ ("%-d %B %Y"));
  /* Translators: %s is a date, as "3 March 2026" */
  return g_strdup_printf (_ ("Was live on %s."), date);
}

/**
 * sc_news_words:
 * @started_at: when a stream began, microseconds since the epoch
 * @zone: the reader's time zone
 *
 * Returns: (transfer full): the day and the time, which do not grow old on a page
 */
char *
sc_news_words (gint64 started_at, GTimeZone *zone)
{
  /* Translators: a date and a time of day as strftime writes them, "3 March 2026, 20:15" */
  return format_time (started_at, zone, _ ("%-d %B %Y, %H:%M"));
}

/**
 * sc_time_of_day_words:
 * @time_us: microseconds since the epoch
 * @zone: the reader's time zone
 *
 * Returns: (transfer full): as a clock on the wall shows it, "20:15"
 */
char *
sc_time_of_day_words (gint64 time_us, GTimeZone *zone)
{
  /* Translators: a time of day as strftime writes it */
  return format_time (time_us, zone, _ ("%H:%M"));
}

/**
 * sc_as_of_words:
 * @answered_at: when the server last answered, microseconds since the epoch
 * @zone: the reader's time zone
 *
 * Returns: (transfer full): that what is shown is as old, as a translated sentence
 */
char *
sc_as_of_words (gint64 answered_at, GTimeZone *zone)
{
  g_autofree char *time = sc_time_of_day_words (answered_at, zone);
  /* Translators: %s is a time of day, as "20:15" */
  return g_strdup_printf (_ ("These figures are from %s. Trying to get newer ones…"), time);
}

/**
 * sc_clock_words:
 * @time_us: a place in a recording, microseconds
 *
 * Returns: (transfer full): as a clock shows it, "1:05" or "1:02:03"
 */
char *
sc_clock_words (gint64 time_us)
{
  int seconds = (int) (MAX (time_us, 0) / G_USEC_PER_SEC);
  int minutes = seconds / 60;
  int hours = minutes / 60;
  if (hours > 0)
    /* Translators: hours, minutes and seconds of a recording, as "1:02:03" */
    return g_strdup_printf (_ ("%d:%02d:%02d"), hours, minutes % 60, seconds % 60);
  /* Translators: minutes and seconds of a recording, as "12:34" */
  return g_strdup_printf (_ ("%d:%02d"), minutes, seconds % 60);
}

/**
 * sc_length_words:
 * @time_us: how long a recording is, microseconds
 *
 * Returns: (transfer full): as a clock shows it, to the nearest second: "1:05" or "1:02:03"
 */
char *
sc_length_words (gint64 time_us)
{
  return sc_clock_words (time_us + G_USEC_PER_SEC / 2);
}

/**
 * sc_recorded_words:
 * @started_at: when a recording began, microseconds since the epoch
 * @now: the time now, the same
 * @zone: the viewer's time zone
 *
 * Returns: (transfer full): how long ago, as a translated sentence fragment
 */
char *
sc_recorded_words (gint64 started_at, gint64 now, GTimeZone *zone)
{
  gint64 minutes = minutes_between (started_at, now);
  gint64 hours = minutes / 60;
  gint64 days = hours / 24;
  if (minutes < 1)
    return g_strdup (_ ("Less than a minute ago"));
  if (hours < 1)
    return g_strdup_printf (ngettext ("%d minute ago", "%d minutes ago", (gulong) minutes),
                            (int) minutes);
  if (hours < DAYS_FROM_HOURS)
    return g_strdup_printf (ngettext ("%d hour ago", "%d hours ago", (gulong) hours), (int) hours);
  if (days < DATE_FROM_DAYS)
    return g_strdup_printf (ngettext ("%d day ago", "%d days ago", (gulong) days), (int) days);
  /* Translators: a date as strftime writes it, as "3 March 2026" */
  return format_time (started_at, zone, C_ ("recorded", "%-d %B %Y"));
}
