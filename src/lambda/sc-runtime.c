/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The loop of an AWS Lambda custom runtime ("AWS Lambda Developer Guide, Using the Lambda runtime
 * API"): ask for the next event, handle it, answer; one event at a time, one answer an event.
 *
 * A handler has until 200 ms before its deadline. One that is not done by then is answered for, and
 * the process ends: what a stuck handler holds cannot be trusted any more, and Lambda starts
 * another. It ends as well when the runtime API itself fails again and again.
 *
 * An answer is posted until the API has it: the id makes a second post harmless, for the API
 * refuses it where the first one came through.
 */

#include "config.h"

#include "sc-runtime.h"

#include "sc-http.h"
#include "sc-json.h"

#include <errno.h>
#include <string.h>
#include <sys/prctl.h>

#define RUNTIME "2018-06-01/runtime"

/* AWS Lambda's own bound on events and answers ("Lambda quotas"). */
#define PAYLOAD_MAX (6 * 1024 * 1024)

/* The time to send an answer before the deadline. */
#define DEADLINE_MARGIN_US (200 * G_TIME_SPAN_MILLISECOND)

/* The runtime API is on the same machine: it answers a post at once or is not there. */
#define POST_SECONDS 5

/* Failed questions for the next event in a row, after which this sandbox is given up. */
#define MAX_FAILURES 3

/* Posts of one answer, after which nobody can say what became of it. */
#define MAX_POSTS 4

struct _ScRuntime {
  ScHttp *waiting; /* without a time-out: the next event may be hours away */
  ScHttp *posting;
  char *base_url;
  ScRuntimeHandler handler;
  gpointer user_data;
  ScRuntimeThawed thawed;
  gint64 pause_us;
  gpointer thawed_data;
  gint64 idle_since;      /* by the monotonic clock, which may stand still while frozen */
  gint64 idle_since_real; /* by the clock on the wall, which is set right after that */
};

typedef struct {
  char *request_id;
  char *trace_id; /* or NULL */
  gint64 deadline_us;
  GBytes *event;
} Invocation;

static void
invocation_free (Invocation *self)
{
  g_free (self->request_id);
  g_free (self->trace_id);
  g_bytes_unref (self->event);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Invocation, invocation_free)

/**
 * sc_runtime_new:
 * @api: host and port of the runtime API, the environment's AWS_LAMBDA_RUNTIME_API
 *
 * Returns: (transfer full): a runtime that has not asked for anything yet
 */
ScRuntime *
sc_runtime_new (const char *api)
{
  ScRuntime *self = g_new0 (ScRuntime, 1);
  /* Out of a zip it is the loader that was started; ps should name the function. */
  prctl (PR_SET_NAME, program_invocation_short_name, 0, 0, 0);
  self->waiting = sc_http_new (0);
  self->posting = sc_http_new (POST_SECONDS);
  self->base_url = g_strdup_printf ("http://%s/" RUNTIME, api);
  return self;
}

/**
 * sc_runtime_free:
 * @self: (nullable): a runtime
 */
void
sc_runtime_free (ScRuntime *self)
{
  if (!self)
    return;
  g_object_unref (self->waiting);
  g_object_unref (self->posting);
  g_free (self->base_url);
  g_free (self);
}

/* An id goes into a URL, so it is taken only if it is one: AWS sends UUIDs. */
static gboolean
is_request_id (const char *text)
{
  gsize length = text ? strlen (text) : 0;
  if (length == 0 || length > 64)
    return FALSE;
  for (const char *at = text; *at; at++)
    if (!g_ascii_isalnum (*at) && *at != '-')
      return FALSE;
  return TRUE;
}

static Invocation *
ask_next (ScRuntime *self, GError **error)
{
  g_autofree char *url = g_strconcat (self->base_url, "/invocation/next", NULL);
  ScHttpRequest request = { .method = "GET", .url = url, .max_response_bytes = PAYLOAD_MAX };
  g_autoptr (ScHttpResponse) response = sc_http_send (self->waiting, &request, NULL, error);
  if (!response)
    return NULL;

  const char *id = sc_http_response_get_header (response, "Lambda-Runtime-Aws-Request-Id");
  const char *deadline = sc_http_response_get_header (response, "Lambda-Runtime-Deadline-Ms");
  if (response->status != 200 || !is_request_id (id)) {
    g_set_error (error,
                 SC_NET_ERROR,
                 SC_NET_ERROR_PROTOCOL,
                 "The runtime API gives no event (status %u)",
                 response->status);
    return NULL;
  }
  Invocation *invocation = g_new0 (Invocation, 1);
  invocation->request_id = g_strdup (id);
  invocation->trace_id =
    g_strdup (sc_http_response_get_header (response, "Lambda-Runtime-Trace-Id"));
  invocation->deadline_us = deadline ? g_ascii_strtoll (deadline, NULL, 10) * 1000 : G_MAXINT64;
  invocation->event = g_bytes_ref (response->body);
  return invocation;
}

/* A status below 500 is the API's word: it has the answer, or had one before. */
static gboolean
post_once (ScRuntime *self, const ScHttpRequest *request, GError **error)
{
  g_autoptr (ScHttpResponse) response = sc_http_send (self->posting, request, NULL, error);
  if (!response)
    return FALSE;
  if (response->status < 500)
    return TRUE;
  g_set_error (error,
               SC_NET_ERROR,
               SC_NET_ERROR_PROTOCOL,
               "The runtime API takes no answer (status %u)",
               response->status);
  return FALSE;
}

static gboolean
post (ScRuntime *self, const char *path, const char *error_type, GBytes *body, GError **error)
{
  g_autofree char *url = g_strdup_printf ("%s/%s", self->base_url, path);
  const char *const headers[] = {
    "Content-Type",
    "application/json",
    error_type ? "Lambda-Runtime-Function-Error-Type" : NULL,
    error_type,
    NULL,
  };
  ScHttpRequest request = { .method = "POST", .url = url, .headers = headers, .body = body };
  for (guint tries = 1; tries < MAX_POSTS; tries++)
    if (post_once (self, &request, NULL))
      return TRUE;
  return post_once (self, &request, error);
}

static gboolean
post_error (ScRuntime *self, const char *path, const char *type, const char *words, GError **error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  json_object_set_string_member (object, "errorType", type);
  json_object_set_string_member (object, "errorMessage", words);
  json_object_set_array_member (object, "stackTrace", json_array_new ());
  g_autoptr (GBytes) body = sc_json_to_bytes (object);
  return post (self, path, type, body, error);
}

/**
 * sc_runtime_set_thawed:
 * @self: a runtime that does not run
 * @pause_us: how long a pause is at least, usually %SC_RUNTIME_PAUSE_US
 * @thawed: called before an event that came after a pause
 * @user_data: for @thawed
 */
void
sc_runtime_set_thawed (ScRuntime *self, gint64 pause_us, ScRuntimeThawed thawed, gpointer user_data)
{
  self->pause_us = pause_us;
  self->thawed = thawed;
  self->thawed_data = user_data;
}

/**
 * sc_runtime_fail_init:
 * @self: a runtime that has not run
 * @error: why it cannot
 *
 * Tells Lambda that the function cannot start. The process should end with a failure after that.
 */
void
sc_runtime_fail_init (ScRuntime *self, const GError *error)
{
  post_error (self, "init/error", "Runtime.InitError", error->message, NULL);
}

/* What the handler's thread and the loop share. The thread may outlive its welcome: whoever is last
 * lets go. */
typedef struct {
  gatomicrefcount references;
  ScRuntimeHandler handler;
  gpointer user_data;
  GBytes *event;
  gint64 deadline_us;
  GMutex lock;
  GCond finished;
  gboolean done;
  GBytes *answer;
  GError *error;
} Work;

static void
work_unref (Work *work)
{
  if (!g_atomic_ref_count_dec (&work->references))
    return;
  g_bytes_unref (work->event);
  g_clear_pointer (&work->answer, g_bytes_unref);
  g_clear_error (&work->error);
  g_mutex_clear (&work->lock);
  g_cond_clear (&work->finished);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_unref)

static _Thread_local gint64 handler_deadline_us = G_MAXINT64;

/**
 * sc_runtime_get_deadline:
 *
 * Returns: in a handler's own thread, when it has to be done, in microseconds since the epoch, or
 * %G_MAXINT64 where there is no bound
 */
gint64
sc_runtime_get_deadline (void)
{
  return handler_deadline_us;
}

static gpointer
run_handler (gpointer data)
{
  g_autoptr (Work) work = data;
  GError *error = NULL;
  handler_deadline_us = work->deadline_us;
  GBytes *answer = work->handler (work->event, work->user_data, &error);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&work->lock);
  work->answer = answer;
  work->error = error;
  work->done = TRUE;
  g_cond_signal (&work->finished);
  return NULL;
}

