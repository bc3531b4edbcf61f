/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-chat-role.h"

#include "sc-json-members.h"

static const char *const names[] = { "guest", "viewer", "moderator", "streamer", NULL };

/**
 * sc_chat_role_to_string:
 * @role: a role
 *
 * Returns: (transfer none): its word in our API, in senders' attributes and in the database
 */
const char *
sc_chat_role_to_string (ScChatRole role)
{
  return names[role];
}

/**
 * sc_chat_role_from_string:
 * @text: (nullable): a word, as a sender's attributes have it
 *
 * Returns: the role; %SC_CHAT_VIEWER for a word that is none, who may the least of those who speak
 */
ScChatRole
sc_chat_role_from_string (const char *text)
{
  for (guint i = 0; names[i]; i++)
    if (g_strcmp0 (text, names[i]) == 0)
      return (ScChatRole) i;
  return SC_CHAT_VIEWER;
}

/**
 * sc_chat_role_read:
 * @object: an object
 * @member: the member's name
 * @ret_role: (out): the role; untouched on failure
 * @error: an error of %SC_DATA_ERROR
 *
 * Returns: %TRUE if the member is a role
 */
gboolean
sc_chat_role_read (JsonObject *object, const char *member, ScChatRole *ret_role, GError **error)
{
  guint role = 0;
  if (!sc_json_read_choice (object, member, names, &role, error))
    return FALSE;
  *ret_role = (ScChatRole) role;
  return TRUE;
}
