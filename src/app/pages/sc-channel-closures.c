/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the template of a channel's page computes. */

#include "config.h"

#include "sc-channel-closures.h"

#include "sc-live-words.h"
#include "sc-time-words.h"

#include <glib/gi18n.h>

/**
 * sc_channel_page_live_words:
 * @page: the page; unused
 * @started_at: when the picture began, microseconds since the epoch
 * @now: the time now, the same
 * @over: whether what is shown is the rest of a stream that is over
 *
 * Returns: (transfer full): since when it is live, or that it is not any more
 */
char *
sc_channel_page_live_words (gpointer page, gint64 started_at, gint64 now, gboolean over)
{
  if (over)
    return g_strdup (_ ("The stream is over"));
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  return sc_live_words (started_at, now, zone);
}

/**
 * sc_channel_page_live_badge:
 * @page: the page; unused
 * @latency: the player's
 *
 * Returns: (transfer full): what the badge says
 */
char *
sc_channel_page_live_badge (gpointer page, gint64 latency)
{
  return sc_live_badge (latency);
}

/**
 * sc_channel_page_live_badge_words:
 * @page: the page; unused
 * @latency: the player's
 *
 * Returns: (transfer full): what the badge means
 */
char *
sc_channel_page_live_badge_words (gpointer page, gint64 latency)
{
  return sc_live_badge_words (latency);
}

/**
 * sc_channel_page_offline_title:
 * @page: the page; unused
 * @name: (nullable): the channel's
 *
 * Returns: (transfer full): the heading while nobody streams
 */
char *
sc_channel_page_offline_title (gpointer page, const char *name)
{
  /* Translators: %s is the name of a channel */
  return g_strdup_printf (_ ("%s Is Offline"), name ? name : "");
}

/**
 * sc_channel_page_offline_words:
 * @page: the page; unused
 * @title: the channel's; unused, but when it changes the rest may have
 * @ended_at: when the last stream ended, microseconds since the epoch; 0 if there was none
 * @now: the time now, the same
 *
 * Returns: (transfer full): what is under the heading, as markup
 */
char *
sc_channel_page_offline_words (gpointer page, const char *title, gint64 ended_at, gint64 now)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *ended = sc_ended_words (ended_at, now, zone);
  /* Translators: %s is a sentence, as "Was live 2 hours ago." */
  g_autofree char *words =
    g_strdup_printf (_ ("%s The picture comes by itself with the next stream."), ended);
  return g_markup_escape_text (words, -1);
}

/**
 * sc_channel_page_has_words:
 * @page: the page; unused
 * @words: (nullable): what the streamer wrote
 *
 * Returns: whether there is anything to read
 */
gboolean
sc_channel_page_has_words (gpointer page, const char *words)
{
  return words && *words;
}

/**
 * sc_channel_page_is_chat_shown:
 * @page: the page; unused
 * @channel: (nullable): what is known of the channel
 * @chat_hidden: whether nobody wants one
 *
 * Returns: whether there is a chat with the picture
 */
gboolean
sc_channel_page_is_chat_shown (gpointer page, ScChannel *channel, gboolean chat_hidden)
{
  return channel != NULL && !chat_hidden;
}
