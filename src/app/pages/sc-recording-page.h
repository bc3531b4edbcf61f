/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-link.h"
#include "sc-playing-page.h"
#include "sc-recording.h"
#include "sc-session.h"
#include "sc-streamer-mode.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A #ScPlayingPage. */
#define SC_TYPE_RECORDING_PAGE (sc_recording_page_get_type ())
G_DECLARE_FINAL_TYPE (ScRecordingPage, sc_recording_page, SC, RECORDING_PAGE, AdwNavigationPage)

ScRecordingPage *sc_recording_page_new (ScSession *session,
                                        GSettings *settings,
                                        ScStreamerMode *mode,
                                        ScRecording *recording);
void sc_recording_page_go_to (ScRecordingPage *self, gint64 moment);
ScPlayer *sc_recording_page_get_player (ScRecordingPage *self);

G_END_DECLS
