/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-moderation-action.h"

G_BEGIN_DECLS

void sc_audit_csv_begin (GString *csv);
void sc_audit_csv_add (GString *csv, const ScModerationActionFields *action);

G_END_DECLS
