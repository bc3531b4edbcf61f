/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The pool of connections to PostgreSQL. Any thread may acquire; a thread that finds none waits a
 * bounded time in a bounded crowd and then gets an error that becomes "503, try again". */

#include "config.h"

#include "sc-store.h"

#include "sc-store-private.h"

/* "503 within 2 s": what waits longer is better told to come again. */
#define DEFAULT_WAIT_MS 2000

/* More waiting threads than this cannot be served within the wait. */
#define MAX_WAITING 64

/* An idle connection older than this is asked before it is used: its peer may have gone in a
 * silence that closed nothing, or this process was frozen between two calls. */
#define SUSPECT_AFTER_US (10 * G_USEC_PER_SEC)

struct _ScStore {
  GMutex lock;
  GCond returned;
  GQueue idle; /* of ScStoreConnection, most recently used first */
  guint open;
  guint waiting;
  guint max;
  guint wait_ms;
  gint64 suspect_before; /* of the monotonic clock: what was idle then is asked before it is used */

  GMutex conninfo_lock;
  ScStoreConninfoFunc conninfo;
  gpointer conninfo_data;
  GDestroyNotify conninfo_destroy;

  ScStoreGateFunc gate;
  gpointer gate_data;
  ScStoreGateFunc exit_gate;
  gpointer exit_gate_data;
};

static char *
dup_fixed_conninfo (gboolean again, gpointer user_data, GError **error)
{
  return g_strdup (user_data);
}

/**
 * sc_store_new:
 * @conninfo: a libpq connection string
 * @max_connections: the most connections at once, usually %SC_STORE_MAX_CONNECTIONS
 *
 * Makes a pool. Nothing is connected before the first sc_store_acquire().
 *
 * Returns: (transfer full): the pool
 */
ScStore *
sc_store_new (const char *conninfo, guint max_connections)
{
  return sc_store_new_full (dup_fixed_conninfo, g_strdup (conninfo), g_free, max_connections);
}

/**
 * sc_store_new_full:
 * @conninfo: says where the database is, asked for each new connection
 * @user_data: for @conninfo
 * @destroy: (nullable): frees @user_data
 * @max_connections: the most connections at once
 *
 * As sc_store_new(), for a password that can change while the program runs: one refused login asks
 * @conninfo again.
 *
 * Returns: (transfer full): the pool
 */
ScStore *
sc_store_new_full (ScStoreConninfoFunc conninfo,
                   gpointer user_data,
                   GDestroyNotify destroy,
                   guint max_connections)
{
  ScStore *self = g_new0 (ScStore, 1);
  g_mutex_init (&self->lock);
  g_cond_init (&self->returned);
  g_queue_init (&self->idle);
  g_mutex_init (&self->conninfo_lock);
  self->max = max_connections;
  self->wait_ms = DEFAULT_WAIT_MS;
  self->conninfo = conninfo;
  self->conninfo_data = user_data;
  self->conninfo_destroy = destroy;
  return self;
}

static void
free_connection (ScStoreConnection *connection)
{
  sc_store_connection_close (connection);
  g_free (connection);
}

/**
 * sc_store_free:
 * @self: (nullable): a pool whose connections are all released
 */
void
sc_store_free (ScStore *self)
{
  if (!self)
    return;
  g_queue_clear_full (&self->idle, (GDestroyNotify) free_connection);
  if (self->conninfo_destroy)
    self->conninfo_destroy (self->conninfo_data);
  g_mutex_clear (&self->conninfo_lock);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->returned);
  g_free (self);
}

/**
 * sc_store_set_wait:
 * @self: a pool that no thread uses yet
 * @milliseconds: how long sc_store_acquire() waits for a connection to come back
 */
void
sc_store_set_wait (ScStore *self, guint milliseconds)
{
  self->wait_ms = milliseconds;
}

/**
 * sc_store_suspect_idle:
 * @self: a pool
 *
 * Has every connection that is idle now asked before it is used again: this process was paused,
 * and its clock may not have counted that. Any thread.
 */
void
sc_store_suspect_idle (ScStore *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  self->suspect_before = g_get_monotonic_time ();
}

/**
 * sc_store_set_gate:
 * @self: a pool that no other thread uses
 * @gate: (nullable): asked before each statement
 * @user_data: for @gate
 */
void
sc_store_set_gate (ScStore *self, ScStoreGateFunc gate, gpointer user_data)
{
  self->gate = gate;
  self->gate_data = user_data;
}

/**
 * sc_store_pass_gate:
 * @self: a pool
 * @sql: the statement that is about to be sent
 * @error: why it may not pass
 *
 * Returns: %TRUE if it may be sent
 */
gboolean
sc_store_pass_gate (ScStore *self, const char *sql, GError **error)
{
  return !self->gate || self->gate (sql, self->gate_data, error);
}

