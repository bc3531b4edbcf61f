/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One's own channel, kept up to date: it is read again and again while somebody watches, quickly
 * while it is being prepared, since each reading also moves that on. Main thread only; the page
 * that shows it owns it.
 */

#include "config.h"

#include "sc-own-channel.h"

#include "sc-future.h"

/* While it is prepared a person waits and watches; each reading makes at most one call upstream. */
#define PREPARING_INTERVAL_MS 1000

/* An encoder that starts is seen within this on top of the server's own knowledge. */
#define READY_INTERVAL_MS 3000

/* Each reading tries again what failed; Retry does not wait for it. */
#define FAILED_INTERVAL_MS 15000

#define UNREACHABLE_INTERVAL_MS 5000

struct _ScOwnChannel {
  GObject parent_instance;

  ScClient *client;
  ScChannel *channel;
  GError *error;
  DexFuture *watching;
  guint n_changes; /* that were answered: a reading from before the last one says what was */
};

G_DEFINE_FINAL_TYPE (ScOwnChannel, sc_own_channel, G_TYPE_OBJECT)

typedef struct {
  GWeakRef own_channel;
  guint n_changes; /* when it last asked */
} Watch;

static void
watch_free (Watch *watch)
{
  g_weak_ref_clear (&watch->own_channel);
  g_free (watch);
}

static void
take_channel (ScOwnChannel *self, ScChannel *newer)
{
  if (self->channel)
    sc_channel_update (self->channel, newer);
  else
    self->channel = g_object_ref (newer);
  g_clear_error (&self->error);
  g_signal_emit_by_name (self, "updated");
}

static void
take_error (ScOwnChannel *self, const GError *error)
{
  g_clear_error (&self->error);
  self->error = g_error_copy (error);
  g_signal_emit_by_name (self, "updated");
}

static guint
choose_interval (ScOwnChannel *self)
{
  if (self->error)
    return UNREACHABLE_INTERVAL_MS;
  switch (sc_channel_get_state (self->channel)) {
  case SC_CHANNEL_PROVISIONING:
    return PREPARING_INTERVAL_MS;
  case SC_CHANNEL_FAILED:
    return FAILED_INTERVAL_MS;
  case SC_CHANNEL_READY:
  default:
    return sc_channel_get_key_resetting (self->channel) ? PREPARING_INTERVAL_MS : READY_INTERVAL_MS;
  }
}

static DexFuture *
start_reading (Watch *watch)
{
  g_autoptr (ScOwnChannel) self = g_weak_ref_get (&watch->own_channel);
  if (!self)
    return NULL;
  watch->n_changes = self->n_changes;
  return sc_client_get_own_channel (self->client);
}

/* Returns how long to wait for the next reading, or 0 to end. */
static guint
take_reading (Watch *watch, ScChannel *newer, const GError *error)
{
  g_autoptr (ScOwnChannel) self = g_weak_ref_get (&watch->own_channel);
  if (!self || sc_error_is_cancelled (error))
    return 0;
  if (newer && watch->n_changes == self->n_changes)
    take_channel (self, newer);
  else if (!newer)
    take_error (self, error);
  return self->watching ? choose_interval (self) : 0;
}

static DexFuture *
watch_fiber (gpointer user_data)
{
  Watch *watch = user_data;
  DexFuture *reading = NULL;
  while ((reading = start_reading (watch))) {
    g_autoptr (GError) error = NULL;
    g_autoptr (ScChannel) newer = dex_await_object (reading, &error);
    guint interval_ms = take_reading (watch, newer, error);
    if (interval_ms == 0)
      break;

    /* A timeout always rejects; only a cancellation ends the watch. */
    g_autoptr (GError) ended = NULL;
    (void) dex_await (dex_timeout_new_msec (interval_ms), &ended);
    if (sc_error_is_cancelled (ended))
      break;
  }
  return dex_future_new_true ();
}

static void
sc_own_channel_dispose (GObject *object)
{
  ScOwnChannel *self = SC_OWN_CHANNEL (object);

  dex_clear (&self->watching);
  g_clear_object (&self->client);
  g_clear_object (&self->channel);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (sc_own_channel_parent_class)->dispose (object);
}

static void
sc_own_channel_class_init (ScOwnChannelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sc_own_channel_dispose;

  /**
   * ScOwnChannel::updated:
   *
   * There is a new reading: sc_own_channel_get_channel() or sc_own_channel_get_error() changed.
   */
  g_signal_new ("updated",
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
sc_own_channel_init (ScOwnChannel *self)
{
}

/**
 * sc_own_channel_new:
 * @client: the client, with a token
 *
 * Returns: (transfer full): one's own channel, not read yet
 */
ScOwnChannel *
sc_own_channel_new (ScClient *client)
{
  ScOwnChannel *self = g_object_new (SC_TYPE_OWN_CHANNEL, NULL);
  self->client = g_object_ref (client);
  return self;
}

/**
 * sc_own_channel_get_client:
 * @self: one's own channel
 *
 * Returns: (transfer none): what reads it
 */
ScClient *
sc_own_channel_get_client (ScOwnChannel *self)
{
  return self->client;
}

/**
 * sc_own_channel_start:
 * @self: one's own channel
 *
 * Reads the channel now, and goes on reading until sc_own_channel_stop().
 */
void
sc_own_channel_start (ScOwnChannel *self)
{
  Watch *watch = g_new0 (Watch, 1);
  g_weak_ref_init (&watch->own_channel, self);
  dex_clear (&self->watching);
  self->watching = sc_spawn (watch_fiber, watch, (GDestroyNotify) watch_free);
}

/**
 * sc_own_channel_stop:
 * @self: one's own channel
 *
 * Stops reading; what was read stays.
 */
void
sc_own_channel_stop (ScOwnChannel *self)
{
  dex_clear (&self->watching);
}

/**
 * sc_own_channel_get_channel:
 * @self: one's own channel
 *
 * Returns: (transfer none) (nullable): the channel as last read
 */
ScChannel *
sc_own_channel_get_channel (ScOwnChannel *self)
{
  return self->channel;
}

/**
 * sc_own_channel_get_error:
 * @self: one's own channel
 *
 * Returns: (transfer none) (nullable): why the last reading failed, %NULL if it did not
 */
const GError *
sc_own_channel_get_error (ScOwnChannel *self)
{
  return self->error;
}

static DexFuture *
on_changed (DexFuture *future, gpointer user_data)
{
  ScOwnChannel *self = user_data;
  self->n_changes++;
  take_channel (self, g_value_get_object (dex_future_get_value (future, NULL)));
  return dex_ref (future);
}

/**
 * sc_own_channel_change:
 * @self: one's own channel
 * @change: what is to be another
 *
 * Returns: (transfer full): a future that resolves to a %SC_TYPE_CHANNEL when the server has it
 */
DexFuture *
sc_own_channel_change (ScOwnChannel *self, const ScChannelChange *change)
{
  return dex_future_then (sc_client_change_channel (self->client, change),
                          on_changed,
                          g_object_ref (self),
                          g_object_unref);
}

/**
 * sc_own_channel_reset_key:
 * @self: one's own channel
 * @stops: whether a running stream ends
 *
 * Gives the channel another stream key; sc_channel_get_key_resetting() says until when that takes.
 *
 * Returns: (transfer full): a future that resolves to a %SC_TYPE_CHANNEL when it has begun
 */
DexFuture *
sc_own_channel_reset_key (ScOwnChannel *self, gboolean stops)
{
  return dex_future_then (sc_client_reset_stream_key (self->client, stops),
                          on_changed,
                          g_object_ref (self),
                          g_object_unref);
}
