/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One GET whose bytes are handed on as they come. Lives on the thread of its main context. What
 * libsoup works on is never dropped under it: a fetch that is cancelled goes on in silence until
 * libsoup gave it back.
 */

#include "config.h"

#include "sc-live-fetch.h"

#include "sc-live-timer.h"

/* The most that is handed on at once; what is there is taken, nothing is waited for. */
#define READ_SIZE (64 * 1024)

/* Who gathers and finds so much may find more at once: nobody waits for a beat behind a stall. */
#define MUCH (READ_SIZE / 2)
/* Who gathers and found nothing for so long waits until there is something. */
#define QUIET_US (100 * G_TIME_SPAN_MILLISECOND)

/* From a playback URL to where it is by one or two steps; more is a circle. */
#define MOST_FOLLOWED 5

struct _ScLiveFetch {
  ScLiveFetchFuncs funcs;
  gpointer user_data;
  ScLiveRequest request; /* without its uri */
  ScLiveAnswer answer;
  SoupSession *session;
  SoupMessage *message;
  guint n_followed;
  GInputStream *body;
  GByteArray *collected; /* when nobody takes the bytes as they come */
  GCancellable *cancellable;
  GSource *readable; /* calls when the body has bytes, or NULL */
  GSource *timer;    /* calls when patience may be over, or when to look for bytes */
  gboolean waits;    /* for bytes of the body, by either */
  gboolean gathers;
  gboolean has_head; /* libsoup has the answer's head */
  gboolean is_cancelled;
  gboolean is_late;
  gboolean is_silent;
};

/* How many fetches of this thread libsoup has not given back. */
static _Thread_local guint n_under_way;

static void
stop_waiting (ScLiveFetch *self)
{
  if (self->readable)
    g_source_destroy (self->readable);
  g_clear_pointer (&self->readable, g_source_unref);
  self->waits = FALSE;
}

static void
forget_message (ScLiveFetch *self)
{
  stop_waiting (self);
  g_clear_object (&self->body);
  if (self->message)
    g_signal_handlers_disconnect_by_data (self->message, self);
  g_clear_object (&self->message);
  self->has_head = FALSE;
}

static void
free_fetch (gpointer data)
{
  ScLiveFetch *self = data;
  if (self->timer)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  forget_message (self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->collected, g_byte_array_unref);
  n_under_way--;
}

static void
unref_fetch (ScLiveFetch *self)
{
  g_rc_box_release_full (self, free_fetch);
}

static void
on_got_headers (SoupMessage *message, ScLiveFetch *self)
{
  self->has_head = TRUE;
}

static void
on_restarted (SoupMessage *message, ScLiveFetch *self)
{
  self->has_head = FALSE;
}

/* libsoup 3.6.5 lets go twice of what it works on where it is cancelled after the answer's head
 * came and before on_head() is called: that waits until it was. Who waits for bytes is called by
 * the timer. */
static void
cancel (ScLiveFetch *self)
{
  self->is_cancelled = TRUE;
  if (!self->has_head || self->body)
    g_cancellable_cancel (self->cancellable);
  if (self->waits)
    g_source_set_ready_time (self->timer, 0);
}

/* When patience is over as things stand; what comes meanwhile does not set the timer anew. */
static gint64
get_deadline (const ScLiveFetch *self)
{
  return MAX (self->answer.sent, self->answer.last_byte) + self->request.patience;
}

/* Takes the fetch's own reference, as no operation is under way any more. */
static void
finish (ScLiveFetch *self, const GError *error)
{
  g_autoptr (GError) late = NULL;
  g_source_set_ready_time (self->timer, -1);
  if (self->is_late && error)
    error = late = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "No byte came in time");
  if (!self->is_silent)
    self->funcs.on_done (self, error, self->user_data);
  unref_fetch (self);
}

static void
fail (ScLiveFetch *self, int code, const char *text)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, code, text);
  finish (self, error);
}

