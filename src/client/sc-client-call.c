/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One request of our API: from a method, a path and a body to a typed value or an error of
 * %SC_CLIENT_ERROR. The adapter between net's asynchronous half and libdex. */

#include "config.h"

#include "sc-client-call.h"

#include "sc-channel.h"
#include "sc-client-error.h"
#include "sc-credentials.h"
#include "sc-json-members.h"
#include "sc-json.h"

/* An order to a room is a handful of calls. */
#define MAX_PENDING 1000

typedef struct {
  ScClient *client;
  ScClientReader reader;
  char *token;              /* what it went out with, or NULL */
  const char *content_type; /* static */
  char *key;                /* which act it is, or NULL where it does no harm twice */
} Call;

static void
call_free (Call *call)
{
  g_object_unref (call->client);
  g_free (call->token);
  g_free (call->key);
  g_free (call);
}

static void
on_response (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DexPromise) promise = user_data;
  g_autoptr (GError) error = NULL;
  ScHttpResponse *response = sc_http_send_finish (SC_HTTP (source), result, &error);
  sc_client_answer (promise, response, error);
}

/* With its key an act does no harm twice. */
static DexFuture *
send_request (const Call *call, const char *method, const char *path, GBytes *body)
{
  ScClient *self = call->client;
  const char *token = call->token;
  g_autofree char *url = g_strconcat (sc_client_get_server (self), path, NULL);
  g_autofree char *authorization = token ? g_strconcat ("Bearer ", token, NULL) : NULL;
  const char *headers[9] = { "Accept", "application/json" };
  guint n = 2;
  if (authorization) {
    headers[n++] = "Authorization";
    headers[n++] = authorization;
  }
  if (body) {
    headers[n++] = "Content-Type";
    headers[n++] = call->content_type;
  }
  if (call->key) {
    headers[n++] = "Idempotency-Key";
    headers[n++] = call->key;
  }
  const ScHttpRequest request = {
    .method = method,
    .url = url,
    .headers = headers,
    .body = body,
    .max_response_bytes = SC_CLIENT_MAX_ANSWER_BYTES,
    .is_idempotent = call->key != NULL,
  };

  DexPromise *promise = dex_promise_new_cancellable ();
  sc_http_send_async (sc_client_get_http (self),
                      &request,
                      dex_promise_get_cancellable (promise),
                      on_response,
                      dex_ref (promise));
  return DEX_FUTURE (promise);
}

static DexFuture *
reject_answer (const GError *cause)
{
  return dex_future_new_reject (SC_CLIENT_ERROR, SC_CLIENT_ERROR_PROTOCOL, "%s", cause->message);
}

/* A late answer to the token of an earlier session says nothing of the one there is now. */
static gboolean
is_refused_token (const Call *call, const GError *error)
{
  return g_error_matches (error, SC_CLIENT_ERROR, SC_CLIENT_ERROR_UNAUTHORIZED) && call->token &&
         g_strcmp0 (call->token, sc_client_get_token (call->client)) == 0;
}

/* After an answer the same is another act, unless the answer is that the server could not do it, or
 * is still at it. */
static void
settle (const Call *call, guint status, const GError *error)
{
  gboolean is_open =
    status >= 500 || g_error_matches (error, SC_CLIENT_ERROR, SC_CLIENT_ERROR_BUSY);
  if (call->key && !is_open)
    sc_acts_settle (sc_client_get_acts (call->client), call->key);
}

static DexFuture *
read_response (DexFuture *future, gpointer user_data)
{
  Call *call = user_data;
  const ScHttpResponse *response = g_value_get_boxed (dex_future_get_value (future, NULL));
  if (response->status < 200 || response->status > 299) {
    g_autoptr (GError) error = sc_client_error_from_response (response);
    settle (call, response->status, error);
    if (is_refused_token (call, error))
      g_signal_emit_by_name (call->client, "unauthorized");
    return dex_future_new_for_error (g_steal_pointer (&error));
  }
  settle (call, response->status, NULL);
  if (!call->reader)
    return dex_future_new_true ();

  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer =
    sc_json_parse (response->body, SC_CLIENT_MAX_ANSWER_BYTES, &error);
  g_auto (GValue) value = G_VALUE_INIT;
  if (!answer || !call->reader (answer, &value, &error))
    return reject_answer (error);
  return dex_future_new_for_value (&value);
}

