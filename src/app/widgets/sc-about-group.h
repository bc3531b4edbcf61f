/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-own-channel.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_ABOUT_GROUP (sc_about_group_get_type ())
G_DECLARE_FINAL_TYPE (ScAboutGroup, sc_about_group, SC, ABOUT_GROUP, AdwPreferencesGroup)

void sc_about_group_set_own_channel (ScAboutGroup *self, ScOwnChannel *own_channel);

G_END_DECLS
