/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The way into a chat room, as our API gives it. A plain value, any thread. */

#include "config.h"

#include "sc-chat-token.h"

#include "sc-error.h"
#include "sc-json-members.h"
#include "sc-json.h"
#include "sc-time.h"
#include "sc-validate.h"

#include <string.h>

/* Amazon's tokens have some 300 characters; a header of 4 KB passes every server. */
#define TOKEN_MAX 4096
#define ENDPOINT_MAX 256
#define TIME_MAX 40
#define USER_ID_MAX 128 /* Amazon IVS Chat, CreateChatToken: userId */

static const struct {
  const char *name;
  ScChatCapabilities capability;
} capability_names[] = {
  { "SEND_MESSAGE", SC_CHAT_SEND },
  { "DELETE_MESSAGE", SC_CHAT_DELETE },
  { "DISCONNECT_USER", SC_CHAT_DISCONNECT },
};

G_DEFINE_BOXED_TYPE (ScChatToken, sc_chat_token, sc_chat_token_copy, sc_chat_token_free)

/**
 * sc_chat_token_copy:
 * @self: (nullable): a token
 *
 * Returns: (transfer full) (nullable): a copy
 */
ScChatToken *
sc_chat_token_copy (const ScChatToken *self)
{
  if (!self)
    return NULL;
  ScChatToken *copy = g_memdup2 (self, sizeof *self);
  copy->endpoint = g_strdup (self->endpoint);
  copy->token = g_strdup (self->token);
  copy->user_id = g_strdup (self->user_id);
  copy->name = g_strdup (self->name);
  return copy;
}

/**
 * sc_chat_token_free:
 * @self: (nullable) (transfer full): a token; the secret is wiped
 */
void
sc_chat_token_free (ScChatToken *self)
{
  if (!self)
    return;
  if (self->token)
    explicit_bzero (self->token, strlen (self->token));
  g_free (self->endpoint);
  g_free (self->token);
  g_free (self->user_id);
  g_free (self->name);
  g_free (self);
}

/* The token goes there: nothing less than wss will do, but for ws within this very machine. */
static gboolean
is_sound_endpoint (const char *endpoint)
{
  g_autoptr (GUri) uri = g_uri_parse (endpoint, G_URI_FLAGS_NONE, NULL);
  const char *host = uri ? g_uri_get_host (uri) : NULL;
  if (!host || !*host || g_uri_get_userinfo (uri))
    return FALSE;
  const char *scheme = g_uri_get_scheme (uri);
  return g_str_equal (scheme, "wss") ||
         (g_str_equal (scheme, "ws") &&
          (g_str_equal (host, "127.0.0.1") || g_str_equal (host, "localhost")));
}

/* It travels in the list of Sec-WebSocket-Protocol. */
static gboolean
is_sound_secret (const char *token)
{
  for (const char *at = token; *at; at++)
    if (!g_ascii_isgraph (*at) || *at == ',')
      return FALSE;
  return *token != '\0';
}

static gboolean
read_capabilities (JsonObject *object, ScChatCapabilities *ret_capabilities, GError **error)
{
  JsonArray *array = sc_json_get_array (object, "capabilities", error);
  if (!array)
    return FALSE;
  ScChatCapabilities capabilities = SC_CHAT_READ;
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);
    const char *name =
      json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
    for (guint j = 0; j < G_N_ELEMENTS (capability_names); j++)
      if (g_strcmp0 (name, capability_names[j].name) == 0)
        capabilities |= capability_names[j].capability;
  }
  *ret_capabilities = capabilities;
  return TRUE;
}

static gboolean
read_strings (ScChatToken *self, JsonObject *object, GError **error)
{
  const char *endpoint = sc_json_get_string (object, "endpoint", ENDPOINT_MAX, error);
  const char *token = endpoint ? sc_json_get_string (object, "token", TOKEN_MAX, error) : NULL;
  const char *user_id = token ? sc_json_get_string (object, "user_id", USER_ID_MAX, error) : NULL;
  if (!user_id)
    return FALSE;
  if (!is_sound_endpoint (endpoint) || !is_sound_secret (token)) {
    g_set_error_literal (error,
                         SC_DATA_ERROR,
                         SC_DATA_ERROR_RANGE,
                         "“endpoint” or “token” is not one for a chat room");
    return FALSE;
  }
  self->endpoint = g_strdup (endpoint);
  self->token = g_strdup (token);
  self->user_id = g_strdup (user_id);
  self->name = g_strdup (sc_json_get_string_or (object, "name", NULL));
  if (self->name && g_utf8_strlen (self->name, -1) > SC_NAME_MAX)
    g_clear_pointer (&self->name, g_free);
  return TRUE;
}

/* A server that says nothing of it has neither moderators nor modes. */
static gboolean
read_standing (ScChatToken *self, JsonObject *object, GError **error)
{
  JsonObject *modes = NULL;
  self->role = self->name ? SC_CHAT_VIEWER : SC_CHAT_GUEST;
  if (sc_json_has (object, "modes") && !(modes = sc_json_get_object (object, "modes", error)))
    return FALSE;
  return (!modes || sc_chat_modes_read (modes, &self->modes, error)) &&
         (!sc_json_has (object, "role") ||
          sc_chat_role_read (object, "role", &self->role, error)) &&
         sc_json_read_bool (object, "follows", &self->follows, error);
}

/**
 * sc_chat_token_from_json:
 * @object: the "chat" of an answer of our API
 * @error: an error of %SC_DATA_ERROR
 *
 * Capabilities that this program does not know are left out.
 *
 * Returns: (transfer full) (nullable): the token
 */
ScChatToken *
sc_chat_token_from_json (JsonObject *object, GError **error)
{
  g_autoptr (ScChatToken) self = g_new0 (ScChatToken, 1);
  const char *expires = sc_json_get_string (object, "session_expires_at", TIME_MAX, error);
  if (!expires || !sc_time_from_string (expires, &self->session_expires_at, error) ||
      !read_capabilities (object, &self->capabilities, error) ||
      !read_strings (self, object, error) || !read_standing (self, object, error))
    return NULL;
  return g_steal_pointer (&self);
}
