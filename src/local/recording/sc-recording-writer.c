/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-recording-writer.h"

#include "sc-recording-document.h"
#include "sc-recording-playlist.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* The files of one recording. Segments are appended as they become whole, 2 s at a time and 2 MB at
 * the most that a channel takes, into the page cache: nothing here waits for the disk, and after a
 * power cut the last seconds may be missing. Playlists and the last document are written at the
 * end, aside and then by rename.
 *
 * The journal beside the bucket says what is in the files, and outlives this process: where there
 * is a journal, a recording was not ended. A reserve keeps some bytes of the disk back, so that a
 * recording that filled it can still be ended.
 *
 * Main context only. */

/* "Auto-Record to Amazon S3": files of 10 s. */
#define FILE_US (10 * G_USEC_PER_SEC)
/* Playlists of two hours and all documents. */
#define RESERVE_BYTES (256 * 1024)
#define JOURNAL_SUFFIX ".journal"
#define RESERVE_SUFFIX ".reserve"

struct _ScRecordingWriter {
  ScRecordingIndex *index;
  char *folder; /* of the tree */
  char *journal_path;
  char *reserve_path;
  int journal;
  int file;
  guint n_files;
  guint64 file_size;
  gint64 file_us;
  gboolean joins; /* the next segment is another stream's */
};

static gboolean
fail_errno (GError **error, const char *what)
{
  int saved = errno;
  g_set_error (error,
               G_IO_ERROR,
               g_io_error_from_errno (saved),
               "%s cannot be written: %s",
               what,
               g_strerror (saved));
  return FALSE;
}

static gboolean
write_all (int fd, const char *data, gsize size)
{
  while (size > 0) {
    gssize count = write (fd, data, size);
    if (count < 0 && errno == EINTR)
      continue;
    if (count < 0)
      return FALSE;
    data += count;
    size -= (gsize) count;
  }
  return TRUE;
}

/* Writes a line of the journal; takes it over. */
static gboolean
write_journal (ScRecordingWriter *self, char *line, GError **error)
{
  g_autofree char *owned = line;
  return write_all (self->journal, owned, strlen (owned)) || fail_errno (error, "The journal");
}

