/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Every error that a person can meet has words of its own. */

#include "config.h"

#include "sc-client-error.h"
#include "sc-error-words.h"

#include <gio/gio.h>

static void
test_client_errors (void)
{
  const ScErrorWords general = sc_error_words (NULL);
  for (int code = 0; code <= SC_CLIENT_ERROR_INTERNAL; code++) {
    g_autoptr (GError) error = g_error_new (SC_CLIENT_ERROR, code, "secret words of the server");
    const ScErrorWords words = sc_error_words (error);
    gboolean is_general = g_str_equal (words.title, general.title);
    g_assert_cmpint (is_general,
                     ==,
                     code == SC_CLIENT_ERROR_BAD_REQUEST || code == SC_CLIENT_ERROR_INTERNAL);
    g_assert_true (g_str_has_suffix (words.body, "."));
    g_assert_true (g_str_has_suffix (words.icon_name, "-symbolic"));
  }
}

static void
test_foreign_error (void)
{
  g_autoptr (GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_BUSY, "Ouch");
  g_autofree char *details = sc_error_details (error);
  g_assert_cmpstr (sc_error_words (error).title, ==, sc_error_words (NULL).title);
  g_assert_cmpstr (details, ==, "Ouch\n(g-io-error-quark, 26)");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/error-words/client-errors", test_client_errors);
  g_test_add_func ("/error-words/foreign-error", test_foreign_error);
  return g_test_run ();
}
