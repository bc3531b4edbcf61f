/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sct-wait.h"

#include <gst/gst.h>

G_BEGIN_DECLS

/* The longest that a test waits for what takes no time of its own. */
#define LIVE_VIEWER_PATIENCE_SECONDS 25

/**
 * LiveViewerSight:
 * @pts: a picture's place in the stream, ns
 * @when: when it was shown, monotonic time, microseconds
 */
typedef struct {
  gint64 pts;
  gint64 when;
} LiveViewerSight;

/**
 * LiveViewer:
 * @source: the element, once playbin3 made it
 * @ended: whether the stream did
 * @error: (nullable): the last one
 * @status: the HTTP status that came with it, or 0
 * @quality: (nullable): id of the rendition that is read
 * @latency: microseconds, or -1 while unknown
 * @behind: how far the viewer's pause put it behind, microseconds
 * @trouble: #ScLiveTrouble
 * @qualities: (element-type utf8): ids of the renditions
 * @texts: (element-type utf8): timed metadata that was shown
 * @frames: how many pictures were shown
 * @sounds: how many buffers of sound were heard
 * @last_pts: of the picture that was shown last, ns
 * @widest: the longest way from one picture to the next in the stream, ns
 * @longest: the longest time for which one picture was shown, ns
 * @height: of the picture, pixels
 * @height_from: the first picture that had it, by its place in the stream, ns
 * @sights: (element-type LiveViewerSight): all pictures that were shown
 * @told: (element-type utf8 gint64): when each timed metadata was told, monotonic time
 *
 * Somebody who watches a live stream by playbin3 and `ivssrc`, without a screen. The main
 * context's.
 */
typedef struct {
  GstElement *playbin;
  GstElement *source;
  guint bus_watch;
  gboolean ended;
  GError *error;
  guint status;
  char *quality;
  gint64 latency;
  gint64 behind;
  guint trouble;
  GPtrArray *qualities;
  GPtrArray *texts;

  GMutex lock; /* guards what follows, which the sinks' threads write */
  guint frames;
  guint sounds;
  gint64 last_pts;
  gint64 last_shown; /* running time, ns */
  gint64 widest;
  gint64 longest;
  int height;
  gint64 height_from;
  GArray *sights;
  GHashTable *told;
} LiveViewer;

LiveViewer *live_viewer_new (const char *uri);
void live_viewer_free (LiveViewer *self);
guint live_viewer_count_frames (LiveViewer *self);
void live_viewer_wait_for_frames (LiveViewer *self, guint n);
void live_viewer_settle (LiveViewer *self);
gboolean live_viewer_get_lateness (LiveViewer *self, const char *text, gint64 pts, gint64 *ret_us);

gboolean live_viewer_on_look (gpointer user_data);

/* Runs the main context until @condition, which is looked at several times a frame, for @seconds at
 * the longest. */
#define live_viewer_wait_within(seconds, condition)                                                \
  G_STMT_START                                                                                     \
  {                                                                                                \
    guint look_ = g_timeout_add (10, live_viewer_on_look, NULL);                                   \
    sct_wait_for (seconds, condition);                                                             \
    g_source_remove (look_);                                                                       \
  }                                                                                                \
  G_STMT_END

#define live_viewer_wait_for(condition)                                                            \
  live_viewer_wait_within (LIVE_VIEWER_PATIENCE_SECONDS, condition)

G_END_DECLS
