/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Each file that a person is asked for by the desktop's portal, as in a sandbox
 * (org.freedesktop.portal.FileChooser): what they are asked, and what becomes of what they choose,
 * of nothing, and of what can't be read or written. And a link in the chat, which goes by the
 * portal, too (org.freedesktop.portal.OpenURI). */

#include "config.h"

#include "sc-avatar-row.h"
#include "sc-chat-row.h"
#include "sc-encoder-group.h"
#include "sc-fake-api.h"
#include "sc-moderation-log-dialog.h"
#include "sc-recovery-code-page.h"
#include "sct-portal.h"
#include "sct-window.h"

#include <glib/gstdio.h>
#include <string.h>

#define CHANNEL_ROUTE "GET /v1/me/channel"
#define AVATAR_ROUTE "PUT /v1/me/avatar"
#define ACTIONS_ROUTE "GET /v1/channels/ada/chat/actions"
#define ACTION                                                                                     \
  "{'id':'a1','kind':'ban','at':'2026-01-02T10:00:00.000Z',"                                       \
  "'actor':{'user_id':'u-ada','name':'ada'},'person':{'user_id':'u-mia','name':'mia'},"            \
  "'line':null,'reason':'spam','until':null,'undone_at':null,'undoable_until':null}"

#define CODE "ABCD-EFGH-IJKL"
#define SERVER "rtmps://ingest.example.org:443/app/"

/* A picture of one pixel (Portable Pixmap). */
#define PIXEL "P3 1 1 255 192 0 0\n"

/* For LeakSanitizer, which calls it: GTK 4.18 loses what it asks of the root folder for a dialog
 * that it then leaves to the portal. One of GLib's threads makes it, and nothing of it has a name.
 * What our own threads lose goes unseen here with it, but not in the other programs.
 */
const char *__lsan_default_suppressions (void);
const char *
__lsan_default_suppressions (void)
{
  return "leak:asan_thread_start\n";
}

typedef struct {
  SctPortal portal;
  ScFakeApi *api;
  ScClient *client;
  ScOwnChannel *own_channel; /* (nullable) */
  ScChatModeration *moderation;
  GtkWidget *window;
  GtkWidget *bin; /* below the toasts */
  GFile *folder;  /* an empty one */
  const char *text;
} Fixture;

/**
 * Choice:
 * @path: of its tests
 * @show: shows where the control is
 * @control: the tooltip of its button, or the label of its row
 * @question: what the portal is asked
 * @name: what is chosen, in the folder
 * @check: asserts that it was made use of
 * @done: what is told then
 * @failed: what is told if it can't be read or written
 */
typedef struct {
  const char *path;
  void (*show) (Fixture *self);
  const char *control;
  const char *question;
  const char *name;
  void (*check) (Fixture *self);
  const char *done;
  const char *failed;
} Choice;

static GFile *
get_file (Fixture *self, const char *name)
{
  return g_file_resolve_relative_path (self->folder, name);
}

static char *
read_file (Fixture *self, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = get_file (self, name);
  char *text = NULL;
  g_file_load_contents (file, NULL, &text, NULL, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
write_file (Fixture *self, const char *name, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = get_file (self, name);
  g_file_set_contents (g_file_peek_path (file), text, -1, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScHttp) http = sc_http_new (5);
  g_autofree char *folder = g_dir_make_tmp ("files-XXXXXX", &error);
  g_assert_no_error (error);
  self->folder = g_file_new_for_path (folder);
  sct_portal_init (&self->portal);
  self->api = sc_fake_api_new ();
  self->client = sc_client_new (http);
  sc_client_set_server (self->client, sc_fake_api_get_url (self->api));
  sc_client_set_token (self->client, "t0k3n");
  self->moderation = sc_chat_moderation_new (self->client, "ada");
  self->window = adw_window_new ();
  self->bin = adw_bin_new ();
  GtkWidget *overlay = adw_toast_overlay_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), self->bin);
  adw_window_set_content (ADW_WINDOW (self->window), overlay);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 800, 700);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  if (self->own_channel)
    sc_own_channel_stop (self->own_channel);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&self->own_channel);
  g_object_unref (self->moderation);
  g_object_unref (self->client);
  sc_fake_api_free (self->api);
  sct_portal_clear (&self->portal);
  g_object_unref (self->folder);
}

