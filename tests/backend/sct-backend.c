/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-backend.h"

#include "sct-core-file.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

/**
 * sct_backend_run:
 * @conninfo: the database
 * @argv: the program and its arguments
 * @cwd: (nullable): where it runs, and core files go
 *
 * Starts a program, with an AWS that nobody answers for.
 *
 * Returns: (transfer full): the process
 */
GSubprocess *
sct_backend_run (const char *conninfo, const char *const *argv, const char *cwd)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  if (cwd)
    g_subprocess_launcher_set_cwd (launcher, cwd);
  g_subprocess_launcher_setenv (launcher, "STREAMCAT_DATABASE", conninfo, TRUE);
  g_subprocess_launcher_setenv (launcher, "AWS_REGION", "us-west-2", TRUE);
  g_subprocess_launcher_setenv (launcher, "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE", TRUE);
  g_subprocess_launcher_setenv (launcher, "AWS_SECRET_ACCESS_KEY", "an example", TRUE);
  g_subprocess_launcher_setenv (launcher, "AWS_ENDPOINT_URL", "http://127.0.0.1:9", TRUE);
  g_subprocess_launcher_set_child_setup (launcher, sct_core_file_allow, NULL, NULL);
  GSubprocess *process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  return process;
}

/**
 * sct_backend_migrate:
 * @conninfo: a database, perhaps an empty one
 *
 * Lets the program bring it up to date.
 */
void
sct_backend_migrate (const char *conninfo)
{
  const char *const argv[] = { SCT_BACKEND, "migrate", NULL };
  g_autoptr (GSubprocess) process = sct_backend_run (conninfo, argv, NULL);
  g_subprocess_wait (process, NULL, NULL);
  g_assert_true (g_subprocess_get_successful (process));
}

/**
 * sct_backend_connect:
 * @self: a backend
 *
 * Returns: (transfer full) (nullable): a connection to its socket, where it listens
 */
GSocketConnection *
sct_backend_connect (SctBackend *self)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (self->socket_path);
  return g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);
}

/* Waits until the socket takes connections: told by its folder, asked again on the way. */
static void
wait_until_open (SctBackend *self)
{
  g_autoptr (GFile) folder = g_file_new_for_path (self->dir);
  g_autoptr (GFileMonitor) monitor = g_file_monitor_directory (folder, 0, NULL, NULL);
  for (;;) {
    g_autoptr (GSocketConnection) connection = sct_backend_connect (self);
    if (connection)
      return;
    g_main_context_iteration (NULL, g_file_test (self->socket_path, G_FILE_TEST_EXISTS) == 0);
  }
}

/**
 * sct_backend_start:
 * @self: (out caller-allocates): becomes a backend that takes connections
 * @conninfo: its database
 * @dir: where its socket goes
 */
void
sct_backend_start (SctBackend *self, const char *conninfo, const char *dir)
{
  self->dir = g_strdup (dir);
  self->socket_path = g_build_filename (dir, "backend.sock", NULL);
  const char *const argv[] = { SCT_BACKEND, "--socket", self->socket_path, NULL };
  self->process = sct_backend_run (conninfo, argv, dir);
  wait_until_open (self);
}

/**
 * sct_backend_forget:
 * @self: a backend that has ended
 */
void
sct_backend_forget (SctBackend *self)
{
  g_clear_object (&self->process);
  g_clear_pointer (&self->socket_path, g_free);
  g_clear_pointer (&self->dir, g_free);
}

/**
 * sct_backend_stop:
 * @self: a backend that runs
 *
 * Ends it in order, and checks that it calls that a success and leaves no socket.
 */
void
sct_backend_stop (SctBackend *self)
{
  g_subprocess_send_signal (self->process, SIGTERM);
  g_subprocess_wait (self->process, NULL, NULL);
  g_assert_true (g_subprocess_get_successful (self->process));
  g_assert_false (g_file_test (self->socket_path, G_FILE_TEST_EXISTS));
  sct_backend_forget (self);
}

/**
 * sct_backend_send:
 * @connection: a connection
 * @text: what goes out, as far as the other side takes it
 */
void
sct_backend_send (GSocketConnection *connection, const char *text)
{
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_output_stream_write_all (output, text, strlen (text), NULL, NULL, NULL);
}

/**
 * sct_backend_read_all:
 * @connection: a connection
 *
 * Returns: (transfer full): all that comes until the other side closes
 */
char *
sct_backend_read_all (GSocketConnection *connection)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_output_stream_splice (memory, input, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, NULL);
  g_autoptr (GBytes) bytes =
    g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  return g_strndup (data, size);
}

/**
 * sct_backend_exchange:
 * @self: a backend
 * @text: a request that asks for the connection to be closed
 *
 * Returns: (transfer full): the whole answer
 */
char *
sct_backend_exchange (SctBackend *self, const char *text)
{
  g_autoptr (GSocketConnection) connection = sct_backend_connect (self);
  g_assert_nonnull (connection);
  sct_backend_send (connection, text);
  return sct_backend_read_all (connection);
}

/**
 * sct_backend_call:
 * @self: a backend
 * @method: a method
 * @path: a path of the API
 * @token: (nullable): a bearer token
 * @body: (nullable): a body
 *
 * Returns: (transfer full): the whole answer
 */
char *
sct_backend_call (SctBackend *self,
                  const char *method,
                  const char *path,
                  const char *token,
                  const char *body)
{
  g_autofree char *length =
    body
      ? g_strdup_printf ("Content-Type: application/json\r\nContent-Length: %zu\r\n", strlen (body))
      : NULL;
  g_autofree char *request =
    g_strdup_printf ("%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                     "%s%s%s%s\r\n%s",
                     method,
                     path,
                     token ? "Authorization: Bearer " : "",
                     token ? token : "",
                     token ? "\r\n" : "",
                     length ? length : "",
                     body ? body : "");
  return sct_backend_exchange (self, request);
}
