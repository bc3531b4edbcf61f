/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-fault-proxy.h"
#include "sct-studio.h"

#include <gio/gunixinputstream.h>
#include <stdio.h>
#include <string.h>

/* An ingest and an origin for a benchmark, with a network in front of it. Prints a line of ports:
 * "RTMP HTTP PROXY". Takes lines: "direct", "base PORT", or "network DELAY JITTER BANDWIDTH"
 * (milliseconds, bits a second), which is where playlists point to from then on; "bitrate", which
 * it answers with bits a second of the newest whole segment. Ends with its input. */

typedef struct {
  SctStudio *studio;
  SctFaultProxy *proxy;
  GMainLoop *loop;
  guint bitrate;
} Bench;

static void
on_segment (const char *channel_id, const char *stream_id, ScSegment *segment, gpointer user_data)
{
  Bench *bench = user_data;
  if (segment->state == SC_SEGMENT_WHOLE && segment->duration_us > 0)
    bench->bitrate = (guint) (segment->size * 8 * G_USEC_PER_SEC / (gsize) segment->duration_us);
}

static void
set_network (Bench *bench, const SctFaults *faults, guint16 port)
{
  g_autofree char *base = g_strdup_printf ("http://127.0.0.1:%u", port);
  sct_fault_proxy_set (bench->proxy, faults);
  sc_origin_set_base_url (bench->studio->origin, base);
}

static void
obey (Bench *bench, const char *line)
{
  SctFaults faults = { 0 };
  guint port;
  if (g_str_has_prefix (line, "network ") && sct_faults_parse (line + strlen ("network "), &faults))
    set_network (bench, &faults, sct_fault_proxy_get_port (bench->proxy));
  else if (g_str_equal (line, "direct"))
    set_network (bench, &faults, bench->studio->http_port);
  else if (sscanf (line, "base %u", &port) == 1)
    set_network (bench, &faults, (guint16) port);
  else if (g_str_equal (line, "bitrate"))
    printf ("%u\n", bench->bitrate);
  fflush (stdout);
}

static void
on_line (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Bench *bench = user_data;
  GDataInputStream *input = G_DATA_INPUT_STREAM (source);
  g_autofree char *line = g_data_input_stream_read_line_finish (input, result, NULL, NULL);
  if (!line) {
    g_main_loop_quit (bench->loop);
    return;
  }
  obey (bench, line);
  g_data_input_stream_read_line_async (input, G_PRIORITY_DEFAULT, NULL, on_line, bench);
}

int
main (int argc, char **argv)
{
  g_autoptr (SctStudio) studio = sct_studio_new ();
  g_autoptr (SctFaultProxy) proxy = sct_fault_proxy_new (studio->http_port);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Bench bench = { .studio = studio, .proxy = proxy, .loop = loop };
  studio->tap.segment = on_segment;
  studio->tap_data = &bench;
  printf ("%u %u %u\n", studio->rtmp_port, studio->http_port, sct_fault_proxy_get_port (proxy));
  fflush (stdout);
  g_autoptr (GInputStream) in = g_unix_input_stream_new (0, FALSE);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (in);
  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, NULL, on_line, &bench);
  g_main_loop_run (loop);
  return 0;
}
