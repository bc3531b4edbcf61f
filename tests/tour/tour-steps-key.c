/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Where a stream key is not to be found: in what a screen reader is told while it is masked, in any
 * file of the desktop, in what the app and the cloud print, and in a core file. */

#include "config.h"

#include "tour-hands.h"
#include "tour-steps.h"
#include "tour-wait.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

/* No setting or log of the tour is larger; a cache of media may be. */
#define FILE_MAX (64 << 20)

/* The row counts ten seconds down. */
#define SHOWN_SECONDS 20

static gboolean
is_told (gpointer data)
{
  TourWorld *world = data;
  return tour_count_text (world->streamer, world->key) > 0;
}

static gboolean
is_not_told (gpointer data)
{
  return !is_told (data);
}

static gboolean
require (gboolean is_so, const char *words, GError **error)
{
  if (!is_so)
    g_set_error_literal (error, TOUR_ERROR, TOUR_ERROR_WRONG, words);
  return is_so;
}

/* That it is told while shown is how one knows that the search would find it. */
static gboolean
step_masked (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *ada = world->streamer;
  if (!require (!is_told (world), "A screen reader is told the masked key", error) ||
      !tour_press (ada, ATSPI_ROLE_BUTTON, "Show Stream Key", error) ||
      !require (tour_wait (TOUR_PATIENCE, is_told, world),
                "A screen reader is not told the key that is on show",
                error))
    return FALSE;
  gint64 start = g_get_monotonic_time ();
  gboolean is_masked = tour_wait (SHOWN_SECONDS, is_not_told, world);
  *ret_figure = g_strdup_printf ("masked again after %.1f s",
                                 (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  return require (is_masked, "A screen reader is told the key for ever", error);
}

/* Returns how many files below @folder were looked through, 0 where one has the key. */
static guint
search_files (GFile *folder, const char *key, const char *ending, GError **error)
{
  guint count = 0;
  g_autoptr (GFileEnumerator) files =
    g_file_enumerate_children (folder,
                               G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE
                                                              "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                               G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS,
                               NULL,
                               error);
  GFileInfo *info = NULL;
  GFile *file = NULL;
  while (files && g_file_enumerator_iterate (files, &info, &file, NULL, error) && info) {
    g_autofree char *content = NULL;
    gsize size = 0;
    if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY && !ending) {
      count += search_files (file, key, NULL, error);
    } else if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR &&
               g_file_info_get_size (info) < FILE_MAX &&
               (!ending || g_str_has_suffix (g_file_info_get_name (info), ending)) &&
               g_file_load_contents (file, NULL, &content, &size, NULL, NULL)) {
      count++;
      if (memmem (content, size, key, strlen (key)))
        g_set_error (error,
                     TOUR_ERROR,
                     TOUR_ERROR_WRONG,
                     "%s has the stream key",
                     g_file_peek_path (file));
    }
    if (*error)
      return 0;
  }
  return *error ? 0 : count;
}

/* The encoders' own logs are theirs: they are given the key on their command line. */
static gboolean
step_files (TourWorld *world, char **ret_figure, GError **error)
{
  g_autoptr (GFile) streamer = g_file_new_for_path (tour_person_get_folder (world->streamer));
  g_autoptr (GFile) cloud = g_file_new_build_filename (world->folder, "cloud.log", NULL);
  g_autofree char *printed = NULL;
  guint count = search_files (streamer, world->key, NULL, error);
  if (count == 0 || !g_file_load_contents (cloud, NULL, &printed, NULL, NULL, error))
    return FALSE;
  *ret_figure = g_strdup_printf ("%u files of the desktop and the cloud's log", count);
  return require (!strstr (printed, world->key), "The cloud prints the stream key", error);
}

/* Whether this machine makes core files at all. */
static gboolean
makes_core_files (TourPerson *person, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_subprocess_launcher_set_cwd (launcher, tour_person_get_folder (person));
  g_autoptr (GSubprocess) sleeper =
    g_subprocess_launcher_spawn (launcher, error, "sleep", "1000", NULL);
  if (!sleeper)
    return FALSE;
  g_subprocess_send_signal (sleeper, SIGSEGV);
  return g_subprocess_wait (sleeper, NULL, error) &&
         WCOREDUMP (g_subprocess_get_status (sleeper)) != 0;
}

static gboolean
step_crash (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *ada = world->streamer;
  struct rlimit before, most;
  gboolean has_core = TRUE;
  getrlimit (RLIMIT_CORE, &before);
  most = (struct rlimit) { before.rlim_max, before.rlim_max };
  setrlimit (RLIMIT_CORE, &most);
  gboolean can_have_core = makes_core_files (ada, error);
  gboolean has_crashed = !*error && tour_person_start_app (ada, error);
  if (has_crashed) {
    /* The channel's page, where she left it. */
    g_autoptr (AtspiAccessible) page =
      tour_see (ada, TOUR_ANY_ROLE, "ada Is Offline", TOUR_PATIENCE, error);
    has_crashed = page && tour_person_crash_app (ada, &has_core, error);
  }
  setrlimit (RLIMIT_CORE, &before);
  *ret_figure = g_strdup (can_have_core ? "a crash leaves none" : "this machine makes none at all");
  return has_crashed && require (!has_core, "A crash leaves a core file", error);
}

const TourStep tour_key_steps[] = {
  { "key-masked", step_masked },
  { NULL, NULL },
};

const TourStep tour_crash_steps[] = {
  { "no-key-in-files", step_files },
  { "no-core-file", step_crash },
  { NULL, NULL },
};
