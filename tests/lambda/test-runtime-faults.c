/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The runtime loop against a runtime API of which one exchange in a hundred fails, in each way that
 * there is: one answer an event, and no memory is kept. With -m slow, 10,000 events. */

#include "config.h"

#include "sc-net-error.h"
#include "sc-runtime.h"

#include <libsoup/soup.h>
#include <string.h>

#define PREFIX "/2018-06-01/runtime/invocation/"

/* Of a hundred exchanges so many fail. */
#define FAULTS_PERCENT 1

/* How late a late answer is. */
#define LATE_MS 5

/* Each answer that stalls costs the time that the loop waits for one, so there are few, and only
 * with -m slow. A next event that stalls is one that has not happened yet. */
#define STALLS_MAX 4

/* What the loop may keep after thousands of events: less than 100 bytes for each. */
#define GROWTH_MAX_KB 1024

typedef enum {
  FAULT_NONE,
  FAULT_STATUS_500,
  FAULT_RESET_BEFORE,
  FAULT_RESET_AFTER,
  FAULT_HALF_BODY, /* of the API's answer, with its effect */
  FAULT_STALL,     /* nothing comes back, with its effect, until the loop gives up */
  FAULT_LATE,
  N_FAULTS,
} Fault;

typedef struct {
  guint count; /* events to give */
  guint next;  /* the next one */
  guint8 *answers;
  guint faults[N_FAULTS];
  guint refused; /* posts for what was answered before */
  GRand *random;
  gsize memory_kb; /* after a tenth of the events */
  GMainContext *context;
  GMainLoop *loop;
  char *address;
  GMutex lock;
  GCond changed;
} Api;

static gsize
read_memory_kb (void)
{
  g_autofree char *text = NULL;
  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    return 0;
  const char *resident = strchr (text, ' ');
  return (gsize) g_ascii_strtoull (resident + 1, NULL, 10) * 4;
}

static Fault
draw_fault (Api *api, gboolean is_next)
{
  Fault fault = FAULT_NONE;
  if (g_rand_int_range (api->random, 0, 100) < FAULTS_PERCENT)
    fault = (Fault) g_rand_int_range (api->random, FAULT_NONE + 1, N_FAULTS);
  if (fault == FAULT_STALL &&
      (is_next || !g_test_slow () || api->faults[FAULT_STALL] == STALLS_MAX))
    fault = FAULT_LATE;
  api->faults[fault]++;
  return fault;
}

static void
reset (SoupServerMessage *message)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);
  g_io_stream_close (stream, NULL, NULL);
}

/* The head, and less of a body than that says. */
static void
cut_body (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  const char *id = soup_message_headers_get_one (headers, "Lambda-Runtime-Aws-Request-Id");
  g_autofree char *text = g_strdup_printf ("HTTP/1.1 %u Cut\r\nContent-Length: 2\r\n"
                                           "Lambda-Runtime-Aws-Request-Id: %s\r\n\r\n{",
                                           soup_server_message_get_status (message),
                                           id ? id : "");
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);
  GOutputStream *output = g_io_stream_get_output_stream (stream);
  g_output_stream_write_all (output, text, strlen (text), NULL, NULL, NULL);
  g_io_stream_close (stream, NULL, NULL);
}

static gboolean
on_late (gpointer data)
{
  g_autoptr (SoupServerMessage) message = data;
  soup_server_message_unpause (message);
  return G_SOURCE_REMOVE;
}

static void
answer_late (Api *api, SoupServerMessage *message)
{
  g_autoptr (GSource) source = g_timeout_source_new (LATE_MS);
  soup_server_message_pause (message);
  g_source_set_callback (source, on_late, g_object_ref (message), NULL);
  g_source_attach (source, api->context);
}

/* An event that was lost on its way is given again: the runtime never knew of it. */
static void
give_event (Api *api, SoupServerMessage *message)
{
  if (api->next == api->count) {
    soup_server_message_set_status (message, 500, NULL); /* ends the loop */
    return;
  }
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *id = g_strdup_printf ("00000000-%u", api->next);
  g_autofree char *deadline =
    g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time () / 1000 + 60000);
  soup_message_headers_append (headers, "Lambda-Runtime-Aws-Request-Id", id);
  soup_message_headers_append (headers, "Lambda-Runtime-Deadline-Ms", deadline);
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, "{}", 2);
}