/**
 * sc_client_answer:
 * @promise: of an answer
 * @response: (nullable) (transfer full): the answer, of any status
 * @error: (nullable): why there is none, of %SC_NET_ERROR
 *
 * Resolves it to the %SC_TYPE_HTTP_RESPONSE, or rejects it with an error of %SC_CLIENT_ERROR.
 */
void
sc_client_answer (DexPromise *promise, ScHttpResponse *response, const GError *error)
{
  if (response)
    dex_promise_resolve_boxed (promise, SC_TYPE_HTTP_RESPONSE, response);
  else
    dex_promise_reject (promise, sc_client_error_from_net (error));
}

/**
 * sc_client_read:
 * @self: the client
 * @response: (transfer full): a future of a %SC_TYPE_HTTP_RESPONSE that was asked for without a
 *   token
 * @reader: makes the value
 *
 * The end of sc_client_call() for what was asked by other means.
 *
 * Returns: (transfer full): a future that resolves to what @reader made
 */
DexFuture *
sc_client_read (ScClient *self, DexFuture *response, ScClientReader reader)
{
  Call *call = g_new0 (Call, 1);
  call->client = g_object_ref (self);
  call->reader = reader;
  return dex_future_then (response, read_response, call, (GDestroyNotify) call_free);
}

/**
 * sc_client_call:
 * @self: the client
 * @method: the HTTP method
 * @path: the path and query under the server's address, escaped
 * @body: (nullable) (transfer full): the request's body
 * @reader: (nullable): makes the value; without one the answer's body does not matter
 *
 * Sends one request. A POST carries the Idempotency-Key of its act: the one of the last time where
 * the same had no answer then. If it went out with a token that the server refuses,
 * ScClient::unauthorized is emitted before the future rejects.
 *
 * Returns: (transfer full): a future that resolves to what @reader made, or to %TRUE
 */
DexFuture *
sc_client_call (ScClient *self,
                const char *method,
                const char *path,
                JsonObject *body,
                ScClientReader reader)
{
  g_autoptr (JsonObject) object = body;
  if (!sc_client_get_server (self))
    return dex_future_new_reject (SC_CLIENT_ERROR,
                                  SC_CLIENT_ERROR_NO_SERVER,
                                  "No server is configured");

  g_autoptr (GBytes) bytes = object ? sc_json_to_bytes (object) : NULL;
  Call *call = g_new0 (Call, 1);
  call->client = g_object_ref (self);
  call->content_type = "application/json";
  call->reader = reader;
  call->token = g_strdup (sc_client_get_token (self));
  if (g_str_equal (method, "POST"))
    call->key = sc_acts_dup_key (sc_client_get_acts (self),
                                 path,
                                 call->token,
                                 bytes,
                                 g_get_monotonic_time ());
  return dex_future_then (send_request (call, method, path, bytes),
                          read_response,
                          call,
                          (GDestroyNotify) call_free);
}

/**
 * sc_client_put_bytes:
 * @self: the client
 * @path: the path under the server's address, escaped
 * @body: a picture in PNG
 * @reader: makes the value
 *
 * Sends a picture by PUT, as sc_client_call() sends JSON.
 *
 * Returns: (transfer full): a future that resolves to what @reader made
 */
DexFuture *
sc_client_put_bytes (ScClient *self, const char *path, GBytes *body, ScClientReader reader)
{
  if (!sc_client_get_server (self))
    return dex_future_new_reject (SC_CLIENT_ERROR,
                                  SC_CLIENT_ERROR_NO_SERVER,
                                  "No server is configured");
  Call *call = g_new0 (Call, 1);
  call->client = g_object_ref (self);
  call->content_type = "image/png";
  call->reader = reader;
  call->token = g_strdup (sc_client_get_token (self));
  return dex_future_then (send_request (call, "PUT", path, body),
                          read_response,
                          call,
                          (GDestroyNotify) call_free);
}

