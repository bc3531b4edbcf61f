/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A question that goes out before who needs the answer is there. A program that opens its window
 * has no main loop that turns meanwhile, and a connection with TLS takes several of its turns: a
 * thread sees to it. Main thread only. */

#include "config.h"

#include "sc-ahead.h"

#include "sc-client-call.h"

/* An answer that nobody took by then is not what there is now. */
#define FRESH_US (5 * G_USEC_PER_SEC)

struct _ScAhead {
  char *url;
  gint64 asked_at;
  DexPromise *answer;        /* (nullable): while it is there to take */
  GCancellable *cancellable; /* (nullable): gives it up */
  GThread *thread;           /* (nullable): what asks, or has asked */
  GSource *answered;         /* (nullable): what the thread ends with, on the main thread */
};

/* The thread writes the answer, and nothing of it is freed there: whoever waits may go with the
 * last hold on it. */
typedef struct {
  ScHttp *http;
  char *url;
  DexPromise *promise;
  GSource *answered;
  ScHttpResponse *response;
  GError *error;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;
  if (dex_future_is_pending (DEX_FUTURE (question->promise)))
    dex_promise_reject (question->promise,
                        g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Given up"));
  dex_unref (question->promise);
  g_object_unref (question->http);
  g_free (question->url);
  g_clear_pointer (&question->response, sc_http_response_unref);
  g_clear_error (&question->error);
  g_free (question);
}

/* On the thread. */
static gpointer
ask (gpointer data)
{
  static const char *const headers[] = { "Accept", "application/json", NULL };
  Question *question = data;
  const ScHttpRequest request = {
    .method = "GET",
    .url = question->url,
    .headers = headers,
    .max_response_bytes = SC_CLIENT_MAX_ANSWER_BYTES,
  };
  question->response = sc_http_send (question->http,
                                     &request,
                                     dex_promise_get_cancellable (question->promise),
                                     &question->error);
  g_source_attach (question->answered, NULL);
  return NULL;
}

static gboolean
on_answered (gpointer data)
{
  Question *question = data;
  sc_client_answer (question->promise, g_steal_pointer (&question->response), question->error);
  return G_SOURCE_REMOVE;
}

static void
forget (ScAhead *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->thread, g_thread_join);
  if (self->answered)
    g_source_destroy (self->answered);
  g_clear_pointer (&self->answered, g_source_unref);
  g_clear_object (&self->cancellable);
  dex_clear (&self->answer);
  g_clear_pointer (&self->url, g_free);
}

/**
 * sc_ahead_new:
 *
 * Returns: (transfer full): room for one question
 */
ScAhead *
sc_ahead_new (void)
{
  return g_new0 (ScAhead, 1);
}

/**
 * sc_ahead_free:
 * @self: (transfer full): what was asked, if anything
 *
 * A question that is under way is given up, whoever waits for its answer.
 */
void
sc_ahead_free (ScAhead *self)
{
  forget (self);
  g_free (self);
}

/**
 * sc_ahead_ask:
 * @self: room for a question
 * @http: what carries it, on a connection of its own
 * @url: what anybody may GET
 * @now: the monotonic time, microseconds
 *
 * Asks it, in place of what was asked before.
 */
void
sc_ahead_ask (ScAhead *self, ScHttp *http, const char *url, gint64 now)
{
  forget (self);
  self->url = g_strdup (url);
  self->asked_at = now;
  self->answer = dex_promise_new_cancellable ();
  self->cancellable = g_object_ref (dex_promise_get_cancellable (self->answer));

  Question *question = g_new0 (Question, 1);
  question->http = g_object_ref (http);
  question->url = g_strdup (url);
  question->promise = dex_ref (self->answer);
  self->answered = question->answered = g_idle_source_new ();
  g_source_set_priority (self->answered, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->answered, on_answered, question, question_free);
  self->thread = g_thread_new ("ask-ahead", ask, question);
}

/**
 * sc_ahead_take:
 * @self: what was asked
 * @url: what somebody would like to ask now
 * @now: the monotonic time, microseconds
 *
 * Returns: (transfer full) (nullable): a future that resolves to the %SC_TYPE_HTTP_RESPONSE, if
 *   just that was asked a moment ago and nobody took it
 */
DexFuture *
sc_ahead_take (ScAhead *self, const char *url, gint64 now)
{
  if (!self->answer || !g_str_equal (self->url, url))
    return NULL;
  if (now - self->asked_at <= FRESH_US)
    return DEX_FUTURE (g_steal_pointer (&self->answer));
  forget (self);
  return NULL;
}
