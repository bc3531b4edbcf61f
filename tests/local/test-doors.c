/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The API as it faces the world: nginx before the backend, and nginx before an HTTP API and the
 * function. Where a request comes from is where its connection comes from, whatever it says itself;
 * and who may pass which route is the same there as in the table. */

#include "config.h"

#include "sc-guard.h"
#include "sc-json.h"
#include "sct-local.h"
#include "sct-matrix.h"

#include <libsoup/soup.h>
#include <string.h>

/* What takes longer than this does not come. */
#define WAIT_SECONDS 30

#define PASSWORD "password of gus"

/* All of 127.0.0.0/8 is this machine: a peer is a connection from an address of its own there. */
typedef struct {
  SctLocal *cloud;
  ScStore *store;
  GPtrArray *peers; /* of SoupSession, by the last number of the address; NULL where none was */
} World;

static void
clear_peer (gpointer session)
{
  g_clear_object (&session);
}

static void
set_up (World *self, const char *door)
{
  const char *const arguments[] = { door, NULL };
  self->cloud = sct_local_new ();
  sct_local_start (self->cloud, arguments);
  sct_local_wait_ready (self->cloud);
  g_autofree char *conninfo =
    g_strdup_printf ("host='%s/run' dbname=streamcat user=streamcat passfile='%s/database.pass'",
                     self->cloud->state_dir,
                     self->cloud->state_dir);
  self->store = sc_store_new (conninfo, 1);
  self->peers = g_ptr_array_new_with_free_func (clear_peer);
}

static void
tear_down (World *self)
{
  g_ptr_array_unref (self->peers);
  sc_store_free (self->store);
  sct_local_stop (self->cloud);
  sct_local_free (self->cloud);
}

static char *
make_address (guint peer)
{
  return g_strdup_printf ("127.0.77.%u", peer + 1);
}

static SoupSession *
get_peer (World *self, guint peer)
{
  if (peer < self->peers->len && self->peers->pdata[peer])
    return self->peers->pdata[peer];
  g_autoptr (GError) error = NULL;
  g_autofree char *address = make_address (peer);
  g_autoptr (GSocketAddress) from = g_inet_socket_address_new_from_string (address, 0);
  g_autoptr (GTlsDatabase) trust =
    g_tls_file_database_new (sct_local_get (self->cloud, "ca_file"), &error);
  g_assert_no_error (error);
  if (peer >= self->peers->len)
    g_ptr_array_set_size (self->peers, (int) peer + 1);
  self->peers->pdata[peer] = soup_session_new_with_options ("local-address",
                                                            from,
                                                            "tls-database",
                                                            trust,
                                                            "timeout",
                                                            WAIT_SECONDS,
                                                            NULL);
  return self->peers->pdata[peer];
}

static SoupMessage *
make_message (World *self, const char *method, const char *target, const char *body)
{
  g_autofree char *url = sct_local_url (self->cloud, target);
  SoupMessage *message = soup_message_new (method, url);
  if (!body)
    return message;
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  return message;
}

static guint
send_from (World *self, guint peer, SoupMessage *message, JsonObject **ret_body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer =
    soup_session_send_and_read (get_peer (self, peer), message, NULL, &error);
  g_assert_no_error (error);
  if (ret_body && g_bytes_get_size (answer) > 0)
    *ret_body = sc_json_parse (answer, G_MAXSIZE, &error);
  g_assert_no_error (error);
  return soup_message_get_status (message);
}

/* Everything in which a proxy before somebody's server might say where a request comes from. */
static void
forge (SoupMessage *message, const char *address)
{
  static const char *const names[] = { "X-Real-IP",       "X_Real_IP",      "X-Forwarded-For",
                                       "X-Client-IP",     "True-Client-IP", "CF-Connecting-IP",
                                       "X-Forwarded-Host" };
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    soup_message_headers_append (headers, names[i], address);
  g_autofree char *forwarded = g_strdup_printf ("for=%s;by=192.0.2.43", address);
  soup_message_headers_append (headers, "Forwarded", forwarded);
}

