/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Turns FLV into MPEG-TS segments without touching what is encoded. Segments are cut at keyframes:
 * a probe behind the H.264 parser (sc-packager-picture.c) sends a force-key-unit event before each
 * frame that is to begin one, the muxer answers it with fresh tables and the event at its own
 * output, and a probe there (sc-segmenter.h) tells where one segment ends and the next begins. What
 * the first sees, the ladder of smaller renditions (sc-ladder.h) gets, too, and the sound
 * (sc-packager-sound.c). */

#include "config.h"

#include "sc-packager-private.h"

/* Encoders write sound and picture up to seconds apart; the muxer waits for the later of them. */
#define QUEUE_TIME (5 * GST_SECOND)
#define QUEUE_BYTES (16u * 1024 * 1024)
#define READ_SIZE (64 * 1024)
/* At the end of the stream, smaller renditions may take this long to encode their last frames; the
 * ingest waits three times as long for this process. */
#define LADDER_PATIENCE_US G_USEC_PER_SEC

static GstElement *
add (ScPackager *self, const char *factory)
{
  GstElement *element = gst_element_factory_make (factory, NULL);
  gst_bin_add (GST_BIN (self->pipeline), element);
  return element;
}

/* Builds queue, parser and filter between a pad of the demuxer and @sink_name of the muxer. Returns
 * the parser's output pad. */
static GstPad *
build_branch (ScPackager *self,
              GstPad *source,
              const char *parser_name,
              const char *format,
              const char *sink_name)
{
  g_autoptr (GstCaps) caps = gst_caps_from_string (format);
  GstElement *queue = add (self, "queue");
  GstElement *parser = add (self, parser_name);
  GstElement *filter = add (self, "capsfilter");
  g_object_set (queue,
                "max-size-time",
                QUEUE_TIME,
                "max-size-bytes",
                QUEUE_BYTES,
                "max-size-buffers",
                0,
                NULL);
  g_object_set (filter, "caps", caps, NULL);
  gst_element_link_many (queue, parser, filter, NULL);
  gst_element_link_pads (filter, "src", sc_segmenter_get_muxer (self->segmenter), sink_name);
  gst_element_sync_state_with_parent (filter);
  gst_element_sync_state_with_parent (parser);
  gst_element_sync_state_with_parent (queue);
  g_autoptr (GstPad) sink = gst_element_get_static_pad (queue, "sink");
  gst_pad_link (source, sink);
  if (g_str_equal (parser_name, "h264parse"))
    g_object_set (parser, "config-interval", -1, NULL);
  return gst_element_get_static_pad (filter, "src");
}

static void
add_video (ScPackager *self, GstPad *source)
{
  g_autoptr (GstPad) parsed = build_branch (self,
                                            source,
                                            "h264parse",
                                            "video/x-h264,stream-format=byte-stream,alignment=au",
                                            SC_PICTURE_PAD);
  sc_packager_watch_picture (self, source, parsed);
}

static void
add_sound (ScPackager *self, GstPad *source, GstCaps *caps)
{
  g_autoptr (GstPad) parsed =
    build_branch (self, source, "aacparse", "audio/mpeg,mpegversion=4", SC_SOUND_PAD);
  sc_packager_watch_sound (self, source, parsed, caps);
}

static void
on_pad_added (GstElement *demuxer, GstPad *pad, gpointer user_data)
{
  ScPackager *self = user_data;
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  const GstStructure *structure = caps ? gst_caps_get_structure (caps, 0) : NULL;
  int version = 0;
  if (structure)
    gst_structure_get_int (structure, "mpegversion", &version);
  if (structure && gst_structure_has_name (structure, "video/x-h264"))
    add_video (self, pad);
  else if (structure && gst_structure_has_name (structure, "audio/mpeg") && version == 4)
    add_sound (self, pad, caps);
  else
    GST_ELEMENT_ERROR (demuxer, STREAM, WRONG_TYPE, ("Use H.264 and AAC."), (NULL));
}

/* Without a picture, the end of the input is the end of the metadata. */
static GstPadProbeReturn
on_input_event (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  ScPackager *self = user_data;
  if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) == GST_EVENT_EOS && !self->has_picture)
    sc_metadata_track_end (sc_segmenter_get_metadata (self->segmenter));
  return GST_PAD_PROBE_OK;
}

