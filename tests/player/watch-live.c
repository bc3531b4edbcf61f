/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sc-live-src.h"
#include "sc-trust.h"

#include <gst/gst.h>

static guint frames, sounds;
static gint64 begun, first;
static GMainLoop *loop;
static GstElement *playbin;

static GstPadProbeReturn
on_video (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  frames++;
  return GST_PAD_PROBE_OK;
}
static void
on_handoff (GstElement *sink, GstBuffer *b, GstPad *pad, gpointer data)
{
  guint *n = data;
  (*n)++;
  if (!first && n == &frames) {
    first = g_get_monotonic_time ();
    g_print ("first frame after %.3f s\n", (double) (first - begun) / 1e6);
  }
}
static gboolean
on_message (GstBus *bus, GstMessage *m, gpointer data)
{
  const GstStructure *s = gst_message_get_structure (m);
  g_autofree char *text = s ? gst_structure_to_string (s) : NULL;
  if (GST_MESSAGE_TYPE (m) == GST_MESSAGE_ERROR || GST_MESSAGE_TYPE (m) == GST_MESSAGE_WARNING ||
      GST_MESSAGE_TYPE (m) == GST_MESSAGE_EOS)
    g_print ("%s from %s: %s\n", GST_MESSAGE_TYPE_NAME (m), GST_MESSAGE_SRC_NAME (m), text);
  else if (GST_MESSAGE_TYPE (m) == GST_MESSAGE_ELEMENT &&
           !gst_structure_has_name (s, "sc-live-stats"))
    g_print ("%s\n", text);
  else if (GST_MESSAGE_TYPE (m) == GST_MESSAGE_LATENCY)
    gst_bin_recalculate_latency (GST_BIN (playbin));
  if (GST_MESSAGE_TYPE (m) == GST_MESSAGE_EOS || GST_MESSAGE_TYPE (m) == GST_MESSAGE_ERROR)
    g_main_loop_quit (loop);
  return TRUE;
}
static void
on_source (GstElement *p, GstElement *source, gpointer data)
{
  *(GstElement **) data = gst_object_ref (source);
}
static GstElement *source;
static gboolean
on_second (gpointer data)
{
  static guint f, a;
  GstStructure *stats = NULL;
  if (source)
    g_object_get (source, "stats", &stats, NULL);
  gint64 latency = 0, target = 0, buffer = 0;
  double rate = 0;
  guint stalls = 0, trouble = 0;
  if (stats)
    gst_structure_get (stats,
                       "latency",
                       G_TYPE_INT64,
                       &latency,
                       "target",
                       G_TYPE_INT64,
                       &target,
                       "buffer",
                       G_TYPE_INT64,
                       &buffer,
                       "rate",
                       G_TYPE_DOUBLE,
                       &rate,
                       "stalls",
                       G_TYPE_UINT,
                       &stalls,
                       "trouble",
                       G_TYPE_UINT,
                       &trouble,
                       NULL);
  GstQuery *q = gst_query_new_latency (); gboolean live; GstClockTime min = 0, max;
  if (gst_element_query (playbin, q)) { gst_query_parse_latency (q, &live, &min, &max); g_print ("[L %.3f] ", (double) min / 1e9); }
  gst_query_unref (q);
  g_print ("v %u a %u latency %.3f target %.3f buffer %.3f rate %.3f stalls %u trouble %u %s\n",
           frames - f,
           sounds - a,
           (double) latency / 1e6,
           (double) target / 1e6,
           (double) buffer / 1e6,
           rate,
           stalls,
           trouble,
           stats ? gst_structure_get_string (stats, "quality") : "");
  f = frames;
  a = sounds;
  if (stats)
    gst_structure_free (stats);
  return TRUE;
}
static gboolean
on_over (gpointer d)
{
  g_main_loop_quit (loop);
  return FALSE;
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  sc_live_src_register (NULL);
  if (g_getenv ("SSL_CERT_FILE"))
    sc_trust_certificate_file (g_getenv ("SSL_CERT_FILE"), NULL);
  loop = g_main_loop_new (NULL, FALSE);
  playbin = gst_element_factory_make ("playbin3", NULL);
  gboolean real = argc > 3;
  gint64 bt = argc > 4 ? atoi (argv[4]) * 1000 : 200000;
  GstElement *v = gst_element_factory_make (real ? "ximagesink" : "fakesink", NULL);
  GstElement *a = gst_element_factory_make (real ? "pulsesink" : "fakesink", NULL);
  if (real) g_object_set (a, "buffer-time", bt, "latency-time", (gint64) 10000, NULL);
  if (!real)
    g_object_set (v,
                  "sync",
                  TRUE,
                  "qos",
                  TRUE,
                  "max-lateness",
                  (gint64) 20000000,
                  "signal-handoffs",
                  TRUE,
                  NULL),
      g_object_set (a, "sync", TRUE, "signal-handoffs", TRUE, NULL),
      g_signal_connect (v, "handoff", G_CALLBACK (on_handoff), &frames),
      g_signal_connect (a, "handoff", G_CALLBACK (on_handoff), &sounds);
  else {
    g_autoptr (GstPad) pad = gst_element_get_static_pad (v, "sink");
    gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, on_video, NULL, NULL);
  }
  g_object_set (playbin,
                "uri",
                argv[1],
                "flags",
                1 | 2 | 16,
                "video-sink",
                v,
                "audio-sink",
                a,
                "audio-filter",
                gst_element_factory_make ("scaletempo", NULL),
                NULL);
  g_signal_connect (playbin, "source-setup", G_CALLBACK (on_source), &source);
  g_autoptr (GstBus) bus = gst_element_get_bus (playbin);
  gst_bus_add_watch (bus, on_message, NULL);
  begun = g_get_monotonic_time ();
  gst_element_set_state (playbin, GST_STATE_PLAYING);
  g_timeout_add (1000, on_second, NULL);
  g_timeout_add_seconds (argc > 2 ? atoi (argv[2]) : 10, on_over, NULL);
  g_main_loop_run (loop);
  gint64 t = g_get_monotonic_time ();
  gst_element_set_state (playbin, GST_STATE_NULL);
  g_print ("stopped in %.3f s\n", (double) (g_get_monotonic_time () - t) / 1e6);
  return 0;
}
