/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "live-front.h"

#include <string.h>

#define MASTER_PREFIX "/api/video/"
#define RENDITION_PREFIX "/v1/playlist/"
#define BROKEN_PREFIX "/broken"

typedef struct {
  LiveFront *front;
  SoupServerMessage *message;
  SoupMessage *upstream;
} Relay;

static char *
spoil_playlist (LiveFront *self, const char *text)
{
  GString *out = g_string_new (NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  gboolean is_media = strstr (text, "#EXTINF") != NULL;
  for (guint i = 0; lines[i]; i++) {
    gboolean is_prefetch = g_str_has_prefix (lines[i], "#EXT-X-PREFETCH:");
    const char *path = is_prefetch ? strstr (lines[i], "/v1/segment/") : NULL;
    if (is_prefetch && (self->pauses || self->hides_prefetch))
      continue;
    if (path && self->breaks_prefetch)
      g_string_append_printf (out,
                              "#EXT-X-PREFETCH:http://127.0.0.1:%u" BROKEN_PREFIX "%s\n",
                              self->port,
                              path);
    else
      g_string_append_printf (out, "%s\n", lines[i]);
  }
  if (is_media && self->pauses)
    g_string_append (out, "#EXT-X-ENDLIST\n");
  return g_string_free (out, FALSE);
}

static void
on_answer (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree Relay *relay = user_data;
  g_autoptr (GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (object), result, NULL);
  gsize size = 0;
  const char *data = body ? g_bytes_get_data (body, &size) : NULL;
  g_autofree char *text = g_strndup (data ? data : "", size);
  char *spoilt = spoil_playlist (relay->front, text);
  soup_server_message_set_status (relay->message,
                                  body ? soup_message_get_status (relay->upstream) : 502,
                                  NULL);
  soup_server_message_set_response (relay->message,
                                    "application/vnd.apple.mpegurl",
                                    SOUP_MEMORY_TAKE,
                                    spoilt,
                                    strlen (spoilt));
  soup_server_message_unpause (relay->message);
  g_object_unref (relay->message);
  g_object_unref (relay->upstream);
}

static void
relay_playlist (LiveFront *self, SoupServerMessage *message, const char *path)
{
  g_autofree char *url = sct_studio_url (self->studio, path);
  Relay *relay = g_new (Relay, 1);
  *relay = (Relay) { self, g_object_ref (message), soup_message_new ("GET", url) };
  soup_server_message_pause (message);
  soup_session_send_and_read_async (self->studio->http,
                                    relay->upstream,
                                    G_PRIORITY_DEFAULT,
                                    NULL,
                                    on_answer,
                                    relay);
}

static void
answer_segment (LiveFront *self, SoupServerMessage *message, const char *path)
{
  static const char nonsense[188 * 700] = "nonsense";
  g_autofree char *url = sct_studio_url (self->studio, path);
  if (self->spoils) {
    soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
    soup_server_message_set_response (message,
                                      "video/MP2T",
                                      SOUP_MEMORY_STATIC,
                                      nonsense,
                                      sizeof nonsense);
    return;
  }
  soup_server_message_set_redirect (message, SOUP_STATUS_TEMPORARY_REDIRECT, url);
}

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  LiveFront *self = user_data;
  const char *token = query ? g_hash_table_lookup (query, "token") : NULL;
  gboolean is_master = g_str_has_prefix (path, MASTER_PREFIX);
  if (is_master && self->token && g_strcmp0 (token, self->token) != 0) {
    self->n_refused++;
    soup_server_message_set_status (message, SOUP_STATUS_FORBIDDEN, NULL);
  } else if (g_str_has_prefix (path, BROKEN_PREFIX)) {
    soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
  } else if (is_master || g_str_has_prefix (path, RENDITION_PREFIX)) {
    relay_playlist (self, message, path);
  } else {
    answer_segment (self, message, path);
  }
}

/* Makes the playlists of @studio point here. */
LiveFront *
live_front_new (SctStudio *studio)
{
  g_autoptr (GError) error = NULL;
  LiveFront *self = g_new0 (LiveFront, 1);
  self->studio = studio;
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  g_autoslist (GUri) uris = soup_server_get_uris (self->server);
  self->port = (guint16) g_uri_get_port (uris->data);
  g_autofree char *base = g_strdup_printf ("http://127.0.0.1:%u", self->port);
  sc_origin_set_base_url (studio->origin, base);
  return self;
}

void
live_front_free (LiveFront *self)
{
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_free (self);
}

/* Returns what `ivssrc` plays the channel "one" by. */
char *
live_front_get_uri (LiveFront *self, const char *query)
{
  return g_strdup_printf (
    "ivs+http://127.0.0.1:%u/api/video/v1/us-west-2.123456789012.channel.one.m3u8%s",
    self->port,
    query);
}
