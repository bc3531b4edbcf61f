/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Whether who is signed in follows a channel, and wants to be told when it goes live. What is
 * wanted shows at once, and is taken back where the server does not take it. One request is on its
 * way at a time: who changes their mind meanwhile is heard when it is answered, so that the server
 * never has the older word last. Whoever leaves the page before that is heard, too: it lives until
 * the server has what is wanted. Main thread only.
 */

#include "config.h"

#include "sc-following.h"

#include "sc-follow.h"
#include "sc-future.h"

typedef struct {
  ScFollowing *following; /* until it is settled */
  ScClient *client;
  char *channel;
} SettleArgs;

struct _ScFollowing {
  GObject parent_instance;

  ScSession *session;
  char *channel;
  gboolean answered;         /* the server has said how it is, or failed to */
  gboolean confirmed;        /* what the server has */
  gboolean following;        /* what is shown */
  gint64 followers;          /* with what is confirmed; -1 while not known */
  gboolean notify;           /* who follows wants to be told when it goes live, as is shown */
  gboolean notify_confirmed; /* what the server has */
  DexFuture *asking;
  gboolean ask_due; /* once nothing is on its way any more */
  DexFuture *setting;
  const SettleArgs *settling; /* (nullable): of the fiber that settles; one that finds others here
                               * was for somebody who is gone */
};

typedef enum {
  SIGNAL_CHANGED,
  SIGNAL_SETTLED,
  SIGNAL_FAILED,
  SIGNAL_BELL_FAILED,
} ScFollowingSignal;

static guint signals[SIGNAL_BELL_FAILED + 1];

G_DEFINE_FINAL_TYPE (ScFollowing, sc_following, G_TYPE_OBJECT)

