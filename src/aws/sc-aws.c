/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A client of AWS: settings from the environment that every AWS SDK reads, signing, errors, and the
 * repetition of calls that may be repeated.
 *
 * Made in main before any thread starts and not changed after; calls block and may come from any
 * thread. A create is never repeated here: Amazon IVS has no client token, so that a second call
 * would make a second resource. Who wants a create done settles an unclear outcome first.
 */

#include "config.h"

#include "sc-aws-private.h"
#include "sc-aws-settings.h"
#include "sc-backoff.h"
#include "sc-json.h"
#include "sc-sigv4.h"

/* Of those who have nobody waiting for them; others say so by sc_aws_new_like(). */
#define MAX_REPEATS 3
#define BACKOFF_BASE_US (100 * G_TIME_SPAN_MILLISECOND)
#define BACKOFF_CAP_US (2 * G_TIME_SPAN_SECOND)

/* A page of 100 stages with their tags has some 60 KB. */
#define MAX_ANSWER_BYTES (1024 * 1024)

struct _ScAws {
  ScHttp *http;
  ScAwsSettings settings;
  ScAwsGate gate;
  gpointer gate_data;
  ScAwsWait wait;
  gpointer wait_data;
  guint max_repeats;
  guint max_at_once; /* 0: no bound */
  guint under_way;   /* atomic */
};

/* What a success is read as; any error is the other side's breach of protocol. */
typedef gpointer (*Reader) (const ScAwsOperation *operation,
                            const ScHttpResponse *response,
                            GError **error);

/* One call, ready to go out. */
typedef struct {
  const char *method;
  char *url;
  char *path;
  char *query; /* may be NULL */
  char *host;
  const char *content_type; /* NULL without a body */
  GBytes *body;
  const char *const *headers; /* more of them: name, value, ..., NULL; may be NULL */
  gsize max_answer;
  Reader read;
} Call;

