/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How the own stream goes, kept up to date while started. Main thread only. */

#include "config.h"

#include "sc-stream-watch.h"

#include "sc-refresh.h"

/* Amazon IVS measures as often; what begins and ends is told in the room at once. */
#define REFRESH_MS 5000

struct _ScStreamWatch {
  GObject parent_instance;

  ScClient *client;
  ScStreamStatus *status;
  GError *error;
  gint64 answered_at;
  DexFuture *refreshing;
};

static guint refreshed_signal;

G_DEFINE_FINAL_TYPE (ScStreamWatch, sc_stream_watch, G_TYPE_OBJECT)

static DexFuture *
ask (ScClient *client, const char *name)
{
  return sc_client_get_stream_status (client);
}

static void
take_answer (gpointer owner, gpointer newer, GError *error)
{
  ScStreamWatch *self = owner;
  g_clear_error (&self->error);
  self->error = error;
  if (newer) {
    g_set_object (&self->status, newer);
    self->answered_at = g_get_real_time ();
  }
  g_signal_emit (self, refreshed_signal, 0);
}

static const ScRefresh refresh = {
  .interval_ms = REFRESH_MS,
  .ask = ask,
  .take = take_answer,
};

static void
sc_stream_watch_dispose (GObject *object)
{
  ScStreamWatch *self = SC_STREAM_WATCH (object);

  dex_clear (&self->refreshing);
  g_clear_object (&self->client);
  g_clear_object (&self->status);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (sc_stream_watch_parent_class)->dispose (object);
}

static void
sc_stream_watch_class_init (ScStreamWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sc_stream_watch_dispose;

  /**
   * ScStreamWatch::refreshed:
   *
   * The server has answered or failed to, whether or not anything changed.
   */
  refreshed_signal = g_signal_new ("refreshed",
                                   G_TYPE_FROM_CLASS (klass),
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   0);
}

static void
sc_stream_watch_init (ScStreamWatch *self)
{
}

/**
 * sc_stream_watch_new:
 * @client: the client, with a token
 *
 * Returns: (transfer full): a watch that does not ask yet
 */
ScStreamWatch *
sc_stream_watch_new (ScClient *client)
{
  ScStreamWatch *self = g_object_new (SC_TYPE_STREAM_WATCH, NULL);
  self->client = g_object_ref (client);
  return self;
}

/**
 * sc_stream_watch_start:
 * @self: the watch
 *
 * Asks now, and every few seconds until sc_stream_watch_stop().
 */
void
sc_stream_watch_start (ScStreamWatch *self)
{
  dex_clear (&self->refreshing);
  self->refreshing = sc_refresh_start (&refresh, self, self->client, NULL);
}

/**
 * sc_stream_watch_refresh:
 * @self: the watch
 *
 * Asks now instead of later, if it is started.
 */
void
sc_stream_watch_refresh (ScStreamWatch *self)
{
  if (self->refreshing)
    sc_stream_watch_start (self);
}

/**
 * sc_stream_watch_stop:
 * @self: the watch
 *
 * Asks no more; what is known stays.
 */
void
sc_stream_watch_stop (ScStreamWatch *self)
{
  dex_clear (&self->refreshing);
}

/**
 * sc_stream_watch_set_wanted:
 * @self: the watch
 * @is_wanted: whether it is to ask
 *
 * Starts or stops it, unless it is so already.
 */
void
sc_stream_watch_set_wanted (ScStreamWatch *self, gboolean is_wanted)
{
  if (!is_wanted)
    sc_stream_watch_stop (self);
  else if (!self->refreshing)
    sc_stream_watch_start (self);
}

/**
 * sc_stream_watch_get_status:
 * @self: the watch
 *
 * Returns: (transfer none) (nullable): how the stream went when the server last answered
 */
ScStreamStatus *
sc_stream_watch_get_status (ScStreamWatch *self)
{
  return self->status;
}

/**
 * sc_stream_watch_get_error:
 * @self: the watch
 *
 * Returns: (transfer none) (nullable): why the server gave no answer when it was last asked, %NULL
 *   if it gave one
 */
const GError *
sc_stream_watch_get_error (ScStreamWatch *self)
{
  return self->error;
}

/**
 * sc_stream_watch_get_answered_at:
 * @self: the watch
 *
 * Returns: when the status came, microseconds since the epoch; 0 while there is none
 */
gint64
sc_stream_watch_get_answered_at (ScStreamWatch *self)
{
  return self->answered_at;
}
