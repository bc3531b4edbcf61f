/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The network side of the live source, on a thread of its own: reads the playlists, has one segment
 * after the other read into the feed, and does not give up. What to do is in sc-live-plan, how a
 * segment is read in sc-live-reader; here is when.
 */

#include "config.h"

#include "sc-backoff.h"
#include "sc-live-client-private.h"
#include "sc-live-debug.h"
#include "sc-live-timer.h"

/* When a segment's playlist is read again, in parts of a segment after it was begun. */
#define POLL_AFTER 0.5
/* How often the playlist is read while it does not name the next segment. */
#define POLL_SOON_US (250 * G_TIME_SPAN_MILLISECOND)
/* How often it is looked whether there is room again. */
#define FULL_US (200 * G_TIME_SPAN_MILLISECOND)
/* Failures of a segment that is being made after which only whole ones are read for a while. */
#define PREFETCH_ATTEMPTS 3
#define PREFETCH_PAUSE_BASE_US (4 * G_USEC_PER_SEC)
#define PREFETCH_PAUSE_CAP_US (60 * G_USEC_PER_SEC)
/* A connection that carried this much before it broke is tried again at once. */
#define PROGRESS_BYTES (16 * 1024)
/* Runs of bytes in a row that cannot be read before a stream is given up that never had a picture.
 */
#define BAD_RUNS 4
/* EXT-X-ENDLIST is seen where an encoder only paused: recorders of Amazon IVS streams wait a minute
 * before they believe it (facts gathered from them; AWS documents nothing). */
#define PAUSE_US (60 * G_USEC_PER_SEC)
#define PAUSE_POLL_US G_USEC_PER_SEC
/* What Amazon's own player asks for to measure the network: the first 32 KiB of a whole segment. */
#define PROBE_BYTES 32767
/* A slow answer to a cancelled request must not hold up whoever closes the stream. */
#define CLOSE_PATIENCE_US (2 * G_USEC_PER_SEC)

static void look (ScLiveClient *self);

/* Looks at what is to be done at @when, monotonic microseconds, at the latest. */
void
sc_live_client_look_at (ScLiveClient *self, gint64 when)
{
  gint64 ready = g_source_get_ready_time (self->timer);
  if (ready < 0 || when < ready)
    g_source_set_ready_time (self->timer, when);
}

/* Reads the playlist that is to be read next in @delay microseconds. */
void
sc_live_client_poll_after (ScLiveClient *self, gint64 delay)
{
  self->poll_at = g_get_monotonic_time () + delay;
  sc_live_client_look_at (self, self->poll_at);
}

/* Returns how long to wait, microseconds, after the @failures. failure in a row but one. */
gint64
sc_live_client_retry_delay (guint failures)
{
  return sc_backoff_delay (failures, RETRY_BASE_US, RETRY_CAP_US, g_random_double ());
}

/* --- segments --- */

/* Goes over to the rendition that was read ahead, where it has the segment that is wanted, or has
 * left it behind: then the plan finds its way. Not in the middle of a segment. */
static void
switch_over (ScLiveClient *self)
{
  if (!self->ahead || self->ahead->segments->len == 0 || sc_live_reader_is_amid (self->reader))
    return;
  gboolean is_past = sc_hls_playlist_get_segment (self->ahead, 0)->sequence > self->plan.next;
  if (!is_past && !sc_hls_playlist_find (self->ahead, self->plan.next))
    return;
  g_clear_pointer (&self->media, sc_hls_playlist_free);
  self->media = g_steal_pointer (&self->ahead);
  sc_live_plan_see_playlist (&self->plan);
  self->switched = TRUE;
  self->variant = self->ahead_variant;
  self->funcs.on_rendition (self->variant, self->user_data);
}

static void
on_probe_done (ScLiveFetch *fetch, const GError *error, gpointer user_data)
{
  ScLiveClient *self = user_data;
  self->probe = NULL;
  if (!error)
    self->funcs.on_probe (sc_live_fetch_get_answer (fetch), self->user_data);
}

/* Segments that are being made come at the rate they are made: what more the network carries, a
 * piece of a whole one tells. */
static void
send_probe (ScLiveClient *self)
{
  static const ScLiveFetchFuncs funcs = { .on_done = on_probe_done };
  const ScHlsSegment *whole = NULL;
  for (guint i = 0; i < self->media->segments->len; i++) {
    const ScHlsSegment *segment = sc_hls_playlist_get_segment (self->media, i);
    whole = segment->is_prefetch || segment->is_gap ? whole : segment;
  }
  if (!whole || self->probe || self->is_single || self->master->variants->len < 2)
    return;
  const ScLiveRequest request = {
    .uri = whole->uri,
    .length = PROBE_BYTES,
    .patience = PLAYLIST_PATIENCE_US,
    .max_bytes = PROBE_BYTES,
  };
  self->probe = sc_live_fetch_start (self->session, &request, &funcs, self);
}

