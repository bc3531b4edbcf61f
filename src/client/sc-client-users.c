/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* /v1/users and /v1/me. */

#include "config.h"

#include "sc-client-call.h"
#include "sc-json-members.h"
#include "sc-json.h"
#include "sc-validate.h"

/**
 * sc_client_sign_up:
 * @self: the client
 * @name: the new user's name
 * @password: the new user's password
 *
 * POST /v1/users. The channel is made behind this: see sc_client_get_own_channel().
 *
 * Returns: (transfer full): a future that resolves to a %SC_TYPE_CREDENTIALS
 */
DexFuture *
sc_client_sign_up (ScClient *self, const char *name, const char *password)
{
  JsonObject *body = json_object_new ();
  sc_json_set_string (body, "name", name);
  sc_json_set_string (body, "password", password);
  sc_json_add_string (body, "device", sc_client_get_device (self));
  return sc_client_call (self, "POST", "/v1/users", body, sc_client_read_credentials);
}

static gboolean
read_name (JsonObject *answer, GValue *ret_value, GError **error)
{
  JsonObject *user = sc_json_get_object (answer, "user", error);
  const char *name = user ? sc_json_get_string (user, "name", SC_NAME_MAX, error) : NULL;
  if (!name)
    return FALSE;
  g_value_init (ret_value, G_TYPE_STRING);
  g_value_set_string (ret_value, name);
  return TRUE;
}

/**
 * sc_client_who_am_i:
 * @self: the client, with a token
 *
 * GET /v1/me.
 *
 * Returns: (transfer full): a future that resolves to the name as a string
 */
DexFuture *
sc_client_who_am_i (ScClient *self)
{
  return sc_client_call (self, "GET", "/v1/me", NULL, read_name);
}
