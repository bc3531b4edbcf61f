/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-metadata-track.h"
#include "sc-teller.h"

G_BEGIN_DECLS

/* The playlists promise EXT-X-TARGETDURATION:6; where no keyframe comes, the cut is made without.
 */
#define SC_SEGMENT_TIME_MAX (6 * GST_SECOND - 100 * GST_MSECOND)
/* Amazon IVS's segments play 2 s. */
#define SC_SEGMENT_TIME (2 * GST_SECOND)

/* The muxer's pads, and so the PIDs. */
#define SC_PICTURE_PAD "sink_256"
#define SC_SOUND_PAD "sink_257"
#define SC_METADATA_PAD "sink_258"

/**
 * ScCut:
 * @running_time: of the frame that is to begin a segment
 * @wall_time_us: when it arrived
 * @is_keyframe: it is a keyframe, so that the muxer answers the event before it
 * @discontinuity: it does not go on from the frame before
 * @info: what is in the rendition from here on
 *
 * Where a segment begins.
 */
typedef struct {
  GstClockTime running_time;
  gint64 wall_time_us;
  gboolean is_keyframe;
  gboolean discontinuity;
  ScMediaInfo info;
} ScCut;

typedef struct _ScSegmenter ScSegmenter;

ScSegmenter *sc_segmenter_new (GstBin *bin, guint rendition, ScTeller *teller);
void sc_segmenter_free (ScSegmenter *self);
GstElement *sc_segmenter_get_muxer (ScSegmenter *self);
ScMetadataTrack *sc_segmenter_get_metadata (ScSegmenter *self);
void sc_segmenter_announce (ScSegmenter *self, const ScCut *cut);
void sc_segmenter_advance (ScSegmenter *self, GstClockTime running_time, GstClockTime duration);
void sc_segmenter_read_codec (ScSegmenter *self, GstBuffer *keyframe);
gboolean sc_segmenter_wait_over (ScSegmenter *self, gint64 until_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScSegmenter, sc_segmenter_free)

G_END_DECLS
