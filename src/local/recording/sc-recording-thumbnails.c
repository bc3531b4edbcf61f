/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-recording-thumbnails.h"

#include "sc-recording-document.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* The pictures of one recording. Each is made by a process of its own, from a place in a media file
 * to a file without a name that is renamed when it is good; this process never sees what is in
 * either. A picture that fails or finds no room among those being made is left out: an interval
 * is a wish ("BASIC channels: the interval is not guaranteed", Auto-Record to Amazon S3).
 *
 * Main context only. */

/* A picture takes 0.1 s; the process ends itself after 5 s. */
#define PATIENCE_SECONDS 10
#define PART_NAME ".part"

struct _ScRecordingThumbnails {
  ScRecordingThumbnailsConfig config;
  char *program;
  char *folder;
  char *part;
  GSubprocess *process; /* NULL between pictures */
  GCancellable *cancellable;
  guint patience_id;
  guint count;
  gint64 next_us;
  void (*idle) (gpointer user_data);
  gpointer idle_data;
};

/* A job outlives its recording by the time that its process takes to die. */
typedef struct {
  ScRecordingThumbnails *thumbnails;
  GCancellable *cancellable;
} Job;

static void
free_job (Job *job)
{
  g_object_unref (job->cancellable);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, free_job)

/* Gives a file the name LATEST besides its own. */
static void
copy_to_latest (ScRecordingThumbnails *self, const char *path)
{
  g_autofree char *latest = g_build_filename (self->folder, SC_RECORDING_LATEST, NULL);
  g_autofree char *aside = g_build_filename (latest, PART_NAME, NULL);
  g_autofree char *name = g_build_filename (latest, SC_RECORDING_LATEST_NAME, NULL);
  g_unlink (aside);
  if (link (path, aside) != 0 || g_rename (aside, name) != 0)
    g_debug ("%s: %s", name, g_strerror (errno));
}

static void
keep_picture (ScRecordingThumbnails *self)
{
  g_autofree char *name = g_strdup_printf ("thumb%u.jpg", self->count);
  g_autofree char *path = g_build_filename (self->folder, SC_RECORDING_THUMBNAILS, name, NULL);
  if (self->config.latest)
    copy_to_latest (self, self->part);
  if (self->config.sequential && g_rename (self->part, path) == 0)
    self->count++;
  else
    g_unlink (self->part);
}

/* Takes the picture of the process that has ended. */
static void
take_picture (ScRecordingThumbnails *self, gboolean good)
{
  --*self->config.running;
  g_clear_handle_id (&self->patience_id, g_source_remove);
  g_clear_object (&self->process);
  if (good)
    keep_picture (self);
  else
    g_unlink (self->part);
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  ScRecordingThumbnails *self = job->thumbnails;
  gboolean good = g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, NULL);
  if (g_cancellable_is_cancelled (job->cancellable))
    return; /* the recording has ended */
  take_picture (self, good);
  if (self->idle)
    self->idle (self->idle_data);
}

static gboolean
on_patience_over (gpointer user_data)
{
  ScRecordingThumbnails *self = user_data;
  self->patience_id = 0;
  g_subprocess_force_exit (self->process);
  return G_SOURCE_REMOVE;
}

/* Starts the process, with an empty environment and only the two files. */
static GSubprocess *
spawn (ScRecordingThumbnails *self, const char *file, guint64 offset)
{
  static const char *const environment[] = { "LANG=C.UTF-8", NULL };
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autofd int input = open (file, O_RDONLY | O_CLOEXEC);
  g_autofd int output = open (self->part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (input < 0 || output < 0 || lseek (input, (off_t) offset, SEEK_SET) < 0)
    return NULL;
  g_subprocess_launcher_set_environ (launcher, (char **) environment);
  g_subprocess_launcher_take_stdin_fd (launcher, g_steal_fd (&input));
  g_subprocess_launcher_take_stdout_fd (launcher, g_steal_fd (&output));
  return g_subprocess_launcher_spawn (launcher, NULL, self->program, NULL);
}

/**
 * sc_recording_thumbnails_new:
 * @config: what to make, and where
 *
 * Returns: (transfer full): no picture yet
 */
ScRecordingThumbnails *
sc_recording_thumbnails_new (const ScRecordingThumbnailsConfig *config)
{
  ScRecordingThumbnails *self = g_new0 (ScRecordingThumbnails, 1);
  self->config = *config;
  self->program = g_strdup (config->program);
  self->folder = g_strdup (config->folder);
  self->part = g_build_filename (config->folder, SC_RECORDING_THUMBNAILS, PART_NAME, NULL);
  self->cancellable = g_cancellable_new ();
  return self;
}

/**
 * sc_recording_thumbnails_free:
 * @self: (nullable) (transfer full): pictures
 *
 * Kills the process that makes one.
 */
void
sc_recording_thumbnails_free (ScRecordingThumbnails *self)
{
  if (!self)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->patience_id, g_source_remove);
  if (self->process) {
    --*self->config.running;
    g_subprocess_force_exit (self->process);
    g_unlink (self->part);
  }
  g_clear_object (&self->process);
  g_object_unref (self->cancellable);
  g_free (self->program);
  g_free (self->folder);
  g_free (self->part);
  g_free (self);
}

/**
 * sc_recording_thumbnails_offer:
 * @self: pictures
 * @file: a media file
 * @offset: where a segment begins in it
 * @time_us: how much of the recording plays before it
 *
 * Makes a picture of the segment's first frame, if one is due and none is being made.
 */
void
sc_recording_thumbnails_offer (ScRecordingThumbnails *self,
                               const char *file,
                               guint64 offset,
                               gint64 time_us)
{
  guint *running = self->config.running;
  if (self->process || time_us < self->next_us || *running >= SC_RECORDING_THUMBNAILS_MAX_RUNNING)
    return;
  self->process = spawn (self, file, offset);
  if (!self->process)
    return;
  self->next_us = (time_us / self->config.interval_us + 1) * self->config.interval_us;
  self->patience_id = g_timeout_add_seconds (PATIENCE_SECONDS, on_patience_over, self);
  ++*running;
  Job *job = g_new0 (Job, 1);
  job->thumbnails = self;
  job->cancellable = g_object_ref (self->cancellable);
  g_subprocess_wait_check_async (self->process, NULL, on_made, job);
}

/**
 * sc_recording_thumbnails_finish:
 * @self: pictures, to be freed afterwards
 *
 * Waits for the picture that is being made. Blocks for 0.1 s, and for no more than the 5 s after
 * which the process ends itself.
 */
void
sc_recording_thumbnails_finish (ScRecordingThumbnails *self)
{
  if (!self->process)
    return;
  g_cancellable_cancel (self->cancellable);
  take_picture (self, g_subprocess_wait_check (self->process, NULL, NULL));
}

/**
 * sc_recording_thumbnails_is_busy:
 * @self: pictures
 *
 * Returns: %TRUE while one is being made
 */
gboolean
sc_recording_thumbnails_is_busy (const ScRecordingThumbnails *self)
{
  return self->process != NULL;
}

/**
 * sc_recording_thumbnails_set_idle:
 * @self: pictures
 * @idle: called whenever one is made, or is not; may free @self
 * @user_data: for @idle
 */
void
sc_recording_thumbnails_set_idle (ScRecordingThumbnails *self,
                                  void (*idle) (gpointer user_data),
                                  gpointer user_data)
{
  self->idle = idle;
  self->idle_data = user_data;
}
