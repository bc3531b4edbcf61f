/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The streamer's own recordings in a real window over a server in this process: renaming, hiding,
 * deleting. With STREAMCAT_PICTURES=DIR they are also painted at 1280 and 360 pixels of width,
 * light and dark. */

#include "config.h"

#include "sc-fake-api.h"
#include "sc-line-chart.h"
#include "sc-own-recording-row.h"
#include "sc-own-recordings-dialog.h"
#include "sct-window.h"

#include <string.h>

#define LIST "GET /v1/me/recordings"
#define PATCH "PATCH /v1/me/recordings/r1"
#define DELETE "DELETE /v1/me/recordings/r1"

/* Without a compositor a window has a frame of 5 pixels on each side. */
#define FRAME 10

#define RECORDING(id, title, hidden)                                                               \
  "{'id':'" id "','channel':'ada','title':'" title "','category':'Music',"                         \
  "'started_at':'2026-01-02T10:00:00.000Z','duration_ms':754000,"                                  \
  "'playback_url':'https://example.org/m.m3u8','thumbnail_url':null,'width':2,'height':2,"         \
  "'hidden':" hidden ",'views':1,'streams':'st-1'}"

typedef struct {
  ScFakeApi *api;
  ScClient *client;
  GtkWidget *window;
  const char *text;
  GType type;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ScHttp) http = sc_http_new (5);
  fixture->api = sc_fake_api_new ();
  fixture->client = sc_client_new (http);
  sc_client_set_server (fixture->client, sc_fake_api_get_url (fixture->api));
  sc_client_set_token (fixture->client, "t0k3n");
  sc_fake_api_answer (fixture->api,
                      LIST,
                      200,
                      "{'recordings':[" RECORDING ("r1", "Notes", "false") "," RECORDING (
                        "r2",
                        "A title that is so long that it does not fit into a line of a phone",
                        "true") "],'older':null}");
  fixture->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (fixture->window), adw_bin_new ());
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1280 + FRAME, 800);
  gtk_window_present (GTK_WINDOW (fixture->window));
  adw_dialog_present (ADW_DIALOG (sc_own_recordings_dialog_new (fixture->client)), fixture->window);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (fixture->client);
  sc_fake_api_free (fixture->api);
}

static gboolean
is_there (gpointer data)
{
  Fixture *fixture = data;
  return sct_find (fixture->window, fixture->type, fixture->text) != NULL;
}

static GtkWidget *
wait_widget (Fixture *fixture, GType type, const char *text)
{
  fixture->type = type;
  fixture->text = text;
  sc_test_wait_until (is_there, fixture);
  return sct_find (fixture->window, type, text);
}

static gboolean
is_gone (gpointer data)
{
  return !is_there (data);
}

static GtkWidget *
wait_row (Fixture *fixture, const char *title)
{
  GtkWidget *label = wait_widget (fixture, GTK_TYPE_LABEL, title);
  return gtk_widget_get_ancestor (label, SC_TYPE_OWN_RECORDING_ROW);
}

/* Presses the button on which @text stands. */
static void
press (GtkWidget *root, const char *text)
{
  GtkWidget *label = sct_find (root, GTK_TYPE_LABEL, text);
  g_assert_nonnull (label);
  g_signal_emit_by_name (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON), "clicked");
}

static gboolean
has_asked (gpointer data)
{
  Fixture *fixture = data;
  return sc_fake_api_count (fixture->api, fixture->text) > 0;
}

static void
wait_asked (Fixture *fixture, const char *route)
{
  fixture->text = route;
  sc_test_wait_until (has_asked, fixture);
}

static void
test_words (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  ScRecordingFields fields = { .id = "r", .channel = "ada", .title = "t", .duration_ms = 754000 };
  fields.playback_url = "https://example.org/m.m3u8";
  fields.started_at = G_USEC_PER_SEC;
  fields.views = 2;
  g_autoptr (ScRecording) shown = sc_recording_new (&fields);
  fields.is_hidden = TRUE;
  g_autoptr (ScRecording) hidden = sc_recording_new (&fields);
  gint64 now = G_USEC_PER_SEC + G_TIME_SPAN_HOUR;
  g_autofree char *shown_words = sc_own_recording_words (shown, now, utc);
  g_autofree char *hidden_words = sc_own_recording_words (hidden, now, utc);
  g_assert_nonnull (strstr (shown_words, "12:34"));
  g_assert_nonnull (strstr (shown_words, "2 views"));
  g_assert_null (strstr (shown_words, "Hidden"));
  g_assert_true (g_str_has_suffix (hidden_words, "Hidden"));
}

