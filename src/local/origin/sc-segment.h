/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One segment's most bytes: 6 s, the longest that the playlists promise, at 20 Mb/s. Amazon IVS
 * cuts an encoder off at 8.5 Mb/s. */
#define SC_SEGMENT_MAX_BYTES (16u * 1024 * 1024)

/**
 * ScSegmentState:
 * @SC_SEGMENT_PENDING: announced; its first byte is to come
 * @SC_SEGMENT_OPEN: being written
 * @SC_SEGMENT_WHOLE: complete
 * @SC_SEGMENT_LOST: will never be whole, or has left the window: whoever reads it is to stop
 */
typedef enum {
  SC_SEGMENT_PENDING,
  SC_SEGMENT_OPEN,
  SC_SEGMENT_WHOLE,
  SC_SEGMENT_LOST,
} ScSegmentState;

typedef struct _ScSegment ScSegment;

/**
 * ScSegmentFunc:
 * @segment: the segment
 * @user_data: as given
 *
 * Told whenever bytes arrived or the state changed. May remove itself.
 */
typedef void (*ScSegmentFunc) (ScSegment *segment, gpointer user_data);

/**
 * ScSegment:
 * @id: what its address is made of; not to be guessed
 * @sequence: its media sequence number
 * @state: where it stands
 * @wall_time_us: when its first frame arrived
 * @duration_us: how long it plays, once it is whole
 * @offset_us: how much of its stream plays before it
 * @size: bytes so far
 * @discontinuity: it does not go on from the segment before
 * @discontinuity_sequence: how many discontinuities there were in this channel, its own included
 *
 * A segment in memory. The members are to be read only. Counted references; main context only.
 */
struct _ScSegment {
  char *id;
  guint64 sequence;
  ScSegmentState state;
  gint64 wall_time_us;
  gint64 duration_us;
  gint64 offset_us;
  gsize size;
  gboolean discontinuity;
  guint64 discontinuity_sequence;
  /*< private >*/
  GPtrArray *chunks;
  GArray *chunk_offsets;
  GBytes *whole;
  GHashTable *watchers;
};

ScSegment *sc_segment_new (guint64 sequence);
ScSegment *sc_segment_ref (ScSegment *self);
void sc_segment_unref (ScSegment *self);

void sc_segment_open (ScSegment *self);
gboolean sc_segment_append (ScSegment *self, GBytes *data);
void sc_segment_finish (ScSegment *self, gint64 duration_us);
void sc_segment_lose (ScSegment *self);

GBytes *sc_segment_read (ScSegment *self, gsize offset);
void sc_segment_watch (ScSegment *self, ScSegmentFunc func, gpointer user_data);
void sc_segment_unwatch (ScSegment *self, gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScSegment, sc_segment_unref)

G_END_DECLS
