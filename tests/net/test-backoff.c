/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-backoff.h"

static void
test_the_bound_doubles_up_to_the_cap (void)
{
  const gint64 expected[] = { 100, 200, 400, 800, 1000, 1000 };
  for (guint attempt = 0; attempt < G_N_ELEMENTS (expected); attempt++)
    g_assert_cmpint (sc_backoff_delay (attempt, 100, 1000, 1.0), ==, expected[attempt]);
  g_assert_cmpint (sc_backoff_delay (G_MAXUINT, 100, G_MAXINT64 / 4, 0.5), <=, G_MAXINT64 / 8 + 1);
}

static void
test_the_jitter_is_full (void)
{
  g_assert_cmpint (sc_backoff_delay (3, 100, 1000, 0.0), ==, 0);
  g_assert_cmpint (sc_backoff_delay (3, 100, 1000, 0.25), ==, 200);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backoff/the-bound-doubles-up-to-the-cap",
                   test_the_bound_doubles_up_to_the_cap);
  g_test_add_func ("/backoff/the-jitter-is-full", test_the_jitter_is_full);
  return g_test_run ();
}