static Work *
start_work (ScRuntime *self, Invocation *invocation)
{
  Work *work = g_new0 (Work, 1);
  g_atomic_ref_count_init (&work->references);
  work->handler = self->handler;
  work->user_data = self->user_data;
  work->event = g_bytes_ref (invocation->event);
  work->deadline_us = invocation->deadline_us == G_MAXINT64
                        ? G_MAXINT64
                        : invocation->deadline_us - DEADLINE_MARGIN_US;
  g_mutex_init (&work->lock);
  g_cond_init (&work->finished);
  g_atomic_ref_count_inc (&work->references);
  g_thread_unref (g_thread_new ("handler", run_handler, work));
  return work;
}

/* The deadline is of the wall clock, waiting is of the monotonic one. */
static gint64
get_give_up_time (const Invocation *invocation)
{
  if (invocation->deadline_us == G_MAXINT64)
    return G_MAXINT64;
  gint64 left = invocation->deadline_us - DEADLINE_MARGIN_US - g_get_real_time ();
  return g_get_monotonic_time () + MAX (left, 0);
}

static gboolean
wait_for_work (Work *work, gint64 give_up)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&work->lock);
  while (!work->done)
    if (!g_cond_wait_until (&work->finished, &work->lock, give_up))
      return work->done;
  return TRUE;
}

