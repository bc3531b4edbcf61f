/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-own-channel.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_SETTINGS_GROUP (sc_settings_group_get_type ())
G_DECLARE_FINAL_TYPE (ScSettingsGroup, sc_settings_group, SC, SETTINGS_GROUP, AdwPreferencesGroup)

void sc_settings_group_set_own_channel (ScSettingsGroup *self, ScOwnChannel *own_channel);

G_END_DECLS
