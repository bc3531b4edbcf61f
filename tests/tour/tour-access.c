/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Whether a page can be used without a mouse and without sight: each control has a name, and the
 * keyboard comes to it. Tab is pressed, as on the real keyboard, until the focus is where it was
 * before; in a list, where the arrow keys go from row to row, one row has to be reached.
 * Main thread. */

#include "config.h"

#include "tour-access.h"

#include "tour-focus.h"
#include "tour-tree.h"

#include <X11/keysym.h>

/* More stops than any page has. */
#define TABS_MAX 120

/* How many times in a row Tab may lead to nothing new until the keyboard has been everywhere. */
#define STALE_MAX 30

static gboolean
walk_page (TourFocus *focus, GError **error)
{
  guint stale = 0;
  for (guint i = 0; i < TABS_MAX && stale < STALE_MAX; i++) {
    guint n_reached = tour_focus_count (focus);
    if (!tour_focus_press (focus, 0, XK_Tab, error))
      return FALSE;
    stale = tour_focus_count (focus) > n_reached ? 0 : stale + 1;
  }
  return TRUE;
}

static gboolean
is_reached (TourFocus *focus, const TourNode *node)
{
  if (tour_focus_was_on (focus, node->path))
    return TRUE;
  for (guint i = 0; i < node->children->len; i++)
    if (is_reached (focus, node->children->pdata[i]))
      return TRUE;
  return FALSE;
}

/* What only holds others. */
static const AtspiRole holders[] = {
  ATSPI_ROLE_FILLER, ATSPI_ROLE_FRAME, ATSPI_ROLE_GROUPING,
  ATSPI_ROLE_LIST,   ATSPI_ROLE_PANEL, ATSPI_ROLE_SCROLL_PANE,
};

static gboolean
is_among (AtspiRole role, const AtspiRole *roles, gsize n_roles)
{
  for (gsize i = 0; i < n_roles; i++)
    if (roles[i] == role)
      return TRUE;
  return FALSE;
}

/* The keyboard comes to it, to the control that it is a part of, or to its neighbours. */
static gboolean
can_be_reached (TourFocus *focus, const TourNode *node)
{
  gboolean can = is_reached (focus, node);
  for (const TourNode *above = node->parent; above && !can; above = above->parent)
    if (tour_focus_find_arrows (above->role, NULL, NULL))
      can = is_reached (focus, above);
    else if (!is_among (above->role, holders, G_N_ELEMENTS (holders)))
      can = tour_focus_was_on (focus, above->path);
  return can;
}

/* The desktop has keys of its own for a window's buttons, and a dialog closes with Escape. */
static gboolean
is_window_button (const TourNode *node)
{
  static const char *const names[] = { "Minimize", "Maximize", "Close", NULL };
  return node->role == ATSPI_ROLE_BUTTON && node->name && g_strv_contains (names, node->name);
}

static gboolean
is_control (const TourNode *node)
{
  return tour_node_has_state (node, ATSPI_STATE_SHOWING) &&
         tour_node_has_state (node, ATSPI_STATE_FOCUSABLE) &&
         tour_node_has_state (node, ATSPI_STATE_SENSITIVE) && !is_window_button (node) &&
         !is_among (node->role, holders, G_N_ELEMENTS (holders));
}

/* Whether somebody can be told of it: of a row by what stands in it. */
static gboolean
is_named (const TourNode *node)
{
  if (node->name && *node->name)
    return TRUE;
  for (guint i = 0; i < node->children->len; i++)
    if (is_named (node->children->pdata[i]))
      return node->role == ATSPI_ROLE_LIST_ITEM || node->role == ATSPI_ROLE_PANEL;
  return FALSE;
}

static void
complain (GString *problems, const TourNode *node, const char *words)
{
  g_autofree char *role = atspi_role_get_name (node->role);
  g_autofree char *above = NULL;
  for (const TourNode *parent = node->parent; parent && !above; parent = parent->parent)
    if (parent->name && *parent->name)
      above = g_strdup (parent->name);
  g_string_append_printf (problems,
                          "; a %s “%s” in “%s” %s",
                          role,
                          node->name ? node->name : "",
                          above ? above : "",
                          words);
}

static guint
check_below (const TourNode *node, TourFocus *focus, GString *problems)
{
  guint controls = 0;
  if (is_control (node)) {
    controls++;
    if (!is_named (node))
      complain (problems, node, "has no name");
    if (!can_be_reached (focus, node))
      complain (problems, node, "cannot be reached");
  }
  for (guint i = 0; i < node->children->len; i++)
    controls += check_below (node->children->pdata[i], focus, problems);
  return controls;
}

/* Nothing below a dialog can be used. */
static const TourNode *
find_top (const TourNode *node)
{
  const TourNode *top = NULL;
  for (guint i = node->children->len; i-- > 0 && !top;)
    top = find_top (node->children->pdata[i]);
  if (!top && node->role == ATSPI_ROLE_DIALOG && tour_node_has_state (node, ATSPI_STATE_SHOWING))
    top = node;
  return top;
}

/**
 * tour_access_check:
 * @eyes: eyes, and a finger
 * @person: whose window it is
 * @page: what is on show, for the words of @error
 * @ret_controls: (out): how many controls there are; untouched on failure
 * @error: %TOUR_ERROR_WRONG, or of what is below
 *
 * The focus is somewhere else afterwards.
 *
 * Returns: %TRUE if each control of the page has a name and can be reached by the keyboard
 */
gboolean
tour_access_check (TourEyes *eyes,
                   TourPerson *person,
                   const char *page,
                   guint *ret_controls,
                   GError **error)
{
  g_autoptr (TourFocus) focus = tour_focus_follow (eyes, person, error);
  if (!focus || !walk_page (focus, error))
    return FALSE;
  g_autoptr (TourNode) tree = tour_tree_read (tour_focus_get_app (focus), TOUR_TREE_VISIBLE);
  if (!tree)
    return FALSE;
  const TourNode *top = find_top (tree);
  g_autoptr (GString) problems = g_string_new (NULL);
  *ret_controls = check_below (top ? top : tree, focus, problems);
  if (problems->len == 0)
    return TRUE;
  g_set_error (error, TOUR_ERROR, TOUR_ERROR_WRONG, "On “%s”%s", page, problems->str);
  return FALSE;
}
