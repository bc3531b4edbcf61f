/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-publisher.h"

#include "sc-metadata-message.h"

#include <fcntl.h>
#include <gio/gunixoutputstream.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* Our side of a streamcat-publisher process: FLV and metadata in, records out. The queue in between
 * is bounded by its user, who stops reading the encoder while sc_publisher_is_full(). A process
 * that takes or gives nothing for a while is killed: it costs its own stream only. Main context
 * only. */

/* A process that has input and takes none for this long is stuck: packaging 1 MB takes 10 ms. */
#define STALL_SECONDS 10
/* How long it may take to flush a few frames and leave. */
#define FINISH_SECONDS 3
#define READ_SIZE (64 * 1024)

struct _ScPublisher {
  GObject parent_instance;
  ScPublisherDelegate delegate;
  gpointer user_data;
  GSubprocess *process;
  int metadata; /* a pipe to the process */
  GCancellable *cancellable;
  GQueue queue; /* of GBytes, the head is being written */
  gsize queued;
  gboolean is_writing;
  gboolean is_finishing;
  gboolean is_closed;
  GByteArray *records;
  guint watchdog_id;
  gint64 last_progress_us;
};

G_DEFINE_FINAL_TYPE (ScPublisher, sc_publisher, G_TYPE_OBJECT)

static void write_next (ScPublisher *self);
static void read_next (ScPublisher *self);

/* Tells the delegate that all is over, once. */
static void
end (ScPublisher *self, const GError *error)
{
  if (self->is_closed)
    return;
  g_autoptr (ScPublisher) alive = g_object_ref (self);
  sc_publisher_close (self);
  self->delegate.over (error, self->user_data);
}

static void
end_with (ScPublisher *self, ScIngestError code, const char *message)
{
  g_autoptr (GError) error = g_error_new_literal (SC_INGEST_ERROR, code, message);
  end (self, error);
}

static gboolean
on_watchdog (gpointer user_data)
{
  ScPublisher *self = user_data;
  gint64 patience = self->is_finishing ? FINISH_SECONDS : STALL_SECONDS;
  gboolean waits = self->is_writing || self->is_finishing;
  if (!waits)
    self->last_progress_us = g_get_monotonic_time ();
  if (g_get_monotonic_time () - self->last_progress_us < patience * G_USEC_PER_SEC)
    return G_SOURCE_CONTINUE;
  self->watchdog_id = 0;
  end_with (self, SC_INGEST_ERROR_PUBLISHER, "The publisher process is stuck");
  return G_SOURCE_REMOVE;
}

/* --- input of the process --- */

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ScPublisher) self = user_data;
  gboolean ok = g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
  self->is_writing = FALSE;
  if (!ok || self->is_closed)
    return; /* the process is gone: its output, which ends now, says so */
  gboolean was_full = sc_publisher_is_full (self);
  g_autoptr (GBytes) head = g_queue_pop_head (&self->queue);
  self->queued -= g_bytes_get_size (head);
  self->last_progress_us = g_get_monotonic_time ();
  write_next (self);
  if (was_full && !sc_publisher_is_full (self))
    self->delegate.drained (self->user_data);
}

static void
write_next (ScPublisher *self)
{
  GOutputStream *input = g_subprocess_get_stdin_pipe (self->process);
  GBytes *head = g_queue_peek_head (&self->queue);
  if (self->is_writing || self->is_closed)
    return;
  if (!head && self->is_finishing)
    g_output_stream_close (input, NULL, NULL);
  if (!head)
    return;
  self->is_writing = TRUE;
  self->last_progress_us = g_get_monotonic_time ();
  gsize size;
  gconstpointer data = g_bytes_get_data (head, &size);
  g_output_stream_write_all_async (input,
                                   data,
                                   size,
                                   G_PRIORITY_DEFAULT,
                                   self->cancellable,
                                   on_written,
                                   g_object_ref (self));
}

static void
enqueue (ScPublisher *self, GBytes *bytes)
{
  self->queued += g_bytes_get_size (bytes);
  g_queue_push_tail (&self->queue, bytes);
  write_next (self);
}

