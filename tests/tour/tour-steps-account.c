/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* From a first start to an account with a channel: what a streamer does before the first stream. */

#include "config.h"

#include "tour-hands.h"
#include "tour-steps.h"
#include "tour-wait.h"

#include <string.h>

#define NAME "ada"
#define PASSWORD "analytical engine"
#define TITLE "Weaving algebraical patterns"
#define CATEGORY "Mechanical Looms"

#define WINDOW_WIDTH 1290
#define WINDOW_HEIGHT 800

/* A saga of three calls at 4 a second, and the app's own refresh. */
#define PROVISIONING_SECONDS 40

static gboolean
see (TourPerson *person, AtspiRole role, const char *name, GError **error)
{
  g_autoptr (AtspiAccessible) control = tour_see (person, role, name, TOUR_PATIENCE, error);
  return control != NULL;
}

static gboolean
start_app (TourWorld *world, GError **error)
{
  return tour_person_start_app (world->streamer, error) &&
         tour_eyes_place (world->eyes, world->streamer, 0, WINDOW_WIDTH, WINDOW_HEIGHT, error);
}

static gboolean
step_start (TourWorld *world, char **ret_figure, GError **error)
{
  gint64 start = g_get_monotonic_time ();
  if (!tour_world_start_cloud (world, error))
    return FALSE;
  double cloud = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;

  world->streamer = tour_world_add_person (world, NAME);
  start = g_get_monotonic_time ();
  if (!start_app (world, error) ||
      !see (world->streamer, TOUR_ANY_ROLE, "Welcome to StreamCat", error))
    return FALSE;
  double app = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  *ret_figure = g_strdup_printf ("local cloud %.1f s, app %.1f s", cloud, app);
  return tour_world_take_pictures (world, world->streamer, "welcome", error);
}

static gboolean
step_server (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *ada = world->streamer;
  return tour_type (ada, "Server Address", world->api_url, error) &&
         tour_press (ada, ATSPI_ROLE_BUTTON, "Continue", error) &&
         see (ada, TOUR_ANY_ROLE, "Nobody Is Live*", error) &&
         tour_world_take_pictures (world, ada, "home-empty", error);
}

static gboolean
step_bad_name (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *ada = world->streamer;
  return tour_press (ada, ATSPI_ROLE_BUTTON, "Create Account", error) &&
         tour_type (ada, "Name", "ada lovelace!", error) &&
         tour_type (ada, "Password", PASSWORD, error) &&
         see (ada, TOUR_ANY_ROLE, "Only the letters*", error) &&
         tour_world_take_pictures (world, ada, "sign-up", error);
}

static gboolean
step_sign_up (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *ada = world->streamer;
  return tour_type (ada, "Name", NAME, error) &&
         tour_press (ada, ATSPI_ROLE_BUTTON, "Create Account", error) &&
         see (ada, ATSPI_ROLE_BUTTON, "I Have Kept It", error) &&
         tour_world_take_pictures (world, ada, "recovery-code", error) &&
         tour_press (ada, ATSPI_ROLE_BUTTON, "I Have Kept It", error) &&
         see (ada, ATSPI_ROLE_BUTTON, "*My Channel", error);
}

static gboolean
step_channel_ready (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *ada = world->streamer;
  if (!tour_press (ada, ATSPI_ROLE_BUTTON, "My Channel", error))
    return FALSE;
  g_autoptr (AtspiAccessible) ready =
    tour_see (ada, TOUR_ANY_ROLE, "Your First Stream", PROVISIONING_SECONDS, error);
  return ready && tour_world_take_pictures (world, ada, "my-channel", error);
}

typedef struct {
  TourWorld *world;
  const char *prefix;
  char *text;
} Clipboard;

static gboolean
clipboard_holds (gpointer data)
{
  Clipboard *clipboard = data;
  g_free (clipboard->text);
  clipboard->text = tour_world_read_clipboard (clipboard->world, NULL);
  return clipboard->text && g_str_has_prefix (clipboard->text, clipboard->prefix);
}