static void
show (ScFollowing *self, gboolean following)
{
  self->following = following;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static DexFuture *
on_asked (DexFuture *future, gpointer user_data)
{
  g_autoptr (ScFollowing) self = g_object_ref (user_data);
  const GValue *value = dex_future_get_value (future, NULL);
  const ScFollow *follow = value ? g_value_get_boxed (value) : NULL;
  self->answered = TRUE;
  if (follow) {
    self->confirmed = follow->following;
    self->followers = follow->followers;
    self->notify = self->notify_confirmed = follow->notify;
  }
  show (self, self->confirmed);
  return dex_future_new_true ();
}

/* Whoever is there now may follow other channels. */
static void
forget (ScFollowing *self)
{
  dex_clear (&self->asking);
  dex_clear (&self->setting);
  self->settling = NULL;
  self->ask_due = FALSE;
  self->answered = FALSE;
  self->confirmed = FALSE;
  self->followers = -1;
  self->notify = self->notify_confirmed = FALSE;
  show (self, FALSE);
  sc_following_ask (self);
}

static void
settle_args_free (gpointer data)
{
  SettleArgs *args = data;
  g_object_unref (args->following);
  g_object_unref (args->client);
  g_free (args->channel);
  g_free (args);
}

/* Returns (transfer full) (nullable): what is to be settled, if it is still for the same person. */
static ScFollowing *
dup_following (SettleArgs *args)
{
  return args->following->settling == args ? g_object_ref (args->following) : NULL;
}

/* Of a channel that is not followed nobody is told. */
static gboolean
is_settled (ScFollowing *self)
{
  return self->following == self->confirmed &&
         (!self->following || self->notify == self->notify_confirmed);
}

static void
take_follow_answer (ScFollowing *self, gboolean wanted, const GError *error)
{
  if (error) {
    gboolean still_wanted = self->following == wanted;
    show (self, self->confirmed);
    if (still_wanted)
      g_signal_emit (self, signals[SIGNAL_FAILED], 0, wanted, error);
    return;
  }
  if (self->followers >= 0)
    self->followers = MAX (0, self->followers + wanted - self->confirmed);
  self->confirmed = wanted;
  self->notify_confirmed = TRUE; /* as whoever begins to follow wants */
  self->answered = TRUE;
  g_signal_emit (self, signals[SIGNAL_SETTLED], 0);
}

static void
take_bell_answer (ScFollowing *self, gboolean wanted, const GError *error)
{
  if (!error) {
    self->notify_confirmed = wanted;
    return;
  }
  gboolean still_wanted = self->following && self->notify == wanted;
  self->notify = self->notify_confirmed;
  show (self, self->following);
  if (still_wanted)
    g_signal_emit (self, signals[SIGNAL_BELL_FAILED], 0, wanted, error);
}

/* Until the server has what is shown. */
static DexFuture *
settle_fiber (gpointer data)
{
  SettleArgs *args = data;
  g_autoptr (ScFollowing) self = dup_following (args);
  while (self && !is_settled (self)) {
    g_autoptr (GError) error = NULL;
    gboolean is_bell = self->following == self->confirmed;
    gboolean wanted = is_bell ? self->notify : self->following;
    g_clear_object (&self);
    dex_await (is_bell ? sc_client_set_notify (args->client, args->channel, wanted)
                       : sc_client_set_following (args->client, args->channel, wanted),
               &error);
    self = dup_following (args);
    if (self && is_bell)
      take_bell_answer (self, wanted, error);
    else if (self)
      take_follow_answer (self, wanted, error);
    if (self && self->settling != args) /* who was told has signed out */
      g_clear_object (&self);
  }
  if (self) {
    self->settling = NULL;
    if (self->ask_due)
      sc_following_ask (self);
  }
  return NULL;
}

/* What is on its way is answered first. */
static void
settle (ScFollowing *self)
{
  if (self->settling)
    return;
  self->ask_due = self->asking && dex_future_is_pending (self->asking);
  dex_clear (&self->asking); /* what is on its way is of before */
  SettleArgs *args = g_new0 (SettleArgs, 1);
  args->following = g_object_ref (self);
  args->client = g_object_ref (sc_session_get_client (self->session));
  args->channel = g_strdup (self->channel);
  self->settling = args;
  dex_clear (&self->setting);
  self->setting = sc_spawn (settle_fiber, args, settle_args_free);
}

static void
sc_following_dispose (GObject *object)
{
  ScFollowing *self = SC_FOLLOWING (object);

  dex_clear (&self->asking);
  dex_clear (&self->setting);
  self->settling = NULL;
  g_clear_object (&self->session);
  g_clear_pointer (&self->channel, g_free);

  G_OBJECT_CLASS (sc_following_parent_class)->dispose (object);
}

static void
sc_following_class_init (ScFollowingClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sc_following_dispose;

  /**
   * ScFollowing::changed:
   *
   * What is to be shown may be another.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * ScFollowing::settled:
   *
   * The server has taken whether they follow the channel.
   */
  signals[SIGNAL_SETTLED] =
    g_signal_new ("settled", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * ScFollowing::failed:
   * @wanted: what was wanted
   * @error: why it is not so
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
                                         G_TYPE_BOOLEAN,
                                         G_TYPE_ERROR);

  /**
   * ScFollowing::bell-failed:
   * @wanted: whether they wanted to be told
   * @error: why it is not so
   */
  signals[SIGNAL_BELL_FAILED] = g_signal_new ("bell-failed",
                                              type,
                                              G_SIGNAL_RUN_LAST,
                                              0,
                                              NULL,
                                              NULL,
                                              NULL,
                                              G_TYPE_NONE,
                                              2,
                                              G_TYPE_BOOLEAN,
                                              G_TYPE_ERROR);
}

static void
sc_following_init (ScFollowing *self)
{
  self->followers = -1;
}

/**
 * sc_following_new:
 * @session: who is signed in
 * @channel: the name of a channel
 *
 * Returns: (transfer full): whether they follow it, which nobody has asked for yet; it asks itself
 *   when somebody else signs in
 */
ScFollowing *
sc_following_new (ScSession *session, const char *channel)
{
  ScFollowing *self = g_object_new (SC_TYPE_FOLLOWING, NULL);
  self->session = g_object_ref (session);
  self->channel = g_strdup (channel);
  g_signal_connect_object (session, "notify::name", G_CALLBACK (forget), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * sc_following_ask:
 * @self: whether somebody follows a channel
 *
 * Asks the server, if there is somebody and the channel is not theirs; once what is wanted has
 * come there, if that is on its way.
 */
void
sc_following_ask (ScFollowing *self)
{
  if (!sc_session_get_signed_in (self->session) || sc_following_get_own (self))
    return;
  self->ask_due = self->settling != NULL;
  if (self->ask_due)
    return;
  dex_clear (&self->asking);
  self->asking =
    dex_future_finally (sc_client_get_follow (sc_session_get_client (self->session), self->channel),
                        on_asked,
                        self,
                        NULL);
}

/**
 * sc_following_set:
 * @self: whether somebody who is signed in follows a channel
 * @following: what they want
 *
 * Shows it at once, and tells the server.
 */
void
sc_following_set (ScFollowing *self, gboolean following)
{
  if (self->following == following)
    return;
  self->answered = TRUE;
  if (!self->confirmed)
    self->notify = TRUE; /* as whoever begins to follow wants */
  show (self, following);
  settle (self);
}

/**
 * sc_following_get_own:
 * @self: whether somebody follows a channel
 *
 * Returns: whether it is their own channel, which nobody follows
 */
gboolean
sc_following_get_own (ScFollowing *self)
{
  const char *name = sc_session_get_name (self->session);
  return name && g_ascii_strcasecmp (name, self->channel) == 0;
}

/**
 * sc_following_get_ready:
 * @self: whether somebody follows a channel
 *
 * Returns: whether it is known as well as it can be, so that it can be changed
 */
gboolean
sc_following_get_ready (ScFollowing *self)
{
  return self->answered || !sc_session_get_signed_in (self->session);
}

/**
 * sc_following_get_following:
 * @self: whether somebody follows a channel
 *
 * Returns: whether they do, or want to
 */
gboolean
sc_following_get_following (ScFollowing *self)
{
  return self->following;
}

/**
 * sc_following_get_followers:
 * @self: whether somebody follows a channel
 *
 * Returns: how many do, with them if they want to; -1 while that is not known
 */
gint64
sc_following_get_followers (ScFollowing *self)
{
  return self->followers < 0 ? -1 : MAX (0, self->followers + self->following - self->confirmed);
}

/**
 * sc_following_set_notify:
 * @self: that somebody follows a channel, as the server knows
 * @notify: whether they want to be told when it goes live
 *
 * Shows it at once, and tells the server.
 */
void
sc_following_set_notify (ScFollowing *self, gboolean notify)
{
  gboolean shown;
  if (!sc_following_get_bell (self, &shown) || shown == notify)
    return;
  self->notify = notify;
  show (self, self->following);
  settle (self);
}

/**
 * sc_following_get_bell:
 * @self: whether somebody follows a channel
 * @ret_notify: (out): whether they want to be told when it goes live; untouched if they do not
 *   follow it
 *
 * Returns: whether the server knows that they follow it, so that this can be changed
 */
gboolean
sc_following_get_bell (ScFollowing *self, gboolean *ret_notify)
{
  if (!self->confirmed || !self->following)
    return FALSE;
  *ret_notify = self->notify;
  return TRUE;
}
