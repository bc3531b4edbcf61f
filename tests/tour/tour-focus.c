/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Where the keyboard's focus is, and how somebody without a mouse brings it elsewhere: Tab goes
 * from control to control, the arrow keys go about in lists, menus and tabs. That the focus moved
 * is told by the accessibility bus. Main thread. */

#include "config.h"

#include "tour-focus.h"

#include "tour-keyboard.h"
#include "tour-look.h"
#include "tour-tree.h"

#include <X11/keysym.h>

/* An app that has answered twice has taken the key that came before. */
#define ANSWERS 2

/* More than the way through any window. */
#define KEYS_MAX 200

#define EVENT_FOCUSED "object:state-changed:focused"

struct _TourFocus {
  TourEyes *eyes;
  TourPerson *person;
  AtspiAccessible *app;
  AtspiEventListener *listener;
  GHashTable *visited; /* object paths */
  char *path;          /* (nullable): where it is; %NULL before it was told of */
};

static void
on_focused (AtspiEvent *event, gpointer data)
{
  TourFocus *self = data;
  if (event->detail1 && event->source) {
    const AtspiObject *source = ATSPI_OBJECT (event->source);
    if (source->app &&
        g_strcmp0 (source->app->bus_name, ATSPI_OBJECT (self->app)->app->bus_name) == 0) {
      g_set_str (&self->path, source->path);
      g_hash_table_add (self->visited, g_strdup (source->path));
    }
  }
  g_boxed_free (ATSPI_TYPE_EVENT, event);
}

/**
 * tour_focus_follow:
 * @eyes: on the display, which has a keyboard; must outlive the result
 * @person: whose app it is; must outlive the result
 * @error: %TOUR_ERROR_NOT_SEEN
 *
 * Returns: (transfer full) (nullable): the focus, followed from now on
 */
TourFocus *
tour_focus_follow (TourEyes *eyes, TourPerson *person, GError **error)
{
  AtspiAccessible *app = tour_find_app (person);
  if (!app) {
    g_set_error_literal (error, TOUR_ERROR, TOUR_ERROR_NOT_SEEN, "There is no app to walk through");
    return NULL;
  }
  TourFocus *self = g_new0 (TourFocus, 1);
  self->eyes = eyes;
  self->person = person;
  self->app = app;
  self->visited = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->listener = atspi_event_listener_new (on_focused, self, NULL);
  atspi_event_listener_register (self->listener, EVENT_FOCUSED, NULL);
  return self;
}

/**
 * tour_focus_free:
 * @self: (nullable): a focus
 */
void
tour_focus_free (TourFocus *self)
{
  if (!self)
    return;
  atspi_event_listener_deregister (self->listener, EVENT_FOCUSED, NULL);
  g_object_unref (self->listener);
  g_object_unref (self->app);
  g_hash_table_unref (self->visited);
  g_free (self->path);
  g_free (self);
}

/**
 * tour_focus_get_app:
 * @self: a focus
 *
 * Returns: (transfer none): the app that it is in
 */
AtspiAccessible *
tour_focus_get_app (TourFocus *self)
{
  return self->app;
}

/**
 * tour_focus_press:
 * @self: a focus
 * @modifier: an X keysym; 0 for none
 * @key: an X keysym
 * @error: %TOUR_ERROR_NOT_SEEN, or an error of D-Bus
 *
 * Presses a key and waits until the app has told where the focus then is.
 *
 * Returns: %TRUE if the app answers
 */
gboolean
tour_focus_press (TourFocus *self, guint modifier, guint key, GError **error)
{
  if (!tour_keyboard_press_with (self->eyes, self->person, modifier, key, error))
    return FALSE;
  for (guint i = 0; i < ANSWERS; i++)
    if (!tour_tree_ask (self->app, error))
      return FALSE;
  while (g_main_context_iteration (NULL, FALSE))
    ;
  return TRUE;
}

/**
 * tour_focus_was_on:
 * @self: a focus
 * @path: a control's object path
 *
 * Returns: %TRUE if the focus was there since it is followed
 */
gboolean
tour_focus_was_on (TourFocus *self, const char *path)
{
  return g_hash_table_contains (self->visited, path);
}

