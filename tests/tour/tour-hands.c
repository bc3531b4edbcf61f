/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The tour's hands and its reading: the app as a screen reader's user has it, through AT-SPI.
 *
 * A control is named by its role and its accessible name, a glob as "We see your stream*". Nothing
 * is cached: what is found is what the app shows now. Main thread.
 */

#include "config.h"

#include "tour-hands.h"

#include "tour-wait.h"

/* A window has a few hundred accessibles; deeper or wider than this is a loop. */
#define DEPTH_MAX 60

/* The longest a person waits for a control to be there before pressing it. */
#define HAND_SECONDS 15

/* Where there is no /proc, as by chroot, the bus does not know whose a connection is: an app that
 * is nobody's yet is that of the process that is looked for first, as each is after its start. */
static gboolean
belongs_to (AtspiAccessible *app, int pid)
{
  static GHashTable *owners; /* bus name -> pid; as long as the tour */
  int known = (int) atspi_accessible_get_process_id (app, NULL);
  if (known > 0)
    return known == pid;

  if (!owners)
    owners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *name = ATSPI_OBJECT (app)->app->bus_name;
  if (!g_hash_table_contains (owners, name))
    g_hash_table_insert (owners, g_strdup (name), GINT_TO_POINTER (pid));
  return GPOINTER_TO_INT (g_hash_table_lookup (owners, name)) == pid;
}

static AtspiAccessible *
find_application (int pid)
{
  AtspiAccessible *desktop = atspi_get_desktop (0);
  int n = atspi_accessible_get_child_count (desktop, NULL);
  for (int i = 0; i < n; i++) {
    g_autoptr (AtspiAccessible) app = atspi_accessible_get_child_at_index (desktop, i, NULL);
    if (!app || !belongs_to (app, pid))
      continue;
    atspi_accessible_set_cache_mask (app, ATSPI_CACHE_NONE);
    return g_steal_pointer (&app);
  }
  return NULL;
}

static gboolean
has_state (AtspiAccessible *accessible, AtspiStateType state)
{
  g_autoptr (AtspiStateSet) states = atspi_accessible_get_state_set (accessible);
  return states && atspi_state_set_contains (states, state);
}

typedef struct {
  TourPerson *person;
  AtspiRole role;
  GPatternSpec *name;
  AtspiStateType state;
  AtspiAccessible *found;
} Search;

static gboolean
matches (AtspiAccessible *accessible, const Search *search)
{
  if (search->role != TOUR_ANY_ROLE && atspi_accessible_get_role (accessible, NULL) != search->role)
    return FALSE;
  g_autofree char *name = atspi_accessible_get_name (accessible, NULL);
  return name && g_pattern_spec_match_string (search->name, name) &&
         has_state (accessible, search->state);
}

/* Depth first, through what is on show only. */
static AtspiAccessible *
search_below (AtspiAccessible *accessible, const Search *search, guint depth)
{
  if (depth > DEPTH_MAX)
    return NULL;
  int n = atspi_accessible_get_child_count (accessible, NULL);
  for (int i = 0; i < n; i++) {
    g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (accessible, i, NULL);
    if (!child || (depth > 0 && !has_state (child, ATSPI_STATE_VISIBLE)))
      continue;
    if (matches (child, search))
      return g_steal_pointer (&child);
    AtspiAccessible *found = search_below (child, search, depth + 1);
    if (found)
      return found;
  }
  return NULL;
}

static gboolean
look (gpointer data)
{
  Search *search = data;
  g_clear_object (&search->found);
  g_autoptr (AtspiAccessible) app = find_application (tour_person_get_pid (search->person));
  if (app)
    search->found = search_below (app, search, 0);
  return search->found != NULL;
}

static gboolean
look_gone (gpointer data)
{
  return !look (data);
}

static AtspiAccessible *
wait_for (TourPerson *person,
          AtspiRole role,
          const char *name,
          AtspiStateType state,
          double seconds)
{
  g_autoptr (GPatternSpec) pattern = g_pattern_spec_new (name);
  Search search = { .person = person, .role = role, .name = pattern, .state = state };
  return tour_wait (seconds, look, &search) ? search.found : NULL;
}

