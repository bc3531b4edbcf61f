/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Opening a connection: libpq's asynchronous half, so that the time is bounded and a refused login
 * is told apart from everything else, which PQconnectdb() does not offer. */

#include "config.h"

#include "sc-store-private.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

/* A failover of a managed database takes the address away for longer than anyone should wait. */
#define CONNECT_SECONDS 5

/* A statement of ours takes milliseconds; one that takes seconds holds a lock others wait for. The
 * transaction bound ends what a frozen or stuck process left open. */
#define SERVER_OPTIONS                                                                             \
  "-c statement_timeout=5000 -c idle_in_transaction_session_timeout=10000 -c timezone=UTC "        \
  "-c datestyle=ISO"

/* Seconds after which a peer that vanished without a word is given up. */
#define TCP_USER_TIMEOUT_MS "10000"
#define KEEPALIVE_IDLE_S "10"

static PGconn *
start_connecting (const char *conninfo)
{
  static const char *const keywords[] = {
    "dbname",
    "options",
    "tcp_user_timeout",
    "keepalives_idle",
    "client_encoding",
    "fallback_application_name",
    NULL,
  };
  const char *const values[] = {
    conninfo, SERVER_OPTIONS, TCP_USER_TIMEOUT_MS, KEEPALIVE_IDLE_S, "UTF8", "streamcat", NULL,
  };
  return PQconnectStartParams (keywords, values, TRUE);
}

/* Returns 1 when the socket is ready, 0 when the time is over, as poll() does. */
static int
wait_for_socket (PGconn *pg, short events, gint64 deadline)
{
  struct pollfd poll_fd = { .fd = PQsocket (pg), .events = events };
  int ready;
  do {
    gint64 left_ms = (deadline - g_get_monotonic_time ()) / 1000;
    ready = poll (&poll_fd, 1, (int) MAX (left_ms, 0));
  } while (ready < 0 && errno == EINTR);
  return ready;
}

static gboolean
finish_connecting (PGconn *pg)
{
  gint64 deadline = g_get_monotonic_time () + CONNECT_SECONDS * G_USEC_PER_SEC;
  PostgresPollingStatusType status = PGRES_POLLING_WRITING;
  while (status == PGRES_POLLING_WRITING || status == PGRES_POLLING_READING) {
    if (PQstatus (pg) == CONNECTION_BAD ||
        wait_for_socket (pg, status == PGRES_POLLING_READING ? POLLIN : POLLOUT, deadline) <= 0)
      return FALSE;
    status = PQconnectPoll (pg);
  }
  return status == PGRES_POLLING_OK;
}

/* Notices of the server go nowhere: libpq would print them. */
static void
ignore_notice (void *data, const PGresult *result)
{
}

/* libpq gives the SQLSTATE of a refused login only at the end of its text, in any language. */
static char *
dup_sqlstate (const char *message)
{
  g_autofree char *text = g_strchomp (g_strdup (message));
  const char *end = text + strlen (text);
  if (end - text < 6 || end[-6] != ' ')
    return NULL;
  for (const char *at = end - 5; at < end; at++)
    if (!g_ascii_isdigit (*at) && !g_ascii_isupper (*at))
      return NULL;
  return g_strdup (end - 5);
}

/**
 * sc_store_connect:
 * @conninfo: a libpq connection string
 * @ret_refused: (out): whether the server refused the password (SQLSTATE 28P01)
 * @error: %SC_STORE_ERROR_UNAVAILABLE, or %SC_STORE_ERROR_BUSY where the server has no more
 *   connections to give
 *
 * Opens a connection within %CONNECT_SECONDS. Any thread.
 *
 * Returns: (transfer full) (nullable): the connection
 */
PGconn *
sc_store_connect (const char *conninfo, gboolean *ret_refused, GError **error)
{
  g_autoptr (PGconn) pg = start_connecting (conninfo);
  PQsetErrorVerbosity (pg, PQERRORS_SQLSTATE);
  PQsetNoticeReceiver (pg, ignore_notice, NULL);
  if (finish_connecting (pg)) {
    PQsetErrorVerbosity (pg, PQERRORS_DEFAULT);
    *ret_refused = FALSE;
    return g_steal_pointer (&pg);
  }

  g_autofree char *sqlstate = dup_sqlstate (PQerrorMessage (pg));
  *ret_refused = g_strcmp0 (sqlstate, "28P01") == 0;
  g_set_error (error,
               SC_STORE_ERROR,
               sc_store_error_from_sqlstate (sqlstate),
               "The database cannot be reached (SQLSTATE %s)",
               sqlstate ? sqlstate : "none");
  return NULL;
}

/**
 * sc_store_connection_is_alive:
 * @connection: a connection that was idle
 *
 * Finds out without a round trip whether the other side closed it. An idle connection has nothing
 * to read: what is there is a goodbye, or a notice that is not worth telling apart from one.
 *
 * Returns: %FALSE if it is of no more use
 */
gboolean
sc_store_connection_is_alive (ScStoreConnection *connection)
{
  return PQstatus (connection->pg) == CONNECTION_OK &&
         wait_for_socket (connection->pg, POLLIN, 0) == 0;
}

/**
 * sc_store_connection_close:
 * @connection: a connection
 *
 * Closes it; what is asked of it from now on fails with %SC_STORE_ERROR_UNAVAILABLE.
 */
void
sc_store_connection_close (ScStoreConnection *connection)
{
  sc_store_plan_forget (connection);
  g_clear_pointer (&connection->pg, PQfinish);
}
