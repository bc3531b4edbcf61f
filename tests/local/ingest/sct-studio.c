/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-studio.h"

#include <string.h>

/* A test that waits longer than this for anything has failed. */
#define PATIENCE_SECONDS 40

/* Adds a line to the news; takes it over. */
void
sct_studio_tell (SctStudio *self, char *line)
{
  g_test_message ("news: %s", line);
  g_ptr_array_add (self->news, line);
}

static char *
on_authorize (const char *key, gpointer user_data)
{
  return g_str_has_prefix (key, "sk_") ? g_strdup (key + strlen ("sk_")) : NULL;
}

static guint
on_count_renditions (const char *channel_id, gpointer user_data)
{
  return ((SctStudio *) user_data)->renditions;
}

static void
on_session_created (const char *channel_id, const char *stream_id, gpointer user_data)
{
  g_assert_true (g_str_has_prefix (stream_id, "st-"));
  sct_studio_tell (user_data, g_strdup_printf ("created %s", channel_id));
}

static void
tell_info (SctStudio *self, const char *word, const char *channel_id, const ScMediaInfo *info)
{
  g_autofree char *codecs = sc_media_info_codecs (info);
  sct_studio_tell (self,
                   g_strdup_printf ("%s %s %ux%u@%g %s",
                                    word,
                                    channel_id,
                                    info->width,
                                    info->height,
                                    info->frame_rate,
                                    codecs));
}

static void
on_stream_start (const char *channel_id,
                 const char *stream_id,
                 const ScMediaInfo *info,
                 gpointer user_data)
{
  SctStudio *self = user_data;
  tell_info (self, "start", channel_id, info);
  if (self->tap.stream_start)
    self->tap.stream_start (channel_id, stream_id, info, self->tap_data);
}

static void
on_segment (const char *channel_id, const char *stream_id, ScSegment *segment, gpointer user_data)
{
  SctStudio *self = user_data;
  if (self->tap.segment)
    self->tap.segment (channel_id, stream_id, segment, self->tap_data);
}

static void
on_stream_changed (const char *channel_id,
                   const char *stream_id,
                   const ScMediaInfo *info,
                   gpointer user_data)
{
  tell_info (user_data, "changed", channel_id, info);
}

static void
on_health_changed (const char *channel_id,
                   const char *stream_id,
                   gboolean is_starving,
                   gpointer user_data)
{
  sct_studio_tell (user_data,
                   g_strdup_printf ("%s %s", is_starving ? "starving" : "fed", channel_id));
}

static void
on_stream_end (const char *channel_id, const char *stream_id, gpointer user_data)
{
  SctStudio *self = user_data;
  sct_studio_tell (self, g_strdup_printf ("end %s", channel_id));
  if (self->tap.stream_end)
    self->tap.stream_end (channel_id, stream_id, self->tap_data);
}

static void
on_session_ended (const char *channel_id,
                  const char *stream_id,
                  ScIngestReason reason,
                  gpointer user_data)
{
  const char *word = sc_ingest_reason_to_string (reason);
  sct_studio_tell (user_data, g_strdup_printf ("ended %s %s", channel_id, word));
}

static void
on_exceeded (const char *channel_id, const char *stream_id, guint64 bitrate, gpointer user_data)
{
  sct_studio_tell (user_data,
                   g_strdup_printf ("exceeded %s %" G_GUINT64_FORMAT, channel_id, bitrate));
}

static void
on_refused (const char *channel_id, const char *stream_id, gpointer user_data)
{
  sct_studio_tell (user_data, g_strdup_printf ("refused %s", channel_id));
}

SctStudio *
sct_studio_new (void)
{
  static const ScIngestDelegate delegate = {
    .authorize = on_authorize,
    .count_renditions = on_count_renditions,
    .session_created = on_session_created,
    .stream_start = on_stream_start,
    .stream_changed = on_stream_changed,
    .health_changed = on_health_changed,
    .exceeded = on_exceeded,
    .refused = on_refused,
    .segment = on_segment,
    .stream_end = on_stream_end,
    .session_ended = on_session_ended,
  };
  g_autoptr (GError) error = NULL;
  SctStudio *self = g_new0 (SctStudio, 1);
  self->news = g_ptr_array_new_with_free_func (g_free);
  self->http = soup_session_new_with_options ("max-conns-per-host", 16, NULL);
  self->origin = sc_origin_new ("");
  self->http_port = sc_origin_listen_loopback (self->origin, 0, &error);
  g_assert_no_error (error);
  g_autofree char *base = sct_studio_url (self, "");
  sc_origin_set_base_url (self->origin, base);
  self->ingest = sc_ingest_new (self->origin, g_getenv ("STREAMCAT_PUBLISHER"), &delegate, self);
  self->rtmp_port = sc_ingest_listen_loopback (self->ingest, 0, SC_INGEST_RTMP, &error);
  g_assert_no_error (error);
  return self;
}

void
sct_studio_free (SctStudio *self)
{
  sc_ingest_close (self->ingest);
  sc_origin_close (self->origin);
  g_object_unref (self->ingest);
  g_object_unref (self->origin);
  g_object_unref (self->http);
  g_ptr_array_unref (self->news);
  g_free (self);
}

