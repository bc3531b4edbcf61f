/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A private PostgreSQL cluster on a unix socket: made at the first start, never on TCP.
 *
 * Two ways in: the owner of the files is the superuser "postgres", by the kernel's word on who
 * asks; the product's role has a password, as it has on Amazon RDS. Lives in the main thread; the
 * local cloud owns it. */

#include "config.h"

#include "sc-database.h"

#include "sc-spawn.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* Written once into a new cluster. PostgreSQL takes the last line of a name. 32 MB of buffers and
 * 60 connections are ample for one machine: the backend's pool takes 10, each function one. */
static const char settings[] = "\n# the local cloud\n"
                               "listen_addresses = ''\n"
                               "unix_socket_permissions = 0700\n"
                               "password_encryption = 'scram-sha-256'\n"
                               "max_connections = 60\n"
                               "shared_buffers = '32MB'\n"
                               "log_statement = 'none'\n"
                               "log_min_error_statement = 'panic'\n";

/* A rotation of the password has two roles take turns (lambda/sc-rotate.c), to which the master
 * gives passwords. That one is ours, as the superuser is, without a password of its own. */
static const char access_rules[] =
  "local " SC_DATABASE_NAME " " SC_DATABASE_ROLE "," SC_DATABASE_ROLE "_clone scram-sha-256\n"
  "local " SC_DATABASE_NAME " " SC_DATABASE_MASTER " peer map=owner\n"
  "local all postgres peer map=owner\n";

struct _ScDatabase {
  GObject parent_instance;

  ScStateDir *state;
  char *data;      /* the cluster */
  char *pass_file; /* where libpq finds the role's password */
  char *conninfo;
};

G_DEFINE_FINAL_TYPE (ScDatabase, sc_database, G_TYPE_OBJECT)

static gboolean
write_settings (const char *data, GError **error)
{
  g_autofree char *settings_path = g_build_filename (data, "postgresql.conf", NULL);
  g_autofree char *rules_path = g_build_filename (data, "pg_hba.conf", NULL);
  g_autofree char *map_path = g_build_filename (data, "pg_ident.conf", NULL);
  const char *owner = g_get_user_name ();
  g_autofree char *map = g_strdup_printf ("owner \"%s\" postgres\n"
                                          "owner \"%s\" " SC_DATABASE_MASTER "\n",
                                          owner,
                                          owner);
  g_autofree char *defaults = NULL;
  if (!g_file_get_contents (settings_path, &defaults, NULL, error))
    return FALSE;
  g_autofree char *all = g_strconcat (defaults, settings, NULL);
  return sc_private_file_write (settings_path, all, error) &&
         sc_private_file_write (rules_path, access_rules, error) &&
         sc_private_file_write (map_path, map, error);
}

/* Makes the cluster aside and renames it when it is whole: a kill leaves no half cluster. */
static gboolean
make_cluster (ScDatabase *self, GError **error)
{
  if (getuid () == 0) {
    g_set_error_literal (
      error,
      G_IO_ERROR,
      G_IO_ERROR_PERMISSION_DENIED,
      "PostgreSQL refuses to run as root: start the local cloud as another user");
    return FALSE;
  }

  g_autofree char *aside = g_strconcat (self->data, ".new", NULL);
  const char *const remove[] = { "rm", "-rf", aside, NULL };
  const char *const init[] = {
    SC_POSTGRES_BINDIR "/initdb",
    "--pgdata",
    aside,
    "--username",
    "postgres",
    "--auth",
    "peer",
    "--encoding",
    "UTF8",
    "--locale",
    "C.UTF-8",
    "--data-checksums",
    "--no-instructions",
    NULL,
  };
  if (!sc_command_run (remove, error) || !sc_command_run (init, error) ||
      !write_settings (aside, error))
    return FALSE;
  if (g_rename (aside, self->data) == 0)
    return TRUE;
  g_set_error (error,
               G_IO_ERROR,
               g_io_error_from_errno (errno),
               "%s cannot be put in its place",
               self->data);
  return FALSE;
}

static void
sc_database_finalize (GObject *object)
{
  ScDatabase *self = SC_DATABASE (object);
  g_clear_object (&self->state);
  g_clear_pointer (&self->data, g_free);
  g_clear_pointer (&self->pass_file, g_free);
  g_clear_pointer (&self->conninfo, g_free);
  G_OBJECT_CLASS (sc_database_parent_class)->finalize (object);
}

static void
sc_database_class_init (ScDatabaseClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sc_database_finalize;
}

static void
sc_database_init (ScDatabase *self)
{
}

/**
 * sc_database_new:
 * @state: the state directory
 * @error: %G_IO_ERROR, %G_FILE_ERROR or %G_SPAWN_ERROR
 *
 * Makes the cluster where there is none yet, which takes about a second and blocks.
 *
 * Returns: (transfer full) (nullable): the database, not started
 */
