/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The tour's hands: what its people press, type and slide, at controls that tour-look finds. Who
 * has a keyboard alone goes there by it and presses Return; who has not does what a screen reader
 * or a mouse would. Main thread. */

#include "config.h"

#include "tour-hands.h"

#include "tour-focus.h"
#include "tour-keyboard.h"
#include "tour-wait.h"

#include <X11/keysym.h>
#include <math.h>
#include <string.h>

/* How long a menu may take to open. */
#define MENU_SECONDS 3

static gboolean
go_to (TourPerson *person, AtspiAccessible *control, const char *name, GError **error)
{
  g_autoptr (TourFocus) focus =
    tour_focus_follow (tour_person_get_keyboard (person), person, error);
  return focus && tour_focus_move_to (focus, control, name, error);
}

static gboolean
press_key (TourPerson *person, guint key, GError **error)
{
  return tour_keyboard_press (tour_person_get_keyboard (person), person, key, error);
}

static gboolean
press (TourPerson *person, AtspiAccessible *control, const char *name, GError **error)
{
  if (control && tour_person_get_keyboard (person))
    return go_to (person, control, name, error) && press_key (person, XK_Return, error);
  g_autoptr (AtspiAction) action = control ? atspi_accessible_get_action_iface (control) : NULL;
  if (action && atspi_action_do_action (action, 0, NULL))
    return TRUE;
  g_set_error (error, TOUR_ERROR, TOUR_ERROR_NOT_POSSIBLE, "“%s” can't be pressed", name);
  return FALSE;
}

/**
 * tour_press_within:
 * @person: who presses
 * @role: the control's role, or %TOUR_ANY_ROLE
 * @name: its accessible name, a glob
 * @seconds: the longest to wait
 * @error: %TOUR_ERROR_NOT_SEEN or %TOUR_ERROR_NOT_POSSIBLE
 *
 * Waits until the control can be used, then presses it.
 *
 * Returns: %TRUE if it was done
 */
gboolean
tour_press_within (TourPerson *person,
                   AtspiRole role,
                   const char *name,
                   double seconds,
                   GError **error)
{
  g_autoptr (AtspiAccessible) control =
    tour_look_for (person, role, name, ATSPI_STATE_SENSITIVE, seconds, error);
  if (!control)
    return FALSE;
  return press (person, control, name, error);
}

/**
 * tour_press:
 * @person: who presses
 * @role: the control's role, or %TOUR_ANY_ROLE
 * @name: its accessible name, a glob
 * @error: %TOUR_ERROR_NOT_SEEN or %TOUR_ERROR_NOT_POSSIBLE
 *
 * Waits as a person does until the control can be used, then presses it.
 *
 * Returns: %TRUE if it was done
 */
gboolean
tour_press (TourPerson *person, AtspiRole role, const char *name, GError **error)
{
  return tour_press_within (person, role, name, TOUR_PATIENCE, error);
}

/**
 * tour_go_to:
 * @person: who has a keyboard alone
 * @role: the control's role, or %TOUR_ANY_ROLE
 * @name: its accessible name, a glob
 * @error: %TOUR_ERROR_NOT_SEEN or %TOUR_ERROR_NOT_POSSIBLE
 *
 * Waits as a person does until the control is on show, then brings the focus there.
 *
 * Returns: %TRUE if it has the focus
 */
gboolean
tour_go_to (TourPerson *person, AtspiRole role, const char *name, GError **error)
{
  g_autoptr (AtspiAccessible) control = tour_see (person, role, name, TOUR_PATIENCE, error);
  return control && go_to (person, control, name, error);
}

/* Whoever sees that nothing happened presses again: a key goes nowhere while the control that had
 * the focus is going. */
static gboolean
close_by_key (TourPerson *person, const char *name, GError **error)
{
  gint64 deadline = g_get_monotonic_time () + TOUR_PATIENCE * G_USEC_PER_SEC;
  while (press_key (person, XK_Escape, error)) {
    gboolean last = g_get_monotonic_time () >= deadline;
    if (tour_see_gone (person, ATSPI_ROLE_DIALOG, name, MENU_SECONDS, last ? error : NULL))
      return TRUE;
    if (last)
      return FALSE;
  }
  return FALSE;
}

