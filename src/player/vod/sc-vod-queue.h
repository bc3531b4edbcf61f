/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * ScVodTaken:
 * @SC_VOD_TAKEN: there was a buffer
 * @SC_VOD_LATE: none came in time
 * @SC_VOD_FLUSHING: a seek or a stop is under way
 * @SC_VOD_END: the recording is over
 * @SC_VOD_FAILED: no more will come, see sc_vod_queue_dup_error()
 *
 * What came of asking for a buffer.
 */
typedef enum {
  SC_VOD_TAKEN,
  SC_VOD_LATE,
  SC_VOD_FLUSHING,
  SC_VOD_END,
  SC_VOD_FAILED,
} ScVodTaken;

/**
 * ScVodOrder:
 * @turn: which order it is; each seek gives a new one
 * @position: where to begin, microseconds from the start of the recording
 * @cancellable: what a newer order cancels
 *
 * What the download thread is to do. All zeros to begin with.
 */
typedef struct {
  guint turn;
  gint64 position;
  GCancellable *cancellable;
} ScVodOrder;

void sc_vod_order_clear (ScVodOrder *order);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ScVodOrder, sc_vod_order_clear)

/* A queue of buffers; the offset of each says how far in the recording it reaches, microseconds. */
typedef struct _ScVodQueue ScVodQueue;

ScVodQueue *sc_vod_queue_new (void);
void sc_vod_queue_free (ScVodQueue *self);

void sc_vod_queue_stop (ScVodQueue *self);
void sc_vod_queue_set_flushing (ScVodQueue *self, gboolean flushing);
void sc_vod_queue_restart (ScVodQueue *self, gint64 position);
ScVodTaken sc_vod_queue_take (ScVodQueue *self, gsize least, gint64 until, GstBuffer **ret_buffer);
gsize sc_vod_queue_get_bytes (ScVodQueue *self);
void sc_vod_queue_run_dry (ScVodQueue *self);
GError *sc_vod_queue_dup_error (ScVodQueue *self, guint *ret_status);

gboolean sc_vod_queue_wait_order (ScVodQueue *self, ScVodOrder *order, gboolean *ret_new);
gboolean sc_vod_queue_push (ScVodQueue *self, guint turn, GstBuffer *buffer);
gboolean sc_vod_queue_wait (ScVodQueue *self, guint turn, gint64 microseconds);
gboolean sc_vod_queue_take_ran_dry (ScVodQueue *self);
void sc_vod_queue_finish (ScVodQueue *self, guint turn);
void sc_vod_queue_fail (ScVodQueue *self, const GError *error, guint status);

G_END_DECLS
