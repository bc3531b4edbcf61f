/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-net-error.h"

#include <gio/gio.h>
#include <libsoup/soup.h>

G_DEFINE_QUARK (sc-net-error-quark, sc_net_error)

/* Codes that mean one thing wherever they appear. */
static gboolean
classify_anywhere (const GError *cause, ScNetError *ret_code)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    *ret_code = SC_NET_ERROR_CANCELLED;
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE))
    *ret_code = SC_NET_ERROR_TOO_LARGE;
  else if (cause->domain == SOUP_SESSION_ERROR && cause->code != SOUP_SESSION_ERROR_ENCODING)
    *ret_code = SC_NET_ERROR_PROTOCOL;
  else
    return FALSE;
  return TRUE;
}

static ScNetError
classify_connecting (const GError *cause)
{
  if (cause->domain == G_RESOLVER_ERROR)
    return SC_NET_ERROR_RESOLVE;
  if (cause->domain == G_TLS_ERROR)
    return SC_NET_ERROR_TLS;
  return SC_NET_ERROR_REFUSED;
}

/**
 * sc_net_error_classify:
 * @cause: an error of GIO, its resolver, its TLS, or libsoup
 * @phase: how far the exchange got
 *
 * The table behind every %SC_NET_ERROR of this folder. A TLS alert or a time-out means "never
 * processed" before the request goes out and "perhaps processed" after, hence @phase.
 *
 * Returns: the code
 */
ScNetError
sc_net_error_classify (const GError *cause, ScNetPhase phase)
{
  ScNetError code;
  if (classify_anywhere (cause, &code))
    return code;
  if (phase == SC_NET_CONNECTING)
    return classify_connecting (cause);
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return SC_NET_ERROR_TIMEOUT;
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    return SC_NET_ERROR_PROTOCOL;
  return phase == SC_NET_READING ? SC_NET_ERROR_TRUNCATED : SC_NET_ERROR_RESET;
}

/**
 * sc_net_error_was_sent:
 * @error: an error that an exchange ended with
 *
 * Tells whether the other side may have acted on the request, which decides whether a request that
 * is not idempotent may be repeated.
 *
 * Returns: %FALSE if the request certainly never left; %TRUE if the outcome is unclear
 */
gboolean
sc_net_error_was_sent (const GError *error)
{
  return !g_error_matches (error, SC_NET_ERROR, SC_NET_ERROR_RESOLVE) &&
         !g_error_matches (error, SC_NET_ERROR, SC_NET_ERROR_REFUSED) &&
         !g_error_matches (error, SC_NET_ERROR, SC_NET_ERROR_TLS);
}
