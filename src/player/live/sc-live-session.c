/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A live stream from its opening to its end: has it read, says which rendition, and tells how it
 * goes. What the client calls runs on the client's thread; the rest may be called from any.
 */

#include "config.h"

#include "sc-live-session.h"

#include "sc-live-client.h"
#include "sc-live-debug.h"
#include "sc-live-messages.h"
#include "sc-live-monitor.h"
#include "sc-live-texts.h"
#include "sc-live-trouble.h"
#include "sc-rendition-choice.h"

#define NS_PER_US 1000
#define US_PER_MS 1000

/* From one message about how it goes to the next: five a second. */
#define REPORT_US (200 * US_PER_MS)

/* From one look for metadata to the next: a picture that stands may be just before the next one. */
#define LEAST_WAIT_US (10 * US_PER_MS)

struct _ScLiveSession {
  ScLiveSessionHost host;
  ScLiveClient *client;

  /* The client's thread's. */
  ScRenditionChoice *choice;
  ScLiveMonitor monitor;
  ScLiveTexts texts;
  gint64 reported_at; /* monotonic microseconds */
  guint n_stalls;

  GMutex lock;   /* guards what follows, and the monitor's dates */
  gint64 target; /* the latency that was chosen, microseconds; 0 for automatic */
  gboolean held;
  char *quality;  /* that was chosen, NULL for automatic */
  GPtrArray *ids; /* of the renditions, in the master's order */
  guint *bandwidths;
  guint rendition;
  GstStructure *stats;
};

static GstClockTime
get_now (ScLiveSession *self)
{
  return self->host.get_now (self->host.element);
}

/* --- what comes out of segments --- */

static void
on_caps (ScLiveKind kind, GstCaps *caps, gpointer user_data)
{
  ScLiveSession *self = user_data;
  sc_live_pads_take_caps (self->host.pads, kind, caps);
}

static void
on_frame (ScLiveKind kind, guint epoch, GstBuffer *frame, gpointer user_data)
{
  ScLiveSession *self = user_data;
  gint64 pts = (gint64) GST_BUFFER_PTS (frame);
  sc_live_pacer_arrive (self->host.pacer, epoch, pts, g_get_monotonic_time () * NS_PER_US);
  sc_live_pads_take_frame (self->host.pads, kind, epoch, frame);
}

static void
on_segment (guint64 sequence, guint epoch, gint64 pts, gpointer user_data)
{
  ScLiveSession *self = user_data;
  g_mutex_lock (&self->lock);
  sc_live_dates_see_start (&self->monitor.dates, sequence, epoch, pts);
  g_mutex_unlock (&self->lock);
}

static void
on_text (const char *owner, const char *text, guint epoch, gint64 pts, gpointer user_data)
{
  ScLiveSession *self = user_data;
  sc_live_texts_add (&self->texts, owner, text, epoch, pts);
}

/* --- on the client's thread --- */

static void
on_end (gpointer user_data)
{
  ScLiveSession *self = user_data;
  sc_live_pads_end (self->host.pads);
}

static void
on_bad_bytes (const GError *error, gpointer user_data)
{
  ScLiveSession *self = user_data;
  GST_WARNING_OBJECT (self->host.element, "bytes that cannot be read: %s", error->message);
}

static void
on_failure (const GError *error, guint status, gpointer user_data)
{
  ScLiveSession *self = user_data;
  sc_live_message_post_failure (self->host.element, error, status);
}

static void
post (ScLiveSession *self, GstStructure *structure)
{
  gst_element_post_message (self->host.element,
                            gst_message_new_element (GST_OBJECT (self->host.element), structure));
}

static void
on_master (const ScHlsPlaylist *master, gpointer user_data)
{
  ScLiveSession *self = user_data;
  guint n = master->variants->len;
  g_autofree guint *bandwidths = g_new (guint, n);
  g_autofree int *heights = g_new (int, n);
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n; i++) {
    const ScHlsVariant *variant = sc_hls_playlist_get_variant (master, i);
    bandwidths[i] = variant->bandwidth;
    heights[i] = variant->height;
    g_ptr_array_add (ids, g_strdup (variant->name));
  }
  sc_rendition_choice_set_ladder (self->choice, bandwidths, heights, n);
  sc_live_monitor_see_playlist (&self->monitor, master, g_get_real_time ());
  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  self->ids = ids;
  g_free (self->bandwidths);
  self->bandwidths = g_steal_pointer (&bandwidths);
  g_mutex_unlock (&self->lock);
  post (self, sc_live_message_of_qualities (master));
}

static void
on_playlist (const ScHlsPlaylist *playlist, guint index, gpointer user_data)
{
  ScLiveSession *self = user_data;
  g_mutex_lock (&self->lock);
  sc_live_monitor_see_playlist (&self->monitor, playlist, g_get_real_time ());
  g_mutex_unlock (&self->lock);
}

