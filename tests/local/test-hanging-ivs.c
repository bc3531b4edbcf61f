/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Amazon IVS takes calls and does not answer, and people go on asking for what only it knows: the
 * API has to go on answering everybody else. */

#include "config.h"

#include "sct-api.h"

#include <libsoup/soup.h>
#include <string.h>

/* More than the backend has workers, or this would show nothing; of each person the backend lets
 * four looks at a key through at once. */
#define PEOPLE 10
#define ASKERS (4 * PEOPLE)

/* Of the people who wait for a key, and of tests: as our Retry-After says. */
#define ASK_AGAIN_SECONDS 1

/* Calls of one operation go out at 4 a second, so that those for keys alone, of 5 s each, cannot
 * hold all workers: newcomers, whose channels hang in other operations, come when they hold most.
 */
#define SIEGE_SECONDS 11
#define NEWCOMERS_SECONDS 6
#define NEWCOMERS 18

/* The backend lets 8 wait at a time; tick makes calls besides. */
#define MAX_HUNG (2 * 8)

/* A path that the front door refuses, which takes none of its workers. */
#define KNOCK_LENGTH 600

/* Between two visits, and as many knocks. */
#define VISIT_AGAIN_MS 500

/* Of one address at a time the edge takes 128 connections. */
#define MAX_CONNECTIONS 120

typedef struct {
  SoupSession *session;
  const char *bearers[PEOPLE];
  guint asked;
  char *key_url;
  char *list_url;
  char *users_url;
  char *knock_url;
  gint64 until;
  guint under_way;
  guint busy;
  guint unavailable;
  gint64 longest_ask;
  gint64 shortest_hang;
  gint64 longest_knock;
  GArray *waits; /* of gint64, one of each visit */
} Siege;

/* Somebody who needs nothing of Amazon IVS, and somebody who does not even need a worker, at the
 * same time: what the one waits longer than the other, that one waits for a worker. */
typedef struct {
  Siege *siege;
  gint64 visit;
  gint64 knock;
} Pair;

typedef struct {
  Siege *siege;
  Pair *pair;
  SoupMessage *message;
  gint64 start;
} Question;

static gboolean ask (gpointer data);

static Question *
send_question (Siege *siege,
               const char *bearer,
               const char *url,
               const char *body,
               GAsyncReadyCallback callback)
{
  Question *question = g_new0 (Question, 1);
  question->siege = siege;
  question->message = soup_message_new (body ? "POST" : "GET", url);
  question->start = g_get_monotonic_time ();
  SoupMessageHeaders *headers = soup_message_get_request_headers (question->message);
  soup_message_headers_append (headers, "Authorization", bearer);
  if (body) {
    g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
    soup_message_set_request_body_from_bytes (question->message, "application/json", bytes);
  }
  siege->under_way++;
  soup_session_send_and_read_async (siege->session,
                                    question->message,
                                    G_PRIORITY_DEFAULT,
                                    NULL,
                                    callback,
                                    question);
  return question;
}

/* Returns the status and how long it took; frees the question. */
static guint
end_question (GAsyncResult *result, Question *question, gint64 *ret_took)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
    soup_session_send_and_read_finish (question->siege->session, result, &error);
  g_assert_no_error (error);
  guint status = soup_message_get_status (question->message);
  *ret_took = g_get_monotonic_time () - question->start;
  question->siege->under_way--;
  g_object_unref (question->message);
  g_free (question);
  return status;
}

static void
on_asked (GObject *source, GAsyncResult *result, gpointer data)
{
  Siege *siege = ((Question *) data)->siege;
  gint64 took;
  guint status = end_question (result, data, &took);
  siege->busy += status == 503;
  siege->unavailable += status == 502;
  siege->longest_ask = MAX (siege->longest_ask, took);
  if (status == 502)
    siege->shortest_hang = MIN (siege->shortest_hang, took);
  if (g_get_monotonic_time () < siege->until)
    g_timeout_add_seconds (ASK_AGAIN_SECONDS, ask, siege);
}

static gboolean
ask (gpointer data)
{
  Siege *siege = data;
  const char *bearer = siege->bearers[siege->asked++ % PEOPLE];
  send_question (siege, bearer, siege->key_url, NULL, on_asked);
  return G_SOURCE_REMOVE;
}