static void
take_bytes (ScLiveFetch *self, gconstpointer data, gsize size)
{
  self->answer.bytes += size;
  self->answer.last_byte = g_get_monotonic_time ();
  if (self->is_silent)
    return;
  if (!self->funcs.on_data) {
    g_byte_array_append (self->collected, data, (guint) size);
    return;
  }
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  self->funcs.on_data (self, bytes, self->user_data);
}

/* Reads what is there into @buffer. libsoup gives a chunk at a time, however small.
 *
 * Returns: whether more may come; if not, @ret_error is set unless the body is complete
 */
static gboolean
fill (ScLiveFetch *self, guint8 buffer[READ_SIZE], gsize *ret_size, GError **ret_error)
{
  GPollableInputStream *body = G_POLLABLE_INPUT_STREAM (self->body);
  g_autoptr (GError) error = NULL;
  gsize size = 0;
  gssize n = 1;
  while (n > 0 && size < READ_SIZE) {
    n = g_pollable_input_stream_read_nonblocking (body,
                                                  buffer + size,
                                                  READ_SIZE - size,
                                                  NULL,
                                                  &error);
    size += (gsize) MAX (n, 0);
  }
  *ret_size = size;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return TRUE;
  if (error)
    g_propagate_error (ret_error, g_steal_pointer (&error));
  return n > 0;
}

static gboolean on_readable (GObject *body, gpointer user_data);

/* Has read_on() called again. A timer that is set by another source than itself wakes the main
 * context once more: one that still runs finds out by itself what bytes did to the deadline. A full
 * buffer may have taken the last byte, and libsoup's body is not readable for its end alone. */
static void
wait_for_bytes (ScLiveFetch *self, gsize found)
{
  gboolean is_quiet = g_get_monotonic_time () - self->answer.last_byte > QUIET_US;
  self->waits = TRUE;
  if (found == READ_SIZE || (self->gathers && !is_quiet)) {
    g_source_set_ready_time (self->timer, found < MUCH ? sc_live_timer_next_beat (1) : 0);
    return;
  }
  if (g_source_get_ready_time (self->timer) < 0)
    g_source_set_ready_time (self->timer, get_deadline (self));
  self->readable =
    g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (self->body), NULL);
  g_source_set_callback (self->readable, G_SOURCE_FUNC (on_readable), self, NULL);
  g_source_attach (self->readable, g_main_context_get_thread_default ());
}

/* Hands on what there is, then waits for more. */
static void
read_on (ScLiveFetch *self)
{
  guint8 buffer[READ_SIZE];
  g_autoptr (GError) error = NULL;
  gsize size = 0;
  stop_waiting (self);
  gboolean goes_on = !self->is_cancelled && fill (self, buffer, &size, &error);
  if (size > 0)
    take_bytes (self, buffer, size);
  if (self->is_cancelled)
    fail (self, G_IO_ERROR_CANCELLED, "Nobody wants it any more");
  else if (self->answer.bytes > self->request.max_bytes)
    fail (self, G_IO_ERROR_MESSAGE_TOO_LARGE, "The answer is too long");
  else if (goes_on)
    wait_for_bytes (self, size);
  else
    finish (self, error);
}

