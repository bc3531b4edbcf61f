/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-channel.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_ENCODER_GROUP (sc_encoder_group_get_type ())
G_DECLARE_FINAL_TYPE (ScEncoderGroup, sc_encoder_group, SC, ENCODER_GROUP, AdwPreferencesGroup)

void sc_encoder_group_set_channel (ScEncoderGroup *self, ScChannel *channel);
void sc_encoder_group_set_srt_server (ScEncoderGroup *self, const char *server);

G_END_DECLS
