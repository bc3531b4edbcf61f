/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-client.h"
#include "sc-pictures.h"
#include "sc-recording.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_OWN_RECORDING_ROW (sc_own_recording_row_get_type ())
G_DECLARE_FINAL_TYPE (ScOwnRecordingRow,
                      sc_own_recording_row,
                      SC,
                      OWN_RECORDING_ROW,
                      AdwExpanderRow)

GtkWidget *
sc_own_recording_row_new (ScClient *client, ScPictures *pictures, ScRecording *recording);
char *sc_own_recording_words (ScRecording *recording, gint64 now, GTimeZone *zone);

G_END_DECLS
