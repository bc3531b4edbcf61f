/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-mock.h"

#include "sc-fake-api.h"

#define INTERFACE "org.freedesktop.DBus.Mock"

/**
 * sct_mock_get_portal:
 *
 * Returns: (transfer none): the desktop's portal, which is one for all of a test program
 */
SctMock *
sct_mock_get_portal (void)
{
  static SctMock portal = {
    "org.freedesktop.portal.Desktop",
    "/org/freedesktop/portal/desktop",
    "sct-portal.py",
  };
  return &portal;
}

static void
on_owned (GDBusConnection *bus, const char *name, const char *owner, gpointer user_data)
{
  ((SctMock *) user_data)->owned = TRUE;
}

static void
on_gone (GDBusConnection *bus, const char *name, gpointer user_data)
{
  ((SctMock *) user_data)->owned = FALSE;
}

static gboolean
is_owned (gpointer user_data)
{
  return ((SctMock *) user_data)->owned;
}

static gboolean
is_gone (gpointer user_data)
{
  return !((SctMock *) user_data)->owned;
}

/**
 * sct_mock_start:
 * @self: a mock that is not started
 * @bus: where it is to be
 */
void
sct_mock_start (SctMock *self, GDBusConnection *bus)
{
  gboolean is_ours = self->template && g_str_has_suffix (self->template, ".py");
  g_autofree char *file = is_ours ? g_test_build_filename (G_TEST_BUILT, self->template, NULL)
                                  : g_strdup (self->template);
  const char *const words[] = { "python3",
                                "-m",
                                "dbusmock",
                                "--session",
                                file ? "--template" : self->name,
                                file ? file : self->path,
                                file ? NULL : self->name,
                                NULL };
  g_autoptr (GError) error = NULL;
  self->bus = g_object_ref (bus);
  if (!self->process)
    self->process = g_subprocess_newv (words, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);
  g_assert_no_error (error);
  self->watch = g_bus_watch_name_on_connection (bus,
                                                self->name,
                                                G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                on_owned,
                                                on_gone,
                                                self,
                                                NULL);
}

/**
 * sct_mock_wait:
 * @self: a mock that was started
 *
 * Waits until it can be called.
 */
void
sct_mock_wait (SctMock *self)
{
  sc_test_wait_until (is_owned, self);
}

/**
 * sct_mock_stop:
 * @self: a mock that was started
 *
 * Is not interested in it any more.
 */
void
sct_mock_stop (SctMock *self)
{
  g_bus_unwatch_name (self->watch);
  g_clear_object (&self->bus);
}

/**
 * sct_mock_kill:
 * @self: a mock that was started
 *
 * Has it not be on the bus any more.
 */
void
sct_mock_kill (SctMock *self)
{
  g_subprocess_force_exit (self->process);
  g_clear_object (&self->process);
  sc_test_wait_until (is_gone, self);
}

/**
 * sct_mock_call:
 * @self: a mock that was waited for
 * @method: what is asked of it, org.freedesktop.DBus.Mock's
 * @parameters: (nullable): with what
 *
 * Returns: (transfer full): the answer
 */
GVariant *
sct_mock_call (SctMock *self, const char *method, GVariant *parameters)
{
  g_autoptr (GError) error = NULL;
  GVariant *answer = g_dbus_connection_call_sync (self->bus,
                                                  self->name,
                                                  self->path,
                                                  INTERFACE,
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

/**
 * sct_mock_tell:
 * @self: a mock that was waited for
 * @method: what is asked of it, org.freedesktop.DBus.Mock's, to which nothing is the answer
 * @parameters: (nullable): with what
 */
void
sct_mock_tell (SctMock *self, const char *method, GVariant *parameters)
{
  g_variant_unref (sct_mock_call (self, method, parameters));
}

/**
 * sct_mock_follow:
 * @self: a mock that was waited for
 *
 * Returns: (transfer full): what emits the signal "MethodCalled" for each call of it
 */
GDBusProxy *
sct_mock_follow (SctMock *self)
{
  g_autoptr (GError) error = NULL;
  GDBusProxy *calls = g_dbus_proxy_new_sync (self->bus,
                                             G_DBUS_PROXY_FLAGS_DO_NOT_LOAD_PROPERTIES |
                                               G_DBUS_PROXY_FLAGS_DO_NOT_AUTO_START,
                                             NULL,
                                             self->name,
                                             self->path,
                                             INTERFACE,
                                             NULL,
                                             &error);
  g_assert_no_error (error);
  return calls;
}
