/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-origin.h"
#include "sc-viewers.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * ScOriginChannel:
 * @origin: where it is
 * @id: the last part of its ARN
 * @broadcast: its segments and playlists
 * @viewers: who fetches those
 * @linger_id: the time after which a stream that is over is forgotten, or 0
 *
 * A channel that has a stream, or had one just now.
 */
typedef struct {
  ScOrigin *origin;
  char *id;
  ScBroadcast *broadcast;
  ScViewers *viewers;
  guint linger_id;
} ScOriginChannel;

struct _ScOrigin {
  GObject parent_instance;
  SoupServer *server;
  char *base_url;
  gint64 chunk_us;
  GHashTable *channels; /* channel id -> ScOriginChannel */
  GHashTable *segments; /* segment id -> ScSegment */
  guint n_requests;
};

void sc_origin_answer (SoupServer *server,
                       SoupServerMessage *message,
                       const char *path,
                       GHashTable *query,
                       gpointer user_data);

G_END_DECLS
