/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_NOTIFY_GROUP (sc_notify_group_get_type ())
G_DECLARE_FINAL_TYPE (ScNotifyGroup, sc_notify_group, SC, NOTIFY_GROUP, AdwPreferencesGroup)

void sc_notify_group_set_settings (ScNotifyGroup *self, GSettings *settings);

G_END_DECLS