static void
set_not_seen (TourPerson *person, const char *name, double seconds, GError **error)
{
  g_set_error (error,
               TOUR_ERROR,
               TOUR_ERROR_NOT_SEEN,
               "%s does not see “%s” within %.0f s",
               tour_person_get_name (person),
               name,
               seconds);
}

/**
 * tour_see:
 * @person: who looks
 * @role: the control's role, or %TOUR_ANY_ROLE
 * @name: its accessible name, a glob
 * @seconds: the longest to wait
 * @error: %TOUR_ERROR_NOT_SEEN
 *
 * Returns: (transfer full) (nullable): the control, on show
 */
AtspiAccessible *
tour_see (TourPerson *person, AtspiRole role, const char *name, double seconds, GError **error)
{
  AtspiAccessible *found = wait_for (person, role, name, ATSPI_STATE_SHOWING, seconds);
  if (!found)
    set_not_seen (person, name, seconds, error);
  return found;
}

/**
 * tour_see_gone:
 * @person: who looks
 * @role: the control's role, or %TOUR_ANY_ROLE
 * @name: its accessible name, a glob
 * @seconds: the longest to wait
 * @error: %TOUR_ERROR_WRONG
 *
 * Returns: %TRUE once no such control is on show
 */
gboolean
tour_see_gone (TourPerson *person, AtspiRole role, const char *name, double seconds, GError **error)
{
  g_autoptr (GPatternSpec) pattern = g_pattern_spec_new (name);
  Search search = { .person = person, .role = role, .name = pattern, .state = ATSPI_STATE_SHOWING };
  gboolean gone = tour_wait (seconds, look_gone, &search);
  g_clear_object (&search.found);
  if (!gone)
    g_set_error (error,
                 TOUR_ERROR,
                 TOUR_ERROR_WRONG,
                 "%s still sees “%s” after %.0f s",
                 tour_person_get_name (person),
                 name,
                 seconds);
  return gone;
}

/**
 * tour_press:
 * @person: who presses
 * @role: the control's role, or %TOUR_ANY_ROLE
 * @name: its accessible name, a glob
 * @error: %TOUR_ERROR_NOT_SEEN or %TOUR_ERROR_NOT_POSSIBLE
 *
 * Waits until the control can be used, then does its first action.
 *
 * Returns: %TRUE if it was done
 */
gboolean
tour_press (TourPerson *person, AtspiRole role, const char *name, GError **error)
{
  g_autoptr (AtspiAccessible) control =
    wait_for (person, role, name, ATSPI_STATE_SENSITIVE, HAND_SECONDS);
  if (!control) {
    set_not_seen (person, name, HAND_SECONDS, error);
    return FALSE;
  }
  g_autoptr (AtspiAction) action = atspi_accessible_get_action_iface (control);
  if (action && atspi_action_do_action (action, 0, NULL))
    return TRUE;
  g_set_error (error, TOUR_ERROR, TOUR_ERROR_NOT_POSSIBLE, "“%s” can't be pressed", name);
  return FALSE;
}

/* The control of that name that holds text: the field itself, not the row or label about it. */
static AtspiAccessible *
find_field (TourPerson *person, const char *name, GError **error)
{
  static const AtspiRole roles[] = { ATSPI_ROLE_PASSWORD_TEXT, ATSPI_ROLE_ENTRY, ATSPI_ROLE_TEXT };
  g_autoptr (AtspiAccessible) any = tour_see (person, TOUR_ANY_ROLE, name, HAND_SECONDS, error);
  if (!any)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++) {
    AtspiAccessible *field = wait_for (person, roles[i], name, ATSPI_STATE_SHOWING, 0);
    if (field)
      return field;
  }
  g_set_error (error, TOUR_ERROR, TOUR_ERROR_NOT_POSSIBLE, "“%s” is no text field", name);
  return NULL;
}

