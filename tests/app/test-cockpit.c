/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The page that a streamer keeps beside the encoder, on a real window over a server in this
 * process: what it says of a stream that is well, that is not and that is well again, its figures
 * and events, and its end. With STREAMCAT_PICTURES=DIR it is also painted.
 */

#include "config.h"

#include "sc-chat-panel.h"
#include "sc-client-fixture.h"
#include "sc-cockpit-view.h"
#include "sc-health-group.h"
#include "sc-line-chart.h"
#include "sc-person-dialog.h"
#include "sc-player-library.h"
#include "sc-player-view.h"
#include "sc-window.h"
#include "sct-window.h"

#define SIGNED_IN "{'token':'t0k3n','expires_at':'2099-01-01T00:00:00.000Z','user':{'name':'mia'}}"
#define STREAM                                                                                     \
  "{'id':'st-1','started_at':'2026-01-01T00:00:00.000Z','width':1280,'height':720,"                \
  "'frame_rate':30,'health':'healthy'}"
#define CHANNEL CHANNEL_WITH ("null")
#define CHANNEL_WITH(url)                                                                          \
  "{'channel':{'name':'mia','title':'Weaving algebraical patterns','state':'ready',"               \
  "'playback_url':" url                                                                            \
  ",'ingest_server':'rtmps://ingest.example:443/app/','channel_type':'BASIC',"                     \
  "'live':true,'stream':" STREAM ",'key_state':'ready'}}"

/* What the server says of the stream: @health, and when it ended, as JSON. */
#define STATUS_ROUTE "GET /v1/me/channel/live"

#define HELD_ROUTE "GET /v1/channels/mia/chat/held"
#define PLAYLIST_ROUTE "GET /live.m3u8"
#define NO_STREAM "{'stream':null,'ingest':null,'samples':[],'reports':[]}"
#define BUSY "{'error':{'code':'busy','message':'busy'}}"

typedef struct {
  ScFakeApi *api;
  GSettings *settings;
  ScSession *session;
  GtkWidget *window;
} Fixture;

static char *
make_samples (void)
{
  g_autoptr (GStrvBuilder) samples = g_strv_builder_new ();
  for (guint i = 0; i < 120; i++) {
    /* With something to see: a dip, a gap and a crowd. */
    guint bitrate = i > 60 && i < 70 ? 1200000 : 2900000 + 40000 * (i % 5);
    g_autofree char *rate = i > 90 && i < 96 ? g_strdup ("null") : g_strdup_printf ("%u", bitrate);
    g_strv_builder_take (samples,
                         g_strdup_printf ("{'at':'2026-01-01T00:%02u:%02u.000Z','bitrate':%s,"
                                          "'frame_rate':%u,'keyframe_interval':2,'viewers':%u}",
                                          i / 12,
                                          i % 12 * 5,
                                          rate,
                                          i > 60 && i < 70 ? 24 : 30,
                                          i * i / 300));
  }
  g_auto (GStrv) strings = g_strv_builder_end (samples);
  return g_strjoinv (",", strings);
}

static void
answer (Fixture *self, const char *health, const char *ended_at)
{
  g_autofree char *samples = make_samples ();
  g_autofree char *json =
    g_strdup_printf ("{'stream':{'id':'st-1','started_at':'2026-01-01T00:00:00.000Z',"
                     "'ended_at':%s,'health':'%s','viewers':47,'peak_viewers':51},"
                     "'ingest':{'video':{'codec':'avc1.4D401F','encoder':'obs-output module',"
                     "'profile':'Main','level':'3.1','width':1280,'height':720,'frame_rate':30,"
                     "'bitrate':2900000},'audio':{'codec':'mp4a.40.2','bitrate':160000,"
                     "'sample_rate':48000,'channels':2}},'samples':[%s],"
                     "'reports':[{'id':'e2','stream_id':'st-1','kind':'starvation_end',"
                     "'at':'2026-01-01T00:06:00.000Z'},{'id':'e1','stream_id':'st-1',"
                     "'kind':'starvation_start','at':'2026-01-01T00:05:00.000Z'}]}",
                     ended_at,
                     health,
                     samples);
  sc_fake_api_answer_now (self->api, STATUS_ROUTE, 200, json);
}