static void
end_pair (Pair *pair)
{
  Siege *siege = pair->siege;
  if (pair->visit == 0 || pair->knock == 0)
    return;
  gint64 wait = pair->visit - pair->knock;
  g_array_append_val (siege->waits, wait);
  siege->longest_knock = MAX (siege->longest_knock, pair->knock);
  g_free (pair);
}

static void
on_visited (GObject *source, GAsyncResult *result, gpointer data)
{
  Pair *pair = ((Question *) data)->pair;
  g_assert_cmpuint (end_question (result, data, &pair->visit), ==, 200);
  end_pair (pair);
}

static void
on_knocked (GObject *source, GAsyncResult *result, gpointer data)
{
  Pair *pair = ((Question *) data)->pair;
  g_assert_cmpuint (end_question (result, data, &pair->knock), ==, 400);
  end_pair (pair);
}

static gboolean
visit (gpointer data)
{
  Siege *siege = data;
  Pair *pair = g_new0 (Pair, 1);
  pair->siege = siege;
  send_question (siege, siege->bearers[0], siege->knock_url, NULL, on_knocked)->pair = pair;
  send_question (siege, siege->bearers[0], siege->list_url, NULL, on_visited)->pair = pair;
  return g_get_monotonic_time () < siege->until;
}

static void
on_signed_up (GObject *source, GAsyncResult *result, gpointer data)
{
  gint64 took;
  guint status = end_question (result, data, &took);
  g_assert_true (status == 201 || status == 503);
}

static gboolean
send_newcomers (gpointer data)
{
  Siege *siege = data;
  for (guint i = 0; i < NEWCOMERS; i++) {
    g_autofree char *body =
      g_strdup_printf ("{\"name\":\"newcomer%u\",\"password\":\"long enough\"}", i);
    send_question (siege, siege->bearers[0], siege->users_url, body, on_signed_up);
  }
  return G_SOURCE_REMOVE;
}

/* Sends @order to the plane of faults, or asks it for its report. */
static GBytes *
talk_to_faults (SctLocal *cloud, const char *method, const char *order)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *url =
    g_strconcat (sct_local_get (cloud, "aws_endpoint_url"), "/_local/faults", NULL);
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new (method, url);
  if (order) {
    g_autoptr (GBytes) body = g_bytes_new (order, strlen (order));
    soup_message_set_request_body_from_bytes (message, "application/json", body);
  }
  GBytes *answer = soup_session_send_and_read (session, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message) / 100, ==, 2);
  return answer;
}

static void
order_hang (SctLocal *cloud, const char *operation)
{
  g_autofree char *order = g_strdup_printf ("{\"operation\":\"%s\",\"kind\":\"hang\","
                                            "\"effect\":false,\"nth\":1,\"count\":1000}",
                                            operation);
  g_autoptr (GBytes) answer = talk_to_faults (cloud, "POST", order);
}

/* Returns how many calls hung at a time, at most. */
static guint
read_most_hung (SctLocal *cloud)
{
  g_autoptr (GBytes) answer = talk_to_faults (cloud, "GET", NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));
  g_autoptr (JsonNode) report = json_from_string (text, NULL);
  g_assert_nonnull (report);
  return (guint) json_object_get_int_member (json_node_get_object (report), "most_hung");
}

static SoupSession *
make_session (SctLocal *cloud)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) trust =
    g_tls_file_database_new (sct_local_get (cloud, "ca_file"), &error);
  g_assert_no_error (error);
  return soup_session_new_with_options ("tls-database",
                                        trust,
                                        "max-conns",
                                        MAX_CONNECTIONS,
                                        "max-conns-per-host",
                                        MAX_CONNECTIONS,
                                        NULL);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const gint64 *one = a, *other = b;
  return (*one > *other) - (*one < *other);
}

/* Returns what three of four wait at most. */
static gint64
get_upper_quartile (const GArray *sorted_waits)
{
  return g_array_index (sorted_waits, gint64, sorted_waits->len * 3 / 4);
}

/* Few wait for Amazon IVS at a time, and those hear of it after one try. Of all others three of
 * four wait less than half a hang. Half of them wait most of one where workers are too few, as was
 * tried; a database that waits two seconds for its disk holds up four of twenty, and is nobody's
 * fault here. But nobody waits for two. */
