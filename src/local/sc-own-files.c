/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Where the local cloud's own programs and its template are: installed, or in the build tree. */

#include "config.h"

#include "sc-own-files.h"

#include "sc-spawn.h"

#include <gio/gio.h>
#include <sys/auxv.h>

#define TEMPLATE_NAME "streamcat.template.yaml"

/**
 * sc_guess_libexec_dir:
 *
 * Returns: (transfer full): the folder of our programs: the one above this program's, which in the
 * build tree is src/
 */
char *
sc_guess_libexec_dir (void)
{
  g_autofree char *link = g_file_read_link ("/proc/self/exe", NULL);
  /* In a chroot without /proc, the kernel still says by which name it was asked to run us. */
  const char *started_as = link ? link : (const char *) getauxval (AT_EXECFN);
  g_autofree char *program = g_canonicalize_filename (started_as, NULL);
  g_autofree char *directory = g_path_get_dirname (program);
  g_autofree char *name = g_path_get_basename (directory);
  return g_str_equal (name, "local") ? g_path_get_dirname (directory)
                                     : g_steal_pointer (&directory);
}

/**
 * sc_find_own_program:
 * @libexec_dir: the folder of our programs
 * @folder: its own folder in the build tree
 * @name: its name
 * @error: %G_IO_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable): the path of a program of ours
 */
char *
sc_find_own_program (const char *libexec_dir, const char *folder, const char *name, GError **error)
{
  g_autofree char *in_folder = g_build_filename (libexec_dir, folder, name, NULL);
  if (g_file_test (in_folder, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&in_folder);
  char *program = sc_find_program (name, libexec_dir);
  if (!program)
    g_set_error (error,
                 G_IO_ERROR,
                 G_IO_ERROR_NOT_FOUND,
                 "%s is not in %s; say where with --libexec-dir",
                 name,
                 libexec_dir);
  return program;
}

/**
 * sc_find_template:
 * @libexec_dir: the folder of our programs
 * @given: (nullable): what the command line says
 *
 * Returns: (transfer full): the path of the template: given, beside our programs in the build tree,
 * or installed
 */
char *
sc_find_template (const char *libexec_dir, const char *given)
{
  g_autofree char *built = g_build_filename (libexec_dir, "local", TEMPLATE_NAME, NULL);
  if (given)
    return g_strdup (given);
  return g_file_test (built, G_FILE_TEST_EXISTS)
           ? g_steal_pointer (&built)
           : g_build_filename (SC_PKGDATADIR, TEMPLATE_NAME, NULL);
}
