/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-metadata-track.h"

#include <gst/app/gstappsrc.h>
#include <string.h>

/* Timed metadata on their way into a muxer: ID3 tags of which each has one user text frame, TXXX,
 * whose description says who put it there, as in the streams of Amazon IVS. Between them the track
 * tells the muxer that there is nothing. Any thread. */

#define CAPS "meta/x-id3,parsed=true"

/* ID3 tag version 2.4.0, "Main Structure" 3.1, and "Native Frames" 4.2.6. */
#define TAG_HEADER_SIZE 10
#define FRAME_HEADER_SIZE 10
#define ENCODING_UTF8 3

struct _ScMetadataTrack {
  GstElement *input; /* appsrc, the bin's */
  GMutex lock;       /* guards what follows, and the order of what is pushed */
  GstClockTime reached;
  gboolean has_begun;
};

/* --- ID3 --- */

/* Appends a size as four times seven bits. */
static void
append_size (GByteArray *bytes, gsize size)
{
  const guint8 parts[] = {
    (guint8) (size >> 21 & 0x7f),
    (guint8) (size >> 14 & 0x7f),
    (guint8) (size >> 7 & 0x7f),
    (guint8) (size & 0x7f),
  };
  g_byte_array_append (bytes, parts, sizeof parts);
}

static GBytes *
write_tag (const char *owner, const char *text)
{
  static const guint8 tag[] = { 'I', 'D', '3', 4, 0, 0 };
  static const guint8 frame[] = { 'T', 'X', 'X', 'X' };
  static const guint8 flags[] = { 0, 0 };
  static const guint8 encoding = ENCODING_UTF8;
  gsize size = 1 + strlen (owner) + 1 + strlen (text);
  GByteArray *bytes = g_byte_array_new ();
  g_byte_array_append (bytes, tag, sizeof tag);
  append_size (bytes, FRAME_HEADER_SIZE + size);
  g_byte_array_append (bytes, frame, sizeof frame);
  append_size (bytes, size);
  g_byte_array_append (bytes, flags, sizeof flags);
  g_byte_array_append (bytes, &encoding, 1);
  g_byte_array_append (bytes, (const guint8 *) owner, (guint) strlen (owner) + 1);
  g_byte_array_append (bytes, (const guint8 *) text, (guint) strlen (text));
  return g_byte_array_free_to_bytes (bytes);
}

/* --- the track --- */

/**
 * sc_metadata_track_new:
 * @bin: gets the track's element
 * @muxer: an mpegtsmux in @bin
 * @pad: the name of its pad
 *
 * Returns: (transfer full) (nullable): a track at its beginning; %NULL where there is no element
 */
ScMetadataTrack *
sc_metadata_track_new (GstBin *bin, GstElement *muxer, const char *pad)
{
  g_autoptr (GstCaps) caps = gst_caps_from_string (CAPS);
  GstElement *input = gst_element_factory_make ("appsrc", NULL);
  if (!input)
    return NULL;
  g_object_set (input, "caps", caps, "format", GST_FORMAT_TIME, NULL);
  gst_bin_add (bin, input);
  if (!gst_element_link_pads (input, "src", muxer, pad))
    return NULL;
  ScMetadataTrack *self = g_new0 (ScMetadataTrack, 1);
  self->input = input;
  g_mutex_init (&self->lock);
  return self;
}

/**
 * sc_metadata_track_free:
 * @self: (nullable): a track whose muxer does not run
 */
void
sc_metadata_track_free (ScMetadataTrack *self)
{
  if (!self)
    return;
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * sc_metadata_track_advance:
 * @self: a track
 * @running_time: of the newest frame; to be told before the frame goes into the muxer
 *
 * There is nothing until then.
 */
void
sc_metadata_track_advance (ScMetadataTrack *self, GstClockTime running_time)
{
  GstClockTime ahead = running_time + SC_METADATA_LEAD;
  g_mutex_lock (&self->lock);
  if (self->has_begun && ahead > self->reached) {
    gst_element_send_event (self->input, gst_event_new_gap (ahead, GST_MSECOND));
    self->reached = ahead;
  }
  g_mutex_unlock (&self->lock);
}

/**
 * sc_metadata_track_put:
 * @self: a track
 * @owner: who puts it there
 * @text: what
 * @running_time: of the newest frame
 *
 * Puts metadata into the stream, %SC_METADATA_LEAD behind the frame. A track begins with one.
 */
void
sc_metadata_track_put (ScMetadataTrack *self,
                       const char *owner,
                       const char *text,
                       GstClockTime running_time)
{
  g_autoptr (GBytes) tag = write_tag (owner, text);
  GstBuffer *buffer = gst_buffer_new_wrapped_bytes (tag);
  g_mutex_lock (&self->lock);
  self->reached = MAX (self->reached, running_time + SC_METADATA_LEAD);
  self->has_begun = TRUE;
  GST_BUFFER_PTS (buffer) = GST_BUFFER_DTS (buffer) = self->reached;
  gst_app_src_push_buffer (GST_APP_SRC (self->input), buffer);
  g_mutex_unlock (&self->lock);
}

/**
 * sc_metadata_track_end:
 * @self: a track
 *
 * There will be no more.
 */
void
sc_metadata_track_end (ScMetadataTrack *self)
{
  gst_app_src_end_of_stream (GST_APP_SRC (self->input));
}
