/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-moderation.h"
#include "sc-streamer-mode.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_MODERATION_LOG_DIALOG (sc_moderation_log_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ScModerationLogDialog,
                      sc_moderation_log_dialog,
                      SC,
                      MODERATION_LOG_DIALOG,
                      AdwDialog)

ScModerationLogDialog *
sc_moderation_log_dialog_new (ScChatModeration *moderation, ScStreamerMode *mode);

G_END_DECLS
