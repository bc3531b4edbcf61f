/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the tour's people find and read: the app as a screen reader's user has it, through AT-SPI.
 *
 * A control is named by its role and its accessible name, a glob as "We see your stream*". Nothing
 * is cached: what is found is what the app shows now. Main thread.
 */

#include "config.h"

#include "tour-look.h"

#include "tour-tree.h"
#include "tour-wait.h"

#include <string.h>

/* A window has a few hundred accessibles; deeper or wider than this is a loop. */
#define DEPTH_MAX 60

/* Where there is no /proc, as by chroot, the bus does not know whose a connection is: an app that
 * is nobody's yet is that of the process that is looked for first, as each is after its start. */
static gboolean
belongs_to (AtspiAccessible *app, TourPerson *person)
{
  static GHashTable *owners; /* bus name -> pid; as long as the tour */
  int known = (int) atspi_accessible_get_process_id (app, NULL);
  if (known > 0)
    return tour_person_owns (person, known);

  if (!owners)
    owners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *name = ATSPI_OBJECT (app)->app->bus_name;
  if (!g_hash_table_contains (owners, name))
    g_hash_table_insert (owners, g_strdup (name), GINT_TO_POINTER (tour_person_get_pid (person)));
  return tour_person_owns (person, GPOINTER_TO_INT (g_hash_table_lookup (owners, name)));
}

/**
 * tour_find_app:
 * @person: who runs it
 *
 * Returns: (transfer full) (nullable): the app as the accessibility bus has it
 */
AtspiAccessible *
tour_find_app (TourPerson *person)
{
  AtspiAccessible *desktop = atspi_get_desktop (0);
  int n = atspi_accessible_get_child_count (desktop, NULL);
  for (int i = 0; i < n; i++) {
    g_autoptr (AtspiAccessible) app = atspi_accessible_get_child_at_index (desktop, i, NULL);
    if (!app || !belongs_to (app, person))
      continue;
    atspi_accessible_set_cache_mask (app, ATSPI_CACHE_NONE);
    return g_steal_pointer (&app);
  }
  return NULL;
}

typedef struct {
  TourPerson *person;
  AtspiRole role;
  GPatternSpec *name;
  AtspiStateType state;
  AtspiAccessible *found;
} Search;

static gboolean
has_role (const TourNode *node, AtspiRole wanted)
{
  if (wanted == TOUR_FIELD_ROLE)
    return tour_node_holds_text (node);
  if (wanted == TOUR_SWITCH_ROLE && node->role == ATSPI_ROLE_CHECK_BOX)
    return TRUE;
  return wanted == TOUR_ANY_ROLE || node->role == wanted;
}

static gboolean
matches (const TourNode *node, const Search *search)
{
  return has_role (node, search->role) && node->name &&
         g_pattern_spec_match_string (search->name, node->name) &&
         tour_node_has_state (node, search->state);
}

/* Depth first, as somebody reads. */
static const TourNode *
search_below (const TourNode *node, const Search *search)
{
  for (guint i = 0; i < node->children->len; i++) {
    const TourNode *child = node->children->pdata[i];
    const TourNode *found = matches (child, search) ? child : search_below (child, search);
    if (found)
      return found;
  }
  return NULL;
}

static AtspiAccessible *
search_in (AtspiAccessible *root, const Search *search)
{
  g_autoptr (TourNode) tree = tour_tree_read (root, TOUR_TREE_VISIBLE);
  const TourNode *found = tree ? search_below (tree, search) : NULL;
  return found ? tour_node_ref_accessible (found, root) : NULL;
}

static gboolean
look (gpointer data)
{
  Search *search = data;
  g_clear_object (&search->found);
  g_autoptr (AtspiAccessible) app = tour_find_app (search->person);
  if (app)
    search->found = search_in (app, search);
  return search->found != NULL;
}

