/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How a viewer comes to a channel and comes back to it: by a search in which letters are missing,
 * by its category, by following it, and what else its page can do with the picture. */

#include "config.h"

#include "tour-hands.h"
#include "tour-keyboard.h"
#include "tour-steps.h"
#include "tour-video.h"
#include "tour-wait.h"

#include <X11/keysym.h>

#define CARD "*Weaving algebraical patterns*"
#define CATEGORY "Mechanical Looms"

/* What the channel's page says, and no other. */
#define CHANNEL_ONLY "Chat message"

#define LAYOUT "Layout of Video and Chat"

static gboolean
see (TourPerson *person, AtspiRole role, const char *name, GError **error)
{
  g_autoptr (AtspiAccessible) control = tour_see (person, role, name, TOUR_PATIENCE, error);
  return control != NULL;
}

static gboolean
go_home (TourWorld *world, GError **error)
{
  return tour_keyboard_press_with (world->eyes, world->viewer, XK_Alt_L, XK_Home, error);
}

/* Grace comes from the channel's page. What is like nothing is searched first, so that what is seen
 * afterwards was found, and is not what Home had. */
static gboolean
step_search (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *grace = world->viewer;
  return go_home (world, error) &&
         tour_see_gone (grace, TOUR_ANY_ROLE, CHANNEL_ONLY, TOUR_PATIENCE, error) &&
         tour_press (grace, ATSPI_ROLE_TOGGLE_BUTTON, "Search", error) &&
         tour_type (grace, "Search", "zzzzzzzz", error) &&
         see (grace, TOUR_ANY_ROLE, "No Results", error) &&
         tour_world_take_pictures (world, grace, "search-empty", error) &&
         tour_type (grace, "Search", "weaving algebrical", error) &&
         see (grace, ATSPI_ROLE_BUTTON, CARD, error) &&
         tour_world_take_pictures (world, grace, "search", error);
}

static gboolean
step_category (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *grace = world->viewer;
  return tour_type (grace, "Search", "mechancal looms", error) &&
         tour_press (grace, ATSPI_ROLE_BUTTON, "*" CATEGORY "*", error) &&
         tour_see_gone (grace, TOUR_FIELD_ROLE, "Search", TOUR_PATIENCE, error) &&
         see (grace, ATSPI_ROLE_BUTTON, CARD, error) &&
         tour_world_take_pictures (world, grace, "category", error) &&
         tour_press (grace, ATSPI_ROLE_BUTTON, CARD, error) &&
         see (grace, TOUR_ANY_ROLE, CHANNEL_ONLY, error) &&
         see (grace, ATSPI_ROLE_LABEL, CATEGORY, error);
}

static gboolean
step_follow (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *grace = world->viewer;
  return tour_press (grace, ATSPI_ROLE_TOGGLE_BUTTON, "Follow", error) &&
         see (grace, ATSPI_ROLE_TOGGLE_BUTTON, "Following", error) &&
         see (grace, ATSPI_ROLE_TOGGLE_BUTTON, "Tell When Live", error);
}

typedef struct {
  TourPerson *person;
  const char *text;
} Hint;

static gboolean
is_said (gpointer data)
{
  const Hint *hint = data;
  return tour_count_text (hint->person, hint->text) > 0;
}

/* Presses the bell and reads what the next press would do. */
static gboolean
ring (TourPerson *person, const char *text, GError **error)
{
  Hint hint = { .person = person, .text = text };
  if (!tour_press (person, ATSPI_ROLE_TOGGLE_BUTTON, "Tell When Live", error))
    return FALSE;
  if (tour_wait (TOUR_PATIENCE, is_said, &hint))
    return TRUE;
  g_set_error (error, TOUR_ERROR, TOUR_ERROR_NOT_SEEN, "The bell does not say “%s”", text);
  return FALSE;
}

/* Whoever follows is told, until they want it otherwise. */
static gboolean
step_bell (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *grace = world->viewer;
  return ring (grace, "Tell Me When This Channel Goes Live", error) &&
         ring (grace, "Stop Telling Me When This Channel Goes Live", error);
}

