/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-state-dir.h"

G_BEGIN_DECLS

/* The region and the account that the local cloud plays. AWS's own examples use this account. */
#define SC_LOCAL_REGION "us-west-2"
#define SC_LOCAL_ACCOUNT "123456789012"

/**
 * ScSettings:
 * @control_port: where the control planes listen, http on 127.0.0.1
 * @api_port: where the API is, https
 * @playback_port: where playback is, https
 * @rtmps_port: where the ingest is, TLS
 * @recordings_port: where recordings are, https
 * @rtmp_port: where the ingest is without TLS
 * @srt_port: where the ingest is by SRT, UDP
 * @chat_port: where chat rooms are, wss
 * @access_key_id: who may call the control planes
 * @secret_access_key: what the calls are signed with
 *
 * What a local cloud chooses once, at its first start, and keeps: URLs with these ports are in its
 * database.
 */
typedef struct {
  guint16 control_port;
  guint16 api_port;
  guint16 playback_port;
  guint16 rtmps_port;
  guint16 recordings_port;
  guint16 rtmp_port;
  guint16 srt_port;
  guint16 chat_port;
  char *access_key_id;
  char *secret_access_key;
} ScSettings;

ScSettings *sc_settings_load (ScStateDir *state, GError **error);
void sc_settings_free (ScSettings *self);
char *sc_settings_dup_chat_url (const ScSettings *self);
char *sc_settings_dup_recordings_host (const ScSettings *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScSettings, sc_settings_free)

G_END_DECLS