static gboolean
look_gone (gpointer data)
{
  return !look (data);
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
 * tour_look_for:
 * @person: who looks
 * @role: the control's role, or %TOUR_ANY_ROLE
 * @name: its accessible name, a glob
 * @state: which it has to have
 * @seconds: the longest to wait
 * @error: %TOUR_ERROR_NOT_SEEN
 *
 * Returns: (transfer full) (nullable): the control
 */
AtspiAccessible *
tour_look_for (TourPerson *person,
               AtspiRole role,
               const char *name,
               AtspiStateType state,
               double seconds,
               GError **error)
{
  g_autoptr (GPatternSpec) pattern = g_pattern_spec_new (name);
  Search search = { .person = person, .role = role, .name = pattern, .state = state };
  if (!tour_wait (seconds, look, &search))
    set_not_seen (person, name, seconds, error);
  return search.found;
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
  return tour_look_for (person, role, name, ATSPI_STATE_SHOWING, seconds, error);
}

/**
 * tour_see_in:
 * @parent: what is on show
 * @role: a role, or %TOUR_ANY_ROLE
 * @name: an accessible name, a glob
 *
 * Returns: (transfer full) (nullable): such a control, on show in @parent now
 */
AtspiAccessible *
tour_see_in (AtspiAccessible *parent, AtspiRole role, const char *name)
{
  g_autoptr (GPatternSpec) pattern = g_pattern_spec_new (name);
  const Search search = { .role = role, .name = pattern, .state = ATSPI_STATE_SHOWING };
  return search_in (parent, &search);
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
 * tour_find_field:
 * @person: who looks
 * @name: its accessible name, a glob
 * @error: %TOUR_ERROR_NOT_SEEN
 *
 * Returns: (transfer full) (nullable): the control of that name that holds text: the field itself,
 * not the row or label about it, which may be there a moment sooner
 */
AtspiAccessible *
tour_find_field (TourPerson *person, const char *name, GError **error)
{
  return tour_see (person, TOUR_FIELD_ROLE, name, TOUR_PATIENCE, error);
}

/**
 * tour_measure:
 * @person: whose window it is in
 * @control: a control on show
 * @ret_rect: (out): where it is, pixels from the window's corner; untouched on failure
 *
 * GTK 4.18 counts from a point that lies off the window's corner by twice its border: the window's
 * own frame, measured the same way, tells by how much.
 *
 * Returns: %TRUE if it has a place
 */
gboolean
tour_measure (TourPerson *person, AtspiAccessible *control, AtspiRect *ret_rect)
{
  g_autoptr (AtspiAccessible) frame = tour_see (person, ATSPI_ROLE_FRAME, "*", 0, NULL);
  g_autoptr (AtspiComponent) origin = frame ? atspi_accessible_get_component_iface (frame) : NULL;
  g_autoptr (AtspiComponent) component = atspi_accessible_get_component_iface (control);
  if (!origin || !component)
    return FALSE;
  g_autofree AtspiRect *whole = atspi_component_get_extents (origin, ATSPI_COORD_TYPE_WINDOW, NULL);
  g_autofree AtspiRect *rect =
    atspi_component_get_extents (component, ATSPI_COORD_TYPE_WINDOW, NULL);
  if (!whole || !rect)
    return FALSE;
  *ret_rect = *rect;
  ret_rect->x -= whole->x;
  ret_rect->y -= whole->y;
  return TRUE;
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
  g_autoptr (AtspiAccessible) field = tour_find_field (person, name, error);
  g_autoptr (AtspiText) text = field ? atspi_accessible_get_text_iface (field) : NULL;
  return text ? atspi_text_get_text (text, 0, -1, error) : NULL;
}

/**
 * tour_find_value:
 * @person: who looks
 * @name: a slider's accessible name, a glob
 * @error: %TOUR_ERROR_NOT_SEEN or %TOUR_ERROR_NOT_POSSIBLE
 *
 * Returns: (transfer full) (nullable): where the slider is
 */
AtspiValue *
tour_find_value (TourPerson *person, const char *name, GError **error)
{
  g_autoptr (AtspiAccessible) slider =
    tour_see (person, ATSPI_ROLE_SLIDER, name, TOUR_PATIENCE, error);
  AtspiValue *value = slider ? atspi_accessible_get_value_iface (slider) : NULL;
  if (slider && !value)
    g_set_error (error, TOUR_ERROR, TOUR_ERROR_NOT_POSSIBLE, "“%s” has no value", name);
  return value;
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
  g_autoptr (AtspiValue) value = tour_find_value (person, name, error);
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
 * @seconds: the longest to wait
 * @ret_rect: (out): where it is, pixels from the window's corner; untouched on failure
 * @error: %TOUR_ERROR_NOT_SEEN
 *
 * Returns: %TRUE if the control is on show
 */
gboolean
tour_get_extents (TourPerson *person,
                  AtspiRole role,
                  const char *name,
                  double seconds,
                  AtspiRect *ret_rect,
                  GError **error)
{
  g_autoptr (AtspiAccessible) control = tour_see (person, role, name, seconds, error);
  if (!control || tour_measure (person, control, ret_rect))
    return control != NULL;
  set_not_seen (person, name, seconds, error);
  return FALSE;
}

static void
list_below (const TourNode *node, const Search *search, GStrvBuilder *names)
{
  for (guint i = 0; i < node->children->len; i++) {
    const TourNode *child = node->children->pdata[i];
    if (matches (child, search))
      g_strv_builder_add (names, child->name);
    list_below (child, search, names);
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
  g_autoptr (AtspiAccessible) app = tour_find_app (person);
  g_autoptr (TourNode) tree = app ? tour_tree_read (app, TOUR_TREE_VISIBLE) : NULL;
  if (tree)
    list_below (tree, &search, names);
  return g_strv_builder_end (names);
}

/* Whatever a screen reader can be told of a control. */
static gboolean
tells (AtspiAccessible *accessible, const char *text)
{
  g_autofree char *name = atspi_accessible_get_name (accessible, NULL);
  g_autofree char *description = atspi_accessible_get_description (accessible, NULL);
  g_autoptr (AtspiText) content = atspi_accessible_get_text_iface (accessible);
  g_autofree char *characters = content ? atspi_text_get_text (content, 0, -1, NULL) : NULL;
  return (name && strstr (name, text)) || (description && strstr (description, text)) ||
         (characters && strstr (characters, text));
}

static guint
count_below (AtspiAccessible *accessible, const char *text, guint depth)
{
  guint count = tells (accessible, text);
  int n = depth < DEPTH_MAX ? atspi_accessible_get_child_count (accessible, NULL) : 0;
  for (int i = 0; i < n; i++) {
    g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (accessible, i, NULL);
    if (child)
      count += count_below (child, text, depth + 1);
  }
  return count;
}

/**
 * tour_count_text:
 * @person: whose app to look through
 * @text: what to look for
 *
 * Returns: how many controls tell of it in their name, description or text, on show or not
 */
guint
tour_count_text (TourPerson *person, const char *text)
{
  g_autoptr (AtspiAccessible) app = tour_find_app (person);
  return app ? count_below (app, text, 0) : 0;
}

static void
print_node (const TourNode *node, guint depth)
{
  g_autofree char *role = atspi_role_get_name (node->role);
  g_printerr ("%*s%s “%s”%s%s\n",
              (int) depth * 2,
              "",
              role,
              node->name ? node->name : "",
              tour_node_has_state (node, ATSPI_STATE_SHOWING) ? "" : " (not on show)",
              tour_node_has_state (node, ATSPI_STATE_FOCUSED) ? " (has the focus)" : "");
  for (guint i = 0; i < node->children->len; i++)
    print_node (node->children->pdata[i], depth + 1);
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
  g_autoptr (AtspiAccessible) app = tour_find_app (person);
  g_autoptr (TourNode) tree = app ? tour_tree_read (app, TOUR_TREE_WHOLE) : NULL;
  if (tree)
    print_node (tree, 0);
  else
    g_printerr ("%s has no app on the accessibility bus\n", tour_person_get_name (person));
}
