/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The faults that a test orders at /_local/faults, which is not signed, and the calls that hang for
 * it. Main thread; the control planes own it. */

#include "config.h"

#include "sc-control-faults.h"

#include "sc-control-answer.h"
#include "sc-control-error.h"
#include "sc-json.h"

/* A test orders few calls to hang; more are reset at once. */
#define HUNG_MAX 64

#define FAULTS_PATH "/_local/faults"

struct _ScControlFaults {
  SoupServer *server; /* its owner's */
  ScFaults *faults;
  GPtrArray *hung; /* of SoupServerMessage */
};

typedef struct {
  ScControlDrill drill;
  gpointer data;
} Drill;

/* Lets go of the calls whose callers wait no more: they close, or what else they send is at odds
 * with HTTP. */
static void
forget_impatient (ScControlFaults *self)
{
  for (guint i = self->hung->len; i > 0; i--) {
    SoupServerMessage *message = g_ptr_array_index (self->hung, i - 1);
    GSocket *socket = soup_server_message_get_socket (message);
    if (socket && g_socket_condition_check (socket, G_IO_IN | G_IO_HUP) == 0)
      continue;
    sc_control_answer_reset (message);
    g_ptr_array_remove_index (self->hung, i - 1);
  }
}

/* POST orders a fault, DELETE forgets all, GET says what was called. */
static void
on_faults (SoupServer *server,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer user_data)
{
  ScControlFaults *self = user_data;
  const char *method = soup_server_message_get_method (message);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) order = NULL;
  if (method == SOUP_METHOD_GET) {
    order = sc_faults_report (self->faults);
    sc_control_answer (message, 200, order);
    return;
  }
  if (method == SOUP_METHOD_DELETE) {
    sc_faults_clear (self->faults);
    sc_control_faults_release (self);
    sc_control_answer (message, 204, NULL);
    return;
  }
  g_autoptr (GBytes) body =
    soup_message_body_flatten (soup_server_message_get_request_body (message));
  order = sc_json_parse (body, SC_JSON_MAX_BYTES, &error);
  if (order && sc_faults_order (self->faults, order, &error)) {
    sc_control_answer (message, 204, NULL);
    return;
  }
  const ScControlErrorDetail detail = { 0 };
  error->domain = SC_CONTROL_ERROR;
  error->code = SC_CONTROL_ERROR_VALIDATION;
  sc_control_answer_error (message, error, &detail);
}

static void
on_drill (SoupServer *server,
          SoupServerMessage *message,
          const char *path,
          GHashTable *query,
          gpointer user_data)
{
  Drill *drill = user_data;
  gboolean asked = soup_server_message_get_method (message) == SOUP_METHOD_POST;
  if (asked)
    drill->drill (drill->data);
  sc_control_answer (message, asked ? 204 : 405, NULL);
}

/**
 * sc_control_faults_new:
 * @server: the server of the control planes, which outlives the object
 *
 * Returns: (transfer full): no fault; they are ordered over @server
 */
ScControlFaults *
sc_control_faults_new (SoupServer *server)
{
  ScControlFaults *self = g_new0 (ScControlFaults, 1);
  self->server = server;
  self->faults = sc_faults_new ();
  self->hung = g_ptr_array_new_with_free_func (g_object_unref);
  soup_server_add_handler (server, FAULTS_PATH, on_faults, self, NULL);
  return self;
}

/**
 * sc_control_faults_free:
 * @self: (nullable) (transfer full): the faults
 *
 * Forgets all of them.
 */
void
sc_control_faults_free (ScControlFaults *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->hung);
  sc_faults_free (self->faults);
  g_free (self);
}

/**
 * sc_control_faults_take:
 * @self: the faults
 * @operation: what is called
 * @now_us: when, microseconds of a time that only grows
 *
 * Returns: what is to happen to this call
 */
ScFault
sc_control_faults_take (ScControlFaults *self, const char *operation, gint64 now_us)
{
  return sc_faults_take (self->faults, operation, now_us);
}

/**
 * sc_control_faults_count_effect:
 * @self: the faults
 * @operation: what was called
 *
 * Notes for the test that a call did its work.
 */
void
sc_control_faults_count_effect (ScControlFaults *self, const char *operation)
{
  sc_faults_count_effect (self->faults, operation);
}

/**
 * sc_control_faults_hang:
 * @self: the faults
 * @message: a call
 *
 * Keeps it without an answer until its caller or the faults go.
 */
void
sc_control_faults_hang (ScControlFaults *self, SoupServerMessage *message)
{
  forget_impatient (self);
  if (self->hung->len == HUNG_MAX) {
    sc_control_answer_reset (message);
    return;
  }
  soup_server_message_pause (message);
  g_ptr_array_add (self->hung, g_object_ref (message));
  sc_faults_count_hung (self->faults, self->hung->len);
}

/**
 * sc_control_faults_release:
 * @self: the faults
 *
 * Resets the connections of the calls that hang.
 */
void
sc_control_faults_release (ScControlFaults *self)
{
  for (guint i = 0; i < self->hung->len; i++)
    sc_control_answer_reset (g_ptr_array_index (self->hung, i));
  g_ptr_array_set_size (self->hung, 0);
}

/**
 * sc_control_faults_add_drill:
 * @self: the faults
 * @name: names it in the path
 * @drill: what a POST to /_local/faults/@name does; called in the main thread
 * @data: for @drill; outlives the object
 *
 * Lets tests order a fault of another part.
 */
void
sc_control_faults_add_drill (ScControlFaults *self,
                             const char *name,
                             ScControlDrill drill,
                             gpointer data)
{
  Drill *ordered = g_new (Drill, 1);
  *ordered = (Drill) { drill, data };
  g_autofree char *path = g_strconcat (FAULTS_PATH "/", name, NULL);
  soup_server_add_handler (self->server, path, on_drill, ordered, g_free);
}

/**
 * sc_control_faults_make_error:
 * @kind: a fault
 *
 * Returns: (transfer full) (nullable): the error that it stands for, an %SC_CONTROL_ERROR; %NULL
 * where it is not one
 */
GError *
sc_control_faults_make_error (ScFaultKind kind)
{
  switch (kind) {
  case SC_FAULT_THROTTLE:
    return g_error_new (SC_CONTROL_ERROR, SC_CONTROL_ERROR_THROTTLED, "Rate exceeded");
  case SC_FAULT_QUOTA:
    return g_error_new (SC_CONTROL_ERROR, SC_CONTROL_ERROR_QUOTA, "The quota is met");
  case SC_FAULT_DENIED:
    return g_error_new (SC_CONTROL_ERROR, SC_CONTROL_ERROR_ACCESS_DENIED, "Not authorized");
  case SC_FAULT_PENDING:
    return g_error_new (SC_CONTROL_ERROR,
                        SC_CONTROL_ERROR_PENDING_VERIFICATION,
                        "The account is being verified");
  case SC_FAULT_FAIL_BEFORE:
  case SC_FAULT_FAIL_AFTER:
  case SC_FAULT_LATE:
    return g_error_new (SC_CONTROL_ERROR, SC_CONTROL_ERROR_INTERNAL, "Internal server error");
  case SC_FAULT_NONE:
  case SC_FAULT_HANG:
  case SC_FAULT_RESET:
  case SC_FAULT_HALF_BODY:
  default:
    return NULL;
  }
}
