/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What AWS says about a world: Amazon IVS lists what is live, a bucket has what was recorded, and
 * Amazon IVS Chat takes what rooms are told. It answers while whoever asks waits, so that the world
 * stands still meanwhile. */

#include "config.h"

#include "sct-world-aws.h"

#include "sc-ivs-shapes.h"
#include "sc-json.h"
#include "sc-time.h"

#include <libsoup/soup.h>
#include <string.h>

static void
answer (SoupServerMessage *message, guint status, const char *text)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message,
                                    "application/json",
                                    SOUP_MEMORY_COPY,
                                    text,
                                    strlen (text));
}

static void
answer_object (SoupServerMessage *message, const char *member, JsonNode *node)
{
  g_autoptr (JsonObject) body = json_object_new ();
  json_object_set_member (body, member, node);
  g_autofree char *text = sc_json_to_string (body);
  answer (message, 200, text);
}

static JsonNode *
wrap (JsonObject *object)
{
  JsonNode *node = json_node_init_object (json_node_alloc (), object);
  json_object_unref (object);
  return node;
}

/* In a list some streams could not be counted in time. */
static JsonObject *
view_stream (SctWorld *self, const SctWorldStream *stream, gboolean in_list)
{
  g_autofree char *arn = sct_world_dup_arn (stream->channel);
  gboolean is_counted = !in_list || g_str_hash (stream->id) % 4 != 0;
  const ScIvsStream shape = {
    .channel_arn = arn,
    .stream_id = stream->id,
    .state = (char *) "LIVE",
    .health = (char *) (sct_world_is_starving (stream, self->now) ? "STARVING" : "HEALTHY"),
    .started_at = stream->started,
    .viewer_count = is_counted ? sct_world_count_viewers (stream, self->now) : -1,
  };
  return sc_ivs_stream_to_json (&shape, FALSE);
}

/* A page has what the world says it has; the token of the next one is where it begins. */
static void
list_streams (SctWorld *self, SoupServerMessage *message, JsonObject *input)
{
  const char *token = sc_json_get_string_or (input, "nextToken", NULL);
  guint64 skipped = token ? g_ascii_strtoull (token, NULL, 10) : 0;
  guint64 n_live = 0;
  g_autoptr (JsonObject) body = json_object_new ();
  JsonArray *streams = json_array_new ();
  for (guint i = 0; i < self->streams->len; i++) {
    const SctWorldStream *stream = self->streams->pdata[i];
    if (!sct_world_is_live (stream, self->now) || n_live++ < skipped)
      continue;
    if (json_array_get_length (streams) < self->page_size)
      json_array_add_object_element (streams, view_stream (self, stream, TRUE));
  }
  guint64 given = skipped + json_array_get_length (streams);
  json_object_set_array_member (body, "streams", streams);
  if (given < n_live) {
    g_autofree char *next = g_strdup_printf ("%" G_GUINT64_FORMAT, given);
    json_object_set_string_member (body, "nextToken", next);
    self->n_further_pages++;
  }
  g_autofree char *text = sc_json_to_string (body);
  answer (message, 200, text);
}

static gboolean
is_of_channel (JsonObject *input, guint channel)
{
  g_autofree char *arn = sct_world_dup_arn (channel);
  return g_strcmp0 (sc_json_get_string_or (input, "channelArn", NULL), arn) == 0;
}

static void
get_stream (SctWorld *self, SoupServerMessage *message, JsonObject *input)
{
  for (guint i = 0; i < SCT_WORLD_CHANNELS; i++) {
    const SctWorldStream *stream =
      is_of_channel (input, i) ? sct_world_find_live (self, i, self->now) : NULL;
    if (!stream)
      continue;
    answer_object (message, "stream", wrap (view_stream (self, stream, FALSE)));
    return;
  }
  answer (message, 404, "{\"__type\":\"ChannelNotBroadcasting\"}");
}

static void
get_session (SctWorld *self, SoupServerMessage *message, JsonObject *input)
{
  const char *id = sc_json_get_string_or (input, "streamId", "");
  for (guint i = 0; i < self->streams->len; i++) {
    const SctWorldStream *stream = self->streams->pdata[i];
    if (!g_str_equal (stream->id, id) || stream->created > self->now)
      continue;
    const ScIvsStreamSession shape = {
      .stream_id = stream->id,
      .started_at = stream->created,
      .ended_at = stream->ended && stream->ended <= self->now ? stream->ended : 0,
      .video_width = 1280,
      .video_height = 720,
      .video_frame_rate = 30,
    };
    answer_object (message, "streamSession", wrap (sc_ivs_stream_session_to_json (&shape, TRUE)));
    return;
  }
  answer (message, 404, "{\"__type\":\"ResourceNotFoundException\"}");
}

