/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-term-list.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The largest rules object: 500 people who are muted have some 50 KB, 500 terms some 35 KB. */
#define SC_REVIEW_RULES_MAX_BYTES (256 * 1024)

/* What a rules object may have of each; more is an error of who wrote it. */
#define SC_REVIEW_RULES_MAX_TERMS 500
#define SC_REVIEW_RULES_MAX_LINKS 200
#define SC_REVIEW_RULES_MAX_MUTED 500

/* The longest slow mode, as of the API. */
#define SC_REVIEW_RULES_MAX_SLOW 3600

/**
 * ScRule:
 * @SC_RULE_TERMS: blocked terms
 * @SC_RULE_LINKS: links
 * @SC_RULE_REPEATS: the same again and again
 * @SC_RULE_CAPITALS: a line in capitals
 *
 * What a line is looked through for.
 */
typedef enum {
  SC_RULE_TERMS,
  SC_RULE_LINKS,
  SC_RULE_REPEATS,
  SC_RULE_CAPITALS,
  SC_N_RULES,
} ScRule;

/**
 * ScRuleAction:
 * @SC_RULE_OFF: nothing
 * @SC_RULE_MASK: the line goes on without what was found
 * @SC_RULE_HOLD: a moderator decides
 * @SC_RULE_REFUSE: nobody sees the line
 *
 * What becomes of a line that breaks a rule; a later one outweighs an earlier one.
 */
typedef enum {
  SC_RULE_OFF,
  SC_RULE_MASK,
  SC_RULE_HOLD,
  SC_RULE_REFUSE,
} ScRuleAction;

/**
 * ScReviewRules:
 * @slow_seconds: how long a person waits between two lines; 0 for no time
 * @followers_only: only who follows may write
 * @read_only: nobody may write but the streamer and moderators
 * @emoji_only: lines are of emoji
 * @actions: what becomes of lines, by #ScRule
 * @languages: whose site terms apply, as "en"
 * @terms: (nullable): the channel's own terms
 * @allowed_links: hosts in lower case that may be linked
 * @muted: who may not write, by user id, until when: microseconds since the epoch as a gint64, 0
 * for good
 *
 * What a room's chat is held to. Never changed once read; reference counted from any thread.
 */
typedef struct {
  guint slow_seconds;
  gboolean followers_only;
  gboolean read_only;
  gboolean emoji_only;
  ScRuleAction actions[SC_N_RULES];
  GStrv languages;
  ScTermList *terms;
  GStrv allowed_links;
  GHashTable *muted;
} ScReviewRules;

ScReviewRules *sc_review_rules_parse (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;
ScReviewRules *sc_review_rules_ref (ScReviewRules *self);
void sc_review_rules_unref (ScReviewRules *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScReviewRules, sc_review_rules_unref)

gboolean sc_review_rules_is_muted (const ScReviewRules *self, const char *user_id, gint64 now_us);
const char *sc_rule_get_name (ScRule rule);

G_END_DECLS
