/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-player.h"
#include "sc-recording.h"
#include "sc-seek-bar.h"
#include "sc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_CHAPTERS_BUTTON (sc_chapters_button_get_type ())
G_DECLARE_FINAL_TYPE (ScChaptersButton, sc_chapters_button, SC, CHAPTERS_BUTTON, AdwBin)

void sc_chapters_button_watch (ScChaptersButton *self,
                               ScSession *session,
                               ScRecording *recording,
                               ScPlayer *player,
                               ScSeekBar *bar);
void sc_chapters_button_step (ScChaptersButton *self, int steps);

G_END_DECLS