/* The own picture. */

static void
show_avatar (Fixture *self)
{
  sc_fake_api_answer (self->api,
                      CHANNEL_ROUTE,
                      200,
                      "{'channel':{'name':'ada','title':'Notes','state':'ready','live':false,"
                      "'avatar_url':null,'stream':null}}");
  g_autofree char *answer =
    g_strdup_printf ("{'avatar_url':'%s/picture.png'}", sc_fake_api_get_url (self->api));
  sc_fake_api_answer (self->api, AVATAR_ROUTE, 200, answer);
  write_file (self, "me.ppm", PIXEL);
  self->own_channel = sc_own_channel_new (self->client);
  GtkWidget *row = g_object_new (SC_TYPE_AVATAR_ROW, NULL);
  sc_avatar_row_set_own_channel (SC_AVATAR_ROW (row), self->own_channel);
  sc_own_channel_start (self->own_channel);
  GtkWidget *group = adw_preferences_group_new ();
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  adw_bin_set_child (ADW_BIN (self->bin), group);
}

static void
check_avatar (Fixture *self)
{
  g_assert_true (g_str_has_prefix (sc_fake_api_get_body (self->api, AVATAR_ROUTE), "\x89PNG"));
}

/* The recovery code, which nobody else on the machine may read, also where a file was that they
 * could read. */

static void
show_code (Fixture *self)
{
  GtkWidget *view = adw_navigation_view_new ();
  write_file (self, "code.txt", "of old, and longer than what comes in its place: " CODE CODE CODE);
  adw_navigation_view_add (ADW_NAVIGATION_VIEW (view),
                           ADW_NAVIGATION_PAGE (sc_recovery_code_page_new ("mia", CODE, NULL)));
  adw_bin_set_child (ADW_BIN (self->bin), view);
}

static void
check_code (Fixture *self)
{
  GStatBuf facts;
  g_autoptr (GFile) file = get_file (self, "code.txt");
  g_autofree char *text = read_file (self, "code.txt");
  g_assert_nonnull (strstr (text, "\n" CODE "\n"));
  g_assert_nonnull (strstr (text, "mia"));
  g_assert_cmpint (g_stat (g_file_peek_path (file), &facts), ==, 0);
  g_assert_cmpint (facts.st_mode & 0777, ==, 0600);
}

/* What was done in a chat. */

static void
show_log (Fixture *self)
{
  sc_fake_api_answer (self->api, ACTIONS_ROUTE, 200, "{'actions':[" ACTION "],'older':null}");
  adw_dialog_present (ADW_DIALOG (sc_moderation_log_dialog_new (self->moderation, NULL)),
                      self->bin);
}

static void
check_log (Fixture *self)
{
  g_autofree char *text = read_file (self, "log.csv");
  g_assert_true (g_str_has_prefix (text, "at,kind,moderator,"));
  g_assert_nonnull (strstr (text, "\"ban\",\"ada\",\"mia\""));
}

/* The settings for an encoder, in a folder. */

static void
show_settings (Fixture *self)
{
  g_autoptr (ScChannel) channel = sc_channel_new ("ada", "Notes");
  GtkWidget *group = g_object_new (SC_TYPE_ENCODER_GROUP, NULL);
  sc_channel_set_channel_type (channel, "STANDARD");
  sc_channel_set_ingest_server (channel, SERVER);
  sc_encoder_group_set_channel (SC_ENCODER_GROUP (group), channel);
  adw_bin_set_child (ADW_BIN (self->bin), group);
}

