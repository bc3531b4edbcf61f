/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* From a published stream to a second person who watches it, and back to offline. */

#include "config.h"

#include "tour-ears.h"
#include "tour-encoder.h"
#include "tour-hands.h"
#include "tour-steps.h"
#include "tour-wait.h"

#include <string.h>

#define WINDOW_WIDTH 1290
#define WINDOW_HEIGHT 800

/* What is promised for the end of a stream. */
#define OFFLINE_SECONDS 5

/* Stock playback starts three target durations back and has to fill up first. */
#define LIVE_SECONDS 40

/* Two looks at a moving picture, apart by some frames, differ in at least this share of it. */
#define MOVING_SHARE 0.002

#define SOON 15

static TourEncoder *encoder; /* the streamer's; one at a time */

static gboolean
publish (TourWorld *world, const char *key, const char *leaf, GError **error)
{
  g_autofree char *log = g_build_filename (world->folder, leaf, NULL);
  encoder = tour_encoder_start (world->server, key, world->ca_file, log, error);
  return encoder != NULL;
}

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
    tour_see (world->viewer, TOUR_ANY_ROLE, "Nobody Is Live*", SOON, error);
  return empty != NULL;
}

static gboolean
step_wrong_key (TourWorld *world, char **ret_figure, GError **error)
{
  g_autofree char *key = g_strconcat (world->key, "x", NULL);
  if (!publish (world, key, "encoder-refused.log", error))
    return FALSE;
  gboolean refused = tour_encoder_wait_refused (encoder, SOON, error);
  g_clear_pointer (&encoder, tour_encoder_stop);
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
  if (!publish (world, world->key, "encoder.log", error))
    return FALSE;
  g_autoptr (AtspiAccessible) seen =
    tour_see (world->streamer, TOUR_ANY_ROLE, "We see your stream*", SOON, error);
  if (!seen)
    return FALSE;
  g_autoptr (AtspiAccessible) facts =
    tour_see (world->streamer, TOUR_ANY_ROLE, "*1280*720*30*", SOON, error);
  return facts && tour_world_take_pictures (world, world->streamer, "my-channel-live", error);
}

static gboolean
step_find (TourWorld *world, char **ret_figure, GError **error)
{
  return tour_press (world->viewer, ATSPI_ROLE_BUTTON, "*Weaving algebraical patterns*", error);
}

typedef struct {
  TourWorld *world;
  AtspiRect video;
  GdkPixbuf *last;
  double changed;
} Watching;

/* The picture as the window has it now: the page may still be sliding in. */
static GdkPixbuf *
grab_video (Watching *watching)
{
  TourPerson *viewer = watching->world->viewer;
  if (!tour_get_extents (viewer, ATSPI_ROLE_IMAGE, "Video of *", &watching->video, NULL))
    return NULL;
  g_autoptr (GdkPixbuf) window =
    tour_eyes_grab (watching->world->eyes, watching->world->viewer, NULL);
  AtspiRect *at = &watching->video;
  if (!window || at->x < 0 || at->y < 0 || at->x + at->width > gdk_pixbuf_get_width (window) ||
      at->y + at->height > gdk_pixbuf_get_height (window))
    return NULL;
  return gdk_pixbuf_new_subpixbuf (window, at->x, at->y, at->width, at->height);
}

/* Where the picture is inside its widget: as large as fits, centred. */
static void
fit_picture (const AtspiRect *widget, AtspiRect *ret_picture)
{
  double scale = MIN ((double) widget->width / TOUR_PICTURE_WIDTH,
                      (double) widget->height / TOUR_PICTURE_HEIGHT);
  ret_picture->width = (int) (TOUR_PICTURE_WIDTH * scale);
  ret_picture->height = (int) (TOUR_PICTURE_HEIGHT * scale);
  ret_picture->x = (widget->width - ret_picture->width) / 2;
  ret_picture->y = (widget->height - ret_picture->height) / 2;
}

/* The four coloured corners are where a picture of the right size and shape has them. */
static gboolean
has_right_size (const Watching *watching, GdkPixbuf *video)
{
  AtspiRect at;
  fit_picture (&watching->video, &at);
  int inset = TOUR_CORNER_SIZE / 2 * at.width / TOUR_PICTURE_WIDTH;
  int left = at.x + inset, right = at.x + at.width - inset;
  int top = at.y + inset, bottom = at.y + at.height - inset;
  return tour_picture_is_near (video, left, top, TOUR_CORNER_TOP_LEFT) &&
         tour_picture_is_near (video, right, top, TOUR_CORNER_TOP_RIGHT) &&
         tour_picture_is_near (video, left, bottom, TOUR_CORNER_BOTTOM_LEFT) &&
         tour_picture_is_near (video, right, bottom, TOUR_CORNER_BOTTOM_RIGHT);
}

