/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-portal.h"

#include "sc-fake-api.h"
#include "sct-mock.h"

/* What a person answers ("org.freedesktop.portal.Request::Response"). */
enum {
  CHOSEN,
  CANCELLED
};

static GVariant *
get_argument (GVariant *values, gsize position)
{
  g_autoptr (GVariant) boxed = g_variant_get_child_value (values, position);
  return g_variant_get_variant (boxed);
}

/* Returns what a person is asked, "METHOD 'TITLE' OPTION=VALUE...", with those options that are not
 * as for any question. */
static char *
describe (const char *method, GVariant *values)
{
  static const char *const options[] = { "accept_label", "current_name", "filters" };
  static const char *const flags[] = { "multiple", "directory" };
  g_autoptr (GVariant) title = get_argument (values, 1);
  g_autoptr (GVariant) given = get_argument (values, 2);
  g_autofree char *quoted = g_variant_print (title, FALSE);
  g_autoptr (GString) text = g_string_new (method);
  g_string_append_printf (text, " %s", quoted);
  for (guint i = 0; i < G_N_ELEMENTS (options); i++) {
    g_autoptr (GVariant) value = g_variant_lookup_value (given, options[i], NULL);
    if (!value || (g_variant_is_container (value) && g_variant_n_children (value) == 0))
      continue;
    g_autofree char *shown = g_variant_print (value, FALSE);
    g_string_append_printf (text, " %s=%s", options[i], shown);
  }
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++) {
    gboolean set = FALSE;
    if (g_variant_lookup (given, flags[i], "b", &set) && set)
      g_string_append_printf (text, " %s", flags[i]);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* It is asked before the window that asks, as the portal knows it on X11. */
static void
on_signal (GDBusProxy *mock,
           const char *sender,
           const char *signal,
           GVariant *parameters,
           SctPortal *self)
{
  const char *method;
  g_autoptr (GVariant) values = NULL;
  g_assert_cmpstr (signal, ==, "MethodCalled");
  g_variant_get (parameters, "(&s@av)", &method, &values);
  if (!g_str_has_suffix (method, "File") && !g_str_equal (method, "OpenURI"))
    return;
  g_autoptr (GVariant) window = get_argument (values, 0);
  g_assert_true (g_str_has_prefix (g_variant_get_string (window, NULL), "x11:"));
  g_assert_null (self->question);
  self->question = describe (method, values);
}

/**
 * sct_portal_prefer:
 *
 * Has GTK ask the portal, though this is no sandbox and no service file of one is installed. Before
 * anything of GTK is called.
 */
void
sct_portal_prefer (void)
{
  g_setenv ("GDK_DEBUG", "portals", TRUE);
}

/**
 * sct_portal_init:
 * @self: a portal
 *
 * Is there on the session bus, until sct_portal_clear().
 */
void
sct_portal_init (SctPortal *self)
{
  g_autoptr (GError) error = NULL;
  SctMock *mock = sct_mock_get_portal ();
  self->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  sct_mock_start (mock, self->bus);
  sct_mock_wait (mock);
  self->calls = sct_mock_follow (mock);
  g_signal_connect (self->calls, "g-signal", G_CALLBACK (on_signal), self);
}

static gboolean
is_asked (gpointer user_data)
{
  return ((SctPortal *) user_data)->question != NULL;
}

/**
 * sct_portal_assert_asked:
 * @self: a portal
 * @wanted: a question, as describe() has it, with "*" for what may be anything
 *
 * Waits for a question, and asserts that it is this one. A window asks one at a time.
 */
void
sct_portal_assert_asked (SctPortal *self, const char *wanted)
{
  sc_test_wait_until (is_asked, self);
  if (!g_pattern_match_simple (wanted, self->question))
    g_assert_cmpstr (self->question, ==, wanted);
}

static void
answer (SctPortal *self, guint response, const char *uri)
{
  const char *const uris[] = { uri, NULL };
  g_assert_nonnull (self->question);
  g_clear_pointer (&self->question, g_free);
  sct_mock_tell (sct_mock_get_portal (), "Answer", g_variant_new ("(u^as)", response, uris));
}

/**
 * sct_portal_choose:
 * @self: a portal that was asked
 * @file: what the person chooses
 */
void
sct_portal_choose (SctPortal *self, GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);
  answer (self, CHOSEN, uri);
}

/**
 * sct_portal_cancel:
 * @self: a portal that was asked
 *
 * The person closes the dialog. As xdg-desktop-portal does, it says so with an empty list of files.
 */
void
sct_portal_cancel (SctPortal *self)
{
  answer (self, CANCELLED, NULL);
}

/**
 * sct_portal_clear:
 * @self: a portal that was answered
 */
void
sct_portal_clear (SctPortal *self)
{
  g_assert_null (self->question);
  g_signal_handlers_disconnect_by_data (self->calls, self);
  g_object_unref (self->calls);
  sct_mock_stop (sct_mock_get_portal ());
  g_object_unref (self->bus);
}
