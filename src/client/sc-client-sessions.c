/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* /v1/sessions and /v1/session: signing in and out, and where one is signed in. */

#include "config.h"

#include "sc-client-call.h"
#include "sc-client-path.h"
#include "sc-json-members.h"
#include "sc-json.h"
#include "sc-list-page.h"
#include "sc-sign-in.h"

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
  sc_json_add_string (body, "device", sc_client_get_device (self));
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

static gpointer
read_sign_in (JsonObject *object, GError **error)
{
  return sc_sign_in_from_json (object, error);
}

static gboolean
read_sign_ins (JsonObject *answer, GValue *ret_value, GError **error)
{
  return sc_client_take_list (
    sc_list_from_json (answer, "sessions", SC_TYPE_SIGN_IN, read_sign_in, error),
    ret_value);
}

/**
 * sc_client_list_sign_ins:
 * @self: the client, with a token
 *
 * GET /v1/sessions.
 *
 * Returns: (transfer full): a future that resolves to a #GListStore of #ScSignIn, the one used last
 *   first
 */
DexFuture *
sc_client_list_sign_ins (ScClient *self)
{
  return sc_client_call (self, "GET", "/v1/sessions", NULL, read_sign_ins);
}

/**
 * sc_client_end_sign_in:
 * @self: the client, with a token
 * @id: one of sc_client_list_sign_ins()
 *
 * DELETE /v1/sessions/ID.
 *
 * Returns: (transfer full): a future that resolves to %TRUE
 */
DexFuture *
sc_client_end_sign_in (ScClient *self, const char *id)
{
  g_autofree char *path = sc_client_path ("sessions", id, NULL);
  return sc_client_call (self, "DELETE", path, NULL, NULL);
}

/**
 * sc_client_sign_out_everywhere:
 * @self: the client, with a token
 *
 * DELETE /v1/sessions: here, too.
 *
 * Returns: (transfer full): a future that resolves to %TRUE
 */
DexFuture *
sc_client_sign_out_everywhere (ScClient *self)
{
  return sc_client_call (self, "DELETE", "/v1/sessions", NULL, NULL);
}
