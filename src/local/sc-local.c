/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The local cloud: its parts, the order of their start, and their end.
 *
 *   prepare (blocking): state directory, settings, control planes, the template's stack, ingest and
 *                       origin, chat rooms, the database's cluster, certificates
 *   start: database -> role -> migrations -> functions, backend or HTTP API -> edge -> ready file
 *
 * Each arrow waits until the part before answers. Afterwards the supervisor alone acts: it starts
 * again what dies. Everything lives in the main thread. */

#include "config.h"

#include "sc-local.h"

#include "sc-api.h"
#include "sc-cloud.h"
#include "sc-control.h"
#include "sc-database.h"
#include "sc-edge.h"
#include "sc-function-api.h"
#include "sc-ladder-plan.h"
#include "sc-local-chat.h"
#include "sc-local-functions.h"
#include "sc-local-media.h"
#include "sc-local-recordings.h"
#include "sc-local-streams.h"
#include "sc-object-store.h"
#include "sc-own-files.h"
#include "sc-ready-file.h"
#include "sc-secret-operations.h"
#include "sc-settings.h"
#include "sc-stack-operations.h"
#include "sc-stack.h"
#include "sc-state-dir.h"
#include "sc-supervisor.h"

#include <glib/gstdio.h>

/* A broken line comes back within this time or not at all; on AWS the default is a minute, for
 * which nobody in front of one machine would wait. */
#define RECONNECT_SECONDS "5"

/* Functions here have AWS's extension as part of the local cloud; this is only what it is called.
 */
#define EXTENSION_LAYER                                                                            \
  "arn:aws:lambda:" SC_LOCAL_REGION ":" SC_LOCAL_ACCOUNT                                           \
  ":layer:AWS-Parameters-and-Secrets-Lambda-Extension:1"

struct _ScLocal {
  GObject parent_instance;

  char *ready_file;
  char *libexec_dir;
  gboolean lambda_api;

  ScStateDir *state;
  ScSettings *settings;
  ScSupervisor *supervisor;
  ScCloud *cloud;
  ScControl *control;
  ScLocalFunctions *functions;
  ScStack *stack;
  ScObjectStore *store;
  ScLocalStreams *streams;
  ScLocalRecordings *recordings;
  ScLocalMedia *media;
  ScLocalChat *chat;
  char *ingest_endpoint;
  char *srt_endpoint;
  char *playback_url;
  char *chat_url;
  ScDatabase *database;
  ScApi *api;
  ScEdge *edge;

  GCancellable *cancellable; /* of the start */
  gboolean stopping;
  GError *error;
  ScLocalEnded ended;
  gpointer ended_data;
};

G_DEFINE_FINAL_TYPE (ScLocal, sc_local, G_TYPE_OBJECT)

static void
sc_local_finalize (GObject *object)
{
  ScLocal *self = SC_LOCAL (object);
  g_clear_object (&self->supervisor);
  g_clear_object (&self->edge);
  g_clear_object (&self->api);
  g_clear_object (&self->database);
  g_clear_object (&self->control);
  g_clear_pointer (&self->chat, sc_local_chat_free);
  g_clear_pointer (&self->store, sc_object_store_free);
  g_clear_pointer (&self->media, sc_local_media_free);
  g_clear_pointer (&self->recordings, sc_local_recordings_free);
  g_clear_pointer (&self->streams, sc_local_streams_free);
  g_clear_pointer (&self->stack, sc_stack_free);
  g_clear_pointer (&self->functions, sc_local_functions_free);
  g_clear_object (&self->cloud);
  g_clear_pointer (&self->ingest_endpoint, g_free);
  g_clear_pointer (&self->srt_endpoint, g_free);
  g_clear_pointer (&self->playback_url, g_free);
  g_clear_pointer (&self->chat_url, g_free);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->state);
  g_clear_pointer (&self->settings, sc_settings_free);
  g_clear_pointer (&self->ready_file, g_free);
  g_clear_pointer (&self->libexec_dir, g_free);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (sc_local_parent_class)->finalize (object);
}

static void
sc_local_class_init (ScLocalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sc_local_finalize;
}

static void
sc_local_init (ScLocal *self)
{
  self->cancellable = g_cancellable_new ();
}

