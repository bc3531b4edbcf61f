/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One GET of what is made as it is read: a server in this process sends a crumb every few
 * milliseconds, and what counts is how often the fetch hands on some. Or it sends at once as much
 * as the fetch takes at once. */

#include "config.h"

#include "sc-live-fetch.h"
#include "sc-live-timer.h"
#include "sct-wait.h"

#define CRUMB "crumb"
#define CRUMB_MS 2
#define N_CRUMBS 150
/* As much as the fetch takes at once, and how often it gets it. */
#define FULL_SIZE (64 * 1024)
#define N_FULL 10
/* Longer than a crumb takes, and shorter than all of them. */
#define LITTLE_PATIENCE_US (200 * G_TIME_SPAN_MILLISECOND)
#define MUCH_PATIENCE_US (60 * G_USEC_PER_SEC)
/* Longer than anybody has to wait for a fetch that is let go. */
#define CLOSE_US (10 * G_USEC_PER_SEC)

typedef struct {
  SoupServer *server;
  SoupServerMessage *message;
  guint timer;
  guint n_sent;
  char *uri;
  SoupSession *session;
  ScLiveFetch *fetch;
  GString *body;
  guint n_calls;
  gboolean gathers;
  gboolean is_done;
  GError *error;
  gint64 began;
} Stage;

static gboolean
on_crumb (gpointer user_data)
{
  Stage *stage = user_data;
  SoupMessageBody *body = soup_server_message_get_response_body (stage->message);
  if (stage->n_sent < N_CRUMBS) {
    soup_message_body_append (body, SOUP_MEMORY_STATIC, CRUMB, strlen (CRUMB));
    stage->n_sent++;
    soup_server_message_unpause (stage->message);
    return G_SOURCE_CONTINUE;
  }
  soup_message_body_complete (body);
  soup_server_message_unpause (stage->message);
  stage->timer = 0;
  return G_SOURCE_REMOVE;
}

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  Stage *stage = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  stage->message = message;
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  if (g_str_equal (path, "/full")) {
    g_autofree char *body = g_strnfill (FULL_SIZE, 'x');
    soup_server_message_set_response (message, "video/mp2t", SOUP_MEMORY_COPY, body, FULL_SIZE);
    return;
  }
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  if (g_str_equal (path, "/crumbs"))
    stage->timer = g_timeout_add (CRUMB_MS, on_crumb, stage);
  else
    soup_message_body_append (soup_server_message_get_response_body (message),
                              SOUP_MEMORY_STATIC,
                              CRUMB,
                              strlen (CRUMB));
}

static void
on_data (ScLiveFetch *fetch, GBytes *data, gpointer user_data)
{
  Stage *stage = user_data;
  gsize size = 0;
  const char *bytes = g_bytes_get_data (data, &size);
  g_string_append_len (stage->body, bytes, (gssize) size);
  stage->n_calls++;
  if (stage->gathers)
    sc_live_fetch_gather (fetch);
}

static void
on_done (ScLiveFetch *fetch, const GError *error, gpointer user_data)
{
  Stage *stage = user_data;
  stage->fetch = NULL;
  stage->is_done = TRUE;
  stage->error = error ? g_error_copy (error) : NULL;
}

static void
set_up (Stage *stage, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  stage->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (stage->server, NULL, on_request, stage, NULL);
  g_assert_true (soup_server_listen_local (stage->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error));
  g_assert_no_error (error);
  g_autoslist (GUri) uris = soup_server_get_uris (stage->server);
  stage->uri =
    g_strdup_printf ("http://127.0.0.1:%d%s", g_uri_get_port (uris->data), (char *) data);
  stage->session = soup_session_new ();
  stage->body = g_string_new (NULL);
}

static void
tear_down (Stage *stage, gconstpointer data)
{
  g_clear_handle_id (&stage->timer, g_source_remove);
  g_clear_error (&stage->error);
  g_string_free (stage->body, TRUE);
  soup_session_abort (stage->session);
  g_object_unref (stage->session);
  g_object_unref (stage->server);
  g_free (stage->uri);
}

