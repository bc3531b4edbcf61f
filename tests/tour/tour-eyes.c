/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The tour's eyes: windows of the X display, where they are, and what is painted in them.
 *
 * There is no window manager on the tour's display: a window is a child of the root, and its
 * place and size are set as a window manager would. Main thread.
 */

#include "config.h"

#include "tour-eyes.h"

#include "tour-wait.h"

#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <X11/Xutil.h>

#define WINDOW_SECONDS 40

/* How far a channel of a colour may be off and still be the same: the video was compressed. */
#define COLOUR_TOLERANCE 60

/* How far a channel must move for a pixel to count as changed. */
#define CHANGE_MIN 24

/* A pointer that is stirred moves so far so often, back and forth over so many pixels. */
#define STIR_STEP 8
#define STIR_WIDTH 400
#define STIR_US (G_USEC_PER_SEC / 4)

/* The hand that stirs, a thread with a connection of its own to the display. */
typedef struct {
  Display *display;
  Window window;
  int x;
  int y;
  GThread *thread;
  GMutex lock;
  GCond stopped;
  gboolean stops; /* guarded by lock */
} Stir;

struct _TourEyes {
  Display *display;
  Atom pid_atom;
  Stir *stir; /* (nullable) */
};

/* A window may go between being listed and being asked: that is no reason to end the tour. */
static int
on_x_error (Display *display, XErrorEvent *event)
{
  return 0;
}

/**
 * tour_eyes_new:
 * @error: %TOUR_ERROR_NOT_POSSIBLE
 *
 * Returns: (transfer full) (nullable): eyes on the display that $DISPLAY names
 */
TourEyes *
tour_eyes_new (GError **error)
{
  Display *display = XOpenDisplay (NULL);
  if (!display) {
    g_set_error_literal (error, TOUR_ERROR, TOUR_ERROR_NOT_POSSIBLE, "There is no X display");
    return NULL;
  }
  XSetErrorHandler (on_x_error);
  TourEyes *self = g_new0 (TourEyes, 1);
  self->display = display;
  self->pid_atom = XInternAtom (display, "_NET_WM_PID", False);
  return self;
}

/**
 * tour_eyes_free:
 * @self: (nullable): eyes
 */
void
tour_eyes_free (TourEyes *self)
{
  if (!self)
    return;
  tour_eyes_end_stir (self);
  XCloseDisplay (self->display);
  g_free (self);
}

static int
get_window_pid (TourEyes *self, Window window)
{
  Atom type;
  int format, pid = 0;
  unsigned long n = 0, left = 0;
  unsigned char *value = NULL;
  if (XGetWindowProperty (self->display,
                          window,
                          self->pid_atom,
                          0,
                          1,
                          False,
                          XA_CARDINAL,
                          &type,
                          &format,
                          &n,
                          &left,
                          &value) == Success &&
      value && n == 1)
    pid = (int) *(unsigned long *) value;
  if (value)
    XFree (value);
  return pid;
}

static gboolean
is_main_window (TourEyes *self, Window window, TourPerson *person)
{
  XWindowAttributes attributes;
  return XGetWindowAttributes (self->display, window, &attributes) &&
         attributes.map_state == IsViewable && !attributes.override_redirect &&
         attributes.width >= 200 && tour_person_owns (person, get_window_pid (self, window));
}

typedef struct {
  TourEyes *self;
  TourPerson *person;
  int width;
  int height;
  Window window;
} WindowSearch;

static gboolean
find_window (gpointer data)
{
  WindowSearch *search = data;
  Display *display = search->self->display;
  Window root, parent, *children = NULL;
  unsigned int n = 0;
  search->window = None;
  if (!XQueryTree (display, DefaultRootWindow (display), &root, &parent, &children, &n))
    return FALSE;
  for (unsigned int i = 0; i < n && search->window == None; i++)
    if (is_main_window (search->self, children[i], search->person))
      search->window = children[i];
  if (children)
    XFree (children);
  return search->window != None;
}

/**
 * tour_eyes_get_display:
 * @self: eyes
 *
 * Returns: (transfer none): the connection to the display they are on
 */
Display *
tour_eyes_get_display (TourEyes *self)
{
  return self->display;
}

/**
 * tour_eyes_find_window:
 * @self: eyes
 * @person: whose window to look for
 * @error: %TOUR_ERROR_NOT_SEEN
 *
 * Waits for it.
 *
 * Returns: the X window; 0 if there is none
 */