static void
send_event (SctWorld *self, SoupServerMessage *message, JsonObject *input)
{
  JsonObject *attributes = json_object_get_object_member (input, "attributes");
  for (guint i = 0; i < SCT_WORLD_CHANNELS; i++) {
    g_autofree char *arn = sct_world_dup_room_arn (i);
    if (!g_str_equal (json_object_get_string_member (input, "roomIdentifier"), arn))
      continue;
    SctWorldTold *told = g_new0 (SctWorldTold, 1);
    told->channel = i;
    told->state = g_strdup (json_object_get_string_member (attributes, "State"));
    told->stream_id = g_strdup (sc_json_get_string_or (attributes, "StreamId", NULL));
    g_ptr_array_add (self->told, told);
  }
  answer (message, 200, "{\"id\":\"abcdABCD1234\"}");
}

static void
answer_manifest (SoupServerMessage *message, const SctWorldRecording *recording)
{
  const SctWorldStream *first = recording->streams->pdata[0];
  g_autofree char *time = sc_time_to_string (first->started);
  g_auto (GStrv) path = g_strsplit (recording->playlist, "/", 2);
  g_autofree char *text = g_strdup_printf (
    "{\"version\":\"v1\",\"recording_status\":\"RECORDING_ENDED\",\"recording_started_at\":\"%s\","
    "\"media\":{\"hls\":{\"path\":\"%s\",\"playlist\":\"%s\",\"duration_ms\":1000,\"renditions\":["
    "{\"resolution_width\":1280,\"resolution_height\":720}]},"
    "\"latest_thumbnail\":{\"path\":\"%s\"}}}",
    time,
    path[0],
    path[1],
    recording->thumbnail);
  answer (message, 200, text);
}

/* Who may not list a bucket is denied what is not there. */
static void
get_object (SctWorld *self, SoupServerMessage *message, const char *path)
{
  for (guint i = 0; i < self->recordings->len; i++) {
    const SctWorldRecording *recording = self->recordings->pdata[i];
    g_autofree char *document =
      g_strdup_printf ("/" SCT_WORLD_BUCKET "/%s/events/recording-ended.json", recording->prefix);
    if (!g_str_equal (path, document) || recording->start_failed || recording->end_failed ||
        !recording->ended || recording->ended > self->now)
      continue;
    answer_manifest (message, recording);
    return;
  }
  answer (message, 403, "<Error><Code>AccessDenied</Code></Error>");
}

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  SctWorld *self = user_data;
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  if (g_str_equal (soup_server_message_get_method (message), "GET")) {
    get_object (self, message, path);
    return;
  }
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  g_autoptr (JsonObject) input = sc_json_parse (bytes, SC_JSON_MAX_BYTES, NULL);
  if (g_str_equal (path, "/ListStreams"))
    list_streams (self, message, input);
  else if (g_str_equal (path, "/GetStream"))
    get_stream (self, message, input);
  else if (g_str_equal (path, "/GetStreamSession"))
    get_session (self, message, input);
  else if (g_str_equal (path, "/SendEvent"))
    send_event (self, message, input);
  else
    answer (message, 400, "{\"__type\":\"ValidationException\"}");
}

static gpointer
serve (gpointer data)
{
  SctWorld *self = data;
  g_main_context_push_thread_default (self->context);
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  soup_server_add_handler (server, NULL, on_request, self, NULL);
  g_assert_true (soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  GSList *uris = soup_server_get_uris (server);
  char *url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_atomic_pointer_set (&self->url, url);
  g_main_loop_run (self->loop);
  g_clear_object (&server);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

/**
 * sct_world_aws_start:
 * @self: a world
 *
 * Lets AWS listen where the world's url says.
 */
void
sct_world_aws_start (SctWorld *self)
{
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("aws", serve, self);
  while (!g_atomic_pointer_get (&self->url))
    g_thread_yield ();
}

/**
 * sct_world_aws_stop:
 * @self: a world
 *
 * Ends that.
 */
void
sct_world_aws_stop (SctWorld *self)
{
  g_main_loop_quit (self->loop);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_free (self->url);
}
