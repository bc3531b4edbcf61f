/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-response.h"

G_BEGIN_DECLS

/**
 * ScPageWanted:
 * @limit: how many rows at most, one more than the answer shall have
 * @before_at: after which place, microseconds since the epoch; 0 for from the newest
 * @before_id: (nullable): the uuid at that place
 * @user_id: (nullable): only what is about this person: a uuid
 *
 * What the query of a list's page says.
 */
typedef struct {
  guint limit;
  gint64 before_at;
  char *before_id;
  char *user_id;
} ScPageWanted;

ScResponse *sc_page_wanted_read (ScPageWanted *self, const char *query);
void sc_page_wanted_clear (ScPageWanted *self);
void sc_page_set_older (JsonObject *body, gint64 at, const char *id);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ScPageWanted, sc_page_wanted_clear)

G_END_DECLS
