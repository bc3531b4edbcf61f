/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a viewer can do with a live picture beside looking at it: ask for figures, choose a quality,
 * pause and return.
 */

#include "config.h"

#include "tour-hands.h"
#include "tour-keyboard.h"
#include "tour-steps.h"
#include "tour-video.h"
#include "tour-wait.h"

#include <X11/keysym.h>

/* How long the pause is at least: enough to be behind by it. */
#define PAUSE_SECONDS 2

/* The figures of the statistics, as a screen reader hears them. */
#define LATENCY "Latency: ?.?? s"

static gboolean
step_statistics (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *grace = world->viewer;
  if (!tour_keyboard_press_with (world->eyes, grace, XK_Control_L, XK_i, error))
    return FALSE;
  g_autoptr (AtspiAccessible) latency =
    tour_see (grace, TOUR_ANY_ROLE, LATENCY, TOUR_PATIENCE, error);
  if (!latency)
    return FALSE;
  *ret_figure = atspi_accessible_get_name (latency, NULL);
  return tour_world_take_pictures (world, grace, "channel-statistics", error) &&
         tour_keyboard_press_with (world->eyes, grace, XK_Control_L, XK_i, error) &&
         tour_see_gone (grace, TOUR_ANY_ROLE, "Latency: *", TOUR_PATIENCE, error);
}

static gboolean
step_quality (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *grace = world->viewer;
  if (!tour_press_over_video (world,
                              grace,
                              ATSPI_ROLE_TOGGLE_BUTTON,
                              "Quality*",
                              TOUR_PATIENCE,
                              error))
    return FALSE;
  g_autoptr (AtspiAccessible) item =
    tour_see (grace, ATSPI_ROLE_MENU_ITEM, "*p15 · *", TOUR_PATIENCE, error);
  if (!item)
    return FALSE;
  *ret_figure = atspi_accessible_get_name (item, NULL);
  return tour_press (grace, ATSPI_ROLE_MENU_ITEM, "*p15 · *", error) &&
         tour_press_over_video (world,
                                grace,
                                ATSPI_ROLE_TOGGLE_BUTTON,
                                "Quality*",
                                TOUR_PATIENCE,
                                error) &&
         tour_press (grace, ATSPI_ROLE_MENU_ITEM, "Automatic*", error);
}

static gboolean
is_over (gpointer data)
{
  return g_timer_elapsed (data, NULL) > PAUSE_SECONDS;
}

/* The way back is an offer that names its distance, and goes when it was taken. */
static gboolean
step_return (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *grace = world->viewer;
  if (!tour_press_over_video (world, grace, ATSPI_ROLE_BUTTON, "Pause", TOUR_PATIENCE, error))
    return FALSE;
  g_autoptr (GTimer) pause = g_timer_new ();
  tour_wait (TOUR_PATIENCE, is_over, pause);
  if (!tour_press_over_video (world, grace, ATSPI_ROLE_BUTTON, "Play", TOUR_PATIENCE, error))
    return FALSE;
  g_autoptr (AtspiAccessible) offer =
    tour_see (grace, ATSPI_ROLE_BUTTON, "Return to live*", TOUR_PATIENCE, error);
  if (!offer)
    return FALSE;
  *ret_figure = atspi_accessible_get_name (offer, NULL);
  return tour_press (grace, ATSPI_ROLE_BUTTON, "Return to live*", error) &&
         tour_see_gone (grace, ATSPI_ROLE_BUTTON, "Return to live*", TOUR_PATIENCE, error);
}

const TourStep tour_live_steps[] = {
  { "live-statistics", step_statistics },
  { "live-quality", step_quality },
  { "live-return", step_return },
  { NULL, NULL },
};
