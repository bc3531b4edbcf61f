/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Whether the viewer sees the test picture: looks at the screen itself, where the app says that its
 * video is. */

#include "config.h"

#include "tour-video.h"

#include "tour-encoder.h"
#include "tour-hands.h"
#include "tour-keyboard.h"
#include "tour-wait.h"

#include <X11/keysym.h>

/* Two looks at a moving picture, apart by some frames, differ in at least this share of it. */
#define MOVING_SHARE 0.002

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
  if (!tour_get_extents (viewer, ATSPI_ROLE_IMAGE, "Video of *", 1, &watching->video, NULL))
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

/**
 * tour_see_video:
 * @world: a world whose viewer has a page with video open
 * @seconds: the longest to wait
 * @ret_figure: (out): how long it took, in words
 * @error: %TOUR_ERROR_NOT_SEEN
 *
 * Waits until the viewer sees the test picture, moving and of the right size.
 *
 * Returns: %TRUE if it is seen
 */
gboolean
tour_see_video (TourWorld *world, double seconds, char **ret_figure, GError **error)
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

/* Where the pointer first goes: over the picture, and not over what may cover it. */
#define PICTURE_X 400
#define PICTURE_Y 300

static gboolean
is_same_place (const AtspiRect *one, const AtspiRect *other)
{
  return one->x == other->x && one->y == other->y;
}

/* Puts the pointer onto a control that is on show, and that does not move: its page may still be
 * sliding in. */
static gboolean
point_at_control (TourWorld *world,
                  TourPerson *person,
                  AtspiRole role,
                  const char *name,
                  const AtspiRect *at)
{
  AtspiRect after;
  return tour_eyes_point (world->eyes,
                          person,
                          at->x + at->width / 2,
                          at->y + at->height / 2,
                          NULL) &&
         tour_get_extents (person, role, name, 1, &after, NULL) && is_same_place (at, &after);
}

/* Who goes on from the picture by Tab is shown its controls, for a while. */
static gboolean
press_by_key (TourPerson *person, AtspiRole role, const char *name, guint seconds, GError **error)
{
  gint64 deadline = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
  gboolean pressed = tour_press_within (person, role, name, 0, NULL), last = FALSE;
  while (!pressed && !last) {
    last = g_get_monotonic_time () >= deadline;
    pressed = tour_go_to (person, ATSPI_ROLE_GROUPING, "Player", last ? error : NULL) &&
              tour_keyboard_press (tour_person_get_keyboard (person), person, XK_Tab, error) &&
              tour_press_within (person, role, name, 1, last ? error : NULL);
  }
  return pressed;
}

/**
 * tour_press_over_video:
 * @world: a world
 * @person: who has a page with video open
 * @role: the control's role
 * @name: its accessible name, a glob
 * @seconds: the longest to wait for it
 * @error: %TOUR_ERROR_NOT_SEEN or %TOUR_ERROR_NOT_POSSIBLE
 *
 * Presses one of the controls over a picture that plays. They go when the pointer rests, so it
 * moves until they are there, and then onto the control: under the pointer they stay. It is left
 * there.
 *
 * Returns: %TRUE if it was pressed
 */
gboolean
tour_press_over_video (TourWorld *world,
                       TourPerson *person,
                       AtspiRole role,
                       const char *name,
                       guint seconds,
                       GError **error)
{
  if (tour_person_get_keyboard (person))
    return press_by_key (person, role, name, seconds, error);
  AtspiRect at;
  gint64 deadline = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
  do {
    if (!tour_eyes_begin_stir (world->eyes, person, PICTURE_X, PICTURE_Y, error))
      return FALSE;
    gboolean seen = tour_get_extents (person, role, name, seconds, &at, error);
    tour_eyes_end_stir (world->eyes);
    if (!seen)
      return FALSE;
    if (point_at_control (world, person, role, name, &at) &&
        tour_press_within (person, role, name, 1, NULL))
      return TRUE;
  } while (g_get_monotonic_time () < deadline);
  return tour_press_within (person, role, name, 0, error);
}

static gboolean
has_colour (GdkPixbuf *picture, const AtspiRect *at, guint32 rgb)
{
  for (int y = at->y; y < at->y + at->height; y += 2)
    for (int x = at->x; x < at->x + at->width; x += 2)
      if (tour_picture_is_near (picture, x, y, rgb))
        return TRUE;
  return FALSE;
}

typedef struct {
  TourWorld *world;
  TourPerson *person;
  const char *card;
} Thumbnail;

static gboolean
has_thumbnail (gpointer data)
{
  static const guint32 colours[] = { TOUR_CORNER_TOP_LEFT,
                                     TOUR_CORNER_TOP_RIGHT,
                                     TOUR_CORNER_BOTTOM_LEFT,
                                     TOUR_CORNER_BOTTOM_RIGHT };
  const Thumbnail *wanted = data;
  TourPerson *person = wanted->person;
  AtspiRect at;
  g_autoptr (GdkPixbuf) window = tour_eyes_grab (wanted->world->eyes, person, NULL);
  if (!window || !tour_get_extents (person, ATSPI_ROLE_BUTTON, wanted->card, 1, &at, NULL) ||
      at.x < 0 || at.y < 0 || at.x + at.width > gdk_pixbuf_get_width (window) ||
      at.y + at.height > gdk_pixbuf_get_height (window))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (colours); i++)
    if (!has_colour (window, &at, colours[i]))
      return FALSE;
  return TRUE;
}

/**
 * tour_see_thumbnail:
 * @world: a world
 * @person: who looks
 * @card: a card's accessible name, a glob
 * @seconds: the longest to wait
 * @error: %TOUR_ERROR_NOT_SEEN
 *
 * Waits until somebody sees the colours of the test picture's corners on a card.
 *
 * Returns: %TRUE if they are there
 */
gboolean
tour_see_thumbnail (TourWorld *world,
                    TourPerson *person,
                    const char *card,
                    double seconds,
                    GError **error)
{
  Thumbnail wanted = { .world = world, .person = person, .card = card };
  if (tour_wait (seconds, has_thumbnail, &wanted))
    return TRUE;
  g_set_error (error, TOUR_ERROR, TOUR_ERROR_NOT_SEEN, "“%s” has no thumbnail", card);
  return FALSE;
}
