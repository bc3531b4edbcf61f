/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-stream-status.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_REPORTS_GROUP (sc_reports_group_get_type ())
G_DECLARE_FINAL_TYPE (ScReportsGroup, sc_reports_group, SC, REPORTS_GROUP, AdwPreferencesGroup)

void sc_reports_group_show (ScReportsGroup *self, ScStreamStatus *status);

G_END_DECLS
