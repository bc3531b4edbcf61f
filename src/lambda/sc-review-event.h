/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-room-review.h"
#include "sc-rules-cache.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ScLineHold:
 * @line: what chat_held gets, JSON
 * @user_data: the data given with it
 * @error: why nobody took it
 *
 * Hands over a line that a moderator is to decide on. Blocks for 80 ms at most.
 *
 * Returns: %TRUE once it will be in the queue
 */
typedef gboolean (*ScLineHold) (GBytes *line, gpointer user_data, GError **error);

/**
 * ScReviewer:
 * @rules: the rooms' rules
 * @review: the review
 * @hold: takes lines that are held
 * @hold_data: for @hold
 *
 * What reviews need.
 */
typedef struct {
  ScRulesCache *rules;
  ScRoomReview *review;
  ScLineHold hold;
  gpointer hold_data;
} ScReviewer;

GBytes *sc_review_event_answer (GBytes *event, gpointer reviewer, GError **error);

G_END_DECLS