/* The search that was left is still there. */
static gboolean
step_following (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *grace = world->viewer;
  return go_home (world, error) &&
         tour_see_gone (grace, TOUR_ANY_ROLE, CHANNEL_ONLY, TOUR_PATIENCE, error) &&
         tour_press (grace, ATSPI_ROLE_TOGGLE_BUTTON, "Search", error) &&
         tour_press (grace, ATSPI_ROLE_BUTTON, "See All*", error) &&
         tour_see_gone (grace, ATSPI_ROLE_BUTTON, "See All*", TOUR_PATIENCE, error) &&
         see (grace, TOUR_ANY_ROLE, CARD, error) &&
         tour_world_take_pictures (world, grace, "following", error) && go_home (world, error) &&
         see (grace, ATSPI_ROLE_BUTTON, "See All*", error);
}

/* She has seen for herself that what she follows is live: there is nothing that she was told. */
static gboolean
step_news (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *grace = world->viewer;
  return tour_press (grace, ATSPI_ROLE_TOGGLE_BUTTON, "Main Menu", error) &&
         tour_press (grace, ATSPI_ROLE_MENU_ITEM, "Notifications", error) &&
         see (grace, TOUR_ANY_ROLE, "No Notifications", error) &&
         tour_world_take_pictures (world, grace, "notifications", error) &&
         go_home (world, error) &&
         tour_see_gone (grace, TOUR_ANY_ROLE, "No Notifications", TOUR_PATIENCE, error) &&
         tour_press (grace, ATSPI_ROLE_BUTTON, CARD, error) &&
         see (grace, TOUR_ANY_ROLE, CHANNEL_ONLY, error);
}

static gboolean
choose_layout (TourWorld *world, const char *item, GError **error)
{
  TourPerson *grace = world->viewer;
  return tour_press_over_video (world,
                                grace,
                                ATSPI_ROLE_TOGGLE_BUTTON,
                                LAYOUT,
                                TOUR_PATIENCE,
                                error) &&
         tour_press (grace, ATSPI_ROLE_MENU_ITEM, item, error) &&
         tour_see_gone (grace, ATSPI_ROLE_MENU_ITEM, item, TOUR_PATIENCE, error);
}

/* The picture has the window to itself: what is said of the channel below it is not there. */
static gboolean
step_theatre (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *grace = world->viewer;
  return choose_layout (world, "Theatre", error) &&
         tour_see_gone (grace, ATSPI_ROLE_LABEL, CATEGORY, TOUR_PATIENCE, error) &&
         see (grace, TOUR_ANY_ROLE, CHANNEL_ONLY, error) &&
         tour_world_take_pictures (world, grace, "theatre", error) &&
         choose_layout (world, "Hidden", error) &&
         tour_see_gone (grace, TOUR_ANY_ROLE, CHANNEL_ONLY, TOUR_PATIENCE, error) &&
         choose_layout (world, "Over the Video", error) &&
         see (grace, TOUR_ANY_ROLE, CHANNEL_ONLY, error) &&
         tour_world_take_picture (world, grace, "theatre-chat-over", error) &&
         choose_layout (world, "Beside the Video", error) &&
         choose_layout (world, "Theatre", error) && see (grace, ATSPI_ROLE_LABEL, CATEGORY, error);
}

/* The picture goes on in a window of its own, and whoever opens the channel gets it back from
 * there. */
static gboolean
step_mini (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *grace = world->viewer;
  return choose_layout (world, "Mini Player", error) &&
         tour_see_gone (grace, TOUR_ANY_ROLE, CHANNEL_ONLY, TOUR_PATIENCE, error) &&
         see (grace, ATSPI_ROLE_FRAME, "ada", error) &&
         see (grace, ATSPI_ROLE_IMAGE, "Video of ada", error) &&
         tour_press (grace, ATSPI_ROLE_BUTTON, CARD, error) &&
         see (grace, TOUR_ANY_ROLE, CHANNEL_ONLY, error) &&
         tour_see_gone (grace, ATSPI_ROLE_FRAME, "ada", TOUR_PATIENCE, error);
}

const TourStep tour_find_steps[] = {
  { "search", step_search },   { "category", step_category },   { "follow", step_follow },
  { "bell", step_bell },       { "following", step_following }, { "notifications", step_news },
  { "theatre", step_theatre }, { "mini-player", step_mini },    { NULL, NULL },
};
