/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-handlers.h"

static const char *const name_and_password[] = { "name", "password", NULL };
static const char *const title_alone[] = { "title", NULL };

/* The whole API. Both front doors, the authorization test and the page about the API read it. */
static const ScRoute routes[] = {
  { "POST",
    "/v1/users",
    SC_WHO_ANYONE,
    name_and_password,
    sc_handle_sign_up,
    "Makes an account and signs it in" },
  { "POST", "/v1/sessions", SC_WHO_ANYONE, name_and_password, sc_handle_sign_in, "Signs in" },
  { "DELETE", "/v1/session", SC_WHO_USER, NULL, sc_handle_sign_out, "Signs out" },
  { "GET", "/v1/me", SC_WHO_USER, NULL, sc_handle_get_me, "Says who is signed in" },
  { "GET",
    "/v1/me/channel",
    SC_WHO_USER,
    NULL,
    sc_handle_get_own_channel,
    "Shows the own channel" },
  { "PATCH",
    "/v1/me/channel",
    SC_WHO_USER,
    title_alone,
    sc_handle_patch_own_channel,
    "Changes the own channel's title" },
  { "GET",
    "/v1/me/channel/key",
    SC_WHO_USER,
    NULL,
    sc_handle_get_stream_key,
    "Fetches the stream key from Amazon IVS" },
  { "GET",
    "/v1/channels",
    SC_WHO_ANYONE,
    NULL,
    sc_handle_list_live,
    "Lists the live channels, with ?live=1" },
  { "GET", "/v1/channels/NAME", SC_WHO_ANYONE, NULL, sc_handle_get_channel, "Shows a channel" },
  { "POST",
    "/v1/channels/NAME/chat",
    SC_WHO_GUEST_OR_USER,
    NULL,
    sc_handle_create_chat_token,
    "Opens a channel's chat: to read, and for who is signed in to speak" },
  { "GET",
    "/v1/channels/NAME/recordings",
    SC_WHO_ANYONE,
    NULL,
    sc_handle_list_recordings_of,
    "Lists what can be watched of a channel" },
  { "GET",
    "/v1/recordings",
    SC_WHO_ANYONE,
    NULL,
    sc_handle_list_recordings,
    "Lists the newest recordings" },
};

/**
 * sc_routes_get:
 * @ret_count: (out): how many there are
 *
 * Returns: (transfer none) (array length=ret_count): the routes
 */
const ScRoute *
sc_routes_get (guint *ret_count)
{
  *ret_count = G_N_ELEMENTS (routes);
  return routes;
}
