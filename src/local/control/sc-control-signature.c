/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Who calls: signature version 4 on a request of libsoup's server. */

#include "config.h"

#include "sc-control-signature.h"

#include "sc-sigv4.h"

static void
append_header (const char *name, const char *value, gpointer user_data)
{
  GPtrArray *headers = user_data;
  g_ptr_array_add (headers, g_strdup (name));
  g_ptr_array_add (headers, g_strdup (value));
}

static gboolean
map_signature_error (const GError *signature_error, GError **error)
{
  gboolean missing = g_error_matches (signature_error, SC_SIGV4_ERROR, SC_SIGV4_ERROR_MISSING);
  g_set_error_literal (error,
                       SC_CONTROL_ERROR,
                       missing ? SC_CONTROL_ERROR_MISSING_SIGNATURE
                               : SC_CONTROL_ERROR_BAD_SIGNATURE,
                       signature_error->message);
  return FALSE;
}

/**
 * sc_control_authenticate:
 * @message: a request
 * @body: its body
 * @place: whose calls are taken
 * @ret_service: (out) (transfer full) (nullable): the signing name of the service that is called;
 * set as soon as the request says it, be it proven or not
 * @error: %SC_CONTROL_ERROR_MISSING_SIGNATURE, %SC_CONTROL_ERROR_UNKNOWN_KEY or
 * %SC_CONTROL_ERROR_BAD_SIGNATURE
 *
 * Checks who calls, and that nobody changed the call on its way.
 *
 * Returns: %TRUE if the call is what one of ours signed
 */
gboolean
sc_control_authenticate (SoupServerMessage *message,
                         GBytes *body,
                         const ScControlPlace *place,
                         char **ret_service,
                         GError **error)
{
  SoupMessageHeaders *all = soup_server_message_get_request_headers (message);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ScSigV4Authorization) authorization =
    sc_sigv4_authorization_parse (soup_message_headers_get_one (all, "Authorization"),
                                  &local_error);
  if (!authorization)
    return map_signature_error (local_error, error);
  *ret_service = g_strdup (authorization->service);
  if (!g_str_equal (authorization->access_key_id, place->access_key_id)) {
    g_set_error_literal (error,
                         SC_CONTROL_ERROR,
                         SC_CONTROL_ERROR_UNKNOWN_KEY,
                         "The security token included in the request is invalid.");
    return FALSE;
  }

  g_autoptr (GPtrArray) headers = g_ptr_array_new_null_terminated (32, g_free, TRUE);
  soup_message_headers_foreach (all, append_header, headers);
  GUri *uri = soup_server_message_get_uri (message);
  /* libsoup decodes the path; every client of AWS encodes it in this way. */
  g_autofree char *path = g_uri_escape_string (g_uri_get_path (uri), "/", FALSE);
  const ScSigV4Request request = {
    .method = soup_server_message_get_method (message),
    .path = path,
    .query = g_uri_get_query (uri),
    .headers = (const char *const *) headers->pdata,
    .body = body,
  };
  if (sc_sigv4_verify (authorization,
                       &request,
                       place->secret_access_key,
                       g_get_real_time (),
                       &local_error))
    return TRUE;
  return map_signature_error (local_error, error);
}
