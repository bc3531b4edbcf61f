/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Slower than that is no talk any more: read-only says what is meant. */
#define SC_CHAT_SLOW_MAX_SECONDS 600

/**
 * ScChatModes:
 * @slow_seconds: how long one waits between two lines, 0 for not at all
 * @followers_only: whether only who follows the channel speaks
 * @read_only: whether only the streamer and moderators speak
 * @emoji_only: whether only emoji are said
 *
 * How a room is run at the moment. The streamer and moderators are under none of it.
 */
typedef struct {
  guint slow_seconds;
  gboolean followers_only;
  gboolean read_only;
  gboolean emoji_only;
} ScChatModes;

#define SC_TYPE_CHAT_MODES (sc_chat_modes_get_type ())
GType sc_chat_modes_get_type (void);

ScChatModes *sc_chat_modes_copy (const ScChatModes *self);
void sc_chat_modes_free (ScChatModes *self);
gboolean sc_chat_modes_equal (const ScChatModes *a, const ScChatModes *b);
gboolean sc_chat_modes_read (JsonObject *object, ScChatModes *ret_modes, GError **error);
JsonObject *sc_chat_modes_to_json (const ScChatModes *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScChatModes, sc_chat_modes_free)

G_END_DECLS
