/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What remains of a stream: its recording, on the page of the channel, soon, whole, and to be
 * looked at from anywhere in it. */

#include "config.h"

#include "tour-hands.h"
#include "tour-steps.h"
#include "tour-video.h"
#include "tour-wait.h"

#include <math.h>
#include <stdio.h>

/* What a stream's end takes until its recording is there, the time in which its encoder could come
 * back and a loaded machine included. */
#define LISTED_SECONDS 40

/* Long enough to have a middle. */
#define STREAM_SECONDS 20

/* How far a recording's length may be from its stream's, and the place of a seek from the wish. */
#define NEAR_SECONDS 1

/* What the encoder needs to begin and to end, with room for a loaded machine. */
#define ENCODER_SECONDS (STREAM_SECONDS + 40)

#define VIDEO_SECONDS 40

/* How often a recording is played for a hand that comes too late. */
#define TRIES 3

#define TITLE "Notes on the engine"
#define CARD "*" TITLE "*"

#define SLIDER "Position in the recording"

/* What is said while the stream is live, as it is read. */
#define LINE "This one is kept"
#define SAID "ada said " LINE

static gboolean
are_all_over (gpointer data)
{
  TourWorld *world = data;
  guint ended = tour_world_count_stored (world, "recording-ended.json");
  return ended > 0 && ended == tour_world_count_stored (world, "recording-started.json");
}

/* Of a stream that is looked at every five seconds. */
static gboolean
has_thumbnails (TourWorld *world, GError **error)
{
  if (tour_world_count_stored (world, "thumb2.jpg") > 0)
    return TRUE;
  g_set_error_literal (error, TOUR_ERROR, TOUR_ERROR_WRONG, "No recording has three thumbnails");
  return FALSE;
}

/* A stream that comes back within the reconnect window goes on in the same recording: lets it pass,
 * and gives the next recording a title of its own. */
static gboolean
step_over (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *ada = world->streamer;
  g_clear_pointer (&world->encoder, tour_encoder_stop);
  if (!tour_wait (LISTED_SECONDS, are_all_over, world)) {
    g_set_error_literal (error, TOUR_ERROR, TOUR_ERROR_NOT_SEEN, "A recording does not end");
    return FALSE;
  }
  return has_thumbnails (world, error) && tour_press (ada, ATSPI_ROLE_BUTTON, "Back", error) &&
         tour_press (ada, ATSPI_ROLE_BUTTON, "My Channel", error) &&
         tour_type (ada, "Title", TITLE, error) &&
         tour_press (ada, ATSPI_ROLE_BUTTON, "Save Title", error) &&
         tour_see_gone (ada, ATSPI_ROLE_BUTTON, "Save Title", LISTED_SECONDS, error);
}

static gboolean
see (TourPerson *person, const char *name, GError **error)
{
  g_autoptr (AtspiAccessible) seen = tour_see (person, TOUR_ANY_ROLE, name, TOUR_PATIENCE, error);
  return seen != NULL;
}

/* Ada, from her own page, goes to where she is live and says a line there. */
static gboolean
say_live (TourPerson *ada, GError **error)
{
  return tour_press (ada, ATSPI_ROLE_BUTTON, "Back", error) &&
         tour_press (ada, ATSPI_ROLE_BUTTON, CARD, error) &&
         tour_type (ada, "Chat message", LINE, error) &&
         tour_press (ada, ATSPI_ROLE_BUTTON, "Send", error) && see (ada, SAID, error);
}

