/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-ingest.h"
#include "sc-rtmp-connection.h"

G_BEGIN_DECLS

typedef struct _ScIngestSession ScIngestSession;

/**
 * ScIngestSessionConfig:
 * @origin: where segments go
 * @publisher_program: the path of streamcat-publisher
 * @delegate: whom to tell
 * @user_data: passed to @delegate
 * @over: the session is over and may be freed; called once, last
 * @owner: passed to @over
 *
 * What all sessions of an ingest share.
 */
typedef struct {
  ScOrigin *origin;
  char *publisher_program;
  ScIngestDelegate delegate;
  gpointer user_data;
  void (*over) (ScIngestSession *session, gpointer owner);
  gpointer owner;
} ScIngestSessionConfig;

ScIngestSession *sc_ingest_session_new (const ScIngestSessionConfig *config,
                                        const char *channel_id,
                                        ScRtmpConnection *connection,
                                        GError **error);
void sc_ingest_session_free (ScIngestSession *self);

void sc_ingest_session_push (ScIngestSession *self, guint8 type, guint32 timestamp, GBytes *body);
gboolean sc_ingest_session_put_metadata (ScIngestSession *self, const char *text);
void sc_ingest_session_leave (ScIngestSession *self, ScIngestReason reason);
void sc_ingest_session_stop (ScIngestSession *self);

const char *sc_ingest_session_get_channel (const ScIngestSession *self);
const char *sc_ingest_session_get_stream (const ScIngestSession *self);
ScRtmpConnection *sc_ingest_session_get_connection (const ScIngestSession *self);

G_END_DECLS
