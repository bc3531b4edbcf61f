/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-own-channel.h"
#include "sc-streamer-mode.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_INGEST_GROUP (sc_ingest_group_get_type ())
G_DECLARE_FINAL_TYPE (ScIngestGroup, sc_ingest_group, SC, INGEST_GROUP, AdwPreferencesGroup)

void sc_ingest_group_set_channel (ScIngestGroup *self, ScClient *client, ScOwnChannel *own_channel);
void sc_ingest_group_set_mode (ScIngestGroup *self, ScStreamerMode *mode);
const char *sc_ingest_group_get_srt_server (ScIngestGroup *self);
void sc_ingest_group_copy_server (ScIngestGroup *self);
void sc_ingest_group_copy_key (ScIngestGroup *self);
void sc_ingest_group_toggle_key (ScIngestGroup *self);
void sc_ingest_group_hide_key (ScIngestGroup *self);

G_END_DECLS
