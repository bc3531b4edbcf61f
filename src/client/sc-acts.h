/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Nobody has more acts than this without an answer and still means the oldest. */
#define SC_ACTS_MAX 16

typedef struct _ScActs ScActs;

ScActs *sc_acts_new (void);
void sc_acts_free (ScActs *self);
char *sc_acts_dup_key (ScActs *self, const char *path, const char *token, GBytes *body);
void sc_acts_settle (ScActs *self, const char *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScActs, sc_acts_free)

G_END_DECLS