/* Presses a Copy button and returns what is then in the clipboard. */
static char *
copy (TourWorld *world, const char *button, const char *prefix, GError **error)
{
  if (!tour_press (world->streamer, ATSPI_ROLE_BUTTON, button, error))
    return NULL;
  Clipboard clipboard = { .world = world, .prefix = prefix };
  if (tour_wait (TOUR_PATIENCE, clipboard_holds, &clipboard))
    return clipboard.text;
  g_set_error (error,
               TOUR_ERROR,
               TOUR_ERROR_WRONG,
               "“%s” puts nothing with %s there",
               button,
               prefix);
  g_free (clipboard.text);
  return NULL;
}

static gboolean
step_copy (TourWorld *world, char **ret_figure, GError **error)
{
  world->server = copy (world, "Copy Server", "rtmps://", error);
  world->key = world->server ? copy (world, "Copy Stream Key", "sk_", error) : NULL;
  if (!world->key)
    return FALSE;
  *ret_figure =
    g_strdup_printf ("%s and a key of %zu characters", world->server, strlen (world->key));
  return TRUE;
}

static gboolean
title_is (TourPerson *person, GError **error)
{
  g_autofree char *title = tour_read (person, "Title", error);
  if (title && strcmp (title, TITLE) == 0)
    return TRUE;
  if (title)
    g_set_error (error, TOUR_ERROR, TOUR_ERROR_WRONG, "The title is “%s”", title);
  return FALSE;
}

static gboolean
step_title (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *ada = world->streamer;
  return tour_type (ada, "Title", TITLE, error) &&
         tour_press (ada, ATSPI_ROLE_BUTTON, "Save Title", error) &&
         tour_see_gone (ada, ATSPI_ROLE_BUTTON, "Save Title", TOUR_PATIENCE, error) &&
         tour_type (ada, "Category", CATEGORY, error) &&
         tour_press (ada, ATSPI_ROLE_BUTTON, "Save Category", error) &&
         tour_see_gone (ada, ATSPI_ROLE_BUTTON, "Save Category", TOUR_PATIENCE, error);
}

static gboolean
step_restart (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *ada = world->streamer;
  return tour_person_quit_app (ada, error) && start_app (world, error) &&
         tour_press (ada, ATSPI_ROLE_BUTTON, "My Channel", error) && title_is (ada, error);
}

static gboolean
step_sign_out (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *ada = world->streamer;
  return tour_press (ada, ATSPI_ROLE_BUTTON, "Back", error) &&
         tour_press (ada, ATSPI_ROLE_TOGGLE_BUTTON, "Main Menu", error) &&
         tour_press (ada, ATSPI_ROLE_MENU_ITEM, "Sign Out", error) &&
         see (ada, ATSPI_ROLE_BUTTON, "Sign In", error);
}

static gboolean
step_sign_in (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *ada = world->streamer;
  if (!tour_press (ada, ATSPI_ROLE_BUTTON, "Sign In", error) ||
      !tour_type (ada, "Name", NAME, error) || !tour_type (ada, "Password", "wrong horse", error) ||
      !tour_press (ada, ATSPI_ROLE_BUTTON, "Sign In", error) ||
      !see (ada, TOUR_ANY_ROLE, "*name or password is wrong*", error) ||
      !tour_world_take_pictures (world, ada, "sign-in", error))
    return FALSE;
  return tour_type (ada, "Password", PASSWORD, error) &&
         tour_press (ada, ATSPI_ROLE_BUTTON, "Sign In", error) &&
         tour_press (ada, ATSPI_ROLE_BUTTON, "My Channel", error) && title_is (ada, error);
}

const TourStep tour_account_steps[] = {
  { "start", step_start },
  { "server", step_server },
  { "sign-up-bad-name", step_bad_name },
  { "sign-up", step_sign_up },
  { "channel-ready", step_channel_ready },
  { "copy", step_copy },
  { "title", step_title },
  { "restart", step_restart },
  { "sign-out", step_sign_out },
  { "sign-in", step_sign_in },
  { NULL, NULL },
};
