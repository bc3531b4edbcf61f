/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-follow.h"

#include "sc-json-members.h"
#include "sc-json.h"

G_DEFINE_BOXED_TYPE (ScFollow, sc_follow, sc_follow_copy, sc_follow_free)

/**
 * sc_follow_copy:
 * @self: (nullable): what was said
 *
 * Returns: (transfer full) (nullable): a copy
 */
ScFollow *
sc_follow_copy (const ScFollow *self)
{
  return g_memdup2 (self, sizeof *self);
}

/**
 * sc_follow_free:
 * @self: (nullable) (transfer full): what was said
 */
void
sc_follow_free (ScFollow *self)
{
  g_free (self);
}

/**
 * sc_follow_to_json:
 * @self: what is to be said
 *
 * Returns: (transfer full): {following, followers, notify}
 */
JsonObject *
sc_follow_to_json (const ScFollow *self)
{
  JsonObject *object = json_object_new ();
  json_object_set_boolean_member (object, "following", self->following);
  json_object_set_int_member (object, "followers", self->followers);
  json_object_set_boolean_member (object, "notify", self->notify);
  return object;
}

/**
 * sc_follow_from_json:
 * @object: {following, followers, notify?}
 * @error: an error of %SC_DATA_ERROR
 *
 * A server of before tells of every channel.
 *
 * Returns: (transfer full) (nullable): what it says
 */
ScFollow *
sc_follow_from_json (JsonObject *object, GError **error)
{
  g_autoptr (ScFollow) self = g_new0 (ScFollow, 1);
  if (!sc_json_read_bool (object, "following", &self->following, error) ||
      !sc_json_get_int (object, "followers", 0, G_MAXINT64, &self->followers, error) ||
      !sc_json_read_bool (object, "notify", &self->notify, error))
    return NULL;
  self->notify = self->notify || !sc_json_has (object, "notify");
  return g_steal_pointer (&self);
}
