/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a streamer does with last night's recording: another title, another category, out of sight
 * and back again, how it went, and away with it, from the bucket too. */

#include "config.h"

#include "tour-hands.h"
#include "tour-steps.h"
#include "tour-wait.h"

#define DIALOG "My Recordings"
#define FIGURES "How It Went"

/* The last stream's, by what it was called live and what it is called then. */
#define LIVE_TITLE "Notes on the engine"
#define KEPT_TITLE "The first program"
#define CATEGORY "Mathematics"
#define CARD "*" KEPT_TITLE "*"

static gboolean
see (TourPerson *person, AtspiRole role, const char *name, GError **error)
{
  g_autoptr (AtspiAccessible) control = tour_see (person, role, name, TOUR_PATIENCE, error);
  return control != NULL;
}

/* Ada comes from the page where she was live. */
static gboolean
step_open (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *ada = world->streamer;
  return tour_press (ada, ATSPI_ROLE_BUTTON, "Back", error) &&
         tour_press (ada, ATSPI_ROLE_BUTTON, "My Channel", error) &&
         tour_press (ada, ATSPI_ROLE_BUTTON, DIALOG, error) &&
         see (ada, ATSPI_ROLE_DIALOG, DIALOG, error) &&
         see (ada, TOUR_ANY_ROLE, "*1 view*", error) &&
         tour_world_take_pictures (world, ada, "my-recordings", error);
}

static gboolean
step_unfold (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *ada = world->streamer;
  return tour_click (ada, ATSPI_ROLE_LIST_ITEM, LIVE_TITLE, error) &&
         see (ada, ATSPI_ROLE_BUTTON, "Delete…", error) &&
         tour_world_take_pictures (world, ada, "my-recording", error);
}

/* A control of the dialog: the page below has some of the same name. */
static AtspiAccessible *
find_in_dialog (TourPerson *ada, AtspiRole role, const char *name, GError **error)
{
  g_autoptr (AtspiAccessible) dialog =
    tour_see (ada, ATSPI_ROLE_DIALOG, DIALOG, TOUR_PATIENCE, error);
  AtspiAccessible *control = dialog ? tour_see_in (dialog, role, name) : NULL;
  if (dialog && !control)
    g_set_error (error, TOUR_ERROR, TOUR_ERROR_NOT_SEEN, "My Recordings has no “%s”", name);
  return control;
}

static gboolean
write_words (TourPerson *ada, const char *name, const char *text, GError **error)
{
  g_autoptr (AtspiAccessible) field = find_in_dialog (ada, ATSPI_ROLE_TEXT, name, error);
  return field && tour_type_into (ada, field, text, error) &&
         tour_press (ada, ATSPI_ROLE_BUTTON, "Apply", error) &&
         tour_see_gone (ada, ATSPI_ROLE_BUTTON, "Apply", TOUR_PATIENCE, error);
}

static gboolean
step_words (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *ada = world->streamer;
  return write_words (ada, "Category", CATEGORY, error) &&
         write_words (ada, "Title", KEPT_TITLE, error) &&
         see (ada, ATSPI_ROLE_LIST_ITEM, KEPT_TITLE, error) &&
         see (world->viewer, ATSPI_ROLE_BUTTON, CARD, error);
}

static gboolean
step_hide (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *ada = world->streamer;
  return tour_click (ada, TOUR_SWITCH_ROLE, "Hidden", error) &&
         see (ada, TOUR_ANY_ROLE, "* · Hidden", error) &&
         tour_see_gone (world->viewer, ATSPI_ROLE_BUTTON, CARD, TOUR_PATIENCE, error) &&
         tour_click (ada, TOUR_SWITCH_ROLE, "Hidden", error) &&
         tour_see_gone (ada, TOUR_ANY_ROLE, "* · Hidden", TOUR_PATIENCE, error) &&
         see (world->viewer, ATSPI_ROLE_BUTTON, CARD, error);
}

