/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-files.h"

#include <ftw.h>
#include <stdio.h>

static int
remove_entry (const char *path, const struct stat *info, int kind, struct FTW *where)
{
  return remove (path);
}

/**
 * sct_remove_tree:
 * @path: a folder that the test made
 *
 * Removes the folder with all that is in it, following no link.
 */
void
sct_remove_tree (const char *path)
{
  nftw (path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

/**
 * sct_has_proc:
 *
 * To be asked by a test that looks at processes or at what they hold open. By chroot there is no
 * /proc: then the test counts as skipped and has to return.
 *
 * Returns: whether there is /proc
 */
gboolean
sct_has_proc (void)
{
  gboolean has = g_file_test ("/proc/self/fd", G_FILE_TEST_IS_DIR);
  if (!has)
    g_test_skip ("there is no /proc here");
  return has;
}
