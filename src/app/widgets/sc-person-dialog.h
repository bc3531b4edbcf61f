/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-line.h"
#include "sc-chat-moderation.h"
#include "sc-streamer-mode.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_PERSON_DIALOG (sc_person_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ScPersonDialog, sc_person_dialog, SC, PERSON_DIALOG, AdwDialog)

ScPersonDialog *sc_person_dialog_new (ScChatModeration *moderation,
                                      GSettings *settings,
                                      ScStreamerMode *mode,
                                      ScChatRole role,
                                      ScChatLine *line);

G_END_DECLS
