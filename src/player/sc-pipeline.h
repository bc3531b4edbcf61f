/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-live-link.h"
#include "sc-player-position.h"
#include "sc-player-sinks.h"
#include "sc-video-watch.h"

#include <gst/gst.h>

G_BEGIN_DECLS

/* The name of the application message that tells of a seek that the stream does not allow. */
#define SC_PIPELINE_SEEK_REFUSED "sc-seek-refused"

typedef struct _ScPipeline ScPipeline;

ScPipeline *sc_pipeline_new (const char *uri,
                             const ScPlayerSinks *sinks,
                             GstBusFunc on_message,
                             gpointer user_data,
                             GError **error);
void sc_pipeline_close (ScPipeline *self);
void sc_pipeline_wait_closed (guint seconds);

GObject *sc_pipeline_get_paintable (ScPipeline *self);
gboolean sc_pipeline_owns_message (ScPipeline *self, GstMessage *message);

void sc_pipeline_set_playing (ScPipeline *self, gboolean playing);
void sc_pipeline_set_sound (ScPipeline *self, double volume, gboolean muted);
void sc_pipeline_restart_clock (ScPipeline *self);
void sc_pipeline_measure_latency (ScPipeline *self);
void sc_pipeline_seek (ScPipeline *self, const ScPlayerSeek *seek, double rate);

gint64 sc_pipeline_query_position (ScPipeline *self);
gint64 sc_pipeline_query_duration (ScPipeline *self);

ScLiveLink *sc_pipeline_get_live (ScPipeline *self);
void sc_pipeline_count_pictures (ScPipeline *self, guint64 *ret_shown, guint64 *ret_dropped);
char *sc_pipeline_dup_decoder (ScPipeline *self);

G_END_DECLS
