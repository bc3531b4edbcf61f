/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_BLOCKED_GROUP (sc_blocked_group_get_type ())
G_DECLARE_FINAL_TYPE (ScBlockedGroup, sc_blocked_group, SC, BLOCKED_GROUP, AdwPreferencesGroup)

void sc_blocked_group_set_settings (ScBlockedGroup *self, GSettings *settings);

G_END_DECLS
