/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-secret.h"
#include "sc-worker.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

/* streamcat-srt-bridge: takes one encoder's MPEG-TS off standard input and publishes it by RTMP on
 * the port of loopback that is its argument. The first line of the input is the stream key: what is
 * in arguments and environments, others can read. Nothing is encoded anew. One process a stream:
 * whatever a stream's bytes do to the parsers in here, they do it to this stream alone. */

/* What one stream may cost: 8 MB wait in each of two queues. */
#define MAX_MEMORY (1024UL * 1024 * 1024)
/* Sound and picture in a queue, for the muxer takes the earlier of both: 7 s at 8.5 Mb/s. */
#define QUEUE_BYTES (8u * 1024 * 1024)
/* What the stream consists of is known when its program is complete, or, where one of its streams
 * stays away, after so long: then it is published without. */
#define PATIENCE_MS 2000
/* A stream of nothing that a channel takes ends. */
#define BARREN_SECONDS 15
/* The longest stream id of SRT, and with it the longest key. */
#define KEY_MAX 512

/* The only plugins there are in this process. */
static const char *const plugins[] = {
  "coreelements", "flv", "mpegtsdemux", "videoparsersbad", "audioparsers", "rtmp2", NULL,
};

/* What a channel takes. */
typedef struct {
  const char *name; /* of its caps */
  const char *sink; /* the muxer's pad */
  const char *parser;
  const char *format; /* that the muxer wants */
} Kind;

/* Picture or sound, on its way to the muxer. */
typedef struct {
  GstPad *source; /* the last pad, blocked until the muxer has its own */
  gulong block_id;
  const char *sink; /* the muxer's */
} Branch;

typedef struct {
  GMainLoop *loop;
  GstElement *pipeline;
  GstElement *muxer;
  GstElement *sink;
  gboolean is_complete; /* the encoder's last frame is sent */

  GMutex lock;        /* guards what follows */
  Branch branches[2]; /* picture, sound */
  guint count;
  gboolean is_linked; /* what comes later is left out */
} Bridge;

static GstElement *
add (Bridge *self, const char *factory)
{
  GstElement *element = gst_element_factory_make (factory, NULL);
  gst_bin_add (GST_BIN (self->pipeline), element);
  return element;
}

static GstPadProbeReturn
on_blocked (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  return GST_PAD_PROBE_OK;
}

/* --- from the demuxer's thread --- */

/* Builds queue, parser and filter behind a pad of the demuxer, blocked at their end. */
static void
build_branch (Bridge *self, GstPad *pad, const Kind *kind, Branch *branch)
{
  g_autoptr (GstCaps) caps = gst_caps_from_string (kind->format);
  GstElement *queue = add (self, "queue");
  GstElement *parser = add (self, kind->parser);
  GstElement *filter = add (self, "capsfilter");
  const guint64 no_time = 0;
  g_object_set (queue,
                "max-size-bytes",
                QUEUE_BYTES,
                "max-size-buffers",
                0,
                "max-size-time",
                no_time,
                NULL);
  g_object_set (filter, "caps", caps, NULL);
  gst_element_link_many (queue, parser, filter, NULL);
  branch->sink = kind->sink;
  branch->source = gst_element_get_static_pad (filter, "src");
  branch->block_id =
    gst_pad_add_probe (branch->source, GST_PAD_PROBE_TYPE_BLOCK_DOWNSTREAM, on_blocked, NULL, NULL);
  gst_element_sync_state_with_parent (filter);
  gst_element_sync_state_with_parent (parser);
  gst_element_sync_state_with_parent (queue);
  g_autoptr (GstPad) sink = gst_element_get_static_pad (queue, "sink");
  gst_pad_link (pad, sink);
}

/* What the stream has besides, or too late. */
static void
leave_out (Bridge *self, GstPad *pad)
{
  GstElement *sink = add (self, "fakesink");
  g_object_set (sink, "sync", FALSE, "async", FALSE, NULL);
  gst_element_sync_state_with_parent (sink);
  g_autoptr (GstPad) input = gst_element_get_static_pad (sink, "sink");
  gst_pad_link (pad, input);
}

static gboolean
has_branch (const Bridge *self, const char *sink)
{
  for (guint i = 0; i < self->count; i++) {
    if (g_str_equal (self->branches[i].sink, sink))
      return TRUE;
  }
  return FALSE;
}

static gboolean
link_branches (gpointer user_data)
{
  Bridge *self = user_data;
  g_mutex_lock (&self->lock);
  gboolean is_due = !self->is_linked && has_branch (self, "video");
  self->is_linked |= is_due;
  g_mutex_unlock (&self->lock);
  /* The sink is there before the first frame: a muxer that is refused never tries again. */
  if (is_due) {
    gst_element_set_locked_state (self->sink, FALSE);
    gst_element_sync_state_with_parent (self->sink);
  }
  for (guint i = 0; is_due && i < self->count; i++) {
    const Branch *branch = &self->branches[i];
    g_autoptr (GstPad) sink = gst_element_request_pad_simple (self->muxer, branch->sink);
    gst_pad_link (branch->source, sink);
  }
  for (guint i = 0; is_due && i < self->count; i++)
    gst_pad_remove_probe (self->branches[i].source, self->branches[i].block_id);
  return G_SOURCE_REMOVE;
}

