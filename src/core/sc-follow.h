/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * ScFollow:
 * @following: whether who asks follows the channel
 * @followers: how many do
 * @notify: whether who follows it wants to be told when it goes live
 *
 * What somebody who is signed in has to do with a channel.
 */
typedef struct {
  gboolean following;
  gint64 followers;
  gboolean notify;
} ScFollow;

#define SC_TYPE_FOLLOW (sc_follow_get_type ())
GType sc_follow_get_type (void);

ScFollow *sc_follow_copy (const ScFollow *self);
void sc_follow_free (ScFollow *self);
JsonObject *sc_follow_to_json (const ScFollow *self);
ScFollow *sc_follow_from_json (JsonObject *object, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScFollow, sc_follow_free)

G_END_DECLS
