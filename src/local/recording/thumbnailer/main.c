/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-worker.h"

#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

/* streamcat-thumbnailer: makes one picture. MPEG-TS on standard input, the JPEG of its first
 * picture on standard output, in the size it has; next to nothing further is decoded. One process a
 * picture: a decoder of H.264 is the part of all this that strangers can hurt most, and what they
 * hurt is gone with their picture. Both ends are files, so no picture passes through the parent. */

/* What a picture may cost: far more than one of 720p does, measured at 0.12 s of one core. */
#define MAX_MEMORY (1024UL * 1024 * 1024)
#define MAX_SECONDS 5
#define PATIENCE (10 * GST_SECOND)
#define MAX_FILE_BYTES (8u * 1024 * 1024)
/* A segment of 2 s at the most that a channel takes, 8.5 Mb/s, has 2 MB. */
#define MAX_INPUT_BYTES (4u * 1024 * 1024)

static const char *const plugins[] = {
  "app", "coreelements", "jpeg", "libav", "mpegtsdemux", "videoconvertscale", "videoparsersbad",
  NULL,
};

/* One thread: a decoder with several keeps a picture back for each of them. */
#define PIPELINE                                                                                   \
  "appsrc name=input ! tsdemux ! h264parse ! "                                                     \
  "avdec_h264 max-threads=1 output-corrupt=false ! "                                               \
  "capsfilter name=picture ! videoconvert ! jpegenc quality=80 ! fdsink sync=false"

static void
limit (void)
{
  const struct rlimit seconds = { MAX_SECONDS, MAX_SECONDS };
  const struct rlimit bytes = { MAX_FILE_BYTES, MAX_FILE_BYTES };
  sc_worker_confine (MAX_MEMORY);
  setrlimit (RLIMIT_CPU, &seconds);
  setrlimit (RLIMIT_FSIZE, &bytes);
}

/* Reads from where the parent set the file to: fdsrc would go to its beginning. */
static GstBuffer *
read_input (void)
{
  guint8 *data = g_malloc (MAX_INPUT_BYTES);
  gsize size = 0;
  gssize count = 1;
  while (count > 0 && size < MAX_INPUT_BYTES) {
    count = read (STDIN_FILENO, data + size, MAX_INPUT_BYTES - size);
    size += (gsize) MAX (count, 0);
  }
  return gst_buffer_new_wrapped (data, size);
}

static void
push_input (GstElement *pipeline)
{
  GstFlowReturn flow;
  g_autoptr (GstElement) input = gst_bin_get_by_name (GST_BIN (pipeline), "input");
  g_autoptr (GstBuffer) buffer = read_input ();
  g_signal_emit_by_name (input, "push-buffer", buffer, &flow);
  g_signal_emit_by_name (input, "end-of-stream", &flow);
}

/* Lets the first picture pass and ends the stream behind it: what follows is not decoded. */
static GstPadProbeReturn
on_picture (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  gboolean *passed = user_data;
  if (!*passed) {
    *passed = TRUE;
    return GST_PAD_PROBE_OK;
  }
  g_autoptr (GstPad) peer = gst_pad_get_peer (pad);
  gst_pad_send_event (peer, gst_event_new_eos ());
  GST_PAD_PROBE_INFO_FLOW_RETURN (info) = GST_FLOW_EOS;
  gst_buffer_unref (GST_PAD_PROBE_INFO_BUFFER (info));
  return GST_PAD_PROBE_HANDLED;
}

/* Runs until the picture is out. Returns FALSE when none will be. */
static gboolean
run (GstElement *pipeline, GError **error)
{
  gboolean passed = FALSE;
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstElement) filter = gst_bin_get_by_name (GST_BIN (pipeline), "picture");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (filter, "src");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, on_picture, &passed, NULL);
  push_input (pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  /* Input without a picture has no end at the sink. */
  g_autoptr (GstMessage) message =
    gst_bus_timed_pop_filtered (bus, PATIENCE, GST_MESSAGE_ERROR | GST_MESSAGE_EOS);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  if (message && GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    gst_message_parse_error (message, error, NULL);
  return message && GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS && passed;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = NULL;
  limit ();
  if (sc_worker_init_gstreamer (&argc, &argv, plugins, &error))
    pipeline = gst_parse_launch (PIPELINE, &error);
  if (pipeline && !error && run (pipeline, &error))
    return EXIT_SUCCESS;
  fprintf (stderr, "streamcat-thumbnailer: %s\n", error ? error->message : "no picture");
  return EXIT_FAILURE;
}
