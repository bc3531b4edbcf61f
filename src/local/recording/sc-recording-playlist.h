/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-recording-index.h"

G_BEGIN_DECLS

char *sc_recording_playlist_write_master (const ScRecordingIndex *index, const char *playlist);
char *sc_recording_playlist_write_files (const ScRecordingIndex *index);
char *sc_recording_playlist_write_ranges (const ScRecordingIndex *index);

G_END_DECLS
