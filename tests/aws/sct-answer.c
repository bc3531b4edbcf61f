/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-answer.h"

#include "sc-sigv4.h"

#include <libsoup/soup.h>

#define ACCESS_KEY_ID "AKIDEXAMPLE"
#define SECRET "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"

struct _SctAnswer {
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
  char *url;
  guint status;
  GBytes *output;

  /* Of the last request; read by the test after its call has returned. */
  char *method;
  char *path;
  char *signing_name;
  GStrv headers; /* names and values */
  GBytes *input;
  gint count;
  GHashTable *counts; /* path -> how often */
};

static void
collect_header (const char *name, const char *value, gpointer user_data)
{
  g_strv_builder_add_many (user_data, name, value, NULL);
}

static void
check_signature (SctAnswer *self, SoupServerMessage *message, const char *path)
{
  g_autoptr (GError) error = NULL;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  soup_message_headers_foreach (headers, collect_header, builder);
  g_strfreev (self->headers);
  self->headers = g_strv_builder_end (builder);
  g_autoptr (ScSigV4Authorization) authorization =
    sc_sigv4_authorization_parse (soup_message_headers_get_one (headers, "Authorization"), &error);
  g_assert_no_error (error);
  const ScSigV4Request request = { soup_server_message_get_method (message),
                                   path,
                                   NULL,
                                   (const char *const *) self->headers,
                                   self->input };
  sc_sigv4_verify (authorization, &request, SECRET, g_get_real_time (), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (authorization->access_key_id, ==, ACCESS_KEY_ID);
  g_assert_cmpstr (authorization->region, ==, "us-west-2");
  g_set_str (&self->signing_name, authorization->service);
}

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  SctAnswer *self = user_data;
  g_clear_pointer (&self->input, g_bytes_unref);
  self->input = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_set_str (&self->path, path);
  g_set_str (&self->method, soup_server_message_get_method (message));
  check_signature (self, message, path);
  g_atomic_int_inc (&self->count);
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, path));
  g_hash_table_replace (self->counts, g_strdup (path), GUINT_TO_POINTER (count + 1));
  soup_server_message_set_status (message, self->status, NULL);
  if (!self->output)
    return;
  soup_message_headers_set_content_type (soup_server_message_get_response_headers (message),
                                         "application/json",
                                         NULL);
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), self->output);
}

static gpointer
serve (gpointer data)
{
  SctAnswer *self = data;
  g_main_context_push_thread_default (self->context);
  g_autoptr (SoupServer) server = soup_server_new ("raw-paths", TRUE, NULL);
  soup_server_add_handler (server, NULL, on_request, self, NULL);
  g_assert_true (soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  GSList *uris = soup_server_get_uris (server);
  char *url = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_atomic_pointer_set (&self->url, url);
  g_main_loop_run (self->loop);
  g_clear_object (&server);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

/**
 * sct_answer_new:
 * @status: the HTTP status of every answer
 * @output: (nullable): its body
 *
 * Returns: (transfer full): a server that listens
 */
SctAnswer *
sct_answer_new (guint status, JsonObject *output)
{
  SctAnswer *self = g_new0 (SctAnswer, 1);
  self->status = status;
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (output) {
    g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), output);
    char *text = json_to_string (node, FALSE);
    self->output = g_bytes_new_take (text, strlen (text));
  }
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("answer", serve, self);
  while (!g_atomic_pointer_get (&self->url))
    g_thread_yield ();
  return self;
}

/**
 * sct_answer_free:
 * @self: (transfer full): a server
 *
 * Stops it.
 */
void
sct_answer_free (SctAnswer *self)
{
  g_main_loop_quit (self->loop);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_clear_pointer (&self->output, g_bytes_unref);
  g_clear_pointer (&self->input, g_bytes_unref);
  g_free (self->url);
  g_free (self->method);
  g_free (self->path);
  g_free (self->signing_name);
  g_hash_table_unref (self->counts);
  g_strfreev (self->headers);
  g_free (self);
}

/**
 * sct_answer_dup_environment:
 * @self: a server
 *
 * Returns: (transfer full): the environment that leads a client to it
 */
char **
sct_answer_dup_environment (SctAnswer *self)
{
  char **environment = g_environ_setenv (NULL, "AWS_REGION", "us-west-2", TRUE);
  environment = g_environ_setenv (environment, "AWS_ACCESS_KEY_ID", ACCESS_KEY_ID, TRUE);
  environment = g_environ_setenv (environment, "AWS_SECRET_ACCESS_KEY", SECRET, TRUE);
  return g_environ_setenv (environment, "AWS_ENDPOINT_URL", self->url, TRUE);
}

/**
 * sct_answer_get_path:
 * @self: a server
 *
 * Returns: the last request's path, as it was sent
 */
const char *
sct_answer_get_path (SctAnswer *self)
{
  return self->path;
}

/**
 * sct_answer_count:
 * @self: a server
 * @path: a path
 *
 * Returns: how many requests had it; to be asked when the calls have returned
 */
guint
sct_answer_count (SctAnswer *self, const char *path)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, path));
}

/**
 * sct_answer_get_method:
 * @self: a server
 *
 * Returns: the last request's method
 */
const char *
sct_answer_get_method (SctAnswer *self)
{
  return self->method;
}

/**
 * sct_answer_get_signing_name:
 * @self: a server
 *
 * Returns: the service that the last request was signed for
 */
const char *
sct_answer_get_signing_name (SctAnswer *self)
{
  return self->signing_name;
}

/**
 * sct_answer_get_header:
 * @self: a server
 * @name: a header's name
 *
 * Returns: (nullable): what the last request's header of that name is
 */
const char *
sct_answer_get_header (SctAnswer *self, const char *name)
{
  for (guint i = 0; self->headers && self->headers[i]; i += 2) {
    if (g_ascii_strcasecmp (self->headers[i], name) == 0)
      return self->headers[i + 1];
  }
  return NULL;
}

/**
 * sct_answer_dup_input:
 * @self: a server
 *
 * Returns: (transfer full): the last request's body
 */
JsonNode *
sct_answer_dup_input (SctAnswer *self)
{
  gsize size;
  const char *data = g_bytes_get_data (self->input, &size);
  g_autofree char *text = g_strndup (data, size);
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);
  g_assert_no_error (error);
  return node;
}

/**
 * sct_answer_get_count:
 * @self: a server
 *
 * Returns: how many requests came
 */
guint
sct_answer_get_count (SctAnswer *self)
{
  return (guint) g_atomic_int_get (&self->count);
}

/**
 * sct_answer_no_wait:
 * @time_us: how long to wait
 * @user_data: (nullable) (type gint64): where to add it up
 *
 * Does not wait: an #ScAwsWait.
 */
void
sct_answer_no_wait (gint64 time_us, gpointer user_data)
{
  gint64 *sum = user_data;
  if (sum)
    *sum += time_us;
}
