/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a moderator does in the chat of a channel, whichever part of the window it is done in. The
 * server decides whether they may. What was done last can be undone for some seconds. It lives
 * until all that was ordered is answered, so that each failure is told. Main thread only. */

#include "config.h"

#include "sc-chat-moderation.h"

/* The room tells of its modes within seconds; whoever is not connected to it may not hear it. */
#define MODES_SECONDS 60

struct _ScChatModeration {
  GObject parent_instance;

  ScClient *client;
  char *channel;
  ScModerationAction *undoable;
  guint expiry_source;
  ScChatModes wanted; /* how the room is to be run, as was asked for last */
  ScChatModes known;  /* as it was known to be run then */
  gint64 wanted_until;
};

typedef enum {
  PROP_UNDOABLE = 1,
} ScChatModerationProperty;

static GParamSpec *properties[PROP_UNDOABLE + 1];

typedef enum {
  SIGNAL_DONE,
  SIGNAL_UNDONE,
  SIGNAL_CHANGED,
  SIGNAL_FAILED,
} ScChatModerationSignal;

static guint signals[SIGNAL_FAILED + 1];

G_DEFINE_FINAL_TYPE (ScChatModeration, sc_chat_moderation, G_TYPE_OBJECT)

static void set_undoable (ScChatModeration *self, ScModerationAction *action);

static void
on_expired (gpointer user_data)
{
  ScChatModeration *self = user_data;
  self->expiry_source = 0;
  set_undoable (self, NULL);
}

static void
set_undoable (ScChatModeration *self, ScModerationAction *action)
{
  g_clear_handle_id (&self->expiry_source, g_source_remove);
  if (action)
    self->expiry_source = g_timeout_add_seconds_once (SC_CHAT_UNDO_SECONDS, on_expired, self);
  if (g_set_object (&self->undoable, action))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNDOABLE]);
}

typedef struct {
  ScChatModeration *self;
  ScModerationKind kind;
  char *name; /* (nullable): whom it is about */
} Errand;

static void
errand_free (gpointer data)
{
  Errand *errand = data;
  g_object_unref (errand->self);
  g_free (errand->name);
  g_free (errand);
}

static Errand *
errand_new (ScChatModeration *self, ScModerationKind kind, const char *name)
{
  Errand *errand = g_new0 (Errand, 1);
  errand->self = g_object_ref (self);
  errand->kind = kind;
  errand->name = g_strdup (name);
  return errand;
}

static void
tell_failure (Errand *errand, const GError *error)
{
  g_signal_emit (errand->self, signals[SIGNAL_FAILED], 0, (guint) errand->kind, error);
}

static DexFuture *
on_acted (DexFuture *future, gpointer user_data)
{
  Errand *errand = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  if (!value) {
    tell_failure (errand, error);
    return dex_future_new_true ();
  }
  ScModerationAction *action = g_value_get_object (value);
  if (sc_moderation_action_get_fields (action)->undoable_until > 0)
    set_undoable (errand->self, action);
  g_signal_emit (errand->self, signals[SIGNAL_DONE], 0, action);
  return dex_future_new_true ();
}

static DexFuture *
on_undone (DexFuture *future, gpointer user_data)
{
  Errand *errand = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  if (value)
    g_signal_emit (errand->self, signals[SIGNAL_UNDONE], 0, g_value_get_object (value));
  else
    tell_failure (errand, error);
  return dex_future_new_true ();
}

/* The answer to a change is how many calls to the room are still to be made, or settings that say.
 */
static guint
get_pending (const GValue *value)
{
  if (G_VALUE_HOLDS_UINT (value))
    return g_value_get_uint (value);
  const ScChatSettings *settings = g_value_get_boxed (value);
  return settings->pending;
}

