/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The messages of a chat that wait for a moderator. It asks the server when it is told that
 * something changed, at most a few times a second; a message that stays keeps its object. Whatever
 * is decided goes once the server has it. Main thread only.
 */

#include "config.h"

#include "sc-held-queue.h"

#include "sc-client-error.h"
#include "sc-list-follow.h"

/* Questions in a busy chat are this far apart at least. */
#define PAUSE_MS 300

struct _ScHeldQueue {
  GObject parent_instance;

  ScClient *client;
  char *channel;
  GListStore *lines;
  DexFuture *asking;
  GError *error;
  guint again_source;
  gboolean again;
  gboolean loaded;
};

typedef enum {
  PROP_N_HELD = 1,
} ScHeldQueueProperty;

static GParamSpec *properties[PROP_N_HELD + 1];

typedef enum {
  SIGNAL_REFRESHED,
  SIGNAL_PENDING,
  SIGNAL_FAILED,
} ScHeldQueueSignal;

static guint signals[SIGNAL_FAILED + 1];

G_DEFINE_FINAL_TYPE (ScHeldQueue, sc_held_queue, G_TYPE_OBJECT)

static gboolean
is_same (gconstpointer shown, gconstpointer newer)
{
  return g_str_equal (sc_held_line_get_fields ((ScHeldLine *) shown)->id,
                      sc_held_line_get_fields ((ScHeldLine *) newer)->id);
}

static void
take (ScHeldQueue *self, GListModel *newer)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (newer); i++)
    g_ptr_array_add (items, g_list_model_get_item (newer, i));
  sc_list_follow (self->lines, items, is_same);
  self->loaded = TRUE;
}

static void
on_again_due (gpointer user_data)
{
  ScHeldQueue *self = user_data;
  self->again_source = 0;
  if (self->again)
    sc_held_queue_refresh (self);
}

static DexFuture *
on_listed (DexFuture *future, gpointer user_data)
{
  g_autoptr (ScHeldQueue) self = g_object_ref (user_data);
  g_clear_error (&self->error);
  const GValue *value = dex_future_get_value (future, &self->error);
  if (value)
    take (self, g_value_get_object (value));
  self->again_source = g_timeout_add_once (PAUSE_MS, on_again_due, self);
  g_signal_emit (self, signals[SIGNAL_REFRESHED], 0);
  return dex_future_new_true ();
}

static void
on_items_changed (ScHeldQueue *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_HELD]);
}

typedef struct {
  ScHeldQueue *self;
  ScHeldLine *line;
} Verdict;

static void
verdict_free (gpointer data)
{
  Verdict *verdict = data;
  g_object_unref (verdict->self);
  g_object_unref (verdict->line);
  g_free (verdict);
}

static void
remove_line (ScHeldQueue *self, ScHeldLine *line)
{
  guint position = 0;
  if (g_list_store_find (self->lines, line, &position))
    g_list_store_remove (self->lines, position);
}

static DexFuture *
on_decided (DexFuture *future, gpointer user_data)
{
  Verdict *verdict = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *pending = dex_future_get_value (future, &error);
  gboolean done = pending != NULL;
  if (done && g_value_get_uint (pending) > 0)
    g_signal_emit (verdict->self, signals[SIGNAL_PENDING], 0, verdict->line);
  if (!done)
    g_signal_emit (verdict->self, signals[SIGNAL_FAILED], 0, verdict->line, error);
  if (done || g_error_matches (error, SC_CLIENT_ERROR, SC_CLIENT_ERROR_DECIDED))
    remove_line (verdict->self, verdict->line);
  return dex_future_new_true ();
}

static void
sc_held_queue_dispose (GObject *object)
{
  ScHeldQueue *self = SC_HELD_QUEUE (object);

  g_clear_handle_id (&self->again_source, g_source_remove);
  dex_clear (&self->asking);
  g_clear_object (&self->client);
  g_clear_object (&self->lines);
  g_clear_error (&self->error);
  g_clear_pointer (&self->channel, g_free);

  G_OBJECT_CLASS (sc_held_queue_parent_class)->dispose (object);
}

