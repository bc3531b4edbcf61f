/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-store-query.h"

G_BEGIN_DECLS

/* How many of a person's lines are deleted one by one besides being purged, for clients that know
 * only of deletions. */
#define SC_PURGE_DELETES_MAX 25

/**
 * ScPurge:
 * @user_id: the channel's owner
 * @person_public_id: whose lines
 * @action_id: the action that takes them away
 */
typedef struct {
  gint64 user_id;
  const char *person_public_id;
  const char *action_id;
} ScPurge;

char **sc_line_removal_purge (ScStoreConnection *connection, const ScPurge *purge, GError **error);
gboolean sc_line_removal_restore_purged (ScStoreConnection *connection,
                                         const char *action_id,
                                         gint64 now,
                                         GError **error);
gboolean sc_line_removal_restore (ScStoreConnection *connection,
                                  gint64 user_id,
                                  const char *line_id,
                                  gint64 now,
                                  GError **error);

G_END_DECLS
