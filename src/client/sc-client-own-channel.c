/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* /v1/me/channel and /v1/me/avatar. */

#include "config.h"

#include "sc-client-call.h"
#include "sc-client-error.h"
#include "sc-client-path.h"
#include "sc-json-members.h"
#include "sc-json.h"
#include "sc-stream-status.h"

/* "sk_REGION_" and letters, 46 characters today (Amazon IVS API Reference, StreamKey). */
#define STREAM_KEY_MAX 512

/* "srt://", a host and its port, and a passphrase of SRT (libsrt's "SRTO_PASSPHRASE"). */
#define SRT_SERVER_MAX 512
#define SRT_PASSPHRASE_MAX 79

/**
 * sc_client_get_own_channel:
 * @self: the client, with a token
 *
 * GET /v1/me/channel. While the channel is not ready, each call also moves its making on.
 *
 * Returns: (transfer full): a future that resolves to a %SC_TYPE_CHANNEL
 */
DexFuture *
sc_client_get_own_channel (ScClient *self)
{
  return sc_client_call (self, "GET", "/v1/me/channel", NULL, sc_client_read_channel);
}

/**
 * sc_client_change_channel:
 * @self: the client, with a token
 * @change: what is to be another
 *
 * PATCH /v1/me/channel. What is %NULL stays.
 *
 * Returns: (transfer full): a future that resolves to a %SC_TYPE_CHANNEL
 */
DexFuture *
sc_client_change_channel (ScClient *self, const ScChannelChange *change)
{
  JsonObject *body = json_object_new ();
  sc_json_add_string (body, "title", change->title);
  sc_json_add_string (body, "category", change->category);
  sc_json_add_string (body, "about", change->about);
  sc_json_add_string (body, "type", change->type);
  sc_json_add_string (body, "latency_mode", change->latency_mode);
  return sc_client_call (self, "PATCH", "/v1/me/channel", body, sc_client_read_channel);
}

static gboolean
read_key (JsonObject *answer, GValue *ret_value, GError **error)
{
  const char *key = sc_json_get_string (answer, "key", STREAM_KEY_MAX, error);
  if (!key)
    return FALSE;
  g_value_init (ret_value, G_TYPE_STRING);
  g_value_set_string (ret_value, key);
  return TRUE;
}

/**
 * sc_client_get_stream_key:
 * @self: the client, with a token
 *
 * GET /v1/me/channel/key. The key is a secret: let go of it as soon as it is used.
 *
 * Returns: (transfer full): a future that resolves to the stream key as a string
 */
DexFuture *
sc_client_get_stream_key (ScClient *self)
{
  return sc_client_call (self, "GET", "/v1/me/channel/key", NULL, read_key);
}

static gboolean
read_srt (JsonObject *answer, const char *member, gsize max, GValue *ret_value, GError **error)
{
  JsonObject *srt = sc_json_get_object (answer, "srt", error);
  const char *text = srt ? sc_json_get_string (srt, member, max, error) : NULL;
  if (!text)
    return FALSE;
  g_value_init (ret_value, G_TYPE_STRING);
  g_value_set_string (ret_value, text);
  return TRUE;
}

static gboolean
read_srt_server (JsonObject *answer, GValue *ret_value, GError **error)
{
  return read_srt (answer, "endpoint", SRT_SERVER_MAX, ret_value, error);
}

static gboolean
read_srt_passphrase (JsonObject *answer, GValue *ret_value, GError **error)
{
  return read_srt (answer, "passphrase", SRT_PASSPHRASE_MAX, ret_value, error);
}

/**
 * sc_client_get_srt_server:
 * @self: the client, with a token
 *
 * GET /v1/me/channel/srt. A channel that takes no SRT is %SC_CLIENT_ERROR_NOT_FOUND.
 *
 * Returns: (transfer full): a future that resolves to where an encoder connects to by SRT, as
 *   "srt://HOST:PORT"
 */
DexFuture *
sc_client_get_srt_server (ScClient *self)
{
  return sc_client_call (self, "GET", "/v1/me/channel/srt", NULL, read_srt_server);
}

/**
 * sc_client_get_srt_passphrase:
 * @self: the client, with a token
 *
 * GET /v1/me/channel/srt. The passphrase is a secret: let go of it as soon as it is used.
 *
 * Returns: (transfer full): a future that resolves to the passphrase as a string
 */