static void
test_renamed (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row = wait_row (fixture, "Notes");
  sc_fake_api_answer (fixture->api,
                      PATCH,
                      200,
                      "{'recording':" RECORDING ("r1", "Sketches", "false") "}");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  GtkWidget *entry = sct_find (row, ADW_TYPE_ENTRY_ROW, NULL);
  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), " Sketches ");
  g_signal_emit_by_name (entry, "apply");
  wait_row (fixture, "Sketches");
  g_assert_cmpstr (sc_fake_api_get_body (fixture->api, PATCH), ==, "{\"title\":\"Sketches\"}");
}

/* The second entry, by itself: the title stays. */
static void
test_category (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row = wait_row (fixture, "Notes");
  sc_fake_api_answer (fixture->api,
                      PATCH,
                      200,
                      "{'recording':" RECORDING ("r1", "Notes", "false") "}");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  GtkWidget *title = sct_find (row, ADW_TYPE_ENTRY_ROW, NULL);
  GtkWidget *entry = gtk_widget_get_next_sibling (title);
  g_assert_true (ADW_IS_ENTRY_ROW (entry));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "Music");
  gtk_editable_set_text (GTK_EDITABLE (entry), "Crafts");
  g_signal_emit_by_name (entry, "apply");
  wait_asked (fixture, PATCH);
  g_assert_cmpstr (sc_fake_api_get_body (fixture->api, PATCH), ==, "{\"category\":\"Crafts\"}");
}

#define PAST_ROUTE "GET /v1/me/channel/streams/st-1"
#define SAMPLES                                                                                    \
  "{'at':'2026-01-02T10:01:00.000Z','bitrate':3000000,'frame_rate':30.0,'keyframe_interval':2.0,"  \
  "'viewers':12},{'at':'2026-01-02T10:02:00.000Z','bitrate':3100000,'frame_rate':30.0,"            \
  "'keyframe_interval':2.0,'viewers':47}"
#define PAST(samples)                                                                              \
  "{'stream':{'id':'st-1','started_at':'2026-01-02T10:00:00.000Z',"                                \
  "'ended_at':'2026-01-02T10:12:34.000Z','health':'healthy','viewers':null,'peak_viewers':47},"    \
  "'ingest':null,'samples':[" samples "],'reports':[],"                                            \
  "'audience':{'chat':[{'at':'2026-01-02T10:00:00.000Z','lines':3.0},"                             \
  "{'at':'2026-01-02T10:01:00.000Z','lines':8.0}],'new_followers':5}}"

static GtkWidget *
wait_text (Fixture *fixture, const char *text)
{
  return wait_widget (fixture, GTK_TYPE_LABEL, text);
}

static void
open_figures (Fixture *fixture)
{
  GtkWidget *row = wait_row (fixture, "Notes");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  wait_text (fixture, "How It Went");
  press (fixture->window, "How It Went");
}

/* Who watched it live, what was said, and who follows since. */
static void
test_figures (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = { "New Followers", "47", "Peak: 8 messages a minute" };
  sc_fake_api_answer (fixture->api, PAST_ROUTE, 503, "{}");
  sc_fake_api_answer (fixture->api, PAST_ROUTE, 200, PAST (SAMPLES));
  open_figures (fixture);
  wait_text (fixture, "Retry");
  press (fixture->window, "Retry");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    wait_text (fixture, texts[i]);
  sct_check_large (fixture->window);
  sct_take_pictures (fixture->window, "past-streams");
}

static void
assert_said_at (gpointer chart, double place, const char *expected)
{
  g_autofree char *words = sc_line_chart_dup_words_at (SC_LINE_CHART (chart), place);
  g_assert_cmpstr (words, ==, expected);
}

/* What was at one time is at one place in all charts of a stream, whatever each knows. */
static void
test_one_span (Fixture *fixture, gconstpointer data)
{
  sc_fake_api_answer (fixture->api, PAST_ROUTE, 200, PAST (SAMPLES));
  open_figures (fixture);
  GtkWidget *header = gtk_widget_get_parent (wait_text (fixture, "Peak: 8 messages a minute"));
  GtkWidget *chat = gtk_widget_get_next_sibling (header);
  GtkWidget *bitrate = sct_find (fixture->window, SC_TYPE_LINE_CHART, NULL);
  assert_said_at (bitrate, 0.6, "10:01 · 3.0 Mb/s");
  assert_said_at (chat, 0.6, "10:01 · 8 messages a minute");
  assert_said_at (bitrate, 1.0, "10:02 · 3.1 Mb/s");
  wait_text (fixture, "10:00");
  wait_text (fixture, "10:02");
}

