/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A viewer comes back to a recording: where it was left, slower than it was made, and by a link to
 * a moment of it. */

#include "config.h"

#include "tour-hands.h"
#include "tour-steps.h"
#include "tour-video.h"
#include "tour-wait.h"

#include <string.h>

/* The first stream's recording, the one that is long enough to be left in. */
#define CARD "*Weaving algebraical patterns*"
#define SLIDER "Position in the recording"

/* Where it is left; nobody who begins at its start is there within the patience of a step. */
#define LEFT_SECONDS 30
#define LEFT_CLOCK "0:3"
#define NEAR_SECONDS 1

#define VIDEO_SECONDS 40

static gboolean
see (TourPerson *person, AtspiRole role, const char *name, GError **error)
{
  g_autoptr (AtspiAccessible) control = tour_see (person, role, name, TOUR_PATIENCE, error);
  return control != NULL;
}

/* What is paused is where it was last put, and its controls stay. */
static gboolean
stand (TourWorld *world, GError **error)
{
  return tour_press_over_video (world,
                                world->viewer,
                                ATSPI_ROLE_BUTTON,
                                "Pause",
                                VIDEO_SECONDS,
                                error) &&
         see (world->viewer, ATSPI_ROLE_BUTTON, "Play", error);
}

static gboolean
leave (TourPerson *person, GError **error)
{
  return tour_press (person, ATSPI_ROLE_BUTTON, "Back", error) &&
         tour_see_gone (person, ATSPI_ROLE_SLIDER, SLIDER, TOUR_PATIENCE, error) &&
         see (person, ATSPI_ROLE_BUTTON, CARD, error);
}

typedef struct {
  TourPerson *person;
  double from;
  double to;
  double place;
} Looking;

static gboolean
is_there (gpointer data)
{
  Looking *looking = data;
  double end;
  return tour_read_slider (looking->person, SLIDER, &looking->place, &end, NULL) &&
         looking->place >= looking->from && looking->place <= looking->to;
}

static gboolean
see_place (TourPerson *person, double from, double to, char **ret_figure, GError **error)
{
  Looking looking = { .person = person, .from = from, .to = to };
  if (!tour_wait (VIDEO_SECONDS, is_there, &looking)) {
    g_set_error (error, TOUR_ERROR, TOUR_ERROR_WRONG, "It is at %.2f s", looking.place);
    return FALSE;
  }
  g_free (*ret_figure);
  *ret_figure = g_strdup_printf ("at %.2f s", looking.place);
  return TRUE;
}

/* A busy machine plays on for a while before it is paused. */
static gboolean
see_left_place (TourPerson *person, char **ret_figure, GError **error)
{
  return see_place (person, LEFT_SECONDS - NEAR_SECONDS, G_MAXDOUBLE, ret_figure, error);
}

/* Grace comes from Home. */
static gboolean
step_continue (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *grace = world->viewer;
  return tour_press (grace, ATSPI_ROLE_BUTTON, CARD, error) && stand (world, error) &&
         tour_slide (grace, SLIDER, LEFT_SECONDS, error) &&
         see_left_place (grace, ret_figure, error) && leave (grace, error) &&
         see (grace, TOUR_ANY_ROLE, "Watched up to " LEFT_CLOCK "?", error) &&
         tour_press (grace, ATSPI_ROLE_BUTTON, CARD, error) &&
         see (grace, TOUR_ANY_ROLE, "Continued at " LEFT_CLOCK "?", error) &&
         stand (world, error) && see_left_place (grace, ret_figure, error);
}

static gboolean
step_speed (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *grace = world->viewer;
  return tour_press (grace, ATSPI_ROLE_TOGGLE_BUTTON, "Speed: 1×", error) &&
         tour_press (grace, ATSPI_ROLE_MENU_ITEM, "0.5×", error) &&
         tour_see_gone (grace, ATSPI_ROLE_MENU_ITEM, "0.5×", TOUR_PATIENCE, error) &&
         see (grace, ATSPI_ROLE_TOGGLE_BUTTON, "Speed: 0.5×", error);
}

typedef struct {
  TourWorld *world;
  char *link;
} Copying;

static gboolean
has_link (gpointer data)
{
  Copying *copying = data;
  g_free (copying->link);
  copying->link = tour_world_read_clipboard (copying->world, NULL);
  return copying->link && g_str_has_prefix (copying->link, "streamcat://") &&
         strstr (copying->link, "?t=");
}

static char *
copy_link (TourWorld *world, GError **error)
{
  TourPerson *grace = world->viewer;
  Copying copying = { .world = world };
  if (!tour_press (grace, ATSPI_ROLE_TOGGLE_BUTTON, "Copy Link", error) ||
      !tour_press (grace, ATSPI_ROLE_MENU_ITEM, "Copy Link to This Moment", error))
    return NULL;
  if (tour_wait (TOUR_PATIENCE, has_link, &copying))
    return copying.link;
  g_set_error (error, TOUR_ERROR, TOUR_ERROR_NOT_SEEN, "The clipboard has “%s”", copying.link);
  g_free (copying.link);
  return NULL;
}

/* Left at its start, the recording has no place to go on at: it is the link that leads there. */
static gboolean
step_moment (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *grace = world->viewer;
  g_autofree char *link = copy_link (world, error);
  return link && tour_slide (grace, SLIDER, 0, error) &&
         see_place (grace, 0, NEAR_SECONDS, ret_figure, error) && leave (grace, error) &&
         tour_see_gone (grace, TOUR_ANY_ROLE, "Watched up to*", TOUR_PATIENCE, error) &&
         tour_person_open (grace, link, error) && stand (world, error) &&
         see_left_place (grace, ret_figure, error) && leave (grace, error);
}

const TourStep tour_again_steps[] = {
  { "recording-continues", step_continue },
  { "recording-speed", step_speed },
  { "recording-moment", step_moment },
  { NULL, NULL },
};
