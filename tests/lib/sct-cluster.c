/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A PostgreSQL cluster for one test program. Without fsync, because a test does not outlive the
 * machine; it dies with the program, because a test may be killed. */

#include "config.h"

#include "sct-cluster.h"

#include "sct-files.h"

#include <errno.h>
#include <gio/gio.h>
#include <libpq-fe.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

struct _SctCluster {
  char *dir;
  GSubprocess *server;
  GThread *reader; /* of the server's log, or its pipe would fill */
  GMutex lock;
  GCond changed;
  gboolean ready;
};

static void
die_with_parent (gpointer unused)
{
  prctl (PR_SET_PDEATHSIG, SIGQUIT);
}

static void
make_cluster (const char *dir)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *data = g_build_filename (dir, "data", NULL);
  g_autoptr (GSubprocess) initdb = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE,
                                                     &error,
                                                     SC_POSTGRES_BINDIR "/initdb",
                                                     "--no-sync",
                                                     "--auth=trust",
                                                     "--username=streamcat",
                                                     "--encoding=UTF8",
                                                     "--locale=C.UTF-8",
                                                     "-D",
                                                     data,
                                                     NULL);
  g_assert_no_error (error);
  g_subprocess_wait_check (initdb, NULL, &error);
  g_assert_no_error (error);
}

static void
set_ready (SctCluster *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  self->ready = TRUE;
  g_cond_signal (&self->changed);
}

/* Reads the server's log to its end, and tells when it takes connections. */
static gpointer
read_log (gpointer data)
{
  SctCluster *self = data;
  g_autoptr (GDataInputStream) log =
    g_data_input_stream_new (g_subprocess_get_stderr_pipe (self->server));
  g_autofree char *last = NULL;
  gboolean ready = FALSE;
  for (;;) {
    g_autofree char *line = g_data_input_stream_read_line_utf8 (log, NULL, NULL, NULL);
    if (!line && !ready)
      g_error ("PostgreSQL did not start: %s", last ? last : "it said nothing");
    if (!line)
      return NULL;
    g_set_str (&last, line);
    if (!ready && strstr (line, "ready to accept connections")) {
      ready = TRUE;
      set_ready (self);
    }
  }
}

static void
wait_until_ready (SctCluster *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  while (!self->ready)
    g_cond_wait (&self->changed, &self->lock);
}

/**
 * sct_cluster_start:
 * @self: a cluster that is stopped
 *
 * Starts the server and returns when it takes connections.
 */
void
sct_cluster_start (SctCluster *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *data = g_build_filename (self->dir, "data", NULL);
  const char *const argv[] = {
    SC_POSTGRES_BINDIR "/postgres",
    "-D",
    data,
    "-k",
    self->dir,
    "-c",
    "listen_addresses=",
    "-c",
    "fsync=off",
    "-c",
    "full_page_writes=off",
    "-c",
    "logging_collector=off",
    "-c",
    "log_min_messages=log",
    "-c",
    "max_connections=40",
    NULL,
  };
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  self->server = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  self->ready = FALSE;
  self->reader = g_thread_new ("postgres-log", read_log, self);
  wait_until_ready (self);
}

static void
forget_server (SctCluster *self)
{
  g_subprocess_wait (self->server, NULL, NULL);
  g_thread_join (g_steal_pointer (&self->reader));
  g_clear_object (&self->server);
}

/**
 * sct_cluster_stop:
 * @self: a cluster that runs
 *
 * Takes the server away at once, as a crash does.
 */
void
sct_cluster_stop (SctCluster *self)
{
  g_subprocess_send_signal (self->server, SIGQUIT);
  forget_server (self);
}

/* Stops the server's first process, so that it starts no others while they are counted. */
static void
freeze (const char *pid)
{
  siginfo_t info;
  kill ((pid_t) atoi (pid), SIGSTOP);
  waitid (P_PID, (id_t) atoi (pid), &info, WSTOPPED | WNOWAIT);
}

/* What tells when each of the server's own processes is gone: one that starts anew may not find
 * them there. */
static GArray *
watch_children (SctCluster *self)
{
  const char *pid = g_subprocess_get_identifier (self->server);
  freeze (pid);
  g_autofree char *path = g_strdup_printf ("/proc/%s/task/%s/children", pid, pid);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_auto (GStrv) pids = g_strsplit (g_strstrip (text), " ", -1);
  GArray *watches = g_array_new (FALSE, FALSE, sizeof (struct pollfd));
  for (guint i = 0; pids[i]; i++) {
    struct pollfd watch = { .fd = pidfd_open ((pid_t) atoi (pids[i]), 0), .events = POLLIN };
    if (watch.fd >= 0)
      g_array_append_val (watches, watch);
  }
  return watches;
}

/**
 * sct_cluster_kill:
 * @self: a cluster that runs
 *
 * Kills the server's first process, which can do nothing about it, and waits until the others have
 * noticed.
 */
void
sct_cluster_kill (SctCluster *self)
{
  g_autoptr (GArray) watches = watch_children (self);
  g_subprocess_send_signal (self->server, SIGKILL);
  for (guint i = 0; i < watches->len; i++) {
    struct pollfd *watch = &g_array_index (watches, struct pollfd, i);
    while (poll (watch, 1, -1) < 0)
      g_assert_cmpint (errno, ==, EINTR);
    close (watch->fd);
  }
  forget_server (self);
}

/**
 * sct_cluster_new:
 *
 * Makes a cluster and starts it; takes about a second.
 *
 * Returns: (transfer full): the cluster
 */
SctCluster *
sct_cluster_new (void)
{
  g_autoptr (GError) error = NULL;
  SctCluster *self = g_new0 (SctCluster, 1);
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->dir = g_dir_make_tmp ("streamcat-db-XXXXXX", &error);
  g_assert_no_error (error);
  make_cluster (self->dir);
  sct_cluster_start (self);
  return self;
}

/**
 * sct_cluster_free:
 * @self: (nullable): a cluster
 *
 * Stops it and removes its files.
 */
void
sct_cluster_free (SctCluster *self)
{
  if (!self)
    return;
  if (self->server)
    sct_cluster_stop (self);
  sct_remove_tree (self->dir);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self->dir);
  g_free (self);
}

/**
 * sct_cluster_get_socket_dir:
 * @self: a cluster
 *
 * Returns: (transfer none): the folder of its socket, which is libpq's "host"
 */
const char *
sct_cluster_get_socket_dir (SctCluster *self)
{
  return self->dir;
}

static char *
make_conninfo (SctCluster *self, const char *database)
{
  return g_strdup_printf ("host=%s user=streamcat dbname=%s", self->dir, database);
}

/**
 * sct_cluster_create_database:
 * @self: a cluster
 * @name: the database to make
 * @template: (nullable): the database it is a copy of, which nobody is connected to
 *
 * Returns: (transfer full): the libpq connection string of the new database
 */
char *
sct_cluster_create_database (SctCluster *self, const char *name, const char *template)
{
  g_autofree char *conninfo = make_conninfo (self, "postgres");
  PGconn *pg = PQconnectdb (conninfo);
  g_assert_cmpint (PQstatus (pg), ==, CONNECTION_OK);
  g_autofree char *sql = g_strdup_printf ("CREATE DATABASE \"%s\" TEMPLATE \"%s\"",
                                          name,
                                          template ? template : "template0");
  PGresult *result = PQexec (pg, sql);
  if (PQresultStatus (result) != PGRES_COMMAND_OK)
    g_error ("%s", PQerrorMessage (pg));
  PQclear (result);
  PQfinish (pg);
  return make_conninfo (self, name);
}
