/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-chat-modes.h"

#include "sc-json-members.h"
#include "sc-json.h"

G_DEFINE_BOXED_TYPE (ScChatModes, sc_chat_modes, sc_chat_modes_copy, sc_chat_modes_free)

/**
 * sc_chat_modes_copy:
 * @self: (nullable): modes
 *
 * Returns: (transfer full) (nullable): a copy
 */
ScChatModes *
sc_chat_modes_copy (const ScChatModes *self)
{
  return g_memdup2 (self, sizeof *self);
}

/**
 * sc_chat_modes_free:
 * @self: (nullable) (transfer full): modes
 */
void
sc_chat_modes_free (ScChatModes *self)
{
  g_free (self);
}

/**
 * sc_chat_modes_equal:
 * @a: modes
 * @b: modes
 *
 * Returns: %TRUE if the room is run in the same way
 */
gboolean
sc_chat_modes_equal (const ScChatModes *a, const ScChatModes *b)
{
  return a->slow_seconds == b->slow_seconds && !a->followers_only == !b->followers_only &&
         !a->read_only == !b->read_only && !a->emoji_only == !b->emoji_only;
}

/**
 * sc_chat_modes_read:
 * @object: modes as our API and a room's rules have them
 * @ret_modes: (out caller-allocates): the modes; of no use on failure
 * @error: an error of %SC_DATA_ERROR
 *
 * A mode that is absent is off.
 *
 * Returns: %TRUE if they are modes
 */
gboolean
sc_chat_modes_read (JsonObject *object, ScChatModes *ret_modes, GError **error)
{
  gint64 slow_seconds = 0;
  if (sc_json_has (object, "slow_seconds") &&
      !sc_json_get_int (object, "slow_seconds", 0, SC_CHAT_SLOW_MAX_SECONDS, &slow_seconds, error))
    return FALSE;
  ret_modes->slow_seconds = (guint) slow_seconds;
  return sc_json_read_bool (object, "followers_only", &ret_modes->followers_only, error) &&
         sc_json_read_bool (object, "read_only", &ret_modes->read_only, error) &&
         sc_json_read_bool (object, "emoji_only", &ret_modes->emoji_only, error);
}

/**
 * sc_chat_modes_to_json:
 * @self: modes
 *
 * Returns: (transfer full): the modes as our API and a room's rules have them
 */
JsonObject *
sc_chat_modes_to_json (const ScChatModes *self)
{
  JsonObject *object = json_object_new ();
  json_object_set_int_member (object, "slow_seconds", self->slow_seconds);
  json_object_set_boolean_member (object, "followers_only", self->followers_only);
  json_object_set_boolean_member (object, "read_only", self->read_only);
  json_object_set_boolean_member (object, "emoji_only", self->emoji_only);
  return object;
}
