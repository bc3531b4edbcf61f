/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-fake-api.h"

typedef struct {
  guint status;
  char *body;
  char *retry_after; /* (nullable) */
} Answer;

typedef struct {
  GQueue answers;
  guint count;
  char *body;
  char *authorization;
  char *key;
  gboolean holds;
  GQueue held; /* of SoupServerMessage */
} Route;

struct _ScFakeApi {
  SoupServer *server;
  char *url;
  GHashTable *routes;
};

static void
answer_free (Answer *answer)
{
  g_free (answer->retry_after);
  g_free (answer->body);
  g_free (answer);
}

static void
route_free (Route *route)
{
  g_queue_clear_full (&route->answers, (GDestroyNotify) answer_free);
  g_queue_clear_full (&route->held, g_object_unref);
  g_free (route->body);
  g_free (route->authorization);
  g_free (route->key);
  g_free (route);
}

static Route *
get_route (ScFakeApi *self, const char *name)
{
  Route *route = g_hash_table_lookup (self->routes, name);
  if (!route) {
    route = g_new0 (Route, 1);
    g_queue_init (&route->answers);
    g_queue_init (&route->held);
    g_hash_table_insert (self->routes, g_strdup (name), route);
  }
  return route;
}

/* A route of its own comes before a pattern. */
static Route *
find_route (ScFakeApi *self, const char *name)
{
  Route *own = get_route (self, name);
  if (!g_queue_is_empty (&own->answers))
    return own;
  GHashTableIter iter;
  gpointer key, value;
  g_hash_table_iter_init (&iter, self->routes);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (g_str_has_suffix (key, "*") && g_pattern_match_simple (key, name))
      return value;
  return own;
}

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  ScFakeApi *self = user_data;
  const char *query_string = g_uri_get_query (soup_server_message_get_uri (message));
  g_autofree char *name = g_strconcat (soup_server_message_get_method (message),
                                       " ",
                                       path,
                                       query_string ? "?" : NULL,
                                       query_string,
                                       NULL);
  Route *route = find_route (self, name);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  route->count++;
  g_free (route->body);
  route->body = g_strndup (body->data ? body->data : "", (gsize) body->length);
  g_set_str (&route->authorization, soup_message_headers_get_one (headers, "Authorization"));
  g_set_str (&route->key, soup_message_headers_get_one (headers, "Idempotency-Key"));

  Answer *answer = g_queue_peek_head (&route->answers);
  soup_server_message_set_status (message, answer ? answer->status : 404, NULL);
  if (answer)
    soup_server_message_set_response (message,
                                      "application/json",
                                      SOUP_MEMORY_COPY,
                                      answer->body,
                                      strlen (answer->body));
  if (answer && answer->retry_after)
    soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                  "Retry-After",
                                  answer->retry_after);
  if (g_queue_get_length (&route->answers) > 1)
    answer_free (g_queue_pop_head (&route->answers));
  if (route->holds) {
    soup_server_message_pause (message);
    g_queue_push_tail (&route->held, g_object_ref (message));
  }
}

/**
 * sc_fake_api_new:
 *
 * Returns: (transfer full): a server on a free port of the loopback
 */
ScFakeApi *
sc_fake_api_new (void)
{
  ScFakeApi *self = g_new0 (ScFakeApi, 1);
  g_autoptr (GError) error = NULL;
  self->routes =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) route_free);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  GSList *uris = soup_server_get_uris (self->server);
  self->url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return self;
}

/**
 * sc_fake_api_free:
 * @self: (transfer full): the server
 */
void
sc_fake_api_free (ScFakeApi *self)
{
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_hash_table_unref (self->routes);
  g_free (self->url);
  g_free (self);
}

/**
 * sc_fake_api_get_url:
 * @self: the server
 *
 * Returns: its address, without a slash at its end
 */
const char *
sc_fake_api_get_url (ScFakeApi *self)
{
  return self->url;
}

/**
 * sc_fake_api_answer:
 * @self: the server
 * @route: method, path and query, as "GET /v1/channels?live=1"; one that ends in "*" stands for all
 *   that begin so and have no answers of their own
 * @status: the HTTP status
 * @body: the JSON, with ' for "
 *
 * Queues an answer.
 */