static void
on_rendition (guint index, gpointer user_data)
{
  ScLiveSession *self = user_data;
  g_mutex_lock (&self->lock);
  self->rendition = index;
  g_mutex_unlock (&self->lock);
}

static void
on_news (ScLiveNews news, gpointer user_data)
{
  ScLiveSession *self = user_data;
  self->monitor.news = news;
}

static void
on_answer (const ScLiveAnswer *answer, gpointer user_data)
{
  ScLiveSession *self = user_data;
  sc_live_monitor_see_answer (&self->monitor, answer, g_get_real_time ());
}

static void
on_burst (gsize bytes, gint64 duration, gpointer user_data)
{
  ScLiveSession *self = user_data;
  sc_rendition_choice_see_burst (self->choice, bytes, duration);
}

static void
on_probe (const ScLiveAnswer *answer, gpointer user_data)
{
  ScLiveSession *self = user_data;
  sc_rendition_choice_see_probe (self->choice,
                                 answer->bytes,
                                 answer->first_byte - answer->sent,
                                 answer->last_byte - answer->sent,
                                 g_get_monotonic_time ());
}

/* Returns the index of the rendition that the viewer chose, or -1. */
static int
find_chosen (ScLiveSession *self)
{
  int found = -1;
  g_mutex_lock (&self->lock);
  for (guint i = 0; self->quality && self->ids && i < self->ids->len; i++)
    if (g_str_equal (g_ptr_array_index (self->ids, i), self->quality))
      found = (int) i;
  g_mutex_unlock (&self->lock);
  return found;
}

static guint
choose (gint current, gpointer user_data)
{
  ScLiveSession *self = user_data;
  ScLiveTimingView view;
  GstClockTime now = get_now (self);
  sc_rendition_choice_set_fixed (self->choice, find_chosen (self));
  if (current < 0)
    return sc_rendition_choice_get_first (self->choice);
  gboolean is_theirs =
    self->monitor.news == SC_LIVE_NEWS_NOTHING_NEW || self->monitor.news == SC_LIVE_NEWS_ENDED;
  if (is_theirs && find_chosen (self) < 0)
    return (guint) current; /* a smaller one would have nothing new either */
  sc_live_pacer_view (self->host.pacer, &view);
  gint64 buffer = GST_CLOCK_TIME_IS_VALID (now)
                    ? sc_live_pacer_get_buffer (self->host.pacer, (gint64) now)
                    : view.target;
  const ScRenditionFacts facts = {
    .now = g_get_monotonic_time (),
    .cushion = buffer / NS_PER_US,
    .target = view.target / NS_PER_US,
    .at_boundary = TRUE,
  };
  return sc_rendition_choice_next (self->choice, (guint) current, &facts);
}

static gboolean
is_full (gpointer user_data)
{
  ScLiveSession *self = user_data;
  return sc_live_pads_are_full (self->host.pads);
}

static char *
refresh (gpointer user_data)
{
  ScLiveSession *self = user_data;
  return self->host.refresh (self->host.element);
}

/* --- what it tells --- */

/* Posts the metadata whose picture is shown; for the next one, that picture is not missed. */
static void
post_texts (ScLiveSession *self, const ScLiveLook *look)
{
  GstStructure *message = NULL;
  if (!look->shows)
    return;
  while ((message = sc_live_texts_take (&self->texts, look->epoch, look->pts)))
    post (self, message);
  gint64 wait = sc_live_texts_get_wait (&self->texts, look->epoch, look->pts);
  if (wait >= 0)
    sc_live_client_tick_within (self->client, MAX (wait / NS_PER_US + US_PER_MS, LEAST_WAIT_US));
}

static void
report (ScLiveSession *self, const ScLiveLook *look, gint64 latency)
{
  ScLiveTimingView view;
  sc_live_pacer_view (self->host.pacer, &view);
  if (view.n_stalls > self->n_stalls)
    sc_rendition_choice_see_stall (self->choice, look->now);
  self->n_stalls = view.n_stalls;
  g_mutex_lock (&self->lock);
  gint64 wanted = sc_live_monitor_get_wanted (&self->monitor, self->target, latency, &view);
  gboolean is_known = self->ids && self->rendition < self->ids->len;
  const ScLiveReport report = {
    .latency = latency,
    .server_offset = sc_live_monitor_get_server_offset (&self->monitor, look),
    .target = MAX (self->monitor.base, 0) + view.target / NS_PER_US,
    .buffer = MAX (look->buffer, 0) / NS_PER_US,
    .behind = self->held ? MAX (view.cushion - view.target, 0) / NS_PER_US : 0,
    .bitrate = is_known ? self->bandwidths[self->rendition] : 0,
    .bandwidth = sc_rendition_choice_get_bandwidth (self->choice),
    .rate = view.rate,
    .n_stalls = view.n_stalls,
    .quality = is_known ? g_ptr_array_index (self->ids, self->rendition) : NULL,
    .trouble = sc_live_monitor_get_trouble (&self->monitor, look),
  };
  g_clear_pointer (&self->stats, gst_structure_free);
  self->stats = sc_live_message_of_report (&report);
  GstStructure *message = gst_structure_copy (self->stats);
  g_mutex_unlock (&self->lock);
  sc_live_pacer_set_wanted (self->host.pacer, wanted);
  post (self, message);
}

