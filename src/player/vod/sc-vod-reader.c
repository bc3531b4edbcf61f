/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The thread that downloads a recording: first its playlists, then segment after segment from where
 * the newest order says. It alone talks to the network. What fails for the moment is asked for
 * again from the byte that it stopped at.
 */

#include "config.h"

#include "sc-vod-reader.h"

#include "sc-backoff.h"
#include "sc-ts-lead.h"
#include "sc-vod-fetch.h"
#include "sc-vod-playlists.h"

/* How much is read at once, and handed on. */
#define CHUNK_BYTES (64u * 1024)

/* The most bytes of a segment: 10 s and a long last group of pictures, at ten times what Amazon IVS
 * takes from an encoder. */
#define MAX_SEGMENT (128 * 1024 * 1024)

/* The first picture of a segment begins within its first bytes; who has none there has none. */
#define MAX_HEAD (256u * 1024)

/* How often in a row something may fail, the first time asked again at once, as when a server has
 * closed a connection that was not read from while playback was paused; in all some 8 s. */
#define MAX_ATTEMPTS 7u
#define BACKOFF_BASE (G_USEC_PER_SEC / 2)
#define BACKOFF_CAP (4 * G_USEC_PER_SEC)

/* Less says more of the way there and back than of the bandwidth. */
#define MEASURED_BYTES (64u * 1024)

struct _ScVodReader {
  GThread *thread;
  ScVodQueue *queue;
  GCancellable *life; /* cancelled at the end */
  GMutex lock;        /* guards the three below; a playlist itself never changes */
  const ScHlsPlaylist *playlist;
  gint64 duration;
  gsize second; /* the bytes of a second of the last segment */

  /* Of the thread alone. */
  ScVodFetch *fetch;
  ScVodPlaylists *playlists;
  guint next;        /* the segment to fetch */
  gint64 done;       /* bytes of it that came */
  gint64 size;       /* all its bytes, 0 while unknown */
  gboolean is_known; /* what came was a transport stream once */
  gboolean fresh;    /* it does not go on from what was handed on before */
  GByteArray *head;  /* while @fresh: its first bytes, until its first picture is known */
  guint attempts;    /* that failed since the last byte */
  gint64 busy;       /* how long its bytes were waited for */
  gint64 busy_bytes; /* how many came in that time */
  ScVodPace pace;
};

/* Whether to ask again; waits until then, for the order @turn, or 0 while there need be none. */
static gboolean
may_retry (ScVodReader *self, guint turn, const ScVodFault *fault)
{
  if (!fault->is_transient || ++self->attempts >= MAX_ATTEMPTS)
    return FALSE;
  gint64 delay = 0;
  if (self->attempts > 1)
    delay = sc_backoff_delay (self->attempts - 2, BACKOFF_BASE, BACKOFF_CAP, g_random_double ());
  return sc_vod_queue_wait (self->queue, turn, delay);
}

static void
use_playlist (ScVodReader *self, const ScHlsPlaylist *playlist)
{
  g_mutex_lock (&self->lock);
  self->playlist = playlist;
  self->duration = sc_vod_timeline_get_duration (playlist);
  g_mutex_unlock (&self->lock);
}

/* Reads the playlists that have to be known first. */
static gboolean
open_recording (ScVodReader *self, ScVodFault *ret_fault, GError **error)
{
  for (;;) {
    g_autoptr (GError) cause = NULL;
    const ScHlsPlaylist *playlist =
      sc_vod_playlists_open (self->playlists, self->fetch, self->life, ret_fault, &cause);
    if (playlist) {
      use_playlist (self, playlist);
      return TRUE;
    }
    if (!may_retry (self, 0, ret_fault)) {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  }
}

/* What comes next does not go on from what was before. */
static void
start_fresh (ScVodReader *self)
{
  self->fresh = TRUE;
  self->done = 0;
  self->busy = 0;
  self->busy_bytes = 0;
  g_byte_array_set_size (self->head, 0);
}

static void
go_to (ScVodReader *self, gint64 position)
{
  gint64 start;
  self->next = sc_vod_timeline_find (self->playlist, position, &start);
  self->attempts = 0;
  start_fresh (self);
}

static gint64
get_start (ScVodReader *self, guint index)
{
  gint64 start = 0;
  for (guint i = 0; i < index; i++)
    start += sc_hls_playlist_get_segment (self->playlist, i)->duration_us;
  return start;
}

/* Hands on what has come up to now, and says how far it reaches. */
static gboolean
push (ScVodReader *self, guint turn, GstBuffer *buffer)
{
  gint64 reached = get_start (self, self->next);
  gint64 duration = sc_hls_playlist_get_segment (self->playlist, self->next)->duration_us;
  if (self->size > 0)
    reached +=
      (gint64) ((double) duration * (double) MIN (self->done, self->size) / (double) self->size);
  GST_BUFFER_OFFSET (buffer) = (guint64) reached;
  return sc_vod_queue_push (self->queue, turn, buffer);
}

/* tsdemux waits for ever for a transport stream, and says nothing when none came to the end. */
static gboolean
check_format (ScVodReader *self)
{
  self->is_known = self->is_known || sc_ts_lead_is_stream (self->head->data, self->head->len);
  if (self->is_known)
    return TRUE;
  g_autoptr (GError) error =
    g_error_new_literal (SC_HLS_ERROR, SC_HLS_ERROR_BAD, "A segment is no MPEG transport stream");
  sc_vod_queue_fail (self->queue, error, 0);
  return FALSE;
}

/* Hands on the first bytes of a segment with the time of its first picture, so that the picture is
 * shown at the segment's place in the recording. */
static gboolean
push_head (ScVodReader *self, guint turn, gboolean is_all)
{
  gint64 lead = 0;
  GByteArray *head = self->head;
  if (!sc_ts_lead_find (head->data, head->len, is_all, &lead) && !is_all && head->len < MAX_HEAD)
    return TRUE;
  if (ABS (lead) > (gint64) SC_VOD_SHIFT)
    lead = 0;
  self->fresh = FALSE;
  if (head->len == 0)
    return TRUE;
  if (!check_format (self))
    return FALSE;
  gint64 start = get_start (self, self->next) * GST_USECOND;
  GstBuffer *buffer = gst_buffer_new_memdup (head->data, head->len);
  g_byte_array_set_size (head, 0);
  GST_BUFFER_PTS (buffer) = (GstClockTime) (start + (gint64) SC_VOD_SHIFT - lead);
  GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_DISCONT);
  return push (self, turn, buffer);
}

