/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a chat says about itself. Pure functions; each returns a new translated string, or %NULL
 * where there is nothing to say. */

#include "config.h"

#include "sc-chat-words.h"

#include "sc-chat-error.h"
#include "sc-chat-refusal.h"
#include "sc-chat-text.h"
#include "sc-client-error.h"

#include <glib/gi18n.h>

#define DAY_US (24 * 60 * 60 * (gint64) G_USEC_PER_SEC)

/**
 * sc_chat_name_words:
 * @name: (nullable): what somebody is called
 *
 * Returns: (transfer full): what to call them
 */
char *
sc_chat_name_words (const char *name)
{
  /* Translators: in a chat, in place of a name that is not known */
  return g_strdup (name && *name ? name : _ ("Somebody"));
}

/**
 * sc_chat_badge_icon:
 * @role: who somebody is in a chat
 *
 * Returns: (nullable): the icon in front of their name
 */
const char *
sc_chat_badge_icon (ScChatRole role)
{
  switch (role) {
  case SC_CHAT_STREAMER:
    return "starred-symbolic";
  case SC_CHAT_MODERATOR:
    return "security-high-symbolic";
  case SC_CHAT_GUEST:
  case SC_CHAT_VIEWER:
  default:
    return NULL;
  }
}

/**
 * sc_chat_badge_words:
 * @role: who somebody is in a chat
 *
 * Returns: (nullable): what the icon says, translated
 */
const char *
sc_chat_badge_words (ScChatRole role)
{
  switch (role) {
  case SC_CHAT_STREAMER:
    return _ ("Streamer");
  case SC_CHAT_MODERATOR:
    return _ ("Moderator");
  case SC_CHAT_GUEST:
  case SC_CHAT_VIEWER:
  default:
    return NULL;
  }
}

/**
 * sc_chat_time_words:
 * @time_us: when something was said, microseconds since the epoch
 * @now_us: the time now, the same
 * @zone: the viewer's time zone
 *
 * Returns: (transfer full): the time of day, with the day where it is another one
 */
char *
sc_chat_time_words (gint64 time_us, gint64 now_us, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (time_us);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  if (ABS (now_us - time_us) < DAY_US)
    /* Translators: a time of day as strftime writes it, beside a chat message */
    return g_date_time_format (local, C_ ("chat", "%H:%M"));
  /* Translators: a day and a time as strftime writes them, beside a chat message */
  return g_date_time_format (local, C_ ("chat", "%-d %b %H:%M"));
}

/**
 * sc_chat_until_words:
 * @until_us: when something ends, microseconds since the epoch; 0 for never
 *
 * Returns: (transfer full) (nullable): the time here; %NULL for never
 */
char *
sc_chat_until_words (gint64 until_us)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  return until_us > 0 ? sc_chat_time_words (until_us, g_get_real_time (), zone) : NULL;
}

/**
 * sc_chat_counter_words:
 * @length: how many characters would be sent
 *
 * Returns: (transfer full) (nullable): how many more there may be, near the end
 */
char *
sc_chat_counter_words (gsize length)
{
  if (length + SC_CHAT_COUNTER_FROM < SC_CHAT_TEXT_MAX)
    return NULL;
  int left = SC_CHAT_TEXT_MAX - (int) length;
  return g_strdup_printf (left < 0 ? "−%d" : "%d", ABS (left));
}

/**
 * sc_chat_text_problem:
 * @length: how many characters would be sent
 *
 * Returns: (transfer full) (nullable): why they cannot be
 */
char *
sc_chat_text_problem (gsize length)
{
  if (length <= SC_CHAT_TEXT_MAX)
    return NULL;
  int surplus = (int) (length - SC_CHAT_TEXT_MAX);
  g_autofree char *most = g_strdup_printf (ngettext ("A message has at most %d character.",
                                                     "A message has at most %d characters.",
                                                     SC_CHAT_TEXT_MAX),
                                           SC_CHAT_TEXT_MAX);
  /* Translators: the second %s is a sentence, as "A message has at most 500 characters." */
  return g_strdup_printf (ngettext ("%d character too many. %s",
                                    "%d characters too many. %s",
                                    (gulong) surplus),
                          surplus,
                          most);
}

/**
 * sc_chat_news_words:
 * @n_lines: how many lines came below those on show
 *
 * Returns: (transfer full): what the button to them says
 */
char *
sc_chat_news_words (guint n_lines)
{
  return g_strdup_printf (ngettext ("%u New Message", "%u New Messages", n_lines), n_lines);
}

/**
 * sc_chat_wait_words:
 * @seconds: how long until one may write
 *
 * Returns: (transfer full): a sentence without its full stop
 */
char *
sc_chat_wait_words (guint seconds)
{
  /* Translators: s is the unit, seconds */
  return g_strdup_printf (_ ("You can write again in %u s"), MAX (seconds, 1));
}

/**
 * sc_chat_bar_words:
 * @bar: what keeps one from writing
 *
 * Returns: (transfer full) (nullable): a sentence; %NULL where nothing need be said beside the
 * field, as the banner says it
 */
char *
sc_chat_bar_words (ScChatBar bar)
{
  switch (bar) {
  case SC_CHAT_BAR_READ_ONLY:
    return g_strdup (_ ("Only the streamer and moderators may write at the moment."));
  case SC_CHAT_BAR_FOLLOWERS_ONLY:
    return g_strdup (_ ("Only followers of this channel may write at the moment."));
  case SC_CHAT_BAR_NOT_ALLOWED:
    return g_strdup (_ ("You may not write in this chat."));
  case SC_CHAT_BAR_NONE:
  case SC_CHAT_BAR_UNKNOWN:
  case SC_CHAT_BAR_SIGNED_OUT:
  case SC_CHAT_BAR_OUT:
  case SC_CHAT_BAR_BANNED:
  default:
    return NULL;
  }
}