static void
set_up (Fixture *self, gconstpointer first_fails)
{
  self->api = sc_fake_api_new ();
  self->settings = g_settings_new (SC_APP_ID);
  self->session = sc_test_session_new ();
  sc_fake_api_answer (self->api, "POST /v1/sessions", 201, SIGNED_IN);
  sc_fake_api_answer (self->api, "GET /v1/channels?live=1", 200, "{'channels':[]}");
  sc_fake_api_answer (self->api, "GET /v1/recordings", 200, "{'recordings':[]}");
  sc_fake_api_answer (self->api, "GET /v1/me/channel", 200, CHANNEL);
  if (first_fails)
    sc_fake_api_answer (self->api, STATUS_ROUTE, 503, BUSY);
  else
    answer (self, "healthy", "null");
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
see_no_more (Fixture *self, const char *text)
{
  while (sct_find (self->window, GTK_TYPE_LABEL, text))
    g_main_context_iteration (NULL, TRUE);
}

/* Presses the button on which @text stands. */
static void
press (Fixture *self, const char *text)
{
  GtkWidget *label = see (self, GTK_TYPE_LABEL, text);
  GtkWidget *button = gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON);
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

/* The room tells that the channel is another now, so the page asks at once. */
static void
tell (Fixture *self)
{
  ScCockpitView *view = SC_COCKPIT_VIEW (see (self, SC_TYPE_COCKPIT_VIEW, NULL));
  g_signal_emit_by_name (sc_cockpit_view_get_room (view), "channel-changed");
}

static void
scroll_to_end (gpointer data)
{
  Fixture *self = data;
  GtkWidget *view = see (self, SC_TYPE_COCKPIT_VIEW, NULL);
  GtkWidget *scrolled = sct_find (view, GTK_TYPE_SCROLLED_WINDOW, NULL);
  GtkAdjustment *position = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  gtk_adjustment_set_value (position, gtk_adjustment_get_upper (position));
  sct_wait_frames (self->window, 3);
}

static void
take_pictures (Fixture *self, const char *name, gboolean at_end)
{
  sct_take_pictures_with (self->window, name, 1300, at_end ? scroll_to_end : NULL, self);
}

/* The time that the stream is live may have the same digits in it as another figure. */
static GtkWidget *
find_figure (GtkWidget *root, const char *text)
{
  for (GtkWidget *at = gtk_widget_get_first_child (root); at;
       at = gtk_widget_get_next_sibling (at)) {
    if (GTK_IS_LABEL (at) && g_str_equal (gtk_label_get_text (GTK_LABEL (at)), text))
      return at;
    GtkWidget *found = find_figure (at, text);
    if (found)
      return found;
  }
  return NULL;
}

/* What a screen reader calls the figure @text. */
static void
hear (Fixture *self, const char *text, const char *name)
{
  GtkWidget *figure = find_figure (self->window, text);
  g_assert_nonnull (figure);
  GtkWidget *group = gtk_widget_get_parent (figure);
  gtk_test_accessible_assert_role (group, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_test_accessible_assert_property (group, GTK_ACCESSIBLE_PROPERTY_LABEL, name);
}

static void
test_health (Fixture *self, gconstpointer unused)
{
  see (self, GTK_TYPE_LABEL, "Healthy");
  see (self, GTK_TYPE_LABEL, "47");
  see (self, GTK_TYPE_LABEL, "51");
  hear (self, "47", "Viewers");
  hear (self, "51", "Most Viewers");
  see (self, GTK_TYPE_LABEL, "At most 3.5 Mb/s");
  see (self, GTK_TYPE_LABEL, "avc1.4D401F, Main 3.1");
  see (self, GTK_TYPE_LABEL, "Frames Arrive in Time Again");
  sct_check_large (self->window);
  take_pictures (self, "cockpit-healthy", /* at_end= */ FALSE);
  answer (self, "starving", "null");
  tell (self);
  see (self, GTK_TYPE_LABEL, "Frames are arriving late: lower the bitrate or check the upload.");
  take_pictures (self, "cockpit-starving", /* at_end= */ FALSE);
  answer (self, "healthy", "null");
  tell (self);
  see (self, GTK_TYPE_LABEL, "Healthy");
}

/* What the server says of a stream, and what the page makes of it. */
typedef struct {
  const char *health;
  const char *figures; /* of the newest sample */
  const char *report;  /* (nullable): its kind, and what else it says */
  gboolean is_over;
  const char *title;
  const char *words;
} Fault;

#define WELL "'bitrate':2900000,'frame_rate':30,'keyframe_interval':2"
#define EXCESS                                                                                     \
  "limit_breach','limit':{'name':'Ingest Bitrate','value':3500000,'unit':'bits per second',"       \
  "'exceeded_by':5500000},'reason':'"

static const Fault faults[] = {
  { .health = "starving",
    .figures = WELL,
    .title = "Frames Are Arriving Late",
    .words = "Frames are arriving late: lower the bitrate or check the upload." },
  { .health = "healthy",
    .figures = "'bitrate':9000000,'frame_rate':30,'keyframe_interval':2",
    .title = "The Bitrate Is Too High",
    .words = "Your channel takes 3.5 Mb/s at most" },
  { .health = "healthy",
    .figures = WELL,
    .report = EXCESS,
    .title = "The Bitrate Is Too High",
    .words = "Your channel takes 3.5 Mb/s at most" },
  { .health = "healthy",
    .figures = "'bitrate':2900000,'frame_rate':30,'keyframe_interval':8",
    .title = "Keyframes Are Too Far Apart",
    .words = "Keyframes every 8 s: set 2 s in OBS." },
  { .health = "healthy",
    .figures = "'bitrate':2900000,'frame_rate':12,'keyframe_interval':2",
    .title = "Frames Are Missing",
    .words = "12 of 30 frames a second arrive" },
  { .health = "healthy",
    .figures = WELL,
    .report = "takeover_failure",
    .title = "A Second Encoder Was Refused",
    .words = "Another encoder tried to stream with your key." },
  { .health = "starving",
    .figures = WELL,
    .is_over = TRUE,
    .title = "Your Stream Broke Off",
    .words = "The connection was lost. Check the line" },
  { .health = "healthy",
    .figures = WELL,
    .report = "stream_failure','reason':'Transcode capacity exceeded.",
    .is_over = TRUE,
    .title = "Your Stream Broke Off",
    .words = "Amazon IVS ended the stream: Transcode capacity exceeded." },
};

/* What was reported, and what ended, did so now: both are soon old. */
static void
answer_fault (Fixture *self, const Fault *fault)
{
  g_autoptr (GDateTime) time = g_date_time_new_now_utc ();
  g_autofree char *now = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S.000Z");
  g_autofree char *ended_at = fault->is_over ? g_strdup_printf ("'%s'", now) : g_strdup ("null");
  g_autofree char *report = fault->report
                              ? g_strdup_printf ("{'id':'e1','stream_id':'st-1','at':'%s',"
                                                 "'kind':'%s'}",
                                                 now,
                                                 fault->report)
                              : g_strdup ("");
  g_autofree char *json =
    g_strdup_printf ("{'stream':{'id':'st-1','started_at':'2026-01-01T00:00:00.000Z',"
                     "'ended_at':%s,'health':'%s','viewers':47,'peak_viewers':51},"
                     "'ingest':{'video':{'codec':'avc1.4D401F','width':1280,'height':720,"
                     "'frame_rate':30}},'samples':[{'at':'%s',%s,'viewers':47}],'reports':[%s]}",
                     ended_at,
                     fault->health,
                     now,
                     fault->figures,
                     report);
  sc_fake_api_answer_now (self->api, STATUS_ROUTE, 200, json);
}

/* Waits until the words on how the stream goes have @text, or have it no more. */
static void
wait_for_words (Fixture *self, const char *text, gboolean wanted)
{
  GtkWidget *group = see (self, SC_TYPE_HEALTH_GROUP, NULL);
  while ((sct_find (group, GTK_TYPE_LABEL, text) != NULL) != wanted)
    g_main_context_iteration (NULL, TRUE);
}

/* Each fault has its words on the page, which go when it is well again. */
static void
test_faults (Fixture *self, gconstpointer unused)
{
  static const Fault well = { .health = "healthy", .figures = WELL };
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autofree char *name = g_strdup_printf ("cockpit-fault-%u", i);
    g_test_message ("%s", faults[i].title);
    wait_for_words (self, "Healthy", TRUE);
    answer_fault (self, &faults[i]);
    tell (self);
    wait_for_words (self, faults[i].title, TRUE);
    wait_for_words (self, faults[i].words, TRUE);
    g_assert_null (sct_find (see (self, SC_TYPE_HEALTH_GROUP, NULL), GTK_TYPE_LABEL, "Healthy"));
    take_pictures (self, name, /* at_end= */ FALSE);
    answer_fault (self, &well);
    tell (self);
    wait_for_words (self, faults[i].title, FALSE);
    wait_for_words (self, faults[i].words, FALSE);
  }
  wait_for_words (self, "Healthy", TRUE);
}

/* Whose an encoder with a wrong key is nobody knows: its words are there until a stream is. */
static void
test_wrong_key (Fixture *self, gconstpointer unused)
{
  static const char *const words = "we cannot see an encoder with a wrong key";
  wait_for_words (self, "Healthy", TRUE);
  sc_fake_api_answer_now (self->api, STATUS_ROUTE, 200, NO_STREAM);
  tell (self);
  wait_for_words (self, "Not Live", TRUE);
  wait_for_words (self, words, TRUE);
  take_pictures (self, "cockpit-no-stream", /* at_end= */ FALSE);
  answer (self, "healthy", "null");
  tell (self);
  wait_for_words (self, words, FALSE);
  wait_for_words (self, "Healthy", TRUE);
}

/* The page knows nothing before the server's first answer, and says so. */
static void
test_unknown (Fixture *self, gconstpointer unused)
{
  see (self, GTK_TYPE_LABEL, "The Server Is Busy");
  g_assert_null (sct_find (self->window, GTK_TYPE_LABEL, "Not Live"));
  g_assert_null (sct_find (self->window, GTK_TYPE_LABEL, "Nothing was reported."));
  take_pictures (self, "cockpit-error", /* at_end= */ FALSE);
  answer (self, "healthy", "null");
  press (self, "Retry");
  see (self, GTK_TYPE_LABEL, "Healthy");
}

/* What is known stays on show, with its age, until there is more. */
static void
test_stale (Fixture *self, gconstpointer unused)
{
  see (self, GTK_TYPE_LABEL, "Healthy");
  g_assert_null (sct_find (self->window, GTK_TYPE_LABEL, "These figures are from"));
  sc_fake_api_answer_now (self->api, STATUS_ROUTE, 503, BUSY);
  tell (self);
  see (self, GTK_TYPE_LABEL, "These figures are from");
  see (self, GTK_TYPE_LABEL, "Healthy");
  take_pictures (self, "cockpit-stale", /* at_end= */ FALSE);
  answer (self, "starving", "null");
  gtk_widget_activate_action (see (self, SC_TYPE_COCKPIT_VIEW, NULL), "page.reload", NULL);
  see (self, GTK_TYPE_LABEL, "Frames Are Arriving Late");
  see_no_more (self, "These figures are from");
}

/* From the way to the first stream. */
static void
test_open (Fixture *self, gconstpointer unused)
{
  see (self, GTK_TYPE_LABEL, "Healthy");
  GtkWidget *stack = see (self, ADW_TYPE_VIEW_STACK, NULL);
  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (stack), "setup");
  see (self, GTK_TYPE_LABEL, "We see your stream: 1280×720, 30 fps, ");
  see_no_more (self, "Healthy");
  press (self, "Open");
  see (self, GTK_TYPE_LABEL, "Healthy");
}

