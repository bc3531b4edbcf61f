/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What pages show, computed: pure functions from values to words, for any thread. Each returns a
 * new translated string; a "problem" is %NULL where there is none. */

#include "config.h"

#include "sc-closures.h"

#include "sc-error-words.h"
#include "sc-live-words.h"
#include "sc-validate.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

/**
 * sc_name_problem:
 * @name: what was typed so far
 * @finished: whether the person is done with it
 *
 * What more typing can still mend is no problem before @finished.
 *
 * Returns: (transfer full) (nullable): what is wrong with the name of a new account
 */
char *
sc_name_problem (const char *name, gboolean finished)
{
  switch (sc_validate_name (name)) {
  case SC_INVALID_EMPTY:
    return finished ? g_strdup (_ ("Choose a name.")) : NULL;
  case SC_INVALID_TOO_SHORT:
    return finished ? g_strdup_printf (ngettext ("A name has at least %d character.",
                                                 "A name has at least %d characters.",
                                                 SC_NAME_MIN),
                                       SC_NAME_MIN)
                    : NULL;
  case SC_INVALID_TOO_LONG:
    return g_strdup_printf (ngettext ("A name has at most %d character.",
                                      "A name has at most %d characters.",
                                      SC_NAME_MAX),
                            SC_NAME_MAX);
  case SC_INVALID_CHARACTER:
    return g_strdup (_ ("Only the letters a to z, digits, hyphens and underscores are possible."));
  case SC_INVALID_START:
    return g_strdup (_ ("A name begins with a letter or a digit."));
  case SC_VALID:
  default:
    return NULL;
  }
}

/**
 * sc_password_problem:
 * @password: what was typed so far
 * @finished: whether the person is done with it
 *
 * Returns: (transfer full) (nullable): what is wrong with the password of a new account
 */
char *
sc_password_problem (const char *password, gboolean finished)
{
  switch (sc_validate_password (password)) {
  case SC_INVALID_EMPTY:
    return finished ? g_strdup (_ ("Choose a password.")) : NULL;
  case SC_INVALID_TOO_SHORT:
    return finished ? g_strdup_printf (ngettext ("A password has at least %d character.",
                                                 "A password has at least %d characters.",
                                                 SC_PASSWORD_MIN),
                                       SC_PASSWORD_MIN)
                    : NULL;
  case SC_INVALID_TOO_LONG:
    return g_strdup_printf (ngettext ("A password has at most %d character.",
                                      "A password has at most %d characters.",
                                      SC_PASSWORD_MAX),
                            SC_PASSWORD_MAX);
  case SC_INVALID_CHARACTER:
  case SC_INVALID_START:
    return g_strdup (_ ("This password has characters that are not possible."));
  case SC_VALID:
  default:
    return NULL;
  }
}

/**
 * sc_category_problem:
 * @category: what was typed so far
 *
 * Returns: (transfer full) (nullable): what is wrong with the category of a channel
 */
char *
sc_category_problem (const char *category)
{
  ScInvalid invalid = sc_validate_category (category);
  if (invalid == SC_INVALID_TOO_LONG)
    return g_strdup_printf (ngettext ("A category has at most %d character.",
                                      "A category has at most %d characters.",
                                      SC_CATEGORY_MAX),
                            SC_CATEGORY_MAX);
  return invalid == SC_VALID ? NULL : g_strdup (_ ("A category is one line of text."));
}

/**
 * sc_about_problem:
 * @about: what was typed so far
 *
 * Returns: (transfer full) (nullable): what is wrong with what a channel says about itself
 */
char *
sc_about_problem (const char *about)
{
  ScInvalid invalid = sc_validate_about (about);
  if (invalid == SC_INVALID_TOO_LONG)
    return g_strdup_printf (ngettext ("This text has at most %d character.",
                                      "This text has at most %d characters.",
                                      SC_ABOUT_MAX),
                            SC_ABOUT_MAX);
  return invalid == SC_VALID ? NULL : g_strdup (_ ("A character in this text cannot be used."));
}

/**
 * sc_title_problem:
 * @title: what was typed so far
 *
 * Returns: (transfer full) (nullable): what is wrong with the title of a channel
 */
char *
sc_title_problem (const char *title)
{
  switch (sc_validate_title (title)) {
  case SC_INVALID_EMPTY:
  case SC_INVALID_TOO_SHORT:
    return g_strdup (_ ("A title cannot be empty."));
  case SC_INVALID_TOO_LONG:
    return g_strdup_printf (ngettext ("A title has at most %d character.",
                                      "A title has at most %d characters.",
                                      SC_TITLE_MAX),
                            SC_TITLE_MAX);
  case SC_INVALID_CHARACTER:
  case SC_INVALID_START:
    return g_strdup (_ ("A title is one line of text."));
  case SC_VALID:
  default:
    return NULL;
  }
}

/* What never leaves this machine: "localhost" is resolved by GLib itself (RFC 6761). */
static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);
  return address ? g_inet_address_get_is_loopback (address)
                 : g_ascii_strcasecmp (host, "localhost") == 0;
}

/**
 * sc_server_address:
 * @typed: what a person typed: an address with or without "https://"
 *
 * Returns: (transfer full) (nullable): the address, or %NULL if that is none. Passwords are sent
 *   there, so nothing less than https will do, but for http to this very machine
 */
