/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* From a published stream to a second person who watches it, and back to offline. */

#include "config.h"

#include "tour-ears.h"
#include "tour-hands.h"
#include "tour-keyboard.h"
#include "tour-steps.h"
#include "tour-video.h"

#include <string.h>

/* Until a card asks again for the newest picture, and a loaded machine. */
#define THUMBNAIL_SECONDS 60

#define WINDOW_WIDTH 1290
#define WINDOW_HEIGHT 800

/* Stock playback starts three target durations back and has to fill up first. */
#define LIVE_SECONDS 40

/* So much of the sound is the tone at least: all but what is lost in coding. */
#define TONE_SHARE 0.5

static gboolean
step_second_person (TourWorld *world, char **ret_figure, GError **error)
{
  world->viewer = tour_world_add_person (world, "grace");
  tour_person_setenv (world->viewer, "STREAMCAT_SERVER", world->api_url);
  if (!tour_person_give_own_bus (world->viewer, error) ||
      !tour_person_start_app (world->viewer, error) ||
      !tour_eyes_place (world->eyes,
                        world->viewer,
                        WINDOW_WIDTH,
                        WINDOW_WIDTH,
                        WINDOW_HEIGHT,
                        error))
    return FALSE;
  g_autoptr (AtspiAccessible) empty =
    tour_see (world->viewer, TOUR_ANY_ROLE, "Nobody Is Live*", TOUR_PATIENCE, error);
  return empty != NULL;
}

static gboolean
step_wrong_key (TourWorld *world, char **ret_figure, GError **error)
{
  g_autofree char *key = g_strconcat (world->key, "x", NULL);
  if (!tour_world_publish (world, key, TOUR_ENDLESS, "encoder-refused.log", error))
    return FALSE;
  gboolean refused = tour_encoder_wait_refused (world->encoder, TOUR_PATIENCE, error);
  g_clear_pointer (&world->encoder, tour_encoder_stop);
  if (!refused)
    return FALSE;

  g_autofree char *log = g_build_filename (world->folder, "encoder-refused.log", NULL);
  g_autofree char *words = NULL;
  if (!g_file_get_contents (log, &words, NULL, error))
    return FALSE;
  if (strstr (words, "stream key"))
    return TRUE;
  g_set_error (error, TOUR_ERROR, TOUR_ERROR_WRONG, "The encoder says: %s", words);
  return FALSE;
}

static gboolean
step_publish (TourWorld *world, char **ret_figure, GError **error)
{
  if (!tour_world_publish (world, world->key, TOUR_ENDLESS, "encoder.log", error))
    return FALSE;
  g_autoptr (AtspiAccessible) seen =
    tour_see (world->streamer, TOUR_ANY_ROLE, "We see your stream*", TOUR_PATIENCE, error);
  if (!seen)
    return FALSE;
  g_autoptr (AtspiAccessible) facts =
    tour_see (world->streamer, TOUR_ANY_ROLE, "*1280*720*15 fps, *b/s*", TOUR_PATIENCE, error);
  return facts && tour_world_take_pictures (world, world->streamer, "my-channel-live", error);
}

static gboolean
step_find (TourWorld *world, char **ret_figure, GError **error)
{
  return tour_press (world->viewer, ATSPI_ROLE_BUTTON, "*Weaving algebraical patterns*", error);
}

static gboolean
step_watch (TourWorld *world, char **ret_figure, GError **error)
{
  return tour_see_video (world, LIVE_SECONDS, ret_figure, error) &&
         tour_world_take_pictures (world, world->viewer, "channel-live", error);
}

/* A machine that is busy elsewhere may lose the beginning: it is listened to until it is heard. */
static gboolean
step_listen (TourWorld *world, char **ret_figure, GError **error)
{
  gint64 deadline = g_get_monotonic_time () + TOUR_PATIENCE * G_USEC_PER_SEC;
  double share = tour_ears_hear_tone (TOUR_TONE_HZ, error);
  while (share >= 0 && share <= TONE_SHARE && g_get_monotonic_time () < deadline)
    share = tour_ears_hear_tone (TOUR_TONE_HZ, error);
  if (share < 0)
    return FALSE;
  *ret_figure = g_strdup_printf ("%d Hz is %.0f %% of what is heard", TOUR_TONE_HZ, share * 100);
  if (share > TONE_SHARE)
    return TRUE;
  g_set_error (error,
               TOUR_ERROR,
               TOUR_ERROR_WRONG,
               "The tone is %.0f %% of the sound",
               share * 100);
  return FALSE;
}

