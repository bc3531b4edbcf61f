/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_MODERATORS_GROUP (sc_moderators_group_get_type ())
G_DECLARE_FINAL_TYPE (ScModeratorsGroup,
                      sc_moderators_group,
                      SC,
                      MODERATORS_GROUP,
                      AdwPreferencesGroup)

void sc_moderators_group_set_channel (ScModeratorsGroup *self,
                                      ScClient *client,
                                      const char *channel,
                                      gboolean is_streamer);
void sc_moderators_group_show (ScModeratorsGroup *self, const ScChatSettings *settings);

G_END_DECLS