void
sc_fake_api_answer (ScFakeApi *self, const char *route, guint status, const char *body)
{
  Answer *answer = g_new0 (Answer, 1);
  answer->status = status;
  answer->body = g_strdelimit (g_strdup (body), "'", '"');
  g_queue_push_tail (&get_route (self, route)->answers, answer);
}

/**
 * sc_fake_api_answer_now:
 * @self: the server
 * @route: method, path and query, as "GET /v1/channels?live=1"
 * @status: the HTTP status
 * @body: the JSON, with ' for "
 *
 * Forgets the answers of the route, and gives this one from the next request on.
 */
void
sc_fake_api_answer_now (ScFakeApi *self, const char *route, guint status, const char *body)
{
  g_queue_clear_full (&get_route (self, route)->answers, (GDestroyNotify) answer_free);
  sc_fake_api_answer (self, route, status, body);
}

/**
 * sc_fake_api_refuse_now:
 * @self: the server
 * @route: as "POST /v1/sessions"
 * @retry_after: the header of that name
 *
 * Forgets the answers of the route, and says from the next request on that there were too many.
 */
void
sc_fake_api_refuse_now (ScFakeApi *self, const char *route, const char *retry_after)
{
  static const char *const body =
    "{'error':{'code':'too_many_attempts','message':'There were too many attempts.'}}";
  sc_fake_api_answer_now (self, route, 429, body);
  Answer *answer = g_queue_peek_tail (&get_route (self, route)->answers);
  answer->retry_after = g_strdup (retry_after);
}

/**
 * sc_fake_api_hold:
 * @self: the server
 * @route: a route
 *
 * Counts its requests from the next one on, but keeps their answers back until they are let go.
 */
void
sc_fake_api_hold (ScFakeApi *self, const char *route)
{
  get_route (self, route)->holds = TRUE;
}

/**
 * sc_fake_api_let_go:
 * @self: the server
 * @route: a route whose answers are kept back
 *
 * Gives the answer that is kept back longest, and waits until it has gone out.
 */
void
sc_fake_api_let_go (ScFakeApi *self, const char *route)
{
  SoupServerMessage *message = g_queue_pop_head (&get_route (self, route)->held);
  g_assert_nonnull (message);
  g_object_add_weak_pointer (G_OBJECT (message), (gpointer *) &message);
  soup_server_message_unpause (message);
  g_object_unref (message);
  while (message)
    g_main_context_iteration (NULL, TRUE);
}

/**
 * sc_fake_api_count:
 * @self: the server
 * @route: a route
 *
 * Returns: how many requests came
 */
guint
sc_fake_api_count (ScFakeApi *self, const char *route)
{
  return get_route (self, route)->count;
}

/**
 * sc_fake_api_get_body:
 * @self: the server
 * @route: a route
 *
 * Returns: (nullable): the body of the last request
 */
const char *
sc_fake_api_get_body (ScFakeApi *self, const char *route)
{
  return get_route (self, route)->body;
}

/**
 * sc_fake_api_get_authorization:
 * @self: the server
 * @route: a route
 *
 * Returns: (nullable): the Authorization header of the last request
 */
const char *
sc_fake_api_get_authorization (ScFakeApi *self, const char *route)
{
  return get_route (self, route)->authorization;
}

/**
 * sc_fake_api_get_key:
 * @self: the server
 * @route: a route
 *
 * Returns: (nullable): the Idempotency-Key header of the last request
 */
const char *
sc_fake_api_get_key (ScFakeApi *self, const char *route)
{
  return get_route (self, route)->key;
}

/**
 * sc_test_wait:
 * @future: what to wait for
 *
 * Runs the main context until @future is settled.
 */
void
sc_test_wait (DexFuture *future)
{
  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
}

/**
 * sc_test_wait_until:
 * @condition: asked after each turn of the main context
 * @user_data: for @condition
 */
void
sc_test_wait_until (gboolean (*condition) (gpointer user_data), gpointer user_data)
{
  while (!condition (user_data))
    g_main_context_iteration (NULL, TRUE);
}
