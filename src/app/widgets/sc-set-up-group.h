/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-own-channel.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_SET_UP_GROUP (sc_set_up_group_get_type ())
G_DECLARE_FINAL_TYPE (ScSetUpGroup, sc_set_up_group, SC, SET_UP_GROUP, AdwPreferencesGroup)

void sc_set_up_group_set_own_channel (ScSetUpGroup *self, ScOwnChannel *own_channel);
void sc_set_up_group_set_srt_server (ScSetUpGroup *self, const char *server);
void sc_set_up_group_take_encoder_ready (ScSetUpGroup *self);

G_END_DECLS
