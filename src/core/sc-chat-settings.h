/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-modes.h"

G_BEGIN_DECLS

/* A whole settings object fits the 64 KiB of a request's body at four bytes a character. */
#define SC_CHAT_TERMS_MAX 200
#define SC_CHAT_TERM_MAX 50

/* A name in DNS has at most 253 characters (RFC 1035, 2.3.4). */
#define SC_CHAT_LINKS_MAX 50
#define SC_CHAT_LINK_MAX 253

#define SC_CHAT_LANGUAGES_MAX 8
#define SC_CHAT_LANGUAGE_MAX 8

#define SC_CHAT_MODERATORS_MAX 100

/**
 * ScChatRuleAction:
 * @SC_CHAT_RULE_OFF: nothing
 * @SC_CHAT_RULE_MASK: the word is made unreadable
 * @SC_CHAT_RULE_HOLD: the line waits for a moderator
 * @SC_CHAT_RULE_REFUSE: the line is not said
 *
 * What happens to a line that breaks a rule.
 */
typedef enum {
  SC_CHAT_RULE_OFF,
  SC_CHAT_RULE_MASK,
  SC_CHAT_RULE_HOLD,
  SC_CHAT_RULE_REFUSE,
} ScChatRuleAction;

/**
 * ScChatRules:
 * @terms: for blocked terms
 * @links: for links to where nobody allowed them
 * @repeats: for the same again, and the same letter again and again
 * @capitals: for lines in capitals
 *
 * What happens to lines that break a rule.
 */
typedef struct {
  ScChatRuleAction terms;
  ScChatRuleAction links;
  ScChatRuleAction repeats;
  ScChatRuleAction capitals;
} ScChatRules;

/**
 * ScChatModerator:
 * @user_id: who it is in the room
 * @name: what they are called
 *
 * Somebody whom the streamer lets moderate.
 */
typedef struct {
  char *user_id;
  char *name;
} ScChatModerator;

/**
 * ScChatSettings:
 * @modes: how the room is run at the moment
 * @rules: what happens to lines that break a rule
 * @languages: whose lists of terms are used, as "en"
 * @terms: the streamer's own blocked terms
 * @allowed_links: hosts that may be linked to, as "example.org"
 * @moderators: (element-type ScChatModerator): who moderates
 * @pending: how many calls to the room did not go through yet and are made again, where it is the
 *   answer to an order; no member of the JSON
 *
 * What a streamer has set for a room. No list is %NULL.
 */
typedef struct {
  ScChatModes modes;
  ScChatRules rules;
  char **languages;
  char **terms;
  char **allowed_links;
  GPtrArray *moderators;
  guint pending;
} ScChatSettings;

#define SC_TYPE_CHAT_SETTINGS (sc_chat_settings_get_type ())
GType sc_chat_settings_get_type (void);

#define SC_CHAT_RULES_DEFAULT                                                                      \
  { .terms = SC_CHAT_RULE_MASK,                                                                    \
    .links = SC_CHAT_RULE_HOLD,                                                                    \
    .repeats = SC_CHAT_RULE_REFUSE,                                                                \
    .capitals = SC_CHAT_RULE_OFF }

ScChatSettings *sc_chat_settings_new (void);
ScChatSettings *sc_chat_settings_copy (const ScChatSettings *self);
void sc_chat_settings_free (ScChatSettings *self);
void sc_chat_settings_add_moderator (ScChatSettings *self, const char *user_id, const char *name);

gboolean sc_chat_rules_read (JsonObject *object, ScChatRules *ret_rules, GError **error);
JsonObject *sc_chat_rules_to_json (const ScChatRules *self);
gboolean sc_chat_settings_read_rules (ScChatSettings *self, JsonObject *object, GError **error);
void sc_chat_settings_write_rules (const ScChatSettings *self, JsonObject *object);
ScChatSettings *sc_chat_settings_from_json (JsonObject *object, GError **error);
JsonObject *sc_chat_settings_to_json (const ScChatSettings *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScChatSettings, sc_chat_settings_free)

G_END_DECLS