/* Starts @command in a shell, with RTMP in its environment. */
GSubprocess *
sct_studio_launch (SctStudio *self, const char *command)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autofree char *rtmp = g_strdup_printf ("rtmp://127.0.0.1:%u/app", self->rtmp_port);
  g_autofree char *script = g_strdup_printf ("exec %s", command);
  g_autoptr (GError) error = NULL;
  g_subprocess_launcher_setenv (launcher, "RTMP", rtmp, TRUE);
  GSubprocess *process = g_subprocess_launcher_spawn (launcher, &error, "sh", "-c", script, NULL);
  g_assert_no_error (error);
  return process;
}

/* Starts an ffmpeg that publishes a test picture and a tone; @options are its input's and encoder's
 * further options, "-t 6". */
GSubprocess *
sct_studio_encode (SctStudio *self, const char *key, const char *options)
{
  g_autofree char *command = g_strdup_printf (
    "ffmpeg -nostdin -v error -re -f lavfi -i testsrc2=s=320x180:r=30 -f lavfi -i sine=440:r=44100 "
    "-c:v libx264 -preset ultrafast -tune zerolatency -pix_fmt yuv420p -g 60 "
    "-c:a aac -shortest %s -f flv $RTMP/%s",
    options,
    key);
  return sct_studio_launch (self, command);
}

static void
on_communicated (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_subprocess_communicate_utf8_finish (G_SUBPROCESS (source), result, NULL, user_data, &error);
  g_assert_no_error (error);
}

/* Waits for @process to end. Returns what it wrote to its standard error. */
char *
sct_studio_finish (SctStudio *self, GSubprocess *process)
{
  char *text = NULL;
  g_subprocess_communicate_utf8_async (process, NULL, NULL, on_communicated, &text);
  while (!text)
    g_main_context_iteration (NULL, TRUE);
  return text;
}

gboolean
sct_studio_has (SctStudio *self, const char *pattern)
{
  for (guint i = 0; i < self->news->len; i++)
    if (g_pattern_match_simple (pattern, g_ptr_array_index (self->news, i)))
      return TRUE;
  return FALSE;
}

static gboolean
on_patience_over (gpointer user_data)
{
  g_error ("Waited in vain for: %s", (const char *) user_data);
  return G_SOURCE_REMOVE;
}

/* Waits until the news have a line like @pattern, and forgets all up to it. */
void
sct_studio_wait (SctStudio *self, const char *pattern)
{
  guint patience = g_timeout_add_seconds (PATIENCE_SECONDS, on_patience_over, (gpointer) pattern);
  for (;;) {
    while (self->news->len > 0) {
      g_autofree char *line = g_ptr_array_steal_index (self->news, 0);
      if (g_pattern_match_simple (pattern, line)) {
        g_source_remove (patience);
        return;
      }
    }
    g_main_context_iteration (NULL, TRUE);
  }
}

char *
sct_studio_url (SctStudio *self, const char *path)
{
  return g_strdup_printf ("http://127.0.0.1:%u%s", self->http_port, path);
}

typedef struct {
  GBytes *body;
  gboolean done;
} Answer;

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;
  answer->body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);
  answer->done = TRUE;
}

/* Returns the body at @url, or NULL where the connection broke. */
GBytes *
sct_studio_get (SctStudio *self, const char *url, guint *ret_status)
{
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
  Answer answer = { 0 };
  soup_session_send_and_read_async (self->http,
                                    message,
                                    G_PRIORITY_DEFAULT,
                                    NULL,
                                    on_answer,
                                    &answer);
  while (!answer.done)
    g_main_context_iteration (NULL, TRUE);
  if (ret_status)
    *ret_status = soup_message_get_status (message);
  return answer.body;
}

char *
sct_studio_get_text (SctStudio *self, const char *url, guint *ret_status)
{
  g_autoptr (GBytes) body = sct_studio_get (self, url, ret_status);
  gsize size;
  const char *data = g_bytes_get_data (body, &size);
  return g_strndup (data, size);
}

/* Returns what a channel's playback URL gives. */
char *
sct_studio_master (SctStudio *self, const char *channel, guint *ret_status)
{
  g_autofree char *path =
    g_strdup_printf ("/api/video/v1/us-west-2.123456789012.channel.%s.m3u8", channel);
  g_autofree char *url = sct_studio_url (self, path);
  return sct_studio_get_text (self, url, ret_status);
}

/* Returns the address of the source's rendition of a live channel. */
char *
sct_studio_rendition (SctStudio *self, const char *channel)
{
  guint status;
  g_autofree char *text = sct_studio_master (self, channel, &status);
  if (status != 200)
    return NULL;
  g_autoptr (GPtrArray) urls = sct_studio_segments (text, "");
  return urls->len > 0 ? g_strdup (g_ptr_array_index (urls, 0)) : NULL;
}

/* Returns the addresses in a playlist: on the lines that begin with @tag, or, where it is "", on
 * lines of their own. */
GPtrArray *
sct_studio_segments (const char *playlist, const char *tag)
{
  GPtrArray *urls = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) lines = g_strsplit (playlist, "\n", -1);
  for (guint i = 0; lines[i]; i++)
    if (g_str_has_prefix (lines[i], tag) && g_str_has_prefix (lines[i] + strlen (tag), "http"))
      g_ptr_array_add (urls, g_strdup (lines[i] + strlen (tag)));
  return urls;
}