/**
 * tour_close_dialog:
 * @person: who closes it
 * @name: the dialog's accessible name
 * @error: %TOUR_ERROR_NOT_SEEN, %TOUR_ERROR_NOT_POSSIBLE or %TOUR_ERROR_WRONG
 *
 * Presses the dialog's own close button, and not that of the window below it; by the keyboard,
 * Escape.
 *
 * Returns: %TRUE once the dialog is gone
 */
gboolean
tour_close_dialog (TourPerson *person, const char *name, GError **error)
{
  g_autoptr (AtspiAccessible) dialog =
    tour_see (person, ATSPI_ROLE_DIALOG, name, TOUR_PATIENCE, error);
  if (!dialog)
    return FALSE;
  if (tour_person_get_keyboard (person))
    return close_by_key (person, name, error);
  g_autoptr (AtspiAccessible) button = tour_see_in (dialog, ATSPI_ROLE_BUTTON, "Close");
  return press (person, button, "Close", error) &&
         tour_see_gone (person, ATSPI_ROLE_DIALOG, name, TOUR_PATIENCE, error);
}

static gboolean
click (TourPerson *person, const AtspiRect *at, const char *button, GError **error)
{
  int x = tour_person_get_window_x (person) + at->x + at->width / 2;
  return atspi_generate_mouse_event (x, at->y + at->height / 2, button, error);
}

/**
 * tour_click:
 * @person: who clicks
 * @role: the control's role, or %TOUR_ANY_ROLE
 * @name: its accessible name, a glob
 * @error: %TOUR_ERROR_NOT_SEEN, or an error of libatspi
 *
 * Clicks in the middle of what has no action of its own, as the row of a list; by the keyboard it
 * is pressed as anything else.
 *
 * Returns: %TRUE if it was clicked
 */
gboolean
tour_click (TourPerson *person, AtspiRole role, const char *name, GError **error)
{
  AtspiRect at;
  if (tour_person_get_keyboard (person))
    return tour_press (person, role, name, error);
  return tour_get_extents (person, role, name, TOUR_PATIENCE, &at, error) &&
         click (person, &at, "b1c", error);
}

static gboolean
open_menu_by_key (TourPerson *person, const char *name, const char *item, GError **error)
{
  g_autoptr (AtspiAccessible) owner = tour_see (person, TOUR_ANY_ROLE, name, TOUR_PATIENCE, error);
  if (!owner || !go_to (person, owner, name, error) || !press_key (person, XK_Menu, error))
    return FALSE;
  g_autoptr (AtspiAccessible) seen =
    tour_see (person, ATSPI_ROLE_MENU_ITEM, item, TOUR_PATIENCE, error);
  return seen != NULL;
}

/**
 * tour_open_menu:
 * @person: who clicks
 * @name: the accessible name of what has a menu, a glob
 * @item: that of an item of the menu
 * @error: %TOUR_ERROR_NOT_SEEN
 *
 * Clicks with the secondary button, and again where what was clicked at had moved; by the keyboard,
 * the Menu key.
 *
 * Returns: %TRUE once the item is on show
 */
gboolean
tour_open_menu (TourPerson *person, const char *name, const char *item, GError **error)
{
  if (tour_person_get_keyboard (person))
    return open_menu_by_key (person, name, item, error);
  AtspiRect at;
  gint64 deadline = g_get_monotonic_time () + TOUR_PATIENCE * G_USEC_PER_SEC;
  while (tour_get_extents (person, TOUR_ANY_ROLE, name, TOUR_PATIENCE, &at, error)) {
    click (person, &at, "b3c", NULL);
    gboolean last = g_get_monotonic_time () >= deadline;
    g_autoptr (AtspiAccessible) seen =
      tour_see (person, ATSPI_ROLE_MENU_ITEM, item, MENU_SECONDS, last ? error : NULL);
    if (seen || last)
      return seen != NULL;
  }
  return FALSE;
}

typedef struct {
  AtspiText *text;
  glong length;
} Typing;

/* Of a password a screen reader is told the length. */
static gboolean
has_length (gpointer data)
{
  const Typing *typing = data;
  return atspi_text_get_character_count (typing->text, NULL) == typing->length;
}

