/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-recording-index.h"

#include "sc-json.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* What is in a recording, and its journal: a line of JSON, then a line for each stream and each
 * segment. A line that is not whole was being written when its process died, and is none. Pure
 * functions. */

/* Longer than any name or ARN that a head has. */
#define TEXT_MAX 1024

#define STREAM_WORD "stream "
#define ENTRY_FORMAT                                                                               \
  "segment %u %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT  \
  " %d\n"

typedef struct {
  const char *member;
  gsize offset;
} Field;

#define FIELD(name, member) { name, G_STRUCT_OFFSET (ScRecordingIndex, member) }

static const Field text_fields[] = {
  FIELD ("channel_arn", channel_arn), FIELD ("channel_name", channel_name),
  FIELD ("bucket", bucket),           FIELD ("prefix", prefix),
  FIELD ("session_id", session_id),
};

static char **
text_at (const ScRecordingIndex *self, guint i)
{
  return G_STRUCT_MEMBER_P (self, text_fields[i].offset);
}

/**
 * sc_recording_index_new:
 *
 * Returns: (transfer full): a recording with nothing in it
 */
ScRecordingIndex *
sc_recording_index_new (void)
{
  ScRecordingIndex *self = g_new0 (ScRecordingIndex, 1);
  self->stream_ids = g_ptr_array_new_with_free_func (g_free);
  self->entries = g_array_new (FALSE, FALSE, sizeof (ScRecordingEntry));
  return self;
}

/**
 * sc_recording_index_free:
 * @self: (nullable) (transfer full): a recording
 */
void
sc_recording_index_free (ScRecordingIndex *self)
{
  if (!self)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (text_fields); i++)
    g_free (*text_at (self, i));
  g_ptr_array_unref (self->stream_ids);
  g_array_unref (self->entries);
  g_free (self);
}

/**
 * sc_recording_index_add_stream:
 * @self: a recording
 * @stream_id: a stream that is in it from now on
 */
void
sc_recording_index_add_stream (ScRecordingIndex *self, const char *stream_id)
{
  g_ptr_array_add (self->stream_ids, g_strdup (stream_id));
}

/**
 * sc_recording_index_add_entry:
 * @self: a recording
 * @entry: its next segment
 */
void
sc_recording_index_add_entry (ScRecordingIndex *self, const ScRecordingEntry *entry)
{
  g_array_append_vals (self->entries, entry, 1);
  self->duration_us += entry->duration_us;
}

/**
 * sc_recording_index_get_last:
 * @self: a recording
 *
 * Returns: (transfer none) (nullable): its newest segment
 */
const ScRecordingEntry *
sc_recording_index_get_last (const ScRecordingIndex *self)
{
  return self->entries->len > 0
           ? &g_array_index (self->entries, ScRecordingEntry, self->entries->len - 1)
           : NULL;
}

/**
 * sc_recording_index_dup_rendition:
 * @self: a recording
 *
 * Returns: (transfer full): the name of its only rendition, "480p30"
 */
char *
sc_recording_index_dup_rendition (const ScRecordingIndex *self)
{
  return g_strdup_printf ("%up%ld", self->info.height, lround (self->info.frame_rate));
}

/**
 * sc_recording_index_write_head:
 * @self: a recording
 *
 * Returns: (transfer full): the first line of its journal
 */
char *
sc_recording_index_write_head (const ScRecordingIndex *self)
{
  g_autoptr (JsonObject) head = json_object_new ();
  for (guint i = 0; i < G_N_ELEMENTS (text_fields); i++)
    sc_json_set_string (head, text_fields[i].member, *text_at (self, i));
  json_object_set_int_member (head, "started_at_us", self->started_at_us);
  json_object_set_int_member (head, "width", self->info.width);
  json_object_set_int_member (head, "height", self->info.height);
  json_object_set_int_member (head, "millihertz", lround (self->info.frame_rate * 1000));
  json_object_set_string_member (head, "video_codec", self->info.video_codec);
  json_object_set_string_member (head, "audio_codec", self->info.audio_codec);
  json_object_set_boolean_member (head, "sequential", self->sequential);
  json_object_set_boolean_member (head, "latest", self->latest);
  g_autofree char *text = sc_json_to_string (head);
  return g_strconcat (text, "\n", NULL);
}

