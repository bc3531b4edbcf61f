/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Two people talk beside the picture; one of them begins and ends signed out, and in between the
 * line breaks. */

#include "config.h"

#include "tour-hands.h"
#include "tour-steps.h"
#include "tour-video.h"
#include "tour-wait.h"

#include <libsoup/soup.h>

#define VIEWER_PASSWORD "first compiler"

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

/* One says a line and both see whose it is. */
static gboolean
say_to (TourPerson *speaker, TourPerson *hearer, const char *text, GError **error)
{
  g_autofree char *line = g_strdup_printf ("%s said %s", tour_person_get_name (speaker), text);
  return say (speaker, text, error) && see (hearer, line, error) && see (speaker, line, error);
}

/* Ada goes to her channel's page, where she stops her own picture; grace, on it and signed out,
 * hears her. */
static gboolean
step_read (TourWorld *world, char **ret_figure, GError **error)
{
  return tour_press (world->streamer, ATSPI_ROLE_BUTTON, "*Weaving algebraical patterns*", error) &&
         tour_press_over_video (world,
                                world->streamer,
                                ATSPI_ROLE_BUTTON,
                                "Pause",
                                TOUR_PATIENCE,
                                error) &&
         see (world->viewer, "Sign In to Chat", error) &&
         say_to (world->streamer, world->viewer, "Good evening, everybody", error);
}

static gboolean
step_sign_in (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *grace = world->viewer;
  return tour_press (grace, ATSPI_ROLE_BUTTON, "Sign In to Chat", error) &&
         tour_press (grace, ATSPI_ROLE_BUTTON, "Create an Account Instead", error) &&
         tour_type (grace, "Name", "grace", error) &&
         tour_type (grace, "Password", VIEWER_PASSWORD, error) &&
         tour_press (grace, ATSPI_ROLE_BUTTON, "Create Account", error) &&
         tour_press (grace, ATSPI_ROLE_BUTTON, "I Have Kept It", error) &&
         see (grace, "Chat message", error);
}

static gboolean
step_talk (TourWorld *world, char **ret_figure, GError **error)
{
  return say_to (world->viewer, world->streamer, "Is that a loom?", error) &&
         say_to (world->streamer, world->viewer, "It weaves numbers", error) &&
         tour_world_take_pictures (world, world->viewer, "channel-chat", error);
}

static gboolean
cut_chat (TourWorld *world, GError **error)
{
  g_autofree char *url = g_strconcat (world->aws_url, "/_local/faults/cut-chat", NULL);
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new ("POST", url);
  g_autoptr (GBytes) answer = soup_session_send_and_read (session, message, NULL, error);
  if (answer && soup_message_get_status (message) == SOUP_STATUS_NO_CONTENT)
    return TRUE;
  if (answer)
    g_set_error_literal (error, TOUR_ERROR, TOUR_ERROR_WRONG, "The chat was not cut");
  return FALSE;
}

/* The line breaks under both, who go on talking: each line arrives, and the old ones are there. */
static gboolean
step_cut (TourWorld *world, char **ret_figure, GError **error)
{
  return cut_chat (world, error) &&
         say_to (world->viewer, world->streamer, "Did the thread break?", error) &&
         say_to (world->streamer, world->viewer, "It is mended", error) &&
         see (world->viewer, "ada said Good evening, everybody", error) &&
         see (world->viewer, "grace said Is that a loom?", error) &&
         see (world->streamer, "grace said Is that a loom?", error);
}

static gboolean
step_signed_out (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *grace = world->viewer;
  return tour_press (grace, ATSPI_ROLE_BUTTON, "Back", error) &&
         tour_press (grace, ATSPI_ROLE_TOGGLE_BUTTON, "Main Menu", error) &&
         tour_press (grace, ATSPI_ROLE_MENU_ITEM, "Sign Out", error) &&
         tour_press (grace, ATSPI_ROLE_BUTTON, "*Weaving algebraical patterns*", error) &&
         see (grace, "Sign In to Chat", error) &&
         say_to (world->streamer, grace, "Good night, grace", error);
}

const TourStep tour_chat_steps[] = {
  { "chat-read", step_read },
  { "chat-sign-in", step_sign_in },
  { "chat-talk", step_talk },
  { "chat-cut", step_cut },
  { NULL, NULL },
};

const TourStep tour_chat_end_steps[] = {
  { "chat-signed-out", step_signed_out },
  { NULL, NULL },
};
