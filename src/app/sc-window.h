/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-application.h"
#include "sc-places.h"
#include "sc-recording.h"
#include "sc-session.h"
#include "sc-streamer-mode.h"

G_BEGIN_DECLS

#define SC_TYPE_WINDOW (sc_window_get_type ())
G_DECLARE_FINAL_TYPE (ScWindow, sc_window, SC, WINDOW, AdwApplicationWindow)

ScWindow *sc_window_new (ScApplication *application, GSettings *settings, ScSession *session);
ScWindow *sc_window_find (void);

void sc_window_open_recording (ScWindow *self, ScRecording *recording, gint64 moment);
void sc_window_open_channel (ScWindow *self, const char *name);
void sc_window_open_uri (ScWindow *self, const char *uri);
ScStreamerMode *sc_window_get_streamer_mode (ScWindow *self);
ScPlaces *sc_window_get_places (ScWindow *self);

G_END_DECLS