static void
check_settings (Fixture *self)
{
  g_autofree char *profile = read_file (self, "StreamCat/basic.ini");
  g_autofree char *service = read_file (self, "StreamCat/service.json");
  g_assert_nonnull (strstr (profile, "Name=StreamCat"));
  g_assert_nonnull (strstr (service, "ingest.example.org"));
}

static const Choice choices[] = {
  { "avatar",
    show_avatar,
    "Choose a Picture",
    "OpenFile 'Choose a Picture' accept_label='_Open' filters=[('Pictures', [(1, 'image/*')])]",
    "me.ppm",
    check_avatar,
    "Your picture is changed",
    "The file could not be read." },
  { "recovery-code",
    show_code,
    "Save Recovery Code",
    "SaveFile 'Save Recovery Code' accept_label='_Save' current_name='StreamCat recovery code of "
    "mia.txt'",
    "code.txt",
    check_code,
    "Recovery code saved",
    "The recovery code could not be saved." },
  { "moderation-log",
    show_log,
    "Save as CSV…",
    "SaveFile 'Save the Moderation Log' accept_label='_Save' current_name='moderation-ada-20*.csv'",
    "log.csv",
    check_log,
    "The moderation log is saved",
    "The moderation log could not be saved." },
  { "encoder-settings",
    show_settings,
    "Save OBS Settings…",
    "OpenFile 'Save OBS Settings In' accept_label='_Save Here' directory",
    ".",
    check_settings,
    "OBS settings saved in the folder “StreamCat”",
    "The settings were not saved: " },
};

/* Returns (nullable): the button with the text as its tooltip, or the row with it. */
static GtkWidget *
find_control (Fixture *self)
{
  GtkWidget *button = sct_find (self->window, GTK_TYPE_BUTTON, self->text);
  GtkWidget *label = button ? NULL : sct_find (self->window, GTK_TYPE_LABEL, self->text);
  return label ? gtk_widget_get_ancestor (label, ADW_TYPE_ACTION_ROW) : button;
}

static gboolean
may_press (gpointer data)
{
  GtkWidget *control = find_control (data);
  return control && gtk_widget_is_sensitive (control);
}

static void
press (Fixture *self, const char *text)
{
  self->text = text;
  sc_test_wait_until (may_press, self);
  GtkWidget *control = find_control (self);
  if (GTK_IS_BUTTON (control))
    g_signal_emit_by_name (control, "clicked");
  else
    gtk_widget_activate (control);
}

static gboolean
is_told (gpointer data)
{
  Fixture *self = data;
  return sct_find (self->window, GTK_TYPE_LABEL, self->text) != NULL;
}

static void
wait_told (Fixture *self, const char *text)
{
  self->text = text;
  sc_test_wait_until (is_told, self);
}

static void delete (GFile *file)
{
  g_autoptr (GFileEnumerator) files =
    g_file_enumerate_children (file,
                               G_FILE_ATTRIBUTE_STANDARD_NAME,
                               G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS,
                               NULL,
                               NULL);
  GFile *child = NULL;
  while (files && g_file_enumerator_iterate (files, NULL, &child, NULL, NULL) && child)
    delete (child);
  g_assert_true (g_file_delete (file, NULL, NULL));
}

static void
ask (Fixture *self, const Choice *choice)
{
  press (self, choice->control);
  sct_portal_assert_asked (&self->portal, choice->question);
}

static void
test_chosen (Fixture *self, gconstpointer data)
{
  const Choice *choice = data;
  g_autoptr (GFile) file = get_file (self, choice->name);
  choice->show (self);
  ask (self, choice);
  sct_portal_choose (&self->portal, file);
  wait_told (self, choice->done);
  choice->check (self);
  delete (self->folder);
}

static guint
count_files (Fixture *self)
{
  g_autoptr (GDir) folder = g_dir_open (g_file_peek_path (self->folder), 0, NULL);
  guint count = 0;
  while (g_dir_read_name (folder))
    count++;
  return count;
}