static void
start (Stage *stage, gint64 patience)
{
  static const ScLiveFetchFuncs funcs = { .on_data = on_data, .on_done = on_done };
  const ScLiveRequest request = {
    .uri = stage->uri,
    .patience = patience,
    .max_bytes = FULL_SIZE,
  };
  stage->began = g_get_monotonic_time ();
  stage->fetch = sc_live_fetch_start (stage->session, &request, &funcs, stage);
}

static void
check_body (Stage *stage)
{
  g_assert_no_error (stage->error);
  g_assert_cmpuint (stage->body->len, ==, N_CRUMBS * strlen (CRUMB));
  for (gsize i = 0; i < stage->body->len; i += strlen (CRUMB))
    g_assert_true (g_str_has_prefix (stage->body->str + i, CRUMB));
}

static void
test_at_once (Stage *stage, gconstpointer data)
{
  start (stage, LITTLE_PATIENCE_US);
  sct_wait_for (10, stage->is_done);
  check_body (stage);
  g_assert_cmpuint (stage->n_calls, >, N_CRUMBS / 2);
}

/* The first crumb comes by itself; the end is one more look. Each look finds all that is there. */
static void
test_gathered (Stage *stage, gconstpointer data)
{
  stage->gathers = TRUE;
  start (stage, LITTLE_PATIENCE_US);
  sct_wait_for (10, stage->is_done);
  gint64 beats = (g_get_monotonic_time () - stage->began) / SC_LIVE_BEAT_US;
  check_body (stage);
  g_assert_cmpint (stage->n_calls, <=, beats + 2);
  g_assert_cmpuint (stage->n_calls, <, N_CRUMBS / 2);
}

static void
test_silence (Stage *stage, gconstpointer data)
{
  stage->gathers = TRUE;
  start (stage, LITTLE_PATIENCE_US);
  sct_wait_for (10, stage->is_done);
  g_assert_error (stage->error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_cmpstr (stage->body->str, ==, CRUMB);
  g_assert_cmpint (g_get_monotonic_time () - stage->began, >=, LITTLE_PATIENCE_US);
}

/* The end of a body is seen that fills what the fetch takes at once, though no byte comes for it.
 */
static void
test_full (Stage *stage, gconstpointer data)
{
  for (guint i = 0; i < N_FULL; i++) {
    stage->is_done = FALSE;
    g_string_truncate (stage->body, 0);
    start (stage, MUCH_PATIENCE_US);
    sct_wait_for (10, stage->is_done);
    g_assert_no_error (stage->error);
    g_assert_cmpuint (stage->body->len, ==, FULL_SIZE);
  }
}

/* Whoever waits, by whichever way, is let go at once, and hears nothing any more. */
static void
test_cancelled (Stage *stage, gconstpointer data)
{
  for (guint gathers = 0; gathers < 2; gathers++) {
    stage->gathers = gathers == 1;
    stage->n_calls = 0;
    start (stage, MUCH_PATIENCE_US);
    sct_wait_for (10, stage->n_calls > 0);
    gint64 cancelled = g_get_monotonic_time ();
    sc_live_fetch_cancel (stage->fetch);
    sc_live_fetch_wait_all (NULL, CLOSE_US);
    g_assert_cmpint (g_get_monotonic_time () - cancelled, <, CLOSE_US);
    g_assert_false (stage->is_done);
    g_assert_cmpuint (stage->n_calls, ==, 1);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/live-fetch/at-once", Stage, "/crumbs", set_up, test_at_once, tear_down);
  g_test_add ("/live-fetch/gathered", Stage, "/crumbs", set_up, test_gathered, tear_down);
  g_test_add ("/live-fetch/full", Stage, "/full", set_up, test_full, tear_down);
  g_test_add ("/live-fetch/silence", Stage, "/silence", set_up, test_silence, tear_down);
  g_test_add ("/live-fetch/cancelled", Stage, "/silence", set_up, test_cancelled, tear_down);
  return g_test_run ();
}