/* What happened to whoever reads it, and until when; %NULL for good. */
static char *
ban_words (const char *reason, const char *until)
{
  g_autofree char *what =
    /* Translators: %s is a time, as "14:30" or "3 Dec 14:30" */
    until ? g_strdup_printf (_ ("You are timed out until %s."), until)
          : g_strdup (_ ("You are banned from this chat."));
  if (!reason || !*reason)
    return g_steal_pointer (&what);
  /* Translators: a sentence, and the reason in the words of a moderator */
  return g_strdup_printf (_ ("%1$s The moderators say: %2$s"), what, reason);
}

/**
 * sc_chat_blocked_words:
 * @name: (nullable): who was blocked
 *
 * Returns: (transfer full): what that means
 */
char *
sc_chat_blocked_words (const char *name)
{
  g_autofree char *who = sc_chat_name_words (name);
  /* Translators: %s is a name */
  return g_strdup_printf (_ ("You do not see messages of %s any more"), who);
}

/**
 * sc_chat_unblocked_words:
 * @name: whom somebody wants to read again
 * @blocked: whether they were blocked
 *
 * Returns: (transfer full): what became of it
 */
char *
sc_chat_unblocked_words (const char *name, gboolean blocked)
{
  /* Translators: %s is a name */
  return g_strdup_printf (blocked ? _ ("You see messages of %s again")
                                  : _ ("You have blocked nobody called %s"),
                          name);
}

/**
 * sc_chat_refusal_words:
 * @problem: why a message was not taken from who typed it, or why an order was not followed
 *
 * Returns: (transfer full): a sentence
 */
char *
sc_chat_refusal_words (const GError *problem)
{
  const ScChatRefusal *refusal = sc_chat_error_get_refusal (problem);
  if (refusal && refusal->code == SC_CHAT_REFUSAL_SLOW)
    return sc_chat_wait_words (refusal->seconds);
  if (g_error_matches (problem, SC_CHAT_ERROR, SC_CHAT_ERROR_FULL))
    return g_strdup (_ ("Many messages wait to be sent already. Wait for the connection."));
  if (g_error_matches (problem, SC_CHAT_ERROR, SC_CHAT_ERROR_NOT_CONNECTED))
    return g_strdup (_ ("There is no connection to the chat at the moment."));
  if (g_error_matches (problem, SC_CHAT_ERROR, SC_CHAT_ERROR_FORBIDDEN))
    return g_strdup (_ ("You may not do that in this chat."));
  if (g_error_matches (problem, SC_CHAT_ERROR, SC_CHAT_ERROR_NOT_FOUND))
    return g_strdup (_ ("That is gone already."));
  return g_strdup (_ ("The chat did not do that. Try again in a moment."));
}

/**
 * sc_chat_empty_page:
 * @state: how we stand to the room
 *
 * That nobody has said anything is known only in the room.
 *
 * Returns: the page of the panel where there are no lines
 */
const char *
sc_chat_empty_page (ScChatState state)
{
  if (state == SC_CHAT_OPEN)
    return "empty";
  gboolean away = state == SC_CHAT_REMOVED || state == SC_CHAT_REFUSED || state == SC_CHAT_BANNED;
  return away ? "away" : "connecting";
}

/**
 * sc_chat_banner_choose:
 * @state: how we stand to the room
 *
 * Each attempt to come back is a moment of connecting: what was told stays meanwhile.
 *
 * Returns: what stands above the chat
 */
ScChatBanner
sc_chat_banner_choose (ScChatState state)
{
  switch (state) {
  case SC_CHAT_CONNECTING:
    return SC_CHAT_BANNER_STAYS;
  case SC_CHAT_WAITING:
  case SC_CHAT_REMOVED:
  case SC_CHAT_REFUSED:
  case SC_CHAT_BANNED:
    return SC_CHAT_BANNER_SHOWN;
  case SC_CHAT_IDLE:
  case SC_CHAT_OPEN:
  default:
    return SC_CHAT_BANNER_NONE;
  }
}

/**
 * sc_chat_banner_words:
 * @state: how we stand to the room
 * @error: (nullable): why we are not in there
 * @reason: (nullable): why we were removed or banned, in the words of whoever did it
 * @until: (nullable): until when we are banned, as one reads it
 *
 * Returns: (transfer full): a sentence
 */
char *
sc_chat_banner_words (ScChatState state, const GError *error, const char *reason, const char *until)
{
  if (state == SC_CHAT_BANNED)
    return ban_words (reason, until);
  if (state == SC_CHAT_REMOVED && reason)
    /* Translators: %s is the reason, in the words of whoever did it */
    return g_strdup_printf (_ ("You were removed from this chat: %s"), reason);
  if (state == SC_CHAT_REMOVED)
    return g_strdup (_ ("You were removed from this chat."));
  if (state == SC_CHAT_REFUSED)
    return g_strdup (_ ("This chat cannot be joined."));
  if (g_error_matches (error, SC_CLIENT_ERROR, SC_CLIENT_ERROR_CHANNEL_NOT_READY))
    return g_strdup (_ ("The chat is being prepared…"));
  return g_strdup (_ ("The chat is not connected. Trying again…"));
}

/**
 * sc_chat_banner_button:
 * @state: how we stand to the room
 *
 * Returns: what the banner's button says, translated
 */
const char *
sc_chat_banner_button (ScChatState state)
{
  if (state == SC_CHAT_REMOVED)
    return _ ("Join Again");
  return _ ("Retry");
}