/* Where a control is in its window's pixels. GTK 4.18 counts from a point that lies off the
 * window's corner by twice its border: the window's own frame, measured the same way, tells by how
 * much. */
static AtspiRect *
get_rect (TourPerson *person, AtspiAccessible *control)
{
  g_autoptr (AtspiAccessible) frame = tour_see (person, ATSPI_ROLE_FRAME, "*", 0, NULL);
  g_autoptr (AtspiComponent) origin = frame ? atspi_accessible_get_component_iface (frame) : NULL;
  g_autoptr (AtspiComponent) component = atspi_accessible_get_component_iface (control);
  if (!origin || !component)
    return NULL;
  g_autofree AtspiRect *whole = atspi_component_get_extents (origin, ATSPI_COORD_TYPE_WINDOW, NULL);
  AtspiRect *rect = atspi_component_get_extents (component, ATSPI_COORD_TYPE_WINDOW, NULL);
  if (whole && rect) {
    rect->x -= whole->x;
    rect->y -= whole->y;
  }
  return rect;
}

/* Clicks into the field, as one does before typing. The display's corner is the window's. */
static void
click_into (TourPerson *person, AtspiAccessible *field)
{
  g_autofree AtspiRect *rect = get_rect (person, field);
  if (rect)
    atspi_generate_mouse_event (rect->x + rect->width / 2, rect->y + rect->height / 2, "b1c", NULL);
}

/**
 * tour_open_menu:
 * @person: who clicks, and whose window is in the display's corner
 * @name: the accessible name of what has a menu, a glob
 * @error: %TOUR_ERROR_NOT_SEEN or %TOUR_ERROR_NOT_POSSIBLE
 *
 * Clicks with the secondary button. The menu is to be waited for.
 *
 * Returns: %TRUE if it was clicked
 */
gboolean
tour_open_menu (TourPerson *person, const char *name, GError **error)
{
  AtspiRect at;
  return tour_get_extents (person, TOUR_ANY_ROLE, name, &at, error) &&
         atspi_generate_mouse_event (at.x + at.width / 2, at.y + at.height / 2, "b3c", error);
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
  g_autoptr (AtspiAccessible) field = find_field (person, name, error);
  if (!field)
    return FALSE;
  click_into (person, field);
  g_autoptr (AtspiEditableText) editable = atspi_accessible_get_editable_text_iface (field);
  if (editable && atspi_editable_text_set_text_contents (editable, text, NULL))
    return TRUE;
  g_set_error (error, TOUR_ERROR, TOUR_ERROR_NOT_POSSIBLE, "“%s” takes no text", name);
  return FALSE;
}

/**
 * tour_read:
 * @person: who reads
 * @name: a field's accessible name, a glob
 * @error: %TOUR_ERROR_NOT_SEEN or %TOUR_ERROR_NOT_POSSIBLE
 *
 * Returns: (transfer full) (nullable): the text that stands in the field
 */
char *
tour_read (TourPerson *person, const char *name, GError **error)
{
  g_autoptr (AtspiAccessible) field = find_field (person, name, error);
  g_autoptr (AtspiText) text = field ? atspi_accessible_get_text_iface (field) : NULL;
  return text ? atspi_text_get_text (text, 0, -1, error) : NULL;
}

static AtspiValue *
find_value (TourPerson *person, const char *name, GError **error)
{
  g_autoptr (AtspiAccessible) slider =
    tour_see (person, ATSPI_ROLE_SLIDER, name, HAND_SECONDS, error);
  AtspiValue *value = slider ? atspi_accessible_get_value_iface (slider) : NULL;
  if (slider && !value)
    g_set_error (error, TOUR_ERROR, TOUR_ERROR_NOT_POSSIBLE, "“%s” has no value", name);
  return value;
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
  g_autoptr (AtspiValue) value = find_value (person, name, error);
  return value && atspi_value_set_current_value (value, to, error);
}

