/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-record.h"

#include <string.h>

/* The pipe between a publisher process and the ingest: a byte of type, a byte of the
 * rendition, four bytes of length in host order, a body. Bodies are GVariants in host order, data
 * are plain. The process decodes what strangers sent, so nothing that comes from it is believed. */

#define HEADER_SIZE 6
#define MAX_PIXELS 16384
#define MAX_FRAME_RATE 1000.0
#define MAX_SEGMENT_US (60 * G_USEC_PER_SEC)
#define MAX_MESSAGE 200

/**
 * sc_record_clear:
 * @self: a record
 *
 * Drops what the record holds.
 */
void
sc_record_clear (ScRecord *self)
{
  g_clear_pointer (&self->data, g_bytes_unref);
  g_clear_pointer (&self->message, g_free);
}

static GVariant *
body_of (const ScRecord *self)
{
  const ScMediaInfo *info = &self->info;
  switch (self->type) {
  case SC_RECORD_INFO:
    return g_variant_new ("(uuduss)",
                          info->width,
                          info->height,
                          info->frame_rate,
                          info->bandwidth,
                          info->video_codec,
                          info->audio_codec);
  case SC_RECORD_SEGMENT_START:
    return g_variant_new ("(xb)", self->wall_time_us, self->discontinuity);
  case SC_RECORD_SEGMENT_END:
    return g_variant_new ("(x)", self->duration_us);
  case SC_RECORD_ERROR:
    return g_variant_new ("(s)", self->message);
  case SC_RECORD_DATA:
  case SC_RECORD_RENDITION_END:
  case SC_RECORD_EOS:
    break;
  }
  return NULL;
}

static void
write_one (GByteArray *out, const ScRecord *record, gconstpointer body, gsize size)
{
  guint8 header[HEADER_SIZE] = { (guint8) record->type, (guint8) record->rendition };
  guint32 length = (guint32) size;
  memcpy (header + 2, &length, sizeof length);
  g_byte_array_append (out, header, sizeof header);
  g_byte_array_append (out, body, (guint) size);
}

static void
write_data (GByteArray *out, const ScRecord *record)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (record->data, &size);
  for (gsize done = 0; done < size; done += SC_RECORD_MAX_BODY)
    write_one (out, record, bytes + done, MIN (SC_RECORD_MAX_BODY, size - done));
}

/**
 * sc_record_write:
 * @self: a record
 * @out: where to append its bytes
 */
void
sc_record_write (const ScRecord *self, GByteArray *out)
{
  if (self->type == SC_RECORD_DATA) {
    write_data (out, self);
    return;
  }
  g_autoptr (GVariant) body = body_of (self);
  if (body)
    g_variant_ref_sink (body);
  gconstpointer bytes = body ? g_variant_get_data (body) : "";
  write_one (out, self, bytes, body ? g_variant_get_size (body) : 0);
}

static gboolean
wrong (GError **error)
{
  g_set_error_literal (error,
                       SC_INGEST_ERROR,
                       SC_INGEST_ERROR_PUBLISHER,
                       "The publisher process talks nonsense");
  return FALSE;
}

/* A codec is a word of RFC 6381: a line of a playlist is made of it. */
static gboolean
is_codec (const char *text)
{
  return strlen (text) < SC_MEDIA_CODEC_MAX &&
         strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.") ==
           strlen (text);
}

static gboolean
read_info (GVariant *body, ScMediaInfo *info)
{
  const char *video, *audio;
  g_variant_get (body,
                 "(uudu&s&s)",
                 &info->width,
                 &info->height,
                 &info->frame_rate,
                 &info->bandwidth,
                 &video,
                 &audio);
  if (info->width == 0 || info->width > MAX_PIXELS || info->height == 0 ||
      info->height > MAX_PIXELS || !is_codec (video) || !is_codec (audio))
    return FALSE;
  if (!(info->frame_rate >= 0 && info->frame_rate <= MAX_FRAME_RATE))
    return FALSE;
  g_strlcpy (info->video_codec, video, sizeof info->video_codec);
  g_strlcpy (info->audio_codec, audio, sizeof info->audio_codec);
  return TRUE;
}

static gboolean
read_error (GVariant *body, ScRecord *record)
{
  const char *message;
  g_variant_get (body, "(&s)", &message);
  record->message = g_utf8_substring (message, 0, MIN (g_utf8_strlen (message, -1), MAX_MESSAGE));
  return TRUE;
}

static const char *
type_string (ScRecordType type)
{
  switch (type) {
  case SC_RECORD_INFO:
    return "(uuduss)";
  case SC_RECORD_SEGMENT_START:
    return "(xb)";
  case SC_RECORD_SEGMENT_END:
    return "(x)";
  case SC_RECORD_ERROR:
    return "(s)";
  case SC_RECORD_DATA:
  case SC_RECORD_RENDITION_END:
  case SC_RECORD_EOS:
    break;
  }
  return NULL;
}

/* Reads a body that is a GVariant. It comes from a process that decodes foreign bytes: a body that
 * is not in normal form reads as default values, which the checks then refuse or may pass. */
static gboolean
read_variant (ScRecord *record, GBytes *bytes)
{
  g_autoptr (GVariant) body =
    g_variant_new_from_bytes (G_VARIANT_TYPE (type_string (record->type)), bytes, FALSE);
  g_variant_ref_sink (body);
  if (!g_variant_is_normal_form (body))
    return FALSE;
  if (record->type == SC_RECORD_INFO)
    return read_info (body, &record->info);
  if (record->type == SC_RECORD_ERROR)
    return read_error (body, record);
  if (record->type == SC_RECORD_SEGMENT_START) {
    g_variant_get (body, "(xb)", &record->wall_time_us, &record->discontinuity);
    return record->wall_time_us > 0;
  }
  g_variant_get (body, "(x)", &record->duration_us);
  return record->duration_us > 0 && record->duration_us <= MAX_SEGMENT_US;
}

/**
 * sc_record_read:
 * @input: bytes as they came; those of the record are taken off its front
 * @ret_record: (out): a record, to be cleared with sc_record_clear()
 * @error: an error of %SC_INGEST_ERROR
 *
 * Returns: %TRUE with a record; %FALSE without @error when more bytes are needed; %FALSE with
 * @error when the bytes are wrong
 */
gboolean
sc_record_read (GByteArray *input, ScRecord *ret_record, GError **error)
{
  guint32 length;
  if (input->len < HEADER_SIZE)
    return FALSE;
  memcpy (&length, input->data + 2, sizeof length);
  guint8 type = input->data[0];
  guint8 rendition = input->data[1];
  if (length > SC_RECORD_MAX_BODY || type < SC_RECORD_INFO || type > SC_RECORD_EOS ||
      rendition >= SC_BROADCAST_MAX_RENDITIONS)
    return wrong (error);
  if (input->len < HEADER_SIZE + length)
    return FALSE;

  g_autoptr (GBytes) body = g_bytes_new (input->data + HEADER_SIZE, length);
  g_byte_array_remove_range (input, 0, HEADER_SIZE + length);
  g_auto (ScRecord) record = { .type = type, .rendition = rendition };
  if (type == SC_RECORD_DATA)
    record.data = g_steal_pointer (&body);
  else if (type_string (type) && !read_variant (&record, body))
    return wrong (error);
  *ret_record = record;
  record = (ScRecord) { 0 };
  return TRUE;
}