static gboolean
prepare_control (ScLocal *self, gboolean faults, GError **error)
{
  const ScSettings *settings = self->settings;
  g_autofree char *path = sc_state_dir_build (self->state, "cloud.json");
  self->cloud = sc_cloud_new (path, error);
  if (!self->cloud)
    return FALSE;

  self->ingest_endpoint = g_strdup_printf ("localhost:%u", settings->rtmps_port);
  /* Nothing refuses over UDP: where "localhost" is ::1 first, an encoder would wait for it. */
  self->srt_endpoint = g_strdup_printf ("127.0.0.1:%u", settings->srt_port);
  self->playback_url = g_strdup_printf ("https://localhost:%u", settings->playback_port);
  const ScControlPlace place = {
    .region = SC_LOCAL_REGION,
    .account = SC_LOCAL_ACCOUNT,
    .access_key_id = settings->access_key_id,
    .secret_access_key = settings->secret_access_key,
    .ingest_endpoint = self->ingest_endpoint,
    .playback_url = self->playback_url,
    .srt_endpoint = self->srt_endpoint,
  };
  self->control = sc_control_new (self->cloud, &place, faults);
  return sc_control_listen (self->control, settings->control_port, error);
}

/* The template's parameters as this machine has them; @given, "NAME=VALUE" strings, has the last
 * word. */
static GHashTable *
make_parameters (ScLocal *self, const char *const *given)
{
  GHashTable *parameters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const struct {
    const char *name;
    const char *value;
  } own[] = {
    { "CodeBucket", "local" },
    { "LambdaCodeKey", sc_local_functions_get_code (self->functions) },
    { "ReviewCodeKey", sc_local_functions_get_review_code (self->functions) },
    { "ExtensionLayerArn", EXTENSION_LAYER },
    { "DatabaseName", SC_DATABASE_NAME },
    { "ChannelType", "STANDARD" },
    { "RecordingReconnectWindowSeconds", RECONNECT_SECONDS },
  };
  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    g_hash_table_insert (parameters, g_strdup (own[i].name), g_strdup (own[i].value));
  for (guint i = 0; given && given[i]; i++) {
    g_auto (GStrv) pair = g_strsplit (given[i], "=", 2);
    g_hash_table_insert (parameters, g_strdup (pair[0]), g_strdup (pair[1] ? pair[1] : ""));
  }
  return parameters;
}

static gboolean
has_resource (const char *type, const char *arn, gpointer data)
{
  ScLocal *self = data;
  if (g_str_equal (type, "AWS::Lambda::Function")) /* which an alias names as well */
    return sc_function_host_has (sc_stack_get_functions (self->stack), arn);
  return sc_stack_find_resource (self->stack, type, arn) != NULL;
}

static gboolean
is_live (const char *channel_arn, gpointer data)
{
  ScLocal *self = data;
  return sc_local_streams_is_live (self->streams, channel_arn);
}

/* Deploys the template, and gives the control planes what it knows. */
static gboolean
prepare_stack (ScLocal *self, const ScLocalOptions *options, GError **error)
{
  self->functions = sc_local_functions_new (self->state, self->settings, self->libexec_dir, error);
  if (!self->functions)
    return FALSE;
  g_autofree char *template_file = sc_find_template (self->libexec_dir, options->template_file);
  g_autoptr (GHashTable) parameters = make_parameters (self, options->parameters);
  g_autofree char *recordings = sc_settings_dup_recordings_host (self->settings);
  g_autofree char *api = g_strdup_printf ("localhost:%u", self->settings->api_port);
  ScStackConfig config = {
    .template_file = template_file,
    .state = self->state,
    .region = SC_LOCAL_REGION,
    .account = SC_LOCAL_ACCOUNT,
    .database_host = sc_state_dir_get_run (self->state),
    .recordings_host = recordings,
    .api_host = api,
  };
  sc_local_functions_configure (self->functions, &config);
  self->stack = sc_stack_deploy (&config, parameters, error);
  if (!self->stack)
    return FALSE;
  g_autofree char *summary = sc_stack_dup_summary (self->stack);
  g_print ("%s\n", summary);
  sc_local_functions_attach (self->functions, self->stack);

  const ScControlHooks hooks = { has_resource, is_live, self };
  self->streams = sc_local_streams_new (self->cloud, self->control, sc_stack_get_bus (self->stack));
  sc_control_set_hooks (self->control, &hooks);
  g_autofree char *buckets = sc_state_dir_build (self->state, "buckets");
  self->store = sc_object_store_new (buckets, self->control);
  sc_function_api_add (sc_stack_get_functions (self->stack), self->control);
  sc_control_add_operations (self->control,
                             sc_secret_operations,
                             sc_stack_get_secrets (self->stack));
  sc_control_add_operations (self->control, sc_stack_operations, self->stack);
  return TRUE;
}