Window
tour_eyes_find_window (TourEyes *self, TourPerson *person, GError **error)
{
  WindowSearch search = { .self = self, .person = person };
  if (!tour_wait (WINDOW_SECONDS, find_window, &search))
    g_set_error (error,
                 TOUR_ERROR,
                 TOUR_ERROR_NOT_SEEN,
                 "%s sees no window within %d s",
                 tour_person_get_name (person),
                 WINDOW_SECONDS);
  return search.window;
}

static gboolean
has_size (gpointer data)
{
  WindowSearch *search = data;
  XWindowAttributes attributes;
  return XGetWindowAttributes (search->self->display, search->window, &attributes) &&
         attributes.width == search->width && attributes.height == search->height;
}

/**
 * tour_eyes_place:
 * @self: eyes
 * @person: whose window to place
 * @x: the left edge on the display, pixels
 * @width: the window's width, pixels
 * @height: the window's height, pixels
 * @error: %TOUR_ERROR_NOT_SEEN or %TOUR_ERROR_NOT_POSSIBLE
 *
 * Gives the window the keyboard's focus, too.
 *
 * Returns: %TRUE once the window has that size
 */
gboolean
tour_eyes_place (TourEyes *self, TourPerson *person, int x, int width, int height, GError **error)
{
  Window window = tour_eyes_find_window (self, person, error);
  if (window == None)
    return FALSE;
  tour_person_set_window_x (person, x);
  XMoveResizeWindow (self->display, window, x, 0, (unsigned) width, (unsigned) height);
  XSetInputFocus (self->display, window, RevertToParent, CurrentTime);
  XSync (self->display, False);

  WindowSearch search = { .self = self, .window = window, .width = width, .height = height };
  if (tour_wait (WINDOW_SECONDS, has_size, &search))
    return TRUE;
  g_set_error (error,
               TOUR_ERROR,
               TOUR_ERROR_NOT_POSSIBLE,
               "%s's window does not become %d by %d",
               tour_person_get_name (person),
               width,
               height);
  return FALSE;
}

/**
 * tour_eyes_point:
 * @self: eyes
 * @person: into whose window
 * @x: where the pointer goes, pixels from the window's left edge
 * @y: pixels from its upper edge
 * @error: %TOUR_ERROR_NOT_SEEN
 *
 * Moves the mouse's pointer, and it moves in any case.
 *
 * Returns: %TRUE if there is a window
 */
gboolean
tour_eyes_point (TourEyes *self, TourPerson *person, int x, int y, GError **error)
{
  Window window = tour_eyes_find_window (self, person, error);
  if (window == None)
    return FALSE;
  XWarpPointer (self->display, None, window, 0, 0, 0, 0, x + 1, y + 1);
  XSync (self->display, False);
  XWarpPointer (self->display, None, window, 0, 0, 0, 0, x, y);
  XSync (self->display, False);
  return TRUE;
}

static gpointer
run_stir (gpointer data)
{
  Stir *stir = data;
  g_mutex_lock (&stir->lock);
  for (int i = 0; !stir->stops; i = (i + STIR_STEP) % STIR_WIDTH) {
    XWarpPointer (stir->display, None, stir->window, 0, 0, 0, 0, stir->x + i, stir->y);
    XSync (stir->display, False);
    g_cond_wait_until (&stir->stopped, &stir->lock, g_get_monotonic_time () + STIR_US);
  }
  g_mutex_unlock (&stir->lock);
  return NULL;
}

/**
 * tour_eyes_begin_stir:
 * @self: eyes, and a hand
 * @person: whose window the pointer is over
 * @x: where it begins, pixels from the window's left
 * @y: and from its top
 * @error: %TOUR_ERROR_NOT_SEEN
 *
 * From now on the pointer moves all the time, as that of somebody who looks for something that
 * shows while it does: to look through a window takes its time on a busy machine.
 *
 * Returns: %TRUE if there is a window
 */
gboolean
tour_eyes_begin_stir (TourEyes *self, TourPerson *person, int x, int y, GError **error)
{
  g_return_val_if_fail (!self->stir, FALSE);
  Window window = tour_eyes_find_window (self, person, error);
  if (window == None)
    return FALSE;
  Stir *stir = g_new0 (Stir, 1);
  *stir = (Stir) { .display = XOpenDisplay (NULL), .window = window, .x = x, .y = y };
  g_mutex_init (&stir->lock);
  g_cond_init (&stir->stopped);
  stir->thread = g_thread_new ("stir", run_stir, stir);
  self->stir = stir;
  return TRUE;
}