/**
 * sc_store_set_exit_gate:
 * @self: a pool that no other thread uses
 * @gate: (nullable): asked after each statement that worked; %FALSE loses its answer
 * @user_data: for @gate
 *
 * How a test makes the outcome of a statement unknown to its caller.
 */
void
sc_store_set_exit_gate (ScStore *self, ScStoreGateFunc gate, gpointer user_data)
{
  self->exit_gate = gate;
  self->exit_gate_data = user_data;
}

/**
 * sc_store_pass_exit_gate:
 * @self: a pool
 * @sql: a statement that worked
 * @error: what its caller gets instead
 *
 * Returns: %TRUE if the caller may know
 */
gboolean
sc_store_pass_exit_gate (ScStore *self, const char *sql, GError **error)
{
  return !self->exit_gate || self->exit_gate (sql, self->exit_gate_data, error);
}

/* Takes an idle connection, or the right to open a new one, which is a connection without PGconn.
 * Called with the lock held. */
static ScStoreConnection *
take_slot (ScStore *self)
{
  ScStoreConnection *connection = g_queue_pop_head (&self->idle);
  if (connection || self->open >= self->max)
    return connection;
  self->open++;
  connection = g_new0 (ScStoreConnection, 1);
  connection->store = self;
  return connection;
}

static ScStoreConnection *
wait_for_slot (ScStore *self, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  ScStoreConnection *connection = take_slot (self);
  if (connection)
    return connection;

  gint64 deadline = g_get_monotonic_time () + (gint64) self->wait_ms * 1000;
  gboolean in_time = self->waiting < MAX_WAITING;
  self->waiting++;
  while (!connection && in_time) {
    in_time = g_cond_wait_until (&self->returned, &self->lock, deadline);
    connection = take_slot (self);
  }
  self->waiting--;
  if (!connection)
    g_set_error_literal (error,
                         SC_STORE_ERROR,
                         SC_STORE_ERROR_BUSY,
                         "All connections to the database are in use");
  return connection;
}

static PGconn *
open_as_told (ScStore *self, gboolean again, gboolean *ret_refused, GError **error)
{
  g_autofree char *conninfo = NULL;
  {
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->conninfo_lock);
    conninfo = self->conninfo (again, self->conninfo_data, error);
  }
  return conninfo ? sc_store_connect (conninfo, ret_refused, error) : NULL;
}

/* A refused login is tried once more with what the source says now: the password was rotated. */
static PGconn *
open_connection (ScStore *self, GError **error)
{
  gboolean refused = FALSE;
  g_autoptr (GError) local_error = NULL;
  PGconn *pg = open_as_told (self, FALSE, &refused, &local_error);
  if (!pg && refused) {
    g_clear_error (&local_error);
    pg = open_as_told (self, TRUE, &refused, &local_error);
  }
  if (!pg)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return pg;
}

static gboolean
is_suspect (ScStoreConnection *connection)
{
  ScStore *self = connection->store;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  return connection->idle_since <= self->suspect_before;
}

static gboolean
is_fit_for_use (ScStoreConnection *connection)
{
  if (!connection->pg || !sc_store_connection_is_alive (connection))
    return FALSE;
  if (g_get_monotonic_time () - connection->idle_since < SUSPECT_AFTER_US &&
      !is_suspect (connection))
    return TRUE;
  g_autoptr (PGresult) pong = PQexec (connection->pg, "SELECT 1");
  return PQresultStatus (pong) == PGRES_TUPLES_OK;
}

/**
 * sc_store_acquire:
 * @self: a pool
 * @error: %SC_STORE_ERROR_BUSY or %SC_STORE_ERROR_UNAVAILABLE
 *
 * Takes a working connection, waiting a bounded time for one. Any thread; a thread that holds one
 * must not ask for a second.
 *
 * Returns: (transfer full) (nullable): a connection; sc_store_connection_release() gives it back
 */
ScStoreConnection *
sc_store_acquire (ScStore *self, GError **error)
{
  g_autoptr (ScStoreConnection) connection = wait_for_slot (self, error);
  if (!connection)
    return NULL;
  if (is_fit_for_use (connection))
    return g_steal_pointer (&connection);

  sc_store_connection_close (connection);
  connection->pg = open_connection (self, error);
  return connection->pg ? g_steal_pointer (&connection) : NULL;
}

/**
 * sc_store_give_back:
 * @self: a pool
 * @connection: (transfer full): one of its connections, outside a transaction
 *
 * Puts the connection among the idle ones, or frees its place where it is broken.
 */
void
sc_store_give_back (ScStore *self, ScStoreConnection *connection)
{
  gboolean usable = PQstatus (connection->pg) == CONNECTION_OK &&
                    PQtransactionStatus (connection->pg) == PQTRANS_IDLE;
  connection->idle_since = g_get_monotonic_time ();
  {
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
    if (usable)
      g_queue_push_head (&self->idle, connection);
    else
      self->open--;
    g_cond_signal (&self->returned);
  }
  if (!usable)
    free_connection (connection);
}
