/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* How far in front of the newest frame metadata are put: a muxer writes nothing before all of its
 * inputs told how far they are, so this one is always ahead of the others. */
#define SC_METADATA_LEAD (100 * GST_MSECOND)

typedef struct _ScMetadataTrack ScMetadataTrack;

ScMetadataTrack *sc_metadata_track_new (GstBin *bin, GstElement *muxer, const char *pad);
void sc_metadata_track_free (ScMetadataTrack *self);
void sc_metadata_track_advance (ScMetadataTrack *self, GstClockTime running_time);
void sc_metadata_track_put (ScMetadataTrack *self,
                            const char *owner,
                            const char *text,
                            GstClockTime running_time);
void sc_metadata_track_end (ScMetadataTrack *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScMetadataTrack, sc_metadata_track_free)

G_END_DECLS
