/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-frame-rate.h"
#include "sc-live-link.h"
#include "sc-live-pause.h"
#include "sc-player-live.h"

G_BEGIN_DECLS

/* What the two halves of a #ScPlayerLive share: sc-player-live-messages.c knows the stream,
 * sc-player-live.c the viewer. */

struct _ScPlayerLive {
  GObject parent_instance;

  ScLiveLink *link; /* (nullable): of what is open */
  GListStore *qualities;
  ScLiveStatistics now;
  gint64 behind;
  gint64 server_offset; /* the server's time of day less ours */
  ScLiveTrouble trouble;
  char *quality;
  guint target_latency;
  gboolean is_live;
  gboolean over;

  ScFrameRate frame_rate;

  ScLivePause pause;
};

typedef enum {
  PROP_IS_LIVE = 1,
  PROP_LATENCY,
  PROP_BEHIND,
  PROP_TROUBLE,
  PROP_QUALITIES,
  PROP_QUALITY,
  PROP_SHOWN_QUALITY,
  PROP_TARGET_LATENCY,
  PROP_OVER,
} ScPlayerLiveProperty;

void sc_player_live_notify (ScPlayerLive *self, ScPlayerLiveProperty property);
void sc_player_live_emit_metadata (ScPlayerLive *self, const char *owner, const char *text);

void sc_player_live_emit_refused (ScPlayerLive *self);

/* For the player that a #ScPlayerLive belongs to, and for its tests. */

/**
 * ScLiveCount:
 * @now: monotonic time, microseconds
 * @shown: pictures that were shown since it was opened
 * @dropped: pictures that came too late
 * @decoder: (nullable): what decodes them
 */
typedef struct {
  gint64 now;
  guint64 shown;
  guint64 dropped;
  const char *decoder;
} ScLiveCount;

ScPlayerLive *sc_player_live_new (void);
void sc_player_live_begin (ScPlayerLive *self, ScLiveLink *link);
void sc_player_live_end (ScPlayerLive *self);
void sc_player_live_set_paused (ScPlayerLive *self, gboolean paused, gint64 now);
void sc_player_live_look (ScPlayerLive *self, const ScLiveCount *count);
void sc_player_live_take_message (ScPlayerLive *self, GstMessage *message);

G_END_DECLS
