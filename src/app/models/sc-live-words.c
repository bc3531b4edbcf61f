/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is said of a live stream on screen. Pure functions; all strings are translated. */

#include "config.h"

#include "sc-live-words.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>

#define US_PER_SECOND ((double) G_USEC_PER_SEC)

/* From here on a tenth of a second says nothing. */
#define WHOLE_FROM_SECONDS 10

/* What is between them is laid out by itself, from left to right (Unicode's bidirectional
 * algorithm, LRI and PDI). */
#define ISOLATE "\u2066"
#define END_ISOLATE "\u2069"

#define KILO 1000.0
#define MEGA 1000000.0

/* What can be chosen, in milliseconds; 0 is automatic. The official player's range is 0.1 to 5 s.
 */
static const guint latency_choices[SC_LATENCY_CHOICES] = { 0, 250, 500, 1000, 2000, 3000, 5000 };

/* "0.4", "12" */
static char *
short_seconds (gint64 duration)
{
  double seconds = (double) duration / US_PER_SECOND;
  return g_strdup_printf (seconds < WHOLE_FROM_SECONDS ? "%.1f" : "%.0f", seconds);
}

/**
 * sc_live_badge:
 * @latency: from the origin's clock to the picture, microseconds, or -1 while unknown
 *
 * Returns: (transfer full): what the badge beside a live stream says
 */
char *
sc_live_badge (gint64 latency)
{
  if (latency < 0)
    /* Translators: a badge beside a stream that is on air now, in capitals where the script has
     * them */
    return g_strdup (C_ ("badge", "LIVE"));
  g_autofree char *seconds = short_seconds (latency);
  /* Translators: a badge: the picture is %s seconds, as "0.4", behind what is streamed */
  return g_strdup_printf (C_ ("badge", "Live · %s s"), seconds);
}

/**
 * sc_live_badge_words:
 * @latency: from the origin's clock to the picture, microseconds, or -1 while unknown
 *
 * Returns: (transfer full): what the badge means
 */
char *
sc_live_badge_words (gint64 latency)
{
  if (latency < 0)
    return g_strdup (_ ("This channel is on air now."));
  g_autofree char *seconds = short_seconds (latency);
  /* Translators: %s is as "0.4" */
  return g_strdup_printf (_ ("You see what reached the video server %s seconds ago."), seconds);
}

/**
 * sc_over_words:
 *
 * Returns: (transfer none): what is said while the end of a stream that is over is shown
 */
const char *
sc_over_words (void)
{
  return _ ("The stream is over. You are watching its end.");
}

/**
 * sc_behind_words:
 * @behind: how far behind a pause left the viewer, microseconds
 *
 * Returns: (transfer full): what the button says that goes back to live
 */
char *
sc_behind_words (gint64 behind)
{
  gint64 seconds = (behind + G_USEC_PER_SEC / 2) / G_USEC_PER_SEC;
  if (seconds < 60)
    /* Translators: %d is a number of seconds, "s" their unit */
    return g_strdup_printf (_ ("Return to live, %d s behind"), (int) seconds);
  /* Translators: minutes and seconds, as "2:05" */
  return g_strdup_printf (_ ("Return to live, %d:%02d behind"),
                          (int) (seconds / 60),
                          (int) (seconds % 60));
}

/**
 * sc_trouble_choose:
 * @trouble: what the player sees
 * @starving: whether the server says that too little of the stream arrives there
 *
 * What starves at the server looks slow from here, or comes just in time.
 *
 * Returns: what to tell the viewer
 */
ScLiveTrouble
sc_trouble_choose (ScLiveTrouble trouble, gboolean starving)
{
  return starving && (trouble == SC_LIVE_FINE || trouble == SC_LIVE_SLOW) ? SC_LIVE_STARVED
                                                                          : trouble;
}

/**
 * sc_trouble_words:
 * @trouble: why the picture stands
 *
 * Returns: (transfer none): a sentence; empty where there is no trouble
 */
const char *
sc_trouble_words (ScLiveTrouble trouble)
{
  switch (trouble) {
  case SC_LIVE_SLOW:
    return _ ("Your connection is slow");
  case SC_LIVE_LOST:
    return _ ("Connection lost. Trying again…");
  case SC_LIVE_STARVED:
    return _ ("The streamer’s connection is weak");
  case SC_LIVE_PAUSED:
    return _ ("The stream has paused. Waiting for it to go on…");
  case SC_LIVE_FINE:
  default:
    return "";
  }
}

/**
 * sc_trouble_icon:
 * @trouble: why the picture stands
 *
 * Returns: (transfer none): the symbolic icon for it
 */
const char *
sc_trouble_icon (ScLiveTrouble trouble)
{
  switch (trouble) {
  case SC_LIVE_LOST:
    return "network-offline-symbolic";
  case SC_LIVE_PAUSED:
    return "media-playback-pause-symbolic";
  case SC_LIVE_SLOW:
  case SC_LIVE_STARVED:
  case SC_LIVE_FINE:
  default:
    return "network-error-symbolic";
  }
}

/**
 * sc_quality_name:
 * @quality: a rendition
 *
 * Returns: (transfer full): what it is called, as "1080p60", or its id where its size is not known
 */
char *
sc_quality_name (ScPlayerQuality *quality)
{
  int height = sc_player_quality_get_height (quality);
  int rate = (int) (sc_player_quality_get_frame_rate (quality) + 0.5);
  if (height <= 0)
    return g_strdup (sc_player_quality_get_id (quality));
  /* Translators: height of a picture, and frames a second, as "1080p60" */
  return rate > 0 ? g_strdup_printf (_ ("%dp%d"), height, rate)
                  /* Translators: height of a picture, as "1080p" */
                  : g_strdup_printf (_ ("%dp"), height);
}