static ScChatLine *
make_line (void)
{
  const ScChatRecord record = {
    .id = (char *) "l1",
    .sent_at = G_USEC_PER_SEC,
    .user_id = (char *) "u-ada",
    .name = (char *) "ada",
    .role = SC_CHAT_VIEWER,
    .text = (char *) "is this thing on?",
    .offset_ms = -1,
  };
  return sc_chat_line_new_stored (&record, /* own= */ FALSE);
}

static gboolean
has_asked_for_held (gpointer data)
{
  Fixture *self = data;
  return sc_fake_api_count (self->api, HELD_ROUTE) > 1;
}

/* Who streams moderates here: who wrote a message, and the messages that wait. */
static void
test_chat (Fixture *self, gconstpointer unused)
{
  see (self, GTK_TYPE_LABEL, "Healthy");
  ScCockpitView *view = SC_COCKPIT_VIEW (see (self, SC_TYPE_COCKPIT_VIEW, NULL));
  sc_fake_api_answer (self->api, HELD_ROUTE, 200, "{'held':[]}");
  g_signal_emit_by_name (sc_cockpit_view_get_room (view), "held-changed");
  sc_test_wait_until (has_asked_for_held, self);
  g_autoptr (ScChatLine) line = make_line ();
  g_signal_emit_by_name (sc_cockpit_view_get_chat_view (view), "person-requested", line);
  see (self, SC_TYPE_PERSON_DIALOG, NULL);
}

