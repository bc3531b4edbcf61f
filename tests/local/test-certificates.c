/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The certificates of the local cloud, after what people do to files. */

#include "config.h"

#include "sc-certificates.h"
#include "sc-spawn.h"
#include "sct-files.h"

#include <glib/gstdio.h>

static void
ensure (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (sc_certificates_ensure (folder, &error));
  g_assert_no_error (error);
}

static char *
read_file (const char *folder, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char *text = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
assert_proven (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *ca = g_build_filename (folder, "ca.pem", NULL);
  g_autofree char *server = g_build_filename (folder, "server.pem", NULL);
  const char *const argv[] = { "openssl", "verify", "-CAfile", ca, server, NULL };
  sc_command_run (argv, &error);
  g_assert_no_error (error);
}

/* Whoever trusts the authority once goes on trusting it. */
static void
test_keeps_what_is_sound (void)
{
  g_autofree char *folder = g_dir_make_tmp ("sct-certificates-XXXXXX", NULL);
  ensure (folder);
  assert_proven (folder);
  g_autofree char *ca = read_file (folder, "ca.pem");
  g_autofree char *server = read_file (folder, "server.pem");
  ensure (folder);
  g_autofree char *later_ca = read_file (folder, "ca.pem");
  g_autofree char *later_server = read_file (folder, "server.pem");
  g_assert_cmpstr (later_ca, ==, ca);
  g_assert_cmpstr (later_server, ==, server);
  sct_remove_tree (folder);
}

/* A server certificate of a lost authority would be one that nobody can check. */
static void
test_mends_what_is_lost (gconstpointer name)
{
  g_autofree char *folder = g_dir_make_tmp ("sct-certificates-XXXXXX", NULL);
  ensure (folder);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_assert_cmpint (g_unlink (path), ==, 0);
  ensure (folder);
  assert_proven (folder);
  sct_remove_tree (folder);
}

static void
test_mends_a_torn_authority (void)
{
  g_autofree char *folder = g_dir_make_tmp ("sct-certificates-XXXXXX", NULL);
  ensure (folder);
  g_autofree char *path = g_build_filename (folder, "ca.pem", NULL);
  g_assert_true (g_file_set_contents (path, "-----BEGIN CERT", -1, NULL));
  ensure (folder);
  assert_proven (folder);
  sct_remove_tree (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD_LOST(name)                                                                             \
  g_test_add_data_func ("/local/certificates/lost/" name, name, test_mends_what_is_lost)
  g_test_add_func ("/local/certificates/keeps-what-is-sound", test_keeps_what_is_sound);
  ADD_LOST ("ca.pem");
  ADD_LOST ("ca.key");
  ADD_LOST ("server.pem");
  ADD_LOST ("server.key");
  g_test_add_func ("/local/certificates/torn-authority", test_mends_a_torn_authority);
  return g_test_run ();
}
