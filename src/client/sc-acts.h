/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Nobody has more acts than this without an answer and still means the oldest. */
#define SC_ACTS_MAX 16

/* Whoever does the same so much later means another act: by then a ban was undone, or a stream has
 * begun again. The server takes a minute for one at most. */
#define SC_ACTS_AGE_US (2 * 60 * G_USEC_PER_SEC)

typedef struct _ScActs ScActs;

ScActs *sc_acts_new (void);
void sc_acts_free (ScActs *self);
char *sc_acts_dup_key (ScActs *self, const char *path, const char *token, GBytes *body, gint64 now);
void sc_acts_settle (ScActs *self, const char *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScActs, sc_acts_free)

G_END_DECLS
