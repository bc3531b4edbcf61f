/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

enum {
  SC_LIVE_WINDOW_SLICES = 20,
  SC_LIVE_WINDOW_BINS = 512,
};

typedef struct {
  guint counts[SC_LIVE_WINDOW_BINS];
  guint n;
  gint64 least;
  gint64 most;
} ScLiveWindowSlice;

/**
 * ScLiveWindow:
 *
 * The offsets (arrival - pts) of the last 20 s: the least of them, and how much later most others
 * are. A plain value, %{0} to begin with. Nanoseconds.
 */
typedef struct {
  ScLiveWindowSlice slices[SC_LIVE_WINDOW_SLICES];
  ScLiveWindowSlice sum;
  gint64 slice; /* number of the newest one, counted from time 0 */
  gint64 lateness;
  gint64 lateness_until;
} ScLiveWindow;

void sc_live_window_clear (ScLiveWindow *self);
gboolean sc_live_window_add (ScLiveWindow *self, gint64 offset, gint64 now);
gboolean sc_live_window_is_empty (const ScLiveWindow *self);
gint64 sc_live_window_get_floor (const ScLiveWindow *self);
gint64 sc_live_window_get_recent_floor (const ScLiveWindow *self);
gint64 sc_live_window_get_lateness (ScLiveWindow *self, gint64 now);

G_END_DECLS