static gboolean
is_moving (gpointer data)
{
  Watching *watching = data;
  g_autoptr (GdkPixbuf) now = grab_video (watching);
  if (!now)
    return FALSE;
  double pixels = (double) gdk_pixbuf_get_width (now) * gdk_pixbuf_get_height (now);
  if (watching->last)
    watching->changed = tour_picture_count_differences (watching->last, now) / pixels;
  g_set_object (&watching->last, now);
  return watching->changed >= MOVING_SHARE && has_right_size (watching, now);
}

/* Waits until the viewer sees the test picture, moving and of the right size. */
static gboolean
see_picture (TourWorld *world, double seconds, char **ret_figure, GError **error)
{
  gint64 start = g_get_monotonic_time ();
  Watching watching = { .world = world };
  gboolean moving = tour_wait (seconds, is_moving, &watching);
  g_clear_object (&watching.last);
  if (!moving) {
    g_set_error (error,
                 TOUR_ERROR,
                 TOUR_ERROR_NOT_SEEN,
                 "grace sees no moving picture within %.0f s (%.2f %% of %dx%d at %d,%d changed)",
                 seconds,
                 watching.changed * 100,
                 watching.video.width,
                 watching.video.height,
                 watching.video.x,
                 watching.video.y);
    return FALSE;
  }
  *ret_figure = g_strdup_printf ("moving after %.1f s",
                                 (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  return TRUE;
}

static gboolean
step_watch (TourWorld *world, char **ret_figure, GError **error)
{
  return see_picture (world, LIVE_SECONDS, ret_figure, error) &&
         tour_world_take_pictures (world, world->viewer, "channel-live", error);
}

static gboolean
step_listen (TourWorld *world, char **ret_figure, GError **error)
{
  double share = tour_ears_hear_tone (TOUR_TONE_HZ, error);
  if (share < 0)
    return FALSE;
  *ret_figure = g_strdup_printf ("%d Hz is %.0f %% of what is heard", TOUR_TONE_HZ, share * 100);
  if (share > 0.5)
    return TRUE;
  g_set_error (error,
               TOUR_ERROR,
               TOUR_ERROR_WRONG,
               "The tone is %.0f %% of the sound",
               share * 100);
  return FALSE;
}

static gboolean
step_home_live (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *ada = world->streamer;
  g_autoptr (AtspiAccessible) card = NULL;
  if (tour_press (ada, ATSPI_ROLE_BUTTON, "Back", error))
    card = tour_see (ada, TOUR_ANY_ROLE, "*Weaving algebraical patterns*", SOON, error);
  return card && tour_world_take_pictures (world, ada, "home-live", error);
}

static gboolean
step_offline (TourWorld *world, char **ret_figure, GError **error)
{
  g_clear_pointer (&encoder, tour_encoder_stop);
  g_autoptr (AtspiAccessible) offline =
    tour_see (world->viewer, TOUR_ANY_ROLE, "*Offline*", OFFLINE_SECONDS, error);
  return offline && tour_world_take_pictures (world, world->viewer, "channel-offline", error);
}

static gboolean
step_back (TourWorld *world, char **ret_figure, GError **error)
{
  return publish (world, world->key, "encoder-back.log", error) &&
         see_picture (world, LIVE_SECONDS, ret_figure, error);
}

static gboolean
step_dialogs (TourWorld *world, char **ret_figure, GError **error)
{
  static const char *const dialogs[] = { "preferences", "shortcuts", "about" };
  g_clear_pointer (&encoder, tour_encoder_stop);
  for (guint i = 0; i < G_N_ELEMENTS (dialogs); i++)
    if (!tour_person_do (world->streamer, dialogs[i], error) ||
        !tour_world_take_pictures (world, world->streamer, dialogs[i], error))
      return FALSE;
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
  { "home-live", step_home_live },
  { NULL, NULL },
};

const TourStep tour_end_steps[] = {
  { "offline", step_offline },
  { "live-again", step_back },
  { "dialogs", step_dialogs },
  { "close", step_close },
  { NULL, NULL },
};