static void
on_tick (gint64 last_byte, gpointer user_data)
{
  ScLiveSession *self = user_data;
  GstClockTime running = get_now (self);
  ScLiveLook look = {
    .now = g_get_monotonic_time (),
    .real = g_get_real_time (),
    .is_playing = GST_CLOCK_TIME_IS_VALID (running),
    .last_byte = last_byte,
  };
  sc_live_pads_look (self->host.pads, look.now);
  if (!look.is_playing)
    return;
  look.shows = sc_live_pacer_get_shown (self->host.pacer, (gint64) running, &look.epoch, &look.pts);
  look.buffer = sc_live_pacer_get_buffer (self->host.pacer, (gint64) running);
  post_texts (self, &look);
  if (look.shows && look.now - self->reported_at >= REPORT_US) {
    self->reported_at = look.now;
    g_mutex_lock (&self->lock);
    gint64 latency = sc_live_monitor_get_latency (&self->monitor, &look);
    g_mutex_unlock (&self->lock);
    report (self, &look, latency);
  }
}

/**
 * sc_live_session_new:
 * @host: whose stream it is; copied, and what it holds must outlive the session
 * @uri: the address of a multivariant playlist, http or https
 * @wishes: what the viewer chose up to now
 *
 * Returns: (transfer full): a session that has begun
 */
ScLiveSession *
sc_live_session_new (const ScLiveSessionHost *host, const char *uri, const ScLiveWishes *wishes)
{
  static const ScLiveClientFuncs funcs = {
    .feed = {
      .on_caps = on_caps,
      .on_frame = on_frame,
      .on_segment = on_segment,
      .on_text = on_text,
      .on_end = on_end,
      .on_error = on_bad_bytes,
    },
    .on_master = on_master,
    .on_playlist = on_playlist,
    .on_rendition = on_rendition,
    .on_news = on_news,
    .on_answer = on_answer,
    .on_burst = on_burst,
    .on_probe = on_probe,
    .choose = choose,
    .is_full = is_full,
    .refresh = refresh,
    .on_tick = on_tick,
    .on_failure = on_failure,
  };
  ScLiveSession *self = g_new0 (ScLiveSession, 1);
  self->host = *host;
  g_mutex_init (&self->lock);
  sc_live_texts_init (&self->texts);
  self->choice = sc_rendition_choice_new ();
  self->target = (gint64) wishes->target_ms * US_PER_MS;
  self->held = wishes->held;
  self->quality = g_strdup (wishes->quality);
  sc_live_monitor_init (&self->monitor);
  sc_live_pacer_reset (host->pacer);
  sc_live_pacer_set_held (host->pacer, wishes->held);
  self->client = sc_live_client_new (uri, &funcs, self);
  sc_live_client_set_held (self->client, wishes->held);
  return self;
}

/**
 * sc_live_session_free:
 * @self: (nullable): a session
 *
 * Waits for the client's thread, which ends at once. What is in the pads stays there.
 */
void
sc_live_session_free (ScLiveSession *self)
{
  if (!self)
    return;
  sc_live_client_free (self->client);
  sc_rendition_choice_free (self->choice);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_clear_pointer (&self->stats, gst_structure_free);
  sc_live_texts_clear (&self->texts);
  g_free (self->bandwidths);
  g_free (self->quality);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * sc_live_session_set_wishes:
 * @self: a session
 * @wishes: what the viewer chooses; copied
 *
 * Any thread, and none blocks for long.
 */
void
sc_live_session_set_wishes (ScLiveSession *self, const ScLiveWishes *wishes)
{
  g_mutex_lock (&self->lock);
  gboolean is_held_otherwise = self->held != wishes->held;
  gboolean is_other_quality = g_set_str (&self->quality, wishes->quality);
  self->target = (gint64) wishes->target_ms * US_PER_MS;
  self->held = wishes->held;
  g_mutex_unlock (&self->lock);
  if (is_held_otherwise) {
    sc_live_pacer_set_held (self->host.pacer, wishes->held);
    sc_live_client_set_held (self->client, wishes->held);
  }
  if (is_other_quality)
    sc_live_client_look_again (self->client);
}

/**
 * sc_live_session_dup_stats:
 * @self: a session
 *
 * Returns: (transfer full) (nullable): what was told last of how it goes
 */
GstStructure *
sc_live_session_dup_stats (ScLiveSession *self)
{
  g_mutex_lock (&self->lock);
  GstStructure *stats = self->stats ? gst_structure_copy (self->stats) : NULL;
  g_mutex_unlock (&self->lock);
  return stats;
}