/**
 * tour_focus_count:
 * @self: a focus
 *
 * Returns: on how many controls it was since it is followed
 */
guint
tour_focus_count (TourFocus *self)
{
  return g_hash_table_size (self->visited);
}

/* The way to a control, as the app was when its tree was read. */
typedef struct {
  TourFocus *focus;
  TourNode *tree;
  const TourNode *goal; /* (nullable): it is gone */
  const TourNode *stop; /* (nullable): where the focus can be to be at the goal */
  gboolean backwards;
  gboolean stuck; /* the arrow keys led nowhere */
} Way;

static const TourNode *
find_path (const TourNode *node, const char *path)
{
  const TourNode *found = g_strcmp0 (node->path, path) == 0 ? node : NULL;
  for (guint i = 0; i < node->children->len && !found; i++)
    found = find_path (node->children->pdata[i], path);
  return found;
}

static const TourNode *
find_focused (const TourNode *node)
{
  const TourNode *found = NULL;
  for (guint i = 0; i < node->children->len && !found; i++)
    found = find_focused (node->children->pdata[i]);
  return found || !tour_node_has_state (node, ATSPI_STATE_FOCUSED) ? found : node;
}

static gboolean
is_within (const TourNode *node, const TourNode *holder)
{
  for (; node; node = node->parent)
    if (node == holder)
      return TRUE;
  return FALSE;
}

/* How many controls that can have the focus come before @node. */
static gboolean
count_before (const TourNode *tree, const TourNode *node, guint *count)
{
  if (tree == node)
    return TRUE;
  *count += tour_node_has_state (tree, ATSPI_STATE_FOCUSABLE) &&
            tour_node_has_state (tree, ATSPI_STATE_SHOWING);
  for (guint i = 0; i < tree->children->len; i++)
    if (count_before (tree->children->pdata[i], node, count))
      return TRUE;
  return FALSE;
}

static guint
get_rank (const Way *way, const TourNode *node)
{
  guint rank = 0;
  if (node)
    count_before (way->tree, node, &rank);
  return rank;
}

static gboolean
can_focus_within (const TourNode *node)
{
  if (tour_node_has_state (node, ATSPI_STATE_FOCUSABLE))
    return TRUE;
  for (guint i = 0; i < node->children->len; i++)
    if (can_focus_within (node->children->pdata[i]))
      return TRUE;
  return FALSE;
}

/* A label is reached with the row that it is in. */
static const TourNode *
find_stop (const TourNode *goal)
{
  while (goal && !can_focus_within (goal))
    goal = goal->parent;
  return goal;
}

static gboolean
read_way (Way *way, const char *goal)
{
  g_clear_pointer (&way->tree, tour_node_free);
  way->tree = tour_tree_read (way->focus->app, TOUR_TREE_VISIBLE);
  way->goal = way->tree ? find_path (way->tree, goal) : NULL;
  way->stop = find_stop (way->goal);
  return way->stop != NULL;
}

static const TourNode *
get_focused (const Way *way)
{
  return way->focus->path ? find_path (way->tree, way->focus->path) : find_focused (way->tree);
}

/* A row has the focus itself; the part of a field has it for the field. */
static gboolean
is_there (const Way *way, const TourNode *focused)
{
  if (tour_node_holds_text (way->stop) || !tour_node_has_state (way->stop, ATSPI_STATE_FOCUSABLE))
    return focused && is_within (focused, way->stop);
  return focused == way->stop;
}

/* What the arrow keys go about in, and the keys that do. */
static const struct {
  AtspiRole role;
  guint on;
  guint back;
} with_arrows[] = {
  { ATSPI_ROLE_LIST, XK_Down, XK_Up },  { ATSPI_ROLE_LIST_BOX, XK_Down, XK_Up },
  { ATSPI_ROLE_TABLE, XK_Down, XK_Up }, { ATSPI_ROLE_TREE_TABLE, XK_Down, XK_Up },
  { ATSPI_ROLE_MENU, XK_Down, XK_Up },  { ATSPI_ROLE_PAGE_TAB_LIST, XK_Right, XK_Left },
};

