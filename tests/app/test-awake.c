/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The screen stays on while a picture plays, and only then: a player on the fake live source, and a
 * session manager of the test's own, in a thread, since GTK waits for its answers. */

#include "config.h"

#include "fake-live.h"
#include "sc-awake.h"
#include "sc-fake-api.h"
#include "sc-player-library.h"
#include "sct-window.h"

#define MANAGER "org.gnome.SessionManager"

/* org.gnome.SessionManager's documentation: 8 is the session being marked as idle. */
#define IDLE 8

typedef struct {
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
  GMutex lock;
  GCond named;
  gboolean has_name;
  gint held;        /* atomic: how many wishes stand */
  guint last_flags; /* of the last wish; written before held */
} Manager;

static const char interface_xml[] =
  "<node><interface name='" MANAGER "'>"
  "<method name='Inhibit'><arg type='s' direction='in'/><arg type='u' direction='in'/>"
  "<arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='u' direction='out'/>"
  "</method><method name='Uninhibit'><arg type='u' direction='in'/></method>"
  "<method name='RegisterClient'><arg type='s' direction='in'/><arg type='s' direction='in'/>"
  "<arg type='o' direction='out'/></method></interface></node>";

static void
on_call (GDBusConnection *connection,
         const char *sender,
         const char *path,
         const char *interface,
         const char *method,
         GVariant *arguments,
         GDBusMethodInvocation *invocation,
         gpointer user_data)
{
  Manager *self = user_data;
  if (g_str_equal (method, "Inhibit")) {
    g_variant_get_child (arguments, 3, "u", &self->last_flags);
    g_atomic_int_inc (&self->held);
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", 7));
  } else if (g_str_equal (method, "RegisterClient")) { /* the registry of accessibility */
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", "/client"));
  } else {
    g_atomic_int_add (&self->held, -1);
    g_dbus_method_invocation_return_value (invocation, NULL);
  }
  g_main_context_wakeup (NULL);
}

static void
on_name (GDBusConnection *connection, const char *name, gpointer user_data)
{
  Manager *self = user_data;
  g_mutex_lock (&self->lock);
  self->has_name = TRUE;
  g_cond_signal (&self->named);
  g_mutex_unlock (&self->lock);
}

static gpointer
run_manager (gpointer data)
{
  static const GDBusInterfaceVTable table = { .method_call = on_call };
  Manager *self = data;
  g_main_context_push_thread_default (self->context);
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GDBusConnection) bus =
    g_dbus_connection_new_for_address_sync (address,
                                            G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                              G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                            NULL,
                                            NULL,
                                            NULL);
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (interface_xml, NULL);
  g_assert_cmpuint (g_dbus_connection_register_object (bus,
                                                       "/org/gnome/SessionManager",
                                                       node->interfaces[0],
                                                       &table,
                                                       self,
                                                       NULL,
                                                       NULL),
                    >,
                    0);
  guint name = g_bus_own_name_on_connection (bus, MANAGER, 0, on_name, NULL, self, NULL);
  g_main_loop_run (self->loop);
  g_bus_unown_name (name);
  g_dbus_connection_close_sync (bus, NULL, NULL);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static void
manager_start (Manager *self)
{
  *self = (Manager) { .context = g_main_context_new () };
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("manager", run_manager, self);
  g_mutex_lock (&self->lock);
  while (!self->has_name)
    g_cond_wait (&self->named, &self->lock);
  g_mutex_unlock (&self->lock);
}

static void
manager_stop (Manager *self)
{
  g_main_loop_quit (self->loop);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
}

static gboolean
is_held (gpointer data)
{
  Manager *self = data;
  return g_atomic_int_get (&self->held) == 1;
}

static gboolean
is_let_go (gpointer data)
{
  Manager *self = data;
  return g_atomic_int_get (&self->held) == 0;
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
  Manager manager;
  manager_start (&manager);
  g_autoptr (GtkApplication) application =
    gtk_application_new ("io.github.streamcat.TestAwake", G_APPLICATION_DEFAULT_FLAGS);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  GtkWidget *window = gtk_application_window_new (application);
  ScPlayerSinks sinks = { make_video_sink, make_audio_sink, NULL };
  g_autoptr (ScPlayer) player = sc_player_new (&sinks);
  sc_awake_follow (GTK_WINDOW (window), player);
  sc_player_open_live (player, "http://127.0.0.1:9/live.m3u8");
  sc_test_wait_until (is_held, &manager);
  g_assert_cmpuint (manager.last_flags, ==, IDLE);

  sc_player_set_paused (player, TRUE);
  sc_test_wait_until (is_let_go, &manager);
  sc_player_set_paused (player, FALSE);
  sc_test_wait_until (is_held, &manager);

  g_assert_finalize_object (g_steal_pointer (&player));
  sc_test_wait_until (is_let_go, &manager);
  sc_player_library_finish ();
  sc_test_wait_until (is_closed, NULL);
  gtk_window_destroy (GTK_WINDOW (window));
  manager_stop (&manager);
}

int
main (int argc, char *argv[])
{
  sct_window_init (&argc, &argv);
  sc_player_library_init ();
  fake_live_register ();
  g_test_add_func ("/awake/while-it-plays", test_awake);
  return g_test_run ();
}