/* Returns what a channel takes like @pad, or NULL. */
static const Kind *
find_kind (GstPad *pad)
{
  static const Kind kinds[] = {
    { "video/x-h264", "video", "h264parse", "video/x-h264,stream-format=avc,alignment=au" },
    { "audio/mpeg", "audio", "aacparse", "audio/mpeg,mpegversion=4,stream-format=raw" },
  };
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  const GstStructure *structure = caps ? gst_caps_get_structure (caps, 0) : NULL;
  int version = 0; /* of AAC 2 or 4, of other sound 1 */
  if (structure)
    gst_structure_get_int (structure, "mpegversion", &version);
  for (guint i = 0; structure && version != 1 && i < G_N_ELEMENTS (kinds); i++) {
    if (gst_structure_has_name (structure, kinds[i].name))
      return &kinds[i];
  }
  return NULL;
}

static void
on_pad_added (GstElement *demuxer, GstPad *pad, gpointer user_data)
{
  Bridge *self = user_data;
  const Kind *kind = find_kind (pad);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  if (!kind || self->is_linked || has_branch (self, kind->sink)) {
    leave_out (self, pad);
    return;
  }
  build_branch (self, pad, kind, &self->branches[self->count]);
  self->count++;
  g_timeout_add (PATIENCE_MS, link_branches, self);
}

/* Ends it unless there is a picture. */
static gboolean
on_barren (gpointer user_data)
{
  Bridge *self = user_data;
  g_mutex_lock (&self->lock);
  if (!self->is_linked)
    g_main_loop_quit (self->loop);
  g_mutex_unlock (&self->lock);
  return G_SOURCE_REMOVE;
}

/* The stream's program is complete. */
static gboolean
on_complete (gpointer user_data)
{
  Bridge *self = user_data;
  link_branches (self);
  return on_barren (self);
}

static void
on_no_more_pads (GstElement *demuxer, gpointer user_data)
{
  g_idle_add (on_complete, user_data);
}

/* --- the main thread --- */

static gboolean
on_message (GstBus *bus, GstMessage *message, gpointer user_data)
{
  Bridge *self = user_data;
  self->is_complete = GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS;
  if (self->is_complete || GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    g_main_loop_quit (self->loop);
  return G_SOURCE_CONTINUE;
}

/* Reads the line in front of the stream, and nothing of the stream. Returns NULL without one. */
static char *
read_key (void)
{
  g_autofree char *key = g_malloc0 (KEY_MAX + 1);
  for (gsize length = 0; length <= KEY_MAX;) {
    gssize count = read (STDIN_FILENO, key + length, 1);
    if (count == 0 || (count < 0 && errno != EINTR))
      return NULL;
    if (count < 0)
      continue;
    if (key[length] != '\n') {
      length++;
      continue;
    }
    key[length] = '\0';
    return g_steal_pointer (&key);
  }
  return NULL;
}

static gboolean
build (Bridge *self, const char *port)
{
  char *key = read_key ();
  if (!key)
    return FALSE;
  g_autofree char *stream = g_uri_escape_string (key, NULL, FALSE);
  char *location = g_strdup_printf ("rtmp://127.0.0.1:%s/app/%s", port, stream);
  self->pipeline = gst_pipeline_new (NULL);
  GstElement *source = add (self, "fdsrc");
  GstElement *demuxer = add (self, "tsdemux");
  self->muxer = add (self, "flvmux");
  self->sink = add (self, "rtmp2sink");
  gst_element_set_locked_state (self->sink, TRUE); /* connects when there is something to publish */
  g_object_set (source, "fd", STDIN_FILENO, NULL);
  /* What the muxer calls itself is not what the encoder is. */
  g_object_set (self->muxer, "streamable", TRUE, "encoder", "", "metadatacreator", "", NULL);
  g_object_set (self->sink, "location", location, "sync", FALSE, "async", FALSE, NULL);
  sc_secret_free (location);
  sc_secret_free (g_steal_pointer (&stream));
  sc_secret_free (key);
  g_signal_connect (demuxer, "pad-added", G_CALLBACK (on_pad_added), self);
  g_signal_connect (demuxer, "no-more-pads", G_CALLBACK (on_no_more_pads), self);
  return gst_element_link (source, demuxer) && gst_element_link (self->muxer, self->sink);
}

static void
run (Bridge *self)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  gst_bus_add_watch (bus, on_message, self);
  g_timeout_add_seconds (BARREN_SECONDS, on_barren, self);
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  g_main_loop_run (self->loop);
  gst_bus_remove_watch (bus);
}

int
main (int argc, char **argv)
{
  sc_worker_confine (MAX_MEMORY);
  if (argc < 2 || !sc_worker_init_gstreamer (&argc, &argv, plugins, NULL))
    return EXIT_FAILURE;
  Bridge self = { .loop = g_main_loop_new (NULL, FALSE) };
  g_mutex_init (&self.lock);
  if (!build (&self, argv[1]))
    return EXIT_FAILURE;
  run (&self);
  if (self.is_complete)
    gst_element_set_state (self.pipeline, GST_STATE_NULL); /* takes leave of the ingest */
  /* Else what is open goes with the process: threads of the pipeline may wait in a read. */
  _exit (EXIT_SUCCESS);
}
