/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a name, a password and a title may be: one set of rules, asked by the app before it sends
 * and by the backend before it believes. Pure functions, any thread. */

#include "config.h"

#include "sc-validate.h"

#include <string.h>

static ScInvalid
check_length (glong length, glong min, glong max)
{
  if (length == 0)
    return SC_INVALID_EMPTY;
  if (length < min)
    return SC_INVALID_TOO_SHORT;
  return length > max ? SC_INVALID_TOO_LONG : SC_VALID;
}

/**
 * sc_validate_name:
 * @name: (nullable): a user's name, which is also the channel's
 *
 * A name starts with a letter or a digit and goes on with ASCII letters, digits, "-" and "_": what
 * the name of an Amazon IVS resource may hold, so that no sign-up fails there for its name.
 *
 * Returns: %SC_VALID, or the first thing that is wrong
 */
ScInvalid
sc_validate_name (const char *name)
{
  ScInvalid length = check_length (name ? g_utf8_strlen (name, -1) : 0, SC_NAME_MIN, SC_NAME_MAX);
  if (length == SC_INVALID_EMPTY)
    return length;
  for (const char *at = name; *at; at++)
    if (!g_ascii_isalnum (*at) && *at != '-' && *at != '_')
      return SC_INVALID_CHARACTER;
  if (!g_ascii_isalnum (*name))
    return SC_INVALID_START;
  return length;
}

/**
 * sc_validate_password:
 * @password: (nullable): a password
 *
 * Any characters count, as the person typed them; only the length is judged (ASVS 5.0, 6.2).
 *
 * Returns: %SC_VALID, or what is wrong
 */
ScInvalid
sc_validate_password (const char *password)
{
  if (password && !g_utf8_validate (password, -1, NULL))
    return SC_INVALID_CHARACTER;
  return check_length (password ? g_utf8_strlen (password, -1) : 0,
                       SC_PASSWORD_MIN,
                       SC_PASSWORD_MAX);
}

/* One line that says something: not only spaces, nothing that breaks a line. */
static ScInvalid
check_line (const char *text, glong max)
{
  g_autofree char *stripped = text ? g_strstrip (g_strdup (text)) : NULL;
  ScInvalid length = check_length (stripped ? g_utf8_strlen (stripped, -1) : 0, 1, max);
  if (length != SC_VALID)
    return length;
  for (const char *at = stripped; *at; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return SC_INVALID_CHARACTER;
  return SC_VALID;
}

/**
 * sc_validate_title:
 * @title: (nullable): the title of a channel, one line
 *
 * Returns: %SC_VALID, or what is wrong
 */
ScInvalid
sc_validate_title (const char *title)
{
  return check_line (title, SC_TITLE_MAX);
}

/**
 * sc_validate_category:
 * @category: (nullable): what kind of thing a stream is, one line; empty for none
 *
 * Returns: %SC_VALID, or what is wrong
 */
ScInvalid
sc_validate_category (const char *category)
{
  ScInvalid invalid = check_line (category, SC_CATEGORY_MAX);
  return invalid == SC_INVALID_EMPTY ? SC_VALID : invalid;
}

/**
 * sc_validate_about:
 * @about: (nullable): what a channel says about itself: lines of text, or nothing
 *
 * Returns: %SC_VALID, or what is wrong
 */
ScInvalid
sc_validate_about (const char *about)
{
  if (about && g_utf8_strlen (about, -1) > SC_ABOUT_MAX)
    return SC_INVALID_TOO_LONG;
  for (const char *at = about ?: ""; *at; at = g_utf8_next_char (at))
    if (*at != '\n' && g_unichar_iscntrl (g_utf8_get_char (at)))
      return SC_INVALID_CHARACTER;
  return SC_VALID;
}

/**
 * sc_validate_device:
 * @device: (nullable): what a machine is called in the list of sessions, one line
 *
 * Returns: %SC_VALID, or what is wrong
 */
ScInvalid
sc_validate_device (const char *device)
{
  return check_line (device, SC_DEVICE_MAX);
}
