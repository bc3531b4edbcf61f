/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The runtime loop against a runtime API that follows a script: one answer an event, whatever the
 * handler does and whatever the API forgets. */

#include "config.h"

#include "sc-net-error.h"
#include "sc-runtime.h"

#include <libsoup/soup.h>
#include <string.h>

#define NEXT "/2018-06-01/runtime/invocation/next"

typedef enum {
  STEP_EVENT,
  STEP_WITHOUT_ID,
  STEP_WITHOUT_DEADLINE,
  STEP_BAD_ID,
  STEP_FAILURE,
  STEP_PAST_DEADLINE,
  STEP_SHORT_DEADLINE,
} StepKind;

typedef struct {
  StepKind kind;
  const char *event;
} Step;

/* What the runtime posted: "PATH BODY", in order. */
typedef struct {
  const Step *steps;
  guint n_steps;
  guint at;
  GPtrArray *posts;
  GMainContext *context;
  GMainLoop *loop;
  char *address;
  GMutex lock;
  GCond changed;
} Api;

static void
add_headers (SoupServerMessage *message, StepKind kind, guint number)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *id = g_strdup_printf ("00000000-%u", number);
  gint64 left_ms = kind == STEP_PAST_DEADLINE ? -5000 : kind == STEP_SHORT_DEADLINE ? 250 : 60000;
  g_autofree char *deadline =
    g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time () / 1000 + left_ms);
  if (kind != STEP_WITHOUT_ID)
    soup_message_headers_append (headers,
                                 "Lambda-Runtime-Aws-Request-Id",
                                 kind == STEP_BAD_ID ? "../../x" : id);
  if (kind != STEP_WITHOUT_DEADLINE)
    soup_message_headers_append (headers, "Lambda-Runtime-Deadline-Ms", deadline);
}

/* After the script the API fails for good, which ends the loop. */
static void
answer_next (Api *api, SoupServerMessage *message)
{
  guint number = api->at++;
  const Step *step = number < api->n_steps ? &api->steps[number] : NULL;
  if (!step || step->kind == STEP_FAILURE) {
    soup_server_message_set_status (message, 500, NULL);
    return;
  }
  add_headers (message, step->kind, number);
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message,
                                    "application/json",
                                    SOUP_MEMORY_COPY,
                                    step->event,
                                    strlen (step->event));
}

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  Api *api = user_data;
  if (g_str_equal (path, NEXT)) {
    answer_next (api, message);
    return;
  }
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autofree char *text = g_strndup (body->data, MIN (body->length, 200));
  g_autofree char *post = g_strdup_printf ("%s %s", path + strlen ("/2018-06-01/runtime/"), text);
  g_ptr_array_add (api->posts, g_steal_pointer (&post));
  soup_server_message_set_status (message, 202, NULL);
}

static gpointer
run_api (gpointer data)
{
  Api *api = data;
  g_main_context_push_thread_default (api->context);
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  soup_server_add_handler (server, NULL, on_request, api, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL);
  GSList *uris = soup_server_get_uris (server);
  g_mutex_lock (&api->lock);
  api->address = g_strdup_printf ("127.0.0.1:%d", g_uri_get_port (uris->data));
  g_cond_signal (&api->changed);
  g_mutex_unlock (&api->lock);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_main_loop_run (api->loop);
  g_main_context_pop_thread_default (api->context);
  return NULL;
}

/* Runs the loop over a script to its end. Returns what was posted. */
static GPtrArray *
run_script (const Step *steps,
            guint n_steps,
            ScRuntimeHandler handler,
            gpointer data,
            GError **error)
{
  Api api = { steps, n_steps, .posts = g_ptr_array_new_with_free_func (g_free) };
  api.context = g_main_context_new ();
  api.loop = g_main_loop_new (api.context, FALSE);
  GThread *thread = g_thread_new ("api", run_api, &api);
  g_mutex_lock (&api.lock);
  while (!api.address)
    g_cond_wait (&api.changed, &api.lock);
  g_mutex_unlock (&api.lock);

  g_autoptr (ScRuntime) runtime = sc_runtime_new (api.address);
  g_assert_false (sc_runtime_run (runtime, handler, data, error));
  g_main_loop_quit (api.loop);
  g_thread_join (thread);
  g_main_loop_unref (api.loop);
  g_main_context_unref (api.context);
  g_free (api.address);
  return api.posts;
}

