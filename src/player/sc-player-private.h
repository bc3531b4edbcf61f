/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-pipeline.h"
#include "sc-player-live-private.h"
#include "sc-player.h"

G_BEGIN_DECLS

/* What the player is made of: sc-player.c answers to the owner, with sc-player-rate.c for
 * how fast it plays; sc-player-stream.c keeps what is
 * open, sc-player-messages.c answers to the pipeline. */

struct _ScPlayer {
  GObject parent_instance;

  const ScPlayerSinks *sinks;
  ScPipeline *pipeline;
  ScPlayerFacts facts;
  ScPlayerState state;
  GError *error;
  GObject *paintable;
  ScPlayerLive *live;
  char *missing;
  char *uri;
  ScPlayerPosition place;
  guint place_source;
  gint64 opened_at;
  int width;
  int height;
  double volume;
  gboolean muted;
  double rate;      /* of recordings; 1 while a live stream is open */
  double sent_rate; /* that the seek on its way asks for */
  double real_rate; /* that the pipeline goes at */
  gboolean retried; /* opened again, with one decoder less */
};

typedef enum {
  PROP_STATE = 1,
  PROP_ERROR,
  PROP_PAINTABLE,
  PROP_LIVE,
  PROP_WIDTH,
  PROP_HEIGHT,
  PROP_PAUSED,
  PROP_VOLUME,
  PROP_MUTED,
  PROP_POSITION,
  PROP_DURATION,
  PROP_RATE,
} ScPlayerProperty;

void sc_player_notify (ScPlayer *self, ScPlayerProperty property);
void sc_player_update_state (ScPlayer *self);
void sc_player_apply_playing (ScPlayer *self);
void sc_player_set_size (ScPlayer *self, int width, int height);
void sc_player_set_error (ScPlayer *self, GError *error);
void sc_player_set_paintable (ScPlayer *self, GObject *paintable);
void sc_player_apply_sound (ScPlayer *self);
void sc_player_open_stream (ScPlayer *self, const char *uri);
void sc_player_close_stream (ScPlayer *self);
void sc_player_fail (ScPlayer *self, GError *error);
void sc_player_end (ScPlayer *self);
void sc_player_reopen (ScPlayer *self);

void sc_player_reset_rate (ScPlayer *self);
void sc_player_begin_at_rate (ScPlayer *self);
void sc_player_take_back_rate (ScPlayer *self);
void sc_player_forget_place (ScPlayer *self);
void sc_player_send_seek (ScPlayer *self);
gboolean sc_player_on_look (gpointer user_data);
gboolean sc_player_on_bus_message (GstBus *bus, GstMessage *message, gpointer user_data);

G_END_DECLS
