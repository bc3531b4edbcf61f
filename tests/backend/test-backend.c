/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The program itself, at its socket, with what well-behaved and other clients send. */

#include "config.h"

#include "sct-backend.h"
#include "sct-cluster.h"
#include "sct-core-file.h"
#include "sct-files.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

static SctCluster *cluster;
static char *conninfo;
static char *dir;

static void
assert_answer (SctBackend *backend, const char *request, const char *status, const char *part)
{
  g_autofree char *answer = sct_backend_exchange (backend, request);
  g_autofree char *start = g_strdup_printf ("HTTP/1.1 %s ", status);
  g_test_message ("%.60s -> %.200s", request, answer);
  g_assert_true (g_str_has_prefix (answer, start));
  g_assert_nonnull (strstr (answer, part));
}

#define TAIL "Host: localhost\r\nConnection: close\r\n"

static void
test_requests (void)
{
  SctBackend backend;
  sct_backend_start (&backend, conninfo, dir);
  static const char sign_up[] = "POST /v1/users HTTP/1.1\r\n" TAIL
                                "Content-Type: application/json\r\nContent-Length: 39\r\n\r\n"
                                "{\"name\":\"ada\",\"password\":\"long enough\"}";
  assert_answer (&backend, sign_up, "201", "\"token\":");
  assert_answer (&backend, sign_up, "409", "name_taken");
  assert_answer (&backend,
                 "GET /v1/channels/ada HTTP/1.1\r\n" TAIL "\r\n",
                 "200",
                 "\"live\":false");
  assert_answer (&backend, "GET /v1/me HTTP/1.1\r\n" TAIL "\r\n", "401", "WWW-Authenticate");
  assert_answer (&backend,
                 "GET /v1/me HTTP/1.1\r\n" TAIL "Authorization: Bearer x\r\n\r\n",
                 "401",
                 "unauthorized");
  assert_answer (&backend,
                 "GET /v1/channels?live=1 HTTP/1.1\r\n" TAIL
                 "Range: bytes=-18446744073709551615\r\n\r\n",
                 "200",
                 "{\"channels\":[],\"older\":null}");
  assert_answer (&backend, "GET /%2e%2e/etc HTTP/1.1\r\n" TAIL "\r\n", "404", "not_found");
  assert_answer (&backend, "DELETE /v1/users HTTP/1.1\r\n" TAIL "\r\n", "405", "Allow: POST");
  sct_backend_stop (&backend);
}

static void
test_refused_before_the_body (void)
{
  SctBackend backend;
  sct_backend_start (&backend, conninfo, dir);
  g_autofree char *path = g_strnfill (600, 'x');
  g_autofree char *long_path = g_strdup_printf ("GET /%s HTTP/1.1\r\n" TAIL "\r\n", path);
  assert_answer (&backend, long_path, "400", "bad_request");
  assert_answer (&backend,
                 "POST /v1/users HTTP/1.1\r\n" TAIL "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                 "400",
                 "bad_request");
  g_autofree char *body = g_strnfill (64 * 1024 + 1, ' ');
  g_autofree char *large =
    g_strdup_printf ("POST /v1/users HTTP/1.1\r\n" TAIL "Content-Length: 65537\r\n\r\n%s", body);
  assert_answer (&backend, large, "413", "body_too_large");
  sct_backend_stop (&backend);
}

/* Clients that go away at every point of a request leave a server that serves the next one. */
static void
test_clients_that_vanish (void)
{
  SctBackend backend;
  sct_backend_start (&backend, conninfo, dir);
  static const char request[] = "POST /v1/sessions HTTP/1.1\r\nHost: localhost\r\n"
                                "Content-Length: 39\r\n\r\n"
                                "{\"name\":\"ada\",\"password\":\"long enough\"}";
  for (gsize size = 0; size <= strlen (request); size += 8) {
    g_autofree char *part = g_strndup (request, size);
    g_autoptr (GSocketConnection) connection = sct_backend_connect (&backend);
    sct_backend_send (connection, part);
  }
  /* All of it, gone while the password is being hashed. */
  for (guint i = 0; i < 4; i++) {
    g_autoptr (GSocketConnection) connection = sct_backend_connect (&backend);
    sct_backend_send (connection, request);
  }
  assert_answer (&backend, "GET /v1/channels?live=1 HTTP/1.1\r\n" TAIL "\r\n", "200", "channels");
  sct_backend_stop (&backend);
}

#define FLOOD 60

/* Passwords that are hashed at once, and sign-ins that wait for it. */
#define INSIDE (2 + 16)

