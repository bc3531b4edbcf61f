/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the real application begins with after it was left: the channel or the recording that was on
 * show. Which pages that are is asked in test-streamer-mode. */

#include "config.h"

#include "sc-channel-page.h"
#include "sc-player-library.h"
#include "sc-recording-page.h"
#include "sc-window.h"
#include "sct-application.h"
#include "sct-wait.h"
#include "sct-window.h"

#define GIVE_UP_SECONDS 20
#define VIDEO_SECONDS 4
#define ROUTE "GET /v1/recordings/r1"
#define MISSING "{'error':{'code':'not_found','message':'No','field':null}}"

static GtkWidget *
find (GType type, const char *text)
{
  return sct_find (GTK_WIDGET (sc_window_find ()), type, text);
}

static GtkWidget *
wait_for (GType type, const char *text)
{
  sct_wait_for (GIVE_UP_SECONDS, find (type, text) != NULL);
  return find (type, text);
}

static void
answer_recording (SctApplication *over)
{
  g_autofree char *body =
    g_strdup_printf ("{'recording':{'id':'r1','channel':'ada','title':'Engines',"
                     "'started_at':'2026-01-01T00:00:00.000Z','duration_ms':%u,'playback_url':'%s',"
                     "'thumbnail_url':null,'thumbnails_url':null,'width':320,'height':180}}",
                     VIDEO_SECONDS * 1000,
                     hls_server_get_uri (over->recorded));
  sc_fake_api_answer_now (over->api, ROUTE, 200, body);
}

static void
open_link (SctApplication *over, const char *path)
{
  const char *host = strstr (sc_fake_api_get_url (over->api), "//") + 2;
  g_autofree char *link = g_strdup_printf ("streamcat://%s/%s", host, path);
  sc_window_open_uri (sc_window_find (), link);
}

static void
start_again (SctApplication *over)
{
  gtk_window_close (GTK_WINDOW (sc_window_find ()));
  g_assert_null (sc_window_find ());
  g_application_activate (G_APPLICATION (over->application));
}

static void
test_channel (gconstpointer data)
{
  SctApplication *over = (SctApplication *) data;
  open_link (over, "channel/ada");
  wait_for (SC_TYPE_CHANNEL_PAGE, NULL);
  g_application_activate (G_APPLICATION (over->application)); /* the window is there already */
  start_again (over);
  wait_for (SC_TYPE_CHANNEL_PAGE, NULL);
}

static void
test_recording (gconstpointer data)
{
  SctApplication *over = (SctApplication *) data;
  g_autoptr (ScRecording) recording = NULL;
  answer_recording (over);
  open_link (over, "recording/r1");
  wait_for (SC_TYPE_RECORDING_PAGE, NULL);
  start_again (over);
  GtkWidget *page = wait_for (SC_TYPE_RECORDING_PAGE, NULL);
  g_object_get (page, "recording", &recording, NULL);
  g_assert_cmpstr (sc_recording_get_fields (recording)->id, ==, "r1");
}

static void
test_recording_gone (gconstpointer data)
{
  SctApplication *over = (SctApplication *) data;
  sc_fake_api_answer_now (over->api, ROUTE, 404, MISSING);
  start_again (over);
  wait_for (GTK_TYPE_LABEL, "This recording is not there any more.");
  g_assert_null (find (SC_TYPE_RECORDING_PAGE, NULL));

  guint n_asked = sc_fake_api_count (over->api, ROUTE);
  start_again (over);
  wait_for (GTK_TYPE_LABEL, "Nobody Is Live");
  g_assert_cmpuint (sc_fake_api_count (over->api, ROUTE), ==, n_asked);
  g_assert_null (find (GTK_TYPE_LABEL, "This recording is not there any more."));
}

int
main (int argc, char *argv[])
{
  sct_window_init (&argc, &argv);
  sc_player_library_init ();
  g_autofree char *folder = hls_folder_new_of (VIDEO_SECONDS);
  SctApplication over = { 0 };
  sct_application_init (&over, folder);
  sct_application_start (&over);
  g_test_add_data_func ("/last-page/channel", &over, test_channel);
  g_test_add_data_func ("/last-page/recording", &over, test_recording);
  g_test_add_data_func ("/last-page/recording-gone", &over, test_recording_gone);
  int status = g_test_run ();
  sct_application_quit (&over);
  sct_application_clear (&over);
  sc_player_library_finish ();
  hls_folder_remove (folder);
  return status;
}
