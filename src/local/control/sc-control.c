/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The control planes' front: one HTTP server for the operations of every service, signed as on
 * Amazon, in plain HTTP on 127.0.0.1.
 *
 * A call goes through signature, table, fault, rate, rules and handler, in this order. Main thread;
 * the local cloud owns it. */

#include "config.h"

#include "sc-control.h"

#include "sc-control-answer.h"
#include "sc-control-faults.h"
#include "sc-control-service.h"
#include "sc-control-signature.h"
#include "sc-json.h"
#include "sc-rate.h"
#include "sc-s3.h"

#include <libsoup/soup.h>
#include <string.h>

/* What Amazon's front takes is more; no input of ours comes near. */
#define BODY_MAX_BYTES SC_JSON_MAX_BYTES

/* Objects for the bucket. */
#define PUT_MAX_BYTES SC_S3_PUT_MAX_BYTES

/* "Service Quotas": 5 calls a second for most operations. */
#define DEFAULT_RATE 5

typedef struct {
  const ScControlOperation *operation;
  gpointer data;
  ScRate *rate;
} Registered;

typedef struct {
  const ScControlService *service;
  gpointer data;
} RegisteredService;

struct _ScControl {
  GObject parent_instance;

  ScCloud *cloud;
  ScControlPlace place;
  ScControlHooks hooks;
  SoupServer *server;
  GHashTable *operations;  /* "ivs.CreateChannel" to Registered */
  GHashTable *services;    /* "s3" to RegisteredService */
  ScControlFaults *faults; /* or NULL where none may be ordered */
  ScControlClock clock;
  gpointer clock_data;
};

G_DEFINE_FINAL_TYPE (ScControl, sc_control, G_TYPE_OBJECT)

static void
sc_control_finalize (GObject *object)
{
  ScControl *self = SC_CONTROL (object);
  g_clear_object (&self->server);
  g_clear_object (&self->cloud);
  g_clear_pointer (&self->operations, g_hash_table_unref);
  g_clear_pointer (&self->services, g_hash_table_unref);
  g_clear_pointer (&self->faults, sc_control_faults_free);
  G_OBJECT_CLASS (sc_control_parent_class)->finalize (object);
}

static void
sc_control_class_init (ScControlClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sc_control_finalize;
}

static gint64
read_clock (gpointer data)
{
  return g_get_monotonic_time ();
}

static void
free_registered (gpointer data)
{
  Registered *registered = data;
  sc_rate_free (registered->rate);
  g_free (registered);
}

static void
sc_control_init (ScControl *self)
{
  self->clock = read_clock;
  self->operations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_registered);
  self->services = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
}

/* Returns the operation's name: the path, or for the JSON protocol the end of X-Amz-Target. */
static const char *
get_operation_name (SoupServerMessage *message, const char *path)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *target = soup_message_headers_get_one (headers, "X-Amz-Target");
  const char *dot = target ? strrchr (target, '.') : NULL;
  return dot ? dot + 1 : path + 1;
}

static Registered *
find_operation (ScControl *self, const char *service, const char *name, GError **error)
{
  g_autofree char *key = g_strdup_printf ("%s.%s", service, name);
  Registered *registered = g_hash_table_lookup (self->operations, key);
  if (!registered)
    g_set_error_literal (error,
                         SC_CONTROL_ERROR,
                         SC_CONTROL_ERROR_UNKNOWN_OPERATION,
                         "The local cloud does not know this operation.");
  return registered;
}

/* Checks the rate and the input, and lets the handler work. */
static JsonObject *
call_operation (ScControl *self,
                Registered *registered,
                GBytes *body,
                ScControlErrorDetail *ret_detail,
                GError **error)
{
  const ScControlOperation *operation = registered->operation;
  gint64 now = self->clock (self->clock_data);
  sc_cloud_set_time (self->cloud, now);
  if (!sc_rate_take (registered->rate, now)) {
    g_set_error_literal (error, SC_CONTROL_ERROR, SC_CONTROL_ERROR_THROTTLED, "Rate exceeded");
    return NULL;
  }

  g_autoptr (GError) local_error = NULL;
  g_autoptr (JsonObject) input = g_bytes_get_size (body) == 0
                                   ? json_object_new ()
                                   : sc_json_parse (body, BODY_MAX_BYTES, &local_error);
  if (!input) {
    g_set_error_literal (error,
                         SC_CONTROL_ERROR,
                         SC_CONTROL_ERROR_VALIDATION,
                         local_error->message);
    return NULL;
  }

  ScControlCall call = {
    .input = input,
    .cloud = self->cloud,
    .place = &self->place,
    .hooks = &self->hooks,
    .detail = *ret_detail,
  };
  JsonObject *answer = sc_input_check (operation->input, input, &call.detail.member, error)
                         ? operation->handle (&call, registered->data, error)
                         : NULL;
  *ret_detail = call.detail;
  if (answer && self->faults)
    sc_control_faults_count_effect (self->faults, operation->name);
  return answer;
}

