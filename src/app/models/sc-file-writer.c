/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Writes a file on a thread of its own, one text after the other; of those that come while one is
 * written only the newest is. Its owner's thread waits for the disk only when it says so.
 *
 * Not GIO's own asynchronous writing: whoever ends the program has to wait for the last write
 * without having a main context run anything else. */

#include "config.h"

#include "sc-file-writer.h"

#include <glib/gstdio.h>

struct _ScFileWriter {
  char *path;
  GThreadPool *pool; /* of one thread at most */
  GMutex mutex;      /* for what is below */
  GCond idle;
  char *next; /* (nullable): to be written */
  gboolean is_busy;
};

/* A file that was not written to the end never gets the name. */
static void
write_file (const char *path, const char *text)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_mkdir_with_parents (folder, 0700);
  if (g_file_set_contents_full (part, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL))
    g_rename (part, path);
}

/* Returns (transfer full) (nullable): what comes next; without it the writer is idle. */
static char *
take_next (ScFileWriter *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  char *text = g_steal_pointer (&self->next);
  self->is_busy = text != NULL;
  if (!text)
    g_cond_broadcast (&self->idle);
  return text;
}

static void
write_all (gpointer data, gpointer unused)
{
  ScFileWriter *self = data;
  char *text = NULL;
  while ((text = take_next (self))) {
    write_file (self->path, text);
    g_free (text);
  }
}

/**
 * sc_file_writer_new:
 * @path: a file, which need not be there, nor its folder
 *
 * Returns: (transfer full): what writes it
 */
ScFileWriter *
sc_file_writer_new (const char *path)
{
  ScFileWriter *self = g_new0 (ScFileWriter, 1);
  self->path = g_strdup (path);
  self->pool = g_thread_pool_new (write_all, NULL, 1, /* exclusive= */ FALSE, NULL);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->idle);
  return self;
}

/**
 * sc_file_writer_write:
 * @self: what writes a file
 * @text: (transfer full): all that is to be in it
 *
 * Has it written soon. That it cannot be written is said to nobody.
 */
void
sc_file_writer_write (ScFileWriter *self, char *text)
{
  g_mutex_lock (&self->mutex);
  gboolean begins = !self->is_busy;
  g_free (self->next);
  self->next = text;
  self->is_busy = TRUE;
  g_mutex_unlock (&self->mutex);
  if (begins)
    g_thread_pool_push (self->pool, self, NULL);
}

/**
 * sc_file_writer_flush:
 * @self: what writes a file
 *
 * Waits until the newest text is in the file.
 */
void
sc_file_writer_flush (ScFileWriter *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  while (self->is_busy)
    g_cond_wait (&self->idle, &self->mutex);
}

/**
 * sc_file_writer_free:
 * @self: (transfer full): what writes a file
 *
 * Waits until the newest text is in the file.
 */
void
sc_file_writer_free (ScFileWriter *self)
{
  g_thread_pool_free (self->pool, /* immediate= */ FALSE, /* wait= */ TRUE);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->idle);
  g_free (self->next);
  g_free (self->path);
  g_free (self);
}