static gboolean
on_readable (GObject *body, gpointer user_data)
{
  read_on (user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
on_timer (gpointer user_data)
{
  ScLiveFetch *self = user_data;
  gint64 deadline = get_deadline (self);
  if (!self->is_cancelled && g_get_monotonic_time () >= deadline) {
    self->is_late = TRUE;
    cancel (self);
  }
  if (self->waits && (self->is_cancelled || !self->readable))
    read_on (self);
  else if (!self->is_cancelled)
    g_source_set_ready_time (self->timer, deadline);
  return G_SOURCE_CONTINUE;
}

static void
read_head (ScLiveFetch *self)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  const char *date = soup_message_headers_get_one (headers, "Date");
  g_autoptr (GDateTime) time = date ? soup_date_time_new_from_http_string (date) : NULL;
  self->answer.status = soup_message_get_status (self->message);
  self->answer.first_byte = g_get_monotonic_time ();
  self->answer.last_byte = self->answer.first_byte;
  self->answer.date_us = time ? g_date_time_to_unix (time) * G_USEC_PER_SEC : 0;
  self->answer.is_partial = self->answer.status == SOUP_STATUS_PARTIAL_CONTENT;
}

static void send (ScLiveFetch *self);

/* Whether to go on to @next from @uri: by HTTP, and not in the clear once it was by TLS. */
static gboolean
may_follow (GUri *uri, GUri *next)
{
  const char *scheme = g_uri_get_scheme (next);
  return g_str_equal (scheme, "https") ||
         (g_str_equal (scheme, "http") && g_str_equal (g_uri_get_scheme (uri), "http"));
}

/* Asks where the server says that it is, instead. libsoup by itself reads all of such an answer
 * first, however long it is and whoever cancels. */
static gboolean
follow (ScLiveFetch *self)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  const char *location = soup_message_headers_get_one (headers, "Location");
  GUri *uri = soup_message_get_uri (self->message);
  g_autoptr (GUri) next =
    location ? g_uri_parse_relative (uri, location, SOUP_HTTP_URI_FLAGS, NULL) : NULL;
  if (!next || !may_follow (uri, next) || ++self->n_followed > MOST_FOLLOWED)
    return FALSE;
  forget_message (self);
  self->message = soup_message_new_from_uri (SOUP_METHOD_GET, next);
  send (self);
  return TRUE;
}

static void
on_head (GObject *object, GAsyncResult *result, gpointer user_data)
{
  ScLiveFetch *self = user_data;
  g_autoptr (GError) error = NULL;
  self->body = soup_session_send_finish (SOUP_SESSION (object), result, &error);
  if (self->is_cancelled)
    g_cancellable_cancel (self->cancellable);
  if (!self->body) {
    finish (self, error);
    return;
  }
  read_head (self);
  if (SOUP_STATUS_IS_SUCCESSFUL (self->answer.status)) {
    read_on (self);
    return;
  }
  if (SOUP_STATUS_IS_REDIRECTION (self->answer.status) && !self->is_cancelled && follow (self))
    return;
  g_autofree char *text = g_strdup_printf ("HTTP %u", self->answer.status);
  fail (self, G_IO_ERROR_FAILED_HANDLED, text);
}

static void
ask_for_range (ScLiveFetch *self)
{
  if (self->request.from == 0 && self->request.length == 0)
    return;
  gint64 last = self->request.length > 0 ? self->request.from + self->request.length - 1 : -1;
  soup_message_headers_set_range (soup_message_get_request_headers (self->message),
                                  self->request.from,
                                  last);
}

