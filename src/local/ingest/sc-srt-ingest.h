/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-srt-question.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _ScSrtIngest ScSrtIngest;

/**
 * ScSrtAdmit:
 * @key: what an encoder showed as its stream id
 * @ret_passphrase: (out) (transfer full): what it has to know besides, a secret; only when accepted
 * @user_data: as given with it
 *
 * Decides on an encoder. In the main context; compare keys in constant time.
 *
 * Returns: whether it may go on
 */
typedef ScSrtVerdict (*ScSrtAdmit) (const char *key, char **ret_passphrase, gpointer user_data);

/**
 * ScSrtIngestConfig:
 * @listener_program: the path of streamcat-srt-listener
 * @bridge_program: the path of streamcat-srt-bridge
 * @rtmp_port: where the ingest takes RTMP on loopback
 * @admit: decides on encoders
 * @user_data: passed to @admit
 */
typedef struct {
  const char *listener_program;
  const char *bridge_program;
  guint16 rtmp_port;
  ScSrtAdmit admit;
  gpointer user_data;
} ScSrtIngestConfig;

ScSrtIngest *sc_srt_ingest_new (const ScSrtIngestConfig *config, guint16 port, GError **error);
void sc_srt_ingest_free (ScSrtIngest *self);
guint16 sc_srt_ingest_get_port (const ScSrtIngest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScSrtIngest, sc_srt_ingest_free)

G_END_DECLS
