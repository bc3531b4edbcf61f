/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-live-pacer.h"
#include "sc-live-pads.h"

G_BEGIN_DECLS

/**
 * ScLiveSessionHost:
 * @element: posts the messages
 * @pacer: says when frames are shown
 * @pads: take the frames
 * @get_now: with @element: the running time, or %GST_CLOCK_TIME_NONE while the clock stands
 * @refresh: with @element, on the client's thread: (transfer full) (nullable): another address, as
 *   the server refused the one there was
 */
typedef struct {
  GstElement *element;
  ScLivePacer *pacer;
  ScLivePads *pads;
  GstClockTime (*get_now) (gpointer element);
  char *(*refresh) (gpointer element);
} ScLiveSessionHost;

/**
 * ScLiveWishes:
 * @target_ms: from the origin to the picture, milliseconds; 0 for automatic
 * @held: whether to stay as far behind as it is
 * @quality: (nullable): name of a rendition; %NULL for automatic
 */
typedef struct {
  guint target_ms;
  gboolean held;
  char *quality;
} ScLiveWishes;

typedef struct _ScLiveSession ScLiveSession;

ScLiveSession *
sc_live_session_new (const ScLiveSessionHost *host, const char *uri, const ScLiveWishes *wishes);
void sc_live_session_free (ScLiveSession *self);

void sc_live_session_set_wishes (ScLiveSession *self, const ScLiveWishes *wishes);
GstStructure *sc_live_session_dup_stats (ScLiveSession *self);

G_END_DECLS
