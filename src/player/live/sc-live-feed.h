/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-live-demux.h"

G_BEGIN_DECLS

/**
 * ScLiveFeedFuncs:
 * @on_caps: what the frames of @kind are from now on
 * @on_frame: (transfer full): a frame of the timeline @epoch
 * @on_segment: the segment @sequence begins at @pts of the timeline @epoch
 * @on_text: timed metadata, and who put it there, for the picture at @pts of @epoch
 * @on_end: everything came out
 * @on_error: the bytes of a run are none that can be read
 *
 * Called from inside the feed's own functions.
 */
typedef struct {
  void (*on_caps) (ScLiveKind kind, GstCaps *caps, gpointer user_data);
  void (*on_frame) (ScLiveKind kind, guint epoch, GstBuffer *frame, gpointer user_data);
  void (*on_segment) (guint64 sequence, guint epoch, gint64 pts, gpointer user_data);
  void (
    *on_text) (const char *owner, const char *text, guint epoch, gint64 pts, gpointer user_data);
  void (*on_end) (gpointer user_data);
  void (*on_error) (const GError *error, gpointer user_data);
} ScLiveFeedFuncs;

/**
 * ScLiveRun:
 * @sequence: of the segment
 * @is_fmp4: whether it is fragmented MP4, otherwise MPEG-TS
 * @is_new: whether other bytes went before: of another rendition, or of another timeline
 * @breaks: whether its timeline is another
 */
typedef struct {
  guint64 sequence;
  gboolean is_fmp4;
  gboolean is_new;
  gboolean breaks;
} ScLiveRun;

typedef struct _ScLiveFeed ScLiveFeed;

ScLiveFeed *sc_live_feed_new (const ScLiveFeedFuncs *funcs, gpointer user_data);
void sc_live_feed_free (ScLiveFeed *self);

void sc_live_feed_begin (ScLiveFeed *self, const ScLiveRun *run);
void sc_live_feed_push (ScLiveFeed *self, GBytes *data);
void sc_live_feed_finish (ScLiveFeed *self);

G_END_DECLS
