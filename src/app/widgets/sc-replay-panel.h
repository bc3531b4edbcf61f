/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-player.h"
#include "sc-recording.h"
#include "sc-session.h"
#include "sc-streamer-mode.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_REPLAY_PANEL (sc_replay_panel_get_type ())
G_DECLARE_FINAL_TYPE (ScReplayPanel, sc_replay_panel, SC, REPLAY_PANEL, AdwBin)

void sc_replay_panel_set_mode (ScReplayPanel *self, ScStreamerMode *mode);
void sc_replay_panel_watch (ScReplayPanel *self,
                            ScSession *session,
                            ScRecording *recording,
                            ScPlayer *player,
                            GSettings *settings);

G_END_DECLS