static void
begin_segment (ScLiveClient *self, const ScHlsSegment *segment)
{
  const ScLiveRun run = {
    .sequence = segment->sequence,
    .is_fmp4 = segment->map != SC_HLS_NONE,
    .is_new = self->switched || self->plan.breaks,
    .breaks = self->plan.breaks,
  };
  self->was_opened = TRUE;
  sc_live_plan_begin (&self->plan, segment);
  GST_DEBUG ("segment %" G_GUINT64_FORMAT "%s%s%s",
             run.sequence,
             segment->is_prefetch ? " being made" : "",
             run.is_new ? ", new run" : "",
             run.breaks ? ", new timeline" : "");
  sc_live_reader_start (self->reader,
                        segment,
                        sc_hls_playlist_get_map (self->media, segment),
                        &run);
  sc_live_client_poll_after (self, (gint64) ((double) self->media->mean_duration_us * POLL_AFTER));
  send_probe (self);
}

static void
wait_for_end_of_pause (ScLiveClient *self)
{
  gint64 now = g_get_monotonic_time ();
  self->funcs.on_news (SC_LIVE_NEWS_ENDED, self->user_data);
  if (self->ended_at == 0)
    self->ended_at = now;
  if (!self->was_opened || now - self->ended_at > PAUSE_US) {
    g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "It is over");
    sc_live_playlists_give_up (self, error, SOUP_STATUS_NOT_FOUND);
  } else if (self->poll_at == G_MAXINT64) {
    self->asks_master = TRUE;
    sc_live_client_poll_after (self, PAUSE_POLL_US);
  }
}

/* Takes what is being made out of the plan's sight where it cannot be had. */
static const ScHlsPlaylist *
visible_playlist (ScLiveClient *self)
{
  GPtrArray *segments = self->media->segments;
  while (g_get_monotonic_time () < self->whole_until && segments->len > 0 &&
         sc_hls_playlist_get_segment (self->media, segments->len - 1)->is_prefetch)
    g_ptr_array_set_size (segments, (gint) segments->len - 1);
  return self->media;
}

static void
begin_next (ScLiveClient *self)
{
  const ScHlsSegment *segment = NULL;
  if (self->funcs.is_full (self->user_data)) {
    sc_live_client_look_at (self, g_get_monotonic_time () + FULL_US);
    return;
  }
  switch_over (self);
  switch (sc_live_plan_next (&self->plan, visible_playlist (self), self->held, &segment)) {
  case SC_LIVE_STEP_GET:
    begin_segment (self, segment);
    break;
  case SC_LIVE_STEP_POLL:
    if (self->poll_at == G_MAXINT64 || self->poll_at > g_get_monotonic_time () + POLL_SOON_US)
      sc_live_client_poll_after (self, POLL_SOON_US);
    break;
  case SC_LIVE_STEP_END:
    wait_for_end_of_pause (self);
    break;
  }
}

/* What is being made cannot be had: for a while, and longer each time, whole segments do. */
static void
read_whole_ones (ScLiveClient *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 pause = MIN (PREFETCH_PAUSE_BASE_US << MIN (self->whole_times, 8), PREFETCH_PAUSE_CAP_US);
  if (now < self->whole_until)
    return;
  self->whole_times++;
  self->whole_until = now + pause;
}

static void
handle_segment_failure (ScLiveClient *self, const GError *error, guint status)
{
  gboolean is_late = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  gsize fed = sc_live_reader_get_fed (self->reader);
  if (fed >= self->fed_before + PROGRESS_BYTES)
    self->segment_failures = 0;
  self->fed_before = fed;
  self->segment_failures++;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE)) {
    sc_live_reader_forget (self->reader);
    sc_live_plan_rejoin (&self->plan);
  }
  GST_DEBUG ("segment %" G_GUINT64_FORMAT " failed: %s, HTTP %u, for the %u. time",
             self->plan.next,
             error->message,
             status,
             self->segment_failures);
  if (status == 0 && !is_late)
    self->funcs.on_news (SC_LIVE_NEWS_LOST, self->user_data);
  else if (is_late && self->failures == 0)
    self->funcs.on_news (SC_LIVE_NEWS_NOTHING_NEW, self->user_data);
  if (self->segment_failures >= PREFETCH_ATTEMPTS && status >= 400)
    read_whole_ones (self);
  gint64 delay =
    self->segment_failures == 1 ? 0 : sc_live_client_retry_delay (self->segment_failures - 2);
  self->begin_at = g_get_monotonic_time () + delay;
  sc_live_client_look_at (self, self->begin_at);
  if (!self->playlist_fetch)
    sc_live_client_poll_after (self, 0);
}

