/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-client.h"
#include "sc-streamer-mode.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_CHAT_SETTINGS_DIALOG (sc_chat_settings_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ScChatSettingsDialog,
                      sc_chat_settings_dialog,
                      SC,
                      CHAT_SETTINGS_DIALOG,
                      AdwDialog)

ScChatSettingsDialog *sc_chat_settings_dialog_new (ScClient *client,
                                                   const char *channel,
                                                   gboolean is_streamer,
                                                   ScStreamerMode *mode);

G_END_DECLS
