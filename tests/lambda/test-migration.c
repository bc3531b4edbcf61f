/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The function `migrate` as a custom resource of AWS CloudFormation, which gets its answer by a
 * real PUT: whatever becomes of the migration, and if the first PUT fails, it is told. */

#include "config.h"

#include "sc-error.h"
#include "sc-json.h"
#include "sc-migration.h"
#include "sc-net-error.h"
#include "sct-wait.h"

#include <libsoup/soup.h>
#include <string.h>

#define BODY_MAX 4096 /* AWS CloudFormation User Guide, "Custom resource response objects" */

#define LONG_MESSAGE_CHARACTERS 3000

typedef struct {
  SoupServer *server;
  char *url;
  guint statuses[4]; /* of the answers to come; 0 cuts the connection, and after the last: 200 */
  guint n_puts;
  JsonObject *told; /* what the last PUT had */

  const char *failure; /* (nullable): why the migration fails */
  GMutex lock;
  GCond changed;
  gboolean is_stuck;
  gboolean has_left; /* the migration, and with it its thread the stack */
  int n_migrations;

  const char *type; /* (nullable): of the event's request */
  gint64 deadline_us;
  GBytes *answer;
  GError *error;
  int done;
} Stack;

static void
on_put (SoupServer *server,
        SoupServerMessage *message,
        const char *path,
        GHashTable *query,
        gpointer user_data)
{
  Stack *stack = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autoptr (GBytes) body =
    soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_assert_cmpstr (soup_server_message_get_method (message), ==, "PUT");
  g_assert_cmpstr (path, ==, "/answer");
  g_assert_cmpstr (g_hash_table_lookup (query, "Signature"), ==, "a+b/c=");
  g_assert_null (soup_message_headers_get_one (headers, "Content-Type"));
  g_assert_cmpint (soup_message_headers_get_encoding (headers), ==, SOUP_ENCODING_CONTENT_LENGTH);
  g_assert_cmpuint (g_bytes_get_size (body), <=, BODY_MAX);
  g_clear_pointer (&stack->told, json_object_unref);
  stack->told = sc_json_parse (body, BODY_MAX, NULL);
  g_assert_nonnull (stack->told);
  guint at = stack->n_puts++;
  guint status = at < G_N_ELEMENTS (stack->statuses) ? stack->statuses[at] : 200;
  if (status == 0)
    g_socket_close (soup_server_message_get_socket (message), NULL);
  soup_server_message_set_status (message, status ? status : 200, NULL);
}

static gboolean
migrate (gpointer data, guint *ret_applied, GError **error)
{
  Stack *stack = data;
  g_atomic_int_inc (&stack->n_migrations);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&stack->lock);
  while (stack->is_stuck)
    g_cond_wait (&stack->changed, &stack->lock);
  *ret_applied = 7;
  if (stack->failure)
    g_set_error_literal (error, SC_DATA_ERROR, SC_DATA_ERROR_RANGE, stack->failure);
  stack->has_left = TRUE;
  g_cond_signal (&stack->changed);
  return !stack->failure;
}

static gpointer
run_handler (gpointer data)
{
  Stack *stack = data;
  g_autoptr (JsonObject) event = json_object_new ();
  if (stack->type) {
    json_object_set_string_member (event, "RequestType", stack->type);
    json_object_set_string_member (event, "ResponseURL", stack->url);
    json_object_set_string_member (event, "StackId", "arn:stack");
    json_object_set_string_member (event, "RequestId", "request");
    json_object_set_string_member (event, "LogicalResourceId", "Migration");
  }
  g_autoptr (GBytes) bytes = sc_json_to_bytes (event);
  stack->answer = sc_migration_handle (bytes, stack->deadline_us, migrate, stack, &stack->error);
  g_atomic_int_set (&stack->done, TRUE);
  g_main_context_wakeup (NULL);
  return NULL;
}

