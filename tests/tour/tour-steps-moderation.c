/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The streamer keeps her chat in order, and both see what came of it. */

#include "config.h"

#include "tour-hands.h"
#include "tour-steps.h"

#define RUDE "You call that weaving?"

static gboolean
see (TourPerson *person, const char *name, GError **error)
{
  g_autoptr (AtspiAccessible) seen = tour_see (person, TOUR_ANY_ROLE, name, TOUR_PATIENCE, error);
  return seen != NULL;
}

static gboolean
say (TourPerson *person, const char *text, GError **error)
{
  return tour_type (person, "Chat message", text, error) &&
         tour_press (person, ATSPI_ROLE_BUTTON, "Send", error);
}

/* A line that names ada stands out for her. */
static gboolean
step_mention (TourWorld *world, char **ret_figure, GError **error)
{
  return say (world->viewer, "@ada, what does it weave?", error) &&
         see (world->streamer, "grace said @ada, what does it weave?", error) &&
         tour_world_take_picture (world, world->streamer, "chat-mention", error);
}

static gboolean
step_delete (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *ada = world->streamer, *grace = world->viewer;
  return say (grace, RUDE, error) && see (ada, "grace said " RUDE, error) &&
         tour_open_menu (ada, "grace said " RUDE, "Delete Message", error) &&
         tour_press (ada, ATSPI_ROLE_MENU_ITEM, "Delete Message", error) &&
         tour_see_gone (ada, TOUR_ANY_ROLE, "grace said " RUDE, TOUR_PATIENCE, error) &&
         tour_see_gone (grace, TOUR_ANY_ROLE, "grace said " RUDE, TOUR_PATIENCE, error) &&
         see (grace, "grace’s message was deleted", error) &&
         tour_world_take_picture (world, ada, "chat-deleted", error);
}

static gboolean
step_time_out (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *ada = world->streamer, *grace = world->viewer;
  if (!tour_open_menu (ada, "grace said @ada*", "Time Out", error) ||
      !tour_press (ada, ATSPI_ROLE_MENU_ITEM, "Time Out", error) ||
      !tour_press (ada, ATSPI_ROLE_MENU_ITEM, "10 Minutes", error))
    return FALSE;
  gint64 start = g_get_monotonic_time ();
  g_autoptr (AtspiAccessible) told =
    tour_see (grace, TOUR_ANY_ROLE, "You are timed out until *", TOUR_PATIENCE, error);
  if (!told)
    return FALSE;
  *ret_figure = g_strdup_printf ("out and told after %.1f s",
                                 (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  return see (ada, "grace is timed out for 10 minutes", error) &&
         tour_world_take_picture (world, grace, "chat-timed-out", error);
}

/* In the log, behind a cover while she streams, is what was done, and who is kept out: from there
 * she may come back. */
static gboolean
step_log (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *ada = world->streamer;
  return tour_press (ada, ATSPI_ROLE_TOGGLE_BUTTON, "More About the Chat", error) &&
         tour_press (ada, ATSPI_ROLE_MENU_ITEM, "Moderation Log", error) &&
         tour_press (ada, ATSPI_ROLE_BUTTON, "Show: *", error) &&
         see (ada, "ada timed grace out for 10 minutes*", error) &&
         see (ada, "ada deleted a message of grace*", error) &&
         tour_world_take_pictures (world, ada, "moderation-log", error) &&
         tour_press (ada, ATSPI_ROLE_PAGE_TAB, "Bans", error) &&
         /* A dialog that was put elsewhere, for the narrow picture, is covered again. */
         (!tour_world_has_pictures (world) ||
          tour_press (ada, ATSPI_ROLE_BUTTON, "Show: *", error)) &&
         tour_press (ada, ATSPI_ROLE_BUTTON, "Unban", error) &&
         see (ada, "grace may come back", error) && see (ada, "Nobody Is Banned", error) &&
         tour_close_dialog (ada, "Moderation Log", error);
}

/* She comes back by herself, some time; or at once, if she asks. */
static gboolean
step_let_in (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *grace = world->viewer;
  tour_press_within (grace, ATSPI_ROLE_BUTTON, "Retry", 1, NULL); /* if she is not back already */
  return tour_see_gone (grace,
                        ATSPI_ROLE_LABEL,
                        "You are timed out until *",
                        TOUR_PATIENCE,
                        error) &&
         say (grace, "I shall be kind", error) &&
         see (world->streamer, "grace said I shall be kind", error);
}

const TourStep tour_moderation_steps[] = {
  { "chat-mention", step_mention },   { "chat-delete", step_delete },
  { "chat-time-out", step_time_out }, { "chat-log", step_log },
  { "chat-let-in", step_let_in },     { NULL, NULL },
};