static gboolean
build (ScPackager *self, int fd, GError **error)
{
  self->pipeline = gst_pipeline_new (NULL);
  GstElement *source = add (self, "fdsrc");
  self->demuxer = add (self, "flvdemux");
  self->segmenter = sc_segmenter_new (GST_BIN (self->pipeline), SC_BROADCAST_SOURCE, self->teller);
  if (!self->segmenter || !gst_element_link (source, self->demuxer)) {
    g_set_error_literal (error,
                         SC_INGEST_ERROR,
                         SC_INGEST_ERROR_PUBLISHER,
                         "The pipeline cannot be built");
    return FALSE;
  }
  g_object_set (source, "fd", fd, "blocksize", READ_SIZE, NULL);
  g_autoptr (GstPad) input = gst_element_get_static_pad (self->demuxer, "sink");
  gst_pad_add_probe (input, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, on_input_event, self, NULL);
  g_signal_connect (self->demuxer, "pad-added", G_CALLBACK (on_pad_added), self);
  return TRUE;
}

/**
 * sc_packager_new:
 * @fd: where FLV comes from, not taken over
 * @renditions: the most renditions besides the source
 * @teller: where the records go; outlives what is returned
 * @error: an error of %SC_INGEST_ERROR
 *
 * Returns: (transfer full) (nullable): a packager that has not begun
 */
ScPackager *
sc_packager_new (int fd, guint renditions, ScTeller *teller, GError **error)
{
  g_autoptr (ScPackager) self = g_new0 (ScPackager, 1);
  self->teller = teller;
  self->renditions = renditions;
  self->loop = g_main_loop_new (NULL, FALSE);
  self->sound_end = GST_CLOCK_TIME_NONE;
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  gst_segment_init (&self->video_segment, GST_FORMAT_TIME);
  gst_segment_init (&self->sound_segment, GST_FORMAT_TIME);
  return build (self, fd, error) ? g_steal_pointer (&self) : NULL;
}

static gboolean
on_message (GstBus *bus, GstMessage *message, gpointer user_data)
{
  ScPackager *self = user_data;
  g_autoptr (GError) error = NULL;
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    gst_message_parse_error (message, &error, NULL);
  else if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_EOS)
    return G_SOURCE_CONTINUE;
  if (error && !self->failure)
    self->failure = g_strdup_printf ("The stream cannot be packaged: %s", error->message);
  g_main_loop_quit (self->loop);
  return G_SOURCE_CONTINUE;
}

/**
 * sc_packager_run:
 * @self: a packager
 * @ret_message: (out): why it failed, a sentence for the streamer
 *
 * Packages until the input ends or is wrong, in a main loop. Nothing is told any more when it
 * returns.
 *
 * Returns: %TRUE at the end of the input
 */
gboolean
sc_packager_run (ScPackager *self, char **ret_message)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  gst_bus_add_watch (bus, on_message, self);
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  g_main_loop_run (self->loop);
  gst_bus_remove_watch (bus);
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  if (self->ladder && !self->failure)
    sc_ladder_finish (self->ladder, LADDER_PATIENCE_US);
  g_clear_pointer (&self->ladder, sc_ladder_free);
  if (!self->failure)
    return TRUE;
  *ret_message = g_steal_pointer (&self->failure);
  return FALSE;
}

/**
 * sc_packager_put_metadata:
 * @self: a packager that runs; to be called in its main loop
 * @owner: who puts it there
 * @text: what
 *
 * Puts metadata into all renditions, right behind their newest frame. Before the first frame there
 * is nothing to put them into.
 */
void
sc_packager_put_metadata (ScPackager *self, const char *owner, const char *text)
{
  g_mutex_lock (&self->lock);
  ScLadder *ladder = self->ladder;
  GstClockTime position = self->position;
  gboolean has_begun = self->has_begun;
  g_mutex_unlock (&self->lock);
  if (!has_begun)
    return;
  sc_metadata_track_put (sc_segmenter_get_metadata (self->segmenter), owner, text, position);
  if (ladder)
    sc_ladder_put_metadata (ladder, owner, text, position);
}

/**
 * sc_packager_free:
 * @self: (nullable): a packager that does not run
 */
void
sc_packager_free (ScPackager *self)
{
  if (!self)
    return;
  if (self->pipeline)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  sc_ladder_free (self->ladder);
  sc_segmenter_free (self->segmenter);
  g_clear_object (&self->sound_pad);
  g_clear_pointer (&self->pipeline, gst_object_unref);
  g_main_loop_unref (self->loop);
  g_free (self->failure);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->lock);
  g_free (self);
}