static DexFuture *
on_changed (DexFuture *future, gpointer user_data)
{
  Errand *errand = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  if (!value) {
    if (errand->kind == SC_MODERATION_MODES)
      errand->self->wanted_until = 0;
    tell_failure (errand, error);
    return dex_future_new_true ();
  }
  const ScModerationActionFields change = {
    .kind = errand->kind,
    .person_name = errand->name,
    .pending = get_pending (value),
  };
  g_autoptr (ScModerationAction) action = sc_moderation_action_new (&change);
  g_signal_emit (errand->self, signals[SIGNAL_CHANGED], 0, action);
  return dex_future_new_true ();
}

static void
sc_chat_moderation_dispose (GObject *object)
{
  ScChatModeration *self = SC_CHAT_MODERATION (object);

  g_clear_handle_id (&self->expiry_source, g_source_remove);
  g_clear_object (&self->undoable);

  G_OBJECT_CLASS (sc_chat_moderation_parent_class)->dispose (object);
}

static void
sc_chat_moderation_finalize (GObject *object)
{
  ScChatModeration *self = SC_CHAT_MODERATION (object);

  g_object_unref (self->client);
  g_free (self->channel);

  G_OBJECT_CLASS (sc_chat_moderation_parent_class)->finalize (object);
}

static void
sc_chat_moderation_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScChatModeration *self = SC_CHAT_MODERATION (object);

  switch ((ScChatModerationProperty) id) {
  case PROP_UNDOABLE:
    g_value_set_object (value, self->undoable);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
install_signals (GType type)
{
  /**
   * ScChatModeration::done:
   * @action: what was done
   */
  signals[SIGNAL_DONE] = g_signal_new ("done",
                                       type,
                                       G_SIGNAL_RUN_LAST,
                                       0,
                                       NULL,
                                       NULL,
                                       NULL,
                                       G_TYPE_NONE,
                                       1,
                                       SC_TYPE_MODERATION_ACTION);
  /**
   * ScChatModeration::undone:
   * @action: what was undone
   */
  signals[SIGNAL_UNDONE] = g_signal_new ("undone",
                                         type,
                                         G_SIGNAL_RUN_LAST,
                                         0,
                                         NULL,
                                         NULL,
                                         NULL,
                                         G_TYPE_NONE,
                                         1,
                                         SC_TYPE_MODERATION_ACTION);
  /**
   * ScChatModeration::changed:
   * @action: what was changed about the room or its moderators; without an id, and not undoable
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed",
                                          type,
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          1,
                                          SC_TYPE_MODERATION_ACTION);
  /**
   * ScChatModeration::failed:
   * @kind: the #ScModerationKind of what was not done, or not undone
   * @error: why, of any domain
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
                                         G_TYPE_UINT,
                                         G_TYPE_ERROR);
}

static void
sc_chat_moderation_class_init (ScChatModerationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sc_chat_moderation_dispose;
  object_class->finalize = sc_chat_moderation_finalize;
  object_class->get_property = sc_chat_moderation_get_property;

  properties[PROP_UNDOABLE] =
    g_param_spec_object ("undoable",
                         NULL,
                         NULL,
                         SC_TYPE_MODERATION_ACTION,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  install_signals (G_TYPE_FROM_CLASS (klass));
}

static void
sc_chat_moderation_init (ScChatModeration *self)
{
}

/**
 * sc_chat_moderation_new:
 * @client: the client of whoever is signed in
 * @channel: the name of a channel
 *
 * Returns: (transfer full): what is done in the channel's chat
 */
ScChatModeration *
sc_chat_moderation_new (ScClient *client, const char *channel)
{
  ScChatModeration *self = g_object_new (SC_TYPE_CHAT_MODERATION, NULL);
  self->client = g_object_ref (client);
  self->channel = g_strdup (channel);
  return self;
}

/**
 * sc_chat_moderation_get_client:
 * @self: what is done in a chat
 *
 * Returns: (transfer none): the client, for what else there is to ask
 */
ScClient *
sc_chat_moderation_get_client (ScChatModeration *self)
{
  return self->client;
}

/**
 * sc_chat_moderation_get_channel:
 * @self: what is done in a chat
 *
 * Returns: the name of the channel
 */
const char *
sc_chat_moderation_get_channel (ScChatModeration *self)
{
  return self->channel;
}

/**
 * sc_chat_moderation_act:
 * @self: what is done in a chat
 * @order: what is to be done
 *
 * Has it done: #ScChatModeration::done or #ScChatModeration::failed says what became of it.
 */
void
sc_chat_moderation_act (ScChatModeration *self, const ScModerationOrder *order)
{
  dex_future_disown (dex_future_finally (sc_client_act (self->client, self->channel, order),
                                         on_acted,
                                         errand_new (self, order->kind, order->user_name),
                                         errand_free));
}

/**
 * sc_chat_moderation_undo:
 * @self: what is done in a chat
 * @action: what was done within the last %SC_CHAT_UNDO_SECONDS
 *
 * Undoes something: #ScChatModeration::undone or #ScChatModeration::failed says what became of it.
 */
void
sc_chat_moderation_undo (ScChatModeration *self, ScModerationAction *action)
{
  const ScModerationActionFields *fields = sc_moderation_action_get_fields (action);
  Errand *errand = errand_new (self, fields->kind, fields->person_name);
  DexFuture *undoing = sc_client_undo_action (self->client, self->channel, fields->id);
  dex_future_disown (dex_future_finally (undoing, on_undone, errand, errand_free));
  if (action == self->undoable)
    set_undoable (self, NULL);
}

/**
 * sc_chat_moderation_get_modes:
 * @self: what is done in a chat
 * @known: how the room is run, as is known
 *
 * Returns: (transfer none): what a change has to begin from: what was asked for and the room has
 *   not told of yet, or @known
 */
const ScChatModes *
sc_chat_moderation_get_modes (ScChatModeration *self, const ScChatModes *known)
{
  gboolean is_wanted = g_get_monotonic_time () < self->wanted_until;
  return is_wanted && sc_chat_modes_equal (known, &self->known) ? &self->wanted : known;
}

/**
 * sc_chat_moderation_set_modes:
 * @self: what is done in a chat
 * @known: how the room is run, as is known
 * @modes: how the room is to be run
 *
 * Has the room run so: #ScChatModeration::changed or #ScChatModeration::failed says what became of
 * it.
 */
void
sc_chat_moderation_set_modes (ScChatModeration *self,
                              const ScChatModes *known,
                              const ScChatModes *modes)
{
  self->known = *known;
  self->wanted = *modes;
  self->wanted_until = g_get_monotonic_time () + MODES_SECONDS * G_USEC_PER_SEC;
  dex_future_disown (
    dex_future_finally (sc_client_set_chat_modes (self->client, self->channel, modes),
                        on_changed,
                        errand_new (self, SC_MODERATION_MODES, NULL),
                        errand_free));
}

/**
 * sc_chat_moderation_set_moderator:
 * @self: what is done in a chat of one's own
 * @name: somebody's name
 * @moderates: whether they are to moderate it
 *
 * Makes or lets go a moderator: #ScChatModeration::changed or #ScChatModeration::failed says what
 * became of it.
 */
void
sc_chat_moderation_set_moderator (ScChatModeration *self, const char *name, gboolean moderates)
{
  ScModerationKind kind = moderates ? SC_MODERATION_MOD : SC_MODERATION_UNMOD;
  dex_future_disown (
    dex_future_finally (sc_client_set_moderator (self->client, self->channel, name, moderates),
                        on_changed,
                        errand_new (self, kind, name),
                        errand_free));
}

/**
 * sc_chat_moderation_get_undoable:
 * @self: what is done in a chat
 *
 * Returns: (transfer none) (nullable): what was done last, while it can be undone
 */
ScModerationAction *
sc_chat_moderation_get_undoable (ScChatModeration *self)
{
  return self->undoable;
}