ScDatabase *
sc_database_new (ScStateDir *state, GError **error)
{
  g_autoptr (ScDatabase) self = g_object_new (SC_TYPE_DATABASE, NULL);
  self->state = g_object_ref (state);
  self->data = sc_state_dir_build (state, "database");
  self->pass_file = sc_state_dir_build (state, "database.pass");
  self->conninfo = g_strdup_printf ("host='%s' dbname=%s user=%s passfile='%s'",
                                    sc_state_dir_get_run (state),
                                    SC_DATABASE_NAME,
                                    SC_DATABASE_ROLE,
                                    self->pass_file);
  if (!g_file_test (self->data, G_FILE_TEST_IS_DIR) && !make_cluster (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

static void
on_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  if (sc_command_run_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Asks as a client does: PostgreSQL says "starting up" while it recovers. */
static void
probe_database (gpointer data, GTask *task)
{
  ScDatabase *self = data;
  const char *const argv[] = { SC_POSTGRES_BINDIR "/pg_isready",
                               "--quiet",
                               "--host",
                               sc_state_dir_get_run (self->state),
                               NULL };
  sc_command_run_async (argv, NULL, NULL, g_task_get_cancellable (task), on_asked, task);
}

/**
 * sc_database_add_child:
 * @self: the database
 * @supervisor: who keeps it running
 *
 * Returns: (transfer none): the server's process, to be started
 */
ScChild *
sc_database_add_child (ScDatabase *self, ScSupervisor *supervisor)
{
  const char *const argv[] = {
    SC_POSTGRES_BINDIR "/postgres",     "-D", self->data, "-k",
    sc_state_dir_get_run (self->state), NULL,
  };
  /* SIGINT ends it in order without waiting for clients; SIGQUIT at once, children included, which
   * costs no committed row. */
  const ScChildSpec spec = {
    .name = "database",
    .argv = argv,
    .stop_signal = SIGINT,
    .death_signal = SIGQUIT,
    .probe = probe_database,
    .probe_data = self,
  };
  return sc_supervisor_add (supervisor, &spec);
}

/* Puts @escape before each of the characters in @special. */
static char *
escape (const char *text, const char *special, char escape_character)
{
  GString *escaped = g_string_new (NULL);
  for (const char *at = text; *at; at++) {
    if (strchr (special, *at))
      g_string_append_c (escaped, escape_character);
    g_string_append_c (escaped, *at);
  }
  return g_string_free (escaped, FALSE);
}

/* Writes the file that libpq reads the password from ("The Password File", PostgreSQL manual). */
static gboolean
write_pass_file (ScDatabase *self, const char *password, GError **error)
{
  g_autofree char *escaped = escape (password, ":\\", '\\');
  g_autofree char *line = g_strdup_printf ("*:*:*:*:%s\n", escaped);
  return sc_private_file_write (self->pass_file, line, error);
}

/**
 * sc_database_grant_async:
 * @self: the running database
 * @password: the role's password
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when it is done
 * @user_data: data for @callback
 *
 * Makes the product's roles and database where they are not there, and sets the password.
 */
void
sc_database_grant_async (ScDatabase *self,
                         const char *password,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  if (!write_pass_file (self, password, &error)) {
    g_task_return_error (task, error);
    return;
  }

  g_autofree char *quoted = escape (password, "'", '\'');
  g_autofree char *sql =
    g_strdup_printf ("SELECT 'CREATE ROLE " SC_DATABASE_ROLE " LOGIN' WHERE NOT EXISTS "
                     "(SELECT FROM pg_roles WHERE rolname = '" SC_DATABASE_ROLE "') \\gexec\n"
                     "ALTER ROLE " SC_DATABASE_ROLE " PASSWORD '%s';\n"
                     "SELECT 'CREATE ROLE " SC_DATABASE_MASTER " LOGIN SUPERUSER' WHERE NOT EXISTS "
                     "(SELECT FROM pg_roles WHERE rolname = '" SC_DATABASE_MASTER "') \\gexec\n"
                     "SELECT 'CREATE DATABASE " SC_DATABASE_NAME " OWNER " SC_DATABASE_ROLE
                     "' WHERE NOT EXISTS "
                     "(SELECT FROM pg_database WHERE datname = '" SC_DATABASE_NAME "') \\gexec\n",
                     quoted);
  const char *const argv[] = {
    SC_POSTGRES_BINDIR "/psql",
    "--no-psqlrc",
    "--quiet",
    "--tuples-only",
    "--set",
    "ON_ERROR_STOP=1",
    "--host",
    sc_state_dir_get_run (self->state),
    "--username",
    "postgres",
    "postgres",
    NULL,
  };
  sc_command_run_async (argv, NULL, sql, cancellable, on_asked, g_steal_pointer (&task));
}

/**
 * sc_database_grant_finish:
 * @self: the database
 * @result: what the callback got
 * @error: what PostgreSQL said
 *
 * Returns: %TRUE if the role can be used
 */
gboolean
sc_database_grant_finish (ScDatabase *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * sc_database_get_conninfo:
 * @self: the database
 *
 * Returns: (transfer none): how libpq connects as the product's role; it names the file of the
 * password, not the password
 */
const char *
sc_database_get_conninfo (ScDatabase *self)
{
  return self->conninfo;
}
