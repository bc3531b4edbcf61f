/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-client.h"
#include "sc-recording.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_PAST_STREAMS_DIALOG (sc_past_streams_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ScPastStreamsDialog,
                      sc_past_streams_dialog,
                      SC,
                      PAST_STREAMS_DIALOG,
                      AdwDialog)

ScPastStreamsDialog *sc_past_streams_dialog_new (ScClient *client, ScRecording *recording);

G_END_DECLS
