/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A thread that calls tick again and again. */

#include "config.h"

#include "sc-ticker.h"

struct _ScTicker {
  ScService *service;
  ScTickFunc func;
  gint64 period_us;
  GThread *thread;
  GMutex lock;
  GCond wake;
  gboolean stopping;
};

/* Waits for the next turn. Returns FALSE when there is none. */
static gboolean
wait_for_turn (ScTicker *self, gint64 turn)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  while (!self->stopping && g_cond_wait_until (&self->wake, &self->lock, turn))
    ;
  return !self->stopping;
}

static gpointer
run (gpointer data)
{
  ScTicker *self = data;
  gint64 turn = g_get_monotonic_time ();
  while (wait_for_turn (self, turn)) {
    g_autoptr (GError) error = NULL;
    if (!self->func (self->service, &error))
      g_message ("tick: %s", error->message);
    turn = g_get_monotonic_time () + self->period_us;
  }
  return NULL;
}

/**
 * sc_ticker_new:
 * @service: whose tick is called; outlives the ticker
 * @func: the tick
 * @seconds: how long to rest between two
 *
 * Starts the thread; the first tick comes at once.
 *
 * Returns: (transfer full): the ticker
 */
ScTicker *
sc_ticker_new (ScService *service, ScTickFunc func, guint seconds)
{
  ScTicker *self = g_new0 (ScTicker, 1);
  self->service = service;
  self->func = func;
  self->period_us = seconds * G_TIME_SPAN_SECOND;
  g_mutex_init (&self->lock);
  g_cond_init (&self->wake);
  self->thread = g_thread_new ("tick", run, self);
  return self;
}

/**
 * sc_ticker_free:
 * @self: (nullable): a ticker
 *
 * Waits for a tick that runs.
 */
void
sc_ticker_free (ScTicker *self)
{
  if (!self)
    return;
  g_mutex_lock (&self->lock);
  self->stopping = TRUE;
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->lock);
  g_thread_join (self->thread);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->wake);
  g_free (self);
}