DexFuture *
sc_client_get_srt_passphrase (ScClient *self)
{
  return sc_client_call (self, "GET", "/v1/me/channel/srt", NULL, read_srt_passphrase);
}

/**
 * sc_client_reset_stream_key:
 * @self: the client, with a token
 * @stops: whether a running stream ends; else it goes on until its encoder loses its connection
 *
 * POST /v1/me/channel/key: the channel gets another stream key, and the old one opens nothing from
 * then on. Where sc_channel_get_key_resetting() says that it is not ready yet,
 * sc_client_get_own_channel() moves its making on.
 *
 * Returns: (transfer full): a future that resolves to a %SC_TYPE_CHANNEL
 */
DexFuture *
sc_client_reset_stream_key (ScClient *self, gboolean stops)
{
  JsonObject *body = json_object_new ();
  json_object_set_boolean_member (body, "stop", stops);
  return sc_client_call (self, "POST", "/v1/me/channel/key", body, sc_client_read_channel);
}

static gboolean
read_status (JsonObject *answer, GValue *ret_value, GError **error)
{
  ScStreamStatus *status = sc_stream_status_from_json (answer, error);
  if (!status)
    return FALSE;
  g_value_init (ret_value, SC_TYPE_STREAM_STATUS);
  g_value_take_object (ret_value, status);
  return TRUE;
}

/**
 * sc_client_get_stream_status:
 * @self: the client, with a token
 *
 * GET /v1/me/channel/live. Asking more than once in 5 s finds nothing new but events.
 *
 * Returns: (transfer full): a future that resolves to a #ScStreamStatus of the stream that is on,
 *   else of the last one
 */
DexFuture *
sc_client_get_stream_status (ScClient *self)
{
  return sc_client_call (self, "GET", "/v1/me/channel/live", NULL, read_status);
}

/**
 * sc_client_get_past_stream:
 * @self: the client, with a token
 * @id: one of the own streams
 *
 * GET /v1/me/channel/streams/ID.
 *
 * Returns: (transfer full): a future that resolves to a #ScStreamStatus, or rejects with
 *   %SC_CLIENT_ERROR_NOT_FOUND
 */
DexFuture *
sc_client_get_past_stream (ScClient *self, const char *id)
{
  g_autofree char *path = sc_client_path ("me", "channel", "streams", id, NULL);
  return sc_client_call (self, "GET", path, NULL, read_status);
}

static gboolean
read_nothing (JsonObject *answer, GValue *ret_value, GError **error)
{
  g_value_init (ret_value, G_TYPE_BOOLEAN);
  g_value_set_boolean (ret_value, TRUE);
  return TRUE;
}

/**
 * sc_client_stop_stream:
 * @self: the client, with a token
 *
 * POST /v1/me/channel/stop: the stream ends within some seconds. An encoder that connects again
 * begins another one.
 *
 * Returns: (transfer full): a future that resolves to %TRUE, or rejects with
 *   %SC_CLIENT_ERROR_NOT_LIVE
 */
DexFuture *
sc_client_stop_stream (ScClient *self)
{
  return sc_client_call (self, "POST", "/v1/me/channel/stop", NULL, read_nothing);
}

static gboolean
read_avatar (JsonObject *answer, GValue *ret_value, GError **error)
{
  g_autofree char *url = NULL;
  if (!sc_json_get_string (answer, "avatar_url", G_MAXINT, error) ||
      !sc_json_read_web_url (answer, "avatar_url", &url, error))
    return FALSE;
  g_value_init (ret_value, G_TYPE_STRING);
  g_value_take_string (ret_value, g_steal_pointer (&url));
  return TRUE;
}

/**
 * sc_client_put_avatar:
 * @self: the client, with a token
 * @png: a picture in PNG, at most 256 by 256 pixels and 256 KiB
 *
 * PUT /v1/me/avatar.
 *
 * Returns: (transfer full): a future that resolves to where the picture is, a string
 */
DexFuture *
sc_client_put_avatar (ScClient *self, GBytes *png)
{
  return sc_client_put_bytes (self, "/v1/me/avatar", png, read_avatar);
}

/**
 * sc_client_delete_avatar:
 * @self: the client, with a token
 *
 * DELETE /v1/me/avatar.
 *
 * Returns: (transfer full): a future that resolves to %TRUE
 */
DexFuture *
sc_client_delete_avatar (ScClient *self)
{
  return sc_client_call (self, "DELETE", "/v1/me/avatar", NULL, NULL);
}
