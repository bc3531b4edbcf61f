/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-media-info.h"
#include "sc-segment.h"

G_BEGIN_DECLS

/* Segments that a playlist lists: Amazon IVS's window of 30 s. */
#define SC_RENDITION_WINDOW 15

/* Segments that can still be had after they left the playlist, for players that read it before. */
#define SC_RENDITION_KEPT 5

/* The most bytes of a rendition's whole segments, whatever the encoder sends: 20 segments of 2 s at
 * 19 Mb/s. The oldest go first. */
#define SC_RENDITION_MAX_BYTES (96u * 1024 * 1024)

/**
 * ScRenditionFunc:
 * @segment: a segment
 * @user_data: as given
 */
typedef void (*ScRenditionFunc) (ScSegment *segment, gpointer user_data);

/**
 * ScRenditionListeners:
 * @announced: told of each segment that can be asked for from now on
 * @dropped: told of each that cannot any longer
 * @user_data: passed to both
 * @chunk_us: bytes of a segment are held back for so long, to be handed out together; 0 for at once
 *
 * Who keeps the addresses of segments, and how their bytes are handed out.
 */
typedef struct {
  ScRenditionFunc announced;
  ScRenditionFunc dropped;
  gpointer user_data;
  gint64 chunk_us;
} ScRenditionListeners;

/**
 * ScRenditionMoment:
 * @base_url: what addresses begin with
 * @now_us: the time of day
 * @started_at_us: when the stream began
 *
 * What a playlist says besides what the rendition knows.
 */
typedef struct {
  const char *base_url;
  gint64 now_us;
  gint64 started_at_us;
} ScRenditionMoment;

typedef struct _ScRendition ScRendition;

ScRendition *sc_rendition_new (const ScRenditionListeners *listeners);
void sc_rendition_free (ScRendition *self);

void sc_rendition_begin (ScRendition *self, const ScMediaInfo *info, guint64 first);
void sc_rendition_set_info (ScRendition *self, const ScMediaInfo *info);
void sc_rendition_begin_segment (ScRendition *self, gint64 wall_time_us, gboolean discontinuity);
gboolean sc_rendition_append (ScRendition *self, GBytes *data);
void sc_rendition_flush (ScRendition *self);
void sc_rendition_end_segment (ScRendition *self, gint64 duration_us);
void sc_rendition_end (ScRendition *self);

ScSegment *sc_rendition_get_newest (const ScRendition *self);
gboolean sc_rendition_is_live (const ScRendition *self);
gboolean sc_rendition_is_watchable (const ScRendition *self);
gboolean sc_rendition_has_id (const ScRendition *self, const char *id);
const char *sc_rendition_get_id (const ScRendition *self);
ScMediaInfo sc_rendition_get_info (const ScRendition *self);
guint64 sc_rendition_get_first (const ScRendition *self);
guint64 sc_rendition_get_next (const ScRendition *self);
gsize sc_rendition_get_memory (const ScRendition *self);
char *sc_rendition_write_playlist (const ScRendition *self,
                                   const char *id,
                                   const ScRenditionMoment *moment);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScRendition, sc_rendition_free)

G_END_DECLS
