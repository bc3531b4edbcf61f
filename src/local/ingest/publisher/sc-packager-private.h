/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-ladder.h"
#include "sc-packager.h"
#include "sc-segmenter.h"

#include <gst/gst.h>

G_BEGIN_DECLS

/* The first segment waits this long for the first sound: it usually comes right behind the first
 * picture, and what is in a stream is told once, at its start. */
#define SC_SOUND_PATIENCE_US G_USEC_PER_SEC

struct _ScPackager {
  ScTeller *teller;
  guint renditions; /* the most besides the source */
  ScSegmenter *segmenter;
  GMainLoop *loop;
  char *failure; /* or NULL */
  GstElement *pipeline;
  GstElement *demuxer;

  GMutex lock; /* guards what follows, down to the next blank line */
  GCond changed;
  ScMediaInfo info;
  ScLadder *ladder;      /* or NULL */
  GstClockTime position; /* of the newest frame */
  gboolean has_begun;    /* there was a frame, so that there is the ladder if there is to be one */

  /* The video thread's. */
  GstSegment video_segment;
  gboolean cut_before;
  gboolean discontinuity;
  GstClockTime last_cut;
  guint frames;
  gint64 arrival_us; /* the time of day when the newest frame came */
  gint64 wall_offset_us;

  /* The demuxer thread's. */
  gboolean has_picture;
  GstPad *sound_pad; /* the demuxer's, or NULL without sound */
  GstClockTime sound_end;

  /* The sound thread's. */
  GstSegment sound_segment;
  gboolean has_waited;     /* once, for the ladder */
  gboolean has_sound_caps; /* the ladder has them */
};

void sc_packager_watch_picture (ScPackager *self, GstPad *source, GstPad *parsed);
void sc_packager_watch_sound (ScPackager *self, GstPad *source, GstPad *parsed, GstCaps *caps);
void sc_packager_bridge_sound (ScPackager *self, GstClockTime picture);

G_END_DECLS
