/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* An app's controls, read at once: for each level of the tree all questions are asked before the
 * first answer is waited for. An app that shows a picture answers between two frames, and one
 * question after the other would take as many frames as the window has properties. Main thread.
 */

#include "config.h"

#include "tour-tree.h"

#include <gio/gio.h>

#define ACCESSIBLE "org.a11y.atspi.Accessible"
#define PROPERTIES "org.freedesktop.DBus.Properties"

/* A window has a few hundred accessibles; deeper than this is a loop. */
#define DEPTH_MAX 60

/* An app that does not answer so long will not. */
#define ANSWER_MS 10000

typedef struct {
  GDBusConnection *bus;
  GMainContext *context;
  guint n_waiting;
} Reading;

typedef void (*TakeFunc) (TourNode *node, GVariant *answer);

typedef struct {
  Reading *reading;
  TourNode *node;
  TakeFunc take;
} Question;

/* The accessibility bus, which is not the session's; as long as the tour. */
static GDBusConnection *
get_bus (void)
{
  static GDBusConnection *bus;
  if (bus)
    return bus;
  g_autoptr (GDBusConnection) session = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GVariant) answer = session ? g_dbus_connection_call_sync (session,
                                                                       "org.a11y.Bus",
                                                                       "/org/a11y/bus",
                                                                       "org.a11y.Bus",
                                                                       "GetAddress",
                                                                       NULL,
                                                                       G_VARIANT_TYPE ("(s)"),
                                                                       G_DBUS_CALL_FLAGS_NONE,
                                                                       ANSWER_MS,
                                                                       NULL,
                                                                       NULL)
                                        : NULL;
  if (!answer)
    return NULL;
  const char *address;
  g_variant_get (answer, "(&s)", &address);
  bus = g_dbus_connection_new_for_address_sync (address,
                                                G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                NULL,
                                                NULL,
                                                NULL);
  return bus;
}

static TourNode *
tour_node_new (TourNode *parent, guint index, const char *bus_name, const char *path)
{
  TourNode *self = g_new0 (TourNode, 1);
  self->parent = parent;
  self->index = index;
  self->bus_name = g_strdup (bus_name);
  self->path = g_strdup (path);
  self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) tour_node_free);
  return self;
}

/**
 * tour_node_free:
 * @self: a node; what is below it goes, too
 */
void
tour_node_free (TourNode *self)
{
  g_ptr_array_unref (self->children);
  g_free (self->bus_name);
  g_free (self->path);
  g_free (self->name);
  g_free (self);
}

/**
 * tour_node_holds_text:
 * @self: a node
 *
 * Returns: whether it is a field that somebody types into
 */
gboolean
tour_node_holds_text (const TourNode *self)
{
  return self->role == ATSPI_ROLE_ENTRY || self->role == ATSPI_ROLE_PASSWORD_TEXT ||
         self->role == ATSPI_ROLE_TEXT;
}

/**
 * tour_node_has_state:
 * @self: a node
 * @state: a state
 *
 * Returns: %TRUE if the control was in it
 */
gboolean
tour_node_has_state (const TourNode *self, AtspiStateType state)
{
  return (self->states >> state) & 1;
}

static void
take_states (TourNode *node, GVariant *answer)
{
  g_autoptr (GVariant) words = g_variant_get_child_value (answer, 0);
  gsize n = 0;
  const guint32 *word = g_variant_get_fixed_array (words, &n, sizeof *word);
  for (gsize i = 0; i < MIN (n, 2); i++)
    node->states |= (guint64) word[i] << (32 * i);
}

static void
take_role (TourNode *node, GVariant *answer)
{
  guint32 role;
  g_variant_get (answer, "(u)", &role);
  node->role = (AtspiRole) role;
}

static void
take_name (TourNode *node, GVariant *answer)
{
  g_autoptr (GVariant) value = NULL;
  g_variant_get (answer, "(v)", &value);
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    node->name = g_variant_dup_string (value, NULL);
}

static void
take_children (TourNode *node, GVariant *answer)
{
  g_autoptr (GVariantIter) children = NULL;
  const char *bus_name, *path;
  g_variant_get (answer, "(a(so))", &children);
  for (guint i = 0; g_variant_iter_next (children, "(&s&o)", &bus_name, &path); i++)
    g_ptr_array_add (node->children, tour_node_new (node, i, bus_name, path));
}

/* A control that went between being told of and being asked has neither name nor children. */
static void
on_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Question *question = data;
  g_autoptr (GVariant) answer =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  question->reading->n_waiting--;
  if (answer)
    question->take (question->node, answer);
}

/* What is asked of each control. */
static const struct {
  const char *interface;
  const char *method;
  const char *property; /* (nullable): its one argument */
  const char *type;
  TakeFunc take;
} questions[] = {
  { ACCESSIBLE, "GetState", NULL, "(au)", take_states },
  { ACCESSIBLE, "GetRole", NULL, "(u)", take_role },
  { ACCESSIBLE, "GetChildren", NULL, "(a(so))", take_children },
  { PROPERTIES, "Get", "Name", "(v)", take_name },
};

