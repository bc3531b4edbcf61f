/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The way to the first stream on My Channel, in a real window over a server in this process. With
 * STREAMCAT_PICTURES=DIR each state is also painted, wide and narrow, light and dark. */

#include "config.h"

#include "sc-client-fixture.h"
#include "sc-player-library.h"
#include "sc-set-up-group.h"
#include "sc-set-up-row.h"
#include "sc-window.h"
#include "sct-window.h"

#include <string.h>

#define OWN_ROUTE "GET /v1/me/channel"
#define STATUS_ROUTE "GET /v1/me/channel/live"
#define SIGNED_IN "{'token':'t0k3n','expires_at':'2099-01-01T00:00:00.000Z','user':{'name':'mia'}}"
#define CHANNEL(stream)                                                                            \
  "{'channel':{'name':'mia','title':'Weaving','state':'ready','playback_url':null,"                \
  "'ingest_server':'rtmps://ingest.example:443/app/','channel_type':'BASIC',"                      \
  "'live':false,'stream':" stream ",'key_state':'ready'}}"
#define OFFLINE CHANNEL ("null")
#define CONNECTED                                                                                  \
  CHANNEL ("{'id':'st-1','started_at':'2026-01-01T00:00:00.000Z','width':0,'height':0}")
#define LIVE                                                                                       \
  CHANNEL ("{'id':'st-1','started_at':'2026-01-01T00:00:00.000Z','width':1280,'height':720,"       \
           "'frame_rate':30,'health':'healthy'}")
#define NO_STREAM "{'stream':null,'ingest':null,'samples':[],'reports':[]}"
#define STATUS(ended_at, health)                                                                   \
  "{'stream':{'id':'st-1','started_at':'2026-01-01T00:00:00.000Z','ended_at':" ended_at            \
  ",'health':'" health "','viewers':1,'peak_viewers':1},'ingest':null,"                            \
  "'samples':[{'at':'2026-01-01T00:00:05.000Z','bitrate':3100000,'frame_rate':30,"                 \
  "'keyframe_interval':2,'viewers':1}],'reports':[]}"

typedef struct {
  ScFakeApi *api;
  GSettings *settings;
  ScSession *session;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *self, gconstpointer status)
{
  self->api = sc_fake_api_new ();
  self->settings = g_settings_new (SC_APP_ID);
  self->session = sc_test_session_new ();
  sc_fake_api_answer (self->api, "POST /v1/sessions", 201, SIGNED_IN);
  sc_fake_api_answer (self->api, "GET /v1/channels?live=1", 200, "{'channels':[]}");
  sc_fake_api_answer (self->api, "GET /v1/recordings", 200, "{'recordings':[]}");
  sc_fake_api_answer (self->api, "GET /v1/me/channel/key", 200, "{'key':'sk_1','srt':null}");
  sc_fake_api_answer (self->api, OWN_ROUTE, 200, OFFLINE);
  sc_fake_api_answer (self->api, STATUS_ROUTE, 200, status);
  sc_session_set_server (self->session, sc_fake_api_get_url (self->api));
  g_autoptr (DexFuture) signing_in = sc_session_sign_in (self->session, "mia", "password");
  sc_test_wait (signing_in);
  self->window = GTK_WIDGET (sc_window_new (NULL, self->settings, self->session));
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1290, 800);
  gtk_window_present (GTK_WINDOW (self->window));
  gtk_widget_activate_action (self->window, "win.my-channel", NULL);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  gdk_clipboard_set_content (gdk_display_get_clipboard (gdk_display_get_default ()), NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (self->session);
  g_assert_finalize_object (self->settings);
  sc_fake_api_free (self->api);
}

static GtkWidget *
see (Fixture *self, GType type, const char *text)
{
  GtkWidget *found = NULL;
  while (!(found = sct_find (self->window, type, text)))
    g_main_context_iteration (NULL, TRUE);
  return found;
}

static void
see_no_more (Fixture *self, GType type, const char *text)
{
  while (sct_find (self->window, type, text))
    g_main_context_iteration (NULL, TRUE);
}

/* How a screen reader calls the step that has @title. */
static void
hear (Fixture *self, const char *title, const char *name)
{
  GtkWidget *label = see (self, GTK_TYPE_LABEL, title);
  GtkWidget *row = gtk_widget_get_ancestor (label, SC_TYPE_SET_UP_ROW);
  g_assert_nonnull (row);
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, name);
}

/* Has the page read the channel again. */
static void
tell (Fixture *self, const char *channel, const char *status)
{
  sc_fake_api_answer_now (self->api, OWN_ROUTE, 200, channel);
  sc_fake_api_answer_now (self->api, STATUS_ROUTE, 200, status);
  gtk_widget_activate_action (see (self, ADW_TYPE_VIEW_STACK, NULL), "page.reload", NULL);
}

static void
take_pictures (Fixture *self, const char *name)
{
  g_autofree char *file = g_strconcat ("set-up-", name, NULL);
  sct_take_pictures_with (self->window, file, 900, NULL, NULL);
}