/**
 * tour_eyes_end_stir:
 * @self: eyes; nothing happens where nothing is stirred
 */
void
tour_eyes_end_stir (TourEyes *self)
{
  Stir *stir = g_steal_pointer (&self->stir);
  if (!stir)
    return;
  g_mutex_lock (&stir->lock);
  stir->stops = TRUE;
  g_cond_signal (&stir->stopped);
  g_mutex_unlock (&stir->lock);
  g_thread_join (stir->thread);
  g_mutex_clear (&stir->lock);
  g_cond_clear (&stir->stopped);
  XCloseDisplay (stir->display);
  g_free (stir);
}

static GdkPixbuf *
pixbuf_from_image (XImage *image)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, image->width, image->height);
  guchar *pixels = gdk_pixbuf_get_pixels (pixbuf);
  int stride = gdk_pixbuf_get_rowstride (pixbuf);
  for (int y = 0; y < image->height; y++)
    for (int x = 0; x < image->width; x++) {
      unsigned long colour = XGetPixel (image, x, y);
      guchar *at = pixels + y * stride + x * 3;
      at[0] = (colour >> 16) & 0xff;
      at[1] = (colour >> 8) & 0xff;
      at[2] = colour & 0xff;
    }
  return pixbuf;
}

/**
 * tour_eyes_grab:
 * @self: eyes
 * @person: whose window to look at
 * @error: %TOUR_ERROR_NOT_SEEN or %TOUR_ERROR_NOT_POSSIBLE
 *
 * Returns: (transfer full) (nullable): what is painted in the window now
 */
GdkPixbuf *
tour_eyes_grab (TourEyes *self, TourPerson *person, GError **error)
{
  Window window = tour_eyes_find_window (self, person, error);
  XWindowAttributes attributes;
  if (window == None || !XGetWindowAttributes (self->display, window, &attributes))
    return NULL;
  XImage *image = XGetImage (self->display,
                             window,
                             0,
                             0,
                             (unsigned) attributes.width,
                             (unsigned) attributes.height,
                             AllPlanes,
                             ZPixmap);
  if (!image) {
    g_set_error_literal (error, TOUR_ERROR, TOUR_ERROR_NOT_POSSIBLE, "The window can't be read");
    return NULL;
  }
  GdkPixbuf *pixbuf = pixbuf_from_image (image);
  XDestroyImage (image);
  return pixbuf;
}

static const guchar *
pixel_at (GdkPixbuf *picture, int x, int y)
{
  return gdk_pixbuf_read_pixels (picture) + y * gdk_pixbuf_get_rowstride (picture) +
         x * gdk_pixbuf_get_n_channels (picture);
}

static int
get_distance (const guchar *one, const guchar *other)
{
  int distance = 0;
  for (int i = 0; i < 3; i++)
    distance = MAX (distance, ABS (one[i] - other[i]));
  return distance;
}

/**
 * tour_picture_count_differences:
 * @one: a picture
 * @other: a picture
 *
 * Returns: how many pixels differ by more than noise; all of them if the sizes differ
 */
guint
tour_picture_count_differences (GdkPixbuf *one, GdkPixbuf *other)
{
  int width = gdk_pixbuf_get_width (one), height = gdk_pixbuf_get_height (one);
  if (width != gdk_pixbuf_get_width (other) || height != gdk_pixbuf_get_height (other))
    return (guint) (width * height);
  guint n = 0;
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      if (get_distance (pixel_at (one, x, y), pixel_at (other, x, y)) >= CHANGE_MIN)
        n++;
  return n;
}

/**
 * tour_picture_is_near:
 * @picture: a picture
 * @x: column, pixels from the left
 * @y: row, pixels from the top
 * @rgb: a colour, 0xRRGGBB
 *
 * Returns: %TRUE if the pixel is inside the picture and about that colour
 */
gboolean
tour_picture_is_near (GdkPixbuf *picture, int x, int y, guint32 rgb)
{
  if (x < 0 || y < 0 || x >= gdk_pixbuf_get_width (picture) || y >= gdk_pixbuf_get_height (picture))
    return FALSE;
  const guchar wanted[] = { (rgb >> 16) & 0xff, (rgb >> 8) & 0xff, rgb & 0xff };
  return get_distance (pixel_at (picture, x, y), wanted) <= COLOUR_TOLERANCE;
}