/* Returns how many connections have no answer yet. */
static guint
count_unanswered (GSocketConnection **connections, guint size)
{
  guint count = 0;
  for (guint i = 0; i < size; i++)
    count +=
      g_socket_condition_check (g_socket_connection_get_socket (connections[i]), G_IO_IN) == 0;
  return count;
}

/* Sixty people's sign-ins in one moment: what fits is hashed, the rest is told to come again, and a
 * request that came after them all is answered while most of those that fit are not. How long that
 * takes says little: a machine may read the sixty as slowly as it hashes. */
static void
test_flood_of_sign_ins (void)
{
  SctBackend backend;
  sct_backend_start (&backend, conninfo, dir);
  GSocketConnection *connections[FLOOD];
  for (guint i = 0; i < FLOOD; i++)
    connections[i] = sct_backend_connect (&backend);
  for (guint i = 0; i < FLOOD; i++) {
    g_autofree char *sign_in =
      g_strdup_printf ("POST /v1/sessions HTTP/1.1\r\n" TAIL "Content-Length: 39\r\n\r\n"
                       "{\"name\":\"b%02u\",\"password\":\"long enough\"}",
                       i);
    sct_backend_send (connections[i], sign_in);
  }
  assert_answer (&backend, "GET /v1/channels?live=1 HTTP/1.1\r\n" TAIL "\r\n", "200", "channels");
  guint unanswered = count_unanswered (connections, FLOOD);

  guint hashed = 0, busy = 0;
  for (guint i = 0; i < FLOOD; i++) {
    g_autofree char *answer = sct_backend_read_all (connections[i]);
    hashed += g_str_has_prefix (answer, "HTTP/1.1 401 ");
    busy += g_str_has_prefix (answer, "HTTP/1.1 503 ") && strstr (answer, "\r\nRetry-After: 1\r\n");
    g_object_unref (connections[i]);
  }
  g_test_message ("%u hashed, %u busy, %u after the visitor", hashed, busy, unanswered);
  g_assert_cmpuint (hashed + busy, ==, FLOOD);
  g_assert_cmpuint (hashed, >=, INSIDE);
  g_assert_cmpuint (busy, >, 0);
  g_assert_cmpuint (unanswered, >=, INSIDE / 2);
  sct_backend_stop (&backend);
}

static void
test_socket_mode (void)
{
  SctBackend backend;
  sct_backend_start (&backend, conninfo, dir);
  GStatBuf info;
  g_assert_cmpint (g_stat (backend.socket_path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0660);
  sct_backend_stop (&backend);
}

/* A program that crashes leaves nothing in which passwords and keys could be read. */
static void
test_no_core_file (void)
{
  if (!sct_core_file_is_made ()) {
    g_test_skip ("no program leaves core files here");
    return;
  }
  g_autofree char *folder = g_dir_make_tmp ("streamcat-core-XXXXXX", NULL);
  SctBackend backend;
  sct_backend_start (&backend, conninfo, folder);
  g_autofree char *answer = sct_backend_call (&backend,
                                              "POST",
                                              "/v1/users",
                                              NULL,
                                              "{\"name\":\"eve\",\"password\":\"long enough\"}");
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 201 "));
  sct_core_file_crash (backend.process);
  g_autofree char *core = sct_core_file_find (folder);
  g_assert_null (core);
  sct_backend_forget (&backend);
  sct_remove_tree (folder);
}

static void
test_usage (void)
{
  const char *const argv[] = { SCT_BACKEND, "serve", NULL };
  g_autoptr (GSubprocess) process = sct_backend_run (conninfo, argv, NULL);
  g_subprocess_wait (process, NULL, NULL);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  cluster = sct_cluster_new ();
  conninfo = sct_cluster_create_database (cluster, "backend", NULL);
  dir = g_dir_make_tmp ("streamcat-backend-XXXXXX", NULL);
  sct_backend_migrate (conninfo);
  sct_backend_migrate (conninfo);
  g_test_add_func ("/backend/requests", test_requests);
  g_test_add_func ("/backend/refused-before-the-body", test_refused_before_the_body);
  g_test_add_func ("/backend/clients-that-vanish", test_clients_that_vanish);
  g_test_add_func ("/backend/flood-of-sign-ins", test_flood_of_sign_ins);
  g_test_add_func ("/backend/socket-mode", test_socket_mode);
  g_test_add_func ("/backend/no-core-file", test_no_core_file);
  g_test_add_func ("/backend/usage", test_usage);
  int status = g_test_run ();
  sct_cluster_free (cluster);
  sct_remove_tree (dir);
  g_free (dir);
  g_free (conninfo);
  return status;
}