/* The type of a handler's failure in Lambda's form, Category.Reason: its domain says most. What
 * failed is written down with the ids by which AWS's logs and traces know the event. */
static gboolean
post_failure (ScRuntime *self,
              const char *path,
              const Invocation *invocation,
              Work *work,
              GError **error)
{
  g_autofree char *type = g_strdup_printf ("Function.%s", g_quark_to_string (work->error->domain));
  g_printerr ("%s %s: %s: %s\n",
              invocation->request_id,
              invocation->trace_id ? invocation->trace_id : "-",
              type,
              work->error->message);
  return post_error (self, path, type, work->error->message, error);
}

static gboolean
post_outcome (ScRuntime *self, const Invocation *invocation, Work *work, GError **error)
{
  const char *request_id = invocation->request_id;
  g_autofree char *response_path = g_strdup_printf ("invocation/%s/response", request_id);
  g_autofree char *error_path = g_strdup_printf ("invocation/%s/error", request_id);
  if (!work->answer)
    return post_failure (self, error_path, invocation, work, error);
  if (g_bytes_get_size (work->answer) > PAYLOAD_MAX)
    return post_error (self, error_path, "Runtime.AnswerTooLarge", "More than 6 MB", error);
  return post (self, response_path, NULL, work->answer, error);
}

static void
note_idle (ScRuntime *self)
{
  self->idle_since = g_get_monotonic_time ();
  self->idle_since_real = g_get_real_time ();
}

static void
look_for_pause (ScRuntime *self)
{
  if (self->thawed && (g_get_monotonic_time () - self->idle_since >= self->pause_us ||
                       ABS (g_get_real_time () - self->idle_since_real) >= self->pause_us))
    self->thawed (self->thawed_data);
}

static gboolean
handle (ScRuntime *self, Invocation *invocation, GError **error)
{
  g_autoptr (Work) work = start_work (self, invocation);
  if (wait_for_work (work, get_give_up_time (invocation)))
    return post_outcome (self, invocation, work, error);

  g_autofree char *path = g_strdup_printf ("invocation/%s/error", invocation->request_id);
  if (post_error (self, path, "Runtime.DeadlineExceeded", "The handler took too long", error))
    g_set_error_literal (error, SC_NET_ERROR, SC_NET_ERROR_TIMEOUT, "A handler took too long");
  return FALSE;
}

/**
 * sc_runtime_run:
 * @self: a runtime
 * @handler: what answers events
 * @user_data: for @handler
 * @error: why the process should end
 *
 * Handles events until something is wrong that a new process would not have. A handler may still be
 * running then: end the process without freeing what it uses.
 *
 * Returns: %FALSE, always
 */
gboolean
sc_runtime_run (ScRuntime *self, ScRuntimeHandler handler, gpointer user_data, GError **error)
{
  self->handler = handler;
  self->user_data = user_data;
  note_idle (self);
  for (guint failures = 0; failures < MAX_FAILURES;) {
    g_clear_error (error);
    g_autoptr (Invocation) invocation = ask_next (self, error);
    failures = invocation ? 0 : failures + 1;
    if (!invocation)
      continue;
    look_for_pause (self);
    if (!handle (self, invocation, error))
      return FALSE;
    note_idle (self);
  }
  return FALSE;
}