char *
sc_server_address (const char *typed)
{
  g_autofree char *stripped = g_strstrip (g_strdup (typed ? typed : ""));
  g_autofree char *address =
    strstr (stripped, "://") ? g_strdup (stripped) : g_strconcat ("https://", stripped, NULL);
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  if (!uri || strpbrk (address, " \t\n"))
    return NULL;
  const char *host = g_uri_get_host (uri);
  if (!host || !*host || g_uri_get_userinfo (uri) || g_uri_get_query (uri) ||
      g_uri_get_fragment (uri))
    return NULL;
  const char *scheme = g_uri_get_scheme (uri);
  if (!g_str_equal (scheme, "https") && !(g_str_equal (scheme, "http") && is_loopback (host)))
    return NULL;
  return g_steal_pointer (&address);
}

/**
 * sc_server_choose:
 * @from_environment: (nullable): what this start is told; where it is not empty it counts
 * @from_settings: (nullable): what is kept
 *
 * Returns: (transfer full) (nullable): the address to go to, or %NULL where there is none that
 *   sc_server_address() lets pass
 */
char *
sc_server_choose (const char *from_environment, const char *from_settings)
{
  gboolean overridden = from_environment && *from_environment;
  return sc_server_address (overridden ? from_environment : from_settings);
}

/**
 * sc_server_problem:
 * @typed: what was typed so far
 * @finished: whether the person is done with it
 *
 * Returns: (transfer full) (nullable): what is wrong with the address of a server
 */
char *
sc_server_problem (const char *typed, gboolean finished)
{
  g_autofree char *address = sc_server_address (typed);
  if (address || !finished)
    return NULL;
  return g_strdup (_ ("Enter an address such as https://streamcat.example.org."));
}

/**
 * sc_picture_words:
 * @stream: (nullable): a stream
 *
 * Returns: (transfer full): the picture's size and frame rate as far as they are known, as
 *   "1280×720, 30 fps"
 */
char *
sc_picture_words (const ScStream *stream)
{
  if (!stream || !stream->width || !stream->height)
    return g_strdup ("");
  g_autofree char *size = sc_size_words (stream->width, stream->height);
  if (stream->frame_rate <= 0)
    return g_steal_pointer (&size);

  double rate = stream->frame_rate;
  gboolean whole = ABS (rate - (int) (rate + 0.5)) < 0.005;
  g_autofree char *number = g_strdup_printf (whole ? "%.0f" : "%.2f", rate);
  /* Translators: the size of a picture, as "1280×720", and how many of them a second */
  return g_strdup_printf (_ ("%s, %s fps"), size, number);
}

/**
 * sc_status_title:
 * @channel: (nullable): one's own channel
 *
 * Returns: (transfer full): how it stands, in a few words
 */
char *
sc_status_title (ScChannel *channel)
{
  if (!channel || sc_channel_get_state (channel) == SC_CHANNEL_PROVISIONING)
    return g_strdup (_ ("Preparing Your Channel"));
  if (sc_channel_get_state (channel) == SC_CHANNEL_FAILED)
    return g_strdup (_ ("Your Channel Is Not Ready"));
  return g_strdup (sc_channel_get_live (channel) ? _ ("You Are Live") : _ ("Ready to Go Live"));
}

/**
 * sc_status_words:
 * @channel: (nullable): one's own channel
 * @bitrate: what was last measured of its stream, bits a second; negative while unknown
 *
 * Returns: (transfer full): how it stands, and what to do about it
 */
char *
sc_status_words (ScChannel *channel, gint64 bitrate)
{
  if (!channel || sc_channel_get_state (channel) == SC_CHANNEL_PROVISIONING)
    return g_strdup (_ ("This usually takes a few seconds. You can look around meanwhile."));
  if (sc_channel_get_state (channel) == SC_CHANNEL_FAILED)
    return g_strdup (sc_failure_words (sc_channel_get_reason (channel)));
  if (!sc_channel_get_live (channel))
    return g_strdup (_ ("Start streaming in your encoder: it shows here when we see it."));

  g_autofree char *picture = sc_picture_words (sc_channel_get_stream (channel));
  if (!*picture)
    return g_strdup (_ ("We see your stream."));
  if (bitrate >= 0) {
    g_autofree char *rate = sc_measured_bit_rate_words (bitrate);
    /* Translators: the first %s is as "1280×720, 30 fps", the second one as "4.1 Mb/s" */
    return g_strdup_printf (_ ("We see your stream: %s, %s"), picture, rate);
  }
  /* Translators: %s is as "1280×720, 30 fps" */
  return g_strdup_printf (_ ("We see your stream: %s"), picture);
}

/**
 * sc_status_icon:
 * @channel: (nullable): one's own channel
 *
 * Returns: (transfer none): the symbolic icon for how it stands
 */
const char *
sc_status_icon (ScChannel *channel)
{
  if (!channel || sc_channel_get_state (channel) == SC_CHANNEL_PROVISIONING)
    return "content-loading-symbolic";
  if (sc_channel_get_state (channel) == SC_CHANNEL_FAILED)
    return "dialog-warning-symbolic";
  return sc_channel_get_live (channel) ? "media-record-symbolic" : "object-select-symbolic";
}
