/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Zips of functions: whole ones are unpacked once with their modes, damaged ones not at all. */

#include "config.h"

#include "sc-code-package.h"
#include "sct-files.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct {
  char *folder;
  char *zip;
  char *code;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const char script[] = "import sys, zipfile\n"
                               "with zipfile.ZipFile(sys.argv[1], 'w') as z:\n"
                               "  for name, mode, how, text in (('bootstrap', 0o755, 8, b'x' * "
                               "100000), ('lib/a', 0o644, 0, b'a')):\n"
                               "    e = zipfile.ZipInfo(name); e.external_attr = (0o100000 | mode) "
                               "<< 16; e.compress_type = how\n"
                               "    z.writestr(e, text)\n"
                               "  if len(sys.argv) > 2: z.writestr(sys.argv[2], b'out')\n";
  g_autoptr (GError) error = NULL;
  fixture->folder = g_dir_make_tmp ("code-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->zip = g_build_filename (fixture->folder, "code.zip", NULL);
  fixture->code = g_build_filename (fixture->folder, "code", NULL);
  const char *const argv[] = { "python3", "-c", script, fixture->zip, data, NULL };
  g_spawn_sync (NULL,
                (char **) argv,
                NULL,
                G_SPAWN_SEARCH_PATH,
                NULL,
                NULL,
                NULL,
                NULL,
                NULL,
                &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  sct_remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->zip);
  g_free (fixture->code);
}

static void
assert_file (const char *folder, const char *name, guint mode, gsize size)
{
  GStatBuf info;
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, mode);
  g_assert_cmpuint ((gsize) info.st_size, ==, size);
}

static void
test_whole (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = sc_code_package_unpack (fixture->zip, fixture->code, &error);
  g_assert_no_error (error);
  assert_file (folder, "bootstrap", 0755, 100000);
  assert_file (folder, "lib/a", 0644, 1);
  g_autofree char *again = sc_code_package_unpack (fixture->zip, fixture->code, &error);
  g_assert_cmpstr (again, ==, folder);
}

static void
test_outside (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *outside = g_build_filename (fixture->folder, "out", NULL);
  g_assert_null (sc_code_package_unpack (fixture->zip, fixture->code, &error));
  g_assert_error (error, SC_CODE_PACKAGE_ERROR, SC_CODE_PACKAGE_ERROR_DAMAGED);
  g_assert_false (g_file_test (outside, G_FILE_TEST_EXISTS));
}

/* Cut anywhere, and with each byte of its records changed: an error or files, and never more. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  gsize size = 0;
  guint refused = 0;
  g_assert_true (g_file_get_contents (fixture->zip, &text, &size, NULL));
  for (gsize at = 0; at < size; at++) {
    g_autoptr (GError) error = NULL;
    text[at] ^= 0x55;
    g_assert_true (g_file_set_contents (fixture->zip, text, (gssize) size, NULL));
    text[at] ^= 0x55;
    g_autofree char *folder = sc_code_package_unpack (fixture->zip, fixture->code, &error);
    g_assert_true (!folder != !error);
    refused += !folder;
    sct_remove_tree (fixture->code);
  }
  g_assert_cmpuint (refused, >, 50); /* times and sums are not looked at */
  for (gsize length = 0; length < size; length++) {
    g_assert_true (g_file_set_contents (fixture->zip, text, (gssize) length, NULL));
    g_assert_null (sc_code_package_unpack (fixture->zip, fixture->code, NULL));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/code-package/whole", Fixture, NULL, set_up, test_whole, tear_down);
  g_test_add ("/code-package/outside", Fixture, "../out", set_up, test_outside, tear_down);
  g_test_add ("/code-package/damaged", Fixture, NULL, set_up, test_damaged, tear_down);
  return g_test_run ();
}