/* The header of an FLV file with sound and picture, and the size of the tag before the first
 * ("Adobe Flash Video File Format Specification" E.2, E.3). */
static void
enqueue_file_header (ScPublisher *self)
{
  static const guint8 header[] = { 'F', 'L', 'V', 1, 5, 0, 0, 0, 9, 0, 0, 0, 0 };
  enqueue (self, g_bytes_new_static (header, sizeof header));
}

/**
 * sc_publisher_push:
 * @self: a publisher
 * @type: an FLV tag's type: 8 sound, 9 picture, 18 metadata
 * @timestamp: milliseconds
 * @body: the tag's body
 *
 * Sends a tag to the process, as E.4.1 of the format writes it.
 */
void
sc_publisher_push (ScPublisher *self, guint8 type, guint32 timestamp, GBytes *body)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (body, &size);
  if (self->is_closed || self->is_finishing)
    return;
  const guint8 header[] = {
    type,
    (guint8) (size >> 16),
    (guint8) (size >> 8),
    (guint8) size,
    (guint8) (timestamp >> 16),
    (guint8) (timestamp >> 8),
    (guint8) timestamp,
    (guint8) (timestamp >> 24),
    0,
    0,
    0,
  };
  guint32 whole = GUINT32_TO_BE ((guint32) (sizeof header + size));
  guint8 *tag = g_malloc (sizeof header + size + sizeof whole);
  memcpy (tag, header, sizeof header);
  memcpy (tag + sizeof header, data, size);
  memcpy (tag + sizeof header + size, &whole, sizeof whole);
  enqueue (self, g_bytes_new_take (tag, sizeof header + size + sizeof whole));
}

/**
 * sc_publisher_is_full:
 * @self: a publisher
 *
 * Returns: %TRUE when nothing more is to be pushed before @drained
 */
gboolean
sc_publisher_is_full (ScPublisher *self)
{
  return self->queued >= SC_PUBLISHER_MAX_QUEUED;
}

/**
 * sc_publisher_put_metadata:
 * @self: a publisher
 * @owner: who puts it there
 * @text: at most %SC_METADATA_MAX bytes
 *
 * Puts timed metadata into all renditions, at their newest frame.
 *
 * Returns: %FALSE when the process takes none now
 */
gboolean
sc_publisher_put_metadata (ScPublisher *self, const char *owner, const char *text)
{
  g_autoptr (GByteArray) message = g_byte_array_new ();
  sc_metadata_message_write (owner, text, message);
  /* Not longer than PIPE_BUF: it is written whole or not at all. */
  return !self->is_closed && !self->is_finishing &&
         write (self->metadata, message->data, message->len) == (gssize) message->len;
}

/**
 * sc_publisher_finish:
 * @self: a publisher
 *
 * Ends the input; the process packages what it has, then comes @over.
 */
void
sc_publisher_finish (ScPublisher *self)
{
  if (self->is_finishing || self->is_closed)
    return;
  self->is_finishing = TRUE;
  self->last_progress_us = g_get_monotonic_time ();
  write_next (self);
}

/* --- output of the process --- */

/* Takes one record. Returns FALSE when it was the last. */
static gboolean
take_record (ScPublisher *self, const ScRecord *record)
{
  if (record->type == SC_RECORD_EOS)
    end (self, NULL);
  else if (record->type == SC_RECORD_ERROR)
    end_with (self, SC_INGEST_ERROR_MEDIA, record->message);
  else
    self->delegate.record (record, self->user_data);
  return !self->is_closed;
}

static void
take_records (ScPublisher *self)
{
  for (;;) {
    g_auto (ScRecord) record = { 0 };
    g_autoptr (GError) error = NULL;
    if (!sc_record_read (self->records, &record, &error)) {
      if (error)
        end (self, error);
      return;
    }
    if (!take_record (self, &record))
      return;
  }
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ScPublisher) self = user_data;
  g_autoptr (GBytes) bytes =
    g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);
  if (self->is_closed)
    return;
  gsize size = 0;
  const guint8 *data = bytes ? g_bytes_get_data (bytes, &size) : NULL;
  if (size == 0) {
    end_with (self, SC_INGEST_ERROR_PUBLISHER, "The publisher process broke down");
    return;
  }
  g_byte_array_append (self->records, data, (guint) size);
  take_records (self);
  if (!self->is_closed)
    read_next (self);
}

