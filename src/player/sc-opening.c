/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is being opened has to be open before it can be closed, in GStreamer 1.26: souphttpsrc that
 * drops a request in the moment of its answer crashes libsoup 3.6.5; hlsdemux2 that is stopped
 * while it reads the first playlist takes apart what it is building, and one that is stopped before
 * its download thread runs waits for that thread for ever. So a close waits here; a playlist that
 * has not come yet goes to nobody. Our own sources need none of it and have no such pad.
 */

#include "config.h"

#include "sc-opening.h"

#include "sc-vod-src.h"

/* The longest that closing waits for an opening that is under way: souphttpsrc and hlsdemux2 give a
 * silent server 15 s each. Nothing is seen or heard meanwhile. */
#define OPENING_SECONDS 30

static void
set_opened (ScOpening *self)
{
  g_mutex_lock (&self->lock);
  self->stage = SC_OPENED;
  g_cond_broadcast (&self->opened);
  g_mutex_unlock (&self->lock);
}

/* On a streaming thread: the playlist's end went all the way down, hlsdemux2 is done with it. */
static GstPadProbeReturn
on_source_idle (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  set_opened (user_data);
  return GST_PAD_PROBE_REMOVE;
}

static gboolean
is_end (GstPadProbeInfo *info)
{
  return (info->type & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM) &&
         GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) == GST_EVENT_EOS;
}

/* On a streaming thread: the playlist's end arrives behind the source, whose pad is busy with it
 * until every element has seen it. */
static GstPadProbeReturn
on_end_arrives (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  if (!is_end (info))
    return GST_PAD_PROBE_OK;
  g_autoptr (GstPad) source = gst_pad_get_peer (pad);
  if (source)
    gst_pad_add_probe (source, GST_PAD_PROBE_TYPE_IDLE, on_source_idle, user_data, NULL);
  return GST_PAD_PROBE_REMOVE;
}

/* Says whether what the source sends still goes down: not when nothing did before the close. */
static gboolean
let_pass (ScOpening *self)
{
  g_mutex_lock (&self->lock);
  if (self->stage == SC_ASKING && !self->closing)
    self->stage = SC_READING;
  gboolean pass = self->stage == SC_READING;
  g_mutex_unlock (&self->lock);
  return pass;
}

/* On a streaming thread: the source sends the first playlist, or the end alone after an error. */
static GstPadProbeReturn
on_source_data (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  ScOpening *self = user_data;
  gboolean end = is_end (info);
  if ((info->type & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM) && !end)
    return GST_PAD_PROBE_OK;

  gboolean pass = let_pass (self);
  g_autoptr (GstPad) behind = end && pass ? gst_pad_get_peer (pad) : NULL;
  if (behind)
    gst_pad_add_probe (behind, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, on_end_arrives, self, NULL);
  else if (end)
    set_opened (self);
  return pass ? GST_PAD_PROBE_OK : GST_PAD_PROBE_DROP;
}

/**
 * sc_opening_init:
 * @self: (out caller-allocates): to be cleared by sc_opening_clear()
 *
 * Nothing is being opened yet.
 */
void
sc_opening_init (ScOpening *self)
{
  *self = (ScOpening) { .stage = SC_OPENED };
  g_mutex_init (&self->lock);
  g_cond_init (&self->opened);
}

/**
 * sc_opening_clear:
 * @self: an opening that nobody uses any more
 */
void
sc_opening_clear (ScOpening *self)
{
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->opened);
}

/**
 * sc_opening_watch:
 * @self: an opening
 * @source: where the first playlist comes from
 *
 * A source that reads playlists by itself can be closed at any time: there is nothing to wait for.
 */
void
sc_opening_watch (ScOpening *self, GstElement *source)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (source, "src");
  if (!pad || SC_IS_VOD_SRC (source))
    return;
  g_mutex_lock (&self->lock);
  self->stage = SC_ASKING;
  g_mutex_unlock (&self->lock);
  gst_pad_add_probe (pad,
                     GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
                     on_source_data,
                     self,
                     NULL);
}

/**
 * sc_opening_close:
 * @self: an opening
 *
 * What has not come yet shall go to nobody.
 */
void
sc_opening_close (ScOpening *self)
{
  g_mutex_lock (&self->lock);
  self->closing = TRUE;
  g_mutex_unlock (&self->lock);
}

/**
 * sc_opening_wait:
 * @self: an opening whose pipeline is still on its way up
 *
 * Blocks until it can be closed: for worker threads.
 */
void
sc_opening_wait (ScOpening *self)
{
  gint64 until = g_get_monotonic_time () + OPENING_SECONDS * G_USEC_PER_SEC;
  g_mutex_lock (&self->lock);
  while (self->stage != SC_OPENED && g_cond_wait_until (&self->opened, &self->lock, until))
    ;
  g_mutex_unlock (&self->lock);
}
