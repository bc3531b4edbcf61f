/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What becomes of a stream key on a real window over a server in this process: where it is to be
 * found while masked, shown and copied, and how another one is made. Time passes when the test says
 * so. With STREAMCAT_PICTURES=DIR each state is also painted, wide and light, narrow and dark.
 */

#include "config.h"

#include "sc-client-fixture.h"
#include "sc-ingest-group.h"
#include "sc-key-row.h"
#include "sc-my-channel-page.h"
#include "sc-player-library.h"
#include "sc-window.h"
#include "sct-log.h"
#include "sct-window.h"

#include <string.h>

#define KEY "sk_us-west-2_AbCdEfGhIjKl_0123456789abcdefghijklmnop"
#define PASSPHRASE "ZU5AcdEfGhIjKlMnOpQrStUvWxYz"
#define SRT_SERVER "srt://c.srt.example:9000"
#define KEY_ANSWER "{'key':'" KEY "'}"
#define OTHER_KEY "sk_us-west-2_zYxWvUtSrQpO_ponmlkjihgfedcba9876543210"
#define OTHER_KEY_ANSWER "{'key':'" OTHER_KEY "'}"
#define SRT_ANSWER "{'srt':{'endpoint':'" SRT_SERVER "','passphrase':'" PASSPHRASE "'}}"
#define SIGNED_IN "{'token':'t0k3n','expires_at':'2099-01-01T00:00:00.000Z','user':{'name':'mia'}}"
#define STREAM                                                                                     \
  "{'id':'st-1','started_at':'2026-01-01T00:00:00.000Z','width':1280,'height':720,"                \
  "'frame_rate':30,'health':'healthy'}"
#define CHANNEL(stream, key_state)                                                                 \
  "{'channel':{'name':'mia','title':'Weaving','state':'ready','playback_url':null,"                \
  "'ingest_server':'rtmps://ingest.example:443/app/','channel_type':'BASIC',"                      \
  "'live':false,'stream':" stream ",'key_state':'" key_state "'}}"
#define NO_STREAM "{'stream':null,'ingest':null,'samples':[],'reports':[]}"
#define OFFLINE CHANNEL ("null", "ready")
#define RESETTING CHANNEL ("null", "resetting")
#define LIVE CHANNEL (STREAM, "ready")

typedef struct {
  ScFakeApi *api;
  GSettings *settings;
  ScSession *session;
  GtkWidget *window;
  DexPromise *pause; /* what the last delay of the row waits for */
  guint seconds;     /* that delay */
} Fixture;

static guint n_leaks;

/* No line of a log may have the key. */
static void
look_into_log (const char *line)
{
  if (strstr (line, KEY) || strstr (line, PASSPHRASE))
    n_leaks++;
}

static DexFuture *
begin_delay (guint seconds, gpointer data)
{
  Fixture *self = data;
  dex_clear (&self->pause);
  self->seconds = seconds;
  self->pause = dex_promise_new ();
  return dex_ref (DEX_FUTURE (self->pause));
}

static void
set_up (Fixture *self, gconstpointer channel)
{
  self->api = sc_fake_api_new ();
  self->settings = g_settings_new (SC_APP_ID);
  self->session = sc_test_session_new ();
  sc_fake_api_answer (self->api, "POST /v1/sessions", 201, SIGNED_IN);
  sc_fake_api_answer (self->api, "GET /v1/channels?live=1", 200, "{'channels':[]}");
  sc_fake_api_answer (self->api, "GET /v1/recordings", 200, "{'recordings':[]}");
  sc_fake_api_answer (self->api, "GET /v1/me/channel", 200, channel);
  sc_fake_api_answer (self->api, "GET /v1/me/channel/live", 200, NO_STREAM);
  sc_fake_api_answer (self->api, "GET /v1/me/channel/key", 200, KEY_ANSWER);
  sc_fake_api_answer (self->api, "GET /v1/me/channel/srt", 200, SRT_ANSWER);
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
  dex_clear (&self->pause);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (self->session);
  g_assert_finalize_object (self->settings);
  sc_fake_api_free (self->api);
  g_assert_cmpuint (n_leaks, ==, 0);
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

static ScKeyRow *
see_row (Fixture *self)
{
  GtkWidget *stack = see (self, ADW_TYPE_VIEW_STACK, NULL);
  see (self, ADW_TYPE_INLINE_VIEW_SWITCHER, NULL);
  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (stack), "setup");
  ScKeyRow *row = SC_KEY_ROW (see (self, SC_TYPE_KEY_ROW, NULL));
  sc_key_row_set_delay (row, &(ScDelay) { begin_delay, self });
  return row;
}