static void
sc_held_queue_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((ScHeldQueueProperty) id) {
  case PROP_N_HELD:
    g_value_set_uint (value, sc_held_queue_get_n_held (SC_HELD_QUEUE (object)));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
install_signals (GType type)
{
  /**
   * ScHeldQueue::refreshed:
   *
   * The server has answered, or failed to.
   */
  signals[SIGNAL_REFRESHED] =
    g_signal_new ("refreshed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * ScHeldQueue::pending:
   * @line: what was decided about; the room does not know of it yet
   */
  signals[SIGNAL_PENDING] = g_signal_new ("pending",
                                          type,
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          1,
                                          SC_TYPE_HELD_LINE);
  /**
   * ScHeldQueue::failed:
   * @line: what could not be decided about
   * @error: why
   */
  signals[SIGNAL_FAILED] = g_signal_new ("failed",
                                         type,
                                         G_SIGNAL_RUN_LAST,
                                         0,
                                         NULL,
                                         NULL,
                                         NULL,
                                         G_TYPE_NONE,
                                         2,
                                         SC_TYPE_HELD_LINE,
                                         G_TYPE_ERROR);
}

static void
sc_held_queue_class_init (ScHeldQueueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = sc_held_queue_dispose;
  object_class->get_property = sc_held_queue_get_property;

  properties[PROP_N_HELD] = g_param_spec_uint ("n-held", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  install_signals (G_TYPE_FROM_CLASS (klass));
}

static void
sc_held_queue_init (ScHeldQueue *self)
{
  self->lines = g_list_store_new (SC_TYPE_HELD_LINE);
  g_signal_connect_object (self->lines,
                           "items-changed",
                           G_CALLBACK (on_items_changed),
                           self,
                           G_CONNECT_SWAPPED);
}

/**
 * sc_held_queue_new:
 * @client: the client of a moderator
 * @channel: the name of a channel
 *
 * Returns: (transfer full): a queue that has not asked yet
 */
ScHeldQueue *
sc_held_queue_new (ScClient *client, const char *channel)
{
  ScHeldQueue *self = g_object_new (SC_TYPE_HELD_QUEUE, NULL);
  self->client = g_object_ref (client);
  self->channel = g_strdup (channel);
  return self;
}

/**
 * sc_held_queue_refresh:
 * @self: the queue
 *
 * Asks the server, at once or as soon as it has answered the question before.
 */
void
sc_held_queue_refresh (ScHeldQueue *self)
{
  self->again = (self->asking && dex_future_is_pending (self->asking)) || self->again_source;
  if (self->again)
    return;
  dex_clear (&self->asking);
  self->asking =
    dex_future_finally (sc_client_list_held (self->client, self->channel), on_listed, self, NULL);
}

/**
 * sc_held_queue_decide:
 * @self: the queue
 * @line: what waits
 * @approve: whether all are to see it
 *
 * Decides: the message goes from the queue, or #ScHeldQueue::failed says why not.
 */
void
sc_held_queue_decide (ScHeldQueue *self, ScHeldLine *line, gboolean approve)
{
  Verdict *verdict = g_new0 (Verdict, 1);
  verdict->self = g_object_ref (self);
  verdict->line = g_object_ref (line);
  const char *id = sc_held_line_get_fields (line)->id;
  dex_future_disown (
    dex_future_finally (sc_client_decide_held (self->client, self->channel, id, approve),
                        on_decided,
                        verdict,
                        verdict_free));
}

/**
 * sc_held_queue_get_lines:
 * @self: the queue
 *
 * Returns: (transfer none): the #ScHeldLine that wait, in the order to show
 */
GListModel *
sc_held_queue_get_lines (ScHeldQueue *self)
{
  return G_LIST_MODEL (self->lines);
}

/**
 * sc_held_queue_get_n_held:
 * @self: the queue
 *
 * Returns: how many wait, as far as is known
 */
guint
sc_held_queue_get_n_held (ScHeldQueue *self)
{
  return self->lines ? g_list_model_get_n_items (G_LIST_MODEL (self->lines)) : 0;
}

/**
 * sc_held_queue_get_loaded:
 * @self: the queue
 *
 * Returns: whether the server has answered at least once
 */
gboolean
sc_held_queue_get_loaded (ScHeldQueue *self)
{
  return self->loaded;
}

/**
 * sc_held_queue_get_error:
 * @self: the queue
 *
 * Returns: (transfer none) (nullable): why the last question had no answer
 */
const GError *
sc_held_queue_get_error (ScHeldQueue *self)
{
  return self->error;
}
