/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One stream on its way out: a queue in front of a pad, and the pad's task. A frame leaves a little
 * before it is due, so that a change of the map soon shows; at the live edge that is at once. The
 * map becomes the pad's SEGMENT: its base and rate make sinks show frames when the pacer says.
 */

#include "config.h"

#include "sc-live-output.h"

#include "sc-tempo.h"

/* How long before it is due a frame leaves: time to decode, and for elements that collect. */
#define LEAD (700 * GST_MSECOND)
/* How often a frame that waits looks at the clock again, which may be set anew. */
#define LOOK_US (50 * 1000)
/* And how often while nobody knows when it is due. */
#define LOOK_SOON_US (5 * 1000)
/* The most that waits while the viewer pauses: a minute of the fattest stream, 8.5 Mb/s. */
#define MAX_BYTES (64u * 1024 * 1024)
/* Sound this far before the place to skip to is needed by nobody. */
#define SOUND_PREROLL (200 * GST_MSECOND)
/* How far a segment reaches back from its map's place, so that pictures that leave a little before
 * it, as B-frames do, are not clipped. */
#define REACH GST_SECOND
/* Queues downstream go by SEGMENT events: picture and sound may not drift further apart for them.
 */
#define MOST_DIVERGENCE (500 * GST_MSECOND)

typedef struct {
  GstMiniObject *object; /* a GstBuffer or a GstEvent */
  guint epoch;
} Item;

struct _ScLiveOutput {
  GstPad *pad;
  ScLiveKind kind;
  ScLivePacer *pacer;
  ScLiveClockFunc get_now;
  gpointer user_data;

  GMutex lock; /* guards what follows, down to the next blank line */
  GCond changed;
  GQueue items; /* of Item * */
  gsize bytes;
  gboolean runs;

  /* The task's. */
  guint serial;
  gboolean has_segment;
  ScLiveMap sent; /* of the last SEGMENT */
  ScLiveMap map;  /* of what is sent now */
  gboolean is_discont;
};

static void
free_item (gpointer data)
{
  Item *item = data;
  gst_mini_object_unref (item->object);
  g_free (item);
}

static gsize
size_of (const Item *item)
{
  return GST_IS_BUFFER (item->object) ? gst_buffer_get_size (GST_BUFFER (item->object)) : 0;
}

static gint64
place_of (const Item *item)
{
  return (gint64) GST_BUFFER_PTS (GST_BUFFER (item->object));
}

/* With the lock held. */
static Item *
pop_item (ScLiveOutput *self)
{
  Item *item = g_queue_pop_head (&self->items);
  if (item)
    self->bytes -= size_of (item);
  return item;
}

/* The task waits for a first item; behind another one nothing changes for it. It is woken without
 * the lock, which it would only wait for. */
static void
push_item (ScLiveOutput *self, GstMiniObject *object, guint epoch)
{
  Item *item = g_new (Item, 1);
  *item = (Item) { object, epoch };
  g_mutex_lock (&self->lock);
  gboolean was_empty = g_queue_is_empty (&self->items);
  g_queue_push_tail (&self->items, item);
  self->bytes += size_of (item);
  g_mutex_unlock (&self->lock);
  if (was_empty)
    g_cond_signal (&self->changed);
}

/* Returns how long to wait until it is looked again whether @item may leave, microseconds; 0 when
 * it may. With the lock held. */
static gint64
get_wait (ScLiveOutput *self, const Item *item)
{
  GstClockTime now = self->get_now (self->user_data);
  if (!GST_IS_BUFFER (item->object))
    return 0;
  if (!GST_CLOCK_TIME_IS_VALID (now))
    return LOOK_US;
  gint64 due = sc_live_pacer_get_due (self->pacer, item->epoch, place_of (item));
  if (due == G_MAXINT64)
    return LOOK_SOON_US;
  gint64 wait = due == G_MININT64 ? 0 : (due - (gint64) LEAD - (gint64) now) / 1000;
  return CLAMP (wait, 0, LOOK_US);
}

/* Returns the next item when its time has come, or NULL when the task is to end. */
static Item *
wait_for_item (ScLiveOutput *self)
{
  g_mutex_lock (&self->lock);
  const Item *head = g_queue_peek_head (&self->items);
  gint64 wait = head ? get_wait (self, head) : LOOK_US;
  while (self->runs && wait > 0) {
    if (head)
      g_cond_wait_until (&self->changed, &self->lock, g_get_monotonic_time () + wait);
    else
      g_cond_wait (&self->changed, &self->lock);
    head = g_queue_peek_head (&self->items);
    wait = head ? get_wait (self, head) : LOOK_US;
  }
  Item *item = self->runs ? pop_item (self) : NULL;
  g_mutex_unlock (&self->lock);
  return item;
}

