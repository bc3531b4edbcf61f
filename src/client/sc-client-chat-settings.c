/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How a room is run: /v1/channels/NAME/chat/settings and moderators. */

#include "config.h"

#include "sc-client-call.h"
#include "sc-client-path.h"
#include "sc-json.h"

static gboolean
read_settings (JsonObject *answer, GValue *ret_value, GError **error)
{
  gint64 pending = 0;
  JsonObject *object = sc_json_get_object (answer, "settings", error);
  g_autoptr (ScChatSettings) settings = object ? sc_chat_settings_from_json (object, error) : NULL;
  if (!settings || !sc_client_read_pending (answer, &pending, error))
    return FALSE;
  settings->pending = (guint) pending;
  g_value_init (ret_value, SC_TYPE_CHAT_SETTINGS);
  g_value_take_boxed (ret_value, g_steal_pointer (&settings));
  return TRUE;
}

/**
 * sc_client_get_chat_settings:
 * @self: the client, with a token
 * @channel: the name of a channel whose room one moderates
 *
 * GET /v1/channels/NAME/chat/settings.
 *
 * Returns: (transfer full): a future that resolves to a %SC_TYPE_CHAT_SETTINGS
 */
DexFuture *
sc_client_get_chat_settings (ScClient *self, const char *channel)
{
  g_autofree char *path = sc_client_path ("channels", channel, "chat", "settings", NULL);
  return sc_client_call (self, "GET", path, NULL, read_settings);
}

/**
 * sc_client_set_chat_modes:
 * @self: the client, with a token
 * @channel: the name of a channel whose room one moderates
 * @modes: how the room is run from now on
 *
 * PATCH /v1/channels/NAME/chat/settings.
 *
 * Returns: (transfer full): a future that resolves to the %SC_TYPE_CHAT_SETTINGS as they are now
 */
DexFuture *
sc_client_set_chat_modes (ScClient *self, const char *channel, const ScChatModes *modes)
{
  JsonObject *body = json_object_new ();
  json_object_set_object_member (body, "modes", sc_chat_modes_to_json (modes));
  g_autofree char *path = sc_client_path ("channels", channel, "chat", "settings", NULL);
  return sc_client_call (self, "PATCH", path, body, read_settings);
}

/**
 * sc_client_set_chat_rules:
 * @self: the client, with a token
 * @channel: the name of one's own channel
 * @settings: the rules, languages, terms and links that hold from now on; the rest does not count
 *
 * PATCH /v1/channels/NAME/chat/settings.
 *
 * Returns: (transfer full): a future that resolves to the %SC_TYPE_CHAT_SETTINGS as they are now
 */
DexFuture *
sc_client_set_chat_rules (ScClient *self, const char *channel, const ScChatSettings *settings)
{
  JsonObject *body = json_object_new ();
  sc_chat_settings_write_rules (settings, body);
  g_autofree char *path = sc_client_path ("channels", channel, "chat", "settings", NULL);
  return sc_client_call (self, "PATCH", path, body, read_settings);
}

/**
 * sc_client_set_moderator:
 * @self: the client, with a token
 * @channel: the name of one's own channel
 * @user_name: somebody's name
 * @moderates: whether they moderate its room from now on
 *
 * PUT or DELETE /v1/channels/NAME/moderators/USERNAME.
 *
 * Returns: (transfer full): a future that resolves to how many calls to the room are still to be
 *   made, as a %G_TYPE_UINT, or rejects with %SC_CLIENT_ERROR_NOT_FOUND
 */
DexFuture *
sc_client_set_moderator (ScClient *self,
                         const char *channel,
                         const char *user_name,
                         gboolean moderates)
{
  g_autofree char *path = sc_client_path ("channels", channel, "moderators", user_name, NULL);
  return sc_client_call (self, moderates ? "PUT" : "DELETE", path, NULL, sc_client_read_count);
}
