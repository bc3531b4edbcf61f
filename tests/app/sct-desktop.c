/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-desktop.h"

#include "sct-mock.h"

static SctMock notifications[] = {
  [SCT_DESKTOP_GNOME] = { "org.gtk.Notifications", "/org/gtk/Notifications" },
  [SCT_DESKTOP_OTHER] = { "org.freedesktop.Notifications",
                          "/org/freedesktop/Notifications",
                          "notification_daemon" },
};

/* Returns what is shown notifications. */
static SctMock *
get_mock (SctDesktopKind kind)
{
  return kind == SCT_DESKTOP_SANDBOX ? sct_mock_get_portal () : &notifications[kind];
}

/* What an application in a sandbox shows has an id of its own, and what the portal does not know
 * otherwise. GNOME Shell has the same words, behind the application's id. */
static void
take_named (SctDesktop *self, const char *method, GVariant *values, gsize first)
{
  const char *title = NULL, *body = NULL, *action = NULL;
  g_autoptr (GVariant) named = NULL;
  g_variant_get_child (values, first, "v", &named);
  const char *id = g_variant_get_string (named, NULL);
  if (g_str_equal (method, "RemoveNotification")) {
    g_string_append_printf (self->withdrawn, "[%s]", id);
    return;
  }
  g_autoptr (GVariant) shown = NULL;
  g_assert_cmpstr (method, ==, "AddNotification");
  g_variant_get_child (values, first + 1, "v", &shown);
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
  if (self->kind == SCT_DESKTOP_OTHER)
    take_other (self, method, values);
  else if (self->kind == SCT_DESKTOP_GNOME)
    take_named (self, method, values, 1);
  else if (g_str_has_suffix (method, "Notification")) /* the portal is asked for more */
    take_named (self, method, values, 0);
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
  SctMock *mock = get_mock (kind), *portal = sct_mock_get_portal ();
  self->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  self->kind = kind;
  self->n_shown = 0;
  self->shown = g_string_new (NULL);
  self->withdrawn = g_string_new (NULL);
  sct_mock_start (portal, self->bus);
  if (mock != portal)
    sct_mock_start (mock, self->bus);
  sct_mock_wait (portal);
  sct_mock_wait (mock);
  if (kind == SCT_DESKTOP_GNOME)
    sct_mock_tell (mock,
                   "AddMethods",
                   g_variant_new_parsed ("('', [('AddNotification', 'ssa{sv}', '', ''),"
                                         " ('RemoveNotification', 'ss', '', '')])"));
  self->calls = sct_mock_follow (mock);
  g_signal_connect (self->calls, "g-signal", G_CALLBACK (on_signal), self);
  sct_mock_tell (portal, "ClearCalls", NULL);
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
  sct_mock_tell (get_mock (self->kind),
                 "EmitSignal",
                 g_variant_new_parsed ("('', 'ActionInvoked', 'us', [<%u>, <'default'>])", id));
}

/**
 * sct_desktop_click_named:
 * @self: a desktop of the kind %SCT_DESKTOP_SANDBOX
 * @application: the id of an application
 * @id: what it showed, and did not withdraw
 *
 * Somebody clicks on a notification, whether or not the application is still there.
 */
void
sct_desktop_click_named (SctDesktop *self, const char *application, const char *id)
{
  g_assert_true (self->kind == SCT_DESKTOP_SANDBOX);
  sct_mock_tell (get_mock (self->kind), "Click", g_variant_new ("(ss)", application, id));
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
  sct_mock_tell (sct_mock_get_portal (), "SetAnswer", g_variant_new ("(ub)", response, early));
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
  g_autoptr (GVariant) answer = sct_mock_call (sct_mock_get_portal (),
                                               "GetMethodCalls",
                                               g_variant_new ("(s)", "RequestBackground"));
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
  sct_mock_kill (sct_mock_get_portal ());
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
  sct_mock_stop (sct_mock_get_portal ());
  if (self->kind != SCT_DESKTOP_SANDBOX)
    sct_mock_stop (get_mock (self->kind));
  g_object_unref (self->bus);
  g_string_free (self->shown, TRUE);
  g_string_free (self->withdrawn, TRUE);
}