/* Nothing is done, nothing is said, and it can be asked again. What the portal says is here by the
 * time that it was told of the answer. */
static void
test_cancelled (Fixture *self, gconstpointer data)
{
  const Choice *choice = data;
  choice->show (self);
  guint n_files = count_files (self);
  for (guint i = 0; i < 2; i++) {
    ask (self, choice);
    sct_portal_cancel (&self->portal);
    while (g_main_context_iteration (NULL, FALSE))
      ;
    g_assert_cmpuint (count_files (self), ==, n_files);
    g_assert_cmpuint (sc_fake_api_count (self->api, AVATAR_ROUTE), ==, 0);
    g_assert_null (sct_find (self->window, GTK_TYPE_LABEL, choice->failed));
    g_assert_null (sct_find (self->window, GTK_TYPE_LABEL, choice->done));
  }
  delete (self->folder);
}

/* A file is no folder, so nothing is in it, and nothing can be. */
static void
test_failed (Fixture *self, gconstpointer data)
{
  const Choice *choice = data;
  g_autoptr (GFile) file = get_file (self, "file/within");
  choice->show (self);
  write_file (self, "file", "as it was");
  guint n_files = count_files (self);
  ask (self, choice);
  sct_portal_choose (&self->portal, file);
  wait_told (self, choice->failed);
  g_autofree char *after = read_file (self, "file");
  g_assert_cmpstr (after, ==, "as it was");
  g_assert_cmpuint (count_files (self), ==, n_files);
  g_assert_cmpuint (sc_fake_api_count (self->api, AVATAR_ROUTE), ==, 0);
  delete (self->folder);
}

static void
show_line (Fixture *self, const char *text)
{
  const ScChatRecord record = {
    .id = (char *) "l1",
    .sent_at = G_USEC_PER_SEC,
    .user_id = (char *) "u-mia",
    .name = (char *) "mia",
    .role = SC_CHAT_VIEWER,
    .text = (char *) text,
    .offset_ms = -1,
  };
  g_autoptr (ScChatLine) line = sc_chat_line_new_stored (&record, /* own= */ FALSE);
  GtkWidget *row = sc_chat_row_new ();
  sc_chat_row_set_line (SC_CHAT_ROW (row), line);
  adw_bin_set_child (ADW_BIN (self->bin), row);
}

/* A link goes to the portal as it was written, whatever becomes of it there. */
static void
test_link (Fixture *self, gconstpointer data)
{
  gboolean handled = FALSE;
  show_line (self, "see https://example.org/?a=1&b=2");
  self->text = "example.org";
  sc_test_wait_until (is_told, self);
  GtkWidget *label = sct_find (self->bin, GTK_TYPE_LABEL, self->text);
  for (guint i = 0; i < 2; i++) {
    g_signal_emit_by_name (label, "activate-link", "https://example.org/?a=1&b=2", &handled);
    g_assert_true (handled);
    sct_portal_assert_asked (&self->portal, "OpenURI 'https://example.org/?a=1&b=2'");
    sct_portal_cancel (&self->portal);
  }
  delete (self->folder);
}

static void
add (const char *what, const Choice *choice, GTestFixtureFunc test)
{
  g_autofree char *path = g_strdup_printf ("/portal-files/%s/%s", choice->path, what);
  g_test_add_vtable (path,
                     sizeof (Fixture),
                     choice,
                     (GTestFixtureFunc) set_up,
                     test,
                     (GTestFixtureFunc) tear_down);
}

int
main (int argc, char *argv[])
{
  sct_portal_prefer ();
  sct_window_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++) {
    add ("chosen", &choices[i], (GTestFixtureFunc) test_chosen);
    add ("cancelled", &choices[i], (GTestFixtureFunc) test_cancelled);
    add ("failed", &choices[i], (GTestFixtureFunc) test_failed);
  }
  g_test_add ("/portal-files/link", Fixture, NULL, set_up, test_link, tear_down);
  return g_test_run ();
}
