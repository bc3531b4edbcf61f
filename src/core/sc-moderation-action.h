/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a moderator may say about an action: it travels in the room's events, whose attributes have
 * 1 KB in all ("Amazon IVS Chat, Service quotas"). */
#define SC_REASON_MAX 200

/* What a person may add to a report, characters. */
#define SC_REPORT_WORDS_MAX 500

/* How long a timeout may be: from a minute to 14 days. */
#define SC_TIMEOUT_MIN_SECONDS 60
#define SC_TIMEOUT_MAX_SECONDS 1209600

/**
 * ScModerationKind:
 * @SC_MODERATION_DELETE: a line was deleted
 * @SC_MODERATION_TIMEOUT: a person may not speak for some time
 * @SC_MODERATION_BAN: a person may not come in any more
 * @SC_MODERATION_UNBAN: a person may come in and speak again
 * @SC_MODERATION_APPROVE: a line that was held was let through
 * @SC_MODERATION_REJECT: a line that was held was not
 * @SC_MODERATION_MODES: how the room is run was changed
 * @SC_MODERATION_RULES: the rules for lines were changed
 * @SC_MODERATION_MOD: a person became a moderator
 * @SC_MODERATION_UNMOD: a person is no moderator any more
 *
 * What was done in a room.
 */
typedef enum {
  SC_MODERATION_DELETE,
  SC_MODERATION_TIMEOUT,
  SC_MODERATION_BAN,
  SC_MODERATION_UNBAN,
  SC_MODERATION_APPROVE,
  SC_MODERATION_REJECT,
  SC_MODERATION_MODES,
  SC_MODERATION_RULES,
  SC_MODERATION_MOD,
  SC_MODERATION_UNMOD,
} ScModerationKind;

/**
 * ScLineCheck:
 * @SC_LINE_UNCHECKED: the room's log has not brought the line
 * @SC_LINE_SAME: the log says the same
 * @SC_LINE_DIFFERS: the log says that it is of somebody else, or reads otherwise
 *
 * Whether a line that was acted on is what the action says: that is what was on a moderator's
 * screen.
 */
typedef enum {
  SC_LINE_UNCHECKED,
  SC_LINE_SAME,
  SC_LINE_DIFFERS,
} ScLineCheck;

/**
 * ScModerationActionFields:
 * @id: what names it
 * @kind: what was done
 * @at: when, microseconds since the epoch
 * @actor_id: who did it
 * @actor_name: (nullable): what they are called, where they still have an account
 * @person_id: (nullable): to whom, where it is about a person
 * @person_name: (nullable): what they were called
 * @line_id: (nullable): to which line, where it is about one
 * @line_text: (nullable): what it said
 * @line_check: whether the line is that
 * @logged_id: (nullable): whose it is by the log, where that differs
 * @logged_text: (nullable): what it says by the log, where that differs
 * @details: (nullable): what was changed of modes or rules, the JSON of an object: of a value the
 * new one, of a list {added, removed}, each {count, first}
 * @reason: (nullable): why, in the actor's words
 * @until: when it ends, microseconds since the epoch; 0 for not by itself
 * @undone_at: when it was undone, microseconds since the epoch; 0 if it was not
 * @undoable_until: until when its actor can undo it, microseconds since the epoch; 0 if they cannot
 * @pending: how many calls to the room did not go through yet and are made again, where it is the
 *   answer to an order; no member of the JSON
 *
 * All that is said of an action.
 */
typedef struct {
  const char *id;
  ScModerationKind kind;
  gint64 at;
  const char *actor_id;
  const char *actor_name;
  const char *person_id;
  const char *person_name;
  const char *line_id;
  const char *line_text;
  ScLineCheck line_check;
  const char *logged_id;
  const char *logged_text;
  const char *details;
  const char *reason;
  gint64 until;
  gint64 undone_at;
  gint64 undoable_until;
  guint pending;
} ScModerationActionFields;

#define SC_TYPE_MODERATION_ACTION (sc_moderation_action_get_type ())
G_DECLARE_FINAL_TYPE (ScModerationAction, sc_moderation_action, SC, MODERATION_ACTION, GObject)

ScModerationAction *sc_moderation_action_new (const ScModerationActionFields *fields);
ScModerationAction *sc_moderation_action_from_json (JsonObject *object, GError **error);
JsonObject *sc_moderation_action_to_json (ScModerationAction *self);
const ScModerationActionFields *sc_moderation_action_get_fields (ScModerationAction *self);

const char *sc_moderation_kind_to_string (ScModerationKind kind);
gboolean sc_moderation_kind_read (JsonObject *object,
                                  const char *member,
                                  ScModerationKind *ret_kind,
                                  GError **error);

G_END_DECLS
