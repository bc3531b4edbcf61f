/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-own-channel.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_STATUS_GROUP (sc_status_group_get_type ())
G_DECLARE_FINAL_TYPE (ScStatusGroup, sc_status_group, SC, STATUS_GROUP, AdwPreferencesGroup)

void sc_status_group_set_own_channel (ScStatusGroup *self, ScOwnChannel *own_channel);
void sc_status_group_show_busy (ScStatusGroup *self);

G_END_DECLS
