/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The element `ivssrc` behind a line that becomes narrow and wide again: real renditions of a real
 * encoder, and a network between them and the viewer that carries only so much. */

#include "config.h"

#include "live-viewer.h"
#include "sc-live-src.h"
#include "sct-fault-proxy.h"
#include "sct-studio.h"

#define ENCODER "-t 180"
#define HIGH 180
#define LOW 160

/* The master says 922 kb/s of the source and 357 of the smaller rendition, at their peaks: a line
 * for one of them. */
#define NARROW 420000

/* Before it goes down it reads the segment to its end, and the one after it where that was begun:
 * twice four seconds on the narrow line. Before it goes up it wants to have seen for ten seconds
 * that it fits, and five are in the cushion; where a busy machine had it down once before, it waits
 * for twice or four times as long. */
#define DOWN_SECONDS 30
#define UP_SECONDS 90

typedef struct {
  SctStudio *studio;
  SctFaultProxy *line;
  GSubprocess *encoder;
} Stage;

static void
set_up (Stage *stage, gconstpointer data)
{
  stage->studio = sct_studio_new ();
  stage->studio->renditions = 1;
  stage->line = sct_fault_proxy_new (stage->studio->http_port);
  g_autofree char *base =
    g_strdup_printf ("http://127.0.0.1:%u", sct_fault_proxy_get_port (stage->line));
  sc_origin_set_base_url (stage->studio->origin, base);
  stage->encoder = sct_studio_encode (stage->studio, "sk_one", ENCODER);
  sct_studio_wait (stage->studio, "start one *");
}

static void
tear_down (Stage *stage, gconstpointer data)
{
  g_subprocess_send_signal (stage->encoder, SIGINT);
  g_autofree char *said = sct_studio_finish (stage->studio, stage->encoder);
  g_object_unref (stage->encoder);
  sct_fault_proxy_free (stage->line);
  sct_studio_free (stage->studio);
}

static LiveViewer *
open_stage (Stage *stage)
{
  g_autofree char *uri =
    g_strdup_printf ("ivs+http://127.0.0.1:%u/api/video/v1/us-west-2.123456789012.channel.one.m3u8",
                     sct_fault_proxy_get_port (stage->line));
  return live_viewer_new (uri);
}

/* Waits until the picture has @height, and says how long that took. */
static void
wait_for_height (LiveViewer *viewer, int height, guint seconds, const char *what)
{
  gint64 since = g_get_monotonic_time ();
  live_viewer_wait_within (seconds, viewer->height == height || viewer->error);
  g_assert_no_error (viewer->error);
  g_test_message ("%s: %d lines after %.1f s",
                  what,
                  height,
                  (double) (g_get_monotonic_time () - since) / G_USEC_PER_SEC);
}

/* All that the line does to a picture is to make it smaller for as long: each frame of the stream
 * is shown, in its order. */
static void
test_narrow_line (Stage *stage, gconstpointer data)
{
  static const SctFaults narrow = { .bandwidth = NARROW };
  static const SctFaults wide = { 0 };
  LiveViewer *viewer = open_stage (stage);
  live_viewer_settle (viewer);
  live_viewer_wait_for (viewer->qualities->len == 2);
  wait_for_height (viewer, HIGH, UP_SECONDS, "settled");

  sct_fault_proxy_set (stage->line, &narrow);
  wait_for_height (viewer, LOW, DOWN_SECONDS, "narrow");
  live_viewer_wait_for_frames (viewer, 120);
  g_assert_cmpint (viewer->height, ==, LOW);

  sct_fault_proxy_set (stage->line, &wide);
  wait_for_height (viewer, HIGH, UP_SECONDS, "wide");
  live_viewer_wait_for_frames (viewer, 60);
  g_test_message ("the longest that a picture stood: %d ms", (int) (viewer->longest / GST_MSECOND));
  g_assert_cmpint (viewer->widest, <, 100 * GST_MSECOND);
  live_viewer_free (viewer);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  sc_live_src_register (NULL);
  g_test_add ("/live-adapts/narrow-line", Stage, NULL, set_up, test_narrow_line, tear_down);
  return g_test_run ();
}