static void
set_up (Stack *stack, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (stack->statuses); i++)
    stack->statuses[i] = 200;
  stack->deadline_us = G_MAXINT64;
  stack->type = "Create";
  stack->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (stack->server, NULL, on_put, stack, NULL);
  soup_server_listen_local (stack->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  GSList *uris = soup_server_get_uris (stack->server);
  stack->url = g_strdup_printf ("http://127.0.0.1:%d/answer?Signature=a%%2Bb%%2Fc%%3D",
                                g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
tear_down (Stack *stack, gconstpointer data)
{
  soup_server_disconnect (stack->server);
  g_object_unref (stack->server);
  g_free (stack->url);
  g_clear_pointer (&stack->told, json_object_unref);
  g_clear_pointer (&stack->answer, g_bytes_unref);
  g_clear_error (&stack->error);
}

/* Has the function handle the event, and takes the PUTs meanwhile. */
static void
handle (Stack *stack)
{
  GThread *thread = g_thread_new ("function", run_handler, stack);
  sct_wait_for (60, g_atomic_int_get (&stack->done));
  g_thread_join (thread);
}

static void
assert_told (Stack *stack, const char *status)
{
  static const char *const echoed[][2] = { { "StackId", "arn:stack" },
                                           { "RequestId", "request" },
                                           { "LogicalResourceId", "Migration" },
                                           { "PhysicalResourceId", "streamcat-migration" } };
  g_assert_nonnull (stack->told);
  g_assert_cmpstr (sc_json_get_string_or (stack->told, "Status", NULL), ==, status);
  for (guint i = 0; i < G_N_ELEMENTS (echoed); i++)
    g_assert_cmpstr (sc_json_get_string_or (stack->told, echoed[i][0], NULL), ==, echoed[i][1]);
  g_assert_true (json_object_has_member (stack->told, "Reason") == g_str_equal (status, "FAILED"));
}

/* Each kind of request keeps the resource's id, or CloudFormation would delete the former one. */
static void
test_success (Stack *stack, gconstpointer data)
{
  stack->type = data;
  handle (stack);
  g_assert_no_error (stack->error);
  g_assert_nonnull (stack->answer);
  g_assert_cmpuint (stack->n_puts, ==, 1);
  g_assert_cmpint (stack->n_migrations, ==, g_str_equal (data, "Delete") ? 0 : 1);
  assert_told (stack, "SUCCESS");
}

/* CloudFormation knows, and rolls back: the function itself has not failed, or it came again. */
static void
test_failure (Stack *stack, gconstpointer data)
{
  stack->failure = "Migration 12 is not what was applied";
  handle (stack);
  g_assert_no_error (stack->error);
  g_assert_cmpuint (stack->n_puts, ==, 1);
  assert_told (stack, "FAILED");
  g_assert_cmpstr (sc_json_get_string_or (stack->told, "Reason", NULL), ==, stack->failure);
}

static void
test_long_reason (Stack *stack, gconstpointer data)
{
  const char *character = data;
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < LONG_MESSAGE_CHARACTERS; i++)
    g_string_append (text, character);
  stack->failure = text->str;
  handle (stack);
  g_assert_no_error (stack->error);
  assert_told (stack, "FAILED");
  const char *reason = sc_json_get_string_or (stack->told, "Reason", "");
  g_assert_true (g_utf8_validate (reason, -1, NULL));
  g_assert_true (g_str_has_prefix (text->str, reason));
  g_assert_cmpuint (strlen (reason), >=, 100);
}

static void
test_by_hand (Stack *stack, gconstpointer data)
{
  stack->type = NULL;
  stack->failure = data;
  handle (stack);
  g_assert_cmpuint (stack->n_puts, ==, 0);
  if (data)
    g_assert_error (stack->error, SC_DATA_ERROR, SC_DATA_ERROR_RANGE);
  g_assert_true ((stack->answer == NULL) == (data != NULL));
}

/* The migration still runs at the function's deadline: CloudFormation hears of that before. */
static void
test_deadline (Stack *stack, gconstpointer data)
{
  stack->is_stuck = TRUE;
  stack->deadline_us = g_get_real_time () + G_USEC_PER_SEC;
  handle (stack);
  g_assert_no_error (stack->error);
  assert_told (stack, "FAILED");
  g_mutex_lock (&stack->lock);
  stack->is_stuck = FALSE;
  g_cond_signal (&stack->changed);
  while (!stack->has_left)
    g_cond_wait (&stack->changed, &stack->lock);
  g_mutex_unlock (&stack->lock);
}

static void
test_put_repeated (Stack *stack, gconstpointer data)
{
  stack->statuses[0] = 503;
  stack->statuses[1] = 0;
  handle (stack);
  g_assert_no_error (stack->error);
  g_assert_cmpuint (stack->n_puts, >=, 3);
  g_assert_cmpint (stack->n_migrations, ==, 1);
  assert_told (stack, "SUCCESS");
}

/* Nobody was told, so the function fails, and AWS Lambda runs it again. */
static void
test_put_given_up (Stack *stack, gconstpointer data)
{
  guint status = GPOINTER_TO_UINT (data);
  for (guint i = 0; i < G_N_ELEMENTS (stack->statuses); i++)
    stack->statuses[i] = status;
  handle (stack);
  g_assert_error (stack->error, SC_NET_ERROR, SC_NET_ERROR_PROTOCOL);
  g_assert_null (stack->answer);
  g_assert_cmpuint (stack->n_puts, ==, status == 403 ? 1 : 3);
}

#define add(path, data, run)                                                                       \
  g_test_add ("/lambda/migration/" path, Stack, data, set_up, run, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("create", "Create", test_success);
  add ("update", "Update", test_success);
  add ("delete", "Delete", test_success);
  add ("failure", NULL, test_failure);
  add ("long-reason/letters", "x", test_long_reason);
  add ("long-reason/four-bytes", "\360\237\220\261", test_long_reason);
  add ("long-reason/controls", "\001", test_long_reason);
  add ("by-hand/success", NULL, test_by_hand);
  add ("by-hand/failure", "no", test_by_hand);
  add ("deadline", NULL, test_deadline);
  add ("put/repeated", NULL, test_put_repeated);
  add ("put/given-up", GUINT_TO_POINTER (500), test_put_given_up);
  add ("put/refused", GUINT_TO_POINTER (403), test_put_given_up);
  return g_test_run ();
}
