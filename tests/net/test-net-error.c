/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-net-error.h"

#include <gio/gio.h>
#include <libsoup/soup.h>

typedef struct {
  GQuark domain;
  int code;
  ScNetPhase phase;
  ScNetError expected;
  gboolean was_sent;
} Row;

static void
test_the_table (void)
{
  const Row rows[] = {
    { G_RESOLVER_ERROR,
      G_RESOLVER_ERROR_NOT_FOUND,
      SC_NET_CONNECTING,
      SC_NET_ERROR_RESOLVE,
      FALSE },
    { G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, SC_NET_CONNECTING, SC_NET_ERROR_REFUSED, FALSE },
    { G_IO_ERROR, G_IO_ERROR_TIMED_OUT, SC_NET_CONNECTING, SC_NET_ERROR_REFUSED, FALSE },
    { G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, SC_NET_CONNECTING, SC_NET_ERROR_REFUSED, FALSE },
    { G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, SC_NET_CONNECTING, SC_NET_ERROR_TLS, FALSE },
    { G_TLS_ERROR, G_TLS_ERROR_EOF, SC_NET_WAITING, SC_NET_ERROR_RESET, TRUE },
    { G_TLS_ERROR, G_TLS_ERROR_EOF, SC_NET_READING, SC_NET_ERROR_TRUNCATED, TRUE },
    { G_IO_ERROR, G_IO_ERROR_TIMED_OUT, SC_NET_WAITING, SC_NET_ERROR_TIMEOUT, TRUE },
    { G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, SC_NET_WAITING, SC_NET_ERROR_RESET, TRUE },
    { G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, SC_NET_WAITING, SC_NET_ERROR_RESET, TRUE },
    { G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, SC_NET_READING, SC_NET_ERROR_TRUNCATED, TRUE },
    { G_IO_ERROR, G_IO_ERROR_INVALID_DATA, SC_NET_READING, SC_NET_ERROR_PROTOCOL, TRUE },
    { G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, SC_NET_READING, SC_NET_ERROR_TOO_LARGE, TRUE },
    { G_IO_ERROR, G_IO_ERROR_CANCELLED, SC_NET_CONNECTING, SC_NET_ERROR_CANCELLED, TRUE },
    { SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_PARSING, SC_NET_WAITING, SC_NET_ERROR_PROTOCOL, TRUE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) cause = g_error_new_literal (rows[i].domain, rows[i].code, "");
    ScNetError code = sc_net_error_classify (cause, rows[i].phase);
    g_test_message ("row %zu", i);
    g_assert_cmpint (code, ==, rows[i].expected);
    g_autoptr (GError) error = g_error_new_literal (SC_NET_ERROR, (int) code, "");
    g_assert_cmpint (sc_net_error_was_sent (error), ==, rows[i].was_sent);
  }
}

static void
test_a_foreign_error_is_unclear (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "");
  g_assert_true (sc_net_error_was_sent (error));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net-error/the-table", test_the_table);
  g_test_add_func ("/net-error/a-foreign-error-is-unclear", test_a_foreign_error_is_unclear);
  return g_test_run ();
}