/* Bytes cannot be read: a stream that never had a picture is given up at last. */
static void
note_bad_run (ScLiveClient *self, const GError *error)
{
  self->bad_runs++;
  if (self->has_pictures || self->bad_runs < BAD_RUNS)
    return;
  self->is_over = TRUE;
  self->funcs.on_failure (error, 0, self->user_data);
}

/* A demuxer that does not find its format in a segment waits for it silently. */
static void
note_empty_run (ScLiveClient *self)
{
  g_autoptr (GError) error = g_error_new_literal (GST_STREAM_ERROR,
                                                  GST_STREAM_ERROR_DEMUX,
                                                  "A segment has no stream that is known");
  note_bad_run (self, error);
}

static void
on_segment_done (const GError *error, guint status, gpointer user_data)
{
  ScLiveClient *self = user_data;
  if (error) {
    handle_segment_failure (self, error, status);
    return;
  }
  self->segment_failures = 0;
  self->fed_before = 0;
  self->switched = FALSE;
  if (g_get_monotonic_time () > self->whole_until + PREFETCH_PAUSE_CAP_US)
    self->whole_times = 0;
  sc_live_plan_done (&self->plan);
  if (!self->has_frames)
    note_empty_run (self);
  look (self);
}

static void
on_answer (const ScLiveAnswer *answer, gpointer user_data)
{
  ScLiveClient *self = user_data;
  self->funcs.on_news (SC_LIVE_NEWS_GOOD, self->user_data);
  self->funcs.on_answer (answer, self->user_data);
}

static void
on_burst (gsize bytes, gint64 duration, gpointer user_data)
{
  ScLiveClient *self = user_data;
  self->funcs.on_burst (bytes, duration, self->user_data);
}

/* Does what is to be done now. */
static void
look (ScLiveClient *self)
{
  gint64 now = g_get_monotonic_time ();
  if (self->is_over)
    return;
  gboolean is_idle = self->media && !sc_live_reader_is_busy (self->reader);
  if (is_idle && now >= self->begin_at)
    begin_next (self);
  else if (is_idle)
    sc_live_client_look_at (self, self->begin_at);
  if (!self->is_over && !self->playlist_fetch && now >= self->poll_at)
    sc_live_playlists_poll (self);
  if (self->poll_at != G_MAXINT64 && !self->playlist_fetch)
    sc_live_client_look_at (self, self->poll_at);
}

/* --- the thread --- */

static void
set_ticker (ScLiveClient *self)
{
  guint beats = (guint) (SC_LIVE_TICK_MS * G_TIME_SPAN_MILLISECOND / SC_LIVE_BEAT_US);
  g_source_set_ready_time (self->ticker, sc_live_timer_next_beat (beats));
}

