/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bench-clock.h"

#include <gst/gst.h>
#include <stdio.h>

/* A streamer whose picture carries its own clock: bench-publisher RTMP-URL publishes until it is
 * killed. The clock is painted where a camera's picture would come in: before the encoder. */

/* What an encoder for low latency does: no frames ahead, a keyframe every two seconds. The snow in
 * the picture keeps the bitrate up. */
#define PIPELINE                                                                                   \
  "videotestsrc is-live=true pattern=smpte ! "                                                     \
  "video/x-raw,format=I420,width=640,height=360,framerate=30/1 ! identity name=clock ! "           \
  "x264enc tune=zerolatency speed-preset=veryfast bitrate=2000 key-int-max=60 ! "                  \
  "h264parse ! flvmux name=mux streamable=true ! rtmp2sink name=sink "                             \
  "audiotestsrc is-live=true freq=440 ! audio/x-raw,rate=48000,channels=2 ! avenc_aac ! "          \
  "aacparse ! mux."

static GstPadProbeReturn
on_picture (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  GstBuffer *buffer = gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (info));
  GST_PAD_PROBE_INFO_DATA (info) = buffer;
  GstMapInfo map;
  if (gst_buffer_map (buffer, &map, GST_MAP_READWRITE)) {
    bench_clock_paint (map.data, BENCH_WIDTH, bench_clock_now ());
    gst_buffer_unmap (buffer, &map);
  }
  return GST_PAD_PROBE_OK;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  gst_init (&argc, &argv);
  if (argc != 2)
    g_error ("usage: bench-publisher RTMP-URL");
  g_autoptr (GstElement) pipeline = gst_parse_launch (PIPELINE, &error);
  g_assert_no_error (error);
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  g_object_set (sink, "location", argv[1], NULL);
  g_autoptr (GstElement) clock = gst_bin_get_by_name (GST_BIN (pipeline), "clock");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (clock, "sink");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, on_picture, NULL, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message =
    gst_bus_timed_pop_filtered (bus,
                                GST_CLOCK_TIME_NONE,
                                (GstMessageType) (GST_MESSAGE_ERROR | GST_MESSAGE_EOS));
  gst_message_parse_error (message, &error, NULL);
  fprintf (stderr, "bench-publisher: %s\n", error ? error->message : "the end");
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return 1;
}
