/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What stands between the thread that downloads a recording and the one that plays it: a bounded
 * queue of buffers in one direction, orders in the other. A new order empties the queue, cancels
 * what is under way, and is the only one whose buffers are taken from then on. Any thread.
 */

#include "config.h"

#include "sc-vod-queue.h"

/* What is read ahead: some 8 s of the most that Amazon IVS takes from an encoder, 8.5 Mb/s. What
 * the decoders' queues hold comes to it. */
#define MAX_BYTES (8u * 1024 * 1024)

struct _ScVodQueue {
  GMutex lock;
  GCond changed;
  GQueue buffers;
  gsize bytes;
  guint turn; /* of the newest order; the first is 1 */
  gint64 position;
  GCancellable *cancellable;
  gboolean stopping;
  gboolean flushing;
  gboolean at_end;
  gboolean ran_dry;
  GError *error;
  guint status;
};

/**
 * sc_vod_order_clear:
 * @order: what is forgotten
 */
void
sc_vod_order_clear (ScVodOrder *order)
{
  g_clear_object (&order->cancellable);
}

/**
 * sc_vod_queue_new:
 *
 * Returns: (transfer full): a queue without an order
 */
ScVodQueue *
sc_vod_queue_new (void)
{
  ScVodQueue *self = g_new0 (ScVodQueue, 1);
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  g_queue_init (&self->buffers);
  self->cancellable = g_cancellable_new ();
  return self;
}

static void
drop_buffers (ScVodQueue *self)
{
  g_queue_clear_full (&self->buffers, (GDestroyNotify) gst_buffer_unref);
  self->bytes = 0;
}

/**
 * sc_vod_queue_free:
 * @self: (transfer full): a queue that no thread uses any more
 */
void
sc_vod_queue_free (ScVodQueue *self)
{
  drop_buffers (self);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self);
}

/**
 * sc_vod_queue_stop:
 * @self: a queue
 *
 * Ends for good what waits on either side.
 */
void
sc_vod_queue_stop (ScVodQueue *self)
{
  g_mutex_lock (&self->lock);
  self->stopping = TRUE;
  g_autoptr (GCancellable) cancellable = g_object_ref (self->cancellable);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  g_cancellable_cancel (cancellable);
}

/**
 * sc_vod_queue_set_flushing:
 * @self: a queue
 * @flushing: whether sc_vod_queue_take() is to return at once
 */
void
sc_vod_queue_set_flushing (ScVodQueue *self, gboolean flushing)
{
  g_mutex_lock (&self->lock);
  self->flushing = flushing;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

/**
 * sc_vod_queue_restart:
 * @self: a queue
 * @position: where to begin, microseconds from the start
 *
 * Drops what is there and orders what is at @position.
 */
void
sc_vod_queue_restart (ScVodQueue *self, gint64 position)
{
  g_mutex_lock (&self->lock);
  g_autoptr (GCancellable) old = self->cancellable;
  self->cancellable = g_cancellable_new ();
  self->turn++;
  self->position = position;
  self->at_end = FALSE;
  drop_buffers (self);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  g_cancellable_cancel (old);
}

/* What can be said without waiting; %SC_VOD_LATE for nothing yet. Under the lock. */
static ScVodTaken
look (ScVodQueue *self, gsize least)
{
  if (self->flushing || self->stopping)
    return SC_VOD_FLUSHING;
  gboolean is_last = self->at_end || self->error;
  if (self->bytes > 0 && (is_last || self->bytes >= least))
    return SC_VOD_TAKEN;
  if (self->error)
    return SC_VOD_FAILED;
  return self->at_end ? SC_VOD_END : SC_VOD_LATE;
}

/**
 * sc_vod_queue_take:
 * @self: a queue
 * @least: how many bytes have to be there, unless no more will come
 * @until: how long to wait, monotonic time; -1 for ever
 * @ret_buffer: (out) (transfer full): the buffer for %SC_VOD_TAKEN
 *
 * Returns: what came of it
 */
ScVodTaken
sc_vod_queue_take (ScVodQueue *self, gsize least, gint64 until, GstBuffer **ret_buffer)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  ScVodTaken taken;
  while ((taken = look (self, least)) == SC_VOD_LATE) {
    if (until < 0)
      g_cond_wait (&self->changed, &self->lock);
    else if (!g_cond_wait_until (&self->changed, &self->lock, until))
      break;
  }
  taken = look (self, least);
  if (taken == SC_VOD_TAKEN) {
    *ret_buffer = g_queue_pop_head (&self->buffers);
    self->bytes -= gst_buffer_get_size (*ret_buffer);
    g_cond_broadcast (&self->changed);
  }
  return taken;
}