static gboolean
hand_on (ScVodReader *self, guint turn, GBytes *bytes)
{
  self->done += (gint64) g_bytes_get_size (bytes);
  self->attempts = 0;
  if (!self->fresh)
    return push (self, turn, gst_buffer_new_wrapped_bytes (bytes));
  g_byte_array_append (self->head,
                       g_bytes_get_data (bytes, NULL),
                       (guint) g_bytes_get_size (bytes));
  return push_head (self, turn, FALSE);
}

/* Reads what is left of a segment. Returns %FALSE without an error when the order is none any more.
 */
static gboolean
read_segment (ScVodReader *self, const ScVodOrder *order, GInputStream *stream, GError **error)
{
  const ScHlsSegment *segment = sc_hls_playlist_get_segment (self->playlist, self->next);
  gint64 end = segment->range.start == SC_HLS_NONE ? MAX_SEGMENT : segment->range.length;
  while (self->done < end) {
    gint64 before = g_get_monotonic_time ();
    gsize wanted = (gsize) MIN (end - self->done, CHUNK_BYTES);
    g_autoptr (GBytes) bytes =
      g_input_stream_read_bytes (stream, wanted, order->cancellable, error);
    if (!bytes)
      return FALSE;
    self->busy += g_get_monotonic_time () - before;
    self->busy_bytes += (gint64) g_bytes_get_size (bytes);
    if (g_bytes_get_size (bytes) == 0)
      break;
    if (!hand_on (self, order->turn, bytes))
      return FALSE;
  }
  if (segment->range.start != SC_HLS_NONE && self->done < end) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "A segment ended early");
    return FALSE;
  }
  return !self->fresh || push_head (self, order->turn, TRUE);
}

/* Chooses what the next segment is fetched from. */
static void
choose_variant (ScVodReader *self, const ScVodOrder *order)
{
  gboolean ran_dry = sc_vod_queue_take_ran_dry (self->queue);
  self->pace.ran_dry = ran_dry;
  self->pace.calm = ran_dry ? 0 : self->pace.calm + 1;
  if (self->busy_bytes >= MEASURED_BYTES && self->busy > 0)
    self->pace.bandwidth = (guint64) (self->busy_bytes * 8 * G_USEC_PER_SEC / self->busy);
  if (self->next >= self->playlist->segments->len)
    return;
  gint64 position = get_start (self, self->next);
  const ScHlsPlaylist *other =
    sc_vod_playlists_choose (self->playlists, self->fetch, &self->pace, order->cancellable);
  if (!other)
    return;
  use_playlist (self, other);
  /* Segments of renditions begin together; a millisecond makes up for rounding. */
  go_to (self, position + G_USEC_PER_SEC / 1000);
  self->pace.calm = 0;
}

/* Notes what a second of this recording has in bytes. */
static void
measure_second (ScVodReader *self)
{
  gint64 duration = sc_hls_playlist_get_segment (self->playlist, self->next)->duration_us;
  if (duration < G_USEC_PER_SEC / 10)
    return;
  g_mutex_lock (&self->lock);
  self->second = (gsize) (self->done * G_USEC_PER_SEC / duration);
  g_mutex_unlock (&self->lock);
}

static void
end_segment (ScVodReader *self, const ScVodOrder *order)
{
  measure_second (self);
  self->next++;
  self->done = 0;
  choose_variant (self, order);
  self->busy = 0;
  self->busy_bytes = 0;
}