static void
read_next (ScPublisher *self)
{
  g_input_stream_read_bytes_async (g_subprocess_get_stdout_pipe (self->process),
                                   READ_SIZE,
                                   G_PRIORITY_DEFAULT,
                                   self->cancellable,
                                   on_read,
                                   g_object_ref (self));
}

/* --- the object --- */

static void
sc_publisher_finalize (GObject *object)
{
  ScPublisher *self = SC_PUBLISHER (object);
  sc_publisher_close (self);
  g_queue_clear_full (&self->queue, (GDestroyNotify) g_bytes_unref);
  g_byte_array_unref (self->records);
  g_clear_object (&self->process);
  g_clear_fd (&self->metadata, NULL);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (sc_publisher_parent_class)->finalize (object);
}

static void
sc_publisher_class_init (ScPublisherClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sc_publisher_finalize;
}

static void
sc_publisher_init (ScPublisher *self)
{
  self->metadata = -1;
  self->cancellable = g_cancellable_new ();
  self->records = g_byte_array_new ();
  g_queue_init (&self->queue);
}

/* Starts the process with an empty environment: ours has keys in it. @metadata is taken over. */
static GSubprocess *
spawn (const char *program, guint renditions, int metadata, GError **error)
{
  g_autofree char *count = g_strdup_printf ("%u", renditions);
  g_autofree char *descriptor = g_strdup_printf ("%d", SC_METADATA_FD);
  static const char *const environment[] = { "LANG=C.UTF-8", NULL };
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_subprocess_launcher_set_environ (launcher, (char **) environment);
  g_subprocess_launcher_take_fd (launcher, metadata, SC_METADATA_FD);
  signal (SIGPIPE, SIG_IGN); /* a process that died is an error of write() */
  return g_subprocess_launcher_spawn (launcher, error, program, count, descriptor, NULL);
}

/**
 * sc_publisher_new:
 * @program: the path of streamcat-publisher
 * @renditions: the most renditions besides the source
 * @delegate: whom to tell
 * @user_data: passed to @delegate
 * @error: an error of %G_SPAWN_ERROR
 *
 * Returns: (transfer full) (nullable): a publisher whose process runs
 */
ScPublisher *
sc_publisher_new (const char *program,
                  guint renditions,
                  const ScPublisherDelegate *delegate,
                  gpointer user_data,
                  GError **error)
{
  int ends[2];
  if (!g_unix_open_pipe (ends, O_CLOEXEC | O_NONBLOCK, error))
    return NULL;
  g_autofd int metadata = ends[1];
  g_autoptr (GSubprocess) process = spawn (program, renditions, ends[0], error);
  if (!process)
    return NULL;
  /* GIO waits until a pipe takes a byte, and then writes all: that would block in a full one. */
  GOutputStream *input = g_subprocess_get_stdin_pipe (process);
  int fd = g_unix_output_stream_get_fd (G_UNIX_OUTPUT_STREAM (input));
  if (!g_unix_set_fd_nonblocking (fd, TRUE, error))
    return NULL;
  ScPublisher *self = g_object_new (SC_TYPE_PUBLISHER, NULL);
  self->process = g_steal_pointer (&process);
  self->metadata = g_steal_fd (&metadata);
  self->delegate = *delegate;
  self->user_data = user_data;
  self->last_progress_us = g_get_monotonic_time ();
  self->watchdog_id = g_timeout_add_seconds (1, on_watchdog, self);
  enqueue_file_header (self);
  read_next (self);
  return self;
}

/**
 * sc_publisher_close:
 * @self: a publisher
 *
 * Kills the process if it still runs. The delegate hears no more.
 */
void
sc_publisher_close (ScPublisher *self)
{
  if (self->is_closed)
    return;
  self->is_closed = TRUE;
  g_clear_handle_id (&self->watchdog_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  if (self->process)
    g_subprocess_force_exit (self->process);
}