/* Answers with the event; "fail" fails, "large" is more than Lambda takes. */
static GBytes *
echo (GBytes *event, gpointer user_data, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (event, &size);
  if (size == 4 && memcmp (data, "fail", 4) == 0) {
    g_set_error (error, SC_NET_ERROR, SC_NET_ERROR_REFUSED, "as told");
    return NULL;
  }
  if (size == 5 && memcmp (data, "large", 5) == 0)
    return g_bytes_new_take (g_malloc0 (6 * 1024 * 1024 + 1), 6 * 1024 * 1024 + 1);
  return g_bytes_ref (event);
}

static void
assert_posts (GPtrArray *posts, const char *const *expected)
{
  for (guint i = 0; i < posts->len; i++)
    g_test_message ("%s", (const char *) posts->pdata[i]);
  g_assert_cmpuint (posts->len, ==, g_strv_length ((char **) expected));
  for (guint i = 0; i < posts->len; i++)
    g_assert_true (g_str_has_prefix (posts->pdata[i], expected[i]));
}

static void
test_one_answer_an_event (void)
{
  static const Step steps[] = {
    { STEP_EVENT, "{\"a\":1}" },     { STEP_FAILURE, NULL },      { STEP_FAILURE, NULL },
    { STEP_EVENT, "fail" },          { STEP_WITHOUT_ID, "lost" }, { STEP_BAD_ID, "lost" },
    { STEP_WITHOUT_DEADLINE, "{}" }, { STEP_EVENT, "large" },     { STEP_EVENT, "last" },
  };
  static const char *const expected[] = {
    "invocation/00000000-0/response {\"a\":1}",
    "invocation/00000000-3/error "
    "{\"errorType\":\"Function.sc-net-error-quark\",\"errorMessage\":\"as "
    "told\"",
    "invocation/00000000-6/response {}",
    "invocation/00000000-7/error {\"errorType\":\"Runtime.AnswerTooLarge\"",
    "invocation/00000000-8/response last",
    NULL,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) posts = run_script (steps, G_N_ELEMENTS (steps), echo, NULL, &error);
  g_assert_error (error, SC_NET_ERROR, SC_NET_ERROR_PROTOCOL);
  assert_posts (posts, expected);
}

typedef struct {
  GMutex lock;
  GCond changed;
  gboolean released;
  gboolean left;
} Stuck;

static GBytes *
be_stuck (GBytes *event, gpointer user_data, GError **error)
{
  Stuck *stuck = user_data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&stuck->lock);
  while (!stuck->released)
    g_cond_wait (&stuck->changed, &stuck->lock);
  stuck->left = TRUE;
  g_cond_signal (&stuck->changed);
  return g_bytes_ref (event);
}

static void
release (Stuck *stuck)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&stuck->lock);
  stuck->released = TRUE;
  g_cond_signal (&stuck->changed);
  while (!stuck->left)
    g_cond_wait (&stuck->changed, &stuck->lock);
}

/* A handler that hangs is answered for before the deadline, and the loop ends. */
static void
test_deadline (void)
{
  static const StepKind kinds[] = { STEP_SHORT_DEADLINE, STEP_PAST_DEADLINE };
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    const Step steps[] = { { kinds[i], "{}" }, { STEP_EVENT, "never asked for" } };
    static const char *const expected[] = {
      "invocation/00000000-0/error {\"errorType\":\"Runtime.DeadlineExceeded\"",
      NULL,
    };
    Stuck stuck = { 0 };
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) posts =
      run_script (steps, G_N_ELEMENTS (steps), be_stuck, &stuck, &error);
    g_assert_error (error, SC_NET_ERROR, SC_NET_ERROR_TIMEOUT);
    assert_posts (posts, expected);
    release (&stuck);
  }
}

/* There is nothing at the other end: the loop gives up instead of spinning. */
static void
test_no_runtime_api (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScRuntime) runtime = sc_runtime_new ("127.0.0.1:9");
  g_assert_false (sc_runtime_run (runtime, echo, NULL, &error));
  g_assert_error (error, SC_NET_ERROR, SC_NET_ERROR_REFUSED);
  sc_runtime_fail_init (runtime, error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lambda/runtime/one-answer-an-event", test_one_answer_an_event);
  g_test_add_func ("/lambda/runtime/deadline", test_deadline);
  g_test_add_func ("/lambda/runtime/no-runtime-api", test_no_runtime_api);
  return g_test_run ();
}
