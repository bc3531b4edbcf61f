/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a streamer changes of the own channel, on a real window over a server in this process. With
 * STREAMCAT_PICTURES=DIR each state is also painted, wide and narrow, light and dark. */

#include "config.h"

#include "sc-about-group.h"
#include "sc-fake-api.h"
#include "sc-settings-group.h"
#include "sc-title-group.h"
#include "sct-window.h"

#include <string.h>

#define OWN "/v1/me/channel"
#define CHANNEL_OF(type, mode, pending)                                                            \
  "{'channel':{'name':'mia','title':'Weaving','category':'Crafts','about':'Looms\\nand cats',"     \
  "'state':'ready','playback_url':null,'ingest_server':'rtmps://ingest.example:443/app/',"         \
  "'channel_type':'" type "','latency_mode':'" mode "','pending':" pending ",'live':false,"        \
  "'stream':null,'key_state':'ready'}}"
#define CHANNEL(type, pending) CHANNEL_OF (type, "LOW", pending)
#define NORMAL CHANNEL_OF ("BASIC", "NORMAL", "null")
#define BASIC CHANNEL ("BASIC", "null")
#define WAITING                                                                                    \
  CHANNEL ("BASIC", "{'channel_type':'STANDARD','latency_mode':null,'waits_for':'stream'}")
#define BROKEN "{'error':{'code':'internal','message':'It broke.'}}"

typedef struct {
  ScFakeApi *api;
  ScOwnChannel *own_channel;
  GtkWidget *window;
  GtkWidget *box;
} Fixture;

static void
add (Fixture *self, GType type, void (*set) (gpointer group, ScOwnChannel *own_channel))
{
  GtkWidget *group = g_object_new (type, NULL);
  gtk_box_append (GTK_BOX (self->box), group);
  set (group, self->own_channel);
}

static void
set_up (Fixture *self, gconstpointer unused)
{
  g_autoptr (ScHttp) http = sc_http_new (5);
  g_autoptr (ScClient) client = sc_client_new (http);
  self->api = sc_fake_api_new ();
  sc_client_set_server (client, sc_fake_api_get_url (self->api));
  sc_fake_api_answer (self->api, "GET " OWN, 200, BASIC);
  self->own_channel = sc_own_channel_new (client);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  add (self, SC_TYPE_ABOUT_GROUP, (gpointer) sc_about_group_set_own_channel);
  add (self, SC_TYPE_SETTINGS_GROUP, (gpointer) sc_settings_group_set_own_channel);
  GtkWidget *toasts = adw_toast_overlay_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (toasts), self->box);
  self->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 600, 600);
  adw_window_set_content (ADW_WINDOW (self->window), toasts);
  gtk_window_present (GTK_WINDOW (self->window));
  sc_own_channel_start (self->own_channel);
  while (!sc_own_channel_get_channel (self->own_channel))
    g_main_context_iteration (NULL, TRUE);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  sc_own_channel_stop (self->own_channel);
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (self->own_channel);
  sc_fake_api_free (self->api);
}

static void
wait_for_patch (Fixture *self)
{
  while (sc_fake_api_count (self->api, "PATCH " OWN) == 0)
    g_main_context_iteration (NULL, TRUE);
}

static AdwComboRow *
find_type (Fixture *self)
{
  return ADW_COMBO_ROW (sct_find (self->window, ADW_TYPE_COMBO_ROW, NULL));
}

static void
wait_for_type (Fixture *self, guint selected)
{
  while (adw_combo_row_get_selected (find_type (self)) != selected)
    g_main_context_iteration (NULL, TRUE);
}

/* What was chosen stays chosen while it waits, and it is said for what. */
static void
test_waits (Fixture *self, gconstpointer unused)
{
  sc_fake_api_answer (self->api, "GET " OWN, 200, WAITING);
  sc_fake_api_answer (self->api, "PATCH " OWN, 200, WAITING);
  adw_combo_row_set_selected (find_type (self), 1);
  wait_for_patch (self);
  const char *body = sc_fake_api_get_body (self->api, "PATCH " OWN);
  g_assert_nonnull (strstr (body, "STANDARD"));
  g_assert_null (strstr (body, "latency_mode"));
  while (!sct_find (self->window,
                    GTK_TYPE_LABEL,
                    "Amazon IVS changes no channel that is live. Your choice waits until the stream"
                    " is over."))
    g_main_context_iteration (NULL, TRUE);
  wait_for_type (self, 1);
  sct_check_large (self->window);
  sct_take_pictures (self->window, "channel-groups");
}

static AdwComboRow *
find_latency (Fixture *self)
{
  return ADW_COMBO_ROW (gtk_widget_get_next_sibling (GTK_WIDGET (find_type (self))));
}

/* The latency is chosen by itself, and says what it means. */
static void
test_latency (Fixture *self, gconstpointer unused)
{
  sc_fake_api_answer (self->api, "PATCH " OWN, 200, NORMAL);
  g_assert_cmpuint (adw_combo_row_get_selected (find_latency (self)), ==, 0);
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (find_latency (self))),
                            "can talk with you"));
  sc_fake_api_answer_now (self->api, "GET " OWN, 200, NORMAL);
  adw_combo_row_set_selected (find_latency (self), 1);
  wait_for_patch (self);
  const char *body = sc_fake_api_get_body (self->api, "PATCH " OWN);
  g_assert_nonnull (strstr (body, "\"latency_mode\":\"NORMAL\""));
  g_assert_null (strstr (body, "BASIC"));
  while (!sct_find (self->window, GTK_TYPE_LABEL, "stops less often on slow connections"))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (adw_combo_row_get_selected (find_latency (self)), ==, 1);
  g_assert_cmpuint (adw_combo_row_get_selected (find_type (self)), ==, 0);
}

/* What could not be saved goes back to what there is. */
static void
test_goes_back (Fixture *self, gconstpointer unused)
{
  sc_fake_api_answer (self->api, "PATCH " OWN, 500, BROKEN);
  adw_combo_row_set_selected (find_type (self), 3);
  wait_for_patch (self);
  wait_for_type (self, 0);
}

/* Nothing that was typed is lost. */
static void
test_about_stays (Fixture *self, gconstpointer unused)
{
  GtkTextView *view = GTK_TEXT_VIEW (sct_find (self->window, GTK_TYPE_TEXT_VIEW, NULL));
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  g_autofree char *before = NULL;
  g_object_get (buffer, "text", &before, NULL);
  g_assert_cmpstr (before, ==, "Looms\nand cats");
  sc_fake_api_answer (self->api, "PATCH " OWN, 500, BROKEN);
  gtk_text_buffer_set_text (buffer, "Cats", -1);
  g_signal_emit_by_name (sct_find (self->window, GTK_TYPE_BUTTON, "Save Text"), "clicked");
  g_assert_false (gtk_text_view_get_editable (view));
  while (!gtk_text_view_get_editable (view))
    g_main_context_iteration (NULL, TRUE);
  g_autofree char *after = NULL;
  g_object_get (buffer, "text", &after, NULL);
  g_assert_cmpstr (after, ==, "Cats");
  g_assert_cmpuint (sc_fake_api_count (self->api, "PATCH " OWN), ==, 1);
}

#define ADD(name, test) g_test_add ("/channel-groups/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  sct_window_init (&argc, &argv);
  ADD ("waits", test_waits);
  ADD ("latency", test_latency);
  ADD ("goes-back", test_goes_back);
  ADD ("about-stays", test_about_stays);
  return g_test_run ();
}
