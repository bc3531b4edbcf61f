/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-live-demux.h"
#include "sc-live-pacer.h"

G_BEGIN_DECLS

/**
 * ScLiveClockFunc:
 * @user_data: as given
 *
 * Returns: the pipeline's running time, nanoseconds, or %GST_CLOCK_TIME_NONE before it runs
 */
typedef GstClockTime (*ScLiveClockFunc) (gpointer user_data);

typedef struct _ScLiveOutput ScLiveOutput;

ScLiveOutput *sc_live_output_new (GstPad *pad,
                                  ScLiveKind kind,
                                  ScLivePacer *pacer,
                                  ScLiveClockFunc get_now,
                                  gpointer user_data);
void sc_live_output_free (ScLiveOutput *self);

GstPad *sc_live_output_get_pad (ScLiveOutput *self);

void sc_live_output_start (ScLiveOutput *self);
void sc_live_output_stop (ScLiveOutput *self);
void sc_live_output_wake (ScLiveOutput *self);

void sc_live_output_push_event (ScLiveOutput *self, GstEvent *event);
void sc_live_output_push_frame (ScLiveOutput *self, guint epoch, GstBuffer *frame);
gboolean sc_live_output_is_full (ScLiveOutput *self);

G_END_DECLS
