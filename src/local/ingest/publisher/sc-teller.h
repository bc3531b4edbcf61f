/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-record.h"

G_BEGIN_DECLS

/**
 * ScTellerFunc:
 * @record: what there is to tell
 * @user_data: as given
 *
 * Takes a record. Called on any thread, never on two at once.
 */
typedef void (*ScTellerFunc) (const ScRecord *record, gpointer user_data);

typedef struct _ScTeller ScTeller;

ScTeller *sc_teller_new (ScTellerFunc func, gpointer user_data);
void sc_teller_free (ScTeller *self);
void sc_teller_tell (ScTeller *self, const ScRecord *record);
void sc_teller_close (ScTeller *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScTeller, sc_teller_free)

G_END_DECLS
