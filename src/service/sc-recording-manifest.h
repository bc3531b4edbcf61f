/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-recording-store.h"

G_BEGIN_DECLS

/* Where a recording says what it is, after its prefix, and the most bytes that may have: AWS's own
 * has some 2 KB ("Record to Amazon S3"). */
#define SC_RECORDING_MANIFEST "events/recording-ended.json"
#define SC_RECORDING_MANIFEST_MAX (64 * 1024)

gboolean sc_recording_manifest_read (GBytes *bytes, ScRecordingMedia *ret_media, GError **error);

G_END_DECLS
