/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The screen stays on while a picture plays, and only then: a player on the fake live source, and a
 * desktop of the test's own, which answers in its connection's thread: GTK waits for it. GTK 4.18
 * asks the session manager, GTK 4.24 asks the portal. */

#include "config.h"

#include "fake-live.h"
#include "sc-awake.h"
#include "sc-fake-api.h"
#include "sc-player-library.h"
#include "sct-window.h"

#define MANAGER "org.gnome.SessionManager"
#define PORTAL "org.freedesktop.portal.Desktop"
#define PORTAL_INHIBIT "org.freedesktop.portal.Inhibit"
#define PORTAL_REQUEST "org.freedesktop.portal.Request"

/* 8 is the session being marked as idle in the documentation of org.gnome.SessionManager, and in
 * that of the portal. */
#define IDLE 8

typedef struct {
  GDBusConnection *bus;
  gint held;        /* atomic: how many wishes stand */
  gint asked;       /* atomic: how many there ever were */
  guint last_flags; /* of the last wish; written before held */
} Desktop;

/* What is asked, what that does to the wishes that stand, and the answer. */
static const struct {
  const char *interface, *method;
  int held;
  gsize flags; /* which argument of a wish is its flags */
  const char *reply;
} calls[] = {
  { MANAGER, "Inhibit", 1, 3, "(uint32 7,)" },
  { MANAGER, "Uninhibit", -1, 0, "()" },
  { MANAGER,
    "RegisterClient",
    0,
    0,
    "(objectpath '/client',)" }, /* the registry of accessibility */
  { PORTAL_INHIBIT, "Inhibit", 1, 1, "(objectpath '/wish',)" },
  { PORTAL_INHIBIT, "CreateMonitor", 0, 0, "(objectpath '/monitor',)" },
  { PORTAL_REQUEST, "Close", -1, 0, "()" },
};

/* Returns (transfer full) (nullable): what the caller gets. */
static GDBusMessage *
answer (Desktop *self, GDBusMessage *call)
{
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++) {
    if (g_strcmp0 (g_dbus_message_get_interface (call), calls[i].interface) != 0 ||
        g_strcmp0 (g_dbus_message_get_member (call), calls[i].method) != 0)
      continue;
    if (calls[i].held > 0) {
      GVariant *wish = g_dbus_message_get_body (call);
      g_variant_get_child (wish, calls[i].flags, "u", &self->last_flags);
      g_atomic_int_inc (&self->asked);
    }
    g_atomic_int_add (&self->held, calls[i].held);
    GDBusMessage *reply = g_dbus_message_new_method_reply (call);
    g_dbus_message_set_body (reply, g_variant_new_parsed (calls[i].reply));
    return reply;
  }
  return NULL;
}

/* In the connection's thread. What is not for us, GLib refuses. */
static GDBusMessage *
on_message (GDBusConnection *bus, GDBusMessage *message, gboolean incoming, gpointer user_data)
{
  if (!incoming || g_dbus_message_get_message_type (message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    return message;
  g_autoptr (GDBusMessage) reply = answer (user_data, message);
  if (!reply)
    return message;
  g_dbus_connection_send_message (bus, reply, G_DBUS_SEND_MESSAGE_FLAGS_NONE, NULL, NULL);
  g_object_unref (message);
  g_main_context_wakeup (NULL);
  return NULL;
}

static void
own_name (GDBusConnection *bus, const char *name)
{
  g_autoptr (GVariant) owned = g_dbus_connection_call_sync (bus,
                                                            "org.freedesktop.DBus",
                                                            "/org/freedesktop/DBus",
                                                            "org.freedesktop.DBus",
                                                            "RequestName",
                                                            g_variant_new ("(su)", name, 0),
                                                            NULL,
                                                            G_DBUS_CALL_FLAGS_NONE,
                                                            -1,
                                                            NULL,
                                                            NULL);
  g_assert_nonnull (owned);
}

static void
desktop_start (Desktop *self)
{
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  *self = (Desktop) {
    .bus = g_dbus_connection_new_for_address_sync (address,
                                                   G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                     G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                   NULL,
                                                   NULL,
                                                   NULL)
  };
  g_assert_nonnull (self->bus);
  g_dbus_connection_add_filter (self->bus, on_message, self, NULL);
  own_name (self->bus, MANAGER);
  own_name (self->bus, PORTAL);
}

static void
desktop_stop (Desktop *self)
{
  g_dbus_connection_close_sync (self->bus, NULL, NULL);
  g_object_unref (self->bus);
}

static gboolean
is_held (gpointer data)
{
  Desktop *self = data;
  return g_atomic_int_get (&self->held) == 1;
}

static gboolean
is_let_go (gpointer data)
{
  Desktop *self = data;
  return g_atomic_int_get (&self->held) == 0;
}

static gboolean
is_loading (gpointer data)
{
  return sc_player_get_state (data) == SC_PLAYER_LOADING;
}

static gboolean
is_playing (gpointer data)
{
  return sc_player_get_state (data) == SC_PLAYER_PLAYING;
}

static gboolean
is_closed (gpointer data)
{
  return !fake_live_is_open ();
}

static GstElement *
make_audio_sink (gpointer user_data)
{
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);
  g_object_set (sink, "sync", TRUE, NULL);
  return sink;
}

static GstElement *
make_video_sink (GObject **ret_paintable, gpointer user_data)
{
  *ret_paintable = g_object_new (G_TYPE_OBJECT, NULL);
  return make_audio_sink (NULL);
}

static void
test_awake (void)
{
  Desktop desktop;
  desktop_start (&desktop);
  g_autoptr (GtkApplication) application =
    gtk_application_new ("io.github.streamcat.TestAwake", G_APPLICATION_DEFAULT_FLAGS);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  GtkWidget *window = gtk_application_window_new (application);
  ScPlayerSinks sinks = { make_video_sink, make_audio_sink, NULL };
  g_autoptr (ScPlayer) player = sc_player_new (&sinks);
  sc_awake_follow (GTK_WINDOW (window), player);
  sc_player_open_live (player, "http://127.0.0.1:9/live.m3u8");
  sc_test_wait_until (is_held, &desktop);
  g_assert_cmpuint (desktop.last_flags, ==, IDLE);

  fake_live_post_stats (412000, 0, SC_LIVE_LOST);
  sc_test_wait_until (is_loading, player);
  g_assert_true (is_held (&desktop));
  fake_live_post_stats (412000, 0, SC_LIVE_FINE);
  sc_test_wait_until (is_playing, player);
  g_assert_cmpint (g_atomic_int_get (&desktop.asked), ==, 1);

  sc_player_set_paused (player, TRUE);
  sc_test_wait_until (is_let_go, &desktop);
  sc_player_set_paused (player, FALSE);
  sc_test_wait_until (is_held, &desktop);

  g_assert_finalize_object (g_steal_pointer (&player));
  sc_test_wait_until (is_let_go, &desktop);
  sc_player_library_finish ();
  sc_test_wait_until (is_closed, NULL);
  gtk_window_destroy (GTK_WINDOW (window));
  desktop_stop (&desktop);
}

int
main (int argc, char *argv[])
{
  g_setenv ("GDK_DEBUG", "portals", TRUE); /* although no service file of a portal is installed */
  sct_window_init (&argc, &argv);
  sc_player_library_init ();
  fake_live_register ();
  g_test_add_func ("/awake/while-it-plays", test_awake);
  return g_test_run ();
}
