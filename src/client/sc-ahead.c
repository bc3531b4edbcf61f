/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A question that goes out before who needs the answer is there. A program that opens its window
 * has no main loop that turns meanwhile, and a connection with TLS takes several of its turns: a
 * thread sees to it. Main thread only. */

#include "config.h"

#include "sc-ahead.h"

#include "sc-client-error.h"

/* An answer that nobody took by then is not what there is now. */
#define FRESH_US (5 * G_USEC_PER_SEC)

struct _ScAhead {
  char *url;
  gint64 asked_at;
  DexPromise *answer; /* NULL while nothing is asked */
};

typedef struct {
  char *url;
  DexPromise *promise;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;
  g_free (question->url);
  dex_unref (question->promise);
  g_free (question);
}

/* On a thread. */
static void
ask (GTask *task, gpointer http, gpointer data, GCancellable *cancellable)
{
  static const char *const headers[] = { "Accept", "application/json", NULL };
  Question *question = data;
  const ScHttpRequest request = { .method = "GET", .url = question->url, .headers = headers };
  g_autoptr (GError) error = NULL;
  ScHttpResponse *response = sc_http_send (http, &request, cancellable, &error);
  if (response)
    dex_promise_resolve_boxed (question->promise, SC_TYPE_HTTP_RESPONSE, response);
  else
    dex_promise_reject (question->promise, sc_client_error_from_net (error));
  g_task_return_boolean (task, TRUE);
}

static void
forget (ScAhead *self)
{
  if (self->answer)
    g_cancellable_cancel (dex_promise_get_cancellable (self->answer));
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
 * A question that is under way is given up.
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
 *
 * Asks it, in place of what was asked before.
 */
void
sc_ahead_ask (ScAhead *self, ScHttp *http, const char *url)
{
  DexPromise *promise = dex_promise_new_cancellable ();
  Question *question = g_new0 (Question, 1);
  question->url = g_strdup (url);
  question->promise = dex_ref (promise);
  g_autoptr (GTask) task = g_task_new (http, dex_promise_get_cancellable (promise), NULL, NULL);
  g_task_set_source_tag (task, sc_ahead_ask);
  g_task_set_task_data (task, question, question_free);

  forget (self);
  g_set_str (&self->url, url);
  self->answer = promise;
  self->asked_at = g_get_monotonic_time ();
  g_task_run_in_thread (task, ask);
}

/**
 * sc_ahead_take:
 * @self: what was asked
 * @url: what somebody would like to ask now
 *
 * Returns: (transfer full) (nullable): a future that resolves to the %SC_TYPE_HTTP_RESPONSE, if
 *   just that was asked a moment ago, has not failed since, and nobody took it
 */
DexFuture *
sc_ahead_take (ScAhead *self, const char *url)
{
  if (!self->answer || !g_str_equal (self->url, url))
    return NULL;
  gboolean is_of_use = g_get_monotonic_time () - self->asked_at <= FRESH_US &&
                       !dex_future_is_rejected (DEX_FUTURE (self->answer));
  DexPromise *answer = is_of_use ? g_steal_pointer (&self->answer) : NULL;
  forget (self);
  return answer ? DEX_FUTURE (answer) : NULL;
}