static gboolean
has_focus_within (GtkWidget *widget)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  return focus && gtk_widget_is_ancestor (focus, widget);
}

/* Between the picture and the chat by the keyboard, from the other page and in a narrow window too.
 */
static void
test_focus (Fixture *self, gconstpointer unused)
{
  see (self, GTK_TYPE_LABEL, "Healthy");
  GtkWidget *view = see (self, SC_TYPE_COCKPIT_VIEW, NULL);
  GtkWidget *chat = see (self, SC_TYPE_CHAT_PANEL, NULL);
  GtkWidget *player = see (self, SC_TYPE_PLAYER_VIEW, NULL);
  GtkWidget *stack = see (self, ADW_TYPE_VIEW_STACK, NULL);
  /* A window takes a size only once it is on screen. */
  sct_wait_frames (self->window, 3);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 370, 720);
  sct_wait_frames (self->window, 5);
  g_assert_false (gtk_widget_get_mapped (chat));
  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (stack), "setup");
  gtk_widget_activate_action (view, "page.focus-chat", NULL);
  g_assert_true (has_focus_within (chat));
  gtk_widget_activate_action (chat, "chat.leave", NULL);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (self->window)) == player);
}

/* What the video server refuses is not tried again and again, but when somebody asks for it. */
static void
test_picture (Fixture *self, gconstpointer unused)
{
  g_autofree char *json =
    g_strdup_printf (CHANNEL_WITH ("'%s/live.m3u8'"), sc_fake_api_get_url (self->api));
  sc_fake_api_answer (self->api, PLAYLIST_ROUTE, 403, "");
  sc_fake_api_answer_now (self->api, "GET /v1/me/channel", 200, json);
  see (self, GTK_TYPE_LABEL, "You May Not Watch This Stream");
  g_assert_null (sct_find (self->window, SC_TYPE_PLAYER_VIEW, NULL));
  guint asked = sc_fake_api_count (self->api, PLAYLIST_ROUTE);
  take_pictures (self, "cockpit-no-picture", /* at_end= */ FALSE);
  gtk_widget_activate_action (see (self, SC_TYPE_COCKPIT_VIEW, NULL), "page.reload", NULL);
  see (self, SC_TYPE_PLAYER_VIEW, NULL);
  see (self, GTK_TYPE_LABEL, "You May Not Watch This Stream");
  g_assert_cmpuint (sc_fake_api_count (self->api, PLAYLIST_ROUTE), >, asked);
}

