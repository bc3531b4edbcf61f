/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-review-rules.h"

G_BEGIN_DECLS

/**
 * ScRulesFetch:
 * @room: a room's id
 * @user_data: the data given with it
 * @error: why there is nothing
 *
 * Reads the rules object of a room. Blocks, in a thread of its own.
 *
 * Returns: (transfer full) (nullable): the object
 */
typedef GBytes *(*ScRulesFetch) (const char *room, gpointer user_data, GError **error);

/**
 * ScRulesClock:
 * @user_data: the data given with it
 *
 * Returns: a time that only grows, in microseconds
 */
typedef gint64 (*ScRulesClock) (gpointer user_data);

typedef struct _ScRulesCache ScRulesCache;

ScRulesCache *sc_rules_cache_new (ScRulesFetch fetch, gpointer user_data);
void sc_rules_cache_free (ScRulesCache *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScRulesCache, sc_rules_cache_free)

void sc_rules_cache_set_clock (ScRulesCache *self, ScRulesClock clock, gpointer user_data);
ScReviewRules *sc_rules_cache_get (ScRulesCache *self, const char *room);

G_END_DECLS
