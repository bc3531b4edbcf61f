/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-channel-store.h"
#include "sc-session-store.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonObject *sc_view_user (const char *name);
JsonObject *sc_view_session (const char *token, const char *name, gint64 now);
JsonObject *sc_view_session_row (const ScSessionRow *row);
JsonObject *sc_view_own_channel (ScChannelRow *row);
char *sc_ingest_server (const char *endpoint);
char *sc_ingest_srt_server (const char *endpoint);

G_END_DECLS
