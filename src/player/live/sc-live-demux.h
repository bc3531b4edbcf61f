/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * ScLiveKind:
 * @SC_LIVE_VIDEO: the picture
 * @SC_LIVE_AUDIO: the sound
 */
typedef enum {
  SC_LIVE_VIDEO,
  SC_LIVE_AUDIO,
} ScLiveKind;

#define SC_LIVE_N_KINDS 2

/**
 * ScLiveDemuxFuncs:
 * @on_caps: what the frames of @kind are from now on
 * @on_frame: (transfer full): a frame, its PTS and DTS on the stream's own timeline; frames of the
 *   picture that cannot be shown without the ones before carry %GST_BUFFER_FLAG_DELTA_UNIT
 * @on_segment: the segment @sequence begins at @pts
 * @on_text: timed metadata, and who put it there, for the picture at @pts
 * @on_error: the bytes are none that can be read
 *
 * Called from inside a push, on its thread.
 */
typedef struct {
  void (*on_caps) (ScLiveKind kind, GstCaps *caps, gpointer user_data);
  void (*on_frame) (ScLiveKind kind, GstBuffer *frame, gpointer user_data);
  void (*on_segment) (guint64 sequence, gint64 pts, gpointer user_data);
  void (*on_text) (const char *owner, const char *text, gint64 pts, gpointer user_data);
  void (*on_error) (const GError *error, gpointer user_data);
} ScLiveDemuxFuncs;

typedef struct _ScLiveDemux ScLiveDemux;

ScLiveDemux *sc_live_demux_new (gboolean is_fmp4,
                                gint64 near_pts,
                                const ScLiveDemuxFuncs *funcs,
                                gpointer user_data,
                                GError **error);
void sc_live_demux_free (ScLiveDemux *self);

void sc_live_demux_begin_segment (ScLiveDemux *self, guint64 sequence);
void sc_live_demux_push (ScLiveDemux *self, GBytes *data);
void sc_live_demux_finish (ScLiveDemux *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScLiveDemux, sc_live_demux_free)

G_END_DECLS