/* Of a stream of which nothing was measured there is what was said in its chat. */
static void
test_chat_alone (Fixture *fixture, gconstpointer data)
{
  sc_fake_api_answer (fixture->api, PAST_ROUTE, 200, PAST (""));
  open_figures (fixture);
  wait_text (fixture, "Peak: 8 messages a minute");
  g_assert_null (sct_find (fixture->window, GTK_TYPE_LABEL, "Frame Rate"));
  GtkWidget *chat = sct_find (fixture->window, SC_TYPE_LINE_CHART, NULL);
  assert_said_at (chat, 1.0, "10:01 · 8 messages a minute");
  wait_text (fixture, "10:00");
  wait_text (fixture, "10:01");
  sct_take_pictures (fixture->window, "past-streams-chat");
}

static void
test_hidden (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row = wait_row (fixture, "Notes");
  sc_fake_api_answer (fixture->api,
                      PATCH,
                      200,
                      "{'recording':" RECORDING ("r1", "Notes", "true") "}");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  AdwSwitchRow *hidden = ADW_SWITCH_ROW (sct_find (row, ADW_TYPE_SWITCH_ROW, NULL));
  adw_switch_row_set_active (hidden, TRUE);
  wait_asked (fixture, PATCH);
  g_assert_cmpstr (sc_fake_api_get_body (fixture->api, PATCH), ==, "{\"hidden\":true}");
}

static gboolean
is_hidden (gpointer data)
{
  GtkWidget *row = data;
  AdwSwitchRow *hidden = ADW_SWITCH_ROW (sct_find (row, ADW_TYPE_SWITCH_ROW, NULL));
  return gtk_widget_is_sensitive (row) && adw_switch_row_get_active (hidden);
}

/* Another change does not take what is being typed. */
static void
test_typing (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row = wait_row (fixture, "Notes");
  sc_fake_api_answer (fixture->api,
                      PATCH,
                      200,
                      "{'recording':" RECORDING ("r1", "Notes", "true") "}");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  GtkWidget *entry = sct_find (row, ADW_TYPE_ENTRY_ROW, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "Half a ti");
  AdwSwitchRow *hidden = ADW_SWITCH_ROW (sct_find (row, ADW_TYPE_SWITCH_ROW, NULL));
  adw_switch_row_set_active (hidden, TRUE);
  g_assert_false (gtk_widget_is_sensitive (row));
  sc_test_wait_until (is_hidden, row);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "Half a ti");
}

/* What could not be changed shows as it is. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row = wait_row (fixture, "Notes");
  sc_fake_api_answer (fixture->api,
                      PATCH,
                      503,
                      "{'error':{'code':'busy','message':'No','field':null}}");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  AdwSwitchRow *hidden = ADW_SWITCH_ROW (sct_find (row, ADW_TYPE_SWITCH_ROW, NULL));
  adw_switch_row_set_active (hidden, TRUE);
  wait_widget (fixture, GTK_TYPE_LABEL, "The recording could not be changed.");
  g_assert_false (adw_switch_row_get_active (hidden));
}

/* Nothing is deleted before somebody has said so twice. */
static void
test_deleted (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row = wait_row (fixture, "Notes");
  sc_fake_api_answer (fixture->api, DELETE, 202, "{}");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  press (row, "Delete…");
  wait_widget (fixture, GTK_TYPE_LABEL, "Delete “Notes”?");
  g_assert_cmpuint (sc_fake_api_count (fixture->api, DELETE), ==, 0);
  sc_fake_api_answer_now (fixture->api,
                          LIST,
                          200,
                          "{'recordings':[" RECORDING ("r2", "Other", "true") "],'older':null}");
  press (fixture->window, "Delete for Good");
  wait_asked (fixture, DELETE);
  wait_row (fixture, "Other");
  fixture->type = GTK_TYPE_LABEL;
  fixture->text = "Notes";
  sc_test_wait_until (is_gone, fixture);
}

static void
test_looks (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row = wait_row (fixture, "Notes");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  sct_check_large (fixture->window);
  sct_take_pictures (fixture->window, "own-recordings");
}

#define add(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  sct_window_init (&argc, &argv);
  g_test_add_func ("/app/own-recordings/words", test_words);
  add ("/app/own-recordings/renamed", test_renamed);
  add ("/app/own-recordings/category", test_category);
  add ("/app/own-recordings/hidden", test_hidden);
  add ("/app/own-recordings/figures", test_figures);
  add ("/app/own-recordings/one-span", test_one_span);
  add ("/app/own-recordings/chat-alone", test_chat_alone);
  add ("/app/own-recordings/typing", test_typing);
  add ("/app/own-recordings/refused", test_refused);
  add ("/app/own-recordings/deleted", test_deleted);
  add ("/app/own-recordings/looks", test_looks);
  return g_test_run ();
}
