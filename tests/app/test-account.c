/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What somebody does with an account, on a real window over a server in this process: the recovery
 * code after a sign-up, the way back in by it, and the dialog about the account. With
 * STREAMCAT_PICTURES=DIR each is also painted, wide and light, narrow and dark.
 */

#include "config.h"

#include "sc-client-fixture.h"
#include "sc-window.h"
#include "sct-window.h"

#include <string.h>

#define CODE "01234-56789-ABCDE-FGHJK"
#define SESSION "'token':'t0k3n','expires_at':'2099-01-01T00:00:00.000Z','user':{'name':'mia'}"
#define SIGNED_IN "{" SESSION "}"
#define WITH_CODE "{" SESSION ",'recovery_code':'" CODE "'}"
#define LEAVER "{" SESSION ",'deletes_at':'2099-01-02T00:00:00.000Z'}"
#define DAY_AGO "'created_at':'2026-01-01T00:00:00.000Z','used_at':'2026-01-01T00:00:00.000Z'"
#define LAPTOP "{'id':'laptop-id','device':'laptop'," DAY_AGO ",'current':false}"
#define HERE "{'id':'here-id','device':'desktop'," DAY_AGO ",'current':true}"
#define WRONG(code, field) "{'error':{'code':'" code "','message':'No.','field':'" field "'}}"

typedef struct {
  ScFakeApi *api;
  GSettings *settings;
  ScSession *session;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *self, gconstpointer unused)
{
  self->api = sc_fake_api_new ();
  self->settings = g_settings_new (SC_APP_ID);
  self->session = sc_test_session_new ();
  sc_client_set_device (sc_session_get_client (self->session), "desktop");
  sc_fake_api_answer (self->api, "POST /v1/sessions", 201, SIGNED_IN);
  sc_fake_api_answer (self->api, "GET /v1/channels?live=1", 200, "{'channels':[]}");
  sc_fake_api_answer (self->api, "GET /v1/recordings", 200, "{'recordings':[]}");
  sc_session_set_server (self->session, sc_fake_api_get_url (self->api));
  self->window = GTK_WIDGET (sc_window_new (NULL, self->settings, self->session));
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1290, 800);
  gtk_window_present (GTK_WINDOW (self->window));
  sct_wait_frames (self->window, 2);
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

static void
see (Fixture *self, const char *text)
{
  while (!sct_find (self->window, GTK_TYPE_LABEL, text))
    g_main_context_iteration (NULL, TRUE);
}

/* Presses the button on which @text stands. */
static void
press (Fixture *self, const char *text)
{
  GtkWidget *label = NULL;
  while (!(label = sct_find (self->window, GTK_TYPE_LABEL, text)))
    g_main_context_iteration (NULL, TRUE);
  GtkWidget *button = gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON);
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

/* Activates the row on which @text stands. */
static void
choose (Fixture *self, const char *text)
{
  see (self, text);
  GtkWidget *label = sct_find (self->window, GTK_TYPE_LABEL, text);
  GtkWidget *row = gtk_widget_get_ancestor (label, ADW_TYPE_ACTION_ROW);
  g_assert_nonnull (row);
  adw_action_row_activate (ADW_ACTION_ROW (row));
}

