/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* `streamcat-backend` as a child of the local cloud: started as on any server, with AWS's own
 * settings pointing to the control planes here.
 *
 * Lives in the main thread; the local cloud owns it. */

#include "config.h"

#include "sc-api.h"

#include "sc-http-probe.h"
#include "sc-spawn.h"

#include <gio/gunixsocketaddress.h>
#include <libsoup/soup.h>
#include <signal.h>

/* The host is never looked up: the session below talks to the socket whatever the URL says. */
#define PROBE_URL "http://localhost" SC_HTTP_PROBE_PATH

struct _ScApi {
  GObject parent_instance;

  char *program;
  char *socket;
  GStrv environment;
  SoupSession *session;
};

G_DEFINE_FINAL_TYPE (ScApi, sc_api, G_TYPE_OBJECT)

static void
sc_api_finalize (GObject *object)
{
  ScApi *self = SC_API (object);
  g_clear_object (&self->session);
  g_clear_pointer (&self->program, g_free);
  g_clear_pointer (&self->socket, g_free);
  g_clear_pointer (&self->environment, g_strfreev);
  G_OBJECT_CLASS (sc_api_parent_class)->finalize (object);
}

static void
sc_api_class_init (ScApiClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sc_api_finalize;
}

static void
sc_api_init (ScApi *self)
{
}

/**
 * sc_program_environment_new:
 * @settings: ports and keys
 *
 * Makes the environment of our own programs: this process's, without any AWS setting of the person
 * who started it (a real account must never be touched), with the local cloud's.
 *
 * Returns: (transfer full): "NAME=VALUE" strings
 */
GStrv
sc_program_environment_new (const ScSettings *settings)
{
  g_autofree char *endpoint = g_strdup_printf ("http://127.0.0.1:%u", settings->control_port);
  g_autofree char *chat = sc_settings_dup_chat_url (settings);
  GStrv environment = g_get_environ ();
  g_auto (GStrv) names = g_listenv ();
  for (guint i = 0; names[i]; i++) {
    if (g_str_has_prefix (names[i], "AWS_"))
      environment = g_environ_unsetenv (environment, names[i]);
  }
  environment = g_environ_setenv (environment, "AWS_REGION", SC_LOCAL_REGION, TRUE);
  environment = g_environ_setenv (environment, "AWS_ENDPOINT_URL", endpoint, TRUE);
  environment = g_environ_setenv (environment, "STREAMCAT_CHAT_ENDPOINT", chat, TRUE);
  environment = g_environ_setenv (environment, "AWS_ACCESS_KEY_ID", settings->access_key_id, TRUE);
  return g_environ_setenv (environment, "AWS_SECRET_ACCESS_KEY", settings->secret_access_key, TRUE);
}

/**
 * sc_api_new:
 * @state: the state directory
 * @program: the path of `streamcat-backend`
 * @environment: (transfer full): its environment
 *
 * Returns: (transfer full): the API, not started
 */
ScApi *
sc_api_new (ScStateDir *state, const char *program, GStrv environment)
{
  ScApi *self = g_object_new (SC_TYPE_API, NULL);
  self->program = g_strdup (program);
  self->socket = sc_state_dir_build (state, "run/backend.sock");
  self->environment = environment;
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (self->socket);
  self->session = soup_session_new_with_options ("remote-connectable",
                                                 address,
                                                 "timeout",
                                                 SC_HTTP_PROBE_TIMEOUT_SECONDS,
                                                 "idle-timeout",
                                                 1,
                                                 NULL);
  return self;
}

static void
on_migrated (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  if (sc_command_run_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * sc_api_migrate_async:
 * @self: the API
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when it is done
 * @user_data: data for @callback
 *
 * Brings the tables to the version of the program.
 */
void
sc_api_migrate_async (ScApi *self,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  const char *const argv[] = { self->program, "migrate", NULL };
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  sc_command_run_async (argv,
                        (const char *const *) self->environment,
                        NULL,
                        cancellable,
                        on_migrated,
                        task);
}

/**
 * sc_api_migrate_finish:
 * @self: the API
 * @result: what the callback got
 * @error: what the program said
 *
 * Returns: %TRUE if the tables are those of the program
 */
gboolean
sc_api_migrate_finish (ScApi *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
probe_api (gpointer data, GTask *task)
{
  ScApi *self = data;
  sc_http_probe (self->session, PROBE_URL, task);
}

/**
 * sc_api_add_child:
 * @self: the API
 * @supervisor: who keeps it running
 *
 * Returns: (transfer none): the backend, to be started; it is ready when it answers from the
 * database
 */
ScChild *
sc_api_add_child (ScApi *self, ScSupervisor *supervisor)
{
  const char *const argv[] = { self->program, "--socket", self->socket, NULL };
  const ScChildSpec spec = {
    .name = "backend",
    .argv = argv,
    .environment = (const char *const *) self->environment,
    .stop_signal = SIGTERM,
    .death_signal = SIGKILL,
    .probe = probe_api,
    .probe_data = self,
  };
  return sc_supervisor_add (supervisor, &spec);
}