/**
 * sc_vod_queue_dup_error:
 * @self: a queue that failed
 * @ret_status: (out): the HTTP status, or 0
 *
 * Returns: (transfer full) (nullable): why
 */
GError *
sc_vod_queue_dup_error (ScVodQueue *self, guint *ret_status)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  *ret_status = self->status;
  return self->error ? g_error_copy (self->error) : NULL;
}

/* Whether the newest order goes on. Under the lock. */
static gboolean
has_work (ScVodQueue *self)
{
  return self->turn > 0 && !self->at_end && !self->error && self->bytes < MAX_BYTES;
}

/**
 * sc_vod_queue_wait_order:
 * @self: a queue
 * @order: (inout): what was done last; what to do
 * @ret_new: (out): whether it is another order than before
 *
 * Waits until there is an order, and room for what it brings.
 *
 * Returns: %FALSE when it is time to stop
 */
gboolean
sc_vod_queue_wait_order (ScVodQueue *self, ScVodOrder *order, gboolean *ret_new)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  while (!self->stopping && self->turn == order->turn && !has_work (self))
    g_cond_wait (&self->changed, &self->lock);
  *ret_new = self->turn != order->turn;
  if (*ret_new) {
    order->turn = self->turn;
    order->position = self->position;
    g_set_object (&order->cancellable, self->cancellable);
  }
  return !self->stopping;
}

/* Whether an order is still the one to follow. Under the lock. */
static gboolean
is_current (ScVodQueue *self, guint turn)
{
  return !self->stopping && self->turn == turn;
}

/**
 * sc_vod_queue_push:
 * @self: a queue
 * @turn: whose buffer it is
 * @buffer: (transfer full): what comes next
 *
 * Waits for room.
 *
 * Returns: %FALSE when the order is none any more
 */
gboolean
sc_vod_queue_push (ScVodQueue *self, guint turn, GstBuffer *buffer)
{
  g_autoptr (GstBuffer) owned = buffer;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  while (is_current (self, turn) && self->bytes >= MAX_BYTES)
    g_cond_wait (&self->changed, &self->lock);
  if (!is_current (self, turn))
    return FALSE;
  self->bytes += gst_buffer_get_size (owned);
  g_queue_push_tail (&self->buffers, g_steal_pointer (&owned));
  g_cond_broadcast (&self->changed);
  return TRUE;
}

/**
 * sc_vod_queue_wait:
 * @self: a queue
 * @turn: of the order that is followed; a new one ends it early, or was there before. 0 for none
 * @microseconds: how long
 *
 * Returns: %FALSE when it is time to stop
 */
gboolean
sc_vod_queue_wait (ScVodQueue *self, guint turn, gint64 microseconds)
{
  gint64 until = g_get_monotonic_time () + microseconds;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  while (is_current (self, turn > 0 ? turn : self->turn) &&
         g_cond_wait_until (&self->changed, &self->lock, until))
    ;
  return !self->stopping;
}

/**
 * sc_vod_queue_get_bytes:
 * @self: a queue
 *
 * Returns: how many bytes wait to be taken
 */
gsize
sc_vod_queue_get_bytes (ScVodQueue *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  return self->bytes;
}

/**
 * sc_vod_queue_run_dry:
 * @self: a queue
 *
 * Says that playback has to wait for what comes.
 */
void
sc_vod_queue_run_dry (ScVodQueue *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  self->ran_dry = TRUE;
}

/**
 * sc_vod_queue_take_ran_dry:
 * @self: a queue
 *
 * Returns: whether playback ran dry since this was asked last
 */
gboolean
sc_vod_queue_take_ran_dry (ScVodQueue *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  gboolean ran_dry = self->ran_dry;
  self->ran_dry = FALSE;
  return ran_dry;
}

/**
 * sc_vod_queue_finish:
 * @self: a queue
 * @turn: which order is done
 *
 * Says that the recording ends here.
 */
void
sc_vod_queue_finish (ScVodQueue *self, guint turn)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  if (!is_current (self, turn))
    return;
  self->at_end = TRUE;
  g_cond_broadcast (&self->changed);
}

/**
 * sc_vod_queue_fail:
 * @self: a queue
 * @error: why no more will come
 * @status: the HTTP status, or 0
 */
void
sc_vod_queue_fail (ScVodQueue *self, const GError *error, guint status)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_clear_error (&self->error);
  self->error = g_error_copy (error);
  self->status = status;
  g_cond_broadcast (&self->changed);
}