/* Types into the row of that title. */
static void
type (Fixture *self, const char *title, const char *text)
{
  see (self, title);
  GtkWidget *label = sct_find (self->window, GTK_TYPE_LABEL, title);
  GtkWidget *row = gtk_widget_get_ancestor (label, ADW_TYPE_ENTRY_ROW);
  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static void
sign_in (Fixture *self)
{
  g_autoptr (DexFuture) future = sc_session_sign_in (self->session, "mia", "password");
  sc_test_wait (future);
}

static gboolean
was_called (gpointer data)
{
  const char *const *route = data;
  return sc_fake_api_count ((ScFakeApi *) route[0], route[1]) > 0;
}

static void
wait_for_call (Fixture *self, const char *route)
{
  const void *data[] = { self->api, route };
  sc_test_wait_until (was_called, data);
}

static void
on_text_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  char **ret_text = user_data;
  *ret_text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

/* The code stands there until its person has it, and then nowhere. */
static void
test_sign_up (Fixture *self, gconstpointer unused)
{
  sc_fake_api_answer (self->api, "POST /v1/users", 201, WITH_CODE);
  gtk_widget_activate_action (self->window, "win.sign-up", NULL);
  type (self, "Name", "mia");
  type (self, "Password", "long enough");
  g_signal_emit_by_name (
    gtk_widget_get_ancestor (sct_find (self->window, GTK_TYPE_LABEL, "Password"),
                             ADW_TYPE_PASSWORD_ENTRY_ROW),
    "entry-activated");
  see (self, CODE);
  g_assert_nonnull (
    strstr (sc_fake_api_get_body (self->api, "POST /v1/users"), "\"device\":\"desktop\""));
  sct_take_pictures (self->window, "recovery-code");

  g_autofree char *copied = NULL;
  press (self, "Copy");
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (self->window),
                                 NULL,
                                 on_text_read,
                                 &copied);
  while (!copied)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (copied, ==, CODE);
  press (self, "I Have Kept It");
  see (self, "My Channel");
  g_assert_null (sct_find (self->window, GTK_TYPE_LABEL, CODE));
}

static void
test_recover (Fixture *self, gconstpointer unused)
{
  sc_fake_api_answer (self->api, "POST /v1/recovery", 403, WRONG ("wrong_code", "code"));
  sc_fake_api_answer (self->api, "POST /v1/recovery", 201, WITH_CODE);
  gtk_widget_activate_action (self->window, "win.sign-in", NULL);
  type (self, "Name", "mia");
  press (self, "Forgot Password?");
  type (self, "Recovery Code", "x");
  type (self, "New Password", "long enough");
  press (self, "Set New Password");
  see (self, "A recovery code has 20 letters and digits.");
  g_assert_cmpuint (sc_fake_api_count (self->api, "POST /v1/recovery"), ==, 0);
  sct_take_pictures (self->window, "recovery");

  type (self, "Recovery Code", "99999-56789-abcde-fghjk");
  press (self, "Set New Password");
  see (self, "The name or the recovery code is wrong.");
  type (self, "Recovery Code", "01234-56789-abcde-fghjk");
  press (self, "Set New Password");
  see (self, CODE);
  g_assert_nonnull (strstr (sc_fake_api_get_body (self->api, "POST /v1/recovery"),
                            "\"name\":\"mia\",\"code\":\"01234-56789-abcde-fghjk\""));
  press (self, "I Have Kept It");
  see (self, "My Channel");
}

static void
open_account (Fixture *self)
{
  sc_fake_api_answer (self->api, "GET /v1/sessions", 200, "{'sessions':[" HERE "," LAPTOP "]}");
  sign_in (self);
  gtk_widget_activate_action (self->window, "win.account", NULL);
  see (self, "laptop");
}

/* Where there is room for all of it, nothing has to be scrolled to. */
static void
assert_fits (Fixture *self)
{
  GtkWidget *label = sct_find (self->window, GTK_TYPE_LABEL, "laptop");
  GtkWidget *scroller = gtk_widget_get_ancestor (label, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  g_assert_cmpfloat (gtk_adjustment_get_upper (place), <=, gtk_adjustment_get_page_size (place));
}

static void
test_sign_out_there (Fixture *self, gconstpointer unused)
{
  open_account (self);
  sct_wait_frames (self->window, 3);
  assert_fits (self);
  sct_take_pictures (self->window, "account");
  sc_fake_api_answer (self->api, "DELETE /v1/sessions/laptop-id", 204, "");
  sc_fake_api_answer_now (self->api, "GET /v1/sessions", 200, "{'sessions':[" HERE "]}");
  press (self, "Sign Out");
  wait_for_call (self, "DELETE /v1/sessions/laptop-id");
  while (sct_find (self->window, GTK_TYPE_LABEL, "laptop"))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (sc_session_get_signed_in (self->session));
}

static void
test_sign_out_everywhere (Fixture *self, gconstpointer unused)
{
  open_account (self);
  sc_fake_api_answer (self->api, "DELETE /v1/sessions", 503, WRONG ("busy", ""));
  sc_fake_api_answer (self->api, "DELETE /v1/sessions", 204, "");
  press (self, "Sign Out All");
  see (self, "Could not sign out there.");
  g_assert_true (sc_session_get_signed_in (self->session));
  press (self, "Sign Out All");
  while (sc_session_get_signed_in (self->session))
    g_main_context_iteration (NULL, TRUE);
  while (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window)))
    g_main_context_iteration (NULL, TRUE);
}

