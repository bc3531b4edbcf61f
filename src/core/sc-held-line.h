/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-role.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* The word of a rule: "term", "link", "repeat" or "capitals" today. */
#define SC_HELD_RULE_MAX 40

/**
 * ScHeldLineFields:
 * @id: what names it
 * @at: when it was said, microseconds since the epoch
 * @user_id: who said it
 * @name: (nullable): what they are called
 * @role: who they are in the room
 * @text: what they said
 * @rule: the word of the rule that it broke
 *
 * All that is said of a held line.
 */
typedef struct {
  const char *id;
  gint64 at;
  const char *user_id;
  const char *name;
  ScChatRole role;
  const char *text;
  const char *rule;
} ScHeldLineFields;

#define SC_TYPE_HELD_LINE (sc_held_line_get_type ())
G_DECLARE_FINAL_TYPE (ScHeldLine, sc_held_line, SC, HELD_LINE, GObject)

ScHeldLine *sc_held_line_new (const ScHeldLineFields *fields);
ScHeldLine *sc_held_line_from_json (JsonObject *object, GError **error);
JsonObject *sc_held_line_to_json (ScHeldLine *self);
const ScHeldLineFields *sc_held_line_get_fields (ScHeldLine *self);

G_END_DECLS
