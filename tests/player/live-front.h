/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sct-studio.h"

G_BEGIN_DECLS

/**
 * LiveFront:
 * @port: of loopback
 * @pauses: whether media playlists say that the stream ended, and name nothing that is being made
 * @hides_prefetch: whether they name nothing that is being made
 * @breaks_prefetch: whether what is being made cannot be had
 * @spoils: whether segments are nonsense
 * @token: (nullable): without it in the query the master is refused
 * @n_refused: how often it was
 *
 * What stands between an origin and its players on a bad day. Playlists come through it; segments
 * are redirected to the origin. The main context's.
 */
typedef struct {
  SctStudio *studio;
  SoupServer *server;
  guint16 port;
  gboolean pauses;
  gboolean hides_prefetch;
  gboolean breaks_prefetch;
  gboolean spoils;
  const char *token;
  guint n_refused;
} LiveFront;

LiveFront *live_front_new (SctStudio *studio);
void live_front_free (LiveFront *self);
char *live_front_get_uri (LiveFront *self, const char *query);

G_END_DECLS
