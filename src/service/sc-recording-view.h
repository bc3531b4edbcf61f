/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-recording-store.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonObject *sc_view_recording (const char *base, const ScRecordingRow *row, gboolean is_own);

G_END_DECLS
