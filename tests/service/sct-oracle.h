/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sct-service.h"
#include "sct-world.h"

G_BEGIN_DECLS

/* Says what has to be in the database, from what happened, what of it was delivered, and when AWS
 * was asked. A small model of its own: it shares nothing with the code that it judges. */
typedef struct _SctOracle SctOracle;

SctOracle *sct_oracle_new (SctService *service, SctWorld *world);
void sct_oracle_free (SctOracle *self);

void sct_oracle_begin (SctOracle *self, guint32 seed);
void sct_oracle_note_event (SctOracle *self, SctWorldEvent *event);
void sct_oracle_note_question (SctOracle *self);
gboolean sct_oracle_has_event (SctOracle *self, SctWorldEvent *event);

void sct_oracle_check (SctOracle *self);
void sct_oracle_check_live_ones (SctOracle *self);

guint sct_oracle_count_deliveries (SctOracle *self);
guint sct_oracle_count_questions (SctOracle *self);

G_END_DECLS
