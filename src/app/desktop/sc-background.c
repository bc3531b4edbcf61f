/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Asks the desktop whether the application may stay when its windows are closed, and be started
 * with the desktop (XDG Desktop Portal, org.freedesktop.portal.Background, version 1). The desktop
 * asks the person; what they said holds until it is asked again. Main thread only. */

#include "config.h"

#include "sc-background.h"

#define PORTAL "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define REQUEST_INTERFACE "org.freedesktop.portal.Request"

/* Of a Response signal: the person said yes. */
#define RESPONSE_GRANTED 0

/* The call and the signal have it, whichever comes last. */
typedef struct {
  GDBusProxy *handle;  /* what the answer is a signal of */
  DexPromise *promise; /* (nullable): until it is settled */
  GVariant *parameters;
  gulong handler;
} Request;

static void
request_clear (gpointer data)
{
  Request *self = data;
  g_clear_pointer (&self->promise, dex_unref);
  g_clear_pointer (&self->parameters, g_variant_unref);
  g_clear_object (&self->handle);
}

static void
request_release (gpointer data)
{
  g_rc_box_release_full (data, request_clear);
}

static void
on_forgotten (gpointer data, GClosure *closure)
{
  request_release (data);
}

/* Once: the signal may come before the call is answered. */
static void
settle (Request *self, gboolean granted, const GError *error)
{
  if (!self->promise)
    return;
  if (error)
    dex_promise_reject (self->promise, g_error_copy (error));
  else if (granted)
    dex_promise_resolve_boolean (self->promise, TRUE);
  else
    dex_promise_reject (self->promise,
                        g_error_new_literal (G_IO_ERROR,
                                             G_IO_ERROR_PERMISSION_DENIED,
                                             "The desktop does not allow it"));
  g_clear_pointer (&self->promise, dex_unref);
  if (self->handler != 0)
    g_signal_handler_disconnect (self->handle, self->handler);
}

static void
on_signal (Request *self, const char *sender, const char *signal, GVariant *parameters)
{
  guint response = 0;
  gboolean granted = FALSE;
  g_autoptr (GVariant) results = NULL;
  if (!g_str_equal (signal, "Response") ||
      !g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ua{sv})")))
    return;
  g_variant_get (parameters, "(u@a{sv})", &response, &results);
  (void) g_variant_lookup (results, "background", "b", &granted);
  settle (self, response == RESPONSE_GRANTED && granted, NULL);
}

/* That there is no portal is known now; what the person says comes as a signal. */
static void
on_called (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  if (!answer)
    settle (user_data, FALSE, error);
  request_release (user_data);
}

static void
on_listening (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Request *self = user_data;
  g_autoptr (GError) error = NULL;
  self->handle = g_dbus_proxy_new_finish (result, &error);
  if (!self->handle) {
    settle (self, FALSE, error);
    request_release (self);
    return;
  }
  self->handler = g_signal_connect_data (self->handle,
                                         "g-signal",
                                         G_CALLBACK (on_signal),
                                         g_rc_box_acquire (self),
                                         on_forgotten,
                                         G_CONNECT_SWAPPED);
  g_dbus_connection_call (g_dbus_proxy_get_connection (self->handle),
                          PORTAL,
                          PORTAL_PATH,
                          "org.freedesktop.portal.Background",
                          "RequestBackground",
                          self->parameters,
                          G_VARIANT_TYPE ("(o)"),
                          G_DBUS_CALL_FLAGS_NONE,
                          -1,
                          NULL,
                          on_called,
                          self);
}

/* Where the portal answers, so that its answer is not missed ("org.freedesktop.portal.Request"). */
static char *
dup_path (GDBusConnection *bus, const char *token)
{
  g_autofree char *sender = g_strdup (g_dbus_connection_get_unique_name (bus) + 1);
  return g_strconcat (PORTAL_PATH "/request/", g_strdelimit (sender, ".", '_'), "/", token, NULL);
}

static GVariant *
make_parameters (const char *token, const char *reason, gboolean autostart)
{
  static const char *const command[] = { "streamcat", "--gapplication-service", NULL };
  g_auto (GVariantBuilder) options = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  g_variant_builder_add (&options, "{sv}", "reason", g_variant_new_string (reason));
  g_variant_builder_add (&options, "{sv}", "autostart", g_variant_new_boolean (autostart));
  g_variant_builder_add (&options, "{sv}", "commandline", g_variant_new_strv (command, -1));
  return g_variant_new ("(s@a{sv})", "", g_variant_builder_end (&options));
}

/**
 * sc_background_request:
 * @bus: the session bus
 * @reason: why, in words for the person
 * @autostart: whether to be started with the desktop, without a window; %FALSE takes that back
 *
 * Returns: (transfer full): a future that resolves to %TRUE, or rejects with
 *   %G_IO_ERROR_PERMISSION_DENIED, or an error of D-Bus where nobody can be asked
 */
DexFuture *
sc_background_request (GDBusConnection *bus, const char *reason, gboolean autostart)
{
  g_autofree char *token = g_strdup_printf ("streamcat%u", g_random_int ());
  g_autofree char *path = dup_path (bus, token);
  DexPromise *promise = dex_promise_new ();
  Request *self = g_rc_box_new0 (Request);
  self->promise = dex_ref (promise);
  self->parameters = g_variant_ref_sink (make_parameters (token, reason, autostart));
  g_dbus_proxy_new (bus,
                    G_DBUS_PROXY_FLAGS_DO_NOT_LOAD_PROPERTIES,
                    NULL,
                    PORTAL,
                    path,
                    REQUEST_INTERFACE,
                    NULL,
                    on_listening,
                    self);
  return DEX_FUTURE (promise);
}