/* Over what stands there, which is chosen first. */
static gboolean
type_by_key (TourPerson *person,
             AtspiAccessible *field,
             const char *name,
             const char *text,
             GError **error)
{
  TourEyes *keyboard = tour_person_get_keyboard (person);
  g_autoptr (AtspiText) content = atspi_accessible_get_text_iface (field);
  Typing typing = { .text = content, .length = (glong) strlen (text) };
  if (!go_to (person, field, name, error) ||
      !tour_keyboard_press_with (keyboard, person, XK_Control_L, XK_a, error) ||
      !tour_keyboard_type (keyboard, person, text, error))
    return FALSE;
  if (content && tour_wait (TOUR_PATIENCE, has_length, &typing))
    return TRUE;
  g_set_error (error, TOUR_ERROR, TOUR_ERROR_NOT_POSSIBLE, "“%s” is not what was typed", name);
  return FALSE;
}

/**
 * tour_type_into:
 * @person: who types
 * @field: a field on show
 * @text: what stands there afterwards
 * @error: %TOUR_ERROR_NOT_POSSIBLE
 *
 * Returns: %TRUE if the field took the text
 */
gboolean
tour_type_into (TourPerson *person, AtspiAccessible *field, const char *text, GError **error)
{
  g_autofree char *name = atspi_accessible_get_name (field, NULL);
  if (tour_person_get_keyboard (person))
    return type_by_key (person, field, name, text, error);
  AtspiRect at;
  if (tour_measure (person, field, &at))
    click (person, &at, "b1c", NULL); /* as one does before typing */
  g_autoptr (AtspiEditableText) editable = atspi_accessible_get_editable_text_iface (field);
  if (editable && atspi_editable_text_set_text_contents (editable, text, NULL))
    return TRUE;
  g_set_error (error, TOUR_ERROR, TOUR_ERROR_NOT_POSSIBLE, "“%s” takes no text", name);
  return FALSE;
}

/**
 * tour_type:
 * @person: who types
 * @name: the field's accessible name, a glob
 * @text: what stands there afterwards
 * @error: %TOUR_ERROR_NOT_SEEN or %TOUR_ERROR_NOT_POSSIBLE
 *
 * Returns: %TRUE if the field took the text
 */
gboolean
tour_type (TourPerson *person, const char *name, const char *text, GError **error)
{
  g_autoptr (AtspiAccessible) field = tour_find_field (person, name, error);
  return field && tour_type_into (person, field, text, error);
}

typedef struct {
  TourPerson *person;
  const char *name;
  double at;
  double end;
  double before;
} Sliding;

static gboolean
has_moved (gpointer data)
{
  Sliding *sliding = data;
  return tour_read_slider (sliding->person, sliding->name, &sliding->at, &sliding->end, NULL) &&
         sliding->at > sliding->before;
}

/* To an end by one key, to a place between by steps from the start. */
static gboolean
slide_by_key (TourPerson *person, const char *name, double to, GError **error)
{
  Sliding sliding = { .person = person, .name = name };
  g_autoptr (AtspiAccessible) slider =
    tour_see (person, ATSPI_ROLE_SLIDER, name, TOUR_PATIENCE, error);
  if (!slider || !tour_read_slider (person, name, &sliding.at, &sliding.end, error) ||
      !go_to (person, slider, name, error) ||
      !press_key (person, to >= floor (sliding.end) ? XK_End : XK_Home, error))
    return FALSE;
  if (to <= 0 || to >= floor (sliding.end))
    return TRUE;
  for (sliding.at = 0; sliding.at < to;) {
    sliding.before = sliding.at;
    if (!press_key (person, XK_Right, error))
      return FALSE;
    if (!tour_wait (TOUR_PATIENCE, has_moved, &sliding)) {
      g_set_error (error, TOUR_ERROR, TOUR_ERROR_NOT_POSSIBLE, "“%s” does not move", name);
      return FALSE;
    }
  }
  return TRUE;
}

/**
 * tour_slide:
 * @person: who slides
 * @name: the slider's accessible name, a glob
 * @to: where to
 * @error: %TOUR_ERROR_NOT_SEEN or %TOUR_ERROR_NOT_POSSIBLE
 *
 * By the keyboard, in steps from the start to the first that is there or beyond; beyond the end it
 * is the end.
 *
 * Returns: %TRUE if the slider went there
 */
gboolean
tour_slide (TourPerson *person, const char *name, double to, GError **error)
{
  if (tour_person_get_keyboard (person))
    return slide_by_key (person, name, to, error);
  g_autoptr (AtspiValue) value = tour_find_value (person, name, error);
  return value && atspi_value_set_current_value (value, to, error);
}
