/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-client.h"
#include "sc-recording-list.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_RECORDINGS_SECTION (sc_recordings_section_get_type ())
G_DECLARE_FINAL_TYPE (ScRecordingsSection, sc_recordings_section, SC, RECORDINGS_SECTION, AdwBin)

void sc_recordings_section_watch (ScRecordingsSection *self, ScClient *client, const char *channel);
ScRecordingList *sc_recordings_section_get_list (ScRecordingsSection *self);

G_END_DECLS