static gboolean
on_tick (gpointer user_data)
{
  ScLiveClient *self = user_data;
  set_ticker (self);
  self->funcs.on_tick (sc_live_reader_get_last_byte (self->reader), self->user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_timer (gpointer user_data)
{
  look (user_data);
  return G_SOURCE_CONTINUE;
}

static void
on_feed_end (gpointer user_data)
{
  ScLiveClient *self = user_data;
  self->funcs.feed.on_end (self->user_data);
}

/* Bytes that cannot be read: the live edge may have better ones, later. */
static void
on_feed_error (const GError *error, gpointer user_data)
{
  ScLiveClient *self = user_data;
  sc_live_plan_rejoin (&self->plan);
  sc_live_reader_forget (self->reader);
  self->begin_at = g_get_monotonic_time () + sc_live_client_retry_delay (self->bad_runs);
  self->funcs.feed.on_error (error, self->user_data);
  note_bad_run (self, error);
}

static void
on_caps (ScLiveKind kind, GstCaps *caps, gpointer user_data)
{
  ScLiveClient *self = user_data;
  self->funcs.feed.on_caps (kind, caps, self->user_data);
}

static void
on_frame (ScLiveKind kind, guint epoch, GstBuffer *frame, gpointer user_data)
{
  ScLiveClient *self = user_data;
  self->has_frames = TRUE;
  self->funcs.feed.on_frame (kind, epoch, frame, self->user_data);
}

static void
on_segment (guint64 sequence, guint epoch, gint64 pts, gpointer user_data)
{
  ScLiveClient *self = user_data;
  self->has_pictures = TRUE;
  self->bad_runs = 0;
  self->funcs.feed.on_segment (sequence, epoch, pts, self->user_data);
}

static void
on_text (const char *owner, const char *text, guint epoch, gint64 pts, gpointer user_data)
{
  ScLiveClient *self = user_data;
  self->funcs.feed.on_text (owner, text, epoch, pts, self->user_data);
}

static void
open_up (ScLiveClient *self)
{
  static const ScLiveReaderFuncs reader_funcs = {
    .on_done = on_segment_done,
    .on_burst = on_burst,
    .on_answer = on_answer,
  };
  static const ScLiveFeedFuncs feed_funcs = {
    .on_caps = on_caps,
    .on_frame = on_frame,
    .on_segment = on_segment,
    .on_text = on_text,
    .on_end = on_feed_end,
    .on_error = on_feed_error,
  };
  self->session = soup_session_new ();
  self->feed = sc_live_feed_new (&feed_funcs, self);
  self->reader = sc_live_reader_new (self->session, self->feed, &reader_funcs, self);
  self->timer = sc_live_timer_new (self->context, on_timer, self);
  self->ticker = sc_live_timer_new (self->context, on_tick, self);
  set_ticker (self);
  sc_live_client_poll_after (self, 0);
}

static void
close_down (ScLiveClient *self)
{
  self->is_over = TRUE; /* whatever is still dispatched begins nothing */
  g_source_destroy (self->timer);
  g_source_destroy (self->ticker);
  g_clear_pointer (&self->playlist_fetch, sc_live_fetch_cancel);
  g_clear_pointer (&self->probe, sc_live_fetch_cancel);
  sc_live_reader_free (self->reader);
  sc_live_fetch_wait_all (self->context, CLOSE_PATIENCE_US);
  g_source_unref (self->timer);
  g_source_unref (self->ticker);
  sc_live_feed_free (self->feed);
  soup_session_abort (self->session);
  g_object_unref (self->session);
}

static gpointer
run (gpointer user_data)
{
  ScLiveClient *self = user_data;
  g_main_context_push_thread_default (self->context);
  open_up (self);
  g_main_loop_run (self->loop);
  close_down (self);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

/**
 * sc_live_client_new:
 * @uri: the address of a multivariant playlist, http or https
 * @funcs: told how it goes
 * @user_data: for @funcs
 *
 * Returns: (transfer full): a client that has begun
 */
ScLiveClient *
sc_live_client_new (const char *uri, const ScLiveClientFuncs *funcs, gpointer user_data)
{
  ScLiveClient *self = g_new0 (ScLiveClient, 1);
  self->funcs = *funcs;
  self->user_data = user_data;
  self->uri = g_strdup (uri);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("ivssrc", run, self);
  return self;
}

/* Has @func called on the client's thread, never on this one. */
static void
call_on_thread (ScLiveClient *self, GSourceFunc func, gpointer data, GDestroyNotify free_data)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, data, free_data);
  g_source_attach (source, self->context);
}

static gboolean
on_quit (gpointer user_data)
{
  ScLiveClient *self = user_data;
  g_main_loop_quit (self->loop);
  return G_SOURCE_REMOVE;
}

/**
 * sc_live_client_free:
 * @self: (nullable): a client
 *
 * Waits for its thread, which ends at once; no function is called any more then.
 */
void
sc_live_client_free (ScLiveClient *self)
{
  if (!self)
    return;
  call_on_thread (self, on_quit, self, NULL);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_clear_pointer (&self->master, sc_hls_playlist_free);
  g_clear_pointer (&self->media, sc_hls_playlist_free);
  g_clear_pointer (&self->ahead, sc_hls_playlist_free);
  g_free (self->uri);
  g_free (self);
}

typedef struct {
  ScLiveClient *client;
  gboolean held;
} HeldChange;

static gboolean
on_held (gpointer user_data)
{
  const HeldChange *change = user_data;
  change->client->held = change->held;
  if (!change->held)
    look (change->client);
  return G_SOURCE_REMOVE;
}

/**
 * sc_live_client_set_held:
 * @self: a client
 * @held: whether it reads segment after segment, however far behind; otherwise it goes to the live
 *   edge when it is far behind
 *
 * Any thread.
 */
void
sc_live_client_set_held (ScLiveClient *self, gboolean held)
{
  HeldChange *change = g_new (HeldChange, 1);
  *change = (HeldChange) { self, held };
  call_on_thread (self, on_held, change, g_free);
}

static gboolean
on_look_again (gpointer user_data)
{
  ScLiveClient *self = user_data;
  sc_live_client_poll_after (self, 0);
  return G_SOURCE_REMOVE;
}

/**
 * sc_live_client_look_again:
 * @self: a client
 *
 * Another rendition may be wanted. Any thread.
 */
void
sc_live_client_look_again (ScLiveClient *self)
{
  call_on_thread (self, on_look_again, self, NULL);
}

/**
 * sc_live_client_tick_within:
 * @self: a client, on its thread, in its `on_tick`
 * @wait: microseconds
 *
 * Has the next tick come that early, if it would be later.
 */
void
sc_live_client_tick_within (ScLiveClient *self, gint64 wait)
{
  gint64 due = g_get_monotonic_time () + wait;
  if (due < g_source_get_ready_time (self->ticker))
    g_source_set_ready_time (self->ticker, due);
}
