/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-encoder.h"

#include "sc-rtmp-parser.h"
#include "sct-rtmp-script.h"

#include <glib/gstdio.h>
#include <string.h>

struct _SctEncoder {
  GThread *thread;
  GCancellable *cancellable;
  guint16 port;
  GBytes *bytes;
};

static gpointer
run (gpointer data)
{
  SctEncoder *self = data;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection =
    g_socket_client_connect_to_host (client, "127.0.0.1", self->port, self->cancellable, NULL);
  if (!connection)
    return NULL;
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                             g_bytes_get_data (self->bytes, NULL),
                             g_bytes_get_size (self->bytes),
                             NULL,
                             self->cancellable,
                             NULL);
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  guint8 buffer[4096];
  while (g_input_stream_read (input, buffer, sizeof buffer, self->cancellable, NULL) > 0)
    continue;
  return NULL;
}

/* Starts an encoder that writes @bytes, which are taken over. */
SctEncoder *
sct_encoder_new (guint16 port, GByteArray *bytes)
{
  SctEncoder *self = g_new0 (SctEncoder, 1);
  self->port = port;
  self->bytes = g_byte_array_free_to_bytes (bytes);
  self->cancellable = g_cancellable_new ();
  self->thread = g_thread_new ("encoder", run, self);
  return self;
}

/* Breaks the encoder's connection. */
void
sct_encoder_free (SctEncoder *self)
{
  g_cancellable_cancel (self->cancellable);
  g_thread_join (self->thread);
  g_object_unref (self->cancellable);
  g_bytes_unref (self->bytes);
  g_free (self);
}

/* Returns all that comes before the media. */
GByteArray *
sct_encoder_greeting (const char *key)
{
  GByteArray *bytes = g_byte_array_new ();
  sct_rtmp_hello (bytes);
  sct_rtmp_connect (bytes, "app");
  sct_rtmp_command (bytes, "createStream", 2);
  sct_rtmp_publish (bytes, key);
  return bytes;
}

/* Has ffmpeg make an FLV file of @picture, an input of lavfi; @options are the encoder's further.
 */
GBytes *
sct_encoder_flv (const char *picture, const char *options)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  int file = g_file_open_tmp ("media-XXXXXX.flv", &path, &error);
  g_assert_no_error (error);
  g_close (file, NULL);
  g_autofree char *command = g_strdup_printf (
    "ffmpeg -nostdin -y -v error -f lavfi -i %s -f lavfi -i sine=440:r=44100 -c:v libx264 "
    "-preset ultrafast -pix_fmt yuv420p -g 60 -c:a aac -shortest %s -f flv %s",
    picture,
    options,
    path);
  int status;
  g_spawn_command_line_sync (command, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  char *data;
  gsize size;
  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  g_unlink (path);
  return g_bytes_new_take (data, size);
}

/* Appends the tags of @flv, @offset milliseconds later, sound only up to @sound_until. Returns the
 * time of the last picture. */
guint32
sct_encoder_add_flv (GByteArray *bytes, GBytes *flv, guint32 offset, guint32 sound_until)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (flv, &size);
  guint32 last = 0;
  for (gsize at = 13; at + 11 < size;) {
    const guint8 *tag = data + at;
    guint32 length = (guint32) tag[1] << 16 | (guint32) tag[2] << 8 | tag[3];
    guint32 time = (guint32) tag[7] << 24 | (guint32) tag[4] << 16 | (guint32) tag[5] << 8 | tag[6];
    g_autoptr (GByteArray) body = g_byte_array_new ();
    g_byte_array_append (body, tag + 11, length);
    if (tag[0] == SC_RTMP_VIDEO)
      last = time + offset;
    if (tag[0] != SC_RTMP_AUDIO || time + offset <= sound_until)
      sct_rtmp_message (bytes, 128, tag[0], time + offset, body);
    at += 11 + length + 4;
  }
  return last;
}
