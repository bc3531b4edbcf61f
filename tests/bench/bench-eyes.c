/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bench-clock.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <stdio.h>

/* What a viewer sees: bench-eyes looks at the screen more often than it changes, and for every
 * picture with a clock that is new there prints when it saw it, in microseconds of the time of day,
 * and how old it was, in milliseconds. Runs until it is killed. */

/* Twice as often as a screen of 60 Hz changes. */
#define LOOK_US (G_USEC_PER_SEC / 120)

/* Rows to look at: one of them is within the clock, and unbroken, wherever the picture sits. */
static const int rows[] = { 184, 224, 152, 252 };

static Display *display;

static int
on_error (Display *of, XErrorEvent *event)
{
  return 0;
}

static gboolean
read_row (int y, guint32 *ret_time)
{
  guint8 row[BENCH_WIDTH];
  XImage *image = XGetImage (display,
                             DefaultRootWindow (display),
                             0,
                             y,
                             BENCH_WIDTH,
                             1,
                             0x00ff00, /* green is near enough to grey */
                             ZPixmap);
  if (!image)
    return FALSE;
  for (int x = 0; x < BENCH_WIDTH; x++)
    row[x] = (guint8) (XGetPixel (image, x, 0) >> 8);
  XDestroyImage (image);
  return bench_clock_read (row, ret_time);
}

static gboolean
look (guint32 *ret_time)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (read_row (rows[i], ret_time))
      return TRUE;
  return FALSE;
}

int
main (int argc, char **argv)
{
  guint32 last = G_MAXUINT32;
  display = XOpenDisplay (NULL);
  if (!display)
    g_error ("No display");
  XSetErrorHandler (on_error);
  for (gint64 next = g_get_monotonic_time ();; next += LOOK_US) {
    guint32 time;
    if (look (&time) && time != last) {
      printf ("%" G_GINT64_FORMAT " %d\n",
              g_get_real_time (),
              bench_clock_elapsed (time, bench_clock_now ()));
      fflush (stdout);
      last = time;
    }
    gint64 wait = next - g_get_monotonic_time ();
    if (wait > 0)
      g_usleep ((gulong) wait);
    else
      next -= wait;
  }
}
