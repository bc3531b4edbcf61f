/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-files.h"

#include <ftw.h>
#include <stdio.h>

/* Between two looks at a folder: nothing tells when an entry of /proc goes. */
#define TICK_MS 20

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
  gboolean has = g_file_test (SCT_OPEN_FILES, G_FILE_TEST_IS_DIR);
  if (!has)
    g_test_skip ("there is no /proc here");
  return has;
}

/**
 * sct_count_entries:
 * @path: a folder: %SCT_OPEN_FILES
 *
 * Returns: how many entries it has
 */
guint
sct_count_entries (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  guint count = 0;
  while (g_dir_read_name (folder))
    count++;
  return count;
}

static gboolean
on_tick (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/**
 * sct_wait_for_entries:
 * @path: a folder
 * @most: how many entries it may have
 *
 * Runs the main context until there are no more.
 */
void
sct_wait_for_entries (const char *path, guint most)
{
  guint tick = g_timeout_add (TICK_MS, on_tick, NULL);
  while (sct_count_entries (path) > most)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
}
