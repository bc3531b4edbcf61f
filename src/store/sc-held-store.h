/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-held-line.h"
#include "sc-store-query.h"

G_BEGIN_DECLS

/* As many as a moderator looks at; the oldest come first, so that each has its turn. */
#define SC_HELD_LINES_MAX 100

/**
 * ScNewHeldLine:
 * @id: a random uuid
 * @message_id: the id that the room had for it
 * @line: the line; its own id is not looked at
 *
 * A line that the review held back.
 */
typedef struct {
  const char *id;
  const char *message_id;
  ScHeldLineFields line;
} ScNewHeldLine;

/**
 * ScHeldRow:
 * @line: the line
 * @message_id: the id that the room had for it
 * @sender_id: who said it, 0 if they are no user any more
 * @is_decided: whether somebody has decided about it
 */
typedef struct {
  ScHeldLine *line;
  char *message_id;
  gint64 sender_id;
  gboolean is_decided;
} ScHeldRow;

/**
 * ScHeldVerdict:
 * @id: the line's uuid
 * @approved: whether others may read it
 * @decided_by: who says so
 * @now: microseconds since the epoch
 */
typedef struct {
  const char *id;
  gboolean approved;
  gint64 decided_by;
  gint64 now;
} ScHeldVerdict;

void sc_held_row_free (ScHeldRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScHeldRow, sc_held_row_free)

gboolean sc_held_store_insert (ScStoreConnection *connection,
                               gint64 user_id,
                               const ScNewHeldLine *held,
                               gboolean *ret_new,
                               GError **error);
gboolean sc_held_store_count (ScStoreConnection *connection,
                              gint64 user_id,
                              gint64 now,
                              gint64 *ret_count,
                              GError **error);
GPtrArray *
sc_held_store_list (ScStoreConnection *connection, gint64 user_id, gint64 now, GError **error);
gboolean sc_held_store_find (ScStoreConnection *connection,
                             gint64 user_id,
                             const char *id,
                             ScHeldRow **ret_row,
                             GError **error);
gboolean
sc_held_store_decide (ScStoreConnection *connection, const ScHeldVerdict *verdict, GError **error);
gboolean sc_held_store_forget (ScStoreConnection *connection, gint64 now, GError **error);

G_END_DECLS