/**
 * sc_client_read_credentials:
 * @answer: what a sign-up or a sign-in answers
 * @ret_value: becomes a %SC_TYPE_CREDENTIALS
 * @error: an error of %SC_DATA_ERROR
 *
 * Returns: whether the answer was as it should be
 */
gboolean
sc_client_read_credentials (JsonObject *answer, GValue *ret_value, GError **error)
{
  ScCredentials *credentials = sc_credentials_from_answer (answer, error);
  if (!credentials)
    return FALSE;
  g_value_init (ret_value, SC_TYPE_CREDENTIALS);
  g_value_take_boxed (ret_value, credentials);
  return TRUE;
}

/**
 * sc_client_read_channel:
 * @answer: an answer with a "channel"
 * @ret_value: becomes a %SC_TYPE_CHANNEL
 * @error: an error of %SC_DATA_ERROR
 *
 * Returns: whether the answer was as it should be
 */
gboolean
sc_client_read_channel (JsonObject *answer, GValue *ret_value, GError **error)
{
  JsonObject *object = sc_json_get_object (answer, "channel", error);
  ScChannel *channel = object ? sc_channel_from_json (object, error) : NULL;
  if (!channel)
    return FALSE;
  g_value_init (ret_value, SC_TYPE_CHANNEL);
  g_value_take_object (ret_value, channel);
  return TRUE;
}

/**
 * sc_client_take_list:
 * @list: (nullable) (transfer full): what sc_list_from_json() has made of an answer
 * @ret_value: becomes a #GListStore
 *
 * The end of an #ScClientReader.
 *
 * Returns: whether there is a list
 */
gboolean
sc_client_take_list (GListStore *list, GValue *ret_value)
{
  if (!list)
    return FALSE;
  g_value_init (ret_value, G_TYPE_LIST_STORE);
  g_value_take_object (ret_value, list);
  return TRUE;
}

/**
 * sc_client_take_page:
 * @page: (nullable) (transfer full): what sc_list_page_from_json() has made of an answer
 * @ret_value: becomes a %SC_TYPE_LIST_PAGE
 *
 * The end of an #ScClientReader.
 *
 * Returns: whether there is a page
 */
gboolean
sc_client_take_page (ScListPage *page, GValue *ret_value)
{
  if (!page)
    return FALSE;
  g_value_init (ret_value, SC_TYPE_LIST_PAGE);
  g_value_take_boxed (ret_value, page);
  return TRUE;
}

/**
 * sc_client_read_pending:
 * @answer: what an order to a room answers
 * @ret_pending: (out): how many calls to the room did not go through yet and are made again
 * @error: an error of %SC_DATA_ERROR
 *
 * Returns: whether the answer was as it should be; no number is none
 */
gboolean
sc_client_read_pending (JsonObject *answer, gint64 *ret_pending, GError **error)
{
  *ret_pending = 0;
  return !sc_json_has (answer, "pending") ||
         sc_json_get_int (answer, "pending", 0, MAX_PENDING, ret_pending, error);
}

/**
 * sc_client_read_count:
 * @answer: what an order to a room answers that makes no value
 * @ret_value: becomes a %G_TYPE_UINT, as sc_client_read_pending() has it
 * @error: an error of %SC_DATA_ERROR
 *
 * Returns: whether the answer was as it should be
 */
gboolean
sc_client_read_count (JsonObject *answer, GValue *ret_value, GError **error)
{
  gint64 pending = 0;
  if (!sc_client_read_pending (answer, &pending, error))
    return FALSE;
  g_value_init (ret_value, G_TYPE_UINT);
  g_value_set_uint (ret_value, (guint) pending);
  return TRUE;
}
