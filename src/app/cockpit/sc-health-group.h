/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-stream-status.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_HEALTH_GROUP (sc_health_group_get_type ())
G_DECLARE_FINAL_TYPE (ScHealthGroup, sc_health_group, SC, HEALTH_GROUP, AdwPreferencesGroup)

void sc_health_group_show (ScHealthGroup *self,
                           ScStreamStatus *status,
                           const char *channel_type,
                           gint64 now);

G_END_DECLS