/* Answers a call that has done its work, in the way that the fault wants. */
static void
answer_success (ScControl *self,
                SoupServerMessage *message,
                ScFaultKind fault,
                const ScControlOperation *operation,
                JsonObject *body)
{
  guint status = operation->status ? operation->status : 200;
  if (fault == SC_FAULT_HALF_BODY)
    sc_control_answer_half (message, body);
  else if (fault == SC_FAULT_NONE)
    sc_control_answer (message, status, body);
}

/* Runs an operation with the fault that is due. */
static void
run_operation (ScControl *self, SoupServerMessage *message, Registered *registered, GBytes *body)
{
  const ScControlOperation *operation = registered->operation;
  ScControlErrorDetail detail = { .service = operation->service };
  ScFault fault = { .kind = SC_FAULT_NONE, .effect = TRUE };
  if (self->faults)
    fault = sc_control_faults_take (self->faults, operation->name, self->clock (self->clock_data));

  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer =
    fault.effect ? call_operation (self, registered, body, &detail, &error) : NULL;
  if (answer && fault.kind == SC_FAULT_LATE)
    sc_cloud_hide_newest (self->cloud, SC_FAULT_LATE_US);
  g_autoptr (GError) fault_error = error ? NULL : sc_control_faults_make_error (fault.kind);
  if (fault.kind == SC_FAULT_HANG)
    sc_control_faults_hang (self->faults, message);
  else if (fault.kind == SC_FAULT_RESET)
    sc_control_answer_reset (message);
  else if (error || fault_error)
    sc_control_answer_error (message, error ? error : fault_error, &detail);
  else
    answer_success (self, message, fault.kind, operation, answer);
  g_free (detail.resource);
}

/* Lets a service of another kind answer, with the fault that is due. */
static void
run_service (ScControl *self,
             SoupServerMessage *message,
             const char *path,
             const RegisteredService *registered,
             const GError *error)
{
  const ScControlService *service = registered->service;
  ScFault fault = { .kind = SC_FAULT_NONE };
  if (self->faults && !error)
    fault = sc_control_faults_take (self->faults,
                                    service->get_operation (message),
                                    self->clock (self->clock_data));
  g_autoptr (GError) fault_error = sc_control_faults_make_error (fault.kind);
  if (fault.kind == SC_FAULT_HANG)
    sc_control_faults_hang (self->faults, message);
  else if (fault.kind == SC_FAULT_RESET || fault.kind == SC_FAULT_HALF_BODY)
    sc_control_answer_reset (message);
  else
    service->answer (message, path, error ? error : fault_error, registered->data);
}

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  ScControl *self = user_data;
  g_autoptr (SoupServerMessage) kept = g_object_ref (message); /* a stolen connection ends it */
  g_autoptr (GBytes) body =
    soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (GError) error = NULL;
  g_autofree char *service = NULL;
  gboolean good = sc_control_authenticate (message, body, &self->place, &service, &error);
  RegisteredService *other = service ? g_hash_table_lookup (self->services, service) : NULL;
  if (other) {
    run_service (self, message, path, other, error);
    return;
  }
  Registered *registered = NULL;
  if (good)
    registered = find_operation (self, service, get_operation_name (message, path), &error);
  const ScControlErrorDetail detail = { .service = good ? service : NULL };
  if (registered)
    run_operation (self, message, registered, body);
  else
    sc_control_answer_error (message, error, &detail);
}

/* Answers before the body is read: libsoup would keep a body of any size. */
static void
on_request_begins (SoupServer *server,
                   SoupServerMessage *message,
                   const char *path,
                   GHashTable *query,
                   gpointer user_data)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  gboolean is_put = soup_server_message_get_method (message) == SOUP_METHOD_PUT;
  goffset max_bytes = is_put ? PUT_MAX_BYTES : BODY_MAX_BYTES;
  gboolean sized = soup_message_headers_get_encoding (headers) != SOUP_ENCODING_CHUNKED;
  if (sized && soup_message_headers_get_content_length (headers) <= max_bytes)
    return;
  g_autoptr (GError) error = g_error_new (SC_CONTROL_ERROR,
                                          SC_CONTROL_ERROR_TOO_LARGE,
                                          "The request is larger than %" G_GOFFSET_FORMAT " KiB",
                                          max_bytes / 1024);
  const ScControlErrorDetail detail = { 0 };
  sc_control_answer_error (message, error, &detail);
}

