/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-desktop.h"

#include "sc-fake-api.h"
#include "sct-dbus-desktop.h"

#define PORTAL_PATH "/org/freedesktop/portal/desktop"

static gboolean
on_add (SctDesktop *self,
        GDBusMethodInvocation *invocation,
        const char *application,
        const char *id,
        GVariant *content)
{
  const char *title = NULL, *body = NULL, *action = NULL;
  g_variant_lookup (content, "title", "&s", &title);
  g_variant_lookup (content, "body", "&s", &body);
  g_assert_true (g_variant_lookup (content, "default-action", "&s", &action));
  g_assert_cmpstr (action, ==, "app.watch");
  g_string_append_printf (self->shown, "[%s: %s, %s]", id, title, body);
  g_dbus_method_invocation_return_value (invocation, NULL);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_remove (SctDesktop *self,
           GDBusMethodInvocation *invocation,
           const char *application,
           const char *id)
{
  g_string_append_printf (self->withdrawn, "[%s]", id);
  g_dbus_method_invocation_return_value (invocation, NULL);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
answer (SctDesktop *self, const char *asker, const char *handle)
{
  g_dbus_connection_emit_signal (self->bus,
                                 asker,
                                 handle,
                                 "org.freedesktop.portal.Request",
                                 "Response",
                                 g_variant_new_parsed ("(%u, {'background': <%b>})",
                                                       self->answer,
                                                       self->answer == 0),
                                 NULL);
}

static gboolean
on_request (SctDesktop *self,
            GDBusMethodInvocation *invocation,
            const char *parent,
            GVariant *options)
{
  const char *asker = g_dbus_method_invocation_get_sender (invocation);
  const char *token = NULL;
  gboolean autostart = FALSE;
  g_autofree char *name = g_strdelimit (g_strdup (asker + 1), ".", '_');
  g_assert_true (g_variant_lookup (options, "handle_token", "&s", &token));
  g_assert_true (g_variant_lookup (options, "autostart", "b", &autostart));
  g_autofree char *handle = g_strdup_printf (PORTAL_PATH "/request/%s/%s", name, token);
  g_string_append (self->asked, autostart ? "on " : "off ");
  if (self->early)
    answer (self, asker, handle);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", handle));
  if (!self->early)
    answer (self, asker, handle);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_owned (GDBusConnection *bus, const char *name, gpointer user_data)
{
  ((SctDesktop *) user_data)->n_owned++;
}

static gboolean
owns_all (gpointer user_data)
{
  return ((SctDesktop *) user_data)->n_owned == G_N_ELEMENTS (((SctDesktop *) NULL)->names);
}

static guint
own (SctDesktop *self, const char *name)
{
  return g_bus_own_name_on_connection (self->bus,
                                       name,
                                       G_BUS_NAME_OWNER_FLAGS_NONE,
                                       on_owned,
                                       NULL,
                                       self,
                                       NULL);
}

/* Another connection than the one of an application in this process. */
static GDBusConnection *
connect_to_bus (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  GDBusConnection *bus =
    g_dbus_connection_new_for_address_sync (address,
                                            G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                              G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                            NULL,
                                            NULL,
                                            &error);
  g_assert_no_error (error);
  return bus;
}

/**
 * sct_desktop_init:
 * @self: a desktop
 *
 * Is there for applications, on the session bus, until sct_desktop_clear().
 */
void
sct_desktop_init (SctDesktop *self)
{
  const struct {
    gpointer object;
    const char *signal;
    GCallback callback;
  } handled[] = {
    { self->notifications = G_DBUS_INTERFACE_SKELETON (sct_dbus_gtk_notifications_skeleton_new ()),
      "handle-add-notification",
      G_CALLBACK (on_add) },
    { self->notifications, "handle-remove-notification", G_CALLBACK (on_remove) },
    { self->background =
        G_DBUS_INTERFACE_SKELETON (sct_dbus_freedesktop_portal_background_skeleton_new ()),
      "handle-request-background",
      G_CALLBACK (on_request) },
  };
  self->bus = connect_to_bus ();
  self->shown = g_string_new (NULL);
  self->withdrawn = g_string_new (NULL);
  self->asked = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (handled); i++)
    g_signal_connect_swapped (handled[i].object, handled[i].signal, handled[i].callback, self);
  g_assert_true (g_dbus_interface_skeleton_export (self->notifications,
                                                   self->bus,
                                                   "/org/gtk/Notifications",
                                                   NULL));
  g_assert_true (g_dbus_interface_skeleton_export (self->background, self->bus, PORTAL_PATH, NULL));
  self->names[0] = own (self, "org.gtk.Notifications");
  self->names[1] = own (self, "org.freedesktop.portal.Desktop");
  sc_test_wait_until (owns_all, self);
}

/**
 * sct_desktop_forget_background:
 * @self: a desktop
 *
 * Can be asked for the background no more.
 */
void
sct_desktop_forget_background (SctDesktop *self)
{
  g_dbus_interface_skeleton_unexport (self->background);
}

/**
 * sct_desktop_clear:
 * @self: a desktop
 */
void
sct_desktop_clear (SctDesktop *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->names); i++)
    g_bus_unown_name (self->names[i]);
  g_object_unref (self->notifications);
  g_object_unref (self->background);
  g_object_unref (self->bus);
  g_string_free (self->shown, TRUE);
  g_string_free (self->withdrawn, TRUE);
  g_string_free (self->asked, TRUE);
}