static void
ask (Reading *self, TourNode *node, guint which)
{
  const char *property = questions[which].property;
  Question *question = g_new (Question, 1);
  *question = (Question) { .reading = self, .node = node, .take = questions[which].take };
  self->n_waiting++;
  g_dbus_connection_call (self->bus,
                          node->bus_name,
                          node->path,
                          questions[which].interface,
                          questions[which].method,
                          property ? g_variant_new ("(ss)", ACCESSIBLE, property) : NULL,
                          G_VARIANT_TYPE (questions[which].type),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START,
                          ANSWER_MS,
                          NULL,
                          on_answer,
                          question);
}

static void
read_level (Reading *self, GPtrArray *level)
{
  for (guint i = 0; i < level->len; i++)
    for (guint which = 0; which < G_N_ELEMENTS (questions); which++)
      ask (self, level->pdata[i], which);
  while (self->n_waiting > 0)
    g_main_context_iteration (self->context, TRUE);
}

/* The app is visible as a whole, and so is each window, whatever they say. */
static gboolean
is_open (const TourNode *node, TourTreeExtent extent, guint depth)
{
  return extent == TOUR_TREE_WHOLE || depth < 2 || tour_node_has_state (node, ATSPI_STATE_VISIBLE);
}

/* What is hidden is left out with all that is in it. */
static GPtrArray *
collect_next (GPtrArray *level, TourTreeExtent extent, guint depth)
{
  GPtrArray *next = g_ptr_array_new ();
  for (guint i = 0; i < level->len; i++) {
    TourNode *node = level->pdata[i];
    if (is_open (node, extent, depth))
      g_ptr_array_extend (next, node->children, NULL, NULL);
    else
      g_ptr_array_set_size (node->children, 0);
  }
  return next;
}

/**
 * tour_tree_read:
 * @root: an app, or what it shows
 * @extent: how much of it
 *
 * Reads what is below @root, in as many round trips as the tree is deep. What changes meanwhile may
 * be seen as it was or as it is.
 *
 * Returns: (transfer full) (nullable): @root as a node; %NULL where there is no bus
 */
TourNode *
tour_tree_read (AtspiAccessible *root, TourTreeExtent extent)
{
  Reading reading = { .bus = get_bus () };
  if (!reading.bus)
    return NULL;
  const AtspiObject *object = ATSPI_OBJECT (root);
  TourNode *tree = tour_node_new (NULL, 0, object->app->bus_name, object->path);
  reading.context = g_main_context_new ();
  g_main_context_push_thread_default (reading.context);

  g_autoptr (GPtrArray) level = g_ptr_array_new ();
  g_ptr_array_add (level, tree);
  for (guint depth = 0; level->len > 0 && depth < DEPTH_MAX; depth++) {
    read_level (&reading, level);
    g_autoptr (GPtrArray) done = g_steal_pointer (&level);
    level = collect_next (done, extent, depth);
  }

  g_main_context_pop_thread_default (reading.context);
  g_main_context_unref (reading.context);
  return tree;
}

/**
 * tour_node_ref_accessible:
 * @self: a node of a tree that was read
 * @root: what the tree was read of
 *
 * Returns: (transfer full) (nullable): the control; %NULL if it is no longer where it was
 */
AtspiAccessible *
tour_node_ref_accessible (const TourNode *self, AtspiAccessible *root)
{
  if (!self->parent)
    return g_object_ref (root);
  AtspiAccessible *parent = tour_node_ref_accessible (self->parent, root);
  if (!parent)
    return NULL;
  AtspiAccessible *child = atspi_accessible_get_child_at_index (parent, (int) self->index, NULL);
  g_object_unref (parent);
  if (child && g_strcmp0 (ATSPI_OBJECT (child)->path, self->path) != 0)
    g_clear_object (&child);
  return child;
}

/**
 * tour_tree_ask:
 * @root: an app, or what it shows
 * @error: an error of D-Bus
 *
 * Asks the app for its name and waits. What it told of before the answer has arrived by then, and
 * is in the default main context.
 *
 * Returns: %TRUE if it answered
 */
gboolean
tour_tree_ask (AtspiAccessible *root, GError **error)
{
  const AtspiObject *object = ATSPI_OBJECT (root);
  g_autoptr (GVariant) answer =
    g_dbus_connection_call_sync (get_bus (),
                                 object->app->bus_name,
                                 object->path,
                                 PROPERTIES,
                                 "Get",
                                 g_variant_new ("(ss)", ACCESSIBLE, "Name"),
                                 G_VARIANT_TYPE ("(v)"),
                                 G_DBUS_CALL_FLAGS_NO_AUTO_START,
                                 ANSWER_MS,
                                 NULL,
                                 error);
  return answer != NULL;
}