static void
send (ScLiveFetch *self)
{
  soup_message_add_flags (self->message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_disable_feature (self->message, SOUP_TYPE_AUTH_MANAGER);
  g_signal_connect (self->message, "got-headers", G_CALLBACK (on_got_headers), self);
  g_signal_connect (self->message, "restarted", G_CALLBACK (on_restarted), self);
  ask_for_range (self);
  soup_session_send_async (self->session,
                           self->message,
                           G_PRIORITY_DEFAULT,
                           self->cancellable,
                           on_head,
                           self);
}

static gboolean
fail_later (gpointer user_data)
{
  fail (user_data, G_IO_ERROR_INVALID_ARGUMENT, "The address cannot be read");
  return G_SOURCE_REMOVE;
}

/**
 * sc_live_fetch_start:
 * @session: whose connections are used, of this thread's default main context
 * @request: what to get
 * @funcs: told how it goes, never from inside this function; without @on_data the body is collected
 * @user_data: for @funcs
 *
 * Errors are of %G_IO_ERROR, %G_TLS_ERROR, %G_RESOLVER_ERROR and %SOUP_SESSION_ERROR; an answer
 * that is no success fails too, its status says how.
 *
 * Returns: (transfer none): the fetch, until @on_done was called or it is cancelled
 */
ScLiveFetch *
sc_live_fetch_start (SoupSession *session,
                     const ScLiveRequest *request,
                     const ScLiveFetchFuncs *funcs,
                     gpointer user_data)
{
  ScLiveFetch *self = g_rc_box_new0 (ScLiveFetch);
  self->funcs = *funcs;
  self->user_data = user_data;
  self->request = *request;
  self->request.uri = NULL;
  self->session = g_object_ref (session);
  self->cancellable = g_cancellable_new ();
  self->collected = funcs->on_data ? NULL : g_byte_array_new ();
  self->answer.sent = g_get_monotonic_time ();
  self->timer = sc_live_timer_new (g_main_context_get_thread_default (), on_timer, self);
  n_under_way++;
  g_source_set_ready_time (self->timer, get_deadline (self));
  self->message = soup_message_new (SOUP_METHOD_GET, request->uri);
  if (!self->message) {
    g_autoptr (GSource) idle = g_idle_source_new ();
    g_source_set_callback (idle, fail_later, self, NULL);
    g_source_attach (idle, g_main_context_get_thread_default ());
    return self;
  }
  send (self);
  return self;
}

/**
 * sc_live_fetch_cancel:
 * @self: a fetch that is not done
 *
 * Nothing is called any more.
 */
void
sc_live_fetch_cancel (ScLiveFetch *self)
{
  self->is_silent = TRUE;
  cancel (self);
}

/**
 * sc_live_fetch_gather:
 * @self: a fetch with @on_data
 *
 * From now on it looks for bytes on each beat (sc-live-timer.h), instead of being called for each
 * piece of them: what is made as it is read comes in some 80 pieces a second, and each would wake
 * all threads from here to the sinks.
 */
void
sc_live_fetch_gather (ScLiveFetch *self)
{
  self->gathers = TRUE;
}

/**
 * sc_live_fetch_get_answer:
 * @self: a fetch
 *
 * Returns: (transfer none): what is known of the answer so far
 */
const ScLiveAnswer *
sc_live_fetch_get_answer (const ScLiveFetch *self)
{
  return &self->answer;
}

/**
 * sc_live_fetch_dup_uri:
 * @self: a fetch
 *
 * Returns: (transfer full): where the answer came from, after redirects
 */
char *
sc_live_fetch_dup_uri (const ScLiveFetch *self)
{
  return g_uri_to_string (soup_message_get_uri (self->message));
}

/**
 * sc_live_fetch_get_body:
 * @self: a fetch without @on_data that is done
 *
 * Returns: (transfer full): the body
 */
GBytes *
sc_live_fetch_get_body (const ScLiveFetch *self)
{
  return g_bytes_new (self->collected->data, self->collected->len);
}

static gboolean
on_waited_enough (gpointer user_data)
{
  gboolean *enough = user_data;
  *enough = TRUE;
  return G_SOURCE_REMOVE;
}

/**
 * sc_live_fetch_wait_all:
 * @context: the thread's default main context
 * @patience: the longest to wait, microseconds
 *
 * Runs @context until libsoup gave back every fetch of this thread, which were all cancelled.
 */
void
sc_live_fetch_wait_all (GMainContext *context, gint64 patience)
{
  gboolean enough = FALSE;
  g_autoptr (GSource) timeout = g_timeout_source_new ((guint) (patience / 1000));
  g_source_set_callback (timeout, on_waited_enough, &enough, NULL);
  g_source_attach (timeout, context);
  while (!enough && n_under_way > 0)
    g_main_context_iteration (context, TRUE);
  g_source_destroy (timeout);
}