/**
 * tour_read_slider:
 * @person: who reads
 * @name: the slider's accessible name, a glob
 * @ret_value: (out): where it is; untouched on failure
 * @ret_end: (out): where its end is; untouched on failure
 * @error: %TOUR_ERROR_NOT_SEEN or %TOUR_ERROR_NOT_POSSIBLE
 *
 * Returns: %TRUE if it was read
 */
gboolean
tour_read_slider (TourPerson *person,
                  const char *name,
                  double *ret_value,
                  double *ret_end,
                  GError **error)
{
  g_autoptr (AtspiValue) value = find_value (person, name, error);
  if (!value)
    return FALSE;
  *ret_value = atspi_value_get_current_value (value, NULL);
  *ret_end = atspi_value_get_maximum_value (value, NULL);
  return TRUE;
}

/**
 * tour_get_extents:
 * @person: who looks
 * @role: the control's role, or %TOUR_ANY_ROLE
 * @name: its accessible name, a glob
 * @ret_rect: (out): where it is, pixels from the window's corner; untouched on failure
 * @error: %TOUR_ERROR_NOT_SEEN
 *
 * Returns: %TRUE if the control is on show
 */
gboolean
tour_get_extents (TourPerson *person,
                  AtspiRole role,
                  const char *name,
                  AtspiRect *ret_rect,
                  GError **error)
{
  g_autoptr (AtspiAccessible) control = tour_see (person, role, name, HAND_SECONDS, error);
  if (!control)
    return FALSE;
  g_autofree AtspiRect *rect = get_rect (person, control);
  if (!rect)
    return FALSE;
  *ret_rect = *rect;
  return TRUE;
}

static void
list_below (AtspiAccessible *accessible, const Search *search, GStrvBuilder *names, guint depth)
{
  int n = depth < DEPTH_MAX ? atspi_accessible_get_child_count (accessible, NULL) : 0;
  for (int i = 0; i < n; i++) {
    g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (accessible, i, NULL);
    if (!child || (depth > 0 && !has_state (child, ATSPI_STATE_VISIBLE)))
      continue;
    if (matches (child, search))
      g_strv_builder_take (names, atspi_accessible_get_name (child, NULL));
    list_below (child, search, names, depth + 1);
  }
}

/**
 * tour_list:
 * @person: who looks
 * @role: a role, or %TOUR_ANY_ROLE
 * @name: an accessible name, a glob
 *
 * Returns: (transfer full): the names of all such controls that are on show now, from first to last
 */
char **
tour_list (TourPerson *person, AtspiRole role, const char *name)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (GPatternSpec) pattern = g_pattern_spec_new (name);
  Search search = { .person = person, .role = role, .name = pattern, .state = ATSPI_STATE_SHOWING };
  g_autoptr (AtspiAccessible) app = find_application (tour_person_get_pid (person));
  if (app)
    list_below (app, &search, names, 0);
  return g_strv_builder_end (names);
}

static void
print_below (AtspiAccessible *accessible, guint depth)
{
  g_autofree char *name = atspi_accessible_get_name (accessible, NULL);
  g_autofree char *role = atspi_accessible_get_role_name (accessible, NULL);
  g_printerr ("%*s%s “%s”%s\n",
              (int) depth * 2,
              "",
              role,
              name ? name : "",
              has_state (accessible, ATSPI_STATE_SHOWING) ? "" : " (not on show)");
  int n = depth < DEPTH_MAX ? atspi_accessible_get_child_count (accessible, NULL) : 0;
  for (int i = 0; i < n; i++) {
    g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (accessible, i, NULL);
    if (child)
      print_below (child, depth + 1);
  }
}

/**
 * tour_print_tree:
 * @person: whose app to show
 *
 * Prints every role and name of the app on standard error: what to read when a step failed.
 */
void
tour_print_tree (TourPerson *person)
{
  g_autoptr (AtspiAccessible) app = find_application (tour_person_get_pid (person));
  if (app)
    print_below (app, 0);
  else
    g_printerr ("%s has no app on the accessibility bus\n", tour_person_get_name (person));
}
