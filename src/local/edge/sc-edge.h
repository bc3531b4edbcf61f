/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-state-dir.h"
#include "sc-supervisor.h"

G_BEGIN_DECLS

/**
 * ScEdgePorts:
 * @api: https, the product's API
 * @playback: https, playlists and segments
 * @recordings: https, recordings
 * @rtmps: TLS, the ingest
 * @chat: wss, chat rooms
 *
 * Where the edge listens on 127.0.0.1.
 */
typedef struct {
  guint16 api;
  guint16 playback;
  guint16 recordings;
  guint16 rtmps;
  guint16 chat;
} ScEdgePorts;

#define SC_TYPE_EDGE (sc_edge_get_type ())
G_DECLARE_FINAL_TYPE (ScEdge, sc_edge, SC, EDGE, GObject)

ScEdge *sc_edge_new (ScStateDir *state,
                     const ScEdgePorts *ports,
                     const char *recordings_folder,
                     GError **error);
ScChild *sc_edge_add_child (ScEdge *self, ScSupervisor *supervisor);
const char *sc_edge_get_ca_file (ScEdge *self);

G_END_DECLS