static guint
sign_in (World *self, guint peer, const char *address, const char *password)
{
  g_autofree char *body = g_strdup_printf ("{\"name\":\"gus\",\"password\":\"%s\"}", password);
  g_autoptr (SoupMessage) message = make_message (self, "POST", "/v1/sessions", body);
  g_autoptr (JsonObject) answer = NULL;
  forge (message, address);
  guint status = send_from (self, peer, message, &answer);
  JsonObject *fault = sc_json_get_object_or_null (answer, "error");
  if (status == 429) /* the service's, not nginx's */
    g_assert_cmpstr (sc_json_get_string_or (fault, "code", NULL), ==, "too_many_attempts");
  return status;
}

/* Who guesses from one address and writes another one into each try has one address' tries. Who
 * writes that address into theirs is somebody else, and has their own. */
static void
test_forged_address (gconstpointer world)
{
  World *self = (World *) world;
  enum {
    HOME,
    GUESSER,
    OTHER
  };
  static const char body[] = "{\"name\":\"gus\",\"password\":\"" PASSWORD "\"}";
  g_autoptr (SoupMessage) sign_up = make_message (self, "POST", "/v1/users", body);
  g_assert_cmpuint (send_from (self, HOME, sign_up, NULL), ==, 201);

  g_autofree char *home = make_address (HOME), *guesser = make_address (GUESSER);
  for (guint i = 0; i < SC_GUARD_PAIR_BURST; i++) {
    g_autofree char *forged = g_strdup_printf ("198.51.100.%u", i + 1);
    g_assert_cmpuint (sign_in (self, GUESSER, i % 2 ? forged : home, "a guess"), ==, 401);
  }
  g_assert_cmpuint (sign_in (self, GUESSER, "198.51.100.77", "a guess"), ==, 429);
  g_assert_cmpuint (sign_in (self, GUESSER, home, PASSWORD), ==, 429);

  g_assert_cmpuint (sign_in (self, OTHER, guesser, "a slip"), ==, 401);
  g_assert_cmpuint (sign_in (self, HOME, guesser, PASSWORD), ==, 201);
}

/* Each asker comes from an address of their own, as nginx lets none ask for passwords all day. */
static guint
ask_world (const SctQuestion *question, JsonObject **ret_body, gpointer user_data)
{
  World *self = user_data;
  g_autoptr (SoupMessage) message =
    make_message (self, question->method, question->target, question->body);
  if (question->token) {
    g_autofree char *authorization = g_strconcat ("Bearer ", question->token, NULL);
    soup_message_headers_append (soup_message_get_request_headers (message),
                                 "Authorization",
                                 authorization);
  }
  return send_from (self, question->asker, message, ret_body);
}

static void
ask_for_all (World *self, const SctAsker *askers, guint n_askers)
{
  SctMatrix matrix = {
    .store = self->store,
    .now = g_get_real_time (),
    .ask = ask_world,
    .user_data = self,
  };
  sct_matrix_make_people (&matrix);
  guint n_routes, n_refused = 0;
  const ScRoute *routes = sc_routes_get (&n_routes);
  for (guint i = 0; i < n_routes; i++) {
    for (guint j = 0; j < n_askers; j++) {
      sct_matrix_assert_cell (&matrix, &routes[i], askers[j]);
      n_refused += sct_matrix_is_refused (&routes[i], askers[j]);
    }
  }
  g_test_message ("%u cells, %u of them refused", n_routes * n_askers, n_refused);
}

/* One of each kind of answer; everybody is asked in the test of the table. */
static void
test_matrix (gconstpointer world)
{
  static const SctAsker askers[] = { SCT_SIGNED_OUT, SCT_REVOKED,   SCT_LEAVING, SCT_OTHER,
                                     SCT_BANNED,     SCT_MODERATOR, SCT_OWNER };
  ask_for_all ((World *) world, askers, G_N_ELEMENTS (askers));
}

static void
test_short_matrix (gconstpointer world)
{
  static const SctAsker askers[] = { SCT_SIGNED_OUT, SCT_OTHER, SCT_OWNER };
  ask_for_all ((World *) world, askers, G_N_ELEMENTS (askers));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  World backend, function;
  set_up (&backend, NULL);
  set_up (&function, "--lambda-api");
  g_test_add_data_func ("/doors/backend/forged-address", &backend, test_forged_address);
  g_test_add_data_func ("/doors/backend/matrix", &backend, test_matrix);
  g_test_add_data_func ("/doors/function/forged-address", &function, test_forged_address);
  g_test_add_data_func ("/doors/function/matrix", &function, test_short_matrix);
  int failed = g_test_run ();
  tear_down (&backend);
  tear_down (&function);
  return failed;
}
