/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* HTTP for the thread that downloads a recording: blocking, and used by that thread alone, as a
 * session of libsoup is for one thread. Another thread ends what is under way by its cancellable.
 * Every read has returned before its stream goes: libsoup 3.6 crashes where a stream goes while an
 * asynchronous read of it is pending, and hlsdemux2 does that when a seek drops a download.
 */

#include "config.h"

#include "sc-vod-fetch.h"

#include <gst/gst.h>
#include <libsoup/soup.h>

/* The longest that a server may be silent, as souphttpsrc has it. */
#define TIMEOUT_SECONDS 15

/* RFC 6585; libsoup has no name for it. */
#define TOO_MANY_REQUESTS 429u

struct _ScVodFetch {
  GMainContext *context; /* the default one of the thread */
  SoupSession *session;
  gint64 length; /* of the last body, -1 if the server does not say */
};

/**
 * sc_vod_fetch_new:
 *
 * To be called by the thread that will use it, and free it.
 *
 * Returns: (transfer full): a way to fetch
 */
ScVodFetch *
sc_vod_fetch_new (void)
{
  ScVodFetch *self = g_new0 (ScVodFetch, 1);
  self->context = g_main_context_new ();
  g_main_context_push_thread_default (self->context);
  self->session = soup_session_new_with_options ("timeout", TIMEOUT_SECONDS, NULL);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);
  return self;
}

static void
run_what_is_due (ScVodFetch *self)
{
  while (g_main_context_iteration (self->context, FALSE))
    ;
}

/**
 * sc_vod_fetch_free:
 * @self: (transfer full): a way to fetch
 *
 * Closes its connections.
 */
void
sc_vod_fetch_free (ScVodFetch *self)
{
  soup_session_abort (self->session);
  run_what_is_due (self);
  g_clear_object (&self->session);
  run_what_is_due (self);
  g_main_context_pop_thread_default (self->context);
  g_main_context_unref (self->context);
  g_free (self);
}

static SoupMessage *
make_message (const char *uri, const ScHlsRange *range)
{
  SoupMessage *message = soup_message_new (SOUP_METHOD_GET, uri);
  if (!message)
    return NULL;
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_set_force_http1 (message, TRUE);
  if (range->start != SC_HLS_NONE)
    soup_message_headers_set_range (soup_message_get_request_headers (message),
                                    range->start,
                                    range->length > 0 ? range->start + range->length - 1 : -1);
  return message;
}

static int
get_code (guint status)
{
  switch (status) {
  case SOUP_STATUS_UNAUTHORIZED:
  case SOUP_STATUS_FORBIDDEN:
    return GST_RESOURCE_ERROR_NOT_AUTHORIZED;
  case SOUP_STATUS_NOT_FOUND:
  case SOUP_STATUS_GONE:
    return GST_RESOURCE_ERROR_NOT_FOUND;
  default:
    return GST_RESOURCE_ERROR_OPEN_READ;
  }
}

/* Whether a server may answer otherwise a moment later (RFC 9110, 15). */
static gboolean
is_transient (guint status)
{
  return status >= SOUP_STATUS_INTERNAL_SERVER_ERROR || status == SOUP_STATUS_REQUEST_TIMEOUT ||
         status == TOO_MANY_REQUESTS;
}

/* Reads past what was not asked for, where a server knows no ranges. */
static gboolean
skip (GInputStream *stream, gint64 bytes, GCancellable *cancellable, GError **error)
{
  while (bytes > 0) {
    gssize skipped = g_input_stream_skip (stream, (gsize) bytes, cancellable, error);
    if (skipped < 0)
      return FALSE;
    if (skipped == 0) {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "The answer ended early");
      return FALSE;
    }
    bytes -= skipped;
  }
  return TRUE;
}

/* Whether the stream of an answer can be read from where it was asked for; sets @ret_fault. */
static gboolean
check_answer (SoupMessage *message, const ScHlsRange *range, ScVodFault *ret_fault, GError **error)
{
  guint status = soup_message_get_status (message);
  if (status == SOUP_STATUS_OK ||
      (status == SOUP_STATUS_PARTIAL_CONTENT && range->start != SC_HLS_NONE))
    return TRUE;
  *ret_fault = (ScVodFault) { .status = status, .is_transient = is_transient (status) };
  g_set_error (error, GST_RESOURCE_ERROR, get_code (status), "The server answers %u", status);
  return FALSE;
}

/* Returns how much is to come of a range, or -1. */
static gint64
get_length (SoupMessage *message, const ScHlsRange *range)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  if (soup_message_headers_get_encoding (headers) != SOUP_ENCODING_CONTENT_LENGTH)
    return -1;
  gint64 length = soup_message_headers_get_content_length (headers);
  gboolean is_whole = soup_message_get_status (message) == SOUP_STATUS_OK;
  return is_whole ? length - MAX (range->start, 0) : length;
}

/**
 * sc_vod_fetch_get_length:
 * @self: a way to fetch
 *
 * Returns: how many bytes what was opened last has, or -1 while unknown
 */
gint64
sc_vod_fetch_get_length (ScVodFetch *self)
{
  return self->length;
}

/**
 * sc_vod_fetch_open:
 * @self: a way to fetch
 * @uri: what to fetch, http or https
 * @range: the part of it; a length of 0 is to its end
 * @cancellable: ends it from any thread
 * @ret_fault: (out): why it failed, if it did
 * @error: of %GST_RESOURCE_ERROR for an answer, else what GIO says
 *
 * Redirections are not followed: a recording is where its playlist says.
 *
 * Returns: (transfer full) (nullable): the body, to be read until its end or the end of @range
 */
GInputStream *
sc_vod_fetch_open (ScVodFetch *self,
                   const char *uri,
                   const ScHlsRange *range,
                   GCancellable *cancellable,
                   ScVodFault *ret_fault,
                   GError **error)
{
  run_what_is_due (self); /* this is how libsoup learns that a server closed an idle connection */
  g_autoptr (SoupMessage) message = make_message (uri, range);
  if (!message) {
    *ret_fault = (ScVodFault) { 0 };
    g_set_error_literal (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_OPEN_READ, "No address");
    return NULL;
  }
  g_autoptr (GError) cause = NULL;
  g_autoptr (GInputStream) stream = soup_session_send (self->session, message, cancellable, &cause);
  if (!stream) {
    ret_fault->status = 0;
    ret_fault->is_transient = cause->domain != G_TLS_ERROR;
    g_propagate_error (error, g_steal_pointer (&cause));
    return NULL;
  }
  if (!check_answer (message, range, ret_fault, error))
    return NULL;
  *ret_fault = (ScVodFault) { .is_transient = TRUE };
  self->length = get_length (message, range);
  if (soup_message_get_status (message) == SOUP_STATUS_OK && range->start > 0 &&
      !skip (stream, range->start, cancellable, error))
    return NULL;
  return g_steal_pointer (&stream);
}