static void
test_change_password (Fixture *self, gconstpointer unused)
{
  open_account (self);
  sc_fake_api_answer (self->api, "POST /v1/me/password", 403, WRONG ("wrong_password", "current"));
  sc_fake_api_answer (self->api, "POST /v1/me/password", 204, "");
  choose (self, "Change Password");
  type (self, "Current Password", "a wrong one");
  type (self, "New Password", "analytical engine");
  sct_wait_frames (self->window, 3);
  sct_take_pictures (self->window, "change-password");
  GtkWidget *label = sct_find (self->window, GTK_TYPE_LABEL, "New Password");
  GtkWidget *row = gtk_widget_get_ancestor (label, ADW_TYPE_PASSWORD_ENTRY_ROW);
  g_signal_emit_by_name (row, "entry-activated");
  see (self, "The password is wrong.");
  type (self, "Current Password", "long enough");
  g_signal_emit_by_name (row, "entry-activated");
  see (self, "Password changed");
  g_assert_cmpstr (sc_fake_api_get_body (self->api, "POST /v1/me/password"),
                   ==,
                   "{\"current\":\"long enough\",\"new\":\"analytical engine\"}");
}

static void
test_new_code (Fixture *self, gconstpointer unused)
{
  open_account (self);
  sc_fake_api_answer (self->api, "POST /v1/me/recovery-code", 201, "{'recovery_code':'" CODE "'}");
  choose (self, "New Recovery Code");
  type (self, "Password", "long enough");
  press (self, "Make New Code");
  see (self, CODE);
  AdwDialog *dialog =
    adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window));
  g_assert_false (adw_dialog_get_can_close (dialog));
  press (self, "I Have Kept It");
  see (self, "laptop");
  g_assert_true (adw_dialog_get_can_close (dialog));
}

static void
test_delete (Fixture *self, gconstpointer unused)
{
  open_account (self);
  sc_fake_api_answer (self->api, "DELETE /v1/session", 204, "");
  sc_fake_api_answer (self->api, "DELETE /v1/me", 202, "{'deletes_at':'2099-01-02T00:00:00.000Z'}");
  press (self, "Delete Account…");
  type (self, "Password", "long enough");
  sct_wait_frames (self->window, 3);
  sct_take_pictures (self->window, "delete-account");
  GtkWidget *label = sct_find (self->window, GTK_TYPE_LABEL, "Password");
  g_signal_emit_by_name (gtk_widget_get_ancestor (label, ADW_TYPE_PASSWORD_ENTRY_ROW),
                         "entry-activated");
  see (self, "will be deleted on");
  g_assert_false (sc_session_get_signed_in (self->session));
}

/* Whoever signs in before the account is gone can keep it. */
static void
test_keep (Fixture *self, gconstpointer unused)
{
  sc_fake_api_answer_now (self->api, "POST /v1/sessions", 201, LEAVER);
  sc_fake_api_answer (self->api, "POST /v1/me/restore", 200, "{'user':{'name':'mia'}}");
  sign_in (self);
  see (self, "Keep Your Account?");
  sct_wait_frames (self->window, 3);
  sct_take_pictures (self->window, "keep-account");
  press (self, "Keep Account");
  see (self, "Your account stays");
  g_assert_true (sc_session_get_signed_in (self->session));
  g_assert_cmpint (sc_session_get_deletes_at (self->session), ==, 0);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/account/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  sct_window_init (&argc, &argv);
  ADD ("sign-up", test_sign_up);
  ADD ("recover", test_recover);
  ADD ("sign-out-there", test_sign_out_there);
  ADD ("sign-out-everywhere", test_sign_out_everywhere);
  ADD ("change-password", test_change_password);
  ADD ("new-code", test_new_code);
  ADD ("delete", test_delete);
  ADD ("keep", test_keep);
  return g_test_run ();
}