static gboolean
step_figures (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *ada = world->streamer;
  return tour_press (ada, ATSPI_ROLE_BUTTON, FIGURES, error) &&
         see (ada, ATSPI_ROLE_DIALOG, FIGURES, error) &&
         see (ada, TOUR_ANY_ROLE, "Viewers*", error) &&
         tour_world_take_pictures (world, ada, "how-it-went", error) &&
         tour_close_dialog (ada, FIGURES, error);
}

static guint
count_recordings (TourWorld *world)
{
  return tour_world_count_stored (world, "recording-ended.json");
}

typedef struct {
  TourWorld *world;
  guint left; /* how many recordings the bucket is to have */
} Bucket;

static gboolean
is_left (gpointer data)
{
  const Bucket *bucket = data;
  return count_recordings (bucket->world) == bucket->left;
}

static gboolean
step_delete (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *ada = world->streamer;
  Bucket bucket = { .world = world, .left = count_recordings (world) - 1 };
  if (!tour_press (ada, ATSPI_ROLE_BUTTON, "Delete…", error) ||
      !tour_press (ada, ATSPI_ROLE_BUTTON, "Delete for Good", error) ||
      !tour_see_gone (ada, ATSPI_ROLE_LIST_ITEM, KEPT_TITLE, TOUR_PATIENCE, error) ||
      !tour_see_gone (world->viewer, ATSPI_ROLE_BUTTON, CARD, TOUR_PATIENCE, error))
    return FALSE;
  if (!tour_wait (TOUR_PATIENCE, is_left, &bucket)) {
    g_set_error_literal (error, TOUR_ERROR, TOUR_ERROR_WRONG, "The bucket still has its files");
    return FALSE;
  }
  return tour_close_dialog (ada, DIALOG, error);
}

typedef struct {
  const char *item;
  const char *name;
  const char *page;
} MenuDialog;

static gboolean
show_dialog (TourWorld *world, const MenuDialog *dialog, GError **error)
{
  TourPerson *ada = world->streamer;
  return tour_press (ada, ATSPI_ROLE_TOGGLE_BUTTON, "Main Menu", error) &&
         tour_press (ada, ATSPI_ROLE_MENU_ITEM, dialog->item, error) &&
         see (ada, ATSPI_ROLE_DIALOG, dialog->name, error) &&
         tour_world_take_pictures (world, ada, dialog->page, error) &&
         tour_close_dialog (ada, dialog->name, error);
}

/* What Home's menu leads to; then back to her channel. */
static gboolean
step_dialogs (TourWorld *world, char **ret_figure, GError **error)
{
  static const MenuDialog dialogs[] = {
    { "Preferences", "Preferences", "preferences" },
    { "Keyboard Shortcuts", "Keyboard Shortcuts", "shortcuts" },
    { "About StreamCat", "About*", "about" },
  };
  TourPerson *ada = world->streamer;
  if (!tour_press (ada, ATSPI_ROLE_BUTTON, "Back", error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (dialogs); i++)
    if (!show_dialog (world, &dialogs[i], error))
      return FALSE;
  return tour_press (ada, ATSPI_ROLE_BUTTON, "My Channel", error);
}

/* The page that she comes back to when she starts the app again. */
static gboolean
step_own_page (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *ada = world->streamer;
  return tour_press (ada, ATSPI_ROLE_BUTTON, "Watch My Channel", error) &&
         see (ada, TOUR_ANY_ROLE, "ada Is Offline", error);
}

const TourStep tour_shelf_steps[] = {
  { "my-recordings", step_open },
  { "my-recording", step_unfold },
  { "recording-words", step_words },
  { "recording-hidden", step_hide },
  { "recording-figures", step_figures },
  { "recording-deleted", step_delete },
  { "dialogs", step_dialogs },
  { "own-page", step_own_page },
  { NULL, NULL },
};