/* Who streams does not hear themselves, seconds late: the own picture is silent until they want it
 * otherwise. */
static void
test_muted (Fixture *self, gconstpointer unused)
{
  g_autoptr (ScPlayer) player = NULL;
  see (self, GTK_TYPE_LABEL, "Healthy");
  GtkWidget *view = see (self, SC_TYPE_PLAYER_VIEW, NULL);
  g_object_get (view, "player", &player, NULL);
  g_assert_true (sc_player_get_muted (player));
  gtk_widget_activate_action (view, "player.toggle-mute", NULL);
  g_assert_false (sc_player_get_muted (player));
}

static void
test_charts (Fixture *self, gconstpointer unused)
{
  GtkWidget *chart = see (self, SC_TYPE_LINE_CHART, NULL);
  gtk_test_accessible_assert_role (chart, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (chart, GTK_ACCESSIBLE_PROPERTY_LABEL, "Bitrate");
  gtk_test_accessible_assert_property (chart,
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "3.1 Mb/s at last, between 1.2 Mb/s and 3.1 Mb/s");
  g_autofree char *first = sc_line_chart_dup_words_at (SC_LINE_CHART (chart), 0);
  g_autofree char *worst = sc_line_chart_dup_words_at (SC_LINE_CHART (chart), 0.55);
  g_assert_cmpstr (first, ==, "00:00 · 2.9 Mb/s");
  g_assert_cmpstr (worst, ==, "00:05 · 1.2 Mb/s");
  see (self, GTK_TYPE_LABEL, "00:09");
  take_pictures (self, "cockpit-charts", /* at_end= */ TRUE);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  take_pictures (self, "cockpit-rtl", /* at_end= */ TRUE);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static void
test_stop (Fixture *self, gconstpointer unused)
{
  sc_fake_api_answer (self->api, "POST /v1/me/channel/stop", 202, "{}");
  press (self, "End Stream…");
  see (self, GTK_TYPE_LABEL, "End Your Stream?");
  sct_check_large (self->window);
  take_pictures (self, "cockpit-end", /* at_end= */ FALSE);
  g_assert_cmpuint (sc_fake_api_count (self->api, "POST /v1/me/channel/stop"), ==, 0);
  answer (self, "healthy", "'2026-01-01T01:00:00.000Z'");
  g_signal_emit_by_name (adw_application_window_get_visible_dialog (
                           ADW_APPLICATION_WINDOW (self->window)),
                         "response::end",
                         "end");
  see (self, GTK_TYPE_LABEL, "Your stream ends");
  g_assert_cmpuint (sc_fake_api_count (self->api, "POST /v1/me/channel/stop"), ==, 1);
  see (self, GTK_TYPE_LABEL, "Not Live");
  see (self, GTK_TYPE_LABEL, "1:00:00");
  see_no_more (self, "End Stream…");
}

static void
stop (Fixture *self)
{
  press (self, "End Stream…");
  see (self, GTK_TYPE_LABEL, "End Your Stream?");
  g_signal_emit_by_name (adw_application_window_get_visible_dialog (
                           ADW_APPLICATION_WINDOW (self->window)),
                         "response::end",
                         "end");
}

/* Who ends streams all the time is told when they may again. */
static void
test_stop_too_often (Fixture *self, gconstpointer unused)
{
  static const char *const first = "Try again in 7 seconds: you just tried several times.";
  see (self, GTK_TYPE_LABEL, "Healthy");
  sc_fake_api_refuse_now (self->api, "POST /v1/me/channel/stop", "7");
  stop (self);
  see (self, GTK_TYPE_LABEL, first);
  take_pictures (self, "cockpit-stop-refused", /* at_end= */ FALSE);
  sc_fake_api_refuse_now (self->api, "POST /v1/me/channel/stop", "1");
  stop (self);
  see (self, GTK_TYPE_LABEL, "Try again in 1 second: you");
  see_no_more (self, first);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/cockpit/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  sct_window_init (&argc, &argv);
  sc_player_library_init ();
  ADD ("health", test_health);
  ADD ("faults", test_faults);
  ADD ("wrong-key", test_wrong_key);
  g_test_add ("/cockpit/unknown", Fixture, "fails", set_up, test_unknown, tear_down);
  ADD ("stale", test_stale);
  ADD ("open", test_open);
  ADD ("chat", test_chat);
  ADD ("focus", test_focus);
  ADD ("picture", test_picture);
  ADD ("muted", test_muted);
  ADD ("charts", test_charts);
  ADD ("stop", test_stop);
  ADD ("stop-too-often", test_stop_too_often);
  int status = g_test_run ();
  sc_player_library_finish ();
  return status;
}