static void
assert_most_let_in (const Siege *siege, guint most_hung)
{
  g_test_message ("%u busy, %u unavailable after %.2f to %.2f s, %u at a time",
                  siege->busy,
                  siege->unavailable,
                  (double) siege->shortest_hang / G_USEC_PER_SEC,
                  (double) siege->longest_ask / G_USEC_PER_SEC,
                  most_hung);
  g_assert_cmpuint (siege->waits->len, >, 0);
  g_array_sort (siege->waits, compare);
  gint64 quartile = get_upper_quartile (siege->waits);
  gint64 longest = g_array_index (siege->waits, gint64, siege->waits->len - 1);
  g_test_message ("%u visits, three of four %.2f s at most for a worker, the longest %.2f s; "
                  "%.2f s for the front door",
                  siege->waits->len,
                  (double) quartile / G_USEC_PER_SEC,
                  (double) longest / G_USEC_PER_SEC,
                  (double) siege->longest_knock / G_USEC_PER_SEC);
  g_assert_cmpuint (siege->busy, >, 0);
  g_assert_cmpuint (siege->unavailable, >, 0);
  g_assert_cmpuint (most_hung, <=, MAX_HUNG);
  g_assert_cmpint (quartile, <, siege->shortest_hang / 2);
  g_assert_cmpint (longest, <, 2 * siege->shortest_hang);
  g_assert_cmpint (siege->longest_ask - siege->longest_knock, <, 2 * siege->shortest_hang);
}

static GPtrArray *
sign_people_up (SctLocal *cloud)
{
  GPtrArray *people = g_ptr_array_new_with_free_func ((GDestroyNotify) sct_api_free);
  for (guint i = 0; i < PEOPLE; i++) {
    g_autofree char *name = g_strdup_printf ("maria%u", i);
    g_ptr_array_add (people, sct_api_new (cloud));
    sct_api_sign_up (people->pdata[i], name);
  }
  for (guint i = 0; i < PEOPLE; i++)
    g_free (sct_api_wait_for_key (people->pdata[i]));
  return people;
}

static void
test_keeps_nobody_out (void)
{
  static const char *const extra[] = { "--faults", NULL };
  g_autoptr (SctLocal) cloud = sct_local_new ();
  sct_local_start (cloud, extra);
  sct_local_wait_ready (cloud);
  g_autoptr (GPtrArray) people = sign_people_up (cloud);
  static const char *const operations[] = { "GetStreamKey",
                                            "CreateChannel",
                                            "CreateRoom",
                                            "CreateStage" };
  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    order_hang (cloud, operations[i]);

  g_autoptr (SoupSession) session = make_session (cloud);
  g_autofree char *key_url = sct_local_url (cloud, "/v1/me/channel/key");
  g_autofree char *list_url = sct_local_url (cloud, "/v1/channels?live=1");
  g_autofree char *users_url = sct_local_url (cloud, "/v1/users");
  g_autofree char *long_path = g_strnfill (KNOCK_LENGTH, '/');
  g_autofree char *knock_url = sct_local_url (cloud, long_path);
  g_autoptr (GArray) waits = g_array_new (FALSE, FALSE, sizeof (gint64));
  Siege siege = { .session = session,
                  .key_url = key_url,
                  .list_url = list_url,
                  .users_url = users_url,
                  .knock_url = knock_url,
                  .waits = waits,
                  .shortest_hang = G_MAXINT64 };
  for (guint i = 0; i < PEOPLE; i++)
    siege.bearers[i] = sct_api_get_bearer (people->pdata[i]);
  siege.until = g_get_monotonic_time () + SIEGE_SECONDS * G_USEC_PER_SEC;
  for (guint i = 0; i < ASKERS; i++)
    ask (&siege);
  g_timeout_add (VISIT_AGAIN_MS, visit, &siege);
  g_timeout_add_seconds (NEWCOMERS_SECONDS, send_newcomers, &siege);
  while (siege.under_way > 0 || g_get_monotonic_time () < siege.until)
    g_main_context_iteration (NULL, TRUE);
  assert_most_let_in (&siege, read_most_hung (cloud));
  g_assert_cmpuint (sct_api_call (people->pdata[0], "GET", "/v1/me", NULL, NULL), ==, 200);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/local/hanging-ivs/keeps-nobody-out", test_keeps_nobody_out);
  return g_test_run ();
}
