/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The one directory that holds all a local cloud knows: private, locked while it runs.
 *
 *   run/            unix sockets
 *   log/            one log a process
 *   database/       PostgreSQL's cluster
 *   edge/           certificates and nginx's files
 *   buckets/        recordings, as objects have their keys
 *   recordings/     journals of recordings that have not ended
 *   *.json          ports and keys, resources, the deployed stack
 */

#include "config.h"

#include "sc-state-dir.h"

#include "sc-json.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* Marks a directory as ours, so that --fresh never empties somebody's home by mistake. */
#define LOCK_NAME "streamcat-local.lock"

/* The longest name of a socket below run/, PostgreSQL's. */
#define LONGEST_SOCKET "/run/.s.PGSQL.5432.lock"

/* nftw() keeps so many directories open at once; ours are not deep. */
#define OPEN_DIRECTORIES_MAX 16

struct _ScStateDir {
  GObject parent_instance;

  char *path;
  char *run;
  char *log;
  int lock;
};

G_DEFINE_FINAL_TYPE (ScStateDir, sc_state_dir, G_TYPE_OBJECT)

static gboolean
fail_errno (GError **error, const char *what, const char *path)
{
  int saved = errno;
  g_set_error (error,
               G_IO_ERROR,
               g_io_error_from_errno (saved),
               "%s %s: %s",
               path,
               what,
               g_strerror (saved));
  return FALSE;
}

static gboolean
make_directory (const char *path, GError **error)
{
  if (g_mkdir_with_parents (path, 0700) == 0)
    return TRUE;
  return fail_errno (error, "cannot be made", path);
}

static int
on_remove_entry (const char *path, const struct stat *info, int type, struct FTW *at)
{
  gboolean keep = at->level == 0 || (at->level == 1 && g_str_equal (path + at->base, LOCK_NAME));
  return keep ? 0 : remove (path);
}

/* Removes everything but the directory itself and its lock. */
static gboolean
empty_directory (const char *path, GError **error)
{
  if (nftw (path, on_remove_entry, OPEN_DIRECTORIES_MAX, FTW_DEPTH | FTW_PHYS) == 0)
    return TRUE;
  return fail_errno (error, "cannot be emptied", path);
}

static gboolean
is_empty (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  return dir && !g_dir_read_name (dir);
}

/* Takes the lock of the directory for as long as the process lives. */
static gboolean
lock_directory (ScStateDir *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->path, LOCK_NAME, NULL);
  if (!g_file_test (path, G_FILE_TEST_EXISTS) && !is_empty (self->path)) {
    g_set_error (error,
                 G_IO_ERROR,
                 G_IO_ERROR_NOT_EMPTY,
                 "%s holds files that are not of a local cloud; choose another directory",
                 self->path);
    return FALSE;
  }

  self->lock = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->lock < 0)
    return fail_errno (error, "cannot be opened", path);
  if (flock (self->lock, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  g_set_error (error,
               G_IO_ERROR,
               G_IO_ERROR_BUSY,
               "Another local cloud runs in %s; end it or choose another directory",
               self->path);
  return FALSE;
}

static gboolean
check_length (const char *path, GError **error)
{
  const struct sockaddr_un *address = NULL;
  const gsize room = sizeof address->sun_path - 1;
  if (strlen (path) + strlen (LONGEST_SOCKET) <= room)
    return TRUE;
  g_set_error (
    error,
    G_IO_ERROR,
    G_IO_ERROR_FILENAME_TOO_LONG,
    "%s is too long for the sockets below it; choose a directory of at most %" G_GSIZE_FORMAT
    " characters",
    path,
    room - strlen (LONGEST_SOCKET));
  return FALSE;
}

static void
sc_state_dir_finalize (GObject *object)
{
  ScStateDir *self = SC_STATE_DIR (object);
  g_clear_fd (&self->lock, NULL);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->run, g_free);
  g_clear_pointer (&self->log, g_free);
  G_OBJECT_CLASS (sc_state_dir_parent_class)->finalize (object);
}

static void
sc_state_dir_class_init (ScStateDirClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sc_state_dir_finalize;
}

static void
sc_state_dir_init (ScStateDir *self)
{
  self->lock = -1;
}

/**
 * sc_state_dir_open:
 * @path: the directory; made where it is not there
 * @fresh: whether to forget everything in it first
 * @error: %G_IO_ERROR: it cannot be made, is another's, or too long a name for sockets
 *
 * Opens and locks the directory until the object is freed.
 *
 * Returns: (transfer full) (nullable): the directory
 */
ScStateDir *
sc_state_dir_open (const char *path, gboolean fresh, GError **error)
{
  g_autoptr (ScStateDir) self = g_object_new (SC_TYPE_STATE_DIR, NULL);
  self->path = g_canonicalize_filename (path, NULL);
  self->run = g_build_filename (self->path, "run", NULL);
  self->log = g_build_filename (self->path, "log", NULL);
  if (!check_length (self->path, error) || !make_directory (self->path, error) ||
      !lock_directory (self, error))
    return NULL;
  if (fresh && !empty_directory (self->path, error))
    return NULL;
  if (!make_directory (self->run, error) || !make_directory (self->log, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * sc_state_dir_get_run:
 * @self: a state directory
 *
 * Returns: (transfer none): the directory of the unix sockets
 */
const char *
sc_state_dir_get_run (ScStateDir *self)
{
  return self->run;
}

/**
 * sc_state_dir_get_log:
 * @self: a state directory
 *
 * Returns: (transfer none): the directory of the logs
 */
const char *
sc_state_dir_get_log (ScStateDir *self)
{
  return self->log;
}

/**
 * sc_state_dir_build:
 * @self: a state directory
 * @name: a name in it, "cloud.json" or "run/backend.sock"
 *
 * Returns: (transfer full): the absolute path
 */
char *
sc_state_dir_build (ScStateDir *self, const char *name)
{
  return g_build_filename (self->path, name, NULL);
}

/**
 * sc_private_file_write:
 * @path: a file
 * @contents: what to write
 * @error: %G_FILE_ERROR
 *
 * Writes a file that only its owner may read, aside and then by rename: a reader sees the old one
 * or the new one, and after a crash one of both is there.
 *
 * Returns: %TRUE if it is written
 */
gboolean
sc_private_file_write (const char *path, const char *contents, GError **error)
{
  return g_file_set_contents_full (path,
                                   contents,
                                   -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600,
                                   error);
}

/**
 * sc_private_json_write:
 * @path: a file
 * @object: what to write
 * @error: %G_FILE_ERROR
 *
 * Writes an object with sc_private_file_write().
 *
 * Returns: %TRUE if it is written
 */
gboolean
sc_private_json_write (const char *path, JsonObject *object, GError **error)
{
  g_autofree char *text = sc_json_to_string (object);
  return sc_private_file_write (path, text, error);
}

/**
 * sc_private_json_read:
 * @path: a file
 * @max_bytes: the most bytes it may have
 * @error: %G_FILE_ERROR, %G_FILE_ERROR_NOENT where there is none yet, or %SC_DATA_ERROR
 *
 * Returns: (transfer full) (nullable): the object that sc_private_json_write() wrote
 */
JsonObject *
sc_private_json_read (const char *path, gsize max_bytes, GError **error)
{
  char *contents = NULL;
  gsize size = 0;
  if (!g_file_get_contents (path, &contents, &size, error))
    return NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_take (contents, size);
  JsonObject *object = sc_json_parse (bytes, max_bytes, error);
  if (!object)
    g_prefix_error (error, "%s: ", path);
  return object;
}