static gboolean
prepare_recordings (ScLocal *self, GError **error)
{
  g_autofree char *program = sc_find_own_program (self->libexec_dir,
                                                  "local/recording/thumbnailer",
                                                  "streamcat-thumbnailer",
                                                  error);
  if (!program)
    return FALSE;
  self->recordings = sc_local_recordings_new (self->state, self->cloud, self->stack, program);
  sc_local_streams_set_recordings (self->streams, self->recordings);
  return TRUE;
}

static gboolean
prepare_media (ScLocal *self, const ScLocalOptions *options, GError **error)
{
  guint most = options->renditions < 0 ? sc_ladder_count_for_cores (g_get_num_processors ())
                                       : (guint) options->renditions;
  guint chunk_ms = (guint) MAX (options->chunk_ms, 0);
  sc_local_streams_set_renditions (self->streams, most);
  self->media = sc_local_media_new (self->state,
                                    self->settings,
                                    self->streams,
                                    self->libexec_dir,
                                    chunk_ms,
                                    error);
  return self->media != NULL;
}

static gboolean
prepare_chat (ScLocal *self, GError **error)
{
  self->chat_url = sc_settings_dup_chat_url (self->settings);
  self->chat = sc_local_chat_new (self->state, self->cloud, self->control, self->stack, error);
  return self->chat != NULL;
}

static gboolean
prepare_api (ScLocal *self, GError **error)
{
  g_autofree char *program =
    sc_find_own_program (self->libexec_dir, "backend", "streamcat-backend", error);
  if (!program)
    return FALSE;
  GStrv environment = sc_program_environment_new (self->settings);
  environment = g_environ_setenv (environment,
                                  "STREAMCAT_DATABASE",
                                  sc_database_get_conninfo (self->database),
                                  TRUE);
  environment = sc_stack_set_backend_environment (self->stack, environment);
  self->api = sc_api_new (self->state, program, environment);
  return TRUE;
}

static gboolean
prepare_edge (ScLocal *self, GError **error)
{
  const ScEdgePorts ports = {
    .api = self->settings->api_port,
    .playback = self->settings->playback_port,
    .recordings = self->settings->recordings_port,
    .rtmps = self->settings->rtmps_port,
    .chat = self->settings->chat_port,
  };
  const char *bucket = sc_stack_get_output (self->stack, "RecordingBucketName");
  g_autofree char *folder = g_build_filename ("buckets", bucket ? bucket : "none", NULL);
  g_autofree char *path = sc_state_dir_build (self->state, folder);
  self->edge = sc_edge_new (self->state, &ports, path, error);
  return self->edge != NULL;
}

static gboolean
prepare (ScLocal *self, const ScLocalOptions *options, GError **error)
{
  g_autofree char *usual = g_build_filename (g_get_user_state_dir (), "streamcat", "local", NULL);
  const char *path = options->state_dir ? options->state_dir : usual;
  self->state = sc_state_dir_open (path, options->fresh, error);
  if (!self->state)
    return FALSE;
  self->supervisor = sc_supervisor_new (sc_state_dir_get_log (self->state));
  self->settings = sc_settings_load (self->state, error);
  if (!self->settings || !prepare_control (self, options->faults, error) ||
      !prepare_stack (self, options, error) || !prepare_recordings (self, error) ||
      !prepare_media (self, options, error) || !prepare_chat (self, error))
    return FALSE;
  self->database = sc_database_new (self->state, error);
  return self->database && prepare_api (self, error) && prepare_edge (self, error);
}

/**
 * sc_local_new:
 * @options: what the command line asks for
 * @error: what is missing or in the way, in a sentence
 *
 * Prepares a local cloud; at its first start that takes about two seconds and blocks.
 *
 * Returns: (transfer full) (nullable): the local cloud, not started
 */
ScLocal *
sc_local_new (const ScLocalOptions *options, GError **error)
{
  g_autoptr (ScLocal) self = g_object_new (SC_TYPE_LOCAL, NULL);
  self->ready_file = g_strdup (options->ready_file);
  self->libexec_dir =
    options->libexec_dir ? g_strdup (options->libexec_dir) : sc_guess_libexec_dir ();
  self->lambda_api = options->lambda_api;
  g_unlink (self->ready_file); /* one from an earlier run would say that we are ready */
  return prepare (self, options, error) ? g_steal_pointer (&self) : NULL;
}