/**
 * sc_quality_words:
 * @quality: a rendition
 *
 * Returns: (transfer full): its item in the menu of qualities
 */
char *
sc_quality_words (ScPlayerQuality *quality)
{
  g_autofree char *name = sc_quality_name (quality);
  g_autofree char *bits = sc_bit_rate_words (sc_player_quality_get_bandwidth (quality));
  if (sc_player_quality_get_is_source (quality))
    /* Translators: as "1080p60 · 6.0 Mb/s (as streamed)": what the streamer sends, unchanged */
    return g_strdup_printf (_ ("%s · %s (as streamed)"), name, bits);
  /* Translators: as "1080p60 · 6.0 Mb/s" */
  return g_strdup_printf (_ ("%s · %s"), name, bits);
}

/**
 * sc_quality_automatic_words:
 * @shown: (nullable): the rendition that was chosen by itself
 *
 * Returns: (transfer full): the first item of the menu of qualities
 */
char *
sc_quality_automatic_words (ScPlayerQuality *shown)
{
  if (!shown)
    return g_strdup (_ ("Automatic"));
  g_autofree char *name = sc_quality_name (shown);
  /* Translators: %s is what is shown now, as "720p30" */
  return g_strdup_printf (_ ("Automatic (now %s)"), name);
}

/**
 * sc_size_words:
 * @width: of a picture, in pixels
 * @height: of it, in pixels
 *
 * Text from right to left would have the height first, so there the figures keep together.
 *
 * Returns: (transfer full): as "1280×720"
 */
char *
sc_size_words (guint width, guint height)
{
  /* Translators: width and height of a picture in pixels */
  g_autofree char *words = g_strdup_printf (_ ("%u×%u"), width, height);
  if (gtk_widget_get_default_direction () != GTK_TEXT_DIR_RTL)
    return g_steal_pointer (&words);
  return g_strconcat (ISOLATE, words, END_ISOLATE, NULL);
}

/**
 * sc_seconds_words:
 * @duration: microseconds, or less than 0 while unknown
 *
 * Returns: (transfer full): to the hundredth of a second
 */
char *
sc_seconds_words (gint64 duration)
{
  if (duration < 0)
    /* Translators: stands for a number that is not known */
    return g_strdup (_ ("–"));
  /* Translators: a number of seconds with their unit */
  return g_strdup_printf (_ ("%.2f s"), (double) duration / US_PER_SECOND);
}

/**
 * sc_bit_rate_words:
 * @bits: bits a second, or 0 while unknown
 *
 * Returns: (transfer full): as "6.0 Mb/s" or "850 kb/s"
 */
char *
sc_bit_rate_words (guint bits)
{
  if (bits == 0)
    return g_strdup (_ ("–"));
  if (bits < MEGA)
    /* Translators: a thousand bits a second */
    return g_strdup_printf (_ ("%.0f kb/s"), bits / KILO);
  /* Translators: a million bits a second */
  return g_strdup_printf (_ ("%.1f Mb/s"), bits / MEGA);
}

/**
 * sc_measured_bit_rate_words:
 * @bits: bits a second, not negative; none is a figure too
 *
 * Returns: (transfer full): as "6.0 Mb/s" or "0 kb/s"
 */
char *
sc_measured_bit_rate_words (gint64 bits)
{
  if (bits == 0)
    return g_strdup (_ ("0 kb/s"));
  return sc_bit_rate_words ((guint) MIN (bits, G_MAXUINT));
}

/**
 * sc_frame_rate_words:
 * @rate: frames a second
 *
 * Returns: (transfer full): as "29.9 fps"
 */
char *
sc_frame_rate_words (double rate)
{
  /* Translators: frames a second */
  return g_strdup_printf (_ ("%.1f fps"), rate);
}

/**
 * sc_latency_choice_words:
 * @choice: less than %SC_LATENCY_CHOICES
 *
 * Returns: (transfer full): what the choice is called
 */
char *
sc_latency_choice_words (guint choice)
{
  guint ms = sc_latency_choice_to_ms (choice);
  if (ms == 0)
    return g_strdup (_ ("Automatic"));
  if (ms % 1000 == 0)
    return g_strdup_printf (ngettext ("%u second", "%u seconds", ms / 1000), ms / 1000);
  double seconds = ms / 1000.0;
  /* Translators: a part of a second, as "0.25 seconds" */
  return g_strdup_printf (ms % 100 == 0 ? _ ("%.1f seconds") : _ ("%.2f seconds"), seconds);
}

/**
 * sc_latency_choice_to_ms:
 * @choice: which one
 *
 * Returns: milliseconds; 0 for automatic and for what is no choice
 */
guint
sc_latency_choice_to_ms (guint choice)
{
  return choice < SC_LATENCY_CHOICES ? latency_choices[choice] : 0;
}

/**
 * sc_latency_choice_from_ms:
 * @milliseconds: any latency
 *
 * Returns: the choice that comes next to it
 */
guint
sc_latency_choice_from_ms (guint milliseconds)
{
  guint best = 0;
  for (guint i = 0; i < SC_LATENCY_CHOICES && milliseconds > 0; i++)
    if (ABS ((int) latency_choices[i] - (int) milliseconds) <
        ABS ((int) latency_choices[best] - (int) milliseconds))
      best = i;
  return best;
}

/**
 * sc_viewers_words:
 * @viewers: how many watch, 0 or more
 *
 * Returns: (transfer full): that in words
 */
char *
sc_viewers_words (gint64 viewers)
{
  guint shown = (guint) CLAMP (viewers, 0, G_MAXUINT);
  return g_strdup_printf (ngettext ("%u viewer", "%u viewers", shown), shown);
}
