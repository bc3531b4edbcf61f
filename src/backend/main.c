/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The program `streamcat-backend`: the API on a unix socket, the migrations, and what operators do.
 */

#include "config.h"

#include "sc-admin.h"
#include "sc-deployment.h"
#include "sc-front-door.h"
#include "sc-migrate.h"
#include "sc-purge-command.h"
#include "sc-secret.h"
#include "sc-tick.h"
#include "sc-ticker.h"
#include "sc-trust.h"

#include <glib-unix.h>
#include <locale.h>
#include <stdlib.h>

/* What waits is asked for this often; most of it waits for seconds. */
#define TICK_SECONDS 10

/* People in rooms wait for this: who is banned and was not put out is, within 5 s. */
#define ROOMS_SECONDS 1

/* How long the last requests may take after SIGTERM. */
#define CLOSE_SECONDS 5

static int
fail (const GError *error)
{
  g_printerr ("streamcat-backend: %s\n", error->message);
  return EXIT_FAILURE;
}

static int
migrate (char **environment)
{
  guint applied = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStore) store = sc_deployment_open_store (environment, &error);
  if (!store || !sc_migrate (store, &applied, &error))
    return fail (error);
  g_print ("streamcat-backend: %u migrations applied\n", applied);
  return EXIT_SUCCESS;
}

typedef struct {
  ScFrontDoor *door;
  GMainLoop *loop;
} Server;

static gboolean
on_close_timeout (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

static gboolean
on_signal_term (gpointer data)
{
  Server *server = data;
  g_timeout_add_seconds (CLOSE_SECONDS, on_close_timeout, server->loop);
  sc_front_door_close (server->door, (ScFrontDoorDone) g_main_loop_quit, server->loop);
  return G_SOURCE_CONTINUE;
}

static int
serve (char **environment, const char *socket_path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScDeployment) deployment = sc_deployment_new (environment, &error);
  if (!deployment)
    return fail (error);
  ScService *service = sc_deployment_get_service (deployment);
  if (!sc_service_get_recordings_url (service))
    g_printerr (
      "streamcat-backend: STREAMCAT_RECORDINGS_URL is not set: no recordings are shown\n");
  if (!sc_service_get_rules_bucket (service))
    g_printerr ("streamcat-backend: STREAMCAT_RULES_BUCKET is not set: nothing is said in chats\n");
  g_autoptr (ScFrontDoor) door = sc_front_door_new (service);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Server server = { door, loop };
  g_unix_signal_add (SIGTERM, on_signal_term, &server);
  g_unix_signal_add (SIGINT, on_signal_term, &server);
  if (!sc_front_door_listen (door, socket_path, &error))
    return fail (error);

  g_autoptr (ScTicker) ticker = sc_ticker_new (service, sc_tick_run, TICK_SECONDS);
  g_autoptr (ScTicker) rooms = sc_ticker_new (service, sc_tick_rooms, ROOMS_SECONDS);
  g_main_loop_run (loop);
  return EXIT_SUCCESS;
}

static int
run (int argc, char **argv, const char *socket_path)
{
  g_auto (GStrv) environment = g_get_environ ();
  if (argc == 2 && g_str_equal (argv[1], "migrate"))
    return migrate (environment);
  if (argc == 1 && socket_path)
    return serve (environment, socket_path);
  g_printerr ("Usage: streamcat-backend --socket PATH\n       streamcat-backend migrate\n"
              "       streamcat-backend admin --help\n"
              "       streamcat-backend purge --help\n");
  return EXIT_FAILURE;
}

/* Runs a command whose words are its own: they are no options of the server. */
static int
run_command (int (*command) (int argc, char **argv, char **environment), int argc, char **argv)
{
  g_auto (GStrv) environment = g_get_environ ();
  g_autoptr (GError) error = NULL;
  return sc_trust_certificate_file (g_getenv ("SSL_CERT_FILE"), &error)
           ? command (argc, argv, environment)
           : fail (error);
}

int
main (int argc, char *argv[])
{
  g_autofree char *socket_path = NULL;
  const GOptionEntry entries[] = {
    { "socket",
      's',
      0,
      G_OPTION_ARG_FILENAME,
      &socket_path,
      "The unix socket to listen on",
      "PATH" },
    G_OPTION_ENTRY_NULL,
  };
  setlocale (LC_CTYPE, "");
  sc_secret_forbid_core_files ();

  g_autoptr (GError) error = NULL;
  if (argc >= 2 && g_str_equal (argv[1], "admin"))
    return run_command (sc_admin_run, argc - 2, argv + 2);
  if (argc >= 2 && g_str_equal (argv[1], "purge"))
    return run_command (sc_purge_command_run, argc - 2, argv + 2);
  g_autoptr (GOptionContext) context = g_option_context_new ("[migrate | admin | purge]");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) ||
      !sc_trust_certificate_file (g_getenv ("SSL_CERT_FILE"), &error))
    return fail (error);
  return run (argc, argv, socket_path);
}