static void
call_clear (Call *call)
{
  g_free (call->url);
  g_free (call->path);
  g_free (call->query);
  g_free (call->host);
  g_clear_pointer (&call->body, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Call, call_clear)

static void
sleep_for (gint64 time_us, gpointer user_data)
{
  if (time_us > 0)
    g_usleep ((gulong) time_us);
}

/**
 * sc_aws_new:
 * @environment: the environment, as g_get_environ() gives it: AWS_REGION, AWS_ACCESS_KEY_ID,
 * AWS_SECRET_ACCESS_KEY, and where wanted AWS_SESSION_TOKEN, AWS_ENDPOINT_URL and
 * AWS_ENDPOINT_URL_SERVICE ("AWS SDKs and Tools Reference Guide")
 * @http: what to send with; its time-out should be %SC_AWS_TIMEOUT_SECONDS
 * @error: %SC_AWS_ERROR_INVALID, naming the setting that is missing or wrong
 *
 * Returns: (transfer full) (nullable): a client
 */
ScAws *
sc_aws_new (char **environment, ScHttp *http, GError **error)
{
  g_autoptr (ScAws) self = g_new0 (ScAws, 1);
  self->http = g_object_ref (http);
  self->wait = sleep_for;
  self->max_repeats = MAX_REPEATS;
  return sc_aws_settings_read (&self->settings, environment, error) ? g_steal_pointer (&self)
                                                                    : NULL;
}

/**
 * sc_aws_new_like:
 * @model: a client
 * @patience: what the new one has instead
 *
 * Makes a client with the settings of another one, for callers with another patience. It has no
 * gate.
 *
 * Returns: (transfer full): a client
 */
ScAws *
sc_aws_new_like (const ScAws *model, const ScAwsPatience *patience)
{
  ScAws *self = g_new0 (ScAws, 1);
  self->http = sc_http_new_ms (patience->timeout_ms);
  sc_aws_settings_copy (&model->settings, &self->settings);
  self->wait = model->wait;
  self->wait_data = model->wait_data;
  self->max_repeats = patience->max_repeats;
  self->max_at_once = patience->max_at_once;
  return self;
}

/**
 * sc_aws_free:
 * @self: (nullable) (transfer full): a client
 *
 * Frees it. No call may be under way.
 */
void
sc_aws_free (ScAws *self)
{
  if (!self)
    return;
  g_clear_object (&self->http);
  sc_aws_settings_clear (&self->settings);
  g_free (self);
}

/**
 * sc_aws_forget_connections:
 * @self: a client without a call under way
 *
 * Closes the connections that are kept for the next call, as after a pause of the process.
 */
void
sc_aws_forget_connections (ScAws *self)
{
  sc_http_forget_connections (self->http);
}

/**
 * sc_aws_get_region:
 * @self: a client
 *
 * Returns: (transfer none): the region that it calls
 */
const char *
sc_aws_get_region (ScAws *self)
{
  return self->settings.region;
}

/**
 * sc_aws_set_gate:
 * @self: a client that is not in use yet
 * @gate: (nullable): asked before every call
 * @user_data: for @gate
 *
 * Sets who keeps the rate of calls within the quota.
 */
void
sc_aws_set_gate (ScAws *self, ScAwsGate gate, gpointer user_data)
{
  self->gate = gate;
  self->gate_data = user_data;
}

/**
 * sc_aws_set_wait:
 * @self: a client that is not in use yet
 * @wait: how to wait, instead of sleeping
 * @user_data: for @wait
 *
 * Sets how time passes between calls.
 */
void
sc_aws_set_wait (ScAws *self, ScAwsWait wait, gpointer user_data)
{
  self->wait = wait;
  self->wait_data = user_data;
}

/* Writes the host as HTTP sends it: the port only where it is not the scheme's own. */
static char *
format_host (GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  int port = g_uri_get_port (uri);
  int usual = g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80;
  g_autofree char *literal = strchr (host, ':') ? g_strdup_printf ("[%s]", host) : g_strdup (host);
  if (port == -1 || port == usual)
    return g_steal_pointer (&literal);
  return g_strdup_printf ("%s:%d", literal, port);
}

/* Takes over the URL, and from it what is signed. */
static void
call_set_url (Call *call, char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);
  call->url = url;
  call->path = g_strdup (g_uri_get_path (uri));
  call->query = g_strdup (g_uri_get_query (uri));
  call->host = format_host (uri);
}

static void
add_header (GStrvBuilder *builder, const char *name, const char *value)
{
  g_strv_builder_add_many (builder, name, value, NULL);
}

/* Amazon S3 wants the body's checksum among the headers, too. */
static void
add_checksum (GStrvBuilder *builder, GBytes *body)
{
  g_autofree char *checksum = body ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, body)
                                   : g_compute_checksum_for_string (G_CHECKSUM_SHA256, "", 0);
  add_header (builder, "X-Amz-Content-SHA256", checksum);
}

static void
add_headers_of_kind (GStrvBuilder *builder, const ScAwsOperation *operation, const Call *call)
{
  const char *target_prefix = sc_aws_service_get_target_prefix (operation->service);
  if (operation->service == SC_AWS_S3)
    add_checksum (builder, call->body);
  if (target_prefix) {
    g_autofree char *target = g_strdup_printf ("%s.%s", target_prefix, operation->name);
    add_header (builder, "X-Amz-Target", target);
  }
  if (call->content_type)
    add_header (builder, "Content-Type", call->content_type);
  for (const char *const *pair = call->headers; pair && pair[0]; pair += 2)
    add_header (builder, pair[0], pair[1]);
}

