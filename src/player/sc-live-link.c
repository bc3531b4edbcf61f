/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-live-link.h"

/**
 * sc_live_link_init:
 * @self: (out caller-allocates): to be cleared by sc_live_link_clear()
 */
void
sc_live_link_init (ScLiveLink *self)
{
  *self = (ScLiveLink) { 0 };
  g_mutex_init (&self->lock);
}

/**
 * sc_live_link_clear:
 * @self: a link that nobody uses any more
 */
void
sc_live_link_clear (ScLiveLink *self)
{
  gst_clear_object (&self->source);
  g_clear_pointer (&self->quality, g_free);
  g_clear_pointer (&self->address, g_free);
  g_mutex_clear (&self->lock);
}

static gboolean
is_live_source (GstElement *source)
{
  GstElementFactory *factory = gst_element_get_factory (source);
  return factory && g_str_equal (GST_OBJECT_NAME (factory), SC_LIVE_SOURCE);
}

/* On the source's thread, which asks again while the address is one that was refused. */
static char *
on_refresh (GstElement *source, gpointer user_data)
{
  ScLiveLink *self = user_data;
  g_mutex_lock (&self->lock);
  char *address = g_strdup (self->address);
  g_mutex_unlock (&self->lock);
  GstStructure *refused = gst_structure_new_empty (SC_LIVE_REFUSED);
  gst_element_post_message (source, gst_message_new_element (GST_OBJECT (source), refused));
  return address;
}

/**
 * sc_live_link_offer:
 * @self: a link
 * @source: the source that a pipeline has just made
 *
 * Takes it if it is the live one, and tells it what was wished so far, before it starts.
 */
void
sc_live_link_offer (ScLiveLink *self, GstElement *source)
{
  if (!is_live_source (source))
    return;
  g_mutex_lock (&self->lock);
  gst_object_replace ((GstObject **) &self->source, GST_OBJECT (source));
  g_object_set (source,
                "target-latency",
                self->target_latency,
                "quality",
                self->quality,
                "held",
                self->held,
                NULL);
  g_signal_connect (source, "refresh-uri", G_CALLBACK (on_refresh), self);
  g_mutex_unlock (&self->lock);
}

/**
 * sc_live_link_set_target_latency:
 * @self: a link
 * @milliseconds: how far behind the picture shall be; 0 lets the source choose
 */
void
sc_live_link_set_target_latency (ScLiveLink *self, guint milliseconds)
{
  g_mutex_lock (&self->lock);
  self->target_latency = milliseconds;
  if (self->source)
    g_object_set (self->source, "target-latency", milliseconds, NULL);
  g_mutex_unlock (&self->lock);
}

/**
 * sc_live_link_set_quality:
 * @self: a link
 * @id: (nullable): the rendition to show; %NULL lets the source choose
 */
void
sc_live_link_set_quality (ScLiveLink *self, const char *id)
{
  g_mutex_lock (&self->lock);
  g_set_str (&self->quality, id);
  if (self->source)
    g_object_set (self->source, "quality", id, NULL);
  g_mutex_unlock (&self->lock);
}

/**
 * sc_live_link_set_address:
 * @self: a link
 * @uri: where the stream is played, http or https: what the source takes when the server refuses
 *   the address that it has
 */
void
sc_live_link_set_address (ScLiveLink *self, const char *uri)
{
  g_mutex_lock (&self->lock);
  g_set_str (&self->address, uri);
  g_mutex_unlock (&self->lock);
}

/**
 * sc_live_link_set_held:
 * @self: a link
 * @held: whether the source shall leave the viewer where they are, as after a pause
 */
void
sc_live_link_set_held (ScLiveLink *self, gboolean held)
{
  g_mutex_lock (&self->lock);
  self->held = held;
  if (self->source)
    g_object_set (self->source, "held", held, NULL);
  g_mutex_unlock (&self->lock);
}

/**
 * sc_live_link_return:
 * @self: a link
 *
 * Goes to where the picture would be had nobody paused.
 */
void
sc_live_link_return (ScLiveLink *self)
{
  g_mutex_lock (&self->lock);
  self->held = FALSE;
  if (self->source) {
    g_object_set (self->source, "held", FALSE, NULL);
    g_signal_emit_by_name (self->source, "return-to-live");
  }
  g_mutex_unlock (&self->lock);
}