/**
 * sc_recording_index_write_stream:
 * @stream_id: a stream
 *
 * Returns: (transfer full): its line of the journal
 */
char *
sc_recording_index_write_stream (const char *stream_id)
{
  return g_strconcat (STREAM_WORD, stream_id, "\n", NULL);
}

/**
 * sc_recording_index_write_entry:
 * @entry: a segment
 *
 * Returns: (transfer full): its line of the journal
 */
char *
sc_recording_index_write_entry (const ScRecordingEntry *entry)
{
  return g_strdup_printf (ENTRY_FORMAT,
                          entry->file,
                          entry->offset,
                          entry->size,
                          entry->duration_us,
                          entry->wall_time_us,
                          entry->discontinuity);
}

static gboolean
read_numbers (ScRecordingIndex *self, JsonObject *head, GError **error)
{
  gint64 width, height, millihertz;
  if (!sc_json_get_int (head, "started_at_us", 0, G_MAXINT64, &self->started_at_us, error) ||
      !sc_json_get_int (head, "width", 1, G_MAXINT32, &width, error) ||
      !sc_json_get_int (head, "height", 1, G_MAXINT32, &height, error) ||
      !sc_json_get_int (head, "millihertz", 0, G_MAXINT32, &millihertz, error))
    return FALSE;
  self->info.width = (guint) width;
  self->info.height = (guint) height;
  self->info.frame_rate = (double) millihertz / 1000;
  return TRUE;
}

static gboolean
read_head (ScRecordingIndex *self, const char *line, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (line, strlen (line));
  g_autoptr (JsonObject) head = sc_json_parse (bytes, SC_JSON_MAX_BYTES, error);
  if (!head || !read_numbers (self, head, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (text_fields); i++) {
    const char *text = sc_json_get_string (head, text_fields[i].member, TEXT_MAX, error);
    if (!text)
      return FALSE;
    *text_at (self, i) = g_strdup (text);
  }
  g_strlcpy (self->info.video_codec,
             sc_json_get_string_or (head, "video_codec", ""),
             SC_MEDIA_CODEC_MAX);
  g_strlcpy (self->info.audio_codec,
             sc_json_get_string_or (head, "audio_codec", ""),
             SC_MEDIA_CODEC_MAX);
  self->sequential = sc_json_get_bool_or (head, "sequential", FALSE);
  self->latest = sc_json_get_bool_or (head, "latest", FALSE);
  return TRUE;
}

static void
read_line (ScRecordingIndex *self, const char *line)
{
  ScRecordingEntry entry = { 0 };
  if (g_str_has_prefix (line, STREAM_WORD))
    sc_recording_index_add_stream (self, line + strlen (STREAM_WORD));
  else if (sscanf (line,
                   ENTRY_FORMAT,
                   &entry.file,
                   &entry.offset,
                   &entry.size,
                   &entry.duration_us,
                   &entry.wall_time_us,
                   &entry.discontinuity) == 6)
    sc_recording_index_add_entry (self, &entry);
}

/**
 * sc_recording_index_read:
 * @journal: what a journal has, perhaps without the end of its last line
 * @error: an error of %SC_DATA_ERROR
 *
 * Returns: (transfer full) (nullable): the recording that the journal is of
 */
ScRecordingIndex *
sc_recording_index_read (const char *journal, GError **error)
{
  g_autoptr (ScRecordingIndex) self = sc_recording_index_new ();
  g_auto (GStrv) lines = g_strsplit (journal, "\n", -1);
  guint whole = g_strv_length (lines) > 0 ? g_strv_length (lines) - 1 : 0;
  if (!read_head (self, whole > 0 ? lines[0] : "", error))
    return NULL;
  for (guint i = 1; i < whole; i++)
    read_line (self, lines[i]);
  return g_steal_pointer (&self);
}
