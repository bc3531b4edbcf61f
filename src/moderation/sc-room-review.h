/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-recent-lines.h"
#include "sc-review-rules.h"

G_BEGIN_DECLS

/**
 * ScSaid:
 * @room: the room's id
 * @person: who says it
 * @is_moderator: that is the streamer or a moderator by their token, whom no rule binds unless they
 *   were banned since
 * @follows: that person follows the channel
 * @text: what, without what cannot be seen at its ends
 * @now_us: when, microseconds since the epoch
 *
 * A line that somebody wants others to read.
 */
typedef struct {
  const char *room;
  const char *person;
  gboolean is_moderator;
  gboolean follows;
  const char *text;
  gint64 now_us;
} ScSaid;

/**
 * ScReviewResult:
 * @action: %SC_RULE_OFF to let it through, %SC_RULE_MASK to let @text through instead,
 * %SC_RULE_HOLD, %SC_RULE_REFUSE
 * @reason: why, for the writer's program; empty where it goes through
 * @rule: (nullable): the rule that it breaks
 * @text: (nullable): what others may read of it
 *
 * What becomes of a line.
 */
typedef struct {
  ScRuleAction action;
  char reason[32];
  const char *rule;
  char *text;
} ScReviewResult;

typedef struct _ScRoomReview ScRoomReview;

ScRoomReview *sc_room_review_new (void);
void sc_room_review_free (ScRoomReview *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScRoomReview, sc_room_review_free)

void sc_room_review_check (ScRoomReview *self,
                           const ScReviewRules *rules,
                           const ScSaid *said,
                           ScReviewResult *ret_result);
void sc_review_result_clear (ScReviewResult *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ScReviewResult, sc_review_result_clear)

G_END_DECLS
