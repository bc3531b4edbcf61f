/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What errors are called on screen: the only place that turns a GError into words for people. Pure
 * functions. */

#include "config.h"

#include "sc-error-words.h"

#include "sc-client-error.h"
#include "sc-player-words.h"

#include <glib/gi18n.h>

static const struct {
  ScClientError code;
  ScErrorWords words;
} client_words[] = {
  { SC_CLIENT_ERROR_UNREACHABLE,
    { N_ ("Cannot Reach the Server"),
      N_ ("Check that you are online and that the server runs, then try again."),
      "network-offline-symbolic" } },
  { SC_CLIENT_ERROR_UNTRUSTED,
    { N_ ("The Server Cannot Be Trusted"),
      N_ ("The server could not prove who it is, so nothing was sent to it."),
      "security-low-symbolic" } },
  { SC_CLIENT_ERROR_TIMED_OUT,
    { N_ ("The Server Does Not Answer"),
      N_ ("It took too long to answer. Try again in a moment."),
      "network-error-symbolic" } },
  { SC_CLIENT_ERROR_PROTOCOL,
    { N_ ("Not a StreamCat Server"),
      N_ ("The answer was not one that a StreamCat server gives. Check the server’s address."),
      "network-error-symbolic" } },
  { SC_CLIENT_ERROR_NO_SERVER,
    { N_ ("No Server Yet"),
      N_ ("Enter the address of a StreamCat server first."),
      "network-server-symbolic" } },
  { SC_CLIENT_ERROR_INVALID_NAME,
    { N_ ("This Name Is Not Possible"),
      N_ ("A name has 3 to 32 letters, digits, hyphens and underscores."),
      "dialog-warning-symbolic" } },
  { SC_CLIENT_ERROR_INVALID_PASSWORD,
    { N_ ("This Password Is Not Possible"),
      N_ ("A password has at least 8 characters."),
      "dialog-warning-symbolic" } },
  { SC_CLIENT_ERROR_INVALID_TITLE,
    { N_ ("This Title Is Not Possible"),
      N_ ("A title has 1 to 140 characters."),
      "dialog-warning-symbolic" } },
  { SC_CLIENT_ERROR_NAME_TAKEN,
    { N_ ("This Name Is Taken"),
      N_ ("Somebody else has this name already. Choose another one."),
      "dialog-warning-symbolic" } },
  { SC_CLIENT_ERROR_WRONG_CREDENTIALS,
    { N_ ("Wrong Name or Password"),
      N_ ("The name or password is wrong."),
      "dialog-warning-symbolic" } },
  { SC_CLIENT_ERROR_TOO_MANY_ATTEMPTS,
    { N_ ("Too Many Attempts"),
      N_ ("Try again later. Signing in may work on a computer on which you have signed in before."),
      "dialog-password-symbolic" } },
  { SC_CLIENT_ERROR_TOO_MANY_FOLLOWS,
    { N_ ("You Follow Many Channels"),
      N_ ("There is no room for another one. Stop following a channel first."),
      "dialog-warning-symbolic" } },
  { SC_CLIENT_ERROR_WRONG_PASSWORD,
    { N_ ("Wrong Password"), N_ ("The password is wrong."), "dialog-warning-symbolic" } },
  { SC_CLIENT_ERROR_WRONG_CODE,
    { N_ ("Wrong Recovery Code"),
      N_ ("The name or the recovery code is wrong. A code works once."),
      "dialog-warning-symbolic" } },
  { SC_CLIENT_ERROR_ACCOUNT_DELETED,
    { N_ ("Your Account Is Closed"),
      N_ ("It is to be deleted. Sign in to keep it."),
      "dialog-password-symbolic" } },
  { SC_CLIENT_ERROR_UNAUTHORIZED,
    { N_ ("You Are Signed Out"), N_ ("Sign in to go on."), "dialog-password-symbolic" } },
  { SC_CLIENT_ERROR_NOT_FOUND,
    { N_ ("Not Found"), N_ ("There is no such channel."), "edit-find-symbolic" } },
  { SC_CLIENT_ERROR_BUSY,
    { N_ ("The Server Is Busy"),
      N_ ("Many people want something at once. Try again in a few seconds."),
      "network-error-symbolic" } },
  { SC_CLIENT_ERROR_CHANNEL_NOT_READY,
    { N_ ("Your Channel Is Not Ready Yet"),
      N_ ("It is still being prepared. This usually takes a few seconds."),
      "network-error-symbolic" } },
  { SC_CLIENT_ERROR_NOT_LIVE,
    { N_ ("You Are Not Live"), N_ ("The stream is over already."), "network-error-symbolic" } },
  { SC_CLIENT_ERROR_UPSTREAM,
    { N_ ("The Video Service Does Not Answer"),
      N_ ("The server could not reach the video service behind it. Try again in a moment."),
      "network-error-symbolic" } },
};

static const ScErrorWords general_words = {
  N_ ("Something Went Wrong"),
  N_ ("This should not have happened. Try again, and look at the details if it stays."),
  "dialog-error-symbolic",
};

/* Why a channel could not be made: the reasons of our API's channels. */
static const struct {
  const char *reason;
  const char *words;
} failures[] = {
  { "quota", N_ ("The server has no room for another channel at the moment.") },
  { "denied", N_ ("The server is not allowed to make channels. Its operator has to see to that.") },
  { "unavailable", N_ ("The video service cannot be reached at the moment.") },
  { "invalid", N_ ("The video service did not accept your channel.") },
};

/**
 * sc_error_words:
 * @error: an error of any domain
 *
 * Returns: what to call it; not to be shown for a cancellation
 */
ScErrorWords
sc_error_words (const GError *error)
{
  const ScErrorWords *player_words = sc_player_words_find (error);
  const ScErrorWords *found = player_words ? player_words : &general_words;
  for (guint i = 0; i < G_N_ELEMENTS (client_words); i++)
    if (g_error_matches (error, SC_CLIENT_ERROR, client_words[i].code))
      found = &client_words[i].words;
  return (ScErrorWords) { _ (found->title), _ (found->body), found->icon_name };
}

/**
 * sc_failure_words:
 * @reason: (nullable): the reason of a channel that failed, as "quota"
 *
 * Returns: a translated sentence
 */
const char *
sc_failure_words (const char *reason)
{
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    if (g_strcmp0 (reason, failures[i].reason) == 0)
      return _ (failures[i].words);
  return _ ("The video service could not make your channel.");
}

/**
 * sc_stop_failure_words:
 * @error: why a stream could not be ended
 *
 * Returns: (transfer full): a sentence, which begins with what there is to do: a narrow window cuts
 *   its end
 */
char *
sc_stop_failure_words (const GError *error)
{
  guint wait = sc_client_error_get_wait (error);
  if (!g_error_matches (error, SC_CLIENT_ERROR, SC_CLIENT_ERROR_TOO_MANY_ATTEMPTS))
    return g_strdup (_ ("The stream could not be ended."));
  if (wait == 0)
    return g_strdup (_ ("Try again in a moment: you just tried several times."));
  return g_strdup_printf (ngettext ("Try again in %u second: you just tried several times.",
                                    "Try again in %u seconds: you just tried several times.",
                                    wait),
                          wait);
}

/**
 * sc_error_details:
 * @error: an error of any domain
 *
 * Returns: (transfer full): the untranslated words for a report: message, domain, code
 */
char *
sc_error_details (const GError *error)
{
  return g_strdup_printf ("%s\n(%s, %d)",
                          error->message,
                          g_quark_to_string (error->domain),
                          error->code);
}
