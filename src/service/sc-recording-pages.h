/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-handlers.h"
#include "sc-recording-store.h"

G_BEGIN_DECLS

ScResponse *
sc_call_read_recordings_page (ScCall *call, ScRecordingsWanted *ret_wanted, GHashTable **ret_query);
ScResponse *sc_call_answer_recordings (ScCall *call,
                                       GPtrArray *rows,
                                       const ScRecordingsWanted *wanted,
                                       gboolean is_own);

G_END_DECLS