static gboolean
is_key (const Item *item)
{
  return GST_IS_BUFFER (item->object) &&
         !GST_BUFFER_FLAG_IS_SET (item->object, GST_BUFFER_FLAG_DELTA_UNIT);
}

/* Whether another picture can be begun with nearer to @pts, so that @item need not be decoded. */
static gboolean
has_nearer_key (ScLiveOutput *self, const Item *item, gint64 pts)
{
  gboolean found = FALSE;
  g_mutex_lock (&self->lock);
  for (const GList *l = self->items.head; l && !found; l = l->next) {
    const Item *other = l->data;
    found = other->epoch == item->epoch && is_key (other) && place_of (other) <= pts;
  }
  g_mutex_unlock (&self->lock);
  return found;
}

/* Whether nothing of @item is needed where playback skips to @map's place. */
static gboolean
is_skipped (ScLiveOutput *self, const Item *item, const ScLiveMap *map)
{
  if (!map->skip || place_of (item) >= map->pts)
    return FALSE;
  if (self->kind == SC_LIVE_AUDIO)
    return place_of (item) < map->pts - (gint64) SOUND_PREROLL;
  return has_nearer_key (self, item, map->pts);
}

static void
fill_segment (GstSegment *segment, const ScLiveMap *map)
{
  gst_segment_init (segment, GST_FORMAT_TIME);
  /* A seamless map reaches back as far as running time allows. */
  gint64 back = map->skip ? 0 : MIN ((gint64) REACH, (gint64) ((double) map->running * map->rate));
  back = CLAMP (back, 0, map->pts);
  segment->rate = map->rate;
  segment->start = (guint64) (map->pts - back);
  segment->time = segment->start;
  segment->position = segment->start;
  segment->base = (guint64) MAX (map->running - (gint64) ((double) back / map->rate), 0);
}

/* Whether somebody downstream takes another rate without a SEGMENT. */
static gboolean
has_tempo (ScLiveOutput *self)
{
  g_autoptr (GstQuery) query =
    gst_query_new_custom (GST_QUERY_CUSTOM, gst_structure_new_empty (SC_TEMPO_QUERY));
  return gst_pad_peer_query (self->pad, query);
}

/* Whether @map needs no SEGMENT: what was sent last has @pts at about the same time. */
static gboolean
is_near_segment (const ScLiveOutput *self, const ScLiveMap *map, gint64 pts)
{
  gint64 here = sc_live_map_running (map, pts);
  gint64 before = sc_live_map_running (&self->map, pts);
  gint64 sent = sc_live_map_running (&self->sent, pts);
  return !map->skip && ABS (here - before) < (gint64) GST_MSECOND &&
         ABS (here - sent) < (gint64) MOST_DIVERGENCE;
}

/* A SEGMENT has decoders of sound drain, and that is heard: another rate is told past them. */
static void
send_map (ScLiveOutput *self, const ScLiveMap *map, gint64 pts)
{
  GstSegment segment;
  fill_segment (&segment, map);
  gboolean is_quiet = self->kind == SC_LIVE_AUDIO && self->has_segment &&
                      is_near_segment (self, map, pts) && has_tempo (self);
  GstStructure *structure =
    is_quiet ? gst_structure_new (SC_TEMPO_SEGMENT, "segment", GST_TYPE_SEGMENT, &segment, NULL)
             : NULL;
  gst_pad_push_event (self->pad,
                      structure ? gst_event_new_custom (GST_EVENT_CUSTOM_DOWNSTREAM, structure)
                                : gst_event_new_segment (&segment));
  if (!is_quiet)
    self->sent = *map;
  self->map = *map;
  self->has_segment = TRUE;
}

static GstFlowReturn
send_frame (ScLiveOutput *self, Item *item)
{
  GstClockTime now = self->get_now (self->user_data);
  ScLivePlace place;
  sc_live_pacer_place (self->pacer, item->epoch, place_of (item), (gint64) now, &place);
  if (is_skipped (self, item, &place.map)) {
    self->is_discont = TRUE;
    return GST_FLOW_OK;
  }
  if (!self->has_segment || place.serial != self->serial) {
    self->serial = place.serial;
    send_map (self, &place.map, place_of (item));
  }
  GstBuffer *frame = gst_buffer_make_writable (GST_BUFFER (g_steal_pointer (&item->object)));
  if (self->is_discont)
    GST_BUFFER_FLAG_SET (frame, GST_BUFFER_FLAG_DISCONT);
  self->is_discont = FALSE;
  return gst_pad_push (self->pad, frame);
}