/* Writes a file of the tree, aside and then by rename; takes the text over. */
static gboolean
write_text (ScRecordingWriter *self,
            const char *folder,
            const char *name,
            char *text,
            GError **error)
{
  g_autofree char *owned = text;
  g_autofree char *path = g_build_filename (self->folder, folder, name, NULL);
  return g_file_set_contents_full (path, owned, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

static char *
build_rendition (const ScRecordingWriter *self)
{
  g_autofree char *rendition = sc_recording_index_dup_rendition (self->index);
  return g_build_filename (SC_RECORDING_HLS, rendition, NULL);
}

/* --- begin --- */

static gboolean
make_folders (ScRecordingWriter *self, const ScRecordingPlace *place, GError **error)
{
  g_autofree char *bucket = g_build_filename (place->buckets, self->index->bucket, NULL);
  g_autofree char *rendition = build_rendition (self);
  const char *const folders[] = {
    SC_RECORDING_EVENTS,
    rendition,
    self->index->sequential || self->index->latest ? SC_RECORDING_THUMBNAILS : NULL,
    self->index->latest ? SC_RECORDING_LATEST : NULL,
  };
  if (!g_file_test (bucket, G_FILE_TEST_IS_DIR)) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no such bucket");
    return FALSE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++) {
    g_autofree char *path = folders[i] ? g_build_filename (self->folder, folders[i], NULL) : NULL;
    if (path && g_mkdir_with_parents (path, 0700) != 0)
      return fail_errno (error, "The recording's folder");
  }
  return TRUE;
}

static gboolean
begin_journal (ScRecordingWriter *self, GError **error)
{
  g_autofd int reserve = open (self->reserve_path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  self->journal = open (self->journal_path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (reserve < 0 || self->journal < 0)
    return fail_errno (error, "The journal");
  errno = posix_fallocate (reserve, 0, RESERVE_BYTES);
  if (errno != 0)
    return fail_errno (error, "The reserve");
  if (!write_journal (self, sc_recording_index_write_head (self->index), error))
    return FALSE;
  for (guint i = 0; i < self->index->stream_ids->len; i++) {
    const char *stream_id = g_ptr_array_index (self->index->stream_ids, i);
    if (!write_journal (self, sc_recording_index_write_stream (stream_id), error))
      return FALSE;
  }
  return TRUE;
}

static ScRecordingWriter *
new_writer (const ScRecordingPlace *place, ScRecordingIndex *index, const char *name)
{
  ScRecordingWriter *self = g_new0 (ScRecordingWriter, 1);
  g_autofree char *journal = g_strconcat (name, JOURNAL_SUFFIX, NULL);
  g_autofree char *reserve = g_strconcat (name, RESERVE_SUFFIX, NULL);
  self->index = index;
  self->folder = g_build_filename (place->buckets, index->bucket, index->prefix, NULL);
  self->journal_path = g_build_filename (place->journals, journal, NULL);
  self->reserve_path = g_build_filename (place->journals, reserve, NULL);
  self->journal = self->file = -1;
  return self;
}

static void
close_files (ScRecordingWriter *self)
{
  g_clear_fd (&self->file, NULL);
  g_clear_fd (&self->journal, NULL);
}

/* Drops the journal, and with it the recording's claim to be ended yet. */
static void
forget (ScRecordingWriter *self)
{
  close_files (self);
  g_unlink (self->reserve_path);
  g_unlink (self->journal_path);
}

/**
 * sc_recording_writer_new:
 * @place: where
 * @index: (transfer full): what is to be recorded, with its first stream and without entries
 * @error: an error of %G_IO_ERROR or %G_FILE_ERROR: no bucket, no room
 *
 * Makes the recording's folders and says in its first document that it began.
 *
 * Returns: (transfer full) (nullable): a recording without media yet
 */
ScRecordingWriter *
sc_recording_writer_new (const ScRecordingPlace *place, ScRecordingIndex *index, GError **error)
{
  g_autofree char *name = g_path_get_basename (index->prefix);
  g_autoptr (ScRecordingWriter) self = new_writer (place, index, name);
  if (make_folders (self, place, error) && begin_journal (self, error) &&
      write_text (self,
                  SC_RECORDING_EVENTS,
                  sc_recording_document_get_name (SC_RECORDING_STARTED),
                  sc_recording_document_write (index, SC_RECORDING_STARTED, 0, NULL),
                  error))
    return g_steal_pointer (&self);
  forget (self);
  return NULL;
}

/* Cuts from the last file what the journal does not know. */
static void
cut_last_file (ScRecordingWriter *self)
{
  const ScRecordingEntry *last = sc_recording_index_get_last (self->index);
  g_autofree char *path = last ? sc_recording_writer_dup_file (self) : NULL;
  if (path && truncate (path, (off_t) (last->offset + last->size)) != 0)
    g_debug ("%s: %s", path, g_strerror (errno));
}

/**
 * sc_recording_writer_recover:
 * @place: where
 * @name: the name of a file in the folder of the journals
 * @error: %G_FILE_ERROR or %SC_DATA_ERROR
 *
 * Takes up what an earlier process left. Nothing can be added to it.
 *
 * Returns: (transfer full) (nullable): a recording, to be ended; %NULL without @error where @name
 * is no journal
 */
ScRecordingWriter *
sc_recording_writer_recover (const ScRecordingPlace *place, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (place->journals, name, NULL);
  g_autofree char *text = NULL;
  if (!g_str_has_suffix (name, JOURNAL_SUFFIX) || !g_file_get_contents (path, &text, NULL, error))
    return NULL;
  ScRecordingIndex *index = sc_recording_index_read (text, error);
  if (!index) {
    g_unlink (path); /* its first line was never whole: nothing began */
    return NULL;
  }
  g_autofree char *stem = g_strndup (name, strlen (name) - strlen (JOURNAL_SUFFIX));
  ScRecordingWriter *self = new_writer (place, index, stem);
  const ScRecordingEntry *last = sc_recording_index_get_last (index);
  self->n_files = last ? last->file + 1 : 0;
  cut_last_file (self);
  return self;
}

/**
 * sc_recording_writer_free:
 * @self: (nullable) (transfer full): a recording
 *
 * Lets go of its files. What was not ended can be recovered.
 */
void
sc_recording_writer_free (ScRecordingWriter *self)
{
  if (!self)
    return;
  close_files (self);
  sc_recording_index_free (self->index);
  g_free (self->folder);
  g_free (self->journal_path);
  g_free (self->reserve_path);
  g_free (self);
}

/* --- media --- */

/**
 * sc_recording_writer_join:
 * @self: a recording
 * @stream_id: a stream that goes on in it
 * @error: an error of %G_IO_ERROR
 *
 * Returns: %FALSE when it could not be noted
 */
gboolean
sc_recording_writer_join (ScRecordingWriter *self, const char *stream_id, GError **error)
{
  self->joins = TRUE;
  sc_recording_index_add_stream (self->index, stream_id);
  return write_journal (self, sc_recording_index_write_stream (stream_id), error);
}

/* Begins the next media file. */
static gboolean
begin_file (ScRecordingWriter *self, GError **error)
{
  g_clear_fd (&self->file, NULL);
  self->n_files++;
  self->file_size = 0;
  self->file_us = 0;
  g_autofree char *path = sc_recording_writer_dup_file (self);
  self->file = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
  return self->file >= 0 || fail_errno (error, "A media file");
}

/* Whether a segment goes into a new file: one of its own kind, or of nearer to 10 s without it. */
static gboolean
needs_file (const ScRecordingWriter *self, gint64 duration_us, gboolean discontinuity)
{
  return self->file < 0 || discontinuity || self->file_us + duration_us / 2 > FILE_US;
}

/* Writes a segment's bytes, all of them or none. */
static gboolean
write_media (ScRecordingWriter *self, ScSegment *segment, GError **error)
{
  gsize done = 0;
  while (done < segment->size) {
    g_autoptr (GBytes) bytes = sc_segment_read (segment, done);
    gsize size = 0;
    const char *data = bytes ? g_bytes_get_data (bytes, &size) : NULL;
    if (!data)
      break;
    if (!write_all (self->file, data, size)) {
      fail_errno (error, "A media file");
      if (ftruncate (self->file, (off_t) self->file_size) != 0)
        g_debug ("A media file keeps half a segment: %s", g_strerror (errno));
      return FALSE;
    }
    done += size;
  }
  return TRUE;
}

/**
 * sc_recording_writer_append:
 * @self: a recording
 * @segment: a segment that is whole, or what there is of one
 * @duration_us: how long it plays
 * @error: an error of %G_IO_ERROR: no room
 *
 * Adds a segment. After an error the recording is to be ended; what was in it before is good.
 *
 * Returns: %FALSE when it could not be written
 */
gboolean
sc_recording_writer_append (ScRecordingWriter *self,
                            ScSegment *segment,
                            gint64 duration_us,
                            GError **error)
{
  gboolean is_first = self->index->entries->len == 0;
  gboolean discontinuity = !is_first && (self->joins || segment->discontinuity);
  if (needs_file (self, duration_us, discontinuity) && !begin_file (self, error))
    return FALSE;
  if (!write_media (self, segment, error))
    return FALSE;
  const ScRecordingEntry entry = {
    .file = self->n_files - 1,
    .offset = self->file_size,
    .size = segment->size,
    .duration_us = duration_us,
    .wall_time_us = segment->wall_time_us,
    .discontinuity = discontinuity,
  };
  self->joins = FALSE;
  self->file_size += entry.size;
  self->file_us += duration_us;
  sc_recording_index_add_entry (self->index, &entry);
  return write_journal (self, sc_recording_index_write_entry (&entry), error);
}

/* --- end --- */

static gboolean
has_file (const ScRecordingWriter *self, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, folder, name, NULL);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
write_playlists (ScRecordingWriter *self, GError **error)
{
  const ScRecordingIndex *index = self->index;
  g_autofree char *rendition = build_rendition (self);
  return write_text (self,
                     rendition,
                     SC_RECORDING_PLAYLIST,
                     sc_recording_playlist_write_files (index),
                     error) &&
         write_text (self,
                     rendition,
                     SC_RECORDING_RANGE_PLAYLIST,
                     sc_recording_playlist_write_ranges (index),
                     error) &&
         write_text (self,
                     SC_RECORDING_HLS,
                     SC_RECORDING_MASTER,
                     sc_recording_playlist_write_master (index, SC_RECORDING_PLAYLIST),
                     error) &&
         write_text (self,
                     SC_RECORDING_HLS,
                     SC_RECORDING_RANGE_MASTER,
                     sc_recording_playlist_write_master (index, SC_RECORDING_RANGE_PLAYLIST),
                     error);
}

static gboolean
write_document (ScRecordingWriter *self, const char *failure, GError **error)
{
  ScRecordingStatus status = failure ? SC_RECORDING_FAILED : SC_RECORDING_ENDED;
  return write_text (self,
                     SC_RECORDING_EVENTS,
                     sc_recording_document_get_name (status),
                     sc_recording_document_write (self->index, status, g_get_real_time (), failure),
                     error);
}

/**
 * sc_recording_writer_end:
 * @self: a recording
 * @failure: (nullable): why it ends before its stream did
 * @error: an error of %G_FILE_ERROR: it ends as a failure, for this reason
 *
 * Writes the playlists and the last document. There are no other calls afterwards.
 *
 * Returns: %FALSE when what was to be written could not be
 */
gboolean
sc_recording_writer_end (ScRecordingWriter *self, const char *failure, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_clear_fd (&self->file, NULL);
  g_unlink (self->reserve_path);
  self->index->sequential &= has_file (self, SC_RECORDING_THUMBNAILS, "thumb0.jpg");
  self->index->latest &= has_file (self, SC_RECORDING_LATEST, SC_RECORDING_LATEST_NAME);
  if (!write_playlists (self, &local_error) && !failure)
    failure = local_error->message;
  /* Where there is no room for it either, the event alone says how the recording ended. */
  if (!write_document (self, failure, local_error ? NULL : &local_error))
    g_debug ("%s has no last document", self->folder);
  forget (self);
  if (!local_error)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * sc_recording_writer_get_index:
 * @self: a recording
 *
 * Returns: (transfer none): what is in it
 */
const ScRecordingIndex *
sc_recording_writer_get_index (const ScRecordingWriter *self)
{
  return self->index;
}

/**
 * sc_recording_writer_get_folder:
 * @self: a recording
 *
 * Returns: (transfer none): the folder of its tree
 */
const char *
sc_recording_writer_get_folder (const ScRecordingWriter *self)
{
  return self->folder;
}

/**
 * sc_recording_writer_dup_file:
 * @self: a recording with media
 *
 * Returns: (transfer full): the path of its newest media file
 */
char *
sc_recording_writer_dup_file (const ScRecordingWriter *self)
{
  g_autofree char *rendition = build_rendition (self);
  g_autofree char *name = g_strdup_printf ("%u.ts", self->n_files - 1);
  return g_build_filename (self->folder, rendition, name, NULL);
}