static void
on_all_stopped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ScLocal) self = user_data;
  sc_supervisor_stop_finish (SC_SUPERVISOR (source), result);
  sc_control_close (self->control);
  sc_local_functions_close (self->functions);
  g_clear_pointer (&self->streams, sc_local_streams_free);
  g_clear_pointer (&self->stack, sc_stack_free);
  self->ended (self->error, self->ended_data);
}

static void
on_stack_drained (gpointer user_data)
{
  g_autoptr (ScLocal) self = user_data;
  sc_supervisor_stop_async (self->supervisor, on_all_stopped, g_object_ref (self));
}

/**
 * sc_local_stop:
 * @self: a started local cloud
 *
 * Ends the streams and their recordings, so that everybody hears of it, then everything in the
 * reverse order of its start; the callback of sc_local_start() says when.
 */
void
sc_local_stop (ScLocal *self)
{
  if (self->stopping)
    return;
  self->stopping = TRUE;
  g_unlink (self->ready_file);
  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->media, sc_local_media_free);
  sc_local_streams_set_recordings (self->streams, NULL);
  g_clear_pointer (&self->recordings, sc_local_recordings_free);
  sc_local_chat_close (self->chat);
  sc_stack_drain (self->stack, on_stack_drained, g_object_ref (self));
}

/* Ends the start, unless it is being ended already: then the failure is the end's doing. */
static void
fail (ScLocal *self, GError *error)
{
  if (self->stopping) {
    g_error_free (error);
    return;
  }
  self->error = error;
  sc_local_stop (self);
}

static gboolean
write_ready_file (ScLocal *self, GError **error)
{
  return sc_ready_file_write (self->ready_file,
                              self->settings,
                              self->chat_url,
                              sc_edge_get_ca_file (self->edge),
                              error);
}

static void
on_edge_ready (ScLocal *self, ScChild *child)
{
  g_signal_handlers_disconnect_by_func (child, on_edge_ready, self);
  GError *error = NULL;
  if (!write_ready_file (self, &error))
    fail (self, error);
}

static void
start_edge (ScLocal *self)
{
  ScChild *edge = sc_edge_add_child (self->edge, self->supervisor);
  g_signal_connect_object (edge, "ready", G_CALLBACK (on_edge_ready), self, G_CONNECT_SWAPPED);
  sc_child_start (edge);
}

static void
on_backend_ready (ScLocal *self, ScChild *child)
{
  g_signal_handlers_disconnect_by_func (child, on_backend_ready, self);
  start_edge (self);
}

/* Starts what answers the API: the backend, or the function behind an HTTP API. */
static void
start_api (ScLocal *self)
{
  GError *error = NULL;
  if (self->lambda_api) {
    if (sc_local_functions_open_api (self->functions, self->stack, &error))
      start_edge (self);
    else
      fail (self, error);
    return;
  }
  ScChild *backend = sc_api_add_child (self->api, self->supervisor);
  g_signal_connect_object (backend,
                           "ready",
                           G_CALLBACK (on_backend_ready),
                           self,
                           G_CONNECT_SWAPPED);
  sc_child_start (backend);
}

static void
on_migrated (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ScLocal) self = user_data;
  GError *error = NULL;
  if (!sc_api_migrate_finish (self->api, result, &error)) {
    fail (self, error);
    return;
  }
  sc_stack_start (self->stack);
  start_api (self);
}

static void
on_granted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ScLocal) self = user_data;
  GError *error = NULL;
  if (sc_database_grant_finish (self->database, result, &error))
    sc_api_migrate_async (self->api, self->cancellable, on_migrated, g_object_ref (self));
  else
    fail (self, error);
}

static void
on_database_ready (ScLocal *self, ScChild *child)
{
  g_signal_handlers_disconnect_by_func (child, on_database_ready, self);
  GError *error = NULL;
  g_autofree char *password = sc_stack_dup_database_password (self->stack, &error);
  if (!password) {
    fail (self, error);
    return;
  }
  sc_database_grant_async (self->database,
                           password,
                           self->cancellable,
                           on_granted,
                           g_object_ref (self));
}

/**
 * sc_local_start:
 * @self: a local cloud
 * @ended: called once, when all is over
 * @user_data: data for @ended
 *
 * Starts everything and writes the ready file when the API answers through the edge.
 */
void
sc_local_start (ScLocal *self, ScLocalEnded ended, gpointer user_data)
{
  self->ended = ended;
  self->ended_data = user_data;
  ScChild *database = sc_database_add_child (self->database, self->supervisor);
  g_signal_connect_object (database,
                           "ready",
                           G_CALLBACK (on_database_ready),
                           self,
                           G_CONNECT_SWAPPED);
  sc_child_start (database);
}
