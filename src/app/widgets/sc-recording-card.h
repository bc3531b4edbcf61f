/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-pictures.h"
#include "sc-recording.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_RECORDING_CARD (sc_recording_card_get_type ())
G_DECLARE_FINAL_TYPE (ScRecordingCard, sc_recording_card, SC, RECORDING_CARD, AdwBin)

GtkWidget *sc_recording_card_new (ScPictures *pictures);
void sc_recording_card_open (GtkWidget *widget, ScRecording *recording);

G_END_DECLS