static void
take_answer (Api *api, SoupServerMessage *message, const char *rest)
{
  guint id = (guint) g_ascii_strtoull (rest + strlen ("00000000-"), NULL, 10);
  gboolean expected = id == api->next && id < api->count;
  soup_server_message_set_status (message, expected ? 202 : 400, NULL);
  api->refused += !expected;
  if (!expected)
    return;
  api->answers[id]++;
  api->next++;
  if (api->next == api->count / 10)
    api->memory_kb = read_memory_kb ();
}

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  Api *api = user_data;
  const char *rest = path + strlen (PREFIX);
  gboolean is_next = g_str_equal (rest, "next");
  Fault fault = api->next < api->count ? draw_fault (api, is_next) : FAULT_NONE;
  if (fault == FAULT_STATUS_500) {
    soup_server_message_set_status (message, 500, NULL);
    return;
  }
  if (fault != FAULT_RESET_BEFORE && is_next)
    give_event (api, message);
  else if (fault != FAULT_RESET_BEFORE)
    take_answer (api, message, rest);
  if (fault == FAULT_RESET_BEFORE || fault == FAULT_RESET_AFTER)
    reset (message);
  else if (fault == FAULT_HALF_BODY)
    cut_body (message);
  else if (fault == FAULT_STALL)
    soup_server_message_pause (message);
  else if (fault == FAULT_LATE)
    answer_late (api, message);
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

/* Every third event fails. */
static GBytes *
answer (GBytes *event, gpointer user_data, GError **error)
{
  guint *handled = user_data;
  if (++*handled % 3 > 0)
    return g_bytes_ref (event);
  g_set_error (error, SC_NET_ERROR, SC_NET_ERROR_REFUSED, "as told");
  return NULL;
}

static void
on_thawed (gpointer user_data)
{
  ++*(guint *) user_data;
}

static void
test_one_answer_an_event (void)
{
  Api api = { .count = g_test_slow () ? 10000 : 1000 };
  guint handled = 0, thawed = 0;
  api.answers = g_new0 (guint8, api.count);
  api.random = g_rand_new_with_seed (20261126);
  api.context = g_main_context_new ();
  api.loop = g_main_loop_new (api.context, FALSE);
  GThread *thread = g_thread_new ("api", run_api, &api);
  g_mutex_lock (&api.lock);
  while (!api.address)
    g_cond_wait (&api.changed, &api.lock);
  g_mutex_unlock (&api.lock);

  g_autoptr (GError) error = NULL;
  g_autoptr (ScRuntime) runtime = sc_runtime_new (api.address);
  sc_runtime_set_thawed (runtime, 0, on_thawed, &thawed); /* each pause is long enough */
  g_assert_false (sc_runtime_run (runtime, answer, &handled, &error));
  gsize growth_kb = read_memory_kb () - api.memory_kb;
  g_test_message ("%u events, handled %u times; faults: %u times 500, %u resets before, %u after, "
                  "%u half bodies, %u stalls, %u late; %u second posts refused; memory after a "
                  "tenth %" G_GSIZE_FORMAT " KB, %" G_GSSIZE_FORMAT " KB more at the end",
                  api.count,
                  handled,
                  api.faults[FAULT_STATUS_500],
                  api.faults[FAULT_RESET_BEFORE],
                  api.faults[FAULT_RESET_AFTER],
                  api.faults[FAULT_HALF_BODY],
                  api.faults[FAULT_STALL],
                  api.faults[FAULT_LATE],
                  api.refused,
                  api.memory_kb,
                  (gssize) growth_kb);
  for (guint i = 0; i < api.count; i++)
    g_assert_cmpuint (api.answers[i], ==, 1);
  g_assert_cmpuint (handled, ==, api.count);
  g_assert_cmpuint (thawed, ==, api.count);
  g_assert_cmpuint (api.faults[FAULT_HALF_BODY], >, 0);
  g_assert_cmpuint (api.faults[FAULT_STALL], ==, g_test_slow () ? STALLS_MAX : 0);
  if (g_test_slow ())
    g_assert_cmpint ((gssize) growth_kb, <, GROWTH_MAX_KB);

  g_main_loop_quit (api.loop);
  g_thread_join (thread);
  g_main_loop_unref (api.loop);
  g_main_context_unref (api.context);
  g_rand_free (api.random);
  g_free (api.answers);
  g_free (api.address);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lambda/runtime/faults", test_one_answer_an_event);
  return g_test_run ();
}
