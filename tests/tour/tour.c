/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The tour: two people use the real app on a desktop of its own, against the real local cloud.
 *
 *   tour --build DIR --pictures DIR [--lambda-api | --flatpak PROGRAM]
 *
 * They have no mouse: whatever they do they do by keyboard. With --lambda-api they have one, and
 * with --flatpak it is one of them alone, who has one, too, and PROGRAM runs the app in its
 * sandbox.
 *
 * Prints "tour: STEP ok FIGURE" a step and "tour: complete" at the end; a step that fails says why,
 * prints what the apps show, leaves their pictures, and ends the tour with 1.
 */

#include "config.h"

#include "tour-hands.h"
#include "tour-steps.h"

#include <locale.h>
#include <stdio.h>

static const TourStep *const parts[] = {
  tour_account_steps,   tour_key_steps,      tour_stream_steps,
  tour_live_steps,      tour_chat_steps,     tour_moderation_steps,
  tour_find_steps,      tour_chat_end_steps, tour_end_steps,
  tour_recording_steps, tour_again_steps,    tour_shelf_steps,
  tour_last_steps,      tour_crash_steps,    NULL,
};

static const TourStep *const flatpak_parts[] = { tour_account_steps, tour_flatpak_steps, NULL };

static void
save_failure (TourWorld *world, TourPerson *person)
{
  if (!person || tour_person_get_pid (person) == 0)
    return;
  tour_print_tree (person);
  g_autoptr (GdkPixbuf) picture = tour_eyes_grab (world->eyes, person, NULL);
  g_autofree char *leaf = g_strdup_printf ("failed-%s.png", tour_person_get_name (person));
  g_autofree char *path = g_build_filename (world->pictures, leaf, NULL);
  if (picture && gdk_pixbuf_save (picture, path, "png", NULL, NULL))
    g_printerr ("tour: what %s saw is in %s\n", tour_person_get_name (person), path);
}

/* A line a step; of the checks of the Flatpak each is one. */
static void
report (const TourWorld *world, const TourStep *step, gboolean good, const char *words)
{
  if (world->flatpak)
    printf ("%s - %s: %s\n", good ? "ok" : "not ok", step->name, words);
  else
    printf ("tour: %s %s %s\n", step->name, good ? "ok" : "FAILED:", words);
  fflush (stdout);
}

static gboolean
run_steps (TourWorld *world, const TourStep *steps)
{
  for (const TourStep *step = steps; step->name; step++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *figure = NULL;
    gint64 start = g_get_monotonic_time ();
    if (!step->run (world, &figure, &error)) {
      report (world, step, FALSE, error ? error->message : "no reason given");
      world->failed = TRUE;
      save_failure (world, world->streamer);
      save_failure (world, world->viewer);
      g_printerr ("tour: the logs are in %s\n", world->folder);
      return FALSE;
    }
    double seconds = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
    g_autofree char *words =
      g_strdup_printf ("%s%s%.1f s", figure ? figure : "", figure ? ", " : "", seconds);
    report (world, step, TRUE, words);
  }
  return TRUE;
}

int
main (int argc, char *argv[])
{
  g_autofree char *build = NULL, *pictures = NULL, *flatpak = NULL;
  gboolean lambda_api = FALSE;
  const GOptionEntry entries[] = {
    { "build", 0, 0, G_OPTION_ARG_FILENAME, &build, "The build folder", "DIR" },
    { "pictures", 0, 0, G_OPTION_ARG_FILENAME, &pictures, "Where pictures go", "DIR" },
    { "lambda-api", 0, 0, G_OPTION_ARG_NONE, &lambda_api, "Have the API from the function", NULL },
    { "flatpak",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &flatpak,
      "What runs the app in its sandbox",
      "FILE" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GOptionContext) options = g_option_context_new (NULL);
  g_option_context_add_main_entries (options, entries, NULL);
  if (!g_option_context_parse (options, &argc, &argv, &error) || !build || !pictures) {
    g_printerr ("tour: %s\n", error ? error->message : "--build and --pictures are needed");
    return 2;
  }

  setlocale (LC_ALL, "");
  atspi_init ();
  g_autoptr (TourWorld) world = tour_world_new (build, pictures, &error);
  if (!world) {
    g_printerr ("tour: %s\n", error->message);
    return 1;
  }
  world->lambda_api = lambda_api;
  world->flatpak = flatpak;
  world->keyboard_alone = !lambda_api && !flatpak;
  for (const TourStep *const *part = flatpak ? flatpak_parts : parts; *part; part++)
    if (!run_steps (world, *part))
      return 1;
  puts ("tour: complete");
  return 0;
}
