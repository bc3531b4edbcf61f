/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-channel-page.h"
#include "sc-recording-page.h"

G_BEGIN_DECLS

void sc_page_player_set_up_live (ScChannelPage *page,
                                 GtkWindow *window,
                                 GSettings *settings,
                                 ScSession *session);
void sc_page_player_set_up_recording (ScRecordingPage *page,
                                      GtkWindow *window,
                                      GSettings *settings,
                                      ScSession *session);

G_END_DECLS