/* Makes the headers of a call, signed now; Host is among the signed ones and set by libsoup. */
static GStrv
make_headers (ScAws *self, const ScAwsOperation *operation, const Call *call)
{
  g_autofree char *date = sc_sigv4_format_date (g_get_real_time ());
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  add_headers_of_kind (builder, operation, call);
  add_header (builder, "X-Amz-Date", date);
  if (self->settings.session_token)
    add_header (builder, "X-Amz-Security-Token", self->settings.session_token);

  g_auto (GStrv) sent = g_strv_builder_end (builder);
  g_strv_builder_addv (builder, (const char **) sent);
  add_header (builder, "Host", call->host);
  g_auto (GStrv) to_sign = g_strv_builder_end (builder);
  const ScSigV4Request request = { call->method,
                                   call->path,
                                   call->query,
                                   (const char *const *) to_sign,
                                   call->body };
  const ScSigV4Scope scope = { self->settings.region,
                               sc_aws_service_get_signing_name (operation->service) };
  g_autofree char *authorization = sc_sigv4_sign (&request,
                                                  &scope,
                                                  self->settings.access_key_id,
                                                  self->settings.secret_access_key);
  g_strv_builder_addv (builder, (const char **) sent);
  add_header (builder, "Authorization", authorization);
  return g_strv_builder_end (builder);
}

static gpointer
read_object (const ScAwsOperation *operation, const ScHttpResponse *response, GError **error)
{
  if (g_bytes_get_size (response->body) == 0)
    return json_object_new ();
  g_autoptr (GError) cause = NULL;
  JsonObject *output = sc_json_parse (response->body, MAX_ANSWER_BYTES, &cause);
  if (!output)
    g_set_error (error,
                 SC_AWS_ERROR,
                 SC_AWS_ERROR_PROTOCOL,
                 "%s: %s",
                 operation->name,
                 cause->message);
  return output;
}

static gpointer
read_bytes (const ScAwsOperation *operation, const ScHttpResponse *response, GError **error)
{
  return g_bytes_ref (response->body);
}

static void
read_failure (const ScAwsOperation *operation, const ScHttpResponse *response, GError **error)
{
  g_autoptr (JsonObject) body = sc_json_parse (response->body, MAX_ANSWER_BYTES, NULL);
  const char *type = sc_http_response_get_header (response, "x-amzn-errortype");
  if (!type && body)
    type = sc_json_get_string_or (body, "__type", sc_json_get_string_or (body, "code", NULL));
  g_set_error (error,
               SC_AWS_ERROR,
               (int) sc_aws_error_classify (response->status, type),
               "%s: HTTP status %u, %s",
               operation->name,
               response->status,
               type ? type : "no type");
}

/* Sends the call once. */
static gpointer
exchange (ScAws *self, const ScAwsOperation *operation, const Call *call, GError **error)
{
  g_auto (GStrv) headers = make_headers (self, operation, call);
  const ScHttpRequest request = { call->method, call->url,        (const char *const *) headers,
                                  call->body,   call->max_answer, operation->may_repeat };
  g_autoptr (GError) cause = NULL;
  g_autoptr (ScHttpResponse) response = sc_http_send (self->http, &request, NULL, &cause);
  if (!response) {
    gboolean sent = sc_net_error_was_sent (cause);
    g_set_error (error,
                 SC_AWS_ERROR,
                 sent ? SC_AWS_ERROR_UNCLEAR : SC_AWS_ERROR_UNREACHABLE,
                 "%s: %s",
                 operation->name,
                 cause->message);
    return NULL;
  }
  if (response->status >= 200 && response->status <= 299)
    return call->read (operation, response, error);
  read_failure (operation, response, error);
  return NULL;
}

/* Amazon S3 gives 5,500 objects a second ("Optimizing Amazon S3 performance"), Amazon CloudWatch 50
 * answers of metrics ("CloudWatch service quotas"): they need no gate. */
static gboolean
pass_gate (ScAws *self, const ScAwsOperation *operation, GError **error)
{
  gboolean gated =
    self->gate && operation->service != SC_AWS_S3 && operation->service != SC_AWS_CLOUDWATCH;
  gint64 wait_us = gated ? self->gate (operation->name, self->gate_data, error) : 0;
  if (wait_us > 0)
    self->wait (wait_us, self->wait_data);
  return wait_us >= 0;
}