/**
 * sc_control_new:
 * @cloud: the resources
 * @place: where and who we are; its strings outlive the object
 * @faults: whether tests may order faults at /_local/faults, which is not signed
 *
 * Returns: (transfer full): the control planes of Amazon IVS, Chat and Real-Time, not listening
 */
ScControl *
sc_control_new (ScCloud *cloud, const ScControlPlace *place, gboolean faults)
{
  ScControl *self = g_object_new (SC_TYPE_CONTROL, NULL);
  self->cloud = g_object_ref (cloud);
  self->place = *place;
  self->server = soup_server_new ("server-header", "streamcat-local", NULL);
  soup_server_add_early_handler (self->server, NULL, on_request_begins, self, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  if (faults)
    self->faults = sc_control_faults_new (self->server);
  sc_control_add_operations (self, sc_ivs_operations, NULL);
  sc_control_add_operations (self, sc_chat_operations, NULL);
  sc_control_add_operations (self, sc_realtime_operations, NULL);
  return self;
}

/**
 * sc_control_add_drill:
 * @self: the control planes
 * @name: names it in the path
 * @drill: what a POST to /_local/faults/@name does; called in the main thread
 * @data: for @drill; outlives the object
 *
 * Lets tests order a fault of another part, where they may order any.
 */
void
sc_control_add_drill (ScControl *self, const char *name, ScControlDrill drill, gpointer data)
{
  if (self->faults)
    sc_control_faults_add_drill (self->faults, name, drill, data);
}

/**
 * sc_control_set_hooks:
 * @self: the control planes
 * @hooks: what other parts know; copied
 *
 * Says whom to ask about what lies outside.
 */
void
sc_control_set_hooks (ScControl *self, const ScControlHooks *hooks)
{
  self->hooks = *hooks;
}

/**
 * sc_control_add_operations:
 * @self: the control planes
 * @operations: a static table, ended by a line without a name
 * @data: data for their handlers
 *
 * Adds operations.
 */
void
sc_control_add_operations (ScControl *self, const ScControlOperation *operations, gpointer data)
{
  for (const ScControlOperation *operation = operations; operation->name; operation++) {
    Registered *registered = g_new0 (Registered, 1);
    registered->operation = operation;
    registered->data = data;
    registered->rate = sc_rate_new (operation->rate ? operation->rate : DEFAULT_RATE);
    g_hash_table_replace (self->operations,
                          g_strdup_printf ("%s.%s", operation->service, operation->name),
                          registered);
  }
}

/**
 * sc_control_add_service:
 * @self: the control planes
 * @service: a static description
 * @data: data for its answers
 *
 * Adds a service whose calls are no operations in JSON.
 */
void
sc_control_add_service (ScControl *self, const ScControlService *service, gpointer data)
{
  RegisteredService *registered = g_new0 (RegisteredService, 1);
  registered->service = service;
  registered->data = data;
  g_hash_table_replace (self->services, (gpointer) service->name, registered);
}

/**
 * sc_control_set_clock:
 * @self: the control planes
 * @clock: tells the time by which rates and the lag of lists are measured
 * @data: data for @clock
 *
 * Replaces the monotonic clock.
 */
void
sc_control_set_clock (ScControl *self, ScControlClock clock, gpointer data)
{
  self->clock = clock;
  self->clock_data = data;
}

/**
 * sc_control_get_port:
 * @self: the control planes, listening
 *
 * Returns: where they listen
 */
guint16
sc_control_get_port (ScControl *self)
{
  GSList *uris = soup_server_get_uris (self->server);
  guint16 port = uris ? (guint16) g_uri_get_port (uris->data) : 0;
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return port;
}

/**
 * sc_control_listen:
 * @self: the control planes
 * @port: where, on 127.0.0.1; 0 for any
 * @error: %G_IO_ERROR: another program is there
 *
 * Starts to answer.
 *
 * Returns: %TRUE if it listens
 */
gboolean
sc_control_listen (ScControl *self, guint16 port, GError **error)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", port);
  if (soup_server_listen (self->server, address, 0, error))
    return TRUE;
  g_prefix_error (error, "The control planes cannot listen on 127.0.0.1:%u: ", port);
  return FALSE;
}

/**
 * sc_control_close:
 * @self: the control planes
 *
 * Stops to answer.
 */
void
sc_control_close (ScControl *self)
{
  if (self->faults)
    sc_control_faults_release (self->faults);
  soup_server_disconnect (self->server);
}