static void
press (Fixture *self, const char *tooltip)
{
  g_signal_emit_by_name (see (self, GTK_TYPE_BUTTON, tooltip), "clicked");
}

static GtkWidget *
find_button (GtkWidget *root, const char *label)
{
  for (GtkWidget *at = gtk_widget_get_first_child (root); at;
       at = gtk_widget_get_next_sibling (at)) {
    gboolean fits = GTK_IS_BUTTON (at) && gtk_widget_get_mapped (at) &&
                    g_strcmp0 (gtk_button_get_label (GTK_BUTTON (at)), label) == 0;
    GtkWidget *found = fits ? at : find_button (at, label);
    if (found)
      return found;
  }
  return NULL;
}

/* Presses the button of that label, which has its mnemonic. */
static void
press_words (Fixture *self, const char *label)
{
  GtkWidget *button = NULL;
  while (!(button = find_button (self->window, label)))
    g_main_context_iteration (NULL, TRUE);
  g_signal_emit_by_name (button, "clicked");
}

/* Lets the delay that runs end. */
static void
pass_time (Fixture *self)
{
  g_autoptr (DexPromise) pause = g_steal_pointer (&self->pause);
  g_assert_nonnull (pause);
  dex_promise_resolve_boolean (pause, TRUE);
}

static void
wait_for_delay (Fixture *self)
{
  while (!self->pause)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
has_key (GObject *object)
{
  guint n_specs = 0;
  g_autofree GParamSpec **specs =
    g_object_class_list_properties (G_OBJECT_GET_CLASS (object), &n_specs);
  for (guint i = 0; i < n_specs; i++) {
    g_autofree char *text = NULL;
    if (specs[i]->value_type != G_TYPE_STRING || !(specs[i]->flags & G_PARAM_READABLE) ||
        (specs[i]->flags & G_PARAM_DEPRECATED))
      continue;
    g_object_get (object, specs[i]->name, &text, NULL);
    if (text && (strstr (text, KEY) || strstr (text, PASSPHRASE)))
      return TRUE;
  }
  return FALSE;
}

/* Whatever assistive technologies, or a picture of the window, can tell is a property of a widget:
 * how many have the key? */
static guint
count_keys (GtkWidget *root)
{
  guint count = has_key (G_OBJECT (root));
  for (GtkWidget *at = gtk_widget_get_first_child (root); at; at = gtk_widget_get_next_sibling (at))
    count += count_keys (at);
  return count;
}

/* Ten seconds in view, each counted, and then in no widget. */
static void
test_show (Fixture *self, gconstpointer unused)
{
  see_row (self);
  g_assert_cmpuint (count_keys (self->window), ==, 0);
  sct_check_large (self->window);
  sct_take_pictures (self->window, "key-masked");
  press (self, "Show Stream Key");
  see (self, GTK_TYPE_LABEL, KEY);
  for (guint left = 10; left > 0; left--) {
    g_autofree char *words = g_strdup_printf ("Hidden Again in %u Second", left);
    see (self, GTK_TYPE_LABEL, words);
    wait_for_delay (self);
    g_assert_cmpuint (self->seconds, ==, 1);
    if (left == 8)
      sct_take_pictures (self->window, "key-shown");
    pass_time (self);
  }
  see_no_more (self, KEY);
  g_assert_cmpuint (count_keys (self->window), ==, 0);
  see (self, GTK_TYPE_BUTTON, "Show Stream Key");
}

static void
test_hide (Fixture *self, gconstpointer unused)
{
  GtkWidget *row = GTK_WIDGET (see_row (self));
  press (self, "Show Stream Key");
  see (self, GTK_TYPE_LABEL, KEY);
  press (self, "Hide Stream Key");
  g_assert_cmpuint (count_keys (self->window), ==, 0);
  press (self, "Show Stream Key");
  see (self, GTK_TYPE_LABEL, KEY);
  gtk_widget_activate_action (row, "navigation.pop", NULL);
  see_no_more (self, KEY);
}

/* Returns every pixel of the window, as soon as it is drawn. */
static GBytes *
look (Fixture *self)
{
  sct_wait_frames (self->window, 3);
  g_autoptr (GdkTexture) texture = sct_paint (self->window);
  gsize stride = (gsize) gdk_texture_get_width (texture) * 4;
  gsize size = stride * (gsize) gdk_texture_get_height (texture);
  g_autofree guchar *pixels = g_malloc (size);
  gdk_texture_download (texture, pixels, stride);
  return g_bytes_new_take (g_steal_pointer (&pixels), size);
}

/* Shows a key for a while. Returns what the window looked like meanwhile. */
static GBytes *
look_at_key (Fixture *self, const char *answer, const char *key)
{
  sc_fake_api_answer_now (self->api, "GET /v1/me/channel/key", 200, answer);
  press (self, "Show Stream Key");
  see (self, GTK_TYPE_LABEL, key);
  GBytes *shown = look (self);
  press (self, "Hide Stream Key");
  see (self, GTK_TYPE_BUTTON, "Show Stream Key");
  return shown;
}

/* A picture of the masked key is the same whichever key it is, before it was known and after it was
 * seen; one of a key that is shown is not, so that the pictures would tell. */
static void
test_picture (Fixture *self, gconstpointer unused)
{
  see_row (self);
  see (self, GTK_TYPE_LABEL, "Your First Stream"); /* it moves what is below it */
  g_autoptr (GBytes) unknown = look (self);
  g_autoptr (GBytes) shown = look_at_key (self, KEY_ANSWER, KEY);
  g_autoptr (GBytes) masked = look (self);
  g_autoptr (GBytes) other_shown = look_at_key (self, OTHER_KEY_ANSWER, OTHER_KEY);
  g_autoptr (GBytes) other_masked = look (self);
  g_assert_cmpuint (strlen (KEY), ==, strlen (OTHER_KEY));
  g_assert_false (g_bytes_equal (shown, other_shown));
  g_assert_false (g_bytes_equal (shown, masked));
  g_assert_true (g_bytes_equal (masked, other_masked));
  g_assert_true (g_bytes_equal (masked, unknown));
}

/* The key shows only where it can be seen. */
static void
test_shortcut (Fixture *self, gconstpointer unused)
{
  GtkWidget *row = GTK_WIDGET (see_row (self));
  AdwViewStack *stack = ADW_VIEW_STACK (see (self, ADW_TYPE_VIEW_STACK, NULL));
  adw_view_stack_set_visible_child_name (stack, "live");
  gtk_widget_activate_action (row, "page.show-key", NULL);
  see (self, GTK_TYPE_LABEL, KEY);
  g_assert_cmpstr (adw_view_stack_get_visible_child_name (stack), ==, "setup");
  adw_view_stack_set_visible_child_name (stack, "live");
  while (count_keys (self->window) > 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_live (Fixture *self, gconstpointer unused)
{
  see_row (self);
  see (self, GTK_TYPE_LABEL, "You Are Live");
  press (self, "Show Stream Key");
  see (self, GTK_TYPE_LABEL, "Show the Stream Key?");
  sct_take_pictures (self->window, "key-warning");
  press_words (self, "_Cancel");
  see_no_more (self, "Show the Stream Key?");
  g_assert_cmpuint (sc_fake_api_count (self->api, "GET /v1/me/channel/key"), ==, 0);
  press (self, "Show Stream Key");
  press_words (self, "_Show");
  see (self, GTK_TYPE_LABEL, KEY);
}

static void
on_text_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  char **ret_text = user_data;
  *ret_text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static char *
paste (GdkClipboard *clipboard)
{
  char *text = NULL;
  gdk_clipboard_read_text_async (clipboard, NULL, on_text_read, &text);
  while (!text)
    g_main_context_iteration (NULL, TRUE);
  return text;
}

static void
test_copy (Fixture *self, gconstpointer unused)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (self->window);
  GtkWidget *row = GTK_WIDGET (see_row (self));
  press (self, "Copy Stream Key");
  see (self, GTK_TYPE_LABEL, "Stream key copied");
  wait_for_delay (self);
  g_assert_cmpuint (self->seconds, ==, 60);
  g_assert_cmpuint (count_keys (self->window), ==, 0);
  g_autofree char *pasted = paste (clipboard);
  g_assert_cmpstr (pasted, ==, KEY);

  /* It goes also when nobody looks at the page any more. */
  gtk_widget_activate_action (row, "navigation.pop", NULL);
  while (sct_find (self->window, SC_TYPE_MY_CHANNEL_PAGE, NULL))
    g_main_context_iteration (NULL, TRUE);
  pass_time (self);
  while (gdk_clipboard_get_content (clipboard))
    g_main_context_iteration (NULL, TRUE);
}

/* What was copied since is not the key's to clear. */
static void
test_copy_elsewhere (Fixture *self, gconstpointer unused)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (self->window);
  see_row (self);
  press (self, "Copy Stream Key");
  wait_for_delay (self);
  gdk_clipboard_set_text (clipboard, "something else");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  pass_time (self);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_autofree char *pasted = paste (clipboard);
  g_assert_cmpstr (pasted, ==, "something else");
}

static void
test_reset (Fixture *self, gconstpointer unused)
{
  see_row (self);
  sc_fake_api_answer (self->api, "POST /v1/me/channel/key", 202, RESETTING);
  press_words (self, "_Reset…");
  see (self, GTK_TYPE_LABEL, "Reset the Stream Key?");
  sct_take_pictures (self->window, "key-reset");
  press_words (self, "_Reset");
  while (sc_fake_api_count (self->api, "POST /v1/me/channel/key") == 0)
    g_main_context_iteration (NULL, TRUE);
  sc_fake_api_answer_now (self->api, "GET /v1/me/channel", 200, RESETTING);
  see (self, GTK_TYPE_LABEL, "The new one is being made…");
  g_assert_false (gtk_widget_is_sensitive (see (self, GTK_TYPE_BUTTON, "Copy Stream Key")));
  g_assert_cmpstr (sc_fake_api_get_body (self->api, "POST /v1/me/channel/key"),
                   ==,
                   "{\"stop\":false}");
  see_no_more (self, "Reset the Stream Key?");
  sct_take_pictures (self->window, "key-resetting");
  sc_fake_api_answer_now (self->api, "GET /v1/me/channel", 200, OFFLINE);
  see (self, GTK_TYPE_LABEL, "Your new stream key is ready");
  g_assert_true (gtk_widget_is_sensitive (see (self, GTK_TYPE_BUTTON, "Copy Stream Key")));
}

static void
test_reset_live (Fixture *self, gconstpointer unused)
{
  see_row (self);
  see (self, GTK_TYPE_LABEL, "You Are Live");
  sc_fake_api_answer (self->api, "POST /v1/me/channel/key", 409, "{'error':{'code':'conflict'}}");
  sc_fake_api_answer (self->api, "POST /v1/me/channel/key", 202, RESETTING);
  press_words (self, "_Reset…");
  see (self, GTK_TYPE_LABEL, "Reset and Keep Streaming");
  sct_take_pictures (self->window, "key-reset-live");
  press_words (self, "Reset and _End Stream");
  see (self, GTK_TYPE_LABEL, "The stream key could not be reset.");
  g_assert_cmpstr (sc_fake_api_get_body (self->api, "POST /v1/me/channel/key"),
                   ==,
                   "{\"stop\":true}");
  see_no_more (self, "Reset the Stream Key?");
  press_words (self, "_Reset…");
  press_words (self, "Reset and _Keep Streaming");
  see (self, GTK_TYPE_LABEL, "The new one is being made…");
}

static AdwToggleGroup *
choose_protocol (Fixture *self, const char *name)
{
  GtkWidget *ingest = see (self, SC_TYPE_INGEST_GROUP, NULL);
  AdwToggleGroup *group = ADW_TOGGLE_GROUP (sct_find (ingest, ADW_TYPE_TOGGLE_GROUP, NULL));
  adw_toggle_group_set_active_name (group, name);
  return group;
}

/* By SRT there is a passphrase besides, kept as the key is. */
static void
test_srt (Fixture *self, gconstpointer unused)
{
  see_row (self);
  see (self, GTK_TYPE_LABEL, "rtmps://ingest.example:443/app/");
  choose_protocol (self, "srt");
  see (self, GTK_TYPE_LABEL, SRT_SERVER);
  see_no_more (self, "rtmps://ingest.example:443/app/");
  see (self, GTK_TYPE_LABEL, "the passphrase as the password");
  g_assert_cmpuint (count_keys (self->window), ==, 0);
  sct_take_pictures (self->window, "srt-masked");
  press (self, "Show Passphrase");
  see (self, GTK_TYPE_LABEL, PASSPHRASE);
  press (self, "Hide Passphrase");
  g_assert_cmpuint (count_keys (self->window), ==, 0);
  press (self, "Copy Passphrase");
  see (self, GTK_TYPE_LABEL, "Passphrase copied");
  g_assert_cmpuint (count_keys (self->window), ==, 0);
  g_autofree char *pasted = paste (gtk_widget_get_clipboard (self->window));
  g_assert_cmpstr (pasted, ==, PASSPHRASE);

  /* Once for the server, and for each use of the passphrase; the key is not asked for. */
  g_assert_cmpuint (sc_fake_api_count (self->api, "GET /v1/me/channel/srt"), ==, 3);
  g_assert_cmpuint (sc_fake_api_count (self->api, "GET /v1/me/channel/key"), ==, 0);

  choose_protocol (self, "rtmps");
  see (self, GTK_TYPE_LABEL, "rtmps://ingest.example:443/app/");
  see_no_more (self, "the passphrase as the password");
  g_assert_null (sct_find (self->window, GTK_TYPE_BUTTON, "Show Passphrase"));
  choose_protocol (self, "srt");
  see (self, GTK_TYPE_LABEL, SRT_SERVER);
  g_assert_cmpuint (sc_fake_api_count (self->api, "GET /v1/me/channel/srt"), ==, 3);
}

/* What cannot be known now is no channel without SRT, and can be asked for again. */
static void
test_srt_fails (Fixture *self, gconstpointer unused)
{
  see_row (self);
  sc_fake_api_answer_now (self->api,
                          "GET /v1/me/channel/srt",
                          502,
                          "{'error':{'code':'upstream_unavailable','message':'No'}}");
  AdwToggleGroup *group = choose_protocol (self, "srt");
  see (self, GTK_TYPE_LABEL, "The server could not be fetched");
  see (self, GTK_TYPE_LABEL, "The server of SRT could not be fetched.");
  g_assert_cmpstr (adw_toggle_group_get_active_name (group), ==, "srt");
  g_assert_null (sct_find (self->window, GTK_TYPE_BUTTON, "Show Passphrase"));
  sct_take_pictures (self->window, "srt-failed");
  sc_fake_api_answer_now (self->api, "GET /v1/me/channel/srt", 200, SRT_ANSWER);
  press_words (self, "Retry");
  see (self, GTK_TYPE_LABEL, SRT_SERVER);
  g_assert_null (sct_find (self->window, GTK_TYPE_BUTTON, "Retry"));
}

/* A channel without SRT stays with RTMPS. */
static void
test_no_srt (Fixture *self, gconstpointer unused)
{
  see_row (self);
  see (self, GTK_TYPE_LABEL, "rtmps://ingest.example:443/app/");
  sc_fake_api_answer_now (self->api,
                          "GET /v1/me/channel/srt",
                          404,
                          "{'error':{'code':'not_found','message':'No'}}");
  AdwToggleGroup *group = choose_protocol (self, "srt");
  see (self, GTK_TYPE_LABEL, "Your channel takes no SRT");
  g_assert_cmpstr (adw_toggle_group_get_active_name (group), ==, "rtmps");
  see (self, GTK_TYPE_LABEL, "rtmps://ingest.example:443/app/");
}

#define ADD(name, channel, function)                                                               \
  g_test_add ("/stream-key/" name, Fixture, channel, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  sct_log_watch (look_into_log);
  sct_window_init (&argc, &argv);
  sc_player_library_init ();
  ADD ("show", OFFLINE, test_show);
  ADD ("hide", OFFLINE, test_hide);
  ADD ("picture", OFFLINE, test_picture);
  ADD ("shortcut", OFFLINE, test_shortcut);
  ADD ("live", LIVE, test_live);
  ADD ("copy", OFFLINE, test_copy);
  ADD ("copy-elsewhere", OFFLINE, test_copy_elsewhere);
  ADD ("srt", OFFLINE, test_srt);
  ADD ("srt-fails", OFFLINE, test_srt_fails);
  ADD ("no-srt", OFFLINE, test_no_srt);
  ADD ("reset", OFFLINE, test_reset);
  ADD ("reset-live", LIVE, test_reset_live);
  return g_test_run ();
}
