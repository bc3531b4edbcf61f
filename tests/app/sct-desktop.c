/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-desktop.h"

#include "sc-fake-api.h"

#define MOCK "org.freedesktop.DBus.Mock"

/* What python-dbusmock plays; it ends with the bus at the latest. */
typedef struct {
  const char *name; /* of its interface, too, unless it has a template */
  const char *path;
  const char *template;
  gboolean is_ours; /* its template is a file beside this test program */
  GSubprocess *process;
  gboolean owned;
} Mock;

static Mock notifications[] = {
  [SCT_DESKTOP_GNOME] = { "org.gtk.Notifications", "/org/gtk/Notifications" },
  [SCT_DESKTOP_OTHER] = { "org.freedesktop.Notifications",
                          "/org/freedesktop/Notifications",
                          "notification_daemon" },
};

static Mock portal = {
  "org.freedesktop.portal.Desktop",
  "/org/freedesktop/portal/desktop",
  "sct-portal.py",
  TRUE,
};

static void
on_owned (GDBusConnection *bus, const char *name, const char *owner, gpointer user_data)
{
  ((Mock *) user_data)->owned = TRUE;
}

static void
on_gone (GDBusConnection *bus, const char *name, gpointer user_data)
{
  ((Mock *) user_data)->owned = FALSE;
}

static gboolean
is_owned (gpointer user_data)
{
  return ((Mock *) user_data)->owned;
}

static gboolean
is_gone (gpointer user_data)
{
  return !((Mock *) user_data)->owned;
}

/* Returns what watches whether it is there. */
static guint
start (SctDesktop *self, Mock *mock)
{
  g_autofree char *file = mock->is_ours ? g_test_build_filename (G_TEST_BUILT, mock->template, NULL)
                                        : g_strdup (mock->template);
  const char *const words[] = { "python3",
                                "-m",
                                "dbusmock",
                                "--session",
                                file ? "--template" : mock->name,
                                file ? file : mock->path,
                                file ? NULL : mock->name,
                                NULL };
  g_autoptr (GError) error = NULL;
  if (!mock->process)
    mock->process = g_subprocess_newv (words, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);
  g_assert_no_error (error);
  return g_bus_watch_name_on_connection (self->bus,
                                         mock->name,
                                         G_BUS_NAME_WATCHER_FLAGS_NONE,
                                         on_owned,
                                         on_gone,
                                         mock,
                                         NULL);
}

static GVariant *
call (SctDesktop *self, const Mock *mock, const char *method, GVariant *parameters)
{
  g_autoptr (GError) error = NULL;
  GVariant *answer = g_dbus_connection_call_sync (self->bus,
                                                  mock->name,
                                                  mock->path,
                                                  MOCK,
                                                  method,
                                                  parameters,
                                                  NULL,
                                                  G_DBUS_CALL_FLAGS_NO_AUTO_START,
                                                  -1,
                                                  NULL,
                                                  &error);
  g_assert_no_error (error);
  return answer;
}

static void
tell (SctDesktop *self, const Mock *mock, const char *method, GVariant *parameters)
{
  g_variant_unref (call (self, mock, method, parameters));
}

/* GNOME Shell has its own words for what an application shows, under the application's id. */
static void
take_gnome (SctDesktop *self, const char *method, GVariant *values)
{
  const char *title = NULL, *body = NULL, *action = NULL;
  g_autoptr (GVariant) named = NULL;
  g_variant_get_child (values, 1, "v", &named);
  const char *id = g_variant_get_string (named, NULL);
  if (g_str_equal (method, "RemoveNotification")) {
    g_string_append_printf (self->withdrawn, "[%s]", id);
    return;
  }
  g_autoptr (GVariant) shown = NULL;
  g_assert_cmpstr (method, ==, "AddNotification");
  g_variant_get_child (values, 2, "v", &shown);
  g_variant_lookup (shown, "title", "&s", &title);
  g_variant_lookup (shown, "body", "&s", &body);
  g_assert_true (g_variant_lookup (shown, "default-action", "&s", &action));
  g_assert_cmpstr (action, ==, "app.watch");
  g_string_append_printf (self->shown, "[%s: %s, %s]", id, title, body);
}

/* Desktop Notifications Specification, "org.freedesktop.Notifications.Notify": a click on what is
 * shown is the action "default"; what takes the place of another has its id. */
static void
take_other (SctDesktop *self, const char *method, GVariant *values)
{
  if (g_str_equal (method, "CloseNotification")) {
    g_autoptr (GVariant) id = NULL;
    g_variant_get_child (values, 0, "v", &id);
    g_autofree char *closed = g_variant_print (id, FALSE);
    g_string_append_printf (self->withdrawn, "[%s]", closed);
  } else if (g_str_equal (method, "Notify")) {
    const char *action;
    g_autoptr (GVariant) replaced = NULL, title = NULL, body = NULL, actions = NULL;
    g_variant_get_child (values, 1, "v", &replaced);
    g_variant_get_child (values, 3, "v", &title);
    g_variant_get_child (values, 4, "v", &body);
    g_variant_get_child (values, 5, "v", &actions);
    g_variant_get_child (actions, 0, "&s", &action);
    g_assert_cmpstr (action, ==, "default");
    guint id = g_variant_get_uint32 (replaced);
    g_string_append_printf (self->shown,
                            "[%u: %s, %s]",
                            id ? id : ++self->n_shown,
                            g_variant_get_string (title, NULL),
                            g_variant_get_string (body, NULL));
  }
}

