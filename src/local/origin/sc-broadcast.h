/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-media-info.h"
#include "sc-segment.h"

G_BEGIN_DECLS

/* Segments that a playlist lists: Amazon IVS's window of 30 s. */
#define SC_BROADCAST_WINDOW 15

/* Segments that can still be had after they left the playlist, for players that read it before. */
#define SC_BROADCAST_KEPT 5

/* The most bytes of one channel's whole segments, whatever the encoder sends: 20 segments of 2 s at
 * 19 Mb/s. The oldest go first. */
#define SC_BROADCAST_MAX_BYTES (96u * 1024 * 1024)

/**
 * ScBroadcastFunc:
 * @segment: a segment
 * @user_data: as given
 */
typedef void (*ScBroadcastFunc) (ScSegment *segment, gpointer user_data);

typedef struct _ScBroadcast ScBroadcast;

ScBroadcast *
sc_broadcast_new (ScBroadcastFunc announced, ScBroadcastFunc dropped, gpointer user_data);
void sc_broadcast_free (ScBroadcast *self);

void sc_broadcast_begin (ScBroadcast *self, const ScMediaInfo *info, gint64 now_us);
void sc_broadcast_set_info (ScBroadcast *self, const ScMediaInfo *info);
void sc_broadcast_begin_segment (ScBroadcast *self, gint64 wall_time_us, gboolean discontinuity);
gboolean sc_broadcast_append (ScBroadcast *self, GBytes *data);
void sc_broadcast_end_segment (ScBroadcast *self, gint64 duration_us);
ScSegment *sc_broadcast_get_newest (const ScBroadcast *self);
void sc_broadcast_end (ScBroadcast *self);

gboolean sc_broadcast_is_live (const ScBroadcast *self);
gboolean sc_broadcast_is_watchable (const ScBroadcast *self);
gboolean sc_broadcast_has_rendition (const ScBroadcast *self, const char *rendition);
gsize sc_broadcast_get_memory (const ScBroadcast *self);

char *sc_broadcast_write_master (const ScBroadcast *self, const char *base_url, gint64 now_us);
char *sc_broadcast_write_rendition (const ScBroadcast *self,
                                    const char *rendition,
                                    const char *base_url,
                                    gint64 now_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScBroadcast, sc_broadcast_free)

G_END_DECLS