static gboolean
step_record (TourWorld *world, char **ret_figure, GError **error)
{
  if (!tour_world_publish (world, world->key, STREAM_SECONDS, "encoder-record.log", error) ||
      !say_live (world->streamer, error) ||
      !tour_encoder_wait_done (world->encoder, ENCODER_SECONDS, error))
    return FALSE;
  g_clear_pointer (&world->encoder, tour_encoder_stop);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (AtspiAccessible) card =
    tour_see (world->viewer, ATSPI_ROLE_BUTTON, CARD, LISTED_SECONDS, error);
  *ret_figure = g_strdup_printf ("listed after %.1f s",
                                 (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  return card && tour_see_thumbnail (world, world->viewer, CARD, LISTED_SECONDS, error) &&
         tour_world_take_pictures (world, world->viewer, "channel-recordings", error);
}

/* A button that is pressed by its accessible acts a quarter of a second later: whoever goes
 * elsewhere in the recording before that still goes there while it plays. */
static gboolean
stand (TourWorld *world, GError **error)
{
  TourPerson *grace = world->viewer;
  g_autoptr (AtspiAccessible) play = NULL;
  if (tour_press_over_video (world, grace, ATSPI_ROLE_BUTTON, "Pause", STREAM_SECONDS, error))
    play = tour_see (grace, ATSPI_ROLE_BUTTON, "Play", VIDEO_SECONDS, error);
  return play != NULL;
}

/* On a busy machine the recording may have played out before the button is reached. */
static gboolean
hold_still (TourWorld *world, GError **error)
{
  for (guint tries = 1; tries < TRIES; tries++)
    if (stand (world, NULL))
      return TRUE;
    else
      (void) tour_press_within (world->viewer, ATSPI_ROLE_BUTTON, "Play Again", 0, NULL);
  return stand (world, error);
}

static gboolean
step_play (TourWorld *world, char **ret_figure, GError **error)
{
  double place = 0, end = 0;
  if (!tour_press (world->viewer, ATSPI_ROLE_BUTTON, CARD, error) ||
      !tour_see_video (world, VIDEO_SECONDS, ret_figure, error) || !hold_still (world, error) ||
      !tour_read_slider (world->viewer, SLIDER, &place, &end, error))
    return FALSE;
  g_autofree char *moving = *ret_figure;
  *ret_figure = g_strdup_printf ("%s, %.2f s of %d s", moving, end, STREAM_SECONDS);
  if (fabs (end - STREAM_SECONDS) > NEAR_SECONDS) {
    g_set_error (error, TOUR_ERROR, TOUR_ERROR_WRONG, "The recording has %.2f s", end);
    return FALSE;
  }
  return TRUE;
}

/* What was said then is said again when the picture is there, and not before. */
static gboolean
step_chat (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *grace = world->viewer;
  return tour_slide (grace, SLIDER, STREAM_SECONDS, error) && see (grace, SAID, error) &&
         tour_world_take_pictures (world, grace, "recording-chat", error) &&
         tour_slide (grace, SLIDER, 0, error) &&
         tour_see_gone (grace, TOUR_ANY_ROLE, SAID, TOUR_PATIENCE, error);
}

typedef struct {
  TourPerson *person;
  double place;
} Seeking;

static gboolean
is_at_middle (gpointer data)
{
  Seeking *seeking = data;
  double end;
  return tour_read_slider (seeking->person, SLIDER, &seeking->place, &end, NULL) &&
         fabs (seeking->place - STREAM_SECONDS / 2.0) <= NEAR_SECONDS;
}

/* Paused, so that the place is that of the seek and not of the time since. */
static gboolean
step_seek (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *grace = world->viewer;
  Seeking seeking = { .person = grace };
  if (!tour_slide (grace, SLIDER, STREAM_SECONDS / 2.0, error))
    return FALSE;
  if (!tour_wait (VIDEO_SECONDS, is_at_middle, &seeking)) {
    g_set_error (error, TOUR_ERROR, TOUR_ERROR_WRONG, "It is at %.2f s", seeking.place);
    return FALSE;
  }
  *ret_figure = g_strdup_printf ("at %.2f s", seeking.place);
  return tour_world_take_pictures (world, grace, "recording", error) &&
         tour_press (grace, ATSPI_ROLE_BUTTON, "Play", error);
}

/* A page that slides away has a way back, too: each has to be gone. */
static gboolean
step_home (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *grace = world->viewer;
  if (!tour_press (grace, ATSPI_ROLE_BUTTON, "Back", error) ||
      !tour_see_gone (grace, ATSPI_ROLE_SLIDER, SLIDER, TOUR_PATIENCE, error) ||
      !tour_press (grace, ATSPI_ROLE_BUTTON, "Back", error) ||
      !tour_see_gone (grace, TOUR_ANY_ROLE, "ada Is Offline", TOUR_PATIENCE, error))
    return FALSE;
  g_autoptr (AtspiAccessible) card =
    tour_see (grace, ATSPI_ROLE_BUTTON, CARD, LISTED_SECONDS, error);
  return card && tour_world_take_pictures (world, grace, "home-recordings", error);
}

const TourStep tour_recording_steps[] = {
  { "recording-over", step_over },
  { "record", step_record },
  { "recording-plays", step_play },
  { "recording-chat", step_chat },
  { "recording-seeks", step_seek },
  { "recording-on-home", step_home },
  { NULL, NULL },
};
