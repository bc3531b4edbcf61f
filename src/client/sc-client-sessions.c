/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* /v1/sessions and /v1/session. */

#include "config.h"

#include "sc-client-call.h"
#include "sc-json.h"

/**
 * sc_client_sign_in:
 * @self: the client
 * @name: the user's name
 * @password: the user's password
 *
 * POST /v1/sessions.
 *
 * Returns: (transfer full): a future that resolves to a %SC_TYPE_CREDENTIALS
 */
DexFuture *
sc_client_sign_in (ScClient *self, const char *name, const char *password)
{
  JsonObject *body = json_object_new ();
  sc_json_set_string (body, "name", name);
  sc_json_set_string (body, "password", password);
  return sc_client_call (self, "POST", "/v1/sessions", body, sc_client_read_credentials);
}

/**
 * sc_client_sign_out:
 * @self: the client, with a token
 *
 * DELETE /v1/session: the server forgets the token. The request has left with the token when this
 * returns, so the token may be forgotten here at once.
 *
 * Returns: (transfer full): a future that resolves to %TRUE
 */
DexFuture *
sc_client_sign_out (ScClient *self)
{
  return sc_client_call (self, "DELETE", "/v1/session", NULL, NULL);
}