static void
test_steps (Fixture *self, gconstpointer unused)
{
  see (self, GTK_TYPE_LABEL, "Your First Stream");
  g_assert_null (sct_find (self->window, GTK_TYPE_LABEL, "Ready to Go Live"));
  hear (self, "Enter Server and Stream Key", "Step 1 of 4, to do now: Enter Server and Stream Key");
  hear (self, "Start Streaming", "Step 2 of 4, to do later: Start Streaming");
  sct_check_large (self->window);
  take_pictures (self, "encoder");

  g_signal_emit_by_name (see (self, GTK_TYPE_BUTTON, "Copy Stream Key"), "clicked");
  see (self, GTK_TYPE_LABEL, "Start streaming in your encoder");
  hear (self, "Enter Server and Stream Key", "Step 1 of 4, done: Enter Server and Stream Key");
  hear (self, "Start Streaming", "Step 2 of 4, to do now: Start Streaming");
  take_pictures (self, "start");

  tell (self, CONNECTED, NO_STREAM);
  see (self, GTK_TYPE_LABEL, "Waiting for the first frames");
  hear (self, "See Your Stream Arrive", "Step 3 of 4, to do now: See Your Stream Arrive");

  tell (self, LIVE, STATUS ("null", "healthy"));
  see (self, GTK_TYPE_LABEL, "We see your stream: 1280×720, 30 fps, 3.1 Mb/s\nHealthy");
  hear (self, "See Your Stream Arrive", "Step 3 of 4, done: See Your Stream Arrive");
  hear (self, "You Are Live", "Step 4 of 4, done: You Are Live");
  see_no_more (self, GTK_TYPE_LABEL, "Start Streaming");
  take_pictures (self, "live");

  g_signal_emit_by_name (see (self, GTK_TYPE_BUTTON, "Open the Live Page"), "clicked");
  see_no_more (self, SC_TYPE_SET_UP_GROUP, NULL);
  GtkWidget *stack = see (self, ADW_TYPE_VIEW_STACK, NULL);
  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (stack), "setup");
  tell (self, OFFLINE, STATUS ("'2026-01-01T01:00:00.000Z'", "unknown"));
  see (self, GTK_TYPE_LABEL, "Ready to Go Live");
  g_assert_null (sct_find (self->window, SC_TYPE_SET_UP_GROUP, NULL));
}

/* What goes badly is said on the way too. */
static void
test_trouble (Fixture *self, gconstpointer unused)
{
  see (self, SC_TYPE_SET_UP_GROUP, NULL);
  tell (self, LIVE, STATUS ("null", "starving"));
  see (self, GTK_TYPE_LABEL, "Frames are arriving late: lower the bitrate or check the upload.");
  hear (self, "You Are Live", "Step 4 of 4, done: You Are Live");
}

/* Who streamed before knows the way. */
static void
test_known (Fixture *self, gconstpointer unused)
{
  see (self, GTK_TYPE_LABEL, "Ready to Go Live");
  while (sc_fake_api_count (self->api, STATUS_ROUTE) == 0)
    g_main_context_iteration (NULL, TRUE);
  guint n_readings = sc_fake_api_count (self->api, OWN_ROUTE);
  tell (self, OFFLINE, STATUS ("'2026-01-01T01:00:00.000Z'", "unknown"));
  while (sc_fake_api_count (self->api, OWN_ROUTE) < n_readings + 1)
    g_main_context_iteration (NULL, TRUE);
  sct_wait_frames (self->window, 3);
  g_assert_null (sct_find (self->window, SC_TYPE_SET_UP_GROUP, NULL));
}

/* Help comes to who waits, and goes with the first sign of a stream. */
static void
test_help (Fixture *self, gconstpointer unused)
{
  GtkWidget *group = see (self, SC_TYPE_SET_UP_GROUP, NULL);
  guint help_after = 0;
  g_object_get (group, "help-after", &help_after, NULL);
  g_assert_cmpuint (help_after, ==, 30000);
  g_object_set (group, "help-after", 1, NULL);
  sct_wait_frames (self->window, 3);
  g_assert_null (sct_find (self->window, GTK_TYPE_LABEL, "Nothing Arrives Yet"));

  g_signal_emit_by_name (see (self, GTK_TYPE_BUTTON, "The Encoder Has Server"), "clicked");
  see (self, GTK_TYPE_LABEL, "Nothing Arrives Yet");
  see (self, GTK_TYPE_LABEL, "rtmps://ingest.example:443/app/ in the encoder");
  see (self, GTK_TYPE_LABEL, "TCP port 443");
  take_pictures (self, "help");
  tell (self, CONNECTED, NO_STREAM);
  see_no_more (self, GTK_TYPE_LABEL, "Nothing Arrives Yet");
}

static void
assert_help (const char *server, const char *expected)
{
  g_autofree char *words = sc_set_up_help (server);
  if (!strstr (words, expected))
    g_error ("%s: %s", server, words);
}

static void
test_ports (void)
{
  assert_help ("rtmps://ingest.example/app/", "TCP port 443?");
  assert_help ("rtmps://ingest.example:8443/app/", "TCP port 8443?");
  assert_help ("rtmp://127.0.0.1/app/", "TCP port 1935?");
  assert_help ("srt://ingest.example:9000", "UDP port 9000?");
  assert_help ("", "firewall let the encoder connect?");
}

#define ADD(name, status, test)                                                                    \
  g_test_add ("/set-up/" name, Fixture, status, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  sct_window_init (&argc, &argv);
  sc_player_library_init ();
  ADD ("steps", NO_STREAM, test_steps);
  ADD ("trouble", NO_STREAM, test_trouble);
  ADD ("known", STATUS ("'2026-01-01T01:00:00.000Z'", "unknown"), test_known);
  ADD ("help", NO_STREAM, test_help);
  g_test_add_func ("/set-up/ports", test_ports);
  return g_test_run ();
}