static void
leave (ScAws *self)
{
  g_atomic_int_add (&self->under_way, -1);
}

static gboolean
enter (ScAws *self, const ScAwsOperation *operation, GError **error)
{
  guint others = (guint) g_atomic_int_add (&self->under_way, 1);
  if (self->max_at_once == 0 || others < self->max_at_once)
    return TRUE;
  leave (self);
  g_set_error (error,
               SC_AWS_ERROR,
               SC_AWS_ERROR_THROTTLED,
               "%s: %u calls are under way",
               operation->name,
               others);
  return FALSE;
}

/* Makes the call until there is nothing left to be done about it. */
static gpointer
exchange_until_clear (ScAws *self,
                      const ScAwsOperation *operation,
                      const Call *call,
                      GError **error)
{
  for (guint attempt = 0;; attempt++) {
    g_autoptr (GError) cause = NULL;
    if (!pass_gate (self, operation, error))
      return NULL;
    gpointer output = exchange (self, operation, call, &cause);
    if (output)
      return output;
    if (!operation->may_repeat || attempt == self->max_repeats ||
        !sc_aws_error_is_passing (cause)) {
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }
    self->wait (sc_backoff_delay (attempt, BACKOFF_BASE_US, BACKOFF_CAP_US, g_random_double ()),
                self->wait_data);
  }
}

static gpointer
make_call (ScAws *self, const ScAwsOperation *operation, const Call *call, GError **error)
{
  if (!enter (self, operation, error))
    return NULL;
  gpointer output = exchange_until_clear (self, operation, call, error);
  leave (self);
  return output;
}

/**
 * sc_aws_call:
 * @self: the client
 * @operation: what to do
 * @input: its input
 * @error: any %SC_AWS_ERROR, or what the gate set
 *
 * Makes a call and waits for its end. What may be repeated is, as often as the client's patience
 * allows and with growing pauses, after errors that pass.
 *
 * Returns: (transfer full) (nullable): the output, empty where the operation has none
 */
JsonObject *
sc_aws_call (ScAws *self, const ScAwsOperation *operation, JsonObject *input, GError **error)
{
  gboolean is_rest = sc_aws_service_get_target_prefix (operation->service) == NULL;
  const char *endpoint = self->settings.endpoints[operation->service];
  g_auto (Call) call = { .method = "POST",
                         .content_type = sc_aws_service_get_content_type (operation->service),
                         .max_answer = MAX_ANSWER_BYTES,
                         .read = read_object };
  call_set_url (&call, g_strconcat (endpoint, "/", is_rest ? operation->name : "", NULL));
  call.body = sc_json_to_bytes (input);
  return make_call (self, operation, &call, error);
}

/**
 * sc_aws_send:
 * @self: the client
 * @operation: what it is
 * @request: what to send, signed
 * @error: any %SC_AWS_ERROR, or what the gate set
 *
 * Makes a call that is no operation in JSON at the service's root, as sc_aws_call() makes one.
 *
 * Returns: (transfer full) (nullable): the answer's body
 */
GBytes *
sc_aws_send (ScAws *self,
             const ScAwsOperation *operation,
             const ScAwsRequest *request,
             GError **error)
{
  g_auto (Call) call = { .method = request->method,
                         .content_type = request->content_type,
                         .headers = request->headers,
                         .max_answer = request->max_answer_bytes,
                         .read = read_bytes };
  call_set_url (&call, g_strdup (request->url));
  call.body = request->body ? g_bytes_ref (request->body) : NULL;
  return make_call (self, operation, &call, error);
}

/**
 * sc_aws_get_endpoint:
 * @self: the client
 * @service: a service
 * @ret_named: (out): whether the environment names it, and AWS's own rules for hosts do not apply
 *
 * Returns: (transfer none): where the service is, without a slash at the end
 */
const char *
sc_aws_get_endpoint (ScAws *self, ScAwsService service, gboolean *ret_named)
{
  *ret_named = self->settings.named[service];
  return self->settings.endpoints[service];
}