static void
run (gpointer user_data)
{
  ScLiveOutput *self = user_data;
  Item *item = wait_for_item (self);
  GstFlowReturn flow = GST_FLOW_OK;
  if (!item) {
    gst_pad_pause_task (self->pad);
    return;
  }
  if (GST_IS_EVENT (item->object))
    gst_pad_push_event (self->pad, GST_EVENT (g_steal_pointer (&item->object)));
  else
    flow = send_frame (self, item);
  if (item->object)
    gst_mini_object_unref (item->object);
  g_free (item);
  if (flow == GST_FLOW_NOT_NEGOTIATED || flow == GST_FLOW_ERROR) {
    GST_ELEMENT_FLOW_ERROR (GST_PAD_PARENT (self->pad), flow);
    gst_pad_pause_task (self->pad);
  }
}

/**
 * sc_live_output_new:
 * @pad: (transfer floating): a source pad
 * @kind: what goes through it
 * @pacer: when frames are to be shown
 * @get_now: the clock
 * @user_data: for @get_now
 *
 * Returns: (transfer full): an output that does not run
 */
ScLiveOutput *
sc_live_output_new (GstPad *pad,
                    ScLiveKind kind,
                    ScLivePacer *pacer,
                    ScLiveClockFunc get_now,
                    gpointer user_data)
{
  ScLiveOutput *self = g_new0 (ScLiveOutput, 1);
  self->pad = gst_object_ref_sink (pad);
  self->kind = kind;
  self->pacer = pacer;
  self->get_now = get_now;
  self->user_data = user_data;
  self->is_discont = TRUE;
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  g_queue_init (&self->items);
  return self;
}

/**
 * sc_live_output_free:
 * @self: (nullable): an output that was stopped
 */
void
sc_live_output_free (ScLiveOutput *self)
{
  if (!self)
    return;
  g_queue_clear_full (&self->items, free_item);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  gst_object_unref (self->pad);
  g_free (self);
}

/**
 * sc_live_output_get_pad:
 * @self: an output
 *
 * Returns: (transfer none): its pad
 */
GstPad *
sc_live_output_get_pad (ScLiveOutput *self)
{
  return self->pad;
}

/**
 * sc_live_output_start:
 * @self: an output
 *
 * What is pushed leaves from now on. Its pad must be active.
 */
void
sc_live_output_start (ScLiveOutput *self)
{
  g_mutex_lock (&self->lock);
  self->runs = TRUE;
  g_mutex_unlock (&self->lock);
  gst_pad_start_task (self->pad, run, self, NULL);
}

/**
 * sc_live_output_stop:
 * @self: an output
 *
 * Nothing leaves any more when this returns, and what waited is dropped.
 */
void
sc_live_output_stop (ScLiveOutput *self)
{
  g_mutex_lock (&self->lock);
  self->runs = FALSE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  gst_pad_set_active (self->pad, FALSE);
  gst_pad_stop_task (self->pad);
  g_mutex_lock (&self->lock);
  g_queue_clear_full (&self->items, free_item);
  self->bytes = 0;
  g_mutex_unlock (&self->lock);
}

/**
 * sc_live_output_wake:
 * @self: an output
 *
 * The clock or the pacer changed: what waits looks again.
 */
void
sc_live_output_wake (ScLiveOutput *self)
{
  g_mutex_lock (&self->lock);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

/**
 * sc_live_output_push_event:
 * @self: an output
 * @event: (transfer full): leaves behind the frames that were pushed before
 */
void
sc_live_output_push_event (ScLiveOutput *self, GstEvent *event)
{
  push_item (self, GST_MINI_OBJECT (event), 0);
}

/**
 * sc_live_output_push_frame:
 * @self: an output
 * @epoch: which timeline its PTS is of
 * @frame: (transfer full): with a PTS
 */
void
sc_live_output_push_frame (ScLiveOutput *self, guint epoch, GstBuffer *frame)
{
  push_item (self, GST_MINI_OBJECT (frame), epoch);
}

/**
 * sc_live_output_is_full:
 * @self: an output
 *
 * Returns: whether so much waits that no more should come
 */
gboolean
sc_live_output_is_full (ScLiveOutput *self)
{
  g_mutex_lock (&self->lock);
  gboolean is_full = self->bytes >= MAX_BYTES;
  g_mutex_unlock (&self->lock);
  return is_full;
}