/* What is measured comes some seconds later than the stream. */
static gboolean
step_health (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *ada = world->streamer;
  gint64 start = g_get_monotonic_time ();
  if (!tour_press (ada, ATSPI_ROLE_BUTTON, "Open", error))
    return FALSE;
  g_autoptr (AtspiAccessible) healthy =
    tour_see (ada, TOUR_ANY_ROLE, "Healthy", TOUR_PATIENCE, error);
  *ret_figure = g_strdup_printf ("told after %.1f s",
                                 (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  if (!healthy)
    return FALSE;
  g_autoptr (AtspiAccessible) rate = tour_see (ada, TOUR_ANY_ROLE, "* fps", TOUR_PATIENCE, error);
  return rate && tour_world_take_pictures (world, ada, "my-stream", error);
}

/* The card has a picture of the stream, which is another one every half minute, and who watches:
 * how many looked in meanwhile is not the same each time. */
static gboolean
step_home_live (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *ada = world->streamer;
  static const char *const watched = "* viewer*Weaving algebraical patterns*";
  g_autoptr (AtspiAccessible) card = NULL;
  if (tour_press (ada, ATSPI_ROLE_BUTTON, "Back", error))
    card = tour_see (ada, ATSPI_ROLE_BUTTON, watched, TOUR_PATIENCE, error);
  return card && tour_see_thumbnail (world, ada, watched, THUMBNAIL_SECONDS, error) &&
         tour_world_take_pictures (world, ada, "home-live", error);
}

static gboolean
step_offline (TourWorld *world, char **ret_figure, GError **error)
{
  g_clear_pointer (&world->encoder, tour_encoder_stop);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (AtspiAccessible) offline =
    tour_see (world->viewer, TOUR_ANY_ROLE, "*Offline*", TOUR_PATIENCE, error);
  *ret_figure = g_strdup_printf ("told after %.1f s",
                                 (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  return offline && tour_world_take_pictures (world, world->viewer, "channel-offline", error);
}

static gboolean
step_back (TourWorld *world, char **ret_figure, GError **error)
{
  return tour_world_publish (world, world->key, TOUR_ENDLESS, "encoder-back.log", error) &&
         tour_see_video (world, LIVE_SECONDS, ret_figure, error);
}

/* Each page was looked at when it was pictured. */
static gboolean
step_access (TourWorld *world, char **ret_figure, GError **error)
{
  *ret_figure = g_strdup_printf ("%u controls of %u pages have names and are reached by Tab",
                                 world->controls,
                                 world->pages);
  return TRUE;
}

/* Whoever had only a keyboard did all that went before by it. */
static gboolean
step_keyboard (TourWorld *world, char **ret_figure, GError **error)
{
  *ret_figure = world->keyboard_alone
                  ? g_strdup_printf ("%u keys were all that was pressed", tour_keyboard_count ())
                  : g_strdup ("there was a mouse");
  return TRUE;
}

static gboolean
step_close (TourWorld *world, char **ret_figure, GError **error)
{
  return tour_person_quit_app (world->viewer, error) &&
         tour_person_quit_app (world->streamer, error);
}

const TourStep tour_stream_steps[] = {
  { "second-person", step_second_person },
  { "wrong-key", step_wrong_key },
  { "publish", step_publish },
  { "find", step_find },
  { "watch", step_watch },
  { "listen", step_listen },
  { "health", step_health },
  { "home-live", step_home_live },
  { NULL, NULL },
};

const TourStep tour_end_steps[] = {
  { "offline", step_offline },
  { "live-again", step_back },
  { NULL, NULL },
};

const TourStep tour_last_steps[] = {
  { "access", step_access },
  { "keyboard", step_keyboard },
  { "close", step_close },
  { NULL, NULL },
};