static void
on_signal (GDBusProxy *mock,
           const char *sender,
           const char *signal,
           GVariant *parameters,
           SctDesktop *self)
{
  const char *method;
  g_autoptr (GVariant) values = NULL;
  g_assert_cmpstr (signal, ==, "MethodCalled");
  g_variant_get (parameters, "(&s@av)", &method, &values);
  if (self->kind == SCT_DESKTOP_GNOME)
    take_gnome (self, method, values);
  else
    take_other (self, method, values);
}

/**
 * sct_desktop_init:
 * @self: a desktop
 * @kind: how it shows notifications
 *
 * Is there for applications, on the session bus, until sct_desktop_clear(). Says yes to who asks.
 */
void
sct_desktop_init (SctDesktop *self, SctDesktopKind kind)
{
  g_autoptr (GError) error = NULL;
  Mock *mock = &notifications[kind];
  self->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  self->kind = kind;
  self->n_shown = 0;
  self->shown = g_string_new (NULL);
  self->withdrawn = g_string_new (NULL);
  self->watches[0] = start (self, mock);
  self->watches[1] = start (self, &portal);
  sc_test_wait_until (is_owned, mock);
  sc_test_wait_until (is_owned, &portal);
  if (kind == SCT_DESKTOP_GNOME)
    tell (self,
          mock,
          "AddMethods",
          g_variant_new_parsed ("('', [('AddNotification', 'ssa{sv}', '', ''),"
                                " ('RemoveNotification', 'ss', '', '')])"));
  self->calls = g_dbus_proxy_new_sync (self->bus,
                                       G_DBUS_PROXY_FLAGS_DO_NOT_LOAD_PROPERTIES |
                                         G_DBUS_PROXY_FLAGS_DO_NOT_AUTO_START,
                                       NULL,
                                       mock->name,
                                       mock->path,
                                       MOCK,
                                       NULL,
                                       &error);
  g_assert_no_error (error);
  g_signal_connect (self->calls, "g-signal", G_CALLBACK (on_signal), self);
  tell (self, &portal, "ClearCalls", NULL);
  sct_desktop_answer (self, 0, FALSE);
}

/**
 * sct_desktop_click:
 * @self: a desktop of the kind %SCT_DESKTOP_OTHER
 * @id: what it showed
 *
 * Somebody clicks on a notification.
 */
void
sct_desktop_click (SctDesktop *self, guint id)
{
  g_assert_true (self->kind == SCT_DESKTOP_OTHER);
  tell (self,
        &notifications[SCT_DESKTOP_OTHER],
        "EmitSignal",
        g_variant_new_parsed ("('', 'ActionInvoked', 'us', [<%u>, <'default'>])", id));
}

/**
 * sct_desktop_answer:
 * @self: a desktop
 * @response: what who asks to stay is answered; 0 for yes
 * @early: whether the answer comes before the call's
 */
void
sct_desktop_answer (SctDesktop *self, guint response, gboolean early)
{
  tell (self, &portal, "SetAnswer", g_variant_new ("(ub)", response, early));
}

/**
 * sct_desktop_dup_asked:
 * @self: a desktop
 *
 * Returns: (transfer full): whether each that asked to stay wants to be started with the desktop,
 *   "on " or "off "
 */
char *
sct_desktop_dup_asked (SctDesktop *self)
{
  g_autoptr (GVariant) answer =
    call (self, &portal, "GetMethodCalls", g_variant_new ("(s)", "RequestBackground"));
  g_autoptr (GVariantIter) calls = NULL;
  g_autoptr (GString) asked = g_string_new (NULL);
  GVariant *values;
  g_variant_get (answer, "(a(tav))", &calls);
  while (g_variant_iter_loop (calls, "(t@av)", NULL, &values)) {
    gboolean autostart = FALSE;
    g_autoptr (GVariant) options = NULL;
    g_variant_get_child (values, 1, "v", &options);
    g_assert_true (g_variant_lookup (options, "autostart", "b", &autostart));
    g_string_append (asked, autostart ? "on " : "off ");
  }
  return g_string_free (g_steal_pointer (&asked), FALSE);
}

/**
 * sct_desktop_forget_background:
 * @self: a desktop
 *
 * Has no portal any more.
 */
void
sct_desktop_forget_background (SctDesktop *self)
{
  g_subprocess_force_exit (portal.process);
  g_clear_object (&portal.process);
  sc_test_wait_until (is_gone, &portal);
}

/**
 * sct_desktop_clear:
 * @self: a desktop
 */
void
sct_desktop_clear (SctDesktop *self)
{
  g_signal_handlers_disconnect_by_data (self->calls, self);
  g_object_unref (self->calls);
  for (guint i = 0; i < G_N_ELEMENTS (self->watches); i++)
    g_bus_unwatch_name (self->watches[i]);
  g_object_unref (self->bus);
  g_string_free (self->shown, TRUE);
  g_string_free (self->withdrawn, TRUE);
}
