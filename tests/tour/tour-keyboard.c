/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The keyboard of the tour's display: to the apps it is a real one. Main thread. */

#include "config.h"

#include "tour-keyboard.h"

#include <X11/XKBlib.h>
#include <X11/Xlib.h>
#include <X11/extensions/XTest.h>
#include <X11/keysym.h>

/* What was struck by everybody, as long as the tour. */
static guint n_struck;

static void
strike (Display *display, KeySym key, Bool down)
{
  XTestFakeKeyEvent (display, XKeysymToKeycode (display, key), down, CurrentTime);
}

static void
strike_with (Display *display, KeySym modifier, KeySym key)
{
  if (modifier != NoSymbol)
    strike (display, modifier, True);
  strike (display, key, True);
  strike (display, key, False);
  if (modifier != NoSymbol)
    strike (display, modifier, False);
  n_struck++;
}

/* (nullable) */
static Display *
take (TourEyes *eyes, TourPerson *person, GError **error)
{
  Display *display = tour_eyes_get_display (eyes);
  Window window = tour_eyes_find_window (eyes, person, error);
  if (window == None)
    return NULL;
  XSetInputFocus (display, window, RevertToParent, CurrentTime);
  XSync (display, False);
  return display;
}

/**
 * tour_keyboard_press:
 * @eyes: on the display
 * @person: whose window gets it, and the keyboard's focus
 * @key: an X keysym
 * @error: %TOUR_ERROR_NOT_SEEN
 *
 * Returns: %TRUE if there is a window
 */
gboolean
tour_keyboard_press (TourEyes *eyes, TourPerson *person, guint key, GError **error)
{
  return tour_keyboard_press_with (eyes, person, NoSymbol, key, error);
}

/**
 * tour_keyboard_press_with:
 * @eyes: on the display
 * @person: whose window gets it, and the keyboard's focus
 * @modifier: an X keysym, as %XK_Control_L
 * @key: an X keysym
 * @error: %TOUR_ERROR_NOT_SEEN
 *
 * Presses @key while @modifier is held.
 *
 * Returns: %TRUE if there is a window
 */
gboolean
tour_keyboard_press_with (TourEyes *eyes,
                          TourPerson *person,
                          guint modifier,
                          guint key,
                          GError **error)
{
  Display *display = take (eyes, person, error);
  if (!display)
    return FALSE;
  strike_with (display, modifier, key);
  XSync (display, False);
  return TRUE;
}

/* Whether the keyboard has @key only together with Shift. */
static gboolean
is_shifted (Display *display, KeySym key)
{
  return XkbKeycodeToKeysym (display, XKeysymToKeycode (display, key), 0, 0) != key;
}

/**
 * tour_keyboard_type:
 * @eyes: on the display
 * @person: whose window gets it, and the keyboard's focus
 * @text: printable ASCII
 * @error: %TOUR_ERROR_NOT_SEEN
 *
 * Returns: %TRUE if there is a window
 */
gboolean
tour_keyboard_type (TourEyes *eyes, TourPerson *person, const char *text, GError **error)
{
  Display *display = take (eyes, person, error);
  if (!display)
    return FALSE;
  for (const char *at = text; *at; at++) {
    KeySym key = (guchar) *at; /* of ASCII the keysyms are the characters */
    strike_with (display, is_shifted (display, key) ? XK_Shift_L : NoSymbol, key);
  }
  XSync (display, False);
  return TRUE;
}

/**
 * tour_keyboard_count:
 *
 * Returns: how many keys were pressed since the tour's start, each with its modifier as one
 */
guint
tour_keyboard_count (void)
{
  return n_struck;
}
