/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The tour's hands: what its people press, type and slide, at controls that tour-look finds. Main
 * thread. */

#include "config.h"

#include "tour-hands.h"

/* How long a menu may take to open. */
#define MENU_SECONDS 3

static gboolean
press (AtspiAccessible *control, const char *name, GError **error)
{
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
 * Waits until the control can be used, then does its first action.
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
  return press (control, name, error);
}

/**
 * tour_press:
 * @person: who presses
 * @role: the control's role, or %TOUR_ANY_ROLE
 * @name: its accessible name, a glob
 * @error: %TOUR_ERROR_NOT_SEEN or %TOUR_ERROR_NOT_POSSIBLE
 *
 * Waits as a person does until the control can be used, then does its first action.
 *
 * Returns: %TRUE if it was done
 */
gboolean
tour_press (TourPerson *person, AtspiRole role, const char *name, GError **error)
{
  return tour_press_within (person, role, name, TOUR_PATIENCE, error);
}

/**
 * tour_close_dialog:
 * @person: who closes it
 * @name: the dialog's accessible name
 * @error: %TOUR_ERROR_NOT_SEEN, %TOUR_ERROR_NOT_POSSIBLE or %TOUR_ERROR_WRONG
 *
 * Presses the dialog's own close button, and not that of the window below it.
 *
 * Returns: %TRUE once the dialog is gone
 */
gboolean
tour_close_dialog (TourPerson *person, const char *name, GError **error)
{
  g_autoptr (AtspiAccessible) dialog =
    tour_see (person, ATSPI_ROLE_DIALOG, name, TOUR_PATIENCE, error);
  g_autoptr (AtspiAccessible) button =
    dialog ? tour_see_in (dialog, ATSPI_ROLE_BUTTON, "Close") : NULL;
  return dialog && press (button, "Close", error) &&
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
 * Clicks in the middle of what has no action of its own, as the row of a list.
 *
 * Returns: %TRUE if it was clicked
 */
gboolean
tour_click (TourPerson *person, AtspiRole role, const char *name, GError **error)
{
  AtspiRect at;
  return tour_get_extents (person, role, name, TOUR_PATIENCE, &at, error) &&
         click (person, &at, "b1c", error);
}

/**
 * tour_open_menu:
 * @person: who clicks
 * @name: the accessible name of what has a menu, a glob
 * @item: that of an item of the menu
 * @error: %TOUR_ERROR_NOT_SEEN
 *
 * Clicks with the secondary button, and again where what was clicked at had moved.
 *
 * Returns: %TRUE once the item is on show
 */
gboolean
tour_open_menu (TourPerson *person, const char *name, const char *item, GError **error)
{
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
  AtspiRect at;
  if (tour_measure (person, field, &at))
    click (person, &at, "b1c", NULL); /* as one does before typing */
  g_autoptr (AtspiEditableText) editable = atspi_accessible_get_editable_text_iface (field);
  if (editable && atspi_editable_text_set_text_contents (editable, text, NULL))
    return TRUE;
  g_autofree char *name = atspi_accessible_get_name (field, NULL);
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

/**
 * tour_slide:
 * @person: who slides
 * @name: the slider's accessible name, a glob
 * @to: where to
 * @error: %TOUR_ERROR_NOT_SEEN or %TOUR_ERROR_NOT_POSSIBLE
 *
 * Returns: %TRUE if the slider went there
 */
gboolean
tour_slide (TourPerson *person, const char *name, double to, GError **error)
{
  g_autoptr (AtspiValue) value = tour_find_value (person, name, error);
  return value && atspi_value_set_current_value (value, to, error);
}