/**
 * tour_focus_find_arrows:
 * @role: what a control is
 * @ret_on: (out) (optional): the key that leads on in it; untouched otherwise
 * @ret_back: (out) (optional): the key that leads back
 *
 * Returns: whether the arrow keys go about in it
 */
gboolean
tour_focus_find_arrows (AtspiRole role, guint *ret_on, guint *ret_back)
{
  for (guint i = 0; i < G_N_ELEMENTS (with_arrows); i++) {
    if (role != with_arrows[i].role)
      continue;
    if (ret_on)
      *ret_on = with_arrows[i].on;
    if (ret_back)
      *ret_back = with_arrows[i].back;
    return TRUE;
  }
  return FALSE;
}

/* What of a list the stop is in, as its row, or the app if it is in none. */
static const TourNode *
find_item (const Way *way, guint *ret_on, guint *ret_back)
{
  const TourNode *item = way->stop;
  while (item->parent && !tour_focus_find_arrows (item->parent->role, ret_on, ret_back))
    item = item->parent;
  return item;
}

/* Within a list, but not within one row of it, the arrow keys lead from @focused to the stop. */
static guint
choose_arrow (const Way *way, const TourNode *focused)
{
  guint on = 0, back = 0;
  const TourNode *item = find_item (way, &on, &back);
  if (!item->parent || !is_within (focused, item->parent) || is_within (focused, item))
    return 0;
  return get_rank (way, focused) < get_rank (way, item) ? on : back;
}

/* The arrow keys come to a row from both sides, and then its parts are further on. */
static gboolean
goes_backwards (const Way *way, const TourNode *focused)
{
  const TourNode *item = find_item (way, NULL, NULL);
  if (!item->parent || !focused || !is_within (focused, item))
    return way->backwards;
  return get_rank (way, focused) > get_rank (way, way->stop);
}

/* The shorter way round, as far as the tree tells. */
static gboolean
is_shorter_back (const Way *way, const TourNode *focused)
{
  guint all = 0;
  count_before (way->tree, NULL, &all);
  guint from = get_rank (way, focused), to = get_rank (way, way->stop);
  guint on = to >= from ? to - from : all - from + to;
  return focused && on > all / 2;
}

static gboolean
step (Way *way, const TourNode *focused, GError **error)
{
  TourFocus *focus = way->focus;
  g_autofree char *before = g_strdup (focus->path);
  guint arrow = focused && !way->stuck ? choose_arrow (way, focused) : 0;
  if (arrow == 0)
    return tour_focus_press (focus, goes_backwards (way, focused) ? XK_Shift_L : 0, XK_Tab, error);
  if (!tour_focus_press (focus, 0, arrow, error))
    return FALSE;
  way->stuck = g_strcmp0 (before, focus->path) == 0;
  return TRUE;
}

/**
 * tour_focus_move_to:
 * @self: a focus
 * @control: a control on show
 * @name: what the words of @error call it
 * @error: %TOUR_ERROR_NOT_POSSIBLE, or of what is below
 *
 * Presses Tab and the arrow keys until the focus is on the control, or on the row that it is in.
 *
 * Returns: %TRUE if it came there
 */
gboolean
tour_focus_move_to (TourFocus *self, AtspiAccessible *control, const char *name, GError **error)
{
  const char *path = ATSPI_OBJECT (control)->path;
  Way way = { .focus = self };
  gboolean goes_on = read_way (&way, path), has_come = FALSE;
  g_autoptr (GError) failure = NULL;
  way.backwards = goes_on && is_shorter_back (&way, get_focused (&way));
  for (guint i = 0; i < KEYS_MAX && goes_on && !has_come; i++) {
    const TourNode *focused = get_focused (&way);
    if (self->path && !focused) { /* it is on what came since */
      goes_on = read_way (&way, path);
      focused = goes_on ? get_focused (&way) : NULL;
    }
    has_come = goes_on && is_there (&way, focused);
    goes_on = goes_on && (has_come || step (&way, focused, &failure));
  }
  g_clear_pointer (&way.tree, tour_node_free);
  if (!has_come && failure)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (!has_come)
    g_set_error (error,
                 TOUR_ERROR,
                 TOUR_ERROR_NOT_POSSIBLE,
                 "The keyboard does not come to “%s”",
                 name);
  return has_come;
}
