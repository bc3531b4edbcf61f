/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-own-channel.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_TITLE_GROUP (sc_title_group_get_type ())
G_DECLARE_FINAL_TYPE (ScTitleGroup, sc_title_group, SC, TITLE_GROUP, AdwPreferencesGroup)

void sc_title_group_set_own_channel (ScTitleGroup *self, ScOwnChannel *own_channel);

G_END_DECLS
