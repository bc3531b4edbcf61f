/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-moderation-action.h"
#include "sc-store-query.h"

G_BEGIN_DECLS

/* Somebody who sees at once that they hit the wrong line takes it back in this time; the app shows
 * a button for as long. */
#define SC_UNDO_SHOWN_US (10 * G_TIME_SPAN_SECOND)

/**
 * ScNewAction:
 * @id: a random uuid
 * @user_id: the channel's owner
 * @kind: what is done
 * @actor_id: who does it
 * @person_id: to whom, 0 for nobody
 * @line_id: (nullable): to which line
 * @content: (nullable): what it says
 * @reason: (nullable): why
 * @until: the end of a timeout, microseconds since the epoch, else 0
 * @at: when, microseconds since the epoch
 * @details: (nullable): JSON
 *
 * What is done in a room.
 */
typedef struct {
  const char *id;
  gint64 user_id;
  ScModerationKind kind;
  gint64 actor_id;
  gint64 person_id;
  const char *line_id;
  const char *content;
  const char *reason;
  gint64 until;
  gint64 at;
  const char *details;
} ScNewAction;

/**
 * ScActionRow:
 * @action: the action as moderators see it
 * @actor_id: who did it
 * @person_id: to whom, 0 for nobody
 */
typedef struct {
  ScModerationAction *action;
  gint64 actor_id;
  gint64 person_id;
} ScActionRow;

/**
 * ScActionQuery:
 * @user_id: the channel's owner
 * @asker_id: who asks: only they can undo what they did
 * @now: microseconds since the epoch
 * @person_public_id: (nullable): only what was done to this person
 * @before_id: (nullable): the id of the action after which the page begins; %NULL for from the
 * newest
 * @limit: how many at most
 *
 * A page of what was done in a room.
 */
typedef struct {
  gint64 user_id;
  gint64 asker_id;
  gint64 now;
  const char *person_public_id;
  const char *before_id;
  guint limit;
} ScActionQuery;

void sc_action_row_free (ScActionRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScActionRow, sc_action_row_free)

gboolean sc_moderation_store_lock (ScStoreConnection *connection, gint64 user_id, GError **error);
gboolean sc_moderation_store_insert (ScStoreConnection *connection,
                                     const ScNewAction *action,
                                     GError **error);
gboolean sc_moderation_store_find (ScStoreConnection *connection,
                                   const ScActionQuery *query,
                                   const char *id,
                                   ScActionRow **ret_row,
                                   GError **error);
GPtrArray *sc_moderation_store_list (ScStoreConnection *connection,
                                     const ScActionQuery *query,
                                     GError **error);
gboolean sc_moderation_store_mark_undone (ScStoreConnection *connection,
                                          const char *id,
                                          gint64 undone_by,
                                          gint64 now,
                                          GError **error);

G_END_DECLS