static void
fetch_segment (ScVodReader *self, const ScVodOrder *order)
{
  const ScHlsSegment *segment = sc_hls_playlist_get_segment (self->playlist, self->next);
  ScHlsRange range = segment->range;
  ScVodFault fault = { 0 };
  g_autoptr (GError) error = NULL;
  if (self->done > 0) {
    range.start = MAX (range.start, 0) + self->done;
    range.length = MAX (range.length - self->done, 0);
  }
  gint64 before = g_get_monotonic_time ();
  g_autoptr (GInputStream) stream =
    sc_vod_fetch_open (self->fetch, segment->uri, &range, order->cancellable, &fault, &error);
  self->busy += g_get_monotonic_time () - before;
  self->size = segment->range.length;
  if (stream && self->size == 0)
    self->size = MAX (self->done + sc_vod_fetch_get_length (self->fetch), 0);
  if (stream && read_segment (self, order, stream, &error))
    end_segment (self, order);
  else if (error && !g_cancellable_is_cancelled (order->cancellable) &&
           !may_retry (self, order->turn, &fault))
    sc_vod_queue_fail (self->queue, error, fault.status);
}

/* Fetches the next segment of the newest order. */
static void
follow_order (ScVodReader *self, const ScVodOrder *order)
{
  if (self->next >= self->playlist->segments->len) {
    sc_vod_queue_finish (self->queue, order->turn);
    return;
  }
  const ScHlsSegment *segment = sc_hls_playlist_get_segment (self->playlist, self->next);
  if (segment->discontinuity && self->done == 0)
    start_fresh (self);
  if (segment->is_gap) {
    self->next++;
    start_fresh (self);
    return;
  }
  fetch_segment (self, order);
}

static void
read_recording (ScVodReader *self)
{
  gboolean is_new = FALSE;
  ScVodFault fault = { 0 };
  g_auto (ScVodOrder) order = { 0 };
  g_autoptr (GError) error = NULL;
  if (!open_recording (self, &fault, &error)) {
    sc_vod_queue_fail (self->queue, error, fault.status);
    return;
  }
  while (sc_vod_queue_wait_order (self->queue, &order, &is_new)) {
    if (is_new)
      go_to (self, order.position);
    follow_order (self, &order);
  }
}

static gpointer
run (gpointer data)
{
  ScVodReader *self = data;
  self->fetch = sc_vod_fetch_new ();
  read_recording (self);
  g_clear_pointer (&self->fetch, sc_vod_fetch_free);
  return NULL;
}

/**
 * sc_vod_reader_new:
 * @uri: the address of a recording's playlist
 *
 * Starts a thread that reads the playlist, and what sc_vod_reader_seek() orders.
 *
 * Returns: (transfer full): a reader
 */
ScVodReader *
sc_vod_reader_new (const char *uri)
{
  ScVodReader *self = g_new0 (ScVodReader, 1);
  g_mutex_init (&self->lock);
  self->queue = sc_vod_queue_new ();
  self->life = g_cancellable_new ();
  self->playlists = sc_vod_playlists_new (uri);
  self->head = g_byte_array_new ();
  self->thread = g_thread_new ("sc-vod", run, self);
  return self;
}

/**
 * sc_vod_reader_free:
 * @self: (transfer full): a reader
 *
 * Ends what is under way and waits for its thread.
 */
void
sc_vod_reader_free (ScVodReader *self)
{
  g_cancellable_cancel (self->life);
  sc_vod_queue_stop (self->queue);
  g_thread_join (self->thread);
  g_clear_pointer (&self->queue, sc_vod_queue_free);
  g_clear_pointer (&self->playlists, sc_vod_playlists_free);
  g_clear_pointer (&self->head, g_byte_array_unref);
  g_clear_object (&self->life);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * sc_vod_reader_get_queue:
 * @self: a reader
 *
 * Returns: (transfer none): where the recording arrives
 */
ScVodQueue *
sc_vod_reader_get_queue (ScVodReader *self)
{
  return self->queue;
}

/**
 * sc_vod_reader_get_duration:
 * @self: a reader
 *
 * Any thread.
 *
 * Returns: how long the recording is, microseconds; 0 while unknown
 */
gint64
sc_vod_reader_get_duration (ScVodReader *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  return self->duration;
}

/**
 * sc_vod_reader_get_second:
 * @self: a reader
 *
 * Any thread.
 *
 * Returns: how many bytes a second of the recording has at the moment; 0 while unknown
 */
gsize
sc_vod_reader_get_second (ScVodReader *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  return self->second;
}

/**
 * sc_vod_reader_seek:
 * @self: a reader
 * @position: where to go, microseconds from the start
 * @snap: where it may go instead, once the playlist is known
 *
 * Any thread. What was read before is dropped.
 *
 * Returns: where it goes
 */
gint64
sc_vod_reader_seek (ScVodReader *self, gint64 position, ScVodSnap snap)
{
  g_mutex_lock (&self->lock);
  if (self->playlist)
    position = sc_vod_timeline_snap (self->playlist, position, snap);
  g_mutex_unlock (&self->lock);
  sc_vod_queue_restart (self->queue, position);
  return position;
}
